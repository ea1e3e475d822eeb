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
use fakes::contabo::{AccountSpec, Behaviour, ContaboSpec, FakeContabo, Seed};
use fakes::prism::{Prerequisites, Prism};
use walk::Walk;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_operation_is_as_contabo_documents_it() {
    let needs = match Prerequisites::for_contabo() {
        Ok(needs) => needs,
        Err(missing) => {
            eprintln!("SKIPPED: answers are NOT compared with Contabo's document. {missing}");
            return;
        }
    };
    let contabo = FakeContabo::start(ContaboSpec {
        accounts: vec![AccountSpec {
            seed: Seed::Demo,
            ..AccountSpec::default()
        }],
        behaviour: Behaviour {
            // Live answers have nulls where the document promises values; here the document counts.
            documented: true,
            // The walk lets more time pass than a token lives.
            token: Duration::from_secs(86_400),
            ..Behaviour::default()
        },
        ..ContaboSpec::default()
    })
    .await
    .expect("it starts");
    let mut client = Client::of(&contabo).await;
    let prism = Prism::start(&needs, &contabo.api()).await.expect("Prism starts");
    client.base = prism.address();
    let mut walk = Walk::new(&contabo, client);
    walk.all().await;
    assert!(walk.problems.is_empty(), "{}", walk.problems.join("\n"));
}
