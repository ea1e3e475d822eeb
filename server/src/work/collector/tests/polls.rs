//! What is kept of routers that answer.

use std::time::Duration;

use entity::{link_state, router::TlsMode, router_state::Reach, sample::LinkCondition};
use fakes::{
    router::{Behaviour, InterfaceSpec, Router},
    traffic::{Both, Latency},
};
use sea_orm::{ActiveModelTrait, IntoActiveModel, sea_query::Expr};

use super::*;
use crate::{
    domain::links::store::from_row,
    work::collector::{judge, record},
};

fn octets(rx: u64, tx: u64) -> Both {
    Both { rx, tx }
}

/// A router with one link, polled once.
async fn polled() -> (World, Router, LinkId, Held) {
    let world = World::new().await;
    let fake = world.fake(ports(2)).await;
    fake.set_ping("10.0.0.1", Behaviour::Answers(Latency::constant(1_500)));
    let router = world.add_router(fake.address(), TlsMode::Off).await;
    let link = world.add_link(router, "ether1", Some("10.0.0.1")).await;
    let mut held = world.poller(router).await;
    fake.set_counters("ether1", octets(1_000, 5_000)).unwrap();
    assert_eq!(held.poll().await, Polled::Stored);
    (world, fake, link, held)
}

#[tokio::test]
async fn each_slot_gets_one_sample_of_what_happened_since_the_one_before() {
    let (world, fake, link, mut held) = polled().await;
    world.pass(300);
    fake.set_counters("ether1", octets(31_000, 65_000)).unwrap();
    assert_eq!(held.poll().await, Polled::Stored);
    let samples = world.samples(link).await;
    assert_eq!(samples.len(), 2);
    assert_eq!((samples[0].slot, samples[0].state), (START / 300, LinkCondition::Up));
    assert_eq!(
        (samples[0].rx_octets, samples[0].rate_seconds),
        (None, None),
        "nothing to count from"
    );
    let second = &samples[1];
    assert_eq!(second.slot, START / 300 + 1);
    assert_eq!((second.rx_octets, second.tx_octets), (Some(30_000), Some(60_000)));
    assert_eq!(second.rate_seconds, Some(300));
    assert_eq!((second.sent, second.received), (Some(5), Some(5)));
    assert_eq!(
        (second.latency_min_us, second.latency_avg_us),
        (Some(1_500), Some(1_500))
    );
    assert_eq!((second.jitter_us, second.jitter_count), (Some(0), Some(4)));
    assert_eq!((second.flaps, second.down_seconds), (Some(0), Some(0)));
    let now = world.link(link).await;
    assert_eq!((now.rx_bps, now.tx_bps), (Some(800), Some(1_600)));
    assert_eq!((now.state, now.problem), (LinkCondition::Up, None));
    assert_eq!(world.changes(Some(link)).await, ["unknown>up"]);
    let router = world.router(held.poller.setup.router).await;
    assert_eq!((router.reach, router.polls, router.failures), (Reach::Reachable, 2, 0));
    assert_eq!(
        (router.identity.as_deref(), router.clock_skew_ms),
        (Some("edge"), Some(0))
    );
    assert_eq!(world.changes(None).await, ["new>reachable"]);
}

#[tokio::test]
async fn polls_of_one_slot_are_one_sample() {
    let (world, fake, link, mut held) = polled().await;
    for rx in [2_000, 4_000] {
        world.pass(100);
        fake.set_counters("ether1", octets(rx, 5_000)).unwrap();
        held.poll().await;
    }
    let samples = world.samples(link).await;
    assert_eq!(samples.len(), 1);
    assert_eq!(
        (samples[0].rx_octets, samples[0].rate_seconds),
        (Some(3_000), Some(200))
    );
    assert_eq!(samples[0].sent, Some(15));
}

#[tokio::test]
async fn a_slot_polled_anew_after_the_clock_went_back_keeps_what_was_stored_of_it() {
    let (world, fake, link, mut held) = polled().await;
    world.pass(300);
    fake.set_counters("ether1", octets(2_000, 5_000)).unwrap();
    held.poll().await;
    fake.set_running("ether1", false).unwrap();
    held.poll().await;
    world.pass(-290);
    fake.set_running("ether1", true).unwrap();
    held.poll().await;
    let samples = world.samples(link).await;
    let kept: Vec<_> = samples.iter().map(|sample| (sample.state, sample.sent)).collect();
    assert_eq!(kept, [(LinkCondition::Up, Some(10)), (LinkCondition::Down, Some(5))]);
    world.pass(290);
    held.poll().await;
    let samples = world.samples(link).await;
    assert_eq!(samples.len(), 2);
    assert_eq!((samples[1].state, samples[1].sent), (LinkCondition::Down, Some(10)));
    assert_eq!(samples[1].rx_octets, Some(1_000), "stored once, and not overwritten");
}

#[tokio::test]
async fn a_slot_that_another_process_polled_is_merged_and_not_overwritten() {
    let (world, fake, link, mut held) = polled().await;
    let router = held.poller.setup.router;
    fake.set_counters("ether1", octets(2_000, 5_000)).unwrap();
    world.pass(300);
    held.poll().await;
    let other = world.another_process().await;
    claim::release(&world.site.db, world.site.process, (world.tenant, router))
        .await
        .unwrap();
    // Its clock lags behind by some seconds, so the slot is one that the first has left already.
    world.pass(-10);
    let mut second = world.poller_of(&other, router).await;
    second.poll().await;
    world.pass(10);
    assert_eq!(held.poll().await, Polled::NotOurs);
    let samples = world.samples(link).await;
    let kept: Vec<_> = samples.iter().map(|sample| (sample.rx_octets, sample.sent)).collect();
    assert_eq!(kept, [(None, Some(10)), (Some(1_000), Some(5))]);
}

#[tokio::test]
async fn a_poll_that_was_kept_without_our_hearing_of_it_is_stored_once() {
    let (world, fake, link, mut held) = polled().await;
    let before = held.poller.memory.clone();
    fake.set_counters("ether1", octets(2_000, 5_000)).unwrap();
    world.pass(100);
    held.poll().await;
    let (after, key) = (held.poller.memory.clone(), held.poller.setup.key());
    let mut again = judge::of_switched_off(&after, start());
    again.memory = after;
    again.samples.push((link, from_row(&world.samples(link).await[0])));
    record::store(&held.poller.common, key, &before, &again).await.unwrap();
    assert_eq!(world.samples(link).await[0].rx_octets, Some(1_000));
    // Whoever remembers an older poll than the last one may not count from it.
    held.poller.memory = before;
    world.pass(10);
    assert_eq!(held.poll().await, Polled::NotOurs);
    assert_eq!(world.samples(link).await[0].sent, Some(10));
}

#[tokio::test]
async fn a_restart_goes_on_from_the_stored_reading_and_the_stored_slot() {
    let (world, fake, link, held) = polled().await;
    let router = held.poller.setup.router;
    drop(held);
    world.pass(100);
    fake.set_counters("ether1", octets(3_000, 5_000)).unwrap();
    world.poller(router).await.poll().await;
    let samples = world.samples(link).await;
    assert_eq!(samples.len(), 1);
    assert_eq!((samples[0].rx_octets, samples[0].sent), (Some(2_000), Some(10)));
    assert_eq!(world.router(router).await.polls, 2);
}

#[tokio::test]
async fn a_reboot_a_reset_and_a_gap_leave_volumes_without_a_rate() {
    let (world, fake, link, mut held) = polled().await;
    world.pass(290);
    fake.reboot();
    world.pass(10);
    fake.set_counters("ether1", octets(700, 800)).unwrap();
    assert_eq!(held.poll().await, Polled::Stored);
    world.pass(300);
    fake.set_counters("ether1", octets(300, 900)).unwrap();
    held.poll().await;
    world.pass(1_200);
    fake.set_counters("ether1", octets(1_300, 1_900)).unwrap();
    held.poll().await;
    let samples = world.samples(link).await;
    let volumes: Vec<_> = samples
        .iter()
        .map(|sample| (sample.rx_octets, sample.rate_seconds))
        .collect();
    assert_eq!(
        volumes,
        [(None, None), (Some(700), None), (Some(300), None), (Some(1_000), None)],
        "first, reboot, reset, gap"
    );
    assert_eq!(samples[1].down_seconds, Some(290), "from the last answer to the boot");
    assert_eq!(
        samples[3].slot,
        START / 300 + 6,
        "the slots between stay without a sample"
    );
}

#[tokio::test]
async fn a_counter_of_32_bits_that_starts_again_is_counted_on() {
    let (world, fake, link, mut held) = polled().await;
    fake.counters_32_bit(true);
    fake.set_counters("ether1", octets(u64::from(u32::MAX) - 999, 5_000))
        .unwrap();
    world.pass(300);
    held.poll().await;
    fake.set_counters("ether1", octets(u64::from(u32::MAX) + 2_001, 6_000))
        .unwrap();
    world.pass(300);
    held.poll().await;
    let last = world.samples(link).await.pop().unwrap();
    assert_eq!((last.rx_octets, last.rate_seconds), (Some(3_000), Some(300)));
    assert_eq!(
        fake.commands_served("/interface/ethernet/monitor"),
        1,
        "asked only where a counter fell"
    );
}

#[tokio::test]
async fn a_drop_between_two_polls_is_a_flap_with_its_seconds() {
    let (world, fake, link, mut held) = polled().await;
    world.pass(200);
    fake.flap("ether1", Duration::from_secs(42)).unwrap();
    world.pass(100);
    held.poll().await;
    let last = world.samples(link).await.pop().unwrap();
    assert_eq!(
        (last.state, last.flaps, last.down_seconds),
        (LinkCondition::Up, Some(1), Some(42))
    );
}

#[tokio::test]
async fn down_and_disabled_are_what_they_are() {
    let (world, fake, link, mut held) = polled().await;
    world.pass(300);
    fake.set_running("ether1", false).unwrap();
    held.poll().await;
    world.pass(300);
    fake.set_disabled("ether1", true).unwrap();
    held.poll().await;
    let samples = world.samples(link).await;
    assert_eq!(
        (samples[1].state, samples[2].state),
        (LinkCondition::Down, LinkCondition::Disabled)
    );
    assert_eq!(samples[1].sent, None, "what is behind a link that is down is not asked");
    assert_eq!(
        world.changes(Some(link)).await,
        ["unknown>up", "up>down", "down>disabled"]
    );
}

#[tokio::test]
async fn a_renamed_interface_is_followed_and_one_made_anew_counts_from_zero() {
    let (world, fake, link, mut held) = polled().await;
    world.pass(300);
    fake.rename("ether1", "alpha").unwrap();
    fake.set_counters("ether1", octets(0, 0)).unwrap_err();
    fake.set_counters("alpha", octets(1_600, 5_000)).unwrap();
    held.poll().await;
    let problem = world.link(link).await.problem.unwrap();
    assert!(problem.contains("now called alpha"), "{problem}");
    world.pass(300);
    fake.remove("alpha").unwrap();
    held.poll().await;
    let gone = world.link(link).await;
    assert_eq!(gone.state, LinkCondition::Unknown);
    assert_eq!(gone.problem.as_deref(), Some("the router has no interface ether1"));
    assert_eq!(
        world.samples(link).await.len(),
        2,
        "a slot of which nothing is known stays empty"
    );
    world.pass(300);
    fake.add(InterfaceSpec::ether(1));
    fake.set_counters("ether1", octets(50, 60)).unwrap();
    held.poll().await;
    let samples = world.samples(link).await;
    assert_eq!(samples[1].rx_octets, Some(600));
    assert_eq!((samples[2].rx_octets, samples[2].rate_seconds), (Some(50), None));
    assert_eq!(world.link(link).await.problem, None);
}

#[tokio::test]
async fn another_interface_chosen_by_staff_is_not_counted_from_the_old_ones_reading() {
    let (world, fake, link, mut held) = polled().await;
    let rows = world.site.db.tenant(world.tenant);
    let chosen = [(entity::link::Column::InterfaceName, Expr::value("ether2"))];
    rows.update_where::<entity::link::Entity>(entity::link::Column::Id.eq(link), chosen)
        .await
        .unwrap();
    fake.set_counters("ether2", octets(9_000, 9_000)).unwrap();
    held.set_up_anew().await;
    world.pass(300);
    held.poll().await;
    let last = world.samples(link).await.pop().unwrap();
    assert_eq!((last.rx_octets, last.rate_seconds), (None, None));
    assert_eq!(world.link(link).await.problem, None);
}

#[tokio::test]
async fn another_router_is_not_counted_from_the_old_ones_reading() {
    let (world, _fake, link, mut held) = polled().await;
    let other = world.fake(ports(1)).await;
    other.set_counters("ether1", octets(9_000, 9_000)).unwrap();
    let rows = world.site.db.tenant(world.tenant);
    let port = [(
        entity::router::Column::Port,
        Expr::value(i32::from(other.address().port())),
    )];
    rows.update_where::<entity::router::Entity>(entity::router::Column::Id.eq(held.poller.setup.router), port)
        .await
        .unwrap();
    held.set_up_anew().await;
    world.pass(300);
    held.poll().await;
    let last = world.samples(link).await.pop().unwrap();
    assert_eq!((last.state, last.rx_octets), (LinkCondition::Up, None));
}

#[tokio::test]
async fn slots_that_were_unknown_become_down_once_a_reboot_is_proven() {
    let (world, fake, link, mut held) = polled().await;
    fake.set_reachable(false).await;
    for _ in 0..3 {
        world.pass(300);
        held.poll().await;
    }
    let unknown: Vec<_> = world.samples(link).await.iter().map(|sample| sample.state).collect();
    assert_eq!(unknown[1..], [LinkCondition::Unknown; 3]);
    assert_eq!(world.link(link).await.state, LinkCondition::Unknown);
    world.pass(300);
    fake.reboot();
    world.pass(20);
    fake.set_reachable(true).await;
    held.poll().await;
    let states: Vec<_> = world.samples(link).await.iter().map(|sample| sample.state).collect();
    let (up, down) = (LinkCondition::Up, LinkCondition::Down);
    assert_eq!(states, [up, down, down, down, up]);
}

#[tokio::test]
async fn weeks_of_silence_that_end_in_a_reboot_are_stored_whole() {
    let (world, fake, link, mut held) = polled().await;
    fake.set_reachable(false).await;
    world.pass(300);
    held.poll().await;
    let (first, count) = (START / 300 + 2, 2_500);
    let mut row = world.samples(link).await.pop().unwrap();
    let rows = world.site.db.tenant(world.tenant);
    let silent = (first..first + count).map(|slot| {
        row.slot = slot;
        row.clone().into_active_model().reset_all()
    });
    let key = [sample::Column::LinkId, sample::Column::Slot];
    rows.upsert_all::<sample::Entity, _>(silent, &key).await.unwrap();
    world.pass(300 * (count + 1));
    fake.reboot();
    world.pass(20);
    fake.set_reachable(true).await;
    assert_eq!(held.poll().await, Polled::Stored);
    let states: Vec<_> = world.samples(link).await.iter().map(|sample| sample.state).collect();
    assert_eq!(states.len(), usize::try_from(count).unwrap() + 3);
    let (last, before) = states.split_last().unwrap();
    assert_eq!(
        (
            *last,
            before[0],
            before[1..].iter().all(|state| *state == LinkCondition::Down)
        ),
        (LinkCondition::Up, LinkCondition::Up, true)
    );
}

#[tokio::test]
async fn only_silence_counts_as_an_outage_and_only_where_nothing_was_seen() {
    let (world, fake, link, held) = polled().await;
    let router = held.poller.setup.router;
    drop(held);
    fake.set_reachable(false).await;
    world.pass(300);
    world.poller(router).await.poll().await;
    let silent_since = world.router(router).await.silent_since;
    assert_eq!(silent_since, Some(world.site.clock.now()), "a restart remembers it");
    fake.set_reachable(true).await;
    fake.set_password("another");
    world.pass(300);
    let mut held = world.poller(router).await;
    held.poll().await;
    let refused = world.router(router).await;
    assert_eq!(
        (refused.reason_code.as_deref(), refused.silent_since),
        (Some("login_refused"), None)
    );
    fake.set_password("secret");
    fake.reboot();
    world.pass(300);
    held.poll().await;
    let samples = world.samples(link).await;
    let states: Vec<_> = samples.iter().map(|sample| sample.state).collect();
    let (up, unknown) = (LinkCondition::Up, LinkCondition::Unknown);
    assert_eq!(states, [up, unknown, up], "refused logins are no outage");
}

#[tokio::test]
async fn a_poll_that_another_process_owns_by_now_stores_nothing() {
    let (world, _fake, link, mut held) = polled().await;
    claim::release_all(&world.site.db, world.site.process).await.unwrap();
    world.pass(300);
    assert_eq!(held.poll().await, Polled::NotOurs);
    assert_eq!(world.samples(link).await.len(), 1);
}

#[tokio::test]
async fn a_link_that_is_well_and_a_stored_reading_survive_as_json() {
    let (world, _fake, link, _held) = polled().await;
    let row: link_state::Model = world.link(link).await;
    let reading = row.reading.unwrap();
    assert_eq!(reading["reading"]["counters"]["rx_octets"], 1_000);
    assert_eq!(reading["of"]["name"], "ether1");
}
