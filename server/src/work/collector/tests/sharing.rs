//! The whole collector: processes that share routers, changes of the set-up, pages that are open.

use std::{cell::Cell, time::Instant};

use entity::{
    router, router::TlsMode, router_check, router_lease, router_state::Reach, sample::LinkCondition, watch,
    watch::Watched,
};
use fakes::router::{Fleet, FleetSpec};
use sea_orm::sea_query::Expr;
use uuid::Uuid;

use super::*;
use crate::work::collector;

async fn holders(world: &World) -> Vec<Uuid> {
    let rows = world.site.db.tenant(world.tenant);
    let rows = rows.find::<router_lease::Entity>().all().await.unwrap();
    rows.iter().map(|row| row.holder).collect()
}

/// Lets fifteen seconds pass in one.
#[derive(Default)]
struct Hurry(Cell<Option<Instant>>);

impl Hurry {
    fn on(&self, world: &World) {
        let now = Instant::now();
        if self.0.get().is_none_or(|last| now - last > Duration::from_secs(1)) {
            self.0.set(Some(now));
            world.pass(15);
        }
    }
}

async fn polls(world: &World, router: RouterId) -> i64 {
    let row = world
        .site
        .db
        .tenant(world.tenant)
        .get::<router_state::Entity>(router)
        .await
        .unwrap();
    row.map_or(0, |row| row.polls)
}

async fn switch(world: &World, router: RouterId, on: bool) {
    let rows = world.site.db.begin(world.tenant).await.unwrap();
    let enabled = [(router::Column::Enabled, Expr::value(on))];
    rows.update_where::<router::Entity>(router::Column::Id.eq(router), enabled)
        .await
        .unwrap();
    rows.config_changed().await.unwrap();
    rows.commit().await.unwrap();
}

async fn watch_it(world: &World, kind: Watched, id: Uuid, seconds: i64) {
    let row = watch::ActiveModel {
        tenant_id: Set(world.tenant),
        subject_id: Set(id),
        kind: Set(kind),
        expires_at: Set(world.site.clock.now() + TimeDelta::seconds(seconds)),
    };
    let rows = world.site.db.tenant(world.tenant);
    rows.upsert_all::<watch::Entity, _>([row], &[watch::Column::SubjectId])
        .await
        .unwrap();
}

#[tokio::test]
async fn two_processes_share_the_routers_and_one_takes_over_when_the_other_is_killed() {
    let world = World::new().await;
    let fleet = FleetSpec {
        routers: 4,
        links: 1,
        seed: 1,
        tls: false,
        first_port: 0,
        user: "mainstay".to_owned(),
        password: "secret".to_owned(),
    };
    let fleet = Fleet::start(&fleet, world.fakes_clock()).await.unwrap();
    let mut routers = Vec::new();
    for fake in fleet.routers() {
        routers.push(world.add_router(fake.address(), TlsMode::Off).await);
    }
    let first = tokio::spawn(collector::run(world.site.clone()));
    let one = world.site.process;
    let world = &world;
    until("the first has all", || async move { holders(world).await == [one; 4] }).await;
    for router in &routers {
        until("polled at once", || async move { polls(world, *router).await == 1 }).await;
    }
    let other = world.another_process().await;
    let two = other.process;
    let second = tokio::spawn(collector::run(other.clone()));
    // Both notice when they next share out. The clock must not run faster than leases are renewed.
    let hurry = &Hurry::default();
    until("they share", || async move {
        hurry.on(world);
        let holders = holders(world).await;
        [one, two]
            .iter()
            .all(|process| holders.iter().filter(|holder| *holder == process).count() == 2)
    })
    .await;
    first.abort();
    let _ = first.await;
    until("the second takes over", || async move {
        hurry.on(world);
        holders(world).await == [two; 4]
    })
    .await;
    other.stop.stop();
    second.await.unwrap();
    assert!(holders(world).await.is_empty(), "all is given back at a stop");
}

#[tokio::test]
async fn a_new_router_starts_and_a_disabled_one_ends_within_a_second_or_so() {
    let world = &World::new().await;
    let fake = world.fake(ports(1)).await;
    let running = tokio::spawn(collector::run(world.site.clone()));
    until("the collector is there", || async move {
        world.site.health.all().contains_key("collector")
    })
    .await;
    let router = world.add_router(fake.address(), TlsMode::Off).await;
    until("polled", || async move { polls(world, router).await == 1 }).await;
    let link = world.add_link(router, "ether1", None).await;
    until("a first sample", || async move { world.samples(link).await.len() == 1 }).await;
    switch(world, router, false).await;
    until("given back", || async move { holders(world).await.is_empty() }).await;
    let state = world.link(link).await;
    assert_eq!(state.state, LinkCondition::Unknown, "nobody knows any more");
    assert_eq!(world.router(router).await.reach, Reach::New);
    let mut activity = fake.activity();
    activity.wait_for(|seen| seen.sessions == 0).await.unwrap();
    switch(world, router, true).await;
    until(
        "polled again at once",
        || async move { polls(world, router).await == 3 },
    )
    .await;
    let figures = world.site.metrics.to_text();
    assert!(
        figures.contains("mainstay_collector_polls_total{outcome=\"ok\"} 3"),
        "{figures}"
    );
    world.site.stop.stop();
    running.await.unwrap();
}

async fn change_link(world: &World, link: LinkId, column: link::Column, value: Expr) {
    let rows = world.site.db.begin(world.tenant).await.unwrap();
    rows.update_where::<link::Entity>(link::Column::Id.eq(link), [(column, value)])
        .await
        .unwrap();
    rows.config_changed().await.unwrap();
    rows.commit().await.unwrap();
}

/// Two routers, of which the first has two links, polled once by a process that was killed then.
async fn killed() -> (World, [Router; 2], [RouterId; 2], [LinkId; 2]) {
    let world = World::new().await;
    let fakes = [world.fake(ports(2)).await, world.fake(ports(2)).await];
    let first = world.add_router(fakes[0].address(), TlsMode::Off).await;
    let second = world.add_router(fakes[1].address(), TlsMode::Off).await;
    let links = [
        world.add_link(first, "ether1", None).await,
        world.add_link(first, "ether2", None).await,
    ];
    for router in [first, second] {
        assert_eq!(world.poller(router).await.poll().await, Polled::Stored);
    }
    (world, fakes, [first, second], links)
}

#[tokio::test]
async fn a_router_switched_off_while_no_process_ran_is_stored_as_such_by_the_next() {
    let (world, _fakes, [first, second], links) = &killed().await;
    switch(world, *first, false).await;
    // Off, too, and now it has a link that was up elsewhere.
    switch(world, *second, false).await;
    change_link(world, links[1], link::Column::RouterId, Expr::value(*second)).await;
    let running = tokio::spawn(collector::run(world.site.clone()));
    for router in [*first, *second] {
        until("nobody polls it", || async move {
            world.router(router).await.reach == Reach::New
        })
        .await;
    }
    for link in links {
        assert_eq!(world.link(*link).await.state, LinkCondition::Unknown);
        assert_eq!(world.changes(Some(*link)).await, ["unknown>up", "up>unknown"]);
    }
    until("given back", || async move { holders(world).await.is_empty() }).await;
    world.site.stop.stop();
    running.await.unwrap();
    assert_eq!(polls(world, *first).await, 1, "it was not asked");
}

#[tokio::test]
async fn a_link_archived_while_no_process_ran_is_known_to_nobody_any_more() {
    let (world, _fakes, [first, second], links) = &killed().await;
    let now = Expr::value(world.site.clock.now());
    change_link(world, links[0], link::Column::ArchivedAt, now).await;
    // To a router that is polled: what is known of it there comes from there.
    change_link(world, links[1], link::Column::RouterId, Expr::value(*second)).await;
    world.pass(300);
    let running = tokio::spawn(collector::run(world.site.clone()));
    until("unknown", || async move {
        world.link(links[0]).await.state == LinkCondition::Unknown
    })
    .await;
    until("polled", || async move { polls(world, *second).await == 2 }).await;
    assert_eq!(polls(world, *first).await, 2);
    assert_eq!(world.link(links[1]).await.state, LinkCondition::Up);
    assert_eq!(world.changes(Some(links[1])).await, ["unknown>up"]);
    world.site.stop.stop();
    running.await.unwrap();
}

#[tokio::test]
async fn a_link_is_no_longer_polled_from_the_moment_for_which_its_end_was_planned() {
    let world = &World::new().await;
    let fake = world.fake(ports(1)).await;
    let router = world.add_router(fake.address(), TlsMode::Off).await;
    let link = world.add_link(router, "ether1", None).await;
    let end = Expr::value(start() + TimeDelta::seconds(40));
    change_link(world, link, link::Column::DeactivatedAt, end).await;
    let running = tokio::spawn(collector::run(world.site.clone()));
    until("polled", || async move { world.samples(link).await.len() == 1 }).await;
    assert_eq!(world.link(link).await.state, LinkCondition::Up);
    world.pass(40);
    until("nobody asks for it any more", || async move {
        world.link(link).await.state == LinkCondition::Unknown
    })
    .await;
    world.site.stop.stop();
    running.await.unwrap();
    assert_eq!(world.samples(link).await.len(), 1);
}

#[tokio::test]
async fn a_poll_is_not_stored_over_a_change_of_the_set_up() {
    let (world, _fakes, [first, second], links) = &killed().await;
    let mut held = world.poller(*first).await;
    world.pass(300);
    change_link(world, links[1], link::Column::RouterId, Expr::value(*second)).await;
    assert_eq!(held.poll().await, Polled::Outdated);
    held.set_up_anew().await;
    assert_eq!(held.poll().await, Polled::Stored);
    switch(world, *first, false).await;
    world.pass(300);
    assert_eq!(held.poll().await, Polled::Outdated);
    assert_eq!(
        (world.samples(links[0]).await.len(), polls(world, *first).await),
        (2, 2)
    );
    assert_eq!(world.samples(links[1]).await.len(), 1);
}

#[tokio::test]
async fn a_second_tenant_closes_to_the_first_what_it_could_reach_alone() {
    let world = &World::new().await;
    let fake = world.fake(ports(1)).await;
    let router = world.add_router(fake.address(), TlsMode::Off).await;
    let running = tokio::spawn(collector::run(world.site.clone()));
    until("polled", || async move { polls(world, router).await == 1 }).await;
    scratch_tenant(&world.site.db, "two").await;
    // The clock stands: another poll comes because the router may be reached by other addresses now.
    until("polled under the new rule", || async move {
        polls(world, router).await == 2
    })
    .await;
    world.site.stop.stop();
    running.await.unwrap();
}

#[tokio::test]
async fn current_rates_are_asked_only_while_somebody_looks() {
    let world = &World::at(Clock::system()).await;
    let fake = &world.fake(fakes::router::RouterSpec::generated(3, 1, 2)).await;
    let router = world.add_router(fake.address(), TlsMode::Off).await;
    let (link, unseen) = (
        world.add_link(router, "ether1", None).await,
        world.add_link(router, "ether2", None).await,
    );
    let running = tokio::spawn(collector::run(world.site.clone()));
    until("polled", || async move { world.samples(link).await.len() == 1 }).await;
    assert_eq!(fake.commands_served("/interface/monitor-traffic"), 0);
    watch_it(world, Watched::Link, link.0, 4).await;
    until("rates", || async move { world.link(link).await.rates_at.is_some() }).await;
    assert_eq!(world.link(unseen).await.rates_at, None);
    assert_eq!(world.samples(link).await.len(), 1, "never a sample");
    watch_it(world, Watched::Router, router.0, 60).await;
    until("a report", || async move {
        let rows = world.site.db.tenant(world.tenant);
        let check = rows.get::<router_check::Entity>(router).await.unwrap();
        check.is_some_and(|check| {
            check
                .report
                .is_some_and(|report| report["interfaces"][0]["rx_octets"].is_u64())
        })
    })
    .await;
    world.site.stop.stop();
    running.await.unwrap();
}
