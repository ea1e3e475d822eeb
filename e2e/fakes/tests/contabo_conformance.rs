//! The fake Contabo against Contabo's own document: every operation is asked for through Prism, which reports each
//! request and each answer that is not as documented.
//!
//! The document is not part of the project; where it is not beside it, or where Prism is not installed, this says so and
//! passes.

#![expect(clippy::expect_used, reason = "a helper of a test fails the test")]

#[expect(dead_code, reason = "it serves other tests, too")]
#[path = "contabo/client.rs"]
mod client;
#[path = "contabo/walk.rs"]
mod walk;

use std::time::Duration;

use client::Client;
use fakes::contabo::{AccountSpec, Behaviour, ContaboSpec, FakeContabo, OrderOutcome, Seed};
use fakes::prism::{Prerequisites, Prism, violations};
use serde_json::json;
use walk::Walk;

/// What is needed, unless something is missing, which is said.
fn needs() -> Option<Prerequisites> {
    let needs = Prerequisites::for_contabo();
    if let Err(missing) = &needs {
        eprintln!("SKIPPED: answers are NOT compared with Contabo's document. {missing}");
    }
    needs.ok()
}

async fn contabo(documented: bool) -> FakeContabo {
    let account = AccountSpec {
        seed: Seed::Demo,
        ..AccountSpec::default()
    };
    let behaviour = Behaviour {
        documented,
        // The walk lets more time pass than a token lives.
        token: Duration::from_secs(86_400),
        ..Behaviour::default()
    };
    let spec = ContaboSpec {
        accounts: vec![account],
        behaviour,
        ..ContaboSpec::default()
    };
    FakeContabo::start(spec).await.expect("it starts")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_operation_is_as_contabo_documents_it() {
    let Some(needs) = needs() else { return };
    // Live answers have nulls where the document promises values; here the document counts.
    let contabo = contabo(true).await;
    let mut client = Client::of(&contabo).await;
    let prism = Prism::start(&needs, &contabo.api()).await.expect("Prism starts");
    client.base = prism.address();
    let mut walk = Walk::new(&contabo, client);
    walk.all().await;
    assert!(walk.problems.is_empty(), "{}", walk.problems.join("\n"));
}

/// The walk sees most things in their usual state; these are the others.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn unusual_states_are_as_contabo_documents_them() {
    let Some(needs) = needs() else { return };
    let contabo = contabo(true).await;
    let panel = contabo.panel();
    let mut client = Client::of(&contabo).await;
    let first = async |path: &str| client.get(path).await.first().clone();
    let network = first("/v1/private-networks").await;
    let member = network["instances"][0]["instanceId"].as_i64().expect("a member");
    let network = network["privateNetworkId"].as_i64().expect("a number");
    panel.fail_network(network, member, "host away").expect("it is there");
    let firewall = first("/v1/firewalls?name=web").await;
    let firewall = firewall["firewallId"].as_str().expect("an id");
    panel.fail_firewall(firewall, member, "host away").expect("it is there");
    let image = first("/v1/compute/images?standardImage=false").await;
    panel
        .fail_image(image["imageId"].as_str().expect("an id"), "not found")
        .expect("it is there");
    let storage = first("/v1/object-storages").await;
    let storage = storage["objectStorageId"].as_str().expect("an id").to_owned();
    panel.cancel(member).expect("it is there");
    contabo.next_order(OrderOutcome::PendingPayment);
    client
        .post(
            "/v1/compute/instances",
            json!({ "period": 12, "addOns": { "additionalIps": {} } }),
        )
        .await;
    let prism = Prism::start(&needs, &contabo.api()).await.expect("Prism starts");
    client.base = prism.address();
    let states = [
        "provisioning",
        "uninstalled",
        "running",
        "stopped",
        "error",
        "installing",
        "unknown",
        "manual_provisioning",
        "product_not_available",
        "verification_required",
        "rescue",
        "pending_payment",
        "other",
        "reset_password",
    ];
    for (id, state) in panel.instance_ids().into_iter().zip(states) {
        panel.set_status(id, state).expect("it is there");
    }
    let mut problems = Vec::new();
    let mut look = async |path: &str| {
        let reply = client.get(path).await;
        assert!(reply.status == 200 || reply.status == 500, "{path}: {}", reply.body);
        problems.extend(
            violations(&reply.body)
                .into_iter()
                .map(|problem| format!("{path}: {problem}")),
        );
    };
    for path in [
        "/v1/compute/instances?size=100",
        "/v1/compute/instances/audits?size=100",
        "/v1/private-networks",
        "/v1/firewalls",
        "/v1/compute/images?size=100",
        "/v1/vips",
        "/v1/roles?size=100",
        "/v1/users",
        "/v1/dns/ptrs?customerId=54321&size=100",
    ] {
        look(path).await;
    }
    for state in [
        "UPGRADING",
        "CANCELLED",
        "ERROR",
        "DISABLED",
        "LIMIT_EXCEEDED",
        "ORDER_PROCESSING",
        "UNKNOWN",
    ] {
        panel.set_storage_status(&storage, Some(state)).expect("it is there");
        look("/v1/object-storages").await;
    }
    for id in panel.instance_ids() {
        look(&format!("/v1/compute/instances/{id}")).await;
        look(&format!("/v1/compute/instances/{id}/snapshots")).await;
        look(&format!("/v1/compute/instances/{id}/products/available")).await;
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

/// Where live answers differ from the document, and the fake with them (see [`Behaviour::documented`]).
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_live_answers_have_otherwise_is_known_and_noticed() {
    let Some(needs) = needs() else { return };
    let contabo = contabo(false).await;
    let mut client = Client::of(&contabo).await;
    let prism = Prism::start(&needs, &contabo.api()).await.expect("Prism starts");
    client.base = prism.address();
    for (path, known) in [
        // Not cancelled: null, where the document wants a date; no addresses before the installation.
        (
            "/v1/compute/instances?size=100",
            &["cancelDate", "applicationId", "errorMessage", "ipConfig"][..],
        ),
        ("/v1/object-storages", &["cancelDate"]),
        // A list of secrets has no values.
        ("/v1/secrets", &["value"]),
        ("/v1/domains", &["cancelDate"]),
    ] {
        let reply = client.get(path).await;
        let violations = violations(&reply.body);
        assert!(!violations.is_empty(), "{path}: {}", reply.body);
        for violation in violations {
            assert!(
                known.iter().any(|field| violation.contains(field)),
                "{path}: {violation}"
            );
        }
    }
    // A request that is not as documented does not even reach the fake.
    let reply = client.post("/v1/tags", json!({ "color": 5 })).await;
    assert_eq!(reply.status, 422, "{}", reply.body);
    assert!(!violations(&reply.body).is_empty());
    assert_eq!(contabo.requests_to("createTag").len(), 0);
}
