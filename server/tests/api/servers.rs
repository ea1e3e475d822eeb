//! Servers for their clients' users and for staff: whose they are, what is asked of them, what it takes to ask.

use std::sync::atomic::{AtomicI64, Ordering};

use contabo::Answer;
use entity::{
    ActionId, ClientId, ContaboAccountId, ContaboResourceId, InstanceId, SnapshotId, TenantId,
    action::{self, ActionState},
    audit_entry, contabo_resource, instance, snapshot,
};
use reqwest::{Response, StatusCode};
use sea_orm::{ActiveValue::Set, ColumnTrait, Order, sea_query::Expr};
use serde_json::json;
use server::{
    domain::{
        audit::Actor,
        contabo::{
            accounts::{self, Credentials},
            actions::{self, Ask, Asked},
            instances, mirror,
        },
        identity::ClientRole,
    },
    web::area::Area,
};

use crate::{
    helpers::{Browser, NORTH, PASSWORD, SOUTH, TestApp, assert_redirect, at_start, spawn_app},
    network::Seen,
};

/// The tenant's account at Contabo, which nobody asks.
pub(crate) async fn contabo_account(app: &TestApp, tenant: TenantId) -> ContaboAccountId {
    let site = &app.site;
    if let Some(there) = accounts::list(&site.db.tenant(tenant)).await.unwrap().first() {
        return there.id;
    }
    let credentials = Credentials {
        client_id: "INT-1".to_owned(),
        client_secret: "secret".into(),
        username: "api@north.test".to_owned(),
        password: "secret".into(),
    };
    let (actor, name) = (Actor::system("tests"), "main".to_owned());
    let made = accounts::create(&site.db, &site.keyring, tenant, &actor, at_start(), name, &credentials);
    let id = made.await.unwrap();
    site.board.refresh(tenant).await.unwrap();
    id
}

/// A running server of the tenant, given to `client`.
pub(crate) async fn server(app: &TestApp, tenant: TenantId, client: Option<ClientId>) -> InstanceId {
    static NEXT: AtomicI64 = AtomicI64::new(201_540_000);
    let account = contabo_account(app, tenant).await;
    let (site, contabo_id) = (&app.site, NEXT.fetch_add(1, Ordering::Relaxed));
    let said = json!({
        "instanceId": contabo_id, "name": format!("vmi{contabo_id}"), "displayName": format!("web-{contabo_id}"),
        "status": "running", "productName": "Cloud VPS 6", "region": "EU", "regionName": "European Union",
        "osType": "Linux", "defaultUser": "root", "cpuCores": 6, "ramMb": 12288, "diskMb": 204_800,
        "macAddress": "00:50:56:4a:11:2c",
        "ipConfig": {
            "v4": { "ip": "203.0.113.20", "netmaskCidr": 22, "gateway": "203.0.112.1" },
            "v6": { "ip": "2001:0db8:0040:0001:0000:0000:0000:0001", "netmaskCidr": 64, "gateway": "fe80::1" },
        },
    });
    let found = contabo::Instance::read(&said).unwrap();
    let rows = site.db.begin(tenant).await.unwrap();
    mirror::keep(&rows, account, &[found], &[], (at_start(), at_start()))
        .await
        .unwrap();
    rows.commit().await.unwrap();
    let rows = site.db.tenant(tenant);
    let made = rows
        .find::<instance::Entity>()
        .filter(instance::Column::ContaboId.eq(contabo_id));
    let id = made.one().await.unwrap().unwrap().id;
    if client.is_some() {
        let (actor, now) = (Actor::system("tests"), site.clock.now());
        instances::assign(&site.db, tenant, &actor, now, id, client)
            .await
            .unwrap();
    }
    site.board.refresh(tenant).await.unwrap();
    id
}

/// Something that was asked for Acme of the server that was made last, which comes before it in a path.
pub(crate) async fn asked(app: &TestApp) -> ActionId {
    let rows = app.site.db.tenant(app.north);
    let newest = rows
        .find::<instance::Entity>()
        .order_by(instance::Column::Id, Order::Desc);
    let instance = newest.one().await.unwrap().unwrap().id;
    ask(app, instance, app.acme, Asked::Restart).await
}

async fn ask(app: &TestApp, instance: InstanceId, client: ClientId, asked: Asked) -> ActionId {
    let (site, actor) = (&app.site, Actor::system("tests"));
    let ask = Ask {
        instance,
        client: Some(client),
        asked,
        actor: &actor,
    };
    let id = actions::ask(&site.db, &site.keyring, app.north, site.clock.now(), ask)
        .await
        .unwrap();
    site.board.refresh(app.north).await.unwrap();
    id
}

/// A snapshot as it would have been read.
async fn snapshot(app: &TestApp, of: InstanceId, name: &str) -> SnapshotId {
    let rows = app.site.db.tenant(app.north);
    let said =
        json!({ "snapshotId": format!("snap{name}"), "name": name, "description": "", "imageName": "Debian 13" });
    let found = contabo::Snapshot::read(&said).unwrap();
    let begun = app.site.db.begin(app.north).await.unwrap();
    mirror::keep_snapshots(&begun, of, &[found], at_start()).await.unwrap();
    begun.commit().await.unwrap();
    app.site.board.refresh(app.north).await.unwrap();
    let named = rows
        .find::<snapshot::Entity>()
        .filter(snapshot::Column::Name.eq(name))
        .filter(snapshot::Column::InstanceId.eq(of));
    named.one().await.unwrap().unwrap().id
}

pub(crate) async fn actions_of(app: &TestApp, instance: InstanceId) -> Vec<action::Model> {
    let rows = app.site.db.tenant(app.north);
    actions::of_instance(&rows, instance, None, 100).await.unwrap()
}

/// Moves an action on as the worker would.
pub(crate) async fn becomes(app: &TestApp, id: ActionId, state: ActionState) {
    let rows = app.site.db.begin(app.north).await.unwrap();
    let now = app.site.clock.now();
    let row = action::ActiveModel {
        id: Set(id),
        state: Set(state),
        ended_at: Set((state == ActionState::Done).then_some(now)),
        ..Default::default()
    };
    rows.update::<action::Entity, _>(row).await.unwrap();
    rows.servers_changed().await.unwrap();
    rows.commit().await.unwrap();
    app.site.board.refresh(app.north).await.unwrap();
}

async fn of_portal(app: &TestApp, mail: &str) -> Browser {
    app.signed_in(NORTH, Area::Portal, mail).await
}

/// Every address of a server below `area`, with which method it is asked for.
fn addresses(area: &str, server: InstanceId, action: ActionId) -> Vec<(bool, String)> {
    let page = format!("{area}/servers/{server}");
    let mut all = vec![(false, page.clone())];
    for kind in actions::Kind::ALL {
        all.push((false, format!("{page}/act/{}", kind.name())));
        all.push((true, format!("{page}/act/{}", kind.name())));
    }
    all.push((true, format!("{page}/actions/{action}/withdraw")));
    all.push((true, format!("{page}/actions/{action}/password")));
    all
}

async fn reach(browser: &Browser, (is_post, path): &(bool, String)) -> Response {
    match is_post {
        true => browser.post(path, &[("confirm", "x"), ("password", PASSWORD)]).await,
        false => browser.get(path).await,
    }
}

#[tokio::test]
async fn each_sees_and_moves_only_their_own() {
    let app = spawn_app().await;
    let globex = app.client("Globex").await;
    let own = server(&app, app.north, Some(app.acme)).await;
    let action = ask(&app, own, app.acme, Asked::Restart).await;
    let others = server(&app, app.north, Some(globex)).await;
    let nobodys = server(&app, app.north, None).await;
    server(&app, app.south, None).await;
    let (dana, eve) = (app.dana().await, app.eve().await);
    let carol = app.signed_in(SOUTH, Area::Portal, "carol@initech.test").await;
    let listed = |seen: &Seen| seen.attributes("tbody th a", "href");
    let list = Seen::of(dana.get("/portal/servers").await).await;
    assert_eq!(listed(&list), [format!("/portal/servers/{own}")]);
    assert!(list.text().contains("restarting…"), "{}", list.text());
    assert!(
        list.text().contains("2001:db8:40:1::1") && list.text().contains("12\u{a0}GiB RAM"),
        "{}",
        list.text()
    );
    let list = Seen::of(eve.get("/portal/servers").await).await;
    assert_eq!(listed(&list), [format!("/portal/servers/{others}")]);
    let list = Seen::of(carol.get("/portal/servers").await).await;
    assert_eq!(listed(&list), [""; 0]);
    let forged = InstanceId::new();
    for (server, whose) in [(own, "another's"), (nobodys, "nobody's"), (forged, "forged")] {
        for address in addresses("/portal", server, action) {
            for (browser, who) in [(&eve, "Eve"), (&carol, "Carol")] {
                let status = reach(browser, &address).await.status();
                assert_eq!(status, StatusCode::NOT_FOUND, "{who}: {whose} {address:?}");
            }
        }
    }
    let charlie = app.charlie().await;
    for address in addresses("/admin", own, action) {
        let status = reach(&charlie, &address).await.status();
        assert_eq!(status, StatusCode::NOT_FOUND, "Charlie: {address:?}");
    }
    // An action of another server of one's own is not this one's.
    let second = server(&app, app.north, Some(app.acme)).await;
    let path = format!("/portal/servers/{second}/actions/{action}/withdraw");
    assert_eq!(dana.post(&path, &[]).await.status(), StatusCode::NOT_FOUND);
    let states: Vec<_> = actions_of(&app, own).await.iter().map(|row| row.state).collect();
    assert_eq!(states, [ActionState::Queued], "nobody else has moved it");
    assert!(actions_of(&app, others).await.is_empty() && actions_of(&app, nobodys).await.is_empty());
}

#[tokio::test]
async fn a_role_has_the_buttons_and_the_rights_that_it_has() {
    let app = spawn_app().await;
    let own = server(&app, app.north, Some(app.acme)).await;
    let snap = snapshot(&app, own, "before").await;
    let page = format!("/portal/servers/{own}");
    let dora = of_portal(&app, "dora@acme.test").await;
    let seen = Seen::of(dora.get(&page).await).await;
    assert_eq!(seen.count("main form, main a.button"), 0, "a viewer has no buttons");
    assert!(seen.text().contains("ssh root@203.0.113.20"), "{}", seen.text());
    for kind in actions::Kind::ALL {
        let path = format!("{page}/act/{}", kind.name());
        assert_eq!(dora.post(&path, &[]).await.status(), StatusCode::FORBIDDEN, "{path}");
        assert_eq!(dora.get(&path).await.status(), StatusCode::FORBIDDEN, "{path}");
    }
    // Somebody who acts at another client is a viewer here all the same.
    let globex = app.client("Globex").await;
    let both = crate::helpers::person("both@acme.test");
    let by = crate::helpers::system();
    let made = app
        .identity()
        .create_client_user(app.north, &by, &[app.acme], both, ClientRole::Operator)
        .await
        .unwrap();
    let rows = app.site.db.tenant(app.north);
    let done = entity::account::ActiveModel {
        id: Set(made.account),
        must_change_password: Set(false),
        ..Default::default()
    };
    rows.update::<entity::account::Entity, _>(done).await.unwrap();
    let operator = of_portal(&app, "both@acme.test").await;
    let theirs = server(&app, app.north, Some(globex)).await;
    let path = format!("/portal/servers/{theirs}/act/restart");
    assert_eq!(operator.post(&path, &[]).await.status(), StatusCode::NOT_FOUND);
    let seen = Seen::of(operator.get(&page).await).await;
    let links = seen.attributes("main a.button", "href");
    assert!(links.contains(&format!("{page}/act/restart")), "{links:?}");
    assert!(!links.iter().any(|href| href.contains("reinstall")
        || href.contains("roll_back")
        || href.contains("delete_snapshot")
        || href.contains("cancel")));
    let sure = [
        ("snapshot", snap.to_string()),
        ("confirm", "x".to_owned()),
        ("password", PASSWORD.to_owned()),
    ];
    let sure: Vec<(&str, &str)> = sure.iter().map(|(name, value)| (*name, value.as_str())).collect();
    for kind in ["reinstall", "roll_back", "delete_snapshot", "cancel"] {
        let answer = operator.post(&format!("{page}/act/{kind}"), &sure).await;
        assert_eq!(answer.status(), StatusCode::FORBIDDEN, "{kind}");
    }
    let dana = app.dana().await;
    let answer = dana.post(&format!("{page}/act/cancel"), &sure).await;
    assert_eq!(answer.status(), StatusCode::FORBIDDEN, "no client cancels");
    let (bob, otto) = (
        app.bob().await,
        app.signed_in(NORTH, Area::Admin, "otto@north.test").await,
    );
    let page = format!("/admin/servers/{own}");
    let seen = Seen::of(bob.get(&page).await).await;
    assert_eq!(seen.count("main form, main a.button"), 0);
    assert_eq!(otto.get(&format!("{page}/act/restart")).await.status(), StatusCode::OK);
    let heavy = otto.post(&format!("{page}/act/cancel"), &sure).await;
    assert_eq!(heavy.status(), StatusCode::FORBIDDEN);
    assert!(actions_of(&app, own).await.is_empty());
    assert_eq!(
        dana.get(&format!("/portal/servers/{own}/act/format_c")).await.status(),
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn what_is_asked_is_under_way_and_can_be_taken_back_until_it_begins() {
    let app = spawn_app().await;
    let own = server(&app, app.north, Some(app.acme)).await;
    let dana = app.dana().await;
    let page = format!("/portal/servers/{own}");
    let restart = format!("{page}/act/restart");
    let question = Seen::of(dana.get(&restart).await).await;
    assert!(question.text().contains("cut off until it is up again"));
    assert_eq!(question.attributes("main form", "action"), [restart.as_str()]);
    assert_redirect(&dana.post(&restart, &[]).await, &page);
    let seen = Seen::of(dana.get(&page).await).await;
    let now = seen.all("#server-now").concat();
    assert!(
        now.contains("Waits for what was asked before it") && now.contains("asked by Dana"),
        "{now}"
    );
    assert!(!seen.attributes("main a.button", "href").contains(&restart));
    let again = dana.post(&restart, &[]).await;
    assert_eq!(again.status(), StatusCode::CONFLICT);
    assert!(Seen::of(again).await.text().contains("asked already"));
    let withdraw = seen.attributes("#server-now form[action$='/withdraw']", "action");
    assert_redirect(&dana.post(&withdraw[0], &[]).await, &page);
    assert_eq!(dana.post(&withdraw[0], &[]).await.status(), StatusCode::CONFLICT);
    let seen = Seen::of(dana.get(&page).await).await;
    assert!(seen.all("#server-history").concat().contains("Taken back"));
    assert_redirect(&dana.post(&restart, &[]).await, &page);
    let begun = actions_of(&app, own).await[0].id;
    becomes(&app, begun, ActionState::Running).await;
    let late = dana.post(&format!("{page}/actions/{begun}/withdraw"), &[]).await;
    assert_eq!(late.status(), StatusCode::CONFLICT);
    assert!(Seen::of(late).await.text().contains("It has begun"));
    // Five wait at most.
    for name in ["a", "b", "c", "d"] {
        let taken = dana.post(&format!("{page}/act/take_snapshot"), &[("name", name)]).await;
        assert_redirect(&taken, &page);
    }
    let sixth = dana.post(&format!("{page}/act/take_snapshot"), &[("name", "e")]).await;
    assert_eq!(sixth.status(), StatusCode::CONFLICT);
    let sixth = Seen::of(sixth).await;
    assert!(sixth.text().contains("Too many") && sixth.value("name").as_deref() == Some("e"));
}

#[tokio::test]
async fn a_locked_server_says_why_and_takes_nothing_from_its_client() {
    let app = spawn_app().await;
    let own = server(&app, app.north, Some(app.acme)).await;
    let (alice, dana) = (app.alice().await, app.dana().await);
    let (theirs, ours) = (format!("/portal/servers/{own}"), format!("/admin/servers/{own}"));
    let empty = alice.post(&format!("{ours}/lock"), &[("because", " ")]).await;
    assert_eq!(empty.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let because = [("because", "Its disk is exchanged <b>until noon</b>")];
    assert_redirect(&alice.post(&format!("{ours}/lock"), &because).await, &ours);
    let seen = Seen::of(dana.get(&theirs).await).await;
    assert!(seen.text().contains(because[0].1), "{}", seen.text());
    assert_eq!(seen.count("main form, main a.button"), 0);
    let asked = dana.get(&format!("{theirs}/act/restart")).await;
    assert_eq!(Seen::of(asked).await.count("main form"), 0);
    let sure = [("confirm", "x"), ("password", PASSWORD)];
    for kind in ["start", "restart", "rename"] {
        let refused = dana.post(&format!("{theirs}/act/{kind}"), &sure).await;
        assert_eq!(refused.status(), StatusCode::CONFLICT, "{kind}");
        assert!(Seen::of(refused).await.text().contains(because[0].1));
    }
    assert_redirect(&alice.post(&format!("{ours}/act/restart"), &[]).await, &ours);
    assert_redirect(&alice.post(&format!("{ours}/unlock"), &[]).await, &ours);
    assert_redirect(&dana.post(&format!("{theirs}/act/stop"), &[]).await, &theirs);
    let seen = Seen::of(dana.get(&theirs).await).await;
    let history = seen.all("#server-history").concat();
    assert!(
        history.contains("north") && !history.contains("Alice"),
        "who of the staff it was is not theirs to know: {history}"
    );
}

#[tokio::test]
async fn what_destroys_data_needs_the_name_and_the_password() {
    let app = spawn_app().await;
    let own = server(&app, app.north, Some(app.acme)).await;
    let snap = snapshot(&app, own, "before").await.to_string();
    let dana = app.dana().await;
    let page = format!("/portal/servers/{own}");
    let title = Seen::of(dana.get(&page).await).await.all("h1").concat();
    let path = format!("{page}/act/roll_back");
    let form = Seen::of(dana.get(&format!("{path}?snapshot={snap}")).await).await;
    assert!(form.text().contains("before") && form.count("input[name=password][type=password]") == 1);
    assert_eq!(dana.get(&path).await.status(), StatusCode::NOT_FOUND, "of no snapshot");
    let roll_back = async |confirm: &str, password: &str| {
        let form = [
            ("snapshot", snap.as_str()),
            ("confirm", confirm),
            ("password", password),
        ];
        dana.post(&path, &form).await
    };
    let wrong = Seen::of(roll_back("web-0", PASSWORD).await).await;
    assert_eq!(wrong.count("#confirm-error"), 1);
    let wrong = roll_back(&title, "guess").await;
    assert_eq!(wrong.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let wrong = Seen::of(wrong).await;
    assert_eq!(wrong.count("#password-error"), 1);
    assert_eq!(wrong.value("password").as_deref(), Some(""), "never shown again");
    assert!(actions_of(&app, own).await.is_empty());
    assert_redirect(&roll_back(&title, PASSWORD).await, &page);
    let rows = actions_of(&app, own).await;
    assert_eq!((rows.len(), rows[0].kind.as_str()), (1, "roll_back"));
    assert_eq!(rows[0].arguments["snapshot"], "snapbefore");
    // Guesses count as at sign-in: after five the right one is not looked at either.
    for _ in 0..5 {
        roll_back(&title, "guess").await;
    }
    let blocked = Seen::of(roll_back(&title, PASSWORD).await).await;
    assert_eq!(blocked.count("#password-error"), 1);
    assert_eq!(actions_of(&app, own).await.len(), 1);
    let other = app.dana_elsewhere().await;
    assert_ne!(other, StatusCode::SEE_OTHER, "nor at the sign-in");
}

#[tokio::test]
async fn a_system_is_chosen_of_those_that_there_are() {
    let app = spawn_app().await;
    let own = server(&app, app.north, Some(app.acme)).await;
    let dana = app.dana().await;
    let page = format!("/portal/servers/{own}");
    let path = format!("{page}/act/reinstall");
    let title = Seen::of(dana.get(&page).await).await.all("h1").concat();
    let seen = Seen::of(dana.get(&path).await).await;
    assert!(seen.text().contains("have not been read") && seen.count("main form") == 0);
    image(&app, "debian", "Debian 13", true, None).await;
    let globex = app.client("Globex").await;
    image(&app, "theirs", "Globex appliance", false, Some(globex)).await;
    let seen = Seen::of(dana.get(&path).await).await;
    assert!(seen.text().contains("Debian 13") && !seen.text().contains("Globex"));
    let install = async |image: &str| {
        let form = [
            ("image", image),
            ("default_user", "admin"),
            ("user_data", "#cloud-config\r\nhostname: secret-host"),
            ("ssh_keys", "4711"),
            ("confirm", &title),
            ("password", PASSWORD),
        ];
        dana.post(&path, &form).await
    };
    for image in ["", "theirs", "unknown"] {
        let refused = install(image).await;
        assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY, "{image}");
        assert_eq!(Seen::of(refused).await.count("#image-error"), 1);
    }
    assert_redirect(&install("debian").await, &page);
    let row = actions_of(&app, own).await.remove(0);
    assert_eq!(row.arguments["image_name"], "Debian 13");
    assert!(!row.arguments.to_string().contains("secret-host"), "it is sealed");
    let sent = actions::opened(&app.site.keyring, &row, Asked::of(&row).unwrap()).unwrap();
    assert!(matches!(sent, Asked::Reinstall { user_data, .. } if user_data == "#cloud-config\nhostname: secret-host"));
    assert_eq!(row.arguments["ssh_keys"], json!([]), "no key of theirs");
    let seen = Seen::of(dana.get(&page).await).await;
    assert!(!seen.text().contains("secret-host") && seen.text().contains("Debian 13"));
}

pub(crate) async fn image(app: &TestApp, id: &str, name: &str, standard: bool, client: Option<ClientId>) {
    let account = contabo_account(app, app.north).await;
    let row = contabo_resource::ActiveModel {
        id: Set(ContaboResourceId::new()),
        contabo_account_id: Set(account),
        kind: Set("image".to_owned()),
        contabo_id: Set(id.to_owned()),
        name: Set(name.to_owned()),
        details: Set(json!({ "id": id, "name": name, "is_standard": standard })),
        client_id: Set(client),
        assigned_at: Set(client.map(|_| at_start())),
        first_seen_at: Set(at_start()),
        gone_at: Set(None),
        ..Default::default()
    };
    let rows = app.site.db.tenant(app.north);
    rows.insert::<contabo_resource::Entity, _>(row).await.unwrap();
}

#[tokio::test]
async fn the_image_of_a_server_has_its_name_as_long_as_that_is_known() {
    let app = spawn_app().await;
    let own = server(&app, app.north, Some(app.acme)).await;
    let dana = app.dana().await;
    let page = format!("/portal/servers/{own}");
    let seen = async || {
        let (one, list) = (dana.get(&page).await, dana.get("/portal/servers").await);
        (Seen::of(one).await.text(), Seen::of(list).await.text())
    };
    let (one, list) = seen().await;
    assert!(one.contains("Linux") && list.contains("Linux"), "what there is");
    assert!(!one.contains("Image"));
    let rows = app.site.db.begin(app.north).await.unwrap();
    let mut details = rows.get::<instance::Entity>(own).await.unwrap().unwrap().details;
    details["image_id"] = "debian".into();
    let changed = [
        (instance::Column::Details, Expr::value(details)),
        (
            instance::Column::Seq,
            Expr::value(rows.servers_changed().await.unwrap()),
        ),
    ];
    let same = instance::Column::Id.eq(own);
    rows.update_where::<instance::Entity>(same, changed).await.unwrap();
    rows.commit().await.unwrap();
    app.site.board.refresh(app.north).await.unwrap();
    let (one, list) = seen().await;
    assert!(one.contains("debian"), "its id, where it was never seen: {one}");
    assert!(list.contains("Linux") && !list.contains("debian"));
    image(&app, "debian", "Debian 13", true, None).await;
    let (one, list) = seen().await;
    assert!(one.contains("Debian 13") && list.contains("Debian 13"), "{list}");
    let rows = app.site.db.tenant(app.north);
    let gone = [(contabo_resource::Column::GoneAt, Expr::value(at_start()))];
    let same = contabo_resource::Column::ContaboId.eq("debian");
    rows.update_where::<contabo_resource::Entity>(same, gone).await.unwrap();
    let (one, list) = seen().await;
    assert!(
        one.contains("Debian 13") && one.contains("no longer at Contabo"),
        "{one}"
    );
    assert!(list.contains("Debian 13"));
}

#[tokio::test]
async fn a_new_password_is_shown_once_and_to_the_asker_alone() {
    let app = spawn_app().await;
    let own = server(&app, app.north, Some(app.acme)).await;
    let (alice, dana) = (app.alice().await, app.dana().await);
    let page = format!("/portal/servers/{own}");
    assert_redirect(&dana.post(&format!("{page}/act/reset_password"), &[]).await, &page);
    let id = actions_of(&app, own).await[0].id;
    let (path, of_staff) = (
        format!("{page}/actions/{id}/password"),
        format!("/admin/servers/{own}/actions/{id}/password"),
    );
    let early = dana.post(&path, &[]).await;
    assert_eq!(early.status(), StatusCode::CONFLICT, "before it is done");
    becomes(&app, id, ActionState::Done).await;
    let seen = Seen::of(dana.get(&page).await).await;
    assert_eq!(seen.attributes("#server-history form", "action"), [path.as_str()]);
    let refused = alice.post(&of_staff, &[]).await;
    assert_eq!(refused.status(), StatusCode::CONFLICT, "not hers");
    assert!(!Seen::of(refused).await.text().contains("not kept"));
    let ours = Seen::of(alice.get(&format!("/admin/servers/{own}")).await).await;
    assert_eq!(ours.count("#server-history form"), 0);
    let answer = dana.post(&path, &[]).await;
    assert_eq!(answer.status(), StatusCode::OK);
    assert_eq!(answer.headers()["cache-control"], "no-store");
    let seen = Seen::of(answer).await;
    let password = seen.attributes("#new-password", "value").remove(0);
    assert_eq!(password.len(), 28);
    assert_eq!(seen.attributes("#user", "value"), ["root"]);
    let again = dana.post(&path, &[]).await;
    assert_eq!(again.status(), StatusCode::CONFLICT);
    assert!(!again.text().await.unwrap().contains(&password));
    let seen = Seen::of(dana.get(&page).await).await;
    assert_eq!(seen.count("#server-history form"), 0);
    let rows = app.site.db.tenant(app.north);
    let log = rows.find::<audit_entry::Entity>().all().await.unwrap();
    assert!(log.iter().any(|entry| entry.action == "instance.reveal"));
    assert!(!format!("{log:?}").contains(&password));
}

#[tokio::test]
async fn whoever_gets_a_server_sees_nothing_of_those_before() {
    let app = spawn_app().await;
    let own = server(&app, app.north, Some(app.acme)).await;
    let (alice, dana, eve) = (app.alice().await, app.dana().await, app.eve().await);
    let (theirs, ours) = (format!("/portal/servers/{own}"), format!("/admin/servers/{own}"));
    let name = [("name", "acme secret")];
    assert_redirect(&dana.post(&format!("{theirs}/act/take_snapshot"), &name).await, &theirs);
    let id = actions_of(&app, own).await[0].id;
    app.site.clock.advance(chrono::Duration::minutes(1));
    let give = format!("{ours}/give");
    for nonsense in ["x", &ClientId::new().to_string()] {
        let refused = alice.post(&give, &[("client", nonsense)]).await;
        assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY, "{nonsense}");
    }
    let globex = app.client("Globex").await.to_string();
    assert_redirect(&alice.post(&give, &[("client", &globex)]).await, &ours);
    assert_eq!(dana.get(&theirs).await.status(), StatusCode::NOT_FOUND);
    let withdraw = format!("{theirs}/actions/{id}/withdraw");
    assert_eq!(dana.post(&withdraw, &[]).await.status(), StatusCode::NOT_FOUND);
    assert_eq!(eve.post(&withdraw, &[]).await.status(), StatusCode::NOT_FOUND);
    let seen = Seen::of(eve.get(&theirs).await).await;
    assert!(!seen.text().contains("acme secret") && seen.text().contains("Nothing was asked of it yet"));
    let list = Seen::of(eve.get("/portal/servers").await).await;
    assert!(!list.text().contains("taking a snapshot"), "{}", list.text());
    let staff = Seen::of(alice.get(&ours).await).await;
    assert!(staff.text().contains("acme secret") && staff.text().contains("Globex"));
    let cells = staff.all("td .badge");
    assert!(cells.iter().any(|cell| cell == "New"), "{}", staff.text());
    assert_redirect(&alice.post(&give, &[("client", "")]).await, &ours);
    assert_eq!(eve.get(&theirs).await.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn staff_end_a_contract_once() {
    let app = spawn_app().await;
    let own = server(&app, app.north, Some(app.acme)).await;
    let alice = app.alice().await;
    let page = format!("/admin/servers/{own}");
    let title = Seen::of(alice.get(&page).await).await.all("h1").concat();
    let path = format!("{page}/act/cancel");
    let question = Seen::of(alice.get(&path).await).await;
    assert!(question.text().contains("can't be taken back"));
    let sure = [("confirm", title.as_str()), ("password", PASSWORD)];
    let unsure = alice.post(&path, &sure[..1]).await;
    assert_eq!(unsure.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert_redirect(&alice.post(&path, &sure).await, &page);
    assert_eq!(alice.post(&path, &sure).await.status(), StatusCode::CONFLICT);
    let id = actions_of(&app, own).await[0].id;
    becomes(&app, id, ActionState::Done).await;
    let rows = app.site.db.begin(app.north).await.unwrap();
    let seq = rows.servers_changed().await.unwrap();
    let row = instance::ActiveModel {
        id: Set(own),
        cancels_on: Set(chrono::NaiveDate::from_ymd_opt(2026, 6, 30)),
        seq: Set(seq),
        ..Default::default()
    };
    rows.update::<instance::Entity, _>(row).await.unwrap();
    rows.commit().await.unwrap();
    app.site.board.refresh(app.north).await.unwrap();
    let refused = alice.post(&path, &sure).await;
    assert_eq!(refused.status(), StatusCode::CONFLICT);
    assert!(Seen::of(refused).await.text().contains("cancelled already"));
    let list = Seen::of(app.dana().await.get("/portal/servers").await).await;
    assert!(list.text().contains("30 Jun 2026"), "{}", list.text());
}

#[tokio::test]
async fn a_snapshots_name_is_looked_at() {
    let app = spawn_app().await;
    let own = server(&app, app.north, Some(app.acme)).await;
    let other = server(&app, app.north, Some(app.acme)).await;
    let (snap, foreign) = (
        snapshot(&app, own, "before").await.to_string(),
        snapshot(&app, other, "after").await.to_string(),
    );
    let dana = app.dana().await;
    let page = format!("/portal/servers/{own}");
    let take = format!("{page}/act/take_snapshot");
    let long = "x".repeat(31);
    for name in ["", "a_b", "before", &long] {
        let refused = dana.post(&take, &[("name", name)]).await;
        assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY, "{name}");
        assert_eq!(Seen::of(refused).await.count("#name-error"), 1, "{name}");
    }
    let rename = format!("{page}/act/rename_snapshot");
    let form = Seen::of(dana.get(&format!("{rename}?snapshot={snap}")).await).await;
    assert_eq!(form.value("name").as_deref(), Some("before"));
    let renamed = [("snapshot", snap.as_str()), ("name", "old"), ("description", "4.0")];
    assert_redirect(&dana.post(&rename, &renamed).await, &page);
    for of in [foreign.as_str(), &SnapshotId::new().to_string(), "x", ""] {
        let missing = dana.post(&rename, &[("snapshot", of), ("name", "old")]).await;
        assert_eq!(missing.status(), StatusCode::NOT_FOUND, "{of}");
    }
    let name = "é".repeat(256);
    let refused = dana
        .post(&format!("{page}/act/rename"), &[("display_name", &name)])
        .await;
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(Seen::of(refused).await.count("#display_name-error"), 1);
}

#[tokio::test]
async fn the_entry_is_there_where_there_can_be_servers() {
    let app = spawn_app().await;
    let dana = app.dana().await;
    let entry = ".nav a[href='/portal/servers'], nav a[href='/portal/servers']";
    let seen = Seen::of(dana.get("/portal").await).await;
    assert_eq!(seen.count(entry), 0);
    let seen = Seen::of(dana.get("/portal/servers").await).await;
    assert!(seen.text().contains("No servers yet"));
    contabo_account(&app, app.north).await;
    let seen = Seen::of(dana.get("/portal").await).await;
    assert!(seen.count(entry) > 0);
}

impl TestApp {
    /// What the sign-in says to Dana on another machine.
    async fn dana_elsewhere(&self) -> StatusCode {
        let browser = self.browser(NORTH);
        browser.sign_in(Area::Portal, "dana@acme.test", PASSWORD).await.status()
    }
}
