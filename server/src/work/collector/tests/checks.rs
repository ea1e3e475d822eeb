//! The look at a router that staff ask for, and the one before it is added.

use entity::{router::TlsMode, router_check};
use routeros::{Credentials, Tls};

use super::*;
use crate::{
    domain::addresses::AddressPolicy,
    work::{
        collector::check::{AnyGuard, Report, RouterCheck, Unknown, check_address, is_under_way, request_check},
        queue::Queue,
        runner::Nudge,
    },
};

async fn checked(world: &World, router: RouterId) -> router_check::Model {
    let now = world.site.clock.now();
    for _ in 0..2 {
        let rows = world.site.db.begin(world.tenant).await.unwrap();
        request_check(&rows, router, now).await.unwrap();
        rows.commit().await.unwrap();
    }
    let get = || async {
        let rows = world.site.db.tenant(world.tenant);
        rows.get::<router_check::Entity>(router).await.unwrap().unwrap()
    };
    assert!(is_under_way(&get().await, now));
    let queue = Queue::new(world.site.db.clone(), world.site.clock.clone(), Nudge::default());
    queue.with::<RouterCheck>(world.site.clone()).step().await.unwrap();
    assert!(!is_under_way(&get().await, now));
    get().await
}

#[tokio::test]
async fn a_check_tells_who_the_router_is_and_keeps_that_when_it_fails_later() {
    let world = World::new().await;
    let fake = world.fake(ports(3)).await;
    let router = world.add_router(fake.address(), TlsMode::Off).await;
    let good = checked(&world, router).await;
    assert_eq!(good.reason_code, None);
    let report: Report = serde_json::from_value(good.report.clone().unwrap()).unwrap();
    assert_eq!((report.identity.as_str(), report.interfaces.len()), ("edge", 3));
    assert_eq!(report.interfaces[1].name, "ether2");
    assert_eq!(fake.logins(), 1, "asked for twice, done once");
    fake.set_password("another");
    world.pass(60);
    let bad = checked(&world, router).await;
    assert_eq!(bad.reason_code.as_deref(), Some("login_refused"));
    assert_eq!(bad.report, good.report);
    assert!(bad.seq > good.seq);
}

#[tokio::test]
async fn an_address_can_be_checked_without_a_database() {
    let (fakes_clock, _hands) = fakes::clock::Clock::manual(START * 1000);
    let fake = Router::start(ports(2), fakes_clock).await.unwrap();
    let clock = Clock::fixed(start());
    let unknown = |password: &str| Unknown {
        host: "127.0.0.1",
        port: fake.address().port(),
        tls: Tls::Off,
        credentials: Credentials::new("mainstay", password),
        guard: AnyGuard(AddressPolicy::of_the_operator().guard()),
    };
    let report = check_address(unknown("secret"), &clock).await.unwrap();
    assert_eq!((report.interfaces.len(), report.certificate), (2, None));
    let trouble = check_address(unknown("wrong"), &clock).await.unwrap_err();
    assert_eq!(trouble.code(), "login_refused");
}
