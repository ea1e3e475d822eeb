//! The fake Contabo over real sockets: what it does as time passes, what it lists, and how it breaks.

#![expect(clippy::expect_used, reason = "a helper of a test fails the test")]

mod client;
mod faults;
mod lists;
mod orders;
mod power;
mod resources;
mod sign_in;
mod walk;

use std::time::Duration;

use fakes::clock::Clock;
use fakes::contabo::{AccountSpec, Behaviour, ContaboSpec, FakeContabo, Seed, operations};

/// 2026-05-15 10:00 UTC, where the clock stands.
const NOW: i64 = 1_778_839_200_000;

/// A Contabo whose time passes only when a test lets it. Tokens live for a month, so that they don't get in the way.
async fn contabo(seed: Seed, instances: usize) -> FakeContabo {
    let (clock, _) = Clock::manual(NOW);
    let account = AccountSpec {
        seed,
        instances,
        ..AccountSpec::default()
    };
    let spec = ContaboSpec {
        clock,
        accounts: vec![account],
        behaviour: Behaviour {
            token: Duration::from_secs(90 * 86_400),
            ..Behaviour::default()
        },
        ..ContaboSpec::default()
    };
    FakeContabo::start(spec).await.expect("it starts")
}

fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

fn days(days: u64) -> Duration {
    Duration::from_secs(days * 86_400)
}

#[tokio::test]
async fn every_operation_can_be_asked_for() {
    let contabo = contabo(Seed::Demo, 0).await;
    let client = client::Client::of(&contabo).await;
    let mut walk = walk::Walk::new(&contabo, client);
    walk.all().await;
    assert!(walk.problems.is_empty(), "{}", walk.problems.join("\n"));
}

/// What has no audit list, or changes nothing.
const NOT_AUDITED: [&str; 11] = [
    "cancelExtCheck",
    "cancelExtCheckCollection",
    "cancelExtRemedy",
    "generateSsoToken",
    "makeDefaultAccount",
    "startExtCheck",
    "startExtCheckCollection",
    "startExtRemedy",
    "switchAccount",
    "validateDomainAvailability",
    "signIn",
];

#[tokio::test]
async fn every_change_is_found_in_an_audit_list_by_its_request_id() {
    let contabo = contabo(Seed::Demo, 0).await;
    let client = client::Client::of(&contabo).await;
    walk::Walk::new(&contabo, client).all().await;
    let lists = operations()
        .map(|(_, path, _)| path)
        .filter(|path| path.ends_with("/audits"));
    let entries: Vec<_> = lists.flat_map(|list| contabo.panel().audits(list)).collect();
    let changes = contabo
        .requests()
        .into_iter()
        .filter(|request| request.method != "GET" && request.done);
    for change in changes.filter(|request| !NOT_AUDITED.contains(&request.operation)) {
        let known = entries
            .iter()
            .any(|entry| entry["requestId"].as_str() == change.request_id.as_deref());
        assert!(known, "{} {}", change.operation, change.path);
    }
}
