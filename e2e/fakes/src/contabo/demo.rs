//! The account of a small provider, with something of everything: for `mainstay demo`, for developers, and for tests that
//! want a world that is not empty.

use serde_json::{Value, json};

use super::account::Account;
use super::clock_text::{self, DAY};
use super::dns::Zone;
use super::domains::{Came, Domain};
use super::firewalls::{self, Firewall};
use super::handles::Handle;
use super::instance::Instance;
use super::instances;
use super::private_networks::{FIRST_ID, PrivateNetwork};
use super::products::{BACKUP, PRIVATE_NETWORKING, PRODUCTS, Product, REGIONS, Region, USUAL};
use super::seed::{UBUNTU, running, vip};
use super::spec::{Behaviour, ms};
use super::tags::Assignment;
use super::users::{Role, User};

const DEBIAN: &str = "4efbc0ba-2313-4fe1-842a-516f8652e729";
const WINDOWS: &str = "0d1f2c3b-4a59-4687-9b1c-2d3e4f5a6b7c";

/// Name, plan, region, image, state, age in days.
type Row = (
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    i64,
);

const DEMO: &[Row] = &[
    ("web-01", "V153", "EU", UBUNTU, "running", 220),
    ("web-02", "V153", "EU", UBUNTU, "running", 220),
    ("db-01", "V156", "EU", DEBIAN, "running", 219),
    ("db-02", "V156", "EU", DEBIAN, "running", 41),
    ("mail", "V154", "EU", DEBIAN, "running", 180),
    ("monitoring", "V155", "US-central", UBUNTU, "running", 95),
    ("backup", "V96", "EU", DEBIAN, "stopped", 300),
    ("game", "V160", "UK", UBUNTU, "running", 12),
    ("legacy-shop", "V45", "EU", "", "running", 800),
    ("build-01", "V162", "US-east", UBUNTU, "rescue", 33),
    ("office-rdp", "V161", "EU", WINDOWS, "running", 70),
    ("edge-sin", "V159", "SIN", UBUNTU, "running", 150),
    ("erp", "V9", "EU", DEBIAN, "running", 400),
    ("edge-jpn", "V153", "JPN", UBUNTU, "error", 2),
];

/// Fills an account.
pub(crate) fn fill(account: &mut Account, now: i64, behaviour: &Behaviour) {
    for (name, product, region, image, status, days) in DEMO {
        let product = Product::find(product).unwrap_or(&PRODUCTS[0]);
        let region = Region::find(region).unwrap_or(&REGIONS[0]);
        let mut instance = running(account, product, region, now - days * DAY);
        (*name).clone_into(&mut instance.display_name);
        (*status).clone_into(&mut instance.status);
        instance.image_id = (!image.is_empty()).then(|| (*image).to_owned());
        if *image == WINDOWS {
            "Windows".clone_into(&mut instance.os_type);
            "administrator".clone_into(&mut instance.default_user);
        }
        if *status == "error" {
            instance.error = Some("The image could not be written".to_owned());
        }
        if name.starts_with("web") || name.starts_with("db") || *name == "monitoring" {
            instance.add_ons.push((PRIVATE_NETWORKING, 1));
        }
        if *name == "db-01" {
            instance.add_ons.push((BACKUP, 1));
        }
        account.put(instance);
    }
    let ending = account.id_of("legacy-shop");
    account.instances.cancel(ending, now + 19 * DAY);
    ordered(account, now, behaviour);
    let (database, web) = (account.id_of("db-01"), account.id_of("web-01"));
    account.take_snapshot(database, "before upgrade", "PostgreSQL 15, before 17", now - 9 * DAY);
    account.take_snapshot(database, "after upgrade", "PostgreSQL 17", now - 8 * DAY);
    account.take_snapshot(web, "clean", "As it was delivered", now - 20 * DAY);
    networks(account, now);
    addresses(account);
    storages(account, now);
    secrets_and_tags(account, now);
    firewalls(account, now);
    let image = account.fetch_image(
        "router-os",
        "https://images.example.net/router.qcow2",
        "Linux",
        "7",
        now - 20 * DAY,
    );
    "Ready for use".clone_into(&mut image.description);
    let image = account.fetch_image(
        "appliance",
        "https://images.example.net/appliance.iso",
        "Linux",
        "3.1",
        now,
    );
    "Being downloaded".clone_into(&mut image.description);
    // Large enough that one can watch it for a quarter of an hour.
    image.size_mb = 18_000;
    people(account);
    names(account, now);
    history(account, now);
}

/// One that is being provisioned.
fn ordered(account: &mut Account, now: i64, behaviour: &Behaviour) {
    let (product, region) = (&PRODUCTS[1], Region::find("AUS").unwrap_or(&REGIONS[0]));
    let mut instance = Instance::new(account, product, region, now - ms(behaviour.provision) / 4);
    "edge-aus".clone_into(&mut instance.display_name);
    instance.image_id = Some(UBUNTU.to_owned());
    instance.installations = 1;
    instance.add_ons = vec![(USUAL, 1)];
    account.name_in_reverse(&instance);
    account
        .instances
        .order(instance, &super::OrderOutcome::Delivered, now, behaviour);
}

fn networks(account: &mut Account, now: i64) {
    let rows: [(&str, &str, &[&str]); 2] = [
        ("backend", "EU", &["web-01", "web-02", "db-01", "db-02"]),
        ("lab", "US-central", &["monitoring"]),
    ];
    for (name, region, members) in rows {
        let id = account.number("network", FIRST_ID);
        let mut network = PrivateNetwork {
            id,
            name: name.to_owned(),
            description: format!("Private network {name}"),
            region: Region::find(region).unwrap_or(&REGIONS[0]),
            created: now - 200 * DAY,
            members: Vec::new(),
            next_host: 1,
        };
        for member in members {
            let instance = account.id_of(member);
            network.admit(instance, true);
            // The newest has not been installed again since.
            if *member != "db-02" {
                network.was_installed(instance);
            }
        }
        account.networks.insert(id, network);
    }
}

fn addresses(account: &mut Account) {
    for (kind, owner) in [("floating", "web-01"), ("additional", "mail"), ("additional", "")] {
        let mut bought = vip(account, kind, &REGIONS[0]);
        if !owner.is_empty() {
            bought.resource = Some(("instances", account.id_of(owner)));
        }
        account.vips.push(bought);
    }
}

fn storages(account: &mut Account, now: i64) {
    let place = account.make_object_storage("customer-backups", &REGIONS[0], 1.0, now - 120 * DAY);
    let storage = &mut account.object_storages[place];
    storage.scaling = true;
    storage.scaling_limit_tb = 2.0;
    storage.fill(0.62, 184_211);
    let singapore = Region::find("SIN").unwrap_or(&REGIONS[0]);
    let place = account.make_object_storage("media", singapore, 0.5, now - 30 * DAY);
    account.object_storages[place].fill(0.11, 9_004);
}

fn secrets_and_tags(account: &mut Account, now: i64) {
    account.keep_secret(
        "standard root password",
        "password",
        "Fake-Secret-123!",
        now - 200 * DAY,
    );
    let key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIFakeFakeFakeFakeFakeFakeFakeFakeFakeFakeFak deploy@example.net";
    let key = account.keep_secret("deploy key", "ssh", key, now - 200 * DAY);
    let web = account.id_of("web-01");
    if let Some(instance) = account.instances.get_mut(web) {
        instance.ssh_keys = vec![key];
    }
    let rows: [(&str, &str, &[&str]); 3] = [
        ("production", "#0A78C3", &["web-01", "web-02", "db-01", "mail"]),
        ("customer-harbour", "#2E7D32", &["game", "edge-sin"]),
        ("unused", "#888", &[]),
    ];
    for (name, color, members) in rows {
        let tag = account.make_tag(name, color, "");
        for member in members {
            account.assignments.push(Assignment {
                tag,
                resource_type: "instance".to_owned(),
                resource_id: account.id_of(member).to_string(),
            });
        }
    }
}

fn firewalls(account: &mut Account, now: i64) {
    let rule = |name: &str, port: &str| -> Value {
        json!({
            "protocol": "tcp",
            "destPorts": [port],
            "srcCidr": { "ipv4": ["AnyIPv4"], "ipv6": ["AnyIPv6"] },
            "action": "accept",
            "status": "active",
            "displayName": name,
        })
    };
    let web = vec![rule("SSH", "22"), rule("HTTP", "80"), rule("HTTPS", "443")];
    for (name, status, inbound, members) in [
        ("web", "active", web, &["web-01", "web-02"][..]),
        ("ssh only", "inactive", vec![rule("SSH", "22")], &[]),
    ] {
        let member = |name: &&str| firewalls::Member {
            instance: account.id_of(name),
            ready: now,
            failure: None,
        };
        let members = members.iter().map(member).collect();
        let firewall = Firewall {
            id: account.uuid(),
            name: name.to_owned(),
            description: String::new(),
            status: status.to_owned(),
            inbound,
            members,
            created: now - 100 * DAY,
            updated: now - 60 * DAY,
        };
        account.firewalls.push(firewall);
    }
}

fn people(account: &mut Account) {
    let role = account.number("role", 2_001);
    let kept = Role {
        id: role,
        name: "Snapshots only".to_owned(),
        admin: false,
        everything: true,
        kind: "custom",
        permissions: vec![
            json!({ "apiName": "/v1/compute/snapshots", "actions": ["CREATE", "READ"], "resources": [] }),
        ],
    };
    account.roles.insert(role, kept);
    let user = User {
        id: account.uuid(),
        first_name: "Tom".to_owned(),
        last_name: "Technician".to_owned(),
        email: "tom@example.net".to_owned(),
        verified: true,
        enabled: true,
        totp: true,
        locale: "en".to_owned(),
        roles: vec![3, role],
        owner: false,
        invoices: false,
        has_password: true,
    };
    account.users.push(user);
}

fn names(account: &mut Account, now: i64) {
    let record = |id: i64, name: &str, kind: &str, data: &str| {
        json!({
            "recordId": id,
            "name": name,
            "type": kind,
            "ttl": 86_400,
            "prio": if kind == "MX" { 10 } else { 0 },
            "data": data,
            "port": 0,
            "weight": 0,
            "flag": 0,
            "tag": "",
        })
    };
    let mut records = Vec::new();
    for (name, kind, data) in [
        ("example.net", "A", "192.0.2.11"),
        ("www.example.net", "CNAME", "example.net"),
        ("example.net", "MX", "mail.example.net"),
        ("mail.example.net", "A", "192.0.2.15"),
    ] {
        records.push(record(account.number("record", 880_001), name, kind, data));
    }
    account.zones.push(Zone {
        name: "example.net".to_owned(),
        records,
    });
    let company = handle(account, &["organization", "Olga", "Owner", "Example Networks"]);
    let person = handle(account, &["person", "Paul", "Porter", ""]);
    domain(account, "example.net", now - 500 * DAY, &company, &company);
    domain(account, "example-shop.org", now - 200 * DAY, &company, &person);
    domain(account, "old-campaign.example", now - 900 * DAY, &person, &person);
    // Somebody wants one of them, and another ends.
    account.domains[1].leaving = Some((now - DAY, None));
    account.domains[2].cancelled = Some(clock_text::end_of_term(now - 900 * DAY, 12, now));
}

/// A contact: its kind, its names and its organisation. The first is the default.
fn handle(account: &mut Account, [kind, first, last, organization]: &[&str; 4]) -> String {
    let id = format!("CH{}", account.number("handle", 400_001));
    let mut fields = json!({
        "handleType": kind,
        "firstName": first,
        "lastName": last,
        "email": "hostmaster@example.net",
        "gender": "na",
        "address": {
            "street": "Harbour Road",
            "streetNumber": "1",
            "city": "Exampleton",
            "country": "GB",
            "zipCode": "EX1 1AA",
        },
        "phone": { "prefix": "44", "number": "1632960000" },
    });
    if !organization.is_empty() {
        fields["organization"] = json!(organization);
    }
    let is_default = account.handles.is_empty();
    account.handles.push(Handle {
        id: id.clone(),
        fields,
        is_default,
    });
    id
}

fn domain(account: &mut Account, name: &str, registered: i64, owner: &str, tech: &str) {
    let auth_code = account.key(12);
    account.domains.push(Domain {
        name: name.to_owned(),
        nameservers: (1..=3).map(|n| format!("ns{n}.contabo.net")).collect(),
        handles: json!({ "owner": owner, "admin": owner, "tech": tech, "zone": tech }),
        registered,
        cancelled: None,
        auth_code,
        came: Came::Registered,
        leaving: None,
    });
}

/// A few things that were done before.
fn history(account: &mut Account, now: i64) {
    for (name, days, action) in [
        ("web-01", 6, "restart"),
        ("game", 3, "stop"),
        ("game", 3, "start"),
        ("build-01", 1, "rescue"),
    ] {
        let id = account.id_of(name);
        let request_id = account.uuid();
        let list = "/v1/compute/instances/actions/audits";
        let changes = json!({ "new": { "action": action } });
        account.note(
            now - days * DAY,
            list,
            "CREATED",
            vec![("instanceId", json!(id))],
            changes,
            &request_id,
            "panel",
        );
    }
    let id = account.id_of("legacy-shop");
    let request_id = account.uuid();
    let changes = json!({ "prev": { "cancelDate": null }, "new": { "cancelDate": "end of term" } });
    let subject = vec![("instanceId", json!(id))];
    account.note(
        now - 11 * DAY,
        instances::AUDITS,
        "UPDATED",
        subject,
        changes,
        &request_id,
        "panel",
    );
}
