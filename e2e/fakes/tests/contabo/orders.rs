//! Instances from their order to their end.

use fakes::contabo::{OrderOutcome, Seed};
use serde_json::{Value, json};

use crate::client::Client;
use crate::{contabo, days, seconds};

const INSTANCES: &str = "/v1/compute/instances";

fn order(name: &str) -> Value {
    json!({ "period": 1, "productId": "V154", "region": "UK", "displayName": name })
}

#[tokio::test]
async fn an_order_is_provisioned_installed_and_gets_its_address_on_the_way() {
    let contabo = contabo(Seed::Empty, 0).await;
    let client = Client::of(&contabo).await;
    let reply = client.post(INSTANCES, order("shop")).await;
    assert_eq!(
        (reply.status, reply.first()["status"].as_str()),
        (201, Some("provisioning"))
    );
    let path = format!("{INSTANCES}/{}", reply.first()["instanceId"]);
    let shown = client.get(&path).await;
    assert_eq!(shown.first().get("ipConfig"), None);
    assert_eq!(shown.first()["cancelDate"], Value::Null);
    contabo.advance(seconds(120));
    let shown = client.get(&path).await;
    assert_eq!(shown.first()["status"], "installing");
    assert_eq!(shown.first()["ipConfig"]["v6"]["gateway"], "fe80::1");
    contabo.advance(seconds(60));
    let shown = client.get(&path).await;
    let instance = shown.first();
    assert_eq!(instance["status"], "running");
    assert_eq!(
        (instance["cpuCores"].as_i64(), instance["regionName"].as_str()),
        (Some(6), Some("United Kingdom"))
    );
    assert_eq!(contabo.orders_named("shop"), 1);
    assert_eq!(contabo.orders()[0].request_id, Client::request_id(1));
}

#[tokio::test]
async fn bad_orders_are_refused_in_contabos_words_and_cost_nothing() {
    let contabo = contabo(Seed::Empty, 0).await;
    let client = Client::of(&contabo).await;
    let nothing = client.post(INSTANCES, json!({})).await;
    assert_eq!(nothing.status, 400);
    assert_eq!(nothing.body["message"], json!(["period should not be empty"]));
    let wrong = client
        .post(INSTANCES, json!({ "period": 1, "imageId": "ubuntu", "productId": "" }))
        .await;
    let complaints = json!([
        "productId must be longer than or equal to 1 characters",
        "imageId must be a UUID"
    ]);
    assert_eq!(wrong.body["message"], complaints);
    let unsold = client
        .post(INSTANCES, json!({ "period": 1, "productId": "V999" }))
        .await;
    assert_eq!(unsold.body["message"], "Bad Request productId V999 is wrong");
    let unknown = client.post(INSTANCES, json!({ "period": 1, "rootPassword": 7 })).await;
    assert_eq!(unknown.status, 500);
    assert_eq!(contabo.orders(), []);
    client.post(INSTANCES, order("shop")).await;
    let twice = client.post(INSTANCES, order("shop")).await;
    assert_eq!(
        twice.body["message"],
        "There is already an instance with the same display name"
    );
    assert_eq!(contabo.orders_named("shop"), 1);
}

#[tokio::test]
async fn a_new_instance_may_be_hidden_for_a_while() {
    let contabo = contabo(Seed::Empty, 0).await;
    contabo.set_behaviour(|behaviour| behaviour.hidden = seconds(30));
    let client = Client::of(&contabo).await;
    let id = client.post(INSTANCES, order("shop")).await.first()["instanceId"].clone();
    let path = format!("{INSTANCES}/{id}");
    assert_eq!(client.get(&path).await.status, 404);
    assert_eq!(client.get(INSTANCES).await.data().len(), 0);
    // The audit list knows at once.
    let audits = client.get(&format!("{INSTANCES}/audits?instanceId={id}")).await;
    assert_eq!(audits.first()["action"], "CREATED");
    contabo.advance(seconds(30));
    assert_eq!(client.get(&path).await.first()["status"], "provisioning");
    contabo.advance(seconds(150));
    assert_eq!(client.get(&path).await.first()["status"], "running");
}

#[tokio::test]
async fn orders_may_wait_for_a_person_or_fail() {
    let contabo = contabo(Seed::Empty, 0).await;
    let client = Client::of(&contabo).await;
    contabo.next_order(OrderOutcome::PendingPayment);
    contabo.next_order(OrderOutcome::Fails("no host has room".to_owned()));
    let waits = client.post(INSTANCES, order("waits")).await.first()["instanceId"].clone();
    let fails = client.post(INSTANCES, order("fails")).await.first()["instanceId"].clone();
    contabo.advance(days(1));
    let shown = client.get(&format!("{INSTANCES}/{waits}")).await;
    assert_eq!(shown.first()["status"], "pending_payment");
    assert_eq!(
        client
            .post(&format!("{INSTANCES}/{waits}/cancel"), json!({}))
            .await
            .status,
        500
    );
    let shown = client.get(&format!("{INSTANCES}/{fails}")).await;
    assert_eq!(shown.first()["status"], "error");
    assert_eq!(shown.first()["errorMessage"], "no host has room");
    let id = waits.as_i64().expect("a number");
    contabo.panel().release(id).expect("it is there");
    contabo.advance(seconds(180));
    assert_eq!(contabo.panel().instance(id).expect("it is there").status, "running");
}

#[tokio::test]
async fn a_cancelled_instance_runs_to_the_end_of_its_term_and_is_gone() {
    let contabo = contabo(Seed::Empty, 0).await;
    let client = Client::of(&contabo).await;
    let id = client.post(INSTANCES, order("shop")).await.first()["instanceId"].clone();
    contabo.advance(days(2));
    let path = format!("{INSTANCES}/{id}");
    let cancelled = client.post(&format!("{path}/cancel"), json!({})).await;
    assert_eq!(
        (cancelled.status, cancelled.first()["cancelDate"].as_str()),
        (201, Some("2026-06-15"))
    );
    let twice = client.post(&format!("{path}/cancel"), json!({})).await;
    assert_eq!(
        twice.body["message"],
        "Cannot cancel instance as it has already been canceled"
    );
    let shown = client.get(&path).await;
    assert_eq!(shown.first()["status"], "running");
    assert_eq!(shown.first()["cancelDate"], "2026-06-15");
    contabo.advance(days(28));
    assert_eq!(client.get(&path).await.status, 200);
    contabo.advance(days(1));
    assert_eq!(client.get(&path).await.status, 404);
    assert_eq!(client.get(INSTANCES).await.data().len(), 0);
}

#[tokio::test]
async fn only_the_panel_can_take_a_cancellation_back() {
    let contabo = contabo(Seed::Empty, 0).await;
    let panel = contabo.panel();
    let id = panel.new_instance("shop", "V153", "EU");
    panel.cancel(id).expect("it is there");
    assert!(panel.instance(id).expect("it is there").cancelled);
    panel.revoke_cancellation(id).expect("it is there");
    contabo.advance(days(60));
    assert!(panel.instance(id).is_some());
}

#[tokio::test]
async fn add_ons_are_bought_once_and_offers_go_upward() {
    let contabo = contabo(Seed::Empty, 0).await;
    let id = contabo.panel().new_instance("shop", "V157", "EU");
    let client = Client::of(&contabo).await;
    let path = format!("{INSTANCES}/{id}");
    let buy = json!({ "backup": {} });
    assert_eq!(client.post(&format!("{path}/upgrade"), buy.clone()).await.status, 200);
    assert_eq!(client.post(&format!("{path}/upgrade"), buy).await.status, 409);
    assert_eq!(client.post(&format!("{path}/upgrade"), json!({})).await.status, 400);
    assert_eq!(contabo.orders().len(), 1);
    let offers = client.get(&format!("{path}/products/available")).await;
    let ids: Vec<&str> = offers
        .data()
        .iter()
        .filter_map(|offer| offer["productId"].as_str())
        .collect();
    assert_eq!(ids, ["V157", "V158"]);
    assert_eq!(offers.data()[0]["current"], true);
}

#[tokio::test]
async fn a_move_to_another_region_becomes_a_ticket_or_a_list_of_codes() {
    let contabo = contabo(Seed::Empty, 0).await;
    let panel = contabo.panel();
    let id = panel.new_instance("shop", "V153", "EU");
    let client = Client::of(&contabo).await;
    let path = format!("{INSTANCES}/{id}/regionChange");
    assert_eq!(client.get(&format!("{path}/check")).await.status, 204);
    let ticket = client
        .post(&path, json!({ "region": "UK", "method": "installation" }))
        .await;
    assert!(ticket.first()["ticketNumber"].is_i64(), "{}", ticket.body);
    let nowhere = client
        .post(&path, json!({ "region": "MOON", "method": "installation" }))
        .await;
    assert_eq!(
        (nowhere.status, &nowhere.body["errors"]),
        (400, &json!(["invalid_region"]))
    );
    panel.set_status(id, "installing").expect("it is there");
    assert_eq!(client.get(&format!("{path}/check")).await.status, 400);
}

#[tokio::test]
async fn an_account_may_be_full() {
    let contabo = contabo(Seed::Empty, 2).await;
    contabo.set_behaviour(|behaviour| behaviour.instance_limit = Some(3));
    let client = Client::of(&contabo).await;
    assert_eq!(client.post(INSTANCES, order("last")).await.status, 201);
    assert_eq!(client.post(INSTANCES, order("beyond")).await.status, 400);
}
