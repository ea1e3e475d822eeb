//! Sessions: renewed at sign-in, good in one area, ended at once, and not for ever.

use chrono::Duration;
use entity::audit_entry;
use reqwest::{Method, Response, StatusCode};
use sea_orm::ColumnTrait;
use server::{domain::identity::StaffRole, web::area::Area};

use crate::helpers::{NORTH, PASSWORD, SOUTH, assert_redirect, spawn_app, spawn_app_with, system};

#[tokio::test]
async fn a_token_from_before_the_sign_in_is_worth_nothing_after_it() {
    let app = spawn_app().await;
    let planted = app.alice().await.cookies();
    let victim = app.browser(NORTH);
    victim.take_cookie(&planted);
    assert_redirect(&victim.sign_in(Area::Admin, "bob@north.test", PASSWORD).await, "/admin");
    assert_ne!(victim.cookies(), planted);
    let attacker = app.browser(NORTH);
    attacker.take_cookie(&planted);
    assert_eq!(attacker.get("/admin/profile").await.status(), StatusCode::SEE_OTHER);
    assert_eq!(victim.get("/admin/profile").await.status(), StatusCode::OK);
}

#[tokio::test]
async fn the_cookie_of_one_area_or_tenant_opens_no_other() {
    let app = spawn_app().await;
    let alice = app.alice().await;
    for area in [Area::Portal, Area::Operator] {
        let token = alice.cookies().replace("mainstay_admin", area.cookie(false));
        let browser = app.browser(NORTH);
        browser.take_cookie(&token);
        assert_eq!(
            browser.get(&area.profile()).await.status(),
            StatusCode::SEE_OTHER,
            "{area:?}"
        );
    }
    let charlie = app.charlie().await;
    assert_eq!(charlie.get("/admin/profile").await.status(), StatusCode::OK);
    assert_eq!(
        charlie.on(NORTH).get("/admin/profile").await.status(),
        StatusCode::SEE_OTHER
    );
    assert_eq!(
        alice.on(SOUTH).get("/admin/profile").await.status(),
        StatusCode::SEE_OTHER
    );
    assert_eq!(alice.get("/admin/profile").await.status(), StatusCode::OK);
}

#[tokio::test]
async fn signing_out_ends_this_session_alone() {
    let app = spawn_app().await;
    let (here, there) = (app.alice().await, app.alice().await);
    let token = here.cookies();
    assert_redirect(&here.post("/admin/sign-out", &[]).await, "/admin/sign-in");
    assert_eq!(here.cookies(), "");
    here.take_cookie(&token);
    assert_eq!(here.get("/admin/profile").await.status(), StatusCode::SEE_OTHER);
    assert_eq!(there.get("/admin/profile").await.status(), StatusCode::OK);
}

#[tokio::test]
async fn signing_out_everywhere_ends_them_all_in_both_areas() {
    let app = spawn_app().await;
    let by = system();
    let acme = crate::helpers::person("alice@north.test");
    let role = server::domain::identity::ClientRole::Viewer;
    app.identity()
        .create_client_user(app.north, &by, &[app.acme], acme, role)
        .await
        .unwrap();
    let (here, there) = (app.alice().await, app.alice().await);
    let portal = app.signed_in(NORTH, Area::Portal, "alice@north.test").await;
    let bob = app.bob().await;
    assert_redirect(&here.post("/admin/sign-out-everywhere", &[]).await, "/admin/sign-in");
    let rows = app.site.db.tenant(app.north);
    let told = rows
        .find::<audit_entry::Entity>()
        .filter(audit_entry::Column::Action.eq("account.end_sessions"));
    let told: Vec<_> = told.all().await.unwrap();
    assert_eq!(told.len(), 1);
    assert_eq!(
        (told[0].actor_name.as_str(), told[0].subject_name.as_str()),
        ("Alice", "Alice")
    );
    assert_eq!(there.get("/admin/profile").await.status(), StatusCode::SEE_OTHER);
    assert_eq!(portal.get("/portal/profile").await.status(), StatusCode::SEE_OTHER);
    assert_eq!(bob.get("/admin/profile").await.status(), StatusCode::OK);
}

#[tokio::test]
async fn a_session_ends_unused_after_twelve_hours_and_used_after_fourteen_days() {
    let app = spawn_app().await;
    let idle = app.alice().await;
    app.site.clock.advance(Duration::hours(12));
    assert_eq!(idle.get("/admin/profile").await.status(), StatusCode::SEE_OTHER);

    let busy = app.alice().await;
    for _ in 0..33 {
        app.site.clock.advance(Duration::hours(10));
        app.site.identity.forget_visitors();
        assert_eq!(busy.get("/admin/profile").await.status(), StatusCode::OK);
    }
    app.site.clock.advance(Duration::hours(10));
    assert_eq!(busy.get("/admin/profile").await.status(), StatusCode::SEE_OTHER);
    assert_eq!(app.identity().delete_expired_sessions().await.unwrap(), 2);
}

#[tokio::test]
async fn a_change_of_rights_is_felt_at_once() {
    let app = spawn_app().await;
    let bob = app.bob().await;
    let account = app.account("bob@north.test").await;
    assert_eq!(bob.get("/admin/profile").await.status(), StatusCode::OK);
    app.identity()
        .appoint_staff_user(app.north, &system(), account, None)
        .await
        .unwrap();
    assert_eq!(bob.get("/admin/profile").await.status(), StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn the_last_owner_stays_and_admins_make_no_owners() {
    use server::domain::identity::{Appointer, Error};
    let app = spawn_app().await;
    let (alice, bob) = (
        app.account("alice@north.test").await,
        app.account("bob@north.test").await,
    );
    let identity = app.identity();
    let owner = system();
    let demoted = identity
        .appoint_staff_user(app.north, &owner, alice, Some(StaffRole::Admin))
        .await;
    assert!(matches!(demoted, Err(Error::LastOwner)));
    let disabled = identity.set_disabled(app.north, &owner, alice, true).await;
    assert!(matches!(disabled, Err(Error::LastOwner)));
    let admin = Appointer {
        role: StaffRole::Admin,
        ..owner.clone()
    };
    let made = identity
        .appoint_staff_user(app.north, &admin, bob, Some(StaffRole::Owner))
        .await;
    assert!(matches!(made, Err(Error::NotAllowed)));
    let reset = identity
        .reset_password(app.north, &admin, alice, "another password".to_owned())
        .await;
    assert!(matches!(reset, Err(Error::NotAllowed)));
    let elsewhere = identity.appoint_staff_user(app.south, &owner, bob, None).await;
    assert!(matches!(elsewhere, Err(Error::NotFound)));
    identity
        .appoint_staff_user(app.north, &owner, bob, Some(StaffRole::Owner))
        .await
        .unwrap();
    identity
        .appoint_staff_user(app.north, &owner, alice, Some(StaffRole::Admin))
        .await
        .unwrap();
}

#[tokio::test]
async fn over_https_cookies_are_bound_to_host_and_https() {
    let app = spawn_app_with(|settings| settings.public_url = Some("https://north.test".to_owned())).await;
    let answer = app
        .browser(NORTH)
        .sign_in(Area::Admin, "alice@north.test", PASSWORD)
        .await;
    let cookie = answer.headers()["set-cookie"].to_str().unwrap();
    assert!(cookie.starts_with("__Host-mainstay_admin="), "{cookie}");
    for part in ["HttpOnly", "SameSite=Lax", "Secure", "Path=/", "Max-Age=1209600"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    assert!(answer.headers().contains_key("strict-transport-security"));
}

#[tokio::test]
async fn what_was_done_is_told_by_the_page_that_one_is_led_to_and_by_no_page_that_fetches_itself() {
    let app = spawn_app().await;
    let alice = app.alice().await;
    let settings = [
        ("name", "north"),
        ("zone", "UTC"),
        ("poll_seconds", "60"),
        ("currency", "EUR"),
        ("sample_months", "36"),
    ];
    assert_redirect(&alice.post("/admin/settings", &settings).await, "/admin/settings");
    let told = async |mode: &str| {
        let request = alice
            .request(Method::GET, "/admin/settings")
            .header("sec-fetch-mode", mode);
        let answer = request.send().await.unwrap().text().await.unwrap();
        answer.contains("Settings changed.")
    };
    assert!(!told("cors").await, "an open page asks for its parts");
    assert!(told("navigate").await);
    assert!(!told("navigate").await, "once");
}

#[tokio::test]
async fn over_https_every_cookie_and_every_address_that_is_handed_on_is_for_https() {
    let app = spawn_app_with(|settings| settings.public_url = Some("https://portal.test:8443".to_owned())).await;
    let browser = app.browser(NORTH);
    let answer = browser.sign_in(Area::Admin, "alice@north.test", PASSWORD).await;
    let session = cookies(&answer)[0].split(';').next().unwrap().to_owned();
    // Browsers of the tests speak plain http, over which such a cookie is not sent by itself.
    let ask = async |method, path: &str, form: &[(&str, &str)]| {
        let request = browser
            .request(method, path)
            .header("sec-fetch-site", "same-origin")
            .header("cookie", format!("{session}; mainstay_done=done-settings-changed"));
        request.form(form).send().await.unwrap()
    };
    let settings = [
        ("name", "north"),
        ("zone", "UTC"),
        ("poll_seconds", "60"),
        ("currency", "EUR"),
        ("sample_months", "36"),
    ];
    let bob = app.account("bob@north.test").await;
    let mut seen = cookies(&answer);
    for (method, path, form) in [
        (Method::POST, "/admin/settings", &settings[..]),
        (Method::GET, "/admin/settings", &[]),
        (Method::POST, "/theme", &[("theme", "dark")]),
        (Method::POST, "/theme", &[("theme", "auto")]),
    ] {
        let answer = ask(method, path, form).await;
        let set = cookies(&answer);
        assert_eq!(set.len(), 1, "{path}: {set:?}");
        seen.extend(set);
    }
    let page = ask(Method::POST, &format!("/admin/staff/{bob}/reset-password"), &[]).await;
    let page = page.text().await.unwrap();
    assert!(page.contains("https://north.test:8443/admin/sign-in"), "{page}");
    seen.extend(cookies(&ask(Method::POST, "/admin/sign-out", &[]).await));
    assert_eq!(seen.len(), 6, "{seen:?}");
    for cookie in seen {
        for part in ["Secure", "HttpOnly", "SameSite=Lax", "Path=/"] {
            assert!(cookie.contains(part), "{cookie}");
        }
    }
}

/// What the answer sets.
fn cookies(answer: &Response) -> Vec<String> {
    let all = answer.headers().get_all("set-cookie").iter();
    all.map(|cookie| cookie.to_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn a_page_for_nobody_begins_no_session() {
    let app = spawn_app().await;
    let answer = app.browser(NORTH).get("/portal/sign-in").await;
    assert!(answer.headers().get("set-cookie").is_none());
}
