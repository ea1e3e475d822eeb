//! Changing one's password, by choice or because somebody else set it.

use reqwest::StatusCode;
use server::web::area::Area;

use crate::helpers::{NORTH, PASSWORD, assert_redirect, location, spawn_app, system};

const NEW: &str = "an even better password";

#[tokio::test]
async fn a_password_that_somebody_else_set_must_be_changed_first() {
    let app = spawn_app().await;
    let dana = app.account("dana@acme.test").await;
    let given = "handed over on paper";
    app.identity()
        .reset_password(app.north, &system(), dana, given.to_owned())
        .await
        .unwrap();
    let browser = app.browser(NORTH);
    assert_redirect(&browser.sign_in(Area::Portal, "dana@acme.test", given).await, "/portal");
    assert_redirect(&browser.get("/portal/profile").await, "/portal/password");
    assert_eq!(browser.get("/portal/password").await.status(), StatusCode::OK);
    let form = [("current", given), ("password", NEW), ("again", NEW)];
    assert_redirect(&browser.post("/portal/password", &form).await, "/portal");
    assert_eq!(browser.get("/portal/profile").await.status(), StatusCode::OK);
}

#[tokio::test]
async fn changing_it_ends_the_other_sessions_and_renews_this_one() {
    let app = spawn_app().await;
    let (here, there) = (app.alice().await, app.alice().await);
    let token = here.cookies();
    let form = [("current", PASSWORD), ("password", NEW), ("again", NEW)];
    assert_redirect(&here.post("/admin/password", &form).await, "/admin");
    assert_ne!(here.cookies(), token);
    assert_eq!(here.get("/admin/profile").await.status(), StatusCode::OK);
    assert_eq!(there.get("/admin/profile").await.status(), StatusCode::SEE_OTHER);
    let again = app
        .browser(NORTH)
        .sign_in(Area::Admin, "alice@north.test", PASSWORD)
        .await;
    assert_eq!(again.status(), StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn of_two_changes_at_once_one_counts_and_the_other_is_told() {
    let app = spawn_app().await;
    for (area, mail) in [
        (Area::Portal, "dana@acme.test"),
        (Area::Admin, "alice@north.test"),
        (Area::Operator, "olga@mainstay.test"),
    ] {
        let (here, there) = (
            app.signed_in(NORTH, area, mail).await,
            app.signed_in(NORTH, area, mail).await,
        );
        let path = area.password();
        let form = |new: &'static str| [("current", PASSWORD), ("password", new), ("again", new)];
        let (mine, theirs) = (form(NEW), form("the one of somebody else"));
        let (one, other) = tokio::join!(here.post(&path, &mine), there.post(&path, &theirs));
        let changed = [one, other]
            .iter()
            .filter(|answer| location(answer) == area.home())
            .count();
        assert_eq!(changed, 1, "{area:?}");
    }
}

#[tokio::test]
async fn what_is_wrong_is_said_and_no_password_comes_back() {
    let app = spawn_app().await;
    let alice = app.alice().await;
    for (current, password, again) in [
        ("not this one at all", NEW, NEW),
        (PASSWORD, NEW, "something else"),
        (PASSWORD, "short", "short"),
        (PASSWORD, "alice@north.test", "alice@north.test"),
        (PASSWORD, PASSWORD, PASSWORD),
    ] {
        let form = [("current", current), ("password", password), ("again", again)];
        let answer = alice.post("/admin/password", &form).await;
        assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
        let page = answer.text().await.unwrap();
        assert!(page.contains("aria-invalid=\"true\""), "{password}");
        assert!(!page.contains(&format!("value=\"{password}\"")));
    }
}

#[tokio::test]
async fn operators_change_theirs_too() {
    let app = spawn_app().await;
    let olga = app.olga().await;
    let form = [("current", PASSWORD), ("password", NEW), ("again", NEW)];
    assert_redirect(&olga.post("/operator/password", &form).await, "/operator");
    assert_eq!(olga.get("/operator/profile").await.status(), StatusCode::OK);
}
