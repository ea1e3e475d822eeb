//! A walk through all operations in an order that makes sense, each of which must succeed: directly, or through a proxy
//! that compares requests and answers with Contabo's document.

use std::time::Duration;

use fakes::contabo::{FakeContabo, operations};
use fakes::prism;
use reqwest::Method;
use serde_json::{Value, json};

use crate::client::Client;

const UBUNTU: &str = "d64d5c6c-9dda-4e38-8174-0ee282474d8a";

pub(crate) struct Walk<'a> {
    contabo: &'a FakeContabo,
    client: Client,
    /// What went wrong, a sentence each.
    pub(crate) problems: Vec<String>,
}

impl<'a> Walk<'a> {
    pub(crate) fn new(contabo: &'a FakeContabo, client: Client) -> Self {
        Self {
            contabo,
            client,
            problems: Vec::new(),
        }
    }

    /// Sends one request, which must succeed, and gives the first entry of the answer.
    async fn go(&mut self, method: Method, path: &str, body: Option<Value>) -> Value {
        let reply = self.client.send(method.clone(), path, body).await;
        let violations = prism::violations(&reply.body);
        for violation in &violations {
            self.problems.push(format!("{method} {path}: {violation}"));
        }
        if violations.is_empty() && reply.status >= 300 {
            let problem = format!("{method} {path}: {} {}", reply.status, reply.body);
            self.problems.push(problem);
        }
        reply.first().clone()
    }

    async fn get(&mut self, path: &str) -> Value {
        self.go(Method::GET, path, None).await
    }

    async fn post(&mut self, path: &str, body: Value) -> Value {
        self.go(Method::POST, path, Some(body)).await
    }

    /// A POST without a body.
    async fn act(&mut self, path: &str) -> Value {
        self.go(Method::POST, path, None).await
    }

    async fn put(&mut self, path: &str, body: Value) -> Value {
        self.go(Method::PUT, path, Some(body)).await
    }

    async fn patch(&mut self, path: &str, body: Value) -> Value {
        self.go(Method::PATCH, path, Some(body)).await
    }

    async fn delete(&mut self, path: &str) -> Value {
        self.go(Method::DELETE, path, None).await
    }

    fn pass(&self, seconds: u64) {
        self.contabo.advance(Duration::from_secs(seconds));
    }

    fn id_of(&self, name: &str) -> i64 {
        self.contabo.panel().find(name).map_or(0, |instance| instance.id)
    }

    /// All of it. Tokens must live long enough.
    pub(crate) async fn all(&mut self) {
        self.tags().await;
        self.names().await;
        self.vips_and_secrets().await;
        self.networks().await;
        self.users().await;
        self.roles().await;
        self.firewalls().await;
        self.troubleshooting().await;
        self.instances().await;
        self.snapshots_and_images().await;
        self.domains().await;
        self.storages().await;
        for (method, path, operation) in operations() {
            let asked = self.contabo.requests_to(operation);
            if !asked
                .iter()
                .any(|request| request.status.is_some_and(|status| status < 300))
            {
                self.problems
                    .push(format!("{operation} ({method} {path}) never succeeded"));
            }
        }
    }

    async fn tags(&mut self) {
        let tag = self
            .post(
                "/v1/tags",
                json!({ "name": "walk", "color": "#123456", "description": "x" }),
            )
            .await;
        let tag = format!("/v1/tags/{}", tag["tagId"]);
        self.get("/v1/tags?page=1&size=5&orderBy=name:asc").await;
        self.get(&tag).await;
        self.patch(&tag, json!({ "name": "walked" })).await;
        let assignment = format!("{tag}/assignments/instance/{}", self.id_of("web-01"));
        self.act(&assignment).await;
        self.get(&assignment).await;
        self.get(&format!("{tag}/assignments?resourceType=instance")).await;
        self.delete(&assignment).await;
        self.delete(&tag).await;
        self.get("/v1/tags/audits").await;
        self.get("/v1/tags/assignments/audits").await;
    }

    async fn names(&mut self) {
        let ip = self.contabo.panel().find("web-01").and_then(|instance| instance.v4);
        let ptr = format!("/v1/dns/ptrs/{}", ip.unwrap_or_default());
        self.get("/v1/dns/ptrs?customerId=54321").await;
        self.get(&ptr).await;
        self.put(&ptr, json!({ "ptr": "web.example.net" })).await;
        let made = json!({ "ip": "2001:db8::7", "ptr": "v6.example.net", "ttl": 86_400 });
        self.post("/v1/dns/ptrs", made).await;
        self.delete("/v1/dns/ptrs/2001:db8::7").await;
        self.post("/v1/dns/zones", json!({ "zoneName": "walk.example" })).await;
        let zone = "/v1/dns/zones/walk.example";
        self.get("/v1/dns/zones").await;
        self.get(zone).await;
        let records = format!("{zone}/records");
        let record = json!({ "name": "www", "type": "A", "ttl": 86_400, "prio": 0, "data": "192.0.2.1" });
        let first = self.post(&records, record.clone()).await;
        let second = self.post(&records, record).await;
        self.get(&records).await;
        let changed = json!({ "type": "A", "ttl": 86_400, "prio": 0, "data": "192.0.2.2" });
        self.patch(&format!("{records}/{}", first["recordId"]), changed).await;
        self.delete(&format!("{records}/{}", first["recordId"])).await;
        let many = json!({ "recordIds": [second["recordId"], 1] });
        self.go(Method::DELETE, &format!("{records}/bulk"), Some(many)).await;
        self.delete(zone).await;
        self.get("/v1/dns/zones/audits").await;
        self.get("/v1/dns/records/audits").await;
    }

    async fn vips_and_secrets(&mut self) {
        let ip = self.contabo.panel().new_vip("additional", "EU");
        self.get("/v1/vips").await;
        self.get(&format!("/v1/vips/{ip}")).await;
        let assignment = format!("/v1/vips/{ip}/instances/{}", self.id_of("web-02"));
        self.act(&assignment).await;
        self.delete(&assignment).await;
        self.get("/v1/vips/audits").await;
        let secret = json!({ "name": "walk", "type": "password", "value": "Walk-123-!?x" });
        let secret = self.post("/v1/secrets", secret).await;
        let secret = format!("/v1/secrets/{}", secret["secretId"]);
        self.get("/v1/secrets?type=password").await;
        self.get(&secret).await;
        self.patch(&secret, json!({ "name": "walked" })).await;
        self.delete(&secret).await;
        self.get("/v1/secrets/audits").await;
    }

    async fn networks(&mut self) {
        let network = self
            .post("/v1/private-networks", json!({ "name": "walk", "region": "EU" }))
            .await;
        let network = format!("/v1/private-networks/{}", network["privateNetworkId"]);
        let member = format!("{network}/instances/{}", self.id_of("db-01"));
        self.act(&member).await;
        self.get("/v1/private-networks").await;
        self.get(&network).await;
        self.patch(&network, json!({ "description": "walked" })).await;
        self.delete(&member).await;
        self.delete(&network).await;
        self.get("/v1/private-networks/audits").await;
    }

    async fn users(&mut self) {
        let user = json!({
            "firstName": "Wanda", "lastName": "Walker", "email": "wanda@example.net",
            "enabled": true, "totp": false, "locale": "de", "roles": [3],
        });
        let user = self.post("/v1/users", user).await;
        let user = format!("/v1/users/{}", user["userId"].as_str().unwrap_or_default());
        self.get("/v1/users?enabled=true").await;
        self.get(&user).await;
        self.patch(&user, json!({ "lastName": "Wanderer" })).await;
        self.act(&format!("{user}/reset-password")).await;
        self.act(&format!("{user}/resend-email-verification")).await;
        self.delete(&user).await;
        self.get("/v1/users/audits").await;
        self.act("/v1/users/sso-token").await;
        let client = self.get("/v1/users/client").await;
        let owner = client["id"].as_str().unwrap_or_default().to_owned();
        self.get(&format!("/v1/users/is-password-set?userId={owner}")).await;
        self.go(Method::PUT, "/v1/users/client/secret", None).await;
        self.get("/v1/me/accounts").await;
        let account = json!({ "tenantId": "INT", "customerId": "54321", "email": "api@example.net" });
        self.post("/v1/me/action/switchAccount", account).await;
        self.patch("/v1/me/account/INT/54321", json!({ "default": true })).await;
        let credential = self
            .get(&format!("/v1/users/{owner}/object-storages/credentials"))
            .await;
        let storage = credential["objectStorageId"].as_str().unwrap_or_default();
        let id = &credential["credentialId"];
        let credential = format!("/v1/users/{owner}/object-storages/{storage}/credentials/{id}");
        self.get(&credential).await;
        self.go(Method::PATCH, &credential, None).await;
    }

    async fn roles(&mut self) {
        let permissions = json!([{ "apiName": "/v1/secrets", "actions": ["READ"], "resources": [] }]);
        let mut role = json!({
            "name": "walk", "admin": false, "accessAllResources": true, "permissions": permissions,
        });
        let made = self.post("/v1/roles", role.clone()).await;
        let path = format!("/v1/roles/{}", made["roleId"]);
        self.get("/v1/roles").await;
        self.get(&path).await;
        role["name"] = json!("walked");
        self.put(&path, role).await;
        self.delete(&path).await;
        self.get("/v1/roles/api-permissions").await;
        self.get("/v1/roles/audits").await;
    }

    async fn firewalls(&mut self) {
        let rules = json!({ "inbound": [{
            "protocol": "tcp", "destPorts": ["80", "8000-8080"], "action": "accept", "status": "active",
            "srcCidr": { "ipv4": ["AnyIPv4"], "ipv6": [] },
        }] });
        let firewall = json!({ "name": "walk", "status": "active", "rules": rules });
        let firewall = self.post("/v1/firewalls", firewall).await;
        let firewall = format!("/v1/firewalls/{}", firewall["firewallId"].as_str().unwrap_or_default());
        let member = format!("{firewall}/instances/{}", self.id_of("mail"));
        self.act(&member).await;
        self.get("/v1/firewalls").await;
        self.get(&firewall).await;
        self.patch(&firewall, json!({ "name": "walked" })).await;
        self.put(&firewall, json!({ "rules": rules })).await;
        self.delete(&member).await;
        self.delete(&firewall).await;
        self.get("/v1/firewalls/preset-rules").await;
        self.get("/v1/firewalls/audits").await;
    }

    async fn troubleshooting(&mut self) {
        let base = "/v1/troubleshooting";
        let object = self.id_of("web-02").to_string();
        for (kind, template, id) in [
            ("checks", "checkTemplateId", "checkId"),
            ("check-collections", "checkCollectionTemplateId", "checkCollectionId"),
            ("remedies", "remedyTemplateId", "remedyId"),
        ] {
            let body = json!({ "objectType": "vserver", "objectId": object, template: 1 });
            let made = self.post(&format!("{base}/{kind}"), body).await;
            let path = format!("{base}/{kind}/{}", made[id]);
            self.get(&path).await;
            self.get(&format!("{base}/{kind}?objectType=vserver")).await;
            self.patch(&path, json!({ "status": "cancelled" })).await;
        }
        self.get(&format!("{base}/check-collection-templates")).await;
        self.get(&format!("{base}/check-collection-templates/1")).await;
    }

    async fn instances(&mut self) {
        let base = "/v1/compute/instances";
        let made =
            json!({ "period": 1, "productId": "V153", "displayName": "walk", "imageId": UBUNTU, "region": "EU" });
        let made = self.post(base, made).await;
        let one = format!("{base}/{}", made["instanceId"]);
        self.pass(300);
        self.get(&format!("{base}?status=running&size=100")).await;
        self.get(&one).await;
        self.patch(&one, json!({ "displayName": "walked" })).await;
        for action in ["stop", "start", "restart", "shutdown"] {
            self.act(&format!("{one}/actions/{action}")).await;
            self.pass(60);
        }
        for action in ["rescue", "resetPassword"] {
            self.post(&format!("{one}/actions/{action}"), json!({})).await;
            self.pass(60);
        }
        self.put(&one, json!({ "imageId": UBUNTU, "defaultUser": "admin" }))
            .await;
        self.pass(60);
        self.get(&format!("{one}/products/available")).await;
        self.post(&format!("{one}/upgrade"), json!({ "privateNetworking": {} }))
            .await;
        self.get(&format!("{one}/regionChange/check")).await;
        let move_to = json!({ "region": "UK", "method": "installation" });
        self.post(&format!("{one}/regionChange"), move_to).await;
        self.post(&format!("{one}/cancel"), json!({})).await;
        self.get(&format!("{base}/audits")).await;
        self.get(&format!("{base}/actions/audits")).await;
    }

    async fn snapshots_and_images(&mut self) {
        let base = format!("/v1/compute/instances/{}/snapshots", self.id_of("db-01"));
        let made = self.post(&base, json!({ "name": "walk", "description": "x" })).await;
        let snapshot = format!("{base}/{}", made["snapshotId"].as_str().unwrap_or_default());
        self.get(&base).await;
        self.get(&snapshot).await;
        self.patch(&snapshot, json!({ "name": "walked" })).await;
        self.post(&format!("{snapshot}/rollback"), json!({})).await;
        self.delete(&snapshot).await;
        self.get("/v1/compute/snapshots/audits").await;
        let image = json!({
            "name": "walk", "osType": "Linux", "version": "1", "url": "https://example.net/walk.qcow2",
        });
        let image = self.post("/v1/compute/images", image).await;
        let image = format!("/v1/compute/images/{}", image["imageId"].as_str().unwrap_or_default());
        self.get("/v1/compute/images?standardImage=true").await;
        self.get("/v1/compute/images?standardImage=false").await;
        self.get(&image).await;
        self.patch(&image, json!({ "name": "walked" })).await;
        self.get("/v1/compute/images/stats").await;
        self.delete(&image).await;
        self.get("/v1/compute/images/audits").await;
    }

    async fn domains(&mut self) {
        let contact = json!({
            "handleType": "person", "firstName": "Wanda", "lastName": "Walker", "email": "wanda@example.net",
            "gender": "na", "phone": { "prefix": "+44", "number": "1632960001" },
            "address": {
                "street": "Road", "streetNumber": "1", "city": "Town", "country": "GB", "zipCode": "EX1 1AA",
            },
        });
        let handles = "/v1/domains/handles";
        let id = self.post(handles, contact.clone()).await["handleId"].clone();
        let handle = format!("{handles}/{}", id.as_str().unwrap_or_default());
        self.get(handles).await;
        self.get(&handle).await;
        let mut changed = contact;
        for fixed in ["handleType", "firstName", "lastName"] {
            changed.as_object_mut().map(|fields| fields.remove(fixed));
        }
        self.put(&handle, changed).await;
        self.go(Method::PATCH, &format!("{handle}/default"), None).await;
        self.get(&format!("{handles}/audits")).await;
        self.act("/v1/registries-domains/walk.example/check-availability").await;
        let roles = json!({ "owner": id, "admin": id, "tech": id, "zone": id });
        let servers = json!([{ "hostname": ["ns1.contabo.net"] }]);
        let order = json!({ "domain": "walk.example", "handles": roles, "nameservers": servers });
        self.post("/v1/domains", order).await;
        let domain = "/v1/domains/walk.example";
        self.get("/v1/domains").await;
        self.get(domain).await;
        self.patch(domain, json!({ "nameservers": servers })).await;
        self.post(&format!("{domain}/cancel"), json!({ "reason": "Other" }))
            .await;
        self.act(&format!("{domain}/revoke-cancellation")).await;
        self.act(&format!("{domain}/generate-auth-code")).await;
        let transfer = format!("{domain}/transfer-out");
        for method in [Method::DELETE, Method::POST] {
            let begun = self.contabo.panel().begin_transfer_out("walk.example");
            begun.unwrap_or_else(|error| self.problems.push(error.to_string()));
            self.get("/v1/domains/pending-actions").await;
            self.go(method, &transfer, None).await;
        }
        self.get("/v1/domains/audits").await;
        let spare = json!({
            "handleType": "organization", "firstName": "A", "lastName": "B", "email": "a@example.net", "gender": "na",
            "organization": "Walkers", "phone": { "prefix": "+44", "number": "1" },
            "address": { "street": "R", "streetNumber": "1", "city": "T", "country": "GB", "zipCode": "E" },
        });
        let spare = self.post(handles, spare).await["handleId"].clone();
        self.delete(&format!("{handles}/{}", spare.as_str().unwrap_or_default()))
            .await;
    }

    async fn storages(&mut self) {
        let base = "/v1/object-storages";
        let made = json!({
            "region": "EU", "totalPurchasedSpaceTB": 0.5, "displayName": "walk",
            "autoScaling": { "state": "enabled", "sizeLimitTB": 1 },
        });
        let made = self.post(base, made).await;
        let storage = format!("{base}/{}", made["objectStorageId"].as_str().unwrap_or_default());
        self.get("/v1/data-centers").await;
        self.pass(120);
        self.get(base).await;
        self.get(&storage).await;
        self.patch(&storage, json!({ "displayName": "walked" })).await;
        self.post(&format!("{storage}/resize"), json!({ "totalPurchasedSpaceTB": 0.75 }))
            .await;
        self.get(&format!("{storage}/stats")).await;
        self.patch(&format!("{storage}/cancel"), json!({})).await;
        self.get(&format!("{base}/audits")).await;
    }
}
