//! When a link changed, from a router that tells of it and from one that does not.

use std::time::Duration;

use entity::{
    link_edge::{self, EdgeSource},
    router::TlsMode,
    router_state::{Listening, Reach},
    sample::LinkCondition,
    sla_profile_version::MeasuredBy,
};
use fakes::router::{Router, Rule};
use sea_orm::sea_query::Expr;

use super::{faults::trap, *};
use crate::{
    domain::{links::interruptions, sla::intervals::Interval},
    work::collector,
};

/// A router that answers without ado, with one link, polled once.
async fn polled(listens: bool) -> (World, Router, LinkId, Held) {
    let world = World::new().await;
    let fake = world.fake(ports(1)).await;
    let (link, mut held) = of(&world, &fake, listens).await;
    assert_eq!(held.poll().await, Polled::Stored);
    if listens {
        listened_to(&fake).await;
    }
    (world, fake, link, held)
}

async fn of(world: &World, fake: &Router, listens: bool) -> (LinkId, Held) {
    let router = world.add_router(fake.address(), TlsMode::Off).await;
    let link = world.add_link(router, "ether1", None).await;
    let rows = world.site.db.tenant(world.tenant);
    rows.update_where::<router::Entity>(
        router::Column::Id.eq(router),
        [(router::Column::Listen, Expr::value(listens))],
    )
    .await
    .unwrap();
    (link, world.poller(router).await)
}

async fn listened_to(fake: &Router) {
    until("the router is listened to", async || fake.listeners() == 1).await;
}

/// Seconds after the start, what it became, and where that is known from.
async fn edges(world: &World, link: LinkId) -> Vec<(i64, LinkCondition, EdgeSource)> {
    let rows = world.site.db.tenant(world.tenant);
    let edges = rows
        .find::<link_edge::Entity>()
        .filter(link_edge::Column::LinkId.eq(link));
    let edges = edges.order_by(link_edge::Column::At, Order::Asc).all().await.unwrap();
    let second = |at: DateTime<Utc>| (at - start()).num_seconds();
    edges
        .iter()
        .map(|row| (second(row.at), row.became, row.source))
        .collect()
}

async fn listening(world: &World, held: &Held) -> Listening {
    world.router(held.poller.setup.router).await.listening
}

#[tokio::test]
async fn a_drop_that_the_router_tells_of_has_both_its_seconds_and_no_sample() {
    let (world, fake, link, mut held) = polled(true).await;
    assert_eq!(listening(&world, &held).await, Listening::On);
    world.pass(100);
    fake.set_running("ether1", false).unwrap();
    held.hear().await;
    let down = world.link(link).await;
    assert_eq!((down.state, down.since), (LinkCondition::Down, world.site.clock.now()));
    world.pass(20);
    fake.set_running("ether1", true).unwrap();
    held.hear().await;
    assert_eq!(world.link(link).await.state, LinkCondition::Up);
    let told = [
        (100, LinkCondition::Down, EdgeSource::Listen),
        (120, LinkCondition::Up, EdgeSource::Listen),
    ];
    assert_eq!(edges(&world, link).await, told);
    assert_eq!(world.changes(Some(link)).await, ["unknown>up", "up>down", "down>up"]);
    world.pass(180);
    held.poll().await;
    assert_eq!(edges(&world, link).await, told, "the poll confirms it");
    let samples = world.samples(link).await;
    let kept: Vec<_> = samples
        .iter()
        .map(|sample| (sample.state, sample.down_seconds))
        .collect();
    assert_eq!(kept, [(LinkCondition::Up, None), (LinkCondition::Up, Some(20))]);
}

#[tokio::test]
async fn a_router_that_is_not_to_tell_still_stamps_a_drop_between_two_polls() {
    let (world, fake, link, mut held) = polled(false).await;
    assert_eq!((listening(&world, &held).await, fake.listeners()), (Listening::Off, 0));
    world.pass(200);
    fake.flap("ether1", Duration::from_secs(20)).unwrap();
    world.pass(100);
    held.poll().await;
    let stamped = [
        (180, LinkCondition::Down, EdgeSource::LinkDowns),
        (200, LinkCondition::Up, EdgeSource::LinkDowns),
    ];
    assert_eq!(edges(&world, link).await, stamped);
    world.pass(300);
    held.poll().await;
    assert_eq!(edges(&world, link).await, stamped, "told once");
}

#[tokio::test]
async fn an_outage_found_by_polls_begins_and_ends_at_the_routers_stamps() {
    let (world, fake, link, mut held) = polled(false).await;
    world.pass(200);
    fake.set_running("ether1", false).unwrap();
    world.pass(100);
    held.poll().await;
    world.pass(50);
    fake.set_running("ether1", true).unwrap();
    world.pass(250);
    held.poll().await;
    assert_eq!(
        edges(&world, link).await,
        [
            (200, LinkCondition::Down, EdgeSource::LinkDowns),
            (350, LinkCondition::Up, EdgeSource::LinkDowns)
        ]
    );
}

#[tokio::test]
async fn a_router_that_does_not_allow_it_is_polled_as_before() {
    let world = World::new().await;
    let fake = world.fake(ports(1)).await;
    fake.refuse_listen(true);
    let (link, mut held) = of(&world, &fake, true).await;
    held.poll().await;
    held.hear().await;
    assert_eq!(listening(&world, &held).await, Listening::Refused);
    world.pass(300);
    assert_eq!(held.poll().await, Polled::Stored);
    let router = world.router(held.poller.setup.router).await;
    assert_eq!((router.listening, router.reach), (Listening::Refused, Reach::Reachable));
    assert_eq!(world.samples(link).await.len(), 2);
    assert_eq!(fake.logins(), 1, "over the same connection");
}

#[tokio::test]
async fn a_router_that_told_is_asked_again_over_the_same_connection_later_and_later() {
    let world = World::new().await;
    let fake = world.fake(ports(1)).await;
    fake.refuse_listen(true);
    let (_, mut held) = of(&world, &fake, true).await;
    let asked = || fake.commands_served("/interface/listen");
    held.poll().await;
    held.hear().await;
    for (passes, times) in [(300, 1), (300, 2), (900, 2), (300, 3), (2_100, 3)] {
        world.pass(passes);
        held.poll().await;
        if held.is_listening() {
            held.hear().await;
        }
        assert_eq!(asked(), times, "after {passes} s more");
    }
    fake.refuse_listen(false);
    world.pass(300);
    held.poll().await;
    listened_to(&fake).await;
    assert_eq!(listening(&world, &held).await, Listening::On);
    assert_eq!(fake.logins(), 1);
}

#[tokio::test]
async fn a_router_that_floods_is_polled_as_before_and_listened_to_again_later() {
    let (world, fake, link, mut held) = polled(true).await;
    fake.flood_listeners(true);
    while listening(&world, &held).await == Listening::On {
        held.hear().await;
    }
    assert_eq!(listening(&world, &held).await, Listening::Flooded);
    until("the command is cancelled", async || fake.listeners() == 0).await;
    fake.flood_listeners(false);
    world.pass(200);
    fake.set_running("ether1", false).unwrap();
    world.pass(100);
    assert_eq!(held.poll().await, Polled::Stored);
    assert_eq!(
        edges(&world, link).await,
        [(200, LinkCondition::Down, EdgeSource::LinkDowns)]
    );
    assert_eq!(listening(&world, &held).await, Listening::Flooded);
    world.pass(300);
    held.poll().await;
    listened_to(&fake).await;
    assert_eq!(listening(&world, &held).await, Listening::On);
    assert_eq!(fake.logins(), 1);
}

#[tokio::test]
async fn an_interface_that_goes_away_is_unknown_at_once_and_no_outage() {
    let (world, fake, link, mut held) = polled(true).await;
    world.pass(100);
    fake.remove("ether1").unwrap();
    held.hear().await;
    let gone = world.link(link).await;
    assert_eq!(
        (gone.state, gone.since),
        (LinkCondition::Unknown, world.site.clock.now())
    );
    assert_eq!(gone.problem.as_deref(), Some("the router has no interface ether1"));
    world.pass(200);
    held.poll().await;
    assert_eq!(world.samples(link).await.len(), 1, "its slot has no sample");
    // Made anew it has another `.id`, of which only a poll knows that it is the link's.
    fake.add(InterfaceSpec::ether(1));
    held.hear().await;
    assert_eq!(world.link(link).await.state, LinkCondition::Unknown);
    world.pass(300);
    held.poll().await;
    let back = world.link(link).await;
    assert_eq!((back.state, back.problem), (LinkCondition::Up, None));
    assert_eq!(edges(&world, link).await, []);
    assert_eq!(
        world.changes(Some(link)).await,
        ["unknown>up", "up>unknown", "unknown>up"]
    );
}

#[tokio::test]
async fn that_an_interface_is_gone_is_stored_though_its_link_was_unknown_already() {
    let (world, fake, link, mut held) = polled(true).await;
    fake.inject(Rule::at("/interface/print", trap()).once());
    held.poll().await;
    let unknown = world.link(link).await;
    assert_eq!((unknown.state, unknown.problem), (LinkCondition::Unknown, None));
    assert!(held.is_listening(), "over the same connection");
    fake.remove("ether1").unwrap();
    held.hear().await;
    let problem = || async { world.link(link).await.problem };
    assert_eq!(problem().await.as_deref(), Some("the router has no interface ether1"));
}

#[tokio::test]
async fn a_drop_within_a_second_has_ended() {
    let (world, fake, link, mut held) = polled(false).await;
    world.pass(200);
    fake.flap("ether1", Duration::ZERO).unwrap();
    world.pass(100);
    held.poll().await;
    let both = [
        (200, LinkCondition::Down, EdgeSource::LinkDowns),
        (200, LinkCondition::Up, EdgeSource::LinkDowns),
    ];
    assert_eq!(edges(&world, link).await, both);
    let whole = Interval::new(START, START + 600);
    let rows = world.site.db.tenant(world.tenant);
    let edges = interruptions::edges(&rows, link, whole).await.unwrap();
    let drops = interruptions::interruptions(whole, &[], MeasuredBy::Slots, &edges);
    let drops: Vec<_> = drops.iter().map(|drop| (drop.from, drop.exact)).collect();
    assert_eq!(drops, [(start() + TimeDelta::seconds(200), (true, true))]);
}

#[tokio::test]
async fn a_drop_within_the_moment_of_a_poll_leaves_the_link_as_the_poll_saw_it() {
    let (world, fake, link, mut held) = polled(false).await;
    fake.inject(Rule::at("/interface/print", trap()).once());
    world.pass(300);
    held.poll().await;
    assert_eq!(world.link(link).await.state, LinkCondition::Unknown);
    world.pass(300);
    fake.flap("ether1", Duration::ZERO).unwrap();
    held.poll().await;
    assert_eq!(world.link(link).await.state, LinkCondition::Up);
    world.pass(300);
    fake.set_running("ether1", false).unwrap();
    held.poll().await;
    assert_eq!(world.link(link).await.state, LinkCondition::Down);
    let stamped = |second, became| (second, became, EdgeSource::LinkDowns);
    let all = [
        stamped(600, LinkCondition::Down),
        stamped(600, LinkCondition::Up),
        stamped(900, LinkCondition::Down),
    ];
    assert_eq!(edges(&world, link).await, all);
}

#[tokio::test]
async fn a_dialled_connection_comes_and_goes_under_a_new_id_each_time() {
    let world = World::new().await;
    let dialled = || InterfaceSpec {
        name: "<pppoe-acme>".to_owned(),
        default_name: None,
        ..InterfaceSpec::ether(1)
    };
    let spec = RouterSpec {
        interfaces: vec![dialled()],
        ..RouterSpec::new("edge")
    };
    let fake = world.fake(spec).await;
    let router = world.add_router(fake.address(), TlsMode::Off).await;
    let link = world.add_link(router, "<pppoe-acme>", None).await;
    let mut held = world.poller(router).await;
    held.poll().await;
    listened_to(&fake).await;
    for _ in 0..2 {
        world.pass(10);
        fake.remove("<pppoe-acme>").unwrap();
        held.hear().await;
        assert_eq!(world.link(link).await.state, LinkCondition::Unknown);
        world.pass(10);
        fake.add(dialled());
        held.hear().await;
        let back = world.link(link).await;
        assert_eq!((back.state, back.problem), (LinkCondition::Up, None));
    }
    assert_eq!(edges(&world, link).await, []);
}

#[tokio::test]
async fn news_that_was_long_on_its_way_has_the_second_of_the_router() {
    let (world, fake, link, mut held) = polled(true).await;
    world.pass(100);
    fake.set_running("ether1", false).unwrap();
    world.pass(7);
    held.hear().await;
    world.pass(20);
    fake.set_running("ether1", true).unwrap();
    world.pass(1);
    held.hear().await;
    assert_eq!(
        edges(&world, link).await,
        [
            (100, LinkCondition::Down, EdgeSource::Listen),
            (128, LinkCondition::Up, EdgeSource::Listen),
        ]
    );
    assert_eq!(world.changes(Some(link)).await, ["unknown>up", "up>down", "down>up"]);
}

#[tokio::test]
async fn an_interface_that_is_down_already_is_disabled_when_that_is_told() {
    let (world, fake, link, mut held) = polled(true).await;
    world.pass(100);
    fake.set_running("ether1", false).unwrap();
    held.hear().await;
    world.pass(60);
    fake.set_disabled("ether1", true).unwrap();
    held.hear().await;
    assert_eq!(
        edges(&world, link).await,
        [
            (100, LinkCondition::Down, EdgeSource::Listen),
            (160, LinkCondition::Disabled, EdgeSource::Listen),
        ]
    );
}

#[tokio::test]
async fn a_router_that_ends_a_connection_is_polled_and_listened_to_soon() {
    let world = &World::at(Clock::system()).await;
    let fake = &world.fake(ports(1)).await;
    let (link, held) = of(world, fake, true).await;
    let router = held.poller.setup.router;
    drop(held);
    let running = tokio::spawn(collector::run(world.site.clone()));
    until("polled", || async move { world.samples(link).await.len() == 1 }).await;
    listened_to(fake).await;
    fake.hang_up();
    until("its end is noticed", async || fake.listeners() == 0).await;
    // Within ten seconds, where its turn is minutes away.
    listened_to(fake).await;
    assert!(world.router(router).await.polls >= 2);
    assert!(fake.logins() >= 2);
    world.site.stop.stop();
    running.await.unwrap();
}

#[tokio::test]
async fn a_router_that_told_too_much_is_listened_to_over_another_connection() {
    let (world, fake, _, mut held) = polled(true).await;
    let mut told = 0;
    while listening(&world, &held).await == Listening::On {
        fake.set_comment("ether1", format!("{told}").as_bytes()).unwrap();
        held.hear().await;
        told += 1;
        assert!(told < 1_000, "it is switched off");
    }
    fake.hang_up();
    world.pass(300);
    held.poll().await;
    listened_to(&fake).await;
    assert_eq!(listening(&world, &held).await, Listening::On);
}

#[tokio::test]
async fn a_connection_lost_in_the_middle_of_an_outage_loses_and_doubles_no_edge() {
    let (world, fake, link, mut held) = polled(true).await;
    world.pass(100);
    fake.set_running("ether1", false).unwrap();
    held.hear().await;
    fake.hang_up();
    held.hear().await;
    world.pass(60);
    fake.set_running("ether1", true).unwrap();
    world.pass(140);
    held.poll().await;
    listened_to(&fake).await;
    world.pass(10);
    fake.set_running("ether1", false).unwrap();
    held.hear().await;
    assert_eq!(
        edges(&world, link).await,
        [
            (100, LinkCondition::Down, EdgeSource::Listen),
            (160, LinkCondition::Up, EdgeSource::LinkDowns),
            (310, LinkCondition::Down, EdgeSource::Listen),
        ]
    );
    assert_eq!(listening(&world, &held).await, Listening::On);
}

#[tokio::test]
async fn routers_that_a_restart_takes_over_together_are_connected_to_apart() {
    let (world, _fake, _, held) = polled(true).await;
    let again = world.poller(held.poller.setup.router).await.poller;
    let now = world.site.clock.now();
    let after = |delay| again.first_due(Duration::from_secs(delay)) - now;
    let first = after(0);
    assert!((5..=10).contains(&first.num_seconds()), "{first}");
    assert_eq!(after(40), first + TimeDelta::seconds(40));
    assert_eq!(
        now + after(3_600),
        again.setup.schedule.next_after(now),
        "its turn comes first"
    );
}

#[tokio::test]
async fn a_drop_is_on_the_board_without_another_poll() {
    let world = &World::new().await;
    let fake = world.fake(ports(1)).await;
    let (link, held) = of(world, &fake, true).await;
    let router = held.poller.setup.router;
    drop(held);
    let on_board = async |state| {
        let board = world.site.board.snapshot(world.tenant, start()).await.unwrap();
        let now = board.links[&link].state.as_ref().map(|row| row.state);
        now == Some(state)
    };
    let running = tokio::spawn(collector::run(world.site.clone()));
    until("it is up", async || on_board(LinkCondition::Up).await).await;
    listened_to(&fake).await;
    for (running, state) in [(false, LinkCondition::Down), (true, LinkCondition::Up)] {
        fake.set_running("ether1", running).unwrap();
        until("the board has it", async || on_board(state).await).await;
    }
    assert_eq!(world.router(router).await.polls, 1);
    world.site.stop.stop();
    running.await.unwrap();
}
