//! Routers that are dead, slow, lying or not who they were: a clear reason, no wrong sample.

use std::time::Duration;

use entity::{router as router_row, router::TlsMode, router_state::Reach, sample::LinkCondition};
use fakes::router::{Fault, Router, RouterSpec, Rule};
use fakes::traffic::Both;
use sea_orm::sea_query::Expr;

use super::*;

async fn polled(spec: RouterSpec, tls: TlsMode) -> (World, Router, LinkId, Held) {
    let world = World::new().await;
    let fake = world.fake(spec).await;
    let address = if tls == TlsMode::Off {
        Some(fake.address())
    } else {
        fake.tls_address()
    };
    let router = world.add_router(address.unwrap(), tls).await;
    let link = world.add_link(router, "ether1", None).await;
    let mut held = world.poller(router).await;
    assert_eq!(held.poll().await, Polled::Stored);
    world.pass(300);
    (world, fake, link, held)
}

async fn reason(world: &World, held: &Held) -> (Reach, String, String) {
    let row = world.router(held.poller.setup.router).await;
    (
        row.reach,
        row.reason_code.unwrap_or_default(),
        row.reason.unwrap_or_default(),
    )
}

async fn states(world: &World, link: LinkId) -> Vec<LinkCondition> {
    world.samples(link).await.iter().map(|sample| sample.state).collect()
}

#[tokio::test]
async fn a_dead_router_is_unknown_and_up_again_when_it_answers_within_the_slot() {
    let (world, fake, link, mut held) = polled(ports(1), TlsMode::Off).await;
    fake.set_reachable(false).await;
    assert_eq!(held.poll().await, Polled::Stored);
    let (reach, code, _) = reason(&world, &held).await;
    assert_eq!((reach, code.as_str()), (Reach::Unreachable, "refused"));
    assert_eq!(states(&world, link).await, [LinkCondition::Up, LinkCondition::Unknown]);
    assert_eq!(held.poller.next_due(), world.site.clock.now() + TimeDelta::seconds(5));
    world.pass(5);
    held.poll().await;
    assert_eq!(world.router(held.poller.setup.router).await.failures_in_a_row, 2);
    assert_eq!(held.poller.next_due(), world.site.clock.now() + TimeDelta::seconds(10));
    fake.set_reachable(true).await;
    world.pass(10);
    held.poll().await;
    assert_eq!(states(&world, link).await, [LinkCondition::Up, LinkCondition::Up]);
    assert_eq!(
        world.changes(Some(link)).await,
        ["unknown>up", "up>unknown", "unknown>up"]
    );
    assert_eq!(
        world.changes(None).await,
        ["new>reachable", "reachable>unreachable", "unreachable>reachable"]
    );
    assert_eq!(
        reason(&world, &held).await,
        (Reach::Reachable, String::new(), String::new())
    );
}

#[tokio::test]
async fn half_a_table_is_no_sample() {
    for fault in [
        Fault::Eof,
        Fault::Cut,
        Fault::Garbage,
        Fault::Fatal("shutdown".to_owned()),
        trap(),
    ] {
        let (world, fake, link, mut held) = polled(ports(3), TlsMode::Off).await;
        fake.inject(Rule::at("/interface/print", fault.clone()).after_rows(0));
        held.poll().await;
        let (reach, code, reason) = reason(&world, &held).await;
        assert_eq!(reach, Reach::Failing, "{fault:?}: {code} {reason}");
        assert!(!reason.is_empty());
        assert_eq!(states(&world, link).await, [LinkCondition::Up], "{fault:?}");
        assert_eq!(world.link(link).await.state, LinkCondition::Unknown);
        fake.clear();
        world.pass(300);
        held.poll().await;
        assert_eq!(states(&world, link).await, [LinkCondition::Up; 2], "{fault:?}");
    }
}

pub(super) fn trap() -> Fault {
    Fault::Trap {
        category: Some(2),
        message: "interrupted".to_owned(),
    }
}

#[tokio::test]
async fn a_connection_that_was_lost_between_polls_is_made_anew() {
    let (world, fake, link, mut held) = polled(ports(1), TlsMode::Off).await;
    fake.hang_up();
    held.poll().await;
    assert_eq!(states(&world, link).await, [LinkCondition::Up; 2]);
    assert_eq!(fake.logins(), 2);
    world.pass(300);
    held.poll().await;
    assert_eq!(fake.logins(), 2, "otherwise it is kept");
}

#[tokio::test]
async fn a_liar_is_not_counted_and_the_next_truth_counts_from_the_last() {
    let (world, fake, link, mut held) = polled(ports(1), TlsMode::Off).await;
    fake.set_counters("ether1", Both { rx: 500, tx: 500 }).unwrap();
    let up = LinkCondition::Up;
    for (lie, code, kept) in [
        ("2.5Mbps", "unexpected_value", vec![up]),
        ("18446744073709551615", "implausible", vec![up, up]),
    ] {
        fake.lie_about_counters(Some(lie));
        held.poll().await;
        let (reach, found_code, text) = reason(&world, &held).await;
        assert_eq!((reach, found_code.as_str()), (Reach::Failing, code), "{text}");
        assert_eq!(states(&world, link).await, kept, "{lie}");
        assert_eq!(world.samples(link).await.last().unwrap().rx_octets, None);
        world.pass(10);
    }
    fake.clear();
    held.poll().await;
    let last = world.samples(link).await.pop().unwrap();
    assert_eq!(last.rx_octets, Some(500));
    assert_eq!(world.link(link).await.problem, None);
}

#[tokio::test]
async fn counters_that_jumped_are_counted_again_once_two_readings_agree() {
    let (world, fake, link, mut held) = polled(ports(1), TlsMode::Off).await;
    let far = u64::MAX / 2;
    for rx in [far, far + 100, far + 300] {
        fake.set_counters("ether1", Both { rx, tx: 0 }).unwrap();
        held.poll().await;
        world.pass(300);
    }
    let samples = world.samples(link).await;
    let counted: Vec<_> = samples.iter().map(|sample| sample.rx_octets).collect();
    assert_eq!(counted, [None, None, None, Some(200)]);
    assert_eq!(states(&world, link).await, [LinkCondition::Up; 4]);
    assert_eq!(world.link(link).await.problem, None);
}

#[tokio::test]
async fn a_slow_router_is_cut_off_and_told_about() {
    let world = World::at(Clock::system()).await;
    let seconds = [(entity::tenant::Column::PollSeconds, 1)];
    set_cycle(&world, seconds[0].1).await;
    let fake = world.fake(ports(1)).await;
    let router = world.add_router(fake.address(), TlsMode::Off).await;
    let link = world.add_link(router, "ether1", None).await;
    let mut held = world.poller(router).await;
    fake.drip(Some(Duration::from_millis(20)));
    held.poll().await;
    let (reach, code, _) = reason(&world, &held).await;
    assert_eq!((reach, code.as_str()), (Reach::Failing, "slow"));
    assert!(world.samples(link).await.is_empty());
    assert_eq!(world.router(router).await.overruns, 1);
    assert!(
        held.poller.next_due() > world.site.clock.now(),
        "what was missed is not made up for"
    );
}

#[tokio::test]
async fn pings_that_take_too_long_cost_a_link_its_latency_alone() {
    let world = World::at(Clock::system()).await;
    set_cycle(&world, 1).await;
    let fake = world.fake(ports(1)).await;
    let router = world.add_router(fake.address(), TlsMode::Off).await;
    let link = world.add_link(router, "ether1", Some("10.9.9.9")).await;
    let mut held = world.poller(router).await;
    fake.inject(Rule::at("/ping", Fault::Hang));
    held.poll().await;
    let samples = world.samples(link).await;
    assert_eq!((samples[0].state, samples[0].sent), (LinkCondition::Up, None));
    assert_eq!(reason(&world, &held).await.0, Reach::Reachable);
}

#[tokio::test]
async fn a_live_look_that_hangs_costs_no_poll_its_slot() {
    let (world, fake, link, mut held) = polled(ports(1), TlsMode::Off).await;
    fake.inject(Rule::at("/interface/monitor-traffic", Fault::Hang));
    let live = Live {
        links: vec![link],
        router: false,
    };
    let looked = held.poller.look(&live, Duration::from_millis(100)).await;
    assert!(
        looked.is_err_and(|error| error.to_string().contains("too slowly")),
        "given up in time"
    );
    assert_eq!(held.poll().await, Polled::Stored);
    assert_eq!(reason(&world, &held).await.0, Reach::Reachable);
    assert_eq!(states(&world, link).await, [LinkCondition::Up, LinkCondition::Up]);
}

async fn set_cycle(world: &World, seconds: i32) {
    use sea_orm::{EntityTrait, QueryFilter};
    #[expect(clippy::disallowed_methods, reason = "tenants belong to no tenant")]
    let connection = world.site.db.write_across_tenants();
    entity::tenant::Entity::update_many()
        .col_expr(entity::tenant::Column::PollSeconds, Expr::value(seconds))
        .filter(entity::tenant::Column::Id.eq(world.tenant))
        .exec(connection)
        .await
        .unwrap();
}

#[tokio::test]
async fn a_refused_login_says_nothing_of_the_links() {
    let (world, fake, link, mut held) = polled(ports(1), TlsMode::Off).await;
    fake.set_password("another");
    fake.hang_up();
    held.poll().await;
    let (reach, code, _) = reason(&world, &held).await;
    assert_eq!((reach, code.as_str()), (Reach::Unreachable, "login_refused"));
    assert_eq!(states(&world, link).await, [LinkCondition::Up]);
}

#[tokio::test]
async fn the_first_certificate_is_trusted_and_another_is_not() {
    let spec = RouterSpec {
        tls_port: Some(0),
        ..ports(1)
    };
    let (world, fake, link, mut held) = polled(spec, TlsMode::Pin).await;
    let router = held.poller.setup.router;
    let rows = world.site.db.tenant(world.tenant);
    let pin = rows
        .get::<router_row::Entity>(router)
        .await
        .unwrap()
        .unwrap()
        .pin_sha256;
    let first = fake.certificate_sha256().unwrap();
    assert_eq!(pin.as_deref(), Some(first.as_slice()));
    let change = rows
        .find::<state_change::Entity>()
        .filter(state_change::Column::RouterId.eq(router));
    let change = change.one().await.unwrap().unwrap();
    assert!(change.reason.unwrap().contains(&routeros::fingerprint(&first)));

    fake.renew_certificate().unwrap();
    fake.hang_up();
    held.poll().await;
    let (reach, code, text) = reason(&world, &held).await;
    assert_eq!((reach, code.as_str()), (Reach::Unreachable, "pin_mismatch"));
    for certificate in [first, fake.certificate_sha256().unwrap()] {
        assert!(text.contains(&routeros::fingerprint(&certificate)), "{text}");
    }
    assert_eq!(
        states(&world, link).await,
        [LinkCondition::Up],
        "who that is knows nobody"
    );
}

#[tokio::test]
async fn an_address_that_is_not_allowed_is_never_connected_to() {
    let world = World::new().await;
    let fake = world.fake(ports(1)).await;
    let mut address = fake.address();
    address.set_ip([169, 254, 169, 254].into());
    let router = world.add_router(address, TlsMode::Off).await;
    let mut held = world.poller(router).await;
    held.poll().await;
    let (reach, code, text) = reason(&world, &held).await;
    assert_eq!(
        (reach, code.as_str()),
        (Reach::Unreachable, "forbidden_address"),
        "{text}"
    );
}
