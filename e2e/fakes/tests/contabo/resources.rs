//! What hangs on instances and beside them: snapshots, images, networks, firewalls, tags, object storages.

use fakes::contabo::{BACKUP, PRIVATE_NETWORKING, Seed};
use serde_json::{Value, json};

use crate::client::Client;
use crate::{contabo, days, seconds};

#[tokio::test]
async fn snapshots_are_limited_by_plan_rolled_back_and_end_after_thirty_days() {
    let contabo = contabo(Seed::Empty, 0).await;
    let panel = contabo.panel();
    let (three, none) = (
        panel.new_instance("db", "V155", "EU"),
        panel.new_instance("store", "V96", "EU"),
    );
    let client = Client::of(&contabo).await;
    let path = format!("/v1/compute/instances/{three}/snapshots");
    let refused = client
        .post(
            &format!("/v1/compute/instances/{none}/snapshots"),
            json!({ "name": "x" }),
        )
        .await;
    assert_eq!(refused.status, 402);
    assert_eq!(
        refused.body["message"],
        "Total snapshots exceed the total max limit of 0 snapshots"
    );
    let mut ids = Vec::new();
    for name in ["one", "two", "three"] {
        let made = client.post(&path, json!({ "name": name })).await;
        assert_eq!(made.status, 201);
        ids.push(made.first()["snapshotId"].as_str().expect("an id").to_owned());
        contabo.advance(seconds(60));
    }
    assert_eq!(client.post(&path, json!({ "name": "four" })).await.status, 402);
    assert_eq!(client.post(&path, json!({ "name": "a/b" })).await.status, 400);
    let back = client.post(&format!("{path}/{}/rollback", ids[0]), json!({})).await;
    assert_eq!((back.status, back.body.get("data")), (200, None));
    let left = client.get(&path).await;
    assert_eq!((left.data().len(), left.first()["name"].as_str()), (1, Some("one")));
    let gone = client
        .get(&format!("/v1/compute/snapshots/audits?snapshotId={}", ids[2]))
        .await;
    assert_eq!(gone.first()["action"], "DELETED");
    contabo.advance(days(30));
    assert_eq!(client.get(&path).await.data().len(), 0);
}

#[tokio::test]
async fn a_custom_image_is_fetched_bit_by_bit_into_a_quota() {
    let contabo = contabo(Seed::Empty, 0).await;
    let client = Client::of(&contabo).await;
    let image = |url: &str| json!({ "name": "own", "osType": "Linux", "version": "1", "url": url });
    let wrong = client
        .post("/v1/compute/images", image("https://example.net/a.zip"))
        .await;
    assert_eq!(
        (wrong.status, wrong.body["message"].as_str()),
        (415, Some("Unsupported Media Type"))
    );
    let made = client
        .post("/v1/compute/images", image("https://example.net/a.qcow2"))
        .await;
    let path = format!(
        "/v1/compute/images/{}",
        made.first()["imageId"].as_str().expect("an id")
    );
    let states = async || {
        let reply = client.get(&path).await;
        let image = reply.first();
        (
            image["status"].clone(),
            image["uploadedSizeMb"].as_i64(),
            image["sizeMb"].as_i64(),
        )
    };
    contabo.advance(seconds(10));
    let (status, uploaded, size) = states().await;
    assert_eq!((status, uploaded), (json!("downloading"), Some(200)));
    contabo.advance(seconds(600));
    assert_eq!(states().await, (json!("downloaded"), size, size));
    let stats = client.get("/v1/compute/images/stats").await;
    assert_eq!(stats.first()["usedSizeMb"].as_i64(), size);
    contabo.set_behaviour(|behaviour| behaviour.image_quota_mb = 100);
    let over = client
        .post("/v1/compute/images", image("https://example.net/b.iso"))
        .await;
    let path = format!(
        "/v1/compute/images/{}",
        over.first()["imageId"].as_str().expect("an id")
    );
    assert_eq!(client.get(&path).await.first()["status"], "error");
    let standard = client
        .get("/v1/compute/images?standardImage=true&name=ubuntu-24.04")
        .await;
    assert_eq!(standard.data().len(), 1);
    let standard = standard.first()["imageId"].as_str().expect("an id").to_owned();
    let fixed = client.delete(&format!("/v1/compute/images/{standard}")).await;
    assert_eq!(fixed.status, 403);
}

#[tokio::test]
async fn a_private_network_takes_paid_members_who_must_be_installed_again() {
    let contabo = contabo(Seed::Empty, 0).await;
    let panel = contabo.panel();
    let (member, poor, far) = (
        panel.new_instance("a", "V153", "EU"),
        panel.new_instance("b", "V153", "EU"),
        panel.new_instance("c", "V153", "UK"),
    );
    panel.add_on(member, PRIVATE_NETWORKING).expect("it is there");
    panel.add_on(far, PRIVATE_NETWORKING).expect("it is there");
    panel.add_on(poor, BACKUP).expect("it is there");
    let client = Client::of(&contabo).await;
    let made = client.post("/v1/private-networks", json!({ "name": "lan" })).await;
    assert_eq!(made.first()["cidr"], "10.0.0.0/22");
    let network = format!("/v1/private-networks/{}", made.first()["privateNetworkId"]);
    let assign = async |id: i64| {
        client
            .post(&format!("{network}/instances/{id}"), json!({}))
            .await
            .status
    };
    assert_eq!(assign(poor).await, 402);
    assert_eq!(assign(far).await, 400);
    assert_eq!(assign(5).await, 404);
    assert_eq!(assign(member).await, 201);
    assert_eq!(assign(member).await, 409);
    let state = async || client.get(&network).await.first()["instances"][0]["status"].clone();
    assert_eq!(state().await, "reinstall");
    let image = json!({ "imageId": "4efbc0ba-2313-4fe1-842a-516f8652e729" });
    client.put(&format!("/v1/compute/instances/{member}"), image).await;
    assert_eq!(state().await, "installing");
    contabo.advance(seconds(60));
    assert_eq!(state().await, "ok");
    let second = client.post("/v1/private-networks", json!({ "name": "lan-2" })).await;
    assert_eq!(second.first()["cidr"], "10.0.4.0/22");
    let second = format!("/v1/private-networks/{}", second.first()["privateNetworkId"]);
    client.post(&format!("{second}/instances/{member}"), json!({})).await;
    let state = async || client.get(&second).await.first()["instances"][0]["status"].clone();
    assert_eq!(state().await, "restart");
    client
        .post(&format!("/v1/compute/instances/{member}/actions/restart"), json!({}))
        .await;
    assert_eq!(state().await, "ok");
    assert_eq!(client.delete(&format!("{second}/instances/{member}")).await.status, 201);
}

#[tokio::test]
async fn what_is_in_use_refuses_to_be_deleted() {
    let contabo = contabo(Seed::Demo, 0).await;
    let client = Client::of(&contabo).await;
    let first = async |path: &str| client.get(path).await.first().clone();
    let tag = format!("/v1/tags/{}", first("/v1/tags?name=production").await["tagId"]);
    let firewall = first("/v1/firewalls?name=web").await["firewallId"].clone();
    let firewall = format!("/v1/firewalls/{}", firewall.as_str().expect("an id"));
    let role = format!("/v1/roles/{}", first("/v1/roles?type=custom").await["roleId"]);
    for path in [&tag, &firewall, &role] {
        assert_eq!(client.delete(path).await.status, 409, "{path}");
    }
    contabo.set_behaviour(|behaviour| behaviour.in_use = 400);
    assert_eq!(client.delete(&tag).await.status, 400);
    // What hung on an instance goes with it.
    for name in ["web-01", "web-02"] {
        let id = contabo.panel().find(name).expect("it is there").id;
        contabo.panel().delete(id).expect("it is there");
    }
    assert_eq!(client.delete(&firewall).await.status, 204);
}

#[tokio::test]
async fn a_firewall_reaches_an_instance_after_a_while() {
    let contabo = contabo(Seed::Empty, 0).await;
    let id = contabo.panel().new_instance("web", "V153", "EU");
    let client = Client::of(&contabo).await;
    let rule = json!({ "protocol": "tcp", "destPorts": ["22"], "srcCidr": {}, "action": "drop", "status": "active" });
    let refused = json!({ "name": "x", "status": "active", "rules": { "inbound": [rule] } });
    assert_eq!(client.post("/v1/firewalls", refused).await.status, 400);
    let nonsense = json!({ "name": "x", "status": "active", "rules": { "inbound": ["22", 5, null] } });
    assert_eq!(client.post("/v1/firewalls", nonsense).await.status, 400);
    let made = client
        .post("/v1/firewalls", json!({ "name": "x", "status": "active" }))
        .await;
    let firewall = made.first()["firewallId"].as_str().expect("an id").to_owned();
    let path = format!("/v1/firewalls/{firewall}");
    client.post(&format!("{path}/instances/{id}"), json!({})).await;
    let state = async || client.get(&path).await.first()["instanceStatus"][0]["status"].clone();
    assert_eq!(state().await, "processing");
    contabo.advance(seconds(5));
    assert_eq!(state().await, "ok");
    contabo
        .panel()
        .fail_firewall(&firewall, id, "host away")
        .expect("it is there");
    assert_eq!(state().await, "error_processing");
}

#[tokio::test]
async fn object_storages_grow_only_and_count_late() {
    let contabo = contabo(Seed::Empty, 0).await;
    let client = Client::of(&contabo).await;
    let order = |region: &str| json!({ "region": region, "totalPurchasedSpaceTB": 0.5, "displayName": "files" });
    assert_eq!(client.post("/v1/object-storages", order("UK")).await.status, 400);
    let made = client.post("/v1/object-storages", order("EU")).await;
    assert_eq!(made.first()["region"], "European Union");
    assert_eq!(client.post("/v1/object-storages", order("EU")).await.status, 409);
    let id = made.first()["objectStorageId"].as_str().expect("an id").to_owned();
    let path = format!("/v1/object-storages/{id}");
    let state = async || client.get(&path).await.first()["status"].clone();
    assert_eq!(state().await, "PROVISIONING");
    contabo.advance(seconds(60));
    assert_eq!(state().await, "READY");
    let resize = async |size: f64| {
        client
            .post(&format!("{path}/resize"), json!({ "totalPurchasedSpaceTB": size }))
            .await
    };
    assert_eq!(resize(0.25).await.status, 400);
    assert_eq!(resize(1.0).await.first()["status"], "UPGRADING");
    contabo.panel().fill_storage(&id, 0.4, 1_000).expect("it is there");
    let used = async || client.get(&format!("{path}/stats")).await.first()["usedSpaceTB"].as_f64();
    assert_eq!(used().await, Some(0.0));
    contabo.advance(seconds(6 * 3_600));
    assert_eq!(used().await, Some(0.4));
    let cancelled = client.patch(&format!("{path}/cancel"), json!({})).await;
    assert_eq!(cancelled.first()["cancelDate"], "2026-06-15");
    contabo.advance(days(31));
    assert_eq!(state().await, "CANCELLED");
    assert_eq!(contabo.orders().len(), 2);
}

#[tokio::test]
async fn s3_keys_are_renewed_without_changing_their_number() {
    let contabo = contabo(Seed::Demo, 0).await;
    let client = Client::of(&contabo).await;
    let user = client.get("/v1/users?email=api@example.net").await.first()["userId"].clone();
    let base = format!("/v1/users/{}/object-storages", user.as_str().expect("an id"));
    let all = client.get(&format!("{base}/credentials")).await;
    assert_eq!(all.data().len(), 2);
    let before = all.first().clone();
    let storage = before["objectStorageId"].as_str().expect("an id");
    let path = format!("{base}/{storage}/credentials/{}", before["credentialId"]);
    let after = client.patch(&path, Value::Null).await;
    assert_eq!(after.first()["accessKey"], before["accessKey"]);
    assert_ne!(after.first()["secretKey"], before["secretKey"]);
}

#[tokio::test]
async fn the_value_of_a_secret_comes_with_a_single_one_alone() {
    let contabo = contabo(Seed::Demo, 0).await;
    let client = Client::of(&contabo).await;
    let list = client.get("/v1/secrets?type=password").await;
    assert_eq!((list.data().len(), list.first().get("value")), (1, None));
    let one = client.get(&format!("/v1/secrets/{}", list.first()["secretId"])).await;
    assert_eq!(one.first()["value"], "Fake-Secret-123!");
    let weak = json!({ "name": "weak", "type": "password", "value": "password1" });
    assert_eq!(client.post("/v1/secrets", weak).await.status, 400);
}

#[tokio::test]
async fn a_vip_is_noted_for_one_instance_at_a_time() {
    let contabo = contabo(Seed::Demo, 0).await;
    let panel = contabo.panel();
    let (ip, first) = (
        panel.new_vip("floating", "EU"),
        panel.find("web-01").expect("it is there").id,
    );
    let client = Client::of(&contabo).await;
    let shown = client.get(&format!("/v1/vips/{ip}")).await;
    assert_eq!(shown.first()["resourceType"], "null");
    let path = format!("/v1/vips/{ip}/instances");
    assert_eq!(
        client.post(&format!("{path}/{first}"), json!({})).await.first()["resourceDisplayName"],
        "web-01"
    );
    assert_eq!(client.post(&format!("{path}/{first}"), json!({})).await.status, 409);
    assert_eq!(client.post(&format!("{path}/5"), json!({})).await.status, 404);
    assert_eq!(client.delete(&format!("{path}/{first}")).await.status, 204);
}
