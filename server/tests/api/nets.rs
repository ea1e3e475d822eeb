//! Private networks, further addresses, firewalls and names: their pages, and what is asked for them.

use entity::{
    ActionId, ContaboResourceId,
    action::{self, ActionState},
    audit_entry, instance,
};
use reqwest::{Response, StatusCode};
use sea_orm::ColumnTrait;
use server::{
    domain::{
        audit::Actor,
        contabo::{
            actions::{self, AskThing, Asked, ThingAsked},
            resources::{
                self, DnsRecord, DnsZone, Firewall, Kind, Member, Preset, Presets, PrivateNetwork, Rule, Thing, Vip,
            },
        },
    },
    web::area::Area,
};
use uuid::Uuid;

use crate::{
    helpers::{Browser, NORTH, TestApp, assert_redirect, spawn_app},
    network::Seen,
    servers::{contabo_account, server},
};

/// The number of the record in [`zone`].
pub(crate) const RECORD: i64 = 880_001;

/// A thing as it would have been read, the only one of its kind.
pub(crate) async fn kept<K: Kind>(app: &TestApp, thing: Thing, one: K) -> ContaboResourceId {
    let account = contabo_account(app, app.north).await;
    let id = one.contabo_id();
    let rows = app.site.db.begin(app.north).await.unwrap();
    resources::keep(&rows, account, &[one], app.site.clock.now())
        .await
        .unwrap();
    let row = resources::row_of(&rows, account, thing, &id).await.unwrap().unwrap();
    rows.commit().await.unwrap();
    app.site.board.refresh(app.north).await.unwrap();
    row.id
}

async fn network_with(app: &TestApp, members: Vec<Member>) -> ContaboResourceId {
    let network = PrivateNetwork {
        id: 12_001,
        name: "backend".to_owned(),
        cidr: "10.0.0.0/22".to_owned(),
        free: Some(1_018),
        region: "EU".to_owned(),
        region_name: "European Union".to_owned(),
        members,
        ..PrivateNetwork::default()
    };
    kept(app, Thing::PrivateNetwork, network).await
}

pub(crate) async fn network(app: &TestApp) -> ContaboResourceId {
    network_with(app, Vec::new()).await
}

pub(crate) async fn firewall(app: &TestApp) -> ContaboResourceId {
    let rule = Rule {
        name: "SSH".to_owned(),
        protocol: "tcp".to_owned(),
        ports: vec!["22".to_owned()],
        sources: vec!["AnyIPv4".to_owned()],
        action: "accept".to_owned(),
        is_active: true,
    };
    let firewall = Firewall {
        id: "b943b25a-c8b5-4570-9135-4bbaa7615b81".to_owned(),
        name: "web".to_owned(),
        is_active: true,
        rules: vec![rule],
        ..Firewall::default()
    };
    kept(app, Thing::Firewall, firewall).await
}

pub(crate) async fn address(app: &TestApp) -> ContaboResourceId {
    let vip = Vip {
        id: "c0ffee00-c8b5-4570-9135-4bbaa7615b81".to_owned(),
        ip: "198.51.100.7".to_owned(),
        kind: "additional".to_owned(),
        ..Vip::default()
    };
    kept(app, Thing::Vip, vip).await
}

pub(crate) async fn zone(app: &TestApp) -> ContaboResourceId {
    let record = DnsRecord {
        id: RECORD,
        name: "example.net".to_owned(),
        kind: "MX".to_owned(),
        ttl: Some(86_400),
        priority: Some(10),
        data: "mail.example.net".to_owned(),
        ..DnsRecord::default()
    };
    let zone = DnsZone {
        name: "example.net".to_owned(),
        records: vec![record],
    };
    kept(app, Thing::DnsZone, zone).await
}

/// Something that was asked of a thing and has not begun; another each time.
pub(crate) async fn asked(app: &TestApp) -> ActionId {
    let account = contabo_account(app, app.north).await;
    let (site, actor) = (&app.site, Actor::system("tests"));
    let ask = AskThing {
        account,
        asked: ThingAsked::CreateZone {
            name: format!("{}.example", Uuid::now_v7().simple()),
        },
        secret: None,
        actor: &actor,
    };
    match actions::ask_thing(&site.db, &site.keyring, app.north, site.clock.now(), ask).await {
        Ok(id) => id,
        // So many wait by now that no more may: the oldest of them does as well.
        Err(actions::Error::TooMany) => newest(app).await.id,
        Err(error) => panic!("{error}"),
    }
}

async fn newest(app: &TestApp) -> action::Model {
    let rows = app.site.db.tenant(app.north);
    let open = rows
        .find::<action::Entity>()
        .filter(action::Column::InstanceId.is_null())
        .filter(action::Column::State.eq(ActionState::Queued))
        .order_by(action::Column::AskedAt, sea_orm::Order::Desc)
        .order_by(action::Column::Id, sea_orm::Order::Desc);
    open.one().await.unwrap().unwrap()
}

async fn of_thing(app: &TestApp, thing: Thing) -> Vec<ThingAsked> {
    let rows = app.site.db.tenant(app.north);
    let found = actions::of_thing(&rows, thing, None, 100).await.unwrap();
    found.iter().map(|row| ThingAsked::of(row).unwrap()).collect()
}

async fn html(answer: Response) -> String {
    answer.text().await.unwrap()
}

async fn admin(app: &TestApp) -> Browser {
    app.signed_in(NORTH, Area::Admin, "adam@north.test").await
}

#[tokio::test]
async fn a_network_is_asked_for_named_anew_and_deleted_and_what_is_typed_wrong_stays() {
    let app = spawn_app().await;
    server(&app, app.north, None).await;
    let account = contabo_account(&app, app.north).await.to_string();
    let adam = admin(&app).await;
    let wrong = [("account", account.as_str()), ("region", "EU"), ("name", "back end")];
    let answer = adam.post("/admin/networks/new", &wrong).await;
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let seen = html(answer).await;
    assert!(
        seen.contains("back end") && seen.contains("hyphens and underscores only"),
        "{}",
        seen
    );
    let right = [("account", account.as_str()), ("region", "EU"), ("name", "lan")];
    assert_redirect(&adam.post("/admin/networks/new", &right).await, "/admin/networks");
    // A form that is sent again is the same wish.
    let again = adam.post("/admin/networks/new", &right).await;
    assert_eq!(again.status(), StatusCode::CONFLICT);
    let id = network(&app).await;
    let page = format!("/admin/networks/{id}");
    let renamed = [("name", "lan-2"), ("description", "Databases")];
    assert_redirect(&adam.post(&format!("{page}/edit"), &renamed).await, &page);
    assert_redirect(&adam.post(&format!("{page}/delete"), &[]).await, "/admin/networks");
    let asked = of_thing(&app, Thing::PrivateNetwork).await;
    assert_eq!(asked.len(), 3, "{asked:?}");
    let list = html(adam.get("/admin/networks").await).await;
    assert!(list.contains("10.0.0.0/22") && list.contains("Waits for what was asked before it"));
}

#[tokio::test]
async fn who_may_only_look_has_no_buttons() {
    let app = spawn_app().await;
    let (network, firewall, zone) = (network(&app).await, firewall(&app).await, zone(&app).await);
    let bob = app.signed_in(NORTH, Area::Admin, "bob@north.test").await;
    for page in [
        "/admin/networks".to_owned(),
        format!("/admin/networks/{network}"),
        format!("/admin/firewalls/{firewall}"),
        format!("/admin/dns/{zone}"),
    ] {
        let seen = html(bob.get(&page).await).await;
        for word in ["/new\"", "/edit\"", "/delete\"", "/tie\"", "/rules\""] {
            assert!(!seen.contains(word), "{page} has {word}");
        }
    }
    let answer = bob.post(&format!("/admin/networks/{network}/delete"), &[]).await;
    assert_eq!(answer.status(), StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_server_is_put_into_a_network_of_its_region_and_its_page_says_how_to_set_it_up() {
    let app = spawn_app().await;
    let id = server(&app, app.north, None).await;
    let network = network(&app).await;
    let adam = admin(&app).await;
    let page = format!("/admin/networks/{network}");
    let tie = format!("/admin/things/{network}/tie");
    let nobody = adam.post(&tie, &[("server", "")]).await;
    assert_eq!(nobody.status(), StatusCode::CONFLICT);
    assert_redirect(&adam.post(&tie, &[("server", &id.to_string())]).await, &page);
    let rows = app.site.db.tenant(app.north);
    let asked = actions::of_instance(&rows, id, None, 10).await.unwrap();
    let name = "backend".to_owned();
    assert_eq!(
        Asked::of(&asked[0]).unwrap(),
        Asked::JoinNetwork { network: 12_001, name }
    );
    assert_eq!(asked[0].thing_id.as_deref(), Some("12001"));
    let seen = html(adam.get(&page).await).await;
    assert!(seen.contains("Put into a private network"), "{}", seen);

    let contabo_id = rows.get::<instance::Entity>(id).await.unwrap().unwrap().contabo_id;
    let member = Member {
        instance: contabo_id,
        addresses: vec![("10.0.0.2".to_owned(), 22)],
        status: "restart".to_owned(),
        error: None,
    };
    network_with(&app, vec![member]).await;
    let seen = html(adam.get(&format!("/admin/servers/{id}")).await).await;
    for part in ["Needs a restart", "eth1:", "10.0.0.2/22"] {
        assert!(seen.contains(part), "{part}: {}", seen);
    }
}

#[tokio::test]
async fn a_client_names_its_own_addresses_and_no_others() {
    let app = spawn_app().await;
    let id = server(&app, app.north, Some(app.acme)).await;
    let (dana, ask) = (
        app.signed_in(NORTH, Area::Portal, "dana@acme.test").await,
        format!("/portal/servers/{id}/act/set_reverse_name"),
    );
    let own = [("thing", "203.0.113.20"), ("ptr", "Mail.Acme.test.")];
    assert_redirect(&dana.post(&ask, &own).await, &format!("/portal/servers/{id}"));
    let other = [("thing", "198.51.100.7"), ("ptr", "mail.acme.test")];
    assert_eq!(dana.post(&ask, &other).await.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let no_name = [("thing", "203.0.113.20"), ("ptr", "mail")];
    assert_eq!(
        dana.post(&ask, &no_name).await.status(),
        StatusCode::UNPROCESSABLE_ENTITY
    );
    let rows = app.site.db.tenant(app.north);
    let asked = actions::of_instance(&rows, id, None, 10).await.unwrap();
    assert_eq!(asked.len(), 1);
    let wanted = Asked::SetReverseName {
        ip: "203.0.113.20".to_owned(),
        name: "mail.acme.test".to_owned(),
        is_new: false,
    };
    assert_eq!(Asked::of(&asked[0]).unwrap(), wanted);
    // Networks and firewalls are the provider's.
    for kind in ["join_network", "leave_firewall", "assign_vip"] {
        let answer = dana.get(&format!("/portal/servers/{id}/act/{kind}")).await;
        assert_eq!(answer.status(), StatusCode::FORBIDDEN, "{kind}");
    }
}

#[tokio::test]
async fn rules_are_kept_as_typed_until_all_of_them_can_be_taken() {
    let app = spawn_app().await;
    let id = firewall(&app).await;
    let adam = admin(&app).await;
    let page = format!("/admin/firewalls/{id}/rules");
    let seen = html(adam.get(&format!("{page}?add=wireguard")).await).await;
    assert!(
        seen.contains("value=\"22\"") && seen.contains("value=\"51820\""),
        "{}",
        seen
    );
    let typed = [
        ("0.protocol", "tcp"),
        ("0.ports", "22"),
        ("0.sources", "198.51.100.0/24"),
        ("0.is_active", "yes"),
        ("1.protocol", "icmp"),
        ("1.ports", "80"),
        ("1.sources", "any"),
    ];
    let answer = adam.post(&page, &typed).await;
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let seen = html(answer).await;
    assert!(
        seen.contains("ICMP has no ports") && seen.contains("198.51.100.0/24"),
        "{}",
        seen
    );
    let mut right = typed;
    right[5] = ("1.ports", "");
    assert_redirect(&adam.post(&page, &right).await, &format!("/admin/firewalls/{id}"));
    let asked = of_thing(&app, Thing::Firewall).await;
    let [ThingAsked::ReplaceRules { rules, .. }] = asked.as_slice() else {
        panic!("{asked:?}");
    };
    assert_eq!(rules.len(), 2);
    assert_eq!(rules[1].sources, ["AnyIPv4", "AnyIPv6"]);
}

#[tokio::test]
async fn a_firewall_is_begun_with_rules_of_ours_and_contabos_own() {
    let app = spawn_app().await;
    let (id, adam) = (firewall(&app).await, admin(&app).await);
    let (page, new) = (format!("/admin/firewalls/{id}/rules"), "/admin/firewalls/new");
    let bare = html(adam.get(&page).await).await;
    assert!(!bare.contains("Contabo: "), "the account may not read them");
    let rule = |protocol: &str| Rule {
        protocol: protocol.to_owned(),
        ports: vec!["53".to_owned()],
        action: "accept".to_owned(),
        ..Rule::default()
    };
    let preset = Preset {
        name: "DNS & more".to_owned(),
        rules: vec![rule("udp"), rule("tcp")],
    };
    let account = contabo_account(&app, app.north).await;
    let rows = app.site.db.begin(app.north).await.unwrap();
    let presets = Presets { all: vec![preset] };
    resources::keep(&rows, account, &[presets], app.site.clock.now())
        .await
        .unwrap();
    rows.commit().await.unwrap();

    let seen = html(adam.get(&page).await).await;
    assert!(
        seen.contains("Contabo: DNS &amp; more") && seen.contains("?add=contabo%3ADNS%20%26%20more"),
        "{seen}"
    );
    let seen = html(adam.get(&format!("{page}?add=contabo%3ADNS%20%26%20more")).await).await;
    assert!(
        seen.contains("name=\"2.ports\"") && seen.matches("value=\"53\"").count() == 2,
        "{seen}"
    );

    let account = account.to_string();
    let form = |chosen: &'static str| {
        let name = if chosen == "telnet" { "" } else { "doors" };
        [
            ("account", account.as_str()),
            ("name", name),
            ("is_active", "yes"),
            ("rules", "ssh"),
            ("rules", chosen),
        ]
    };
    let wrong = adam.post(new, &form("telnet")).await;
    assert_eq!(wrong.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let wrong = Seen::of(wrong).await;
    assert_eq!((wrong.count("#rules-error"), wrong.count("#name-error")), (1, 1));
    assert_eq!(
        wrong.attributes("input[name=rules][checked]", "value"),
        ["ssh"],
        "what was ticked stays"
    );
    assert_redirect(&adam.post(new, &form("contabo:DNS & more")).await, "/admin/firewalls");
    let asked = of_thing(&app, Thing::Firewall).await;
    let [ThingAsked::CreateFirewall { rules, .. }] = asked.as_slice() else {
        panic!("{asked:?}");
    };
    let said: Vec<_> = rules
        .iter()
        .map(|rule| (rule.name.as_str(), rule.ports.join(",")))
        .collect();
    let dns = ("DNS & more", "53".to_owned());
    assert_eq!(said, [("SSH", "22".to_owned()), dns.clone(), dns]);
    assert!(
        rules
            .iter()
            .all(|rule| rule.sources == ["AnyIPv4", "AnyIPv6"] && rule.is_active)
    );
}

#[tokio::test]
async fn records_are_checked_before_contabo_is_asked() {
    let app = spawn_app().await;
    let id = zone(&app).await;
    let adam = admin(&app).await;
    let page = format!("/admin/dns/{id}");
    let wrong = [("type", "A"), ("name", "www"), ("data", "2001:db8::1"), ("ttl", "300")];
    let answer = adam.post(&format!("{page}/records/new"), &wrong).await;
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let seen = html(answer).await;
    assert!(seen.contains("14400 to 2147483647"), "{}", seen);
    let right = [("type", "A"), ("name", "www"), ("data", "192.0.2.7"), ("ttl", "14400")];
    assert_redirect(&adam.post(&format!("{page}/records/new"), &right).await, &page);
    // What a record is called stays.
    let changed = [
        ("type", "MX"),
        ("name", "other"),
        ("data", "mx.example.net"),
        ("prio", "20"),
    ];
    assert_redirect(&adam.post(&format!("{page}/records/{RECORD}"), &changed).await, &page);
    assert_redirect(&adam.post(&format!("{page}/records/{RECORD}/delete"), &[]).await, &page);
    let asked = of_thing(&app, Thing::DnsZone).await;
    assert_eq!(asked.len(), 3, "{asked:?}");
    let ThingAsked::ChangeRecord { record, .. } = &asked[1] else {
        panic!("{asked:?}");
    };
    assert_eq!(
        (record.id, record.name.as_str(), record.priority),
        (RECORD, "@", Some(20))
    );
    assert_eq!(
        adam.get(&format!("{page}/records/1")).await.status(),
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn the_calculator_says_with_what_a_block_overlaps_and_which_is_free() {
    let app = spawn_app().await;
    network(&app).await;
    let bob = app.signed_in(NORTH, Area::Admin, "bob@north.test").await;
    let page = "/admin/networks/calculator";
    let seen = html(bob.get(&format!("{page}?block=10.0.2.0/24&parts=26")).await).await;
    for part in ["backend", "10.0.4.0/24", "10.0.2.192/26", "255.255.255.0"] {
        assert!(seen.contains(part), "{part}: {}", seen);
    }
    let seen = html(bob.get(&format!("{page}?block=172.16.0.0/24")).await).await;
    assert!(seen.contains("overlaps with no private network"), "{}", seen);
    let answer = bob.get(&format!("{page}?block=10.0.0.0/40")).await;
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let answer = bob.get(&format!("{page}?block=10.0.0.0/24&parts=8")).await;
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn what_waits_is_taken_back_and_no_servers_action_by_this_way() {
    let app = spawn_app().await;
    let id = asked(&app).await;
    let adam = admin(&app).await;
    let answer = adam.post(&format!("/admin/things/actions/{id}/withdraw"), &[]).await;
    assert_redirect(&answer, "/admin/dns");
    let rows = app.site.db.tenant(app.north);
    let row = rows.get::<action::Entity>(id).await.unwrap().unwrap();
    assert_eq!(row.state, ActionState::Withdrawn);
    let noted = rows
        .find::<audit_entry::Entity>()
        .filter(audit_entry::Column::Action.eq("contabo.withdraw"));
    let (noted, asked) = (noted.one().await.unwrap().unwrap(), ThingAsked::of(&row).unwrap());
    assert_eq!(noted.subject_name, asked.about().name);
    server(&app, app.north, Some(app.acme)).await;
    let of_server = crate::servers::asked(&app).await;
    let answer = adam
        .post(&format!("/admin/things/actions/{of_server}/withdraw"), &[])
        .await;
    assert_eq!(answer.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_client_sees_its_own_servers_and_their_networks_in_the_picture_and_no_others() {
    let app = spawn_app().await;
    let globex = app.client("Globex").await;
    let own = server(&app, app.north, Some(app.acme)).await;
    let other = server(&app, app.north, Some(globex)).await;
    let rows = app.site.db.tenant(app.north);
    let mut members = Vec::new();
    let mut names = Vec::new();
    for id in [own, other] {
        let row = rows.get::<instance::Entity>(id).await.unwrap().unwrap();
        names.push(row.display_name);
        members.push(Member {
            instance: row.contabo_id,
            addresses: vec![("10.0.0.2".to_owned(), 22)],
            status: "ok".to_owned(),
            error: None,
        });
    }
    network_with(&app, members).await;
    let dora = app.signed_in(NORTH, Area::Portal, "dora@acme.test").await;
    let seen = html(dora.get("/portal/servers/topology").await).await;
    assert!(seen.contains(&names[0]) && !seen.contains(&names[1]), "{seen}");
    assert!(seen.contains("backend") && !seen.contains("/admin/"), "{seen}");
    let bob = app.signed_in(NORTH, Area::Admin, "bob@north.test").await;
    let seen = html(bob.get("/admin/networks/topology").await).await;
    assert!(seen.contains(&names[0]) && seen.contains(&names[1]), "{seen}");
    assert!(!seen.contains(" style=\""), "no style of its own");
}
