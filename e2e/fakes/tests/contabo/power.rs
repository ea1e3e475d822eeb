//! Instances that exist: power, rescue, reinstallation, and their history.

use fakes::contabo::Seed;
use serde_json::json;

use crate::client::Client;
use crate::{contabo, seconds};

const DEBIAN: &str = "4efbc0ba-2313-4fe1-842a-516f8652e729";

#[tokio::test]
async fn power_takes_its_time_and_doing_it_twice_changes_nothing() {
    let contabo = contabo(Seed::Empty, 0).await;
    let id = contabo.panel().new_instance("web", "V153", "EU");
    let client = Client::of(&contabo).await;
    let path = format!("/v1/compute/instances/{id}");
    let status = async || {
        let reply = client.get(&path).await;
        reply.first()["status"].as_str().unwrap_or_default().to_owned()
    };
    let act = async |action: &str| client.post(&format!("{path}/actions/{action}"), json!({})).await;

    let reply = act("start").await;
    assert_eq!((reply.status, reply.first()["action"].as_str()), (201, Some("start")));
    assert_eq!(status().await, "running");
    act("stop").await;
    assert_eq!(status().await, "running");
    contabo.advance(seconds(3));
    assert_eq!(status().await, "stopped");
    act("stop").await;
    contabo.advance(seconds(60));
    assert_eq!(status().await, "stopped");
    act("start").await;
    contabo.advance(seconds(4));
    assert_eq!(status().await, "stopped");
    contabo.advance(seconds(1));
    assert_eq!(status().await, "running");
    act("shutdown").await;
    contabo.advance(seconds(9));
    assert_eq!(status().await, "running");
    contabo.advance(seconds(1));
    assert_eq!(status().await, "stopped");
}

#[tokio::test]
async fn what_is_asked_last_happens() {
    let contabo = contabo(Seed::Empty, 0).await;
    let panel = contabo.panel();
    let id = panel.new_instance("web", "V153", "EU");
    let client = Client::of(&contabo).await;
    let path = format!("/v1/compute/instances/{id}/actions");
    client.post(&format!("{path}/shutdown"), json!({})).await;
    contabo.advance(seconds(5));
    client.post(&format!("{path}/restart"), json!({})).await;
    contabo.advance(seconds(60));
    assert_eq!(panel.instance(id).expect("it is there").status, "running");
}

#[tokio::test]
async fn rescue_lasts_until_the_next_restart() {
    let contabo = contabo(Seed::Empty, 0).await;
    let panel = contabo.panel();
    let id = panel.new_instance("web", "V153", "EU");
    let client = Client::of(&contabo).await;
    let path = format!("/v1/compute/instances/{id}/actions");
    let unknown = client
        .post(&format!("{path}/rescue"), json!({ "rootPassword": 5 }))
        .await;
    assert_eq!(unknown.status, 500);
    let rescued = client.post(&format!("{path}/rescue"), json!({})).await;
    assert_eq!(rescued.status, 201);
    contabo.advance(seconds(30));
    assert_eq!(panel.instance(id).expect("it is there").status, "rescue");
    client.post(&format!("{path}/restart"), json!({})).await;
    contabo.advance(seconds(8));
    assert_eq!(panel.instance(id).expect("it is there").status, "running");
}

#[tokio::test]
async fn a_new_password_comes_from_a_secret_and_shows_meanwhile() {
    let contabo = contabo(Seed::Empty, 0).await;
    let panel = contabo.panel();
    let id = panel.new_instance("web", "V153", "EU");
    let client = Client::of(&contabo).await;
    let secret = json!({ "name": "root", "type": "password", "value": "Abcdef-12!?" });
    let secret = client.post("/v1/secrets", secret).await.first()["secretId"].clone();
    let path = format!("/v1/compute/instances/{id}/actions/resetPassword");
    assert_eq!(client.post(&path, json!({ "rootPassword": secret })).await.status, 201);
    let shown = panel.instance(id).expect("it is there");
    assert_eq!(
        (shown.status.as_str(), shown.root_password),
        ("reset_password", secret.as_i64())
    );
    // While it is at it, nothing else can be asked.
    let stop = client
        .post(&format!("/v1/compute/instances/{id}/actions/stop"), json!({}))
        .await;
    assert_eq!(stop.status, 422);
    contabo.advance(seconds(20));
    assert_eq!(panel.instance(id).expect("it is there").status, "running");
}

#[tokio::test]
async fn reinstalling_keeps_the_address_and_forgets_the_cloud_init() {
    let contabo = contabo(Seed::Empty, 0).await;
    let panel = contabo.panel();
    let id = panel.new_instance("web", "V153", "EU");
    let before = panel.instance(id).expect("it is there");
    let client = Client::of(&contabo).await;
    let path = format!("/v1/compute/instances/{id}");
    let missing = client.put(&path, json!({})).await;
    assert_eq!(missing.status, 400);
    assert!(missing.body["message"].is_array(), "{}", missing.body);
    let body = json!({ "imageId": DEBIAN, "userData": "#cloud-config\n" });
    assert_eq!(client.put(&path, body).await.status, 200);
    assert_eq!(panel.instance(id).expect("it is there").status, "installing");
    contabo.advance(seconds(60));
    let after = panel.instance(id).expect("it is there");
    assert_eq!((after.status.as_str(), &after.v4), ("running", &before.v4));
    assert_eq!(after.image_id.as_deref(), Some(DEBIAN));
    assert_eq!(after.user_data.as_deref(), Some("#cloud-config\n"));
    client.put(&path, json!({ "imageId": DEBIAN })).await;
    assert_eq!(panel.instance(id).expect("it is there").user_data, None);
    let shown = client.get(&path).await;
    assert!(shown.first().get("userData").is_none());
}

#[tokio::test]
async fn actions_are_found_by_their_request_id() {
    let contabo = contabo(Seed::Empty, 0).await;
    let id = contabo.panel().new_instance("web", "V153", "EU");
    let client = Client::of(&contabo).await;
    client
        .post(&format!("/v1/compute/instances/{id}/actions/stop"), json!({}))
        .await;
    client
        .patch(&format!("/v1/compute/instances/{id}"), json!({ "displayName": "shop" }))
        .await;
    let of = async |list: &str, n: u64| {
        let path = format!("/v1/compute/instances/{list}?requestId={}", Client::request_id(n));
        client.get(&path).await
    };
    let stopped = of("actions/audits", 1).await;
    assert_eq!(stopped.data().len(), 1);
    assert_eq!(stopped.first()["changes"]["new"]["action"], "stop");
    let renamed = of("audits", 2).await;
    assert_eq!(
        renamed.first()["changes"],
        json!({ "prev": { "displayName": "web" }, "new": { "displayName": "shop" } })
    );
    assert_eq!(of("audits", 1).await.data().len(), 0);
    // What was done in the panel is there, too, under a request of its own.
    let made = client
        .get(&format!("/v1/compute/instances/audits?instanceId={id}"))
        .await;
    assert_eq!(made.data().last().expect("it was made")["traceId"], "panel");
    let none = client.get("/v1/compute/instances/audits?startDate=2026-05-16").await;
    assert_eq!(none.data().len(), 0);
    let today = client
        .get("/v1/compute/instances/audits?startDate=2026-05-15&endDate=2026-05-15")
        .await;
    assert_eq!(today.data().len(), 2);
}
