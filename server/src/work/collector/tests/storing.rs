//! A database that fails: nothing that a poll found is lost while its slot lasts, and never the reading to count from.

use entity::{router::TlsMode, sample::LinkCondition, sample_block};
use fakes::{router::Router, traffic::Both};
use sea_orm::{ActiveModelTrait, ConnectionTrait, FromQueryResult, IntoActiveModel, Statement};

use super::{
    super::{
        judge::{Change, Verdict},
        memory::Memory,
        record,
    },
    *,
};
use crate::domain::links::{
    block::Day,
    days,
    slot::{Sample, SampleState, Slot},
};

async fn rename_table(world: &World, from: &str, to: &str) {
    #[expect(clippy::disallowed_methods, reason = "tables are all tenants'")]
    let connection = world.site.db.write_across_tenants();
    let sql = format!("ALTER TABLE {from} RENAME TO {to}");
    connection.execute_unprepared(&sql).await.unwrap();
}

/// Polled once; then the table of samples is gone, and there is something new to store.
async fn broken() -> (World, Router, LinkId, Held) {
    let world = World::new().await;
    let fake = world.fake(ports(1)).await;
    let router = world.add_router(fake.address(), TlsMode::Off).await;
    let link = world.add_link(router, "ether1", None).await;
    let mut held = world.poller(router).await;
    held.poll().await;
    world.pass(300);
    fake.set_counters("ether1", Both { rx: 100, tx: 100 }).unwrap();
    rename_table(&world, "sample", "sample_away").await;
    (world, fake, link, held)
}

async fn polled_while<F: Future<Output = ()>>(held: &mut Held, repair: F) -> Polled {
    let failures = held.poller.common.figures.store_failures.clone();
    let repair = async {
        until("a try to store failed", || {
            let failures = failures.clone();
            async move { failures.get() > 0 }
        })
        .await;
        repair.await;
    };
    tokio::join!(held.poll(), repair).0
}

#[tokio::test]
async fn what_can_not_be_stored_is_tried_again() {
    let (world, _fake, link, mut held) = broken().await;
    let polled = polled_while(&mut held, rename_table(&world, "sample_away", "sample")).await;
    assert_eq!(polled, Polled::Stored);
    let last = world.samples(link).await.pop().unwrap();
    assert_eq!((last.rx_octets, last.rate_seconds), (Some(100), Some(300)));
}

#[tokio::test]
async fn once_the_slot_is_over_the_next_poll_counts_from_the_last_that_was_stored() {
    let (world, fake, link, mut held) = broken().await;
    assert_eq!(
        polled_while(&mut held, async { world.pass(300) }).await,
        Polled::GivenUp
    );
    rename_table(&world, "sample_away", "sample").await;
    fake.set_counters("ether1", Both { rx: 250, tx: 250 }).unwrap();
    assert_eq!(held.poll().await, Polled::Stored);
    let samples = world.samples(link).await;
    assert_eq!(samples.len(), 2);
    assert_eq!((samples[1].rx_octets, samples[1].rate_seconds), (Some(250), Some(600)));
    assert_eq!(world.changes(Some(link)).await, ["unknown>up"], "nothing half stored");
}

/// Silent for three days, of which all that are over are sealed.
async fn silent_for_days() -> (World, Router, LinkId, Held) {
    let world = World::new().await;
    let fake = world.fake(ports(1)).await;
    let router = world.add_router(fake.address(), TlsMode::Off).await;
    let link = world.add_link(router, "ether1", None).await;
    let mut held = world.poller(router).await;
    held.poll().await;
    fake.set_reachable(false).await;
    world.pass(300);
    held.poll().await;
    let mut row = world.samples(link).await.pop().unwrap();
    let silent = (row.slot + 1..row.slot + 3 * 288).map(|slot| {
        row.slot = slot;
        row.clone().into_active_model().reset_all()
    });
    let rows = world.site.db.begin(world.tenant).await.unwrap();
    rows.insert_all::<sample::Entity, _>(silent.collect::<Vec<_>>())
        .await
        .unwrap();
    world.pass(3 * 288 * 300);
    let first = Day::of(Slot::from_second(START)).number();
    for day in (first..first + 3).map(Day::from_number) {
        days::seal(&rows, link, day, world.site.clock.now()).await.unwrap();
    }
    rows.commit().await.unwrap();
    fake.reboot();
    world.pass(20);
    fake.set_reachable(true).await;
    (world, fake, link, held)
}

#[tokio::test]
async fn a_proven_outage_of_days_is_stored_day_by_day_and_whole_in_the_end() {
    let (world, _fake, link, mut held) = silent_for_days().await;
    let rows = world.site.db.tenant(world.tenant);
    assert_eq!(rows.find::<sample_block::Entity>().count().await.unwrap(), 3);
    // What concludes a poll fails: the days that are over are kept nevertheless.
    rename_table(&world, "state_change", "state_change_away").await;
    let polled = polled_while(&mut held, async { world.pass(300) }).await;
    assert_eq!(polled, Polled::GivenUp);
    rename_table(&world, "state_change_away", "state_change").await;
    let today = Day::of(Slot::from_instant(world.site.clock.now()))
        .first_slot()
        .number();
    let samples = world.samples(link).await;
    let (over, of_today) = samples.split_at(samples.partition_point(|row| row.slot < today.into()));
    assert!(over[1..].iter().all(|row| row.state == LinkCondition::Down));
    assert!(of_today.iter().all(|row| row.state == LinkCondition::Unknown));
    assert_eq!(held.poll().await, Polled::Stored);
    let samples = world.samples(link).await;
    assert_eq!(samples.len(), 3 * 288 + 2);
    let states: Vec<_> = samples.iter().map(|row| row.state).collect();
    let (up, down) = (LinkCondition::Up, LinkCondition::Down);
    assert_eq!((states[0], states[3 * 288 + 1]), (up, up));
    assert!(states[1..=3 * 288].iter().all(|state| *state == down));
}

/// Only PostgreSQL locks rows.
#[tokio::test]
async fn links_are_locked_in_the_order_of_their_ids_wherever_they_come_from() {
    let world = World::new().await;
    if world.site.db.tenant(world.tenant).is_sqlite() {
        return;
    }
    let fake = world.fake(ports(2)).await;
    let router = world.add_router(fake.address(), TlsMode::Off).await;
    let mut links = [
        world.add_link(router, "ether1", None).await,
        world.add_link(router, "ether2", None).await,
    ];
    links.sort_unstable();
    let held = world.poller(router).await;
    let (common, key) = (&held.poller.common, held.poller.setup.key());
    let old = Memory::load(&world.site, &held.poller.setup).await.unwrap();
    let mut verdict = Verdict::of(old.clone());
    verdict.memory.router.polls += 1;
    // The first has a sample of a day that may be sealed, the second a change.
    let late = Day::of(Slot::from_second(START)).first_slot().plus(-1);
    verdict.samples.push((links[0], Sample::new(late, SampleState::Up)));
    verdict.changes.push(Change {
        at: start(),
        link: Some(links[1]),
        from: "up",
        to: "down",
        reason: None,
    });
    let other = world.site.db.begin(world.tenant).await.unwrap();
    other.lock::<link::Entity>(links[0]).await.unwrap();
    let another = async {
        until("somebody waits for a link", || somebody_waits(&world)).await;
        other.lock::<link::Entity>(links[1]).await.unwrap();
        other.commit().await.unwrap();
    };
    tokio::join!(record::store(common, key, &old, &verdict), another)
        .0
        .unwrap();
}

async fn somebody_waits(world: &World) -> bool {
    #[derive(FromQueryResult)]
    struct Waiting {
        count: i64,
    }
    #[expect(clippy::disallowed_methods, reason = "locks are all tenants'")]
    let connection = world.site.db.across_tenants();
    let sql = "SELECT COUNT(*) AS count FROM pg_stat_activity \
               WHERE wait_event_type = 'Lock' AND datname = current_database()";
    let query = Statement::from_string(connection.get_database_backend(), sql);
    let waiting = Waiting::find_by_statement(query).one(connection).await.unwrap();
    waiting.is_some_and(|waiting| waiting.count > 0)
}
