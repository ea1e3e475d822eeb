//! The staff's pages about routers, from adding one to archiving it.

use entity::{audit_entry, router, router::TlsMode};
use reqwest::StatusCode;
use sea_orm::{ColumnTrait, sea_query::Expr};
use secrecy::ExposeSecret;
use server::work::collector::password_place;

use crate::{
    helpers::{TestApp, assert_redirect, location, spawn_app},
    network::{Seen, fake, link, router, run_checks, spawn_app_beside_fakes},
};

async fn only_router(app: &TestApp) -> router::Model {
    let rows = app.site.db.tenant(app.north);
    rows.find::<router::Entity>().one().await.unwrap().unwrap()
}

#[tokio::test]
async fn a_router_is_added_checked_and_made_links_of() {
    let app = spawn_app_beside_fakes().await;
    let (fake, alice) = (fake(&app).await, app.alice().await);
    let port = fake.address().port().to_string();
    let form = [
        ("name", "edge-1"),
        ("site", "Berlin"),
        ("host", "127.0.0.1"),
        ("port", &port),
        ("tls", "off"),
        ("username", "mainstay"),
        ("password", "secret"),
    ];
    let answer = alice.post("/admin/routers/new", &form).await;
    let id = only_router(&app).await.id;
    let page = format!("/admin/routers/{id}");
    assert_redirect(&answer, &page);
    let answer = alice.get(&page).await;
    let seen = Seen::of(answer).await;
    assert_eq!(seen.count("head > noscript"), 1, "a check is under way");
    assert!(seen.text().contains("Router added."));
    assert!(seen.text().contains("This router is reached without encryption"));
    assert_eq!(seen.count("progress"), 1);

    run_checks(&app).await;
    let answer = alice.get(&page).await;
    let seen = Seen::of(answer).await;
    assert_eq!(seen.count("head > noscript"), 0);
    assert!(!seen.text().contains("Router added."), "told once");
    assert_eq!(seen.count("#router-check input[type=checkbox]"), 3);
    assert_eq!(seen.all("#router-check tbody code"), ["ether1", "ether2", "ether3"]);

    let picked = |number: u32| seen_value(&seen, number);
    let path = format!("{page}/links/new?interface={}&interface={}", picked(0), picked(1));
    let form = Seen::of(alice.get(&path).await).await;
    assert_eq!(form.count(".pick-fields"), 2);
    let acme = app.acme.to_string();
    let ids = [form.value("0.id").unwrap(), form.value("1.id").unwrap()];
    let mut fields = vec![("activate", "yes")];
    for (at, id) in [("0", &ids[0]), ("1", &ids[1])] {
        let name: &'static str = if at == "0" { "Acme Berlin" } else { "Acme Hamburg" };
        let (prefix, value) = (at, id.as_str());
        for (field, value) in [
            ("id", value),
            ("name", name),
            ("client", acme.as_str()),
            ("kind", "MPLS"),
            ("faces", "customer"),
            ("down", "1 Gbit/s"),
            ("up", if at == "1" { "fast" } else { "50" }),
        ] {
            fields.push((Box::leak(format!("{prefix}.{field}").into_boxed_str()), value));
        }
    }
    let answer = alice.post(&format!("{page}/links/new"), &fields).await;
    assert_eq!(
        answer.status(),
        StatusCode::UNPROCESSABLE_ENTITY,
        "one is wrong, so none is made"
    );
    let form = Seen::of(answer).await;
    assert_eq!(form.value("0.name").as_deref(), Some("Acme Berlin"));
    assert_eq!(form.value("1.up").as_deref(), Some("fast"));
    assert_eq!(form.count(".field-error"), 1);
    for field in &mut fields {
        if field.1 == "fast" {
            field.1 = "0.5G";
        }
    }
    let answer = alice.post(&format!("{page}/links/new"), &fields).await;
    assert_redirect(&answer, &page);
    let seen = Seen::of(alice.get("/admin/links").await).await;
    assert_eq!(seen.all("#links tbody th"), ["Acme Berlin", "Acme Hamburg"]);
    let seen = Seen::of(alice.get(&page).await).await;
    assert_eq!(
        seen.count("#router-check input[type=checkbox]"),
        1,
        "links are not offered again"
    );
}

fn seen_value(seen: &Seen, number: u32) -> String {
    let id = format!("#interface-{number}");
    assert_eq!(seen.count(&id), 1);
    // Ids of RouterOS begin with an asterisk, which an address may hold as it is.
    format!("*{:X}", number + 1)
}

#[tokio::test]
async fn a_rejected_router_keeps_what_was_typed_but_the_password() {
    let app = spawn_app().await;
    let alice = app.alice().await;
    let form = [
        ("name", "edge-1"),
        ("host", "https://edge-1"),
        ("port", "99999"),
        ("tls", "ca"),
        ("username", "mainstay"),
        ("password", "hunter2 hunter2"),
    ];
    let answer = alice.post("/admin/routers/new", &form).await;
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let html = answer.text().await.unwrap();
    assert!(!html.contains("hunter2"));
    for kept in ["https://edge-1", "99999", "mainstay"] {
        assert!(html.contains(kept), "{kept}");
    }
    for field in ["host", "port", "ca_pem"] {
        assert!(html.contains(&format!("id=\"{field}-error\"")), "{field}");
    }
}

#[tokio::test]
async fn a_name_is_taken_once_in_a_tenant() {
    let app = spawn_app().await;
    let alice = app.alice().await;
    let id = router(&app).await;
    let name = only_router(&app).await.name;
    let form = [
        ("name", name.as_str()),
        ("host", "192.0.2.1"),
        ("tls", "pin"),
        ("username", "a"),
        ("password", "b"),
    ];
    let answer = alice.post("/admin/routers/new", &form).await;
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(Seen::of(answer).await.text().contains("has this name already"));
    let charlie = app.charlie().await;
    let answer = charlie.post("/admin/routers/new", &form).await;
    assert_eq!(
        answer.status(),
        StatusCode::SEE_OTHER,
        "another tenant has names of its own"
    );
    assert_ne!(location(&answer), format!("/admin/routers/{id}"));
}

#[tokio::test]
async fn credentials_are_tried_before_they_are_stored() {
    let app = spawn_app_beside_fakes().await;
    let (fake, alice, id) = (fake(&app).await, app.alice().await, router(&app).await);
    let page = format!("/admin/routers/{id}");
    let port = fake.address().port().to_string();
    let setup = [("name", "edge"), ("host", "127.0.0.1"), ("port", &port), ("tls", "off")];
    assert_redirect(&alice.post(&format!("{page}/edit"), &setup).await, &page);
    let before = only_router(&app).await;
    let path = format!("{page}/credentials");
    let answer = alice
        .post(&path, &[("username", "mainstay"), ("password", "wrong one")])
        .await;
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let seen = Seen::of(answer).await;
    assert!(seen.text().contains("Nothing was changed"), "{}", seen.text());
    assert_eq!(only_router(&app).await, before);
    let answer = alice
        .post(&path, &[("username", "mainstay"), ("password", "secret")])
        .await;
    assert_redirect(&answer, &page);
    let after = only_router(&app).await;
    assert_ne!(after.password_sealed, before.password_sealed);
    let rows = app.site.db.tenant(app.north);
    let entries = rows
        .find::<audit_entry::Entity>()
        .filter(audit_entry::Column::Action.eq("router.credentials"));
    let entry = entries.one().await.unwrap().unwrap();
    assert_eq!(entry.after.unwrap()["password_changed"], true);
}

#[tokio::test]
async fn a_new_certificate_is_trusted_only_if_it_is_the_one_that_was_compared() {
    let app = spawn_app_beside_fakes().await;
    let (fake, alice, id) = (fake(&app).await, app.alice().await, router(&app).await);
    let page = format!("/admin/routers/{id}");
    let port = fake.tls_address().unwrap().port().to_string();
    let setup = [("name", "edge"), ("host", "127.0.0.1"), ("port", &port), ("tls", "pin")];
    assert_redirect(&alice.post(&format!("{page}/edit"), &setup).await, &page);
    let path = format!("{page}/trust");
    let seen = Seen::of(alice.get(&path).await).await;
    let compared = seen.value("sha256").unwrap();
    assert_eq!(fake.logins(), 0, "nobody signs in to what is not trusted");
    fake.renew_certificate().unwrap();
    let answer = alice.post(&path, &[("sha256", &compared)]).await;
    assert_eq!(answer.status(), StatusCode::OK);
    let seen = Seen::of(answer).await;
    assert!(seen.text().contains("yet another certificate"));
    assert_eq!(only_router(&app).await.pin_sha256, None);
    let shown = seen.value("sha256").unwrap();
    assert_redirect(&alice.post(&path, &[("sha256", &shown)]).await, &page);
    let pinned = only_router(&app).await.pin_sha256.unwrap();
    assert_eq!(Some(pinned), fake.certificate_sha256().map(|pin| pin.to_vec()));
    let seen = Seen::of(alice.get(&path).await).await;
    assert!(seen.text().contains("trusted already"));
}

#[tokio::test]
async fn a_router_with_links_is_not_archived_and_one_without_leaves_the_list() {
    let app = spawn_app().await;
    let alice = app.alice().await;
    let link = link(&app).await;
    let id = only_router(&app).await.id;
    let path = format!("/admin/routers/{id}/archive");
    let answer = alice.post(&path, &[]).await;
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let seen = Seen::of(answer).await;
    assert!(seen.text().contains("A link hangs on this router"), "{}", seen.text());
    let answer = alice.post(&format!("/admin/links/{link}/archive"), &[]).await;
    assert_redirect(&answer, "/admin/links");
    assert_redirect(&alice.post(&path, &[]).await, "/admin/routers");
    let row = only_router(&app).await;
    assert!(row.password_sealed.is_empty() && !row.enabled);
    let seen = Seen::of(alice.get("/admin/routers").await).await;
    assert!(seen.text().contains("No routers yet"));
    let answer = alice.get(&format!("/admin/routers/{id}")).await;
    assert_eq!(answer.status(), StatusCode::OK, "what it proved can still be read");
    let answer = alice.get(&format!("/admin/routers/{id}/edit")).await;
    assert_eq!(answer.status(), StatusCode::NOT_FOUND, "but nothing of it is changed");
}

#[tokio::test]
async fn polling_is_switched_off_and_on() {
    let app = spawn_app().await;
    let (alice, id) = (app.alice().await, router(&app).await);
    let page = format!("/admin/routers/{id}");
    let path = format!("{page}/polling");
    assert_redirect(&alice.post(&path, &[("polling", "off")]).await, &page);
    assert!(!only_router(&app).await.enabled);
    let seen = Seen::of(alice.get(&page).await).await;
    assert!(seen.text().contains("Polling off"));
    assert_redirect(&alice.post(&path, &[("polling", "on")]).await, &page);
    assert!(only_router(&app).await.enabled);
}

#[tokio::test]
async fn a_password_does_not_follow_a_router_to_where_no_pin_vouches_for_it() {
    let app = spawn_app().await;
    let (alice, id) = (app.alice().await, router(&app).await);
    let path = format!("/admin/routers/{id}/edit");
    let (place, before) = (password_place(app.north, id), only_router(&app).await);
    let password = |row: &router::Model| {
        let opened = app.site.keyring.open_sealed(place, &row.password_sealed).unwrap();
        opened.expose_secret().to_owned()
    };
    let name_only = [("name", "edge"), ("host", before.host.as_str()), ("tls", "pin")];
    assert_eq!(alice.post(&path, &name_only).await.status(), StatusCode::SEE_OTHER);
    assert_eq!(password(&only_router(&app).await), "secret");
    let elsewhere = [("name", "edge"), ("host", "192.0.2.66"), ("tls", "off")];
    let answer = alice.post(&path, &elsewhere).await;
    let seen = Seen::of(alice.get(location(&answer)).await).await;
    assert!(seen.text().contains("its password was forgotten"));
    assert_eq!(password(&only_router(&app).await), "");
}

#[tokio::test]
async fn a_pin_is_kept_in_a_mode_that_does_not_ask_for_it() {
    let app = spawn_app().await;
    let (alice, id) = (app.alice().await, router(&app).await);
    let rows = app.site.db.tenant(app.north);
    let pinned = [(router::Column::PinSha256, Expr::value(Some(vec![7_u8; 32])))];
    rows.update_where::<router::Entity>(router::Column::Id.eq(id), pinned)
        .await
        .unwrap();
    let path = format!("/admin/routers/{id}/edit");
    for tls in ["off", "pin"] {
        let form = [("name", "edge"), ("host", "192.0.2.1"), ("tls", tls)];
        assert_eq!(alice.post(&path, &form).await.status(), StatusCode::SEE_OTHER);
    }
    let row = only_router(&app).await;
    assert_eq!((row.tls, row.pin_sha256), (TlsMode::Pin, Some(vec![7; 32])));
}

#[tokio::test]
async fn viewers_see_no_buttons_and_ids_that_are_none_are_not_found() {
    let app = spawn_app().await;
    let (bob, id) = (app.bob().await, router(&app).await);
    let seen = Seen::of(bob.get(&format!("/admin/routers/{id}")).await).await;
    assert_eq!(seen.count("main form, main .button"), 0);
    let answer = bob.get(&format!("/admin/routers/{id}/edit")).await;
    assert_eq!(answer.status(), StatusCode::FORBIDDEN);
    for path in [
        "/admin/routers/7",
        "/admin/routers/00000000-0000-0000-0000-000000000000",
    ] {
        assert_eq!(bob.get(path).await.status(), StatusCode::NOT_FOUND, "{path}");
    }
}
