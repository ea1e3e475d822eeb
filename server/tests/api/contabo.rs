//! The staff's pages about accounts at Contabo, all servers, several at once and what changed there, beside a fake
//! Contabo; and `mainstay contabo`.

use std::{process::Command, time::Duration};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use contabo::Url;
use entity::{
    ActionId, ClientId, ContaboAccountId, InstanceId, TenantId, action, action::ActionState, audit_entry,
    contabo_account, instance,
};
use fakes::contabo::{ContaboSpec, FakeContabo, Fault, Rule};
use reqwest::StatusCode;
use sea_orm::{ColumnTrait, sea_query::Expr};
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;
use server::{
    domain::{
        audit::Actor,
        contabo::{
            accounts::{self, Credentials},
            actions::{self, Ask, Asked},
            instances,
        },
    },
    site::Site,
    work::contabo::sync,
};
use uuid::Uuid;

use crate::{
    helpers::{Browser, NORTH, TestApp, assert_redirect, at_start, create_client, location, spawn_app, spawn_app_with},
    network::Seen,
};
use server::web::area::Area;

/// What the fake takes.
pub(crate) fn credentials() -> Credentials {
    Credentials {
        client_id: "INT-54321".to_owned(),
        client_secret: SecretString::from("fake-client-secret"),
        username: "api@example.net".to_owned(),
        password: SecretString::from("fake & pass+word=1%"),
    }
}

/// A new account of the tenant's that nobody has read.
pub(crate) async fn account(app: &TestApp, tenant: TenantId) -> ContaboAccountId {
    let (site, actor, name) = (&app.site, Actor::system("tests"), Uuid::now_v7().to_string());
    let credentials = credentials();
    let made = accounts::create(&site.db, &site.keyring, tenant, &actor, at_start(), name, &credentials);
    made.await.unwrap()
}

/// The program beside a fake Contabo with these servers, by the real clock's pace but at the program's time.
pub(crate) async fn beside(servers: &[&str]) -> (TestApp, FakeContabo) {
    let fake = FakeContabo::start(ContaboSpec::default()).await.unwrap();
    for name in servers {
        fake.panel().new_instance(name, "V153", "EU");
    }
    let (api, sign_in) = (fake.api(), fake.sign_in());
    let app = spawn_app_with(|settings| {
        settings.contabo.api = Url::parse(&api).unwrap();
        settings.contabo.sign_in = Url::parse(&sign_in).unwrap();
    })
    .await;
    (app, fake)
}

/// The same with an account of the north that was read.
async fn read(servers: &[&str]) -> (TestApp, FakeContabo, ContaboAccountId) {
    let (app, fake) = beside(servers).await;
    let id = account(&app, app.north).await;
    read_again(&app, id).await;
    (app, fake, id)
}

pub(crate) async fn read_again(app: &TestApp, id: ContaboAccountId) {
    let site: &Site = &app.site;
    accounts::sync_now(&site.db, app.north, site.clock.now(), id)
        .await
        .unwrap();
    sync::step(site).await.unwrap();
    site.board.refresh(app.north).await.unwrap();
}

/// The id of the server that is called so.
async fn server(app: &TestApp, title: &str) -> InstanceId {
    let rows = app.site.db.tenant(app.north);
    let found = rows
        .find::<instance::Entity>()
        .filter(instance::Column::DisplayName.eq(title));
    found.one().await.unwrap().unwrap().id
}

async fn give(app: &TestApp, server: InstanceId, client: Option<ClientId>) {
    let actor = Actor::system("tests");
    instances::assign(&app.site.db, app.north, &actor, at_start(), server, client)
        .await
        .unwrap();
    app.site.board.refresh(app.north).await.unwrap();
}

async fn accounts_of(app: &TestApp) -> Vec<contabo_account::Model> {
    let rows = app.site.db.tenant(app.north);
    rows.find::<contabo_account::Entity>().all().await.unwrap()
}

async fn otto(app: &TestApp) -> Browser {
    app.signed_in(NORTH, Area::Admin, "otto@north.test").await
}

const FORM: [(&str, &str); 5] = [
    ("name", "Munich"),
    ("client_id", "INT-54321"),
    ("client_secret", "fake-client-secret"),
    ("username", "api@example.net"),
    ("password", "fake & pass+word=1%"),
];

fn with<'a>(field: &str, value: &'a str) -> [(&'static str, &'a str); 5] {
    FORM.map(|(name, usual)| (name, if name == field { value } else { usual }))
}

#[tokio::test]
async fn an_account_is_stored_once_contabo_takes_its_credentials() {
    let (app, fake) = beside(&["web-01"]).await;
    let alice = app.alice().await;
    for (field, wrong, shown) in [
        ("client_id", "INT-1", "client_id"),
        ("client_secret", "hunter2 hunter2", "client_secret"),
        ("username", "nobody@example.net", "password"),
        ("password", "hunter2 hunter2", "password"),
    ] {
        let answer = alice.post("/admin/contabo/new", &with(field, wrong)).await;
        assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY, "{field}");
        let html = answer.text().await.unwrap();
        assert!(html.contains(&format!("id=\"{shown}-error\"")), "{field}: {html}");
        assert!(html.contains("Contabo refused it: "), "{field}");
        for secret in ["hunter2", "fake-client-secret", "pass+word"] {
            assert!(!html.contains(secret), "{field} shows {secret}");
        }
        assert!(html.contains("Munich"), "what was typed is kept");
    }
    let answer = alice.post("/admin/contabo/new", &with("client_secret", "")).await;
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(accounts_of(&app).await, []);

    fake.set_sign_in_reachable(false).await;
    let answer = alice.post("/admin/contabo/new", &FORM).await;
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let seen = Seen::of(answer).await;
    assert!(seen.text().contains("Contabo could not be asked"), "{}", seen.text());
    assert_eq!(accounts_of(&app).await, []);
    fake.set_sign_in_reachable(true).await;

    let answer = alice.post("/admin/contabo/new", &FORM).await;
    let rows = accounts_of(&app).await;
    assert_eq!(rows.len(), 1);
    let page = format!("/admin/contabo/{}", rows[0].id);
    assert_redirect(&answer, &page);
    let opened = accounts::open(&app.site.keyring, &rows[0]).unwrap();
    assert_eq!(opened.password.expose_secret(), "fake & pass+word=1%");

    let html = alice.get(&page).await.text().await.unwrap();
    assert!(html.contains("Not read yet") && html.contains("INT-54321"), "{html}");
    sync::step(&app.site).await.unwrap();
    app.site.board.refresh(app.north).await.unwrap();
    for path in ["/admin/contabo", &page, &format!("{page}/credentials"), "/admin/audit"] {
        let html = alice.get(path).await.text().await.unwrap();
        for secret in ["fake-client-secret", "pass+word", "pass&#43;word"] {
            assert!(!html.contains(secret), "{path} shows {secret}");
        }
    }
    let seen = Seen::of(alice.get(&page).await).await;
    assert!(seen.text().contains("accepted"), "{}", seen.text());
    let rows = app.site.db.tenant(app.north);
    for entry in rows.find::<audit_entry::Entity>().all().await.unwrap() {
        let text = format!("{:?} {:?}", entry.before, entry.after);
        assert!(!text.contains("secret\":") && !text.contains("pass+word"), "{text}");
    }

    let answer = alice.post("/admin/contabo/new", &FORM).await;
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY, "the name is taken");
}

#[tokio::test]
async fn new_credentials_replace_the_old_ones_only_if_they_work() {
    let (app, fake, id) = read(&["web-01"]).await;
    let alice = app.alice().await;
    let page = format!("/admin/contabo/{id}");
    let before = accounts_of(&app).await;
    let answer = alice
        .post(&format!("{page}/credentials"), &with("password", "old one"))
        .await;
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(accounts_of(&app).await, before);
    app.site.clock.advance(chrono::Duration::minutes(1));
    assert_redirect(&alice.post(&format!("{page}/credentials"), &FORM).await, &page);
    let after = accounts_of(&app).await;
    assert_ne!(after[0].password_sealed, before[0].password_sealed);
    assert_eq!(after[0].name, before[0].name, "the name is not part of it");

    assert_redirect(
        &alice.post(&format!("{page}/edit"), &[("name", "Nuremberg")]).await,
        &page,
    );
    assert_eq!(accounts_of(&app).await[0].name, "Nuremberg");
    let answer = alice.post(&format!("{page}/edit"), &[("name", "")]).await;
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);

    // What Contabo says when it can't be read is on the page, and on the dashboard.
    fake.revoke_tokens();
    fake.set_sign_in_reachable(false).await;
    fake.expire_tokens();
    fake.set_reachable(false).await;
    read_again(&app, id).await;
    let seen = Seen::of(alice.get(&page).await).await;
    assert!(seen.text().contains("Contabo can't be read"), "{}", seen.text());
    let seen = Seen::of(alice.get("/admin").await).await;
    assert!(seen.text().contains("Accounts that can't be read"));
}

/// The client secret that is kept of the only account.
async fn secret_of(app: &TestApp) -> String {
    let row = accounts_of(app).await.remove(0);
    let kept = accounts::open(&app.site.keyring, &row).unwrap();
    kept.client_secret.expose_secret().to_owned()
}

/// Whether Contabo takes it.
async fn opens(app: &TestApp, secret: &str) -> bool {
    let with = Credentials {
        client_secret: SecretString::from(secret),
        ..credentials()
    };
    app.site.contabo.with(&with).unwrap().sign_in().await.is_ok()
}

#[tokio::test]
async fn a_new_client_secret_is_sealed_at_once_and_the_old_one_opens_nothing() {
    let (app, _fake, id) = read(&["web-01"]).await;
    let (alice, bob) = (app.alice().await, app.bob().await);
    let (page, path) = (format!("/admin/contabo/{id}"), format!("/admin/contabo/{id}/secret"));
    let seen = Seen::of(alice.get(&page).await).await;
    assert!(seen.attributes("main a.button", "href").contains(&path));
    assert!(
        !Seen::of(bob.get(&page).await)
            .await
            .attributes("a", "href")
            .contains(&path)
    );
    assert_eq!(bob.post(&path, &[]).await.status(), StatusCode::FORBIDDEN);
    let asked = Seen::of(alice.get(&path).await).await;
    assert_eq!(
        (asked.count("main form"), opens(&app, "fake-client-secret").await),
        (1, true)
    );

    app.site.clock.advance(chrono::Duration::minutes(1));
    assert_redirect(&alice.post(&path, &[]).await, &page);
    let secret = secret_of(&app).await;
    assert_ne!(secret, "fake-client-secret");
    assert_eq!(
        (opens(&app, &secret).await, opens(&app, "fake-client-secret").await),
        (true, false)
    );
    assert_eq!(accounts_of(&app).await[0].secret_asked_at, None);
    read_again(&app, id).await;
    let seen = Seen::of(alice.get(&page).await).await.text();
    assert!(
        seen.contains("accepted") && !seen.contains("Contabo can't be read"),
        "{seen}"
    );
    for path in [page.as_str(), "/admin/audit"] {
        let html = alice.get(path).await.text().await.unwrap();
        assert!(!html.contains(&secret), "{path}");
    }
    let rows = app.site.db.tenant(app.north);
    let action = audit_entry::Column::Action.eq("contabo_account.renew_secret");
    assert_eq!(
        rows.find::<audit_entry::Entity>().filter(action).count().await.unwrap(),
        1
    );
}

#[tokio::test]
async fn a_client_secret_whose_answer_was_lost_is_looked_up_or_the_account_says_that_nobody_knows() {
    let (app, fake, id) = read(&["web-01"]).await;
    let alice = app.alice().await;
    let (page, path) = (format!("/admin/contabo/{id}"), format!("/admin/contabo/{id}/secret"));
    let lost = || fake.inject(Rule::at("generateClientSecret", Fault::DropAfter).once());
    let no = |at: &'static str| Rule::at(at, Fault::Refuse(403, "Forbidden".to_owned())).once();
    let later = |minutes| app.site.clock.advance(chrono::Duration::minutes(minutes));

    later(1);
    fake.inject(no("generateClientSecret"));
    let refused = alice.post(&path, &[]).await;
    assert_eq!(refused.status(), StatusCode::CONFLICT);
    assert!(Seen::of(refused).await.text().contains("Forbidden"));
    assert_eq!(secret_of(&app).await, "fake-client-secret", "none was made");

    later(1);
    lost();
    assert_redirect(&alice.post(&path, &[]).await, &page);
    let first = secret_of(&app).await;
    assert!(
        first != "fake-client-secret" && opens(&app, &first).await,
        "Contabo said it afterwards"
    );

    // Neither answer came: the account says so, and does not ask for another.
    later(1);
    lost();
    fake.inject(no("retrieveUserClient"));
    assert_redirect(&alice.post(&path, &[]).await, &page);
    assert!(accounts_of(&app).await[0].secret_asked_at.is_some());
    for path in [&page, &path] {
        let seen = Seen::of(alice.get(path).await).await.text();
        assert!(seen.contains("It is not known which client secret is valid"), "{seen}");
    }
    let soon = alice.post(&path, &[]).await;
    assert_eq!(soon.status(), StatusCode::CONFLICT);
    assert_eq!(fake.requests_to("generateClientSecret").len(), 3);
    later(3);
    assert_redirect(&alice.post(&path, &[]).await, &page);
    let second = secret_of(&app).await;
    assert!(second != first && opens(&app, &second).await);
    assert_eq!(accounts_of(&app).await[0].secret_asked_at, None);

    // Nothing was made, and that is known once it can't be any more.
    later(1);
    fake.inject(Rule::at("generateClientSecret", Fault::DropBefore).once());
    assert_redirect(&alice.post(&path, &[]).await, &page);
    assert!(accounts_of(&app).await[0].secret_asked_at.is_some());
    later(3);
    let same = alice.post(&path, &[]).await;
    assert_eq!(same.status(), StatusCode::CONFLICT);
    assert!(Seen::of(same).await.text().contains("made no new client secret"));
    assert_eq!(
        (secret_of(&app).await, accounts_of(&app).await[0].secret_asked_at),
        (second.clone(), None)
    );

    // Credentials that somebody gives are what holds.
    later(1);
    lost();
    fake.inject(no("retrieveUserClient"));
    alice.post(&path, &[]).await;
    later(1);
    let third = fake.panel().client_secret();
    let form = with("client_secret", &third);
    assert_redirect(&alice.post(&format!("{page}/credentials"), &form).await, &page);
    assert_eq!(
        (secret_of(&app).await, accounts_of(&app).await[0].secret_asked_at),
        (third.clone(), None)
    );
}

#[tokio::test]
async fn viewers_look_and_another_tenant_finds_nothing() {
    let (app, _fake, id) = read(&["web-01"]).await;
    let (bob, charlie) = (app.bob().await, app.charlie().await);
    let page = format!("/admin/contabo/{id}");
    for path in ["/admin/contabo", &page, "/admin/servers", "/admin/servers/changes"] {
        let seen = Seen::of(bob.get(path).await).await;
        assert_eq!(
            seen.count("main form[method=post], main input[type=checkbox]"),
            0,
            "{path}"
        );
    }
    for path in ["read", "enabled", "archive", "edit", "credentials"] {
        let path = format!("{page}/{path}");
        assert_eq!(bob.post(&path, &FORM).await.status(), StatusCode::FORBIDDEN, "{path}");
        assert_eq!(
            charlie.post(&path, &FORM).await.status(),
            StatusCode::NOT_FOUND,
            "{path}"
        );
    }
    assert_eq!(charlie.get(&page).await.status(), StatusCode::NOT_FOUND);
    for path in ["/admin/contabo", "/admin/servers", "/admin/servers/changes"] {
        let html = charlie.get(path).await.text().await.unwrap();
        assert!(!html.contains("web-01") && !html.contains("INT-54321"), "{path}");
    }
}

#[tokio::test]
async fn the_list_is_searched_filtered_and_sorted() {
    let (app, fake, id) = read(&["web-01", "web-02", "db-01"]).await;
    let alice = app.alice().await;
    fake.panel()
        .set_status(fake.panel().find("db-01").unwrap().id, "hibernating")
        .unwrap();
    give(&app, server(&app, "web-01").await, Some(app.acme)).await;
    read_again(&app, id).await;
    let titles = async |query: &str| {
        let seen = Seen::of(alice.get(&format!("/admin/servers{query}")).await).await;
        seen.all("#servers tbody th a")
    };
    assert_eq!(titles("").await, ["db-01", "web-01", "web-02"]);
    assert_eq!(titles("?sort=-name").await, ["web-02", "web-01", "db-01"]);
    assert_eq!(titles("?q=WEB").await, ["web-01", "web-02"]);
    assert_eq!(titles("?state=hibernating").await, ["db-01"]);
    assert_eq!(titles("?client=nobody").await, ["db-01", "web-02"]);
    assert_eq!(titles(&format!("?client={}", app.acme)).await, ["web-01"]);
    assert_eq!(titles("?region=EU").await.len(), 3);
    assert_eq!(titles("?region=ASIA").await.len(), 0);
    assert_eq!(titles(&format!("?account={id}")).await.len(), 3);
    assert_eq!(titles("?account=nonsense&client=nonsense").await.len(), 3);
    let html = alice.get("/admin/servers").await.text().await.unwrap();
    assert!(
        html.contains("hibernating"),
        "a word that nobody knew is shown as it is"
    );
}

/// What a form with these servers ticked posts.
fn ticked(what: &'static str, ids: &[InstanceId]) -> Vec<(&'static str, String)> {
    let mut form = vec![("do", what.to_owned())];
    form.extend(ids.iter().map(|id| ("server", id.to_string())));
    form
}

async fn post(browser: &Browser, form: &[(&'static str, String)]) -> reqwest::Response {
    let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
    browser.post("/admin/servers/bulk", &form).await
}

#[tokio::test]
async fn several_are_restarted_at_once_and_each_says_what_came_of_it() {
    let (app, _fake, _) = read(&["web-01", "web-02", "db-01"]).await;
    let otto = otto(&app).await;
    let [one, two, db] = [
        server(&app, "web-01").await,
        server(&app, "web-02").await,
        server(&app, "db-01").await,
    ];
    let path = format!(
        "/admin/servers/bulk?do=restart&server={one}&server={two}&server={}",
        InstanceId::new()
    );
    let seen = Seen::of(otto.get(&path).await).await;
    assert_eq!(seen.all("tbody th a"), ["web-01", "web-02"]);
    assert_eq!(seen.count("tbody input[checked]"), 2);
    assert!(seen.text().contains("Restart servers"));
    let path = format!("/admin/servers/bulk?do=start&server={one}");
    let seen = Seen::of(otto.get(&path).await).await;
    assert_eq!(seen.count("tbody input[checked]"), 0, "it runs already");

    let (actor, site) = (Actor::system("tests"), &app.site);
    let ask = Ask {
        instance: two,
        client: None,
        asked: Asked::Restart,
        actor: &actor,
    };
    actions::ask(&site.db, &site.keyring, app.north, at_start(), ask)
        .await
        .unwrap();
    let forged = InstanceId::new();
    let answer = post(&otto, &ticked("restart", &[one, two, db, forged])).await;
    let came = location(&answer);
    let seen = Seen::of(otto.get(came).await).await;
    let rows = seen.all("tbody tr");
    assert_eq!(rows.len(), 4);
    assert!(rows[0].contains("web-01") && rows[0].contains("Not ended"), "{rows:?}");
    assert!(rows[1].contains("db-01") && rows[1].contains("Not ended"), "{rows:?}");
    assert!(
        rows[2].contains("web-02") && rows[2].contains("The same is under way already"),
        "{rows:?}"
    );
    assert!(rows[3].contains("It is not there any more"), "{rows:?}");
    assert!(seen.text().contains("0 of 2 have ended"), "{}", seen.text());
    assert_eq!(seen.count("[data-again-after]"), 1, "it goes on without scripts");
    let asked = site.db.tenant(app.north).find::<action::Entity>().all().await.unwrap();
    assert_eq!(asked.len(), 3);
    assert!(
        asked
            .iter()
            .all(|row| row.state == ActionState::Queued && row.kind == "restart")
    );
    assert!(
        asked.iter().all(|row| row.client_id.is_none()),
        "staff asked, for nobody else"
    );

    let seen = Seen::of(otto.get("/admin/servers").await).await;
    assert_eq!(seen.text().matches("restarting…").count(), 3);
    let (ended, failed) = (asked[0].id, asked[2].id);
    for (id, state, error) in [
        (ended, ActionState::Done, None),
        (failed, ActionState::Failed, Some("The host is full.")),
    ] {
        let columns = [
            (action::Column::State, Expr::value(state)),
            (action::Column::Error, Expr::value(error)),
            (action::Column::EndedAt, Expr::value(at_start())),
        ];
        let rows = site.db.tenant(app.north);
        rows.update_where::<action::Entity>(action::Column::Id.eq(id), columns)
            .await
            .unwrap();
    }
    let of = |id: ActionId| URL_SAFE_NO_PAD.encode(id.0);
    let address = format!(
        "/admin/servers/bulk/came?do=restart&asked={}.{}.nonsense&refused=x",
        of(ended),
        of(failed)
    );
    let seen = Seen::of(otto.get(&address).await).await;
    assert!(seen.text().contains("2 of 2 have ended") && seen.text().contains("The host is full."));
    assert_eq!(seen.count("[data-again-after]"), 0);
    // Another tenant's actions are nothing that one could look at.
    let charlie = app.charlie().await;
    assert!(
        !charlie
            .get(&address)
            .await
            .text()
            .await
            .unwrap()
            .contains("The host is full.")
    );
    assert_redirect(&otto.get("/admin/servers/bulk/came").await, "/admin/servers");
    assert_redirect(&post(&otto, &[]).await, "/admin/servers");
    let answer = post(&otto, &ticked("stop", &[])).await;
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY, "nothing was ticked");
}

#[tokio::test]
async fn several_are_given_to_a_client_by_those_who_may() {
    let (app, _fake, id) = read(&["web-01", "web-02"]).await;
    let (alice, otto) = (app.alice().await, otto(&app).await);
    let ids = [server(&app, "web-01").await, server(&app, "web-02").await];
    let give_to = |client: String| {
        let mut form = ticked("assign", &ids);
        form.push(("client", client));
        form
    };
    let answer = post(&otto, &give_to(app.acme.to_string())).await;
    assert_eq!(answer.status(), StatusCode::FORBIDDEN);
    assert_eq!(
        otto.get("/admin/servers/bulk?do=assign").await.status(),
        StatusCode::FORBIDDEN
    );
    let elsewhere = create_client(&app.site.db, app.south, "Elsewhere").await;
    for wrong in [elsewhere.to_string(), String::new(), "x".to_owned()] {
        let answer = post(&alice, &give_to(wrong)).await;
        assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
        let seen = Seen::of(answer).await;
        assert_eq!(seen.count("tbody input[checked]"), 2, "what was ticked is kept");
    }
    let answer = post(&alice, &give_to(app.acme.to_string())).await;
    assert_eq!(Seen::of(answer).await.text().matches("Given").count(), 2);
    let rows = app.site.db.tenant(app.north);
    let given = rows.find::<instance::Entity>().all().await.unwrap();
    assert!(given.iter().all(|row| row.client_id == Some(app.acme)));

    // With clients on it, an account can't be archived.
    let archive = format!("/admin/contabo/{id}/archive");
    let answer = alice.post(&archive, &[]).await;
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(Seen::of(answer).await.text().contains("web-01"));
    let answer = post(&alice, &give_to("nobody".to_owned())).await;
    assert_eq!(Seen::of(answer).await.text().matches("Taken back").count(), 2);
    assert_redirect(&alice.post(&archive, &[]).await, "/admin/contabo");
    let seen = Seen::of(alice.get("/admin/servers").await).await;
    assert!(seen.text().contains("No servers yet"), "{}", seen.text());
    let kept = accounts::open(&app.site.keyring, &accounts_of(&app).await[0]).unwrap();
    assert_eq!(kept.password.expose_secret(), "", "it is forgotten");
    for path in ["", "/edit", "/credentials", "/archive"] {
        let answer = alice.get(&format!("/admin/contabo/{id}{path}")).await;
        assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn what_changed_at_contabo_is_read_field_by_field() {
    let (app, fake, id) = read(&["web-01", "web-02"]).await;
    let alice = app.alice().await;
    let one = fake.panel().find("web-01").unwrap().id;
    fake.panel().rename(one, "shop").unwrap();
    fake.panel().delete(fake.panel().find("web-02").unwrap().id).unwrap();
    app.site.clock.advance(chrono::Duration::minutes(4));
    read_again(&app, id).await;
    let seen = Seen::of(alice.get("/admin/servers/changes").await).await;
    let rows = seen.all("#servers-changes tbody tr");
    assert_eq!(rows.len(), 4, "{rows:?}");
    assert!(rows.iter().any(|row| row.contains("Name: web-01 → shop")), "{rows:?}");
    assert_eq!(seen.all("#servers-unassigned tbody th"), ["shop"]);
    for (kind, count) in [("appeared", 2), ("changed", 1), ("vanished", 1), ("nonsense", 4)] {
        let seen = Seen::of(alice.get(&format!("/admin/servers/changes?kind={kind}")).await).await;
        assert_eq!(seen.count("#servers-changes tbody tr"), count, "{kind}");
    }
    let seen = Seen::of(alice.get(&format!("/admin/contabo/{id}")).await).await;
    assert_eq!(seen.count("#contabo-changes tbody tr"), 4);
    let href = seen.attributes("#contabo-changes a", "href").remove(0);
    assert_eq!(
        Seen::of(alice.get(&href).await)
            .await
            .count("#servers-changes tbody tr"),
        4
    );
}

#[tokio::test]
async fn an_account_is_switched_off_and_read_again_when_asked() {
    let (app, fake, id) = read(&["web-01"]).await;
    let alice = app.alice().await;
    let page = format!("/admin/contabo/{id}");
    assert_redirect(
        &alice.post(&format!("{page}/enabled"), &[("enabled", "no")]).await,
        &page,
    );
    let seen = Seen::of(alice.get(&page).await).await;
    assert!(seen.text().contains("This account is switched off"));
    let answer = alice.post(&format!("{page}/read"), &[]).await;
    assert_eq!(answer.status(), StatusCode::CONFLICT, "{}", location(&answer));
    assert_redirect(
        &alice.post(&format!("{page}/enabled"), &[("enabled", "yes")]).await,
        &page,
    );
    let before = fake.requests_to("retrieveInstancesList").len();
    assert_redirect(&alice.post(&format!("{page}/read"), &[]).await, &page);
    sync::step(&app.site).await.unwrap();
    assert!(fake.requests_to("retrieveInstancesList").len() > before);
}

#[tokio::test]
async fn what_failed_in_the_last_day_is_on_the_dashboard() {
    let app = spawn_app().await;
    let alice = app.alice().await;
    let seen = Seen::of(alice.get("/admin").await).await;
    assert!(!seen.text().contains("Failed in the last day"), "there is no account");
    drop(app);
    let (app, _fake, _) = read(&["web-01"]).await;
    let (alice, id) = (app.alice().await, server(&app, "web-01").await);
    let form = ticked("stop", &[id]);
    assert_eq!(post(&alice, &form).await.status(), StatusCode::SEE_OTHER);
    let failed = [
        (action::Column::State, Expr::value(ActionState::Failed)),
        (action::Column::EndedAt, Expr::value(at_start())),
        (action::Column::Error, Expr::value("Contabo refused: <no>")),
    ];
    let rows = app.site.db.tenant(app.north);
    rows.update_where::<action::Entity>(action::Column::InstanceId.eq(id), failed)
        .await
        .unwrap();
    let seen = Seen::of(alice.get("/admin").await).await;
    assert!(seen.text().contains("Contabo refused: <no>"), "{}", seen.text());
    assert!(seen.text().contains("1 server that no client has"));
    app.site.clock.advance(chrono::Duration::days(2));
    let seen = Seen::of(alice.get("/admin").await).await;
    assert!(!seen.text().contains("Contabo refused"));
}

/// Runs the real binary on the program's database, while the fake answers it.
async fn mainstay(app: &TestApp, fake: &FakeContabo, words: &[&str]) -> (Option<i32>, String, String) {
    let settings = &app.site.settings;
    let mut command = Command::new(env!("CARGO_BIN_EXE_mainstay"));
    command.args(words).arg("--data").arg(&settings.data);
    if words[0] == "contabo" {
        command.args(["--tenant", "north"]);
    }
    command.args(["--database-url", &settings.database_url]).args([
        "--contabo-api",
        &fake.api(),
        "--contabo-sign-in",
        &fake.sign_in(),
    ]);
    let output = tokio::task::spawn_blocking(move || command.output())
        .await
        .unwrap()
        .unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

#[tokio::test]
async fn the_command_line_reads_lists_and_acts() {
    let (app, fake) = beside(&["web-01", "web-02"]).await;
    fake.set_behaviour(|behaviour| behaviour.restart = Duration::from_millis(500));
    account(&app, app.north).await;
    let run = async |words: &[&str]| mainstay(&app, &fake, words).await;
    let (code, out, err) = run(&["contabo", "sync"]).await;
    assert_eq!(code, Some(0), "{err}");
    assert!(out.contains("2 servers; 2 new, 0 changed, 0 gone"), "{out}");
    let (code, out, _) = run(&["contabo", "accounts", "--format", "json"]).await;
    let all: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(
        (code, &all[0]["health"], &all[0]["servers"]),
        (Some(0), &"read".into(), &2.into())
    );
    assert!(!out.contains("fake-client-secret"));
    let (_, out, _) = run(&["contabo", "list", "--search", "web-02", "--format", "json"]).await;
    let all: Value = serde_json::from_str(&out).unwrap();
    assert_eq!((all.as_array().unwrap().len(), &all[0]["title"]), (1, &"web-02".into()));
    let (_, out, _) = run(&["contabo", "list"]).await;
    assert!(out.contains("web-01") && out.contains("running"), "{out}");
    let (code, out, err) = run(&["contabo", "act", "web-01", "restart"]).await;
    assert_eq!(code, Some(0), "{out} {err}");
    assert!(out.contains("web-01: restart done"), "{out}");
    assert_eq!(fake.requests_to("restart").len(), 1);
    let (code, _, err) = run(&["contabo", "act", "nothing", "start"]).await;
    assert_eq!(code, Some(1));
    assert!(err.contains("there is no server nothing"), "{err}");
}

#[tokio::test]
async fn the_doctor_signs_in_to_each_account() {
    let (app, fake) = beside(&[]).await;
    account(&app, app.north).await;
    let (code, out, err) = mainstay(&app, &fake, &["doctor"]).await;
    assert_eq!(code, Some(0), "{out} {err}");
    assert!(out.contains("1 Contabo accounts were signed in to"), "{out}");
    fake.set_sign_in_reachable(false).await;
    let (code, out, _) = mainstay(&app, &fake, &["doctor", "--format", "json"]).await;
    let report: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(
        (code, report["findings"].as_array().unwrap().len()),
        (Some(1), 1),
        "{out}"
    );
    assert!(out.contains("it can't be signed in to"), "{out}");
}
