//! The staff's pages of customers, promises and the provider itself. Who may ask for them at all is walked elsewhere.

use entity::{ClientId, client};
use reqwest::StatusCode;
use scraper::{Html, Selector};
use sea_orm::ColumnTrait;
use server::web::area::Area;

use crate::{
    helpers::{Browser, NORTH, assert_redirect, location, spawn_app},
    network::Seen,
};

/// What the first element that matches says.
fn text_of(page: &str, css: &str) -> String {
    let document = Html::parse_document(page);
    let found = document.select(&Selector::parse(css).unwrap()).next();
    found.map(|element| element.text().collect()).unwrap_or_default()
}

/// The value of the first field that matches.
fn value_of(page: &str, css: &str) -> String {
    let document = Html::parse_document(page);
    let found = document.select(&Selector::parse(css).unwrap()).next();
    found
        .and_then(|element| element.attr("value"))
        .unwrap_or_default()
        .to_owned()
}

/// That the form came back with what is wrong by this field.
async fn rejected(browser: &Browser, path: &str, form: &[(&str, &str)], field: &str) -> (String, String) {
    let answer = browser.post(path, form).await;
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY, "{path}");
    let page = answer.text().await.unwrap();
    let complaint = text_of(&page, &format!("#{field}-error"));
    assert!(!complaint.is_empty(), "nothing is said by {field}");
    (complaint, page)
}

#[tokio::test]
async fn a_client_is_added_changed_archived_and_told_so_once() {
    let app = spawn_app().await;
    let alice = app.alice().await;
    let form = [("name", "Umbrella"), ("reference", "K-7"), ("notes", "first")];
    let answer = alice.post("/admin/clients/new", &form).await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    let path = location(&answer).to_owned();
    let page = alice.get(&path).await.text().await.unwrap();
    assert!(page.contains("Client added.") && page.contains("K-7"));
    assert!(!alice.get(&path).await.text().await.unwrap().contains("Client added."));
    assert!(
        alice
            .get("/admin/clients?q=k-7")
            .await
            .text()
            .await
            .unwrap()
            .contains("Umbrella")
    );
    assert_redirect(
        &alice.post(&format!("{path}/edit"), &[("name", "Umbrella AG")]).await,
        &path,
    );
    assert!(
        alice
            .get(&format!("{path}/archive"))
            .await
            .text()
            .await
            .unwrap()
            .contains("Umbrella AG")
    );
    assert_redirect(&alice.post(&format!("{path}/archive"), &[]).await, &path);
    assert!(
        !alice
            .get("/admin/clients")
            .await
            .text()
            .await
            .unwrap()
            .contains("Umbrella")
    );
    assert!(
        alice
            .get("/admin/clients?state=archived")
            .await
            .text()
            .await
            .unwrap()
            .contains("Umbrella AG")
    );
    let log = alice
        .get("/admin/audit?kind=client&q=umbrella")
        .await
        .text()
        .await
        .unwrap();
    assert!(log.contains("archive") && log.contains("first"));
}

#[tokio::test]
async fn a_rejected_client_keeps_what_was_typed() {
    let app = spawn_app().await;
    let alice = app.alice().await;
    let form = [("name", "Acme"), ("reference", "K-8")];
    let (complaint, page) = rejected(&alice, "/admin/clients/new", &form, "name").await;
    assert!(complaint.contains("has this name already"));
    assert_eq!(value_of(&page, "#reference"), "K-8");
}

#[tokio::test]
async fn archiving_a_client_shuts_its_users_out_and_bringing_it_back_lets_them_in() {
    let app = spawn_app().await;
    let (alice, dana) = (app.alice().await, app.dana().await);
    let path = format!("/admin/clients/{}", app.acme);
    alice.post(&format!("{path}/archive"), &[]).await;
    assert!(location(&dana.get("/portal").await).starts_with("/portal/sign-in"));
    alice.post(&format!("{path}/restore"), &[]).await;
    app.dana().await;
}

#[tokio::test]
async fn what_is_not_there_is_not_found() {
    let app = spawn_app().await;
    let (alice, charlie) = (app.alice().await, app.charlie().await);
    let path = format!("/admin/clients/{}", app.acme);
    assert_eq!(charlie.get(&path).await.status(), StatusCode::NOT_FOUND);
    assert_eq!(
        charlie.post(&format!("{path}/archive"), &[]).await.status(),
        StatusCode::NOT_FOUND
    );
    for path in [
        "/admin/clients/x",
        "/admin/staff/x",
        "/admin/sla-profiles/x",
        "/admin/maintenance/x",
    ] {
        assert_eq!(alice.get(path).await.status(), StatusCode::NOT_FOUND, "{path}");
    }
    let bob = app.bob().await;
    assert_eq!(bob.get(&format!("{path}/edit")).await.status(), StatusCode::FORBIDDEN);
    let page = bob.get(&path).await.text().await.unwrap();
    assert!(!page.contains("/edit\"") && !page.contains("/archive\""));
}

#[tokio::test]
async fn a_new_client_user_gets_a_password_once_and_must_change_it() {
    let app = spawn_app().await;
    let alice = app.alice().await;
    let rows = app.site.db.tenant(app.north);
    let globex = rows.find::<client::Entity>().filter(client::Column::Name.eq("Globex"));
    let globex: ClientId = globex.one().await.unwrap().unwrap().id;
    let (acme, globex) = (app.acme.to_string(), globex.to_string());
    let form = [
        ("mail", "New@acme.test"),
        ("name", "Nora"),
        ("role", "viewer"),
        ("client", &acme),
        ("client", &globex),
    ];
    let answer = alice.post("/admin/client-users/new", &form).await;
    assert_eq!(answer.status(), StatusCode::OK);
    assert_eq!(answer.headers()["cache-control"], "no-store");
    let password = value_of(&answer.text().await.unwrap(), "#first-password");
    let nora = app.browser(NORTH);
    assert_redirect(&nora.sign_in(Area::Portal, "new@acme.test", &password).await, "/portal");
    assert_redirect(&nora.get("/portal").await, "/portal/password");
    let account = app.account("new@acme.test").await;
    let page = alice
        .get(&format!("/admin/client-users/{account}"))
        .await
        .text()
        .await
        .unwrap();
    assert!(page.contains("Acme") && page.contains("Globex"));
    let known = alice
        .post(
            "/admin/client-users/new",
            &[
                ("mail", "alice@north.test"),
                ("name", "A"),
                ("role", "owner"),
                ("client", &acme),
            ],
        )
        .await;
    assert_eq!(known.status(), StatusCode::SEE_OTHER, "the same person has one account");
    let (complaint, _) = rejected(
        &alice,
        "/admin/client-users/new",
        &[
            ("mail", "new@acme.test"),
            ("name", "N"),
            ("role", "viewer"),
            ("client", &acme),
        ],
        "mail",
    )
    .await;
    assert!(complaint.contains("already"));
    rejected(
        &alice,
        "/admin/client-users/new",
        &[("mail", "x@acme.test"), ("name", "N"), ("role", "viewer")],
        "client",
    )
    .await;
}

#[tokio::test]
async fn a_reset_or_disabled_user_is_signed_out() {
    let app = spawn_app().await;
    let (alice, dana) = (app.alice().await, app.dana().await);
    let path = format!("/admin/client-users/{}", app.account("dana@acme.test").await);
    assert_redirect(&alice.post(&format!("{path}/end-sessions"), &[]).await, &path);
    assert!(location(&dana.get("/portal").await).starts_with("/portal/sign-in"));
    assert_redirect(&alice.post(&format!("{path}/disable"), &[]).await, &path);
    assert_ne!(
        dana.sign_in(Area::Portal, "dana@acme.test", crate::helpers::PASSWORD)
            .await
            .status(),
        StatusCode::SEE_OTHER
    );
    assert_redirect(&alice.post(&format!("{path}/enable"), &[]).await, &path);
    let answer = alice.post(&format!("{path}/reset-password"), &[]).await;
    let password = value_of(&answer.text().await.unwrap(), "#first-password");
    assert_redirect(
        &dana.sign_in(Area::Portal, "dana@acme.test", &password).await,
        "/portal",
    );
}

#[tokio::test]
async fn the_last_place_of_a_client_user_stays() {
    let app = spawn_app().await;
    let alice = app.alice().await;
    let path = format!(
        "/admin/client-users/{}/memberships",
        app.account("dora@acme.test").await
    );
    let acme = app.acme.to_string();
    let answer = alice
        .post(
            &path,
            &[("client", acme.as_str()), ("role", "viewer"), ("do", "remove")],
        )
        .await;
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let change = [("client", acme.as_str()), ("role", "owner"), ("do", "change")];
    assert_eq!(alice.post(&path, &change).await.status(), StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn only_owners_make_owners_and_the_last_one_stays() {
    let app = spawn_app().await;
    let adam = app.signed_in(NORTH, Area::Admin, "adam@north.test").await;
    let form = [("mail", "o@north.test"), ("name", "O"), ("role", "owner")];
    rejected(&adam, "/admin/staff/new", &form, "role").await;
    let path = format!("/admin/staff/{}", app.account("alice@north.test").await);
    let alice = app.alice().await;
    let (complaint, _) = rejected(&alice, &path, &[("role", "viewer")], "role").await;
    assert!(complaint.contains("owner"));
    assert_eq!(
        adam.post(&format!("{path}/reset-password"), &[]).await.status(),
        StatusCode::FORBIDDEN
    );
    let bob = format!("/admin/staff/{}", app.account("bob@north.test").await);
    assert_redirect(&adam.post(&bob, &[("role", "operator")]).await, &bob);
}

#[tokio::test]
async fn a_changed_promise_is_a_new_version_beside_the_old_one() {
    let app = spawn_app().await;
    let alice = app.alice().await;
    let mut form = vec![
        ("name", "Gold"),
        ("uptime", "99.999999"),
        ("hours", "week"),
        ("day-1", "8-12, 13-17:30"),
        ("unreachable", "unknown"),
        ("disabled", "down"),
        ("measured", "edges"),
        ("percentile", "sum"),
        ("below-1", "99.5"),
        ("credit-1", "10"),
    ];
    let answer = alice.post("/admin/sla-profiles/new", &form).await;
    let path = location(&answer).to_owned();
    let edit = format!("{path}/edit");
    let page = alice.get(&edit).await.text().await.unwrap();
    assert_eq!(value_of(&page, "#uptime"), "99.999999");
    assert_eq!(value_of(&page, "#day-1"), "08:00–12:00, 13:00–17:30");
    assert_eq!(
        (value_of(&page, "#below-1"), value_of(&page, "#credit-1")),
        ("99.5".to_owned(), "10".to_owned())
    );
    let chosen = Html::parse_document(&page);
    for choice in ["[name='measured'][value='edges']", "[name='percentile'][value='sum']"] {
        let choice = Selector::parse(&format!("{choice}[checked]")).unwrap();
        assert!(chosen.select(&choice).next().is_some(), "{choice:?}");
    }
    form[1].1 = "99.5";
    form[9].1 = "25";
    form.extend([("below-2", "99"), ("credit-2", "50"), ("version", "1")]);
    assert_redirect(&alice.post(&edit, &form).await, &path);
    let page = alice.get(&path).await.text().await.unwrap();
    assert!(page.contains("99.999999") && page.contains("99.5") && page.contains("Version 2"));
    assert!(page.contains("less than 99.5 %: 10 % of the fee") && page.contains("less than 99.5 %: 25 % of the fee"));
    let log = Seen::of(alice.get("/admin/audit?kind=sla+profile").await).await;
    let changed = log.all(".log-changes dd");
    for said in ["99.5: 10 → 99.5: 25; 99: 50", "Seconds", "Both together"] {
        assert!(changed.iter().any(|value| value == said), "{said}: {changed:?}");
    }
    let again = alice.post(&edit, &form).await;
    assert_eq!(
        again.status(),
        StatusCode::UNPROCESSABLE_ENTITY,
        "somebody else was faster"
    );
    form[3].1 = "18-8";
    rejected(&alice, "/admin/sla-profiles/new", &form, "day-1").await;
}

#[tokio::test]
async fn maintenance_is_planned_on_the_tenants_clock_and_a_missing_hour_is_explained() {
    let app = spawn_app().await;
    let alice = app.alice().await;
    let form = |starts, ends| {
        [
            ("title", "Fibre work"),
            ("starts", starts),
            ("ends", ends),
            ("covers", "all"),
        ]
    };
    let answer = alice
        .post("/admin/maintenance/new", &form("2026-05-05T01:00", "2026-05-05T05:00"))
        .await;
    let path = location(&answer).to_owned();
    assert!(
        alice
            .get(&path)
            .await
            .text()
            .await
            .unwrap()
            .contains("2026-05-04T23:00:00Z")
    );
    let gap = form("2027-03-28T02:30", "2027-03-28T05:00");
    let (complaint, page) = rejected(&alice, "/admin/maintenance/new", &gap, "starts").await;
    assert!(complaint.contains("03:00"), "{complaint}");
    assert_eq!(value_of(&page, "#starts"), "2027-03-28T02:30");
    let twice = form("2026-10-25T01:00", "2026-10-25T02:30");
    let (complaint, _) = rejected(&alice, "/admin/maintenance/new", &twice, "ends").await;
    assert!(complaint.contains("CEST") && complaint.contains("CET"), "{complaint}");
    assert_eq!(
        alice.post(&format!("{path}/end"), &[]).await.status(),
        StatusCode::CONFLICT
    );
    assert_redirect(&alice.post(&format!("{path}/cancel"), &[]).await, &path);
    assert!(alice.get(&path).await.text().await.unwrap().contains("Cancelled"));
    let listed = async |path| Seen::of(alice.get(path).await).await.all("tbody th a");
    assert_eq!(listed("/admin/maintenance").await, [""; 0]);
    assert_eq!(listed("/admin/maintenance?state=cancelled").await, ["Fibre work"]);
    assert_eq!(listed("/admin/maintenance?state=cancelled&q=power").await, [""; 0]);
}

#[tokio::test]
async fn what_makes_no_sense_in_a_lists_address_is_left_out() {
    let app = spawn_app().await;
    let (alice, dana) = (app.alice().await, app.dana().await);
    for value in ["%00", "a%00b", "%1b[2J", "%ff"] {
        for field in [
            "q", "who", "kind", "from", "until", "client", "router", "state", "sort", "page", "role",
        ] {
            for list in [
                "routers",
                "links",
                "clients",
                "client-users",
                "staff",
                "sla-profiles",
                "maintenance",
                "audit",
            ] {
                let path = format!("/admin/{list}?{field}={value}");
                assert_eq!(alice.get(&path).await.status(), StatusCode::OK, "{path}");
            }
            let path = format!("/portal/links?{field}={value}");
            assert_eq!(dana.get(&path).await.status(), StatusCode::OK, "{path}");
        }
    }
    let found = async |query: &str| {
        let page = alice.get(&format!("/admin/audit?{query}")).await;
        assert_eq!(page.status(), StatusCode::OK, "{query}");
        page.text().await.unwrap().contains("Olaf")
    };
    let form = [("name", "Olaf & Sons"), ("reference", ""), ("notes", "")];
    assert_eq!(
        alice.post("/admin/clients/new", &form).await.status(),
        StatusCode::SEE_OTHER
    );
    assert!(found("q=ol%00af").await);
    for year in ["0001", "1969", "9999", "-262143", "%2b262142"] {
        assert!(found(&format!("until={year}-12-31")).await, "{year}");
    }
    assert!(found("from=-262143-01-01").await && !found("from=9999-12-31").await && !found("until=1970-01-01").await);
}

#[tokio::test]
async fn whoever_may_not_is_told_so_among_the_pages_that_they_may_see() {
    let app = spawn_app().await;
    let bob = app.bob().await;
    let answer = bob.get("/admin/clients/new").await;
    assert_eq!(answer.status(), StatusCode::FORBIDDEN);
    let page = Seen::of(answer).await;
    assert_eq!(page.count("nav a[href='/admin/clients']"), 1);
    let nobody = app.browser(NORTH);
    let lost = Seen::of(nobody.get("/admin/nowhere").await).await;
    assert_eq!(lost.attributes("main a.button", "href"), ["/admin"]);
}
