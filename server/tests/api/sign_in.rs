//! Signing in to each area, the limits, and what must not be told apart.

use chrono::Duration;
use reqwest::StatusCode;
use server::web::area::Area;

use crate::helpers::{NORTH, PASSWORD, SOUTH, assert_redirect, location, spawn_app, system};

#[tokio::test]
async fn each_area_lets_its_own_people_in() {
    let app = spawn_app().await;
    for (area, mail) in [
        (Area::Portal, "dana@acme.test"),
        (Area::Admin, "alice@north.test"),
        (Area::Operator, "olga@mainstay.test"),
    ] {
        let browser = app.browser(NORTH);
        let page = browser.get(&area.sign_in()).await;
        assert_eq!(page.status(), StatusCode::OK);
        assert_redirect(&browser.sign_in(area, mail, PASSWORD).await, &area.home());
        assert_eq!(browser.get(&area.profile()).await.status(), StatusCode::OK, "{area:?}");
    }
}

#[tokio::test]
async fn the_mail_address_may_be_typed_in_capitals() {
    let app = spawn_app().await;
    let answer = app
        .browser(NORTH)
        .sign_in(Area::Admin, " Alice@North.TEST ", PASSWORD)
        .await;
    assert_redirect(&answer, "/admin");
}

#[tokio::test]
async fn whoever_has_no_rights_in_an_area_is_unknown_there() {
    let app = spawn_app().await;
    let people = [
        "dana@acme.test",
        "alice@north.test",
        "olga@mainstay.test",
        "charlie@south.test",
    ];
    let at_home = [Area::Portal, Area::Admin, Area::Operator];
    for (i, mail) in people.into_iter().enumerate() {
        for area in Area::ALL {
            if at_home.get(i) == Some(&area) {
                continue;
            }
            let answer = app.browser(NORTH).sign_in(area, mail, PASSWORD).await;
            assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY, "{mail} in {area:?}");
        }
    }
}

#[tokio::test]
async fn unknown_disabled_and_mistyped_get_the_same_answer() {
    let app = spawn_app().await;
    let bob = app.account("bob@north.test").await;
    app.identity()
        .set_disabled(app.north, &system(), bob, true)
        .await
        .unwrap();
    let mut pages = Vec::new();
    for (mail, password) in [
        ("nobody@north.test", PASSWORD),
        ("bob@north.test", PASSWORD),
        ("alice@north.test", "not her password"),
    ] {
        let answer = app.browser(NORTH).sign_in(Area::Admin, mail, password).await;
        assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.headers().get("set-cookie").is_none());
        let page = answer.text().await.unwrap();
        assert!(
            page.contains(mail) && !page.contains(password),
            "what was typed stays, but for the password"
        );
        pages.push(page.replace(mail, "MAIL"));
    }
    assert_eq!(pages[0], pages[1]);
    assert_eq!(pages[0], pages[2]);
}

#[tokio::test]
async fn after_five_failures_even_the_right_password_waits_whether_the_account_exists_or_not() {
    let app = spawn_app().await;
    let browser = app.browser(NORTH);
    for mail in ["alice@north.test", "nobody@north.test"] {
        for _ in 0..5 {
            let answer = browser.sign_in(Area::Admin, mail, "wrong").await;
            assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
        }
        let answer = browser.sign_in(Area::Admin, mail, PASSWORD).await;
        assert_eq!(answer.status(), StatusCode::TOO_MANY_REQUESTS, "{mail}");
    }
    app.site.clock.advance(Duration::minutes(2));
    assert_redirect(
        &browser.sign_in(Area::Admin, "alice@north.test", PASSWORD).await,
        "/admin",
    );
}

#[tokio::test]
async fn an_address_that_tries_one_account_after_another_must_wait() {
    let app = spawn_app().await;
    let browser = app.browser(NORTH);
    for i in 0..30 {
        browser
            .sign_in(Area::Admin, &format!("nobody{i}@north.test"), "wrong")
            .await;
    }
    let answer = browser.sign_in(Area::Admin, "alice@north.test", PASSWORD).await;
    assert_eq!(answer.status(), StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test]
async fn whoever_signs_in_rightly_does_not_block_their_address() {
    let app = spawn_app().await;
    let browser = app.browser(NORTH);
    for i in 0..29 {
        browser
            .sign_in(Area::Admin, &format!("nobody{i}@north.test"), "wrong")
            .await;
    }
    for _ in 0..3 {
        let answer = app
            .browser(NORTH)
            .sign_in(Area::Admin, "alice@north.test", PASSWORD)
            .await;
        assert_redirect(&answer, "/admin");
    }
}

#[tokio::test]
async fn one_comes_back_to_the_page_that_was_asked_for() {
    let app = spawn_app().await;
    let browser = app.browser(NORTH);
    let answer = browser.get("/admin/profile?x=1").await;
    assert_redirect(&answer, "/admin/sign-in?next=%2Fadmin%2Fprofile%3Fx%3D1");
    let form = [
        ("mail", "alice@north.test"),
        ("password", PASSWORD),
        ("next", "/admin/profile?x=1"),
    ];
    assert_redirect(&browser.post(location(&answer), &form).await, "/admin/profile?x=1");
    assert_redirect(&browser.get("/admin/sign-in").await, "/admin");
}

#[tokio::test]
async fn nobody_is_led_to_another_site() {
    let app = spawn_app().await;
    let form = [
        ("mail", "alice@north.test"),
        ("password", PASSWORD),
        ("next", "//evil.test/admin"),
    ];
    assert_redirect(&app.browser(NORTH).post("/admin/sign-in", &form).await, "/admin");
}

#[tokio::test]
async fn a_host_that_is_nobodys_has_no_pages_but_the_operators() {
    let app = spawn_app().await;
    let browser = app.browser("elsewhere.test");
    assert_eq!(browser.get("/admin/sign-in").await.status(), StatusCode::NOT_FOUND);
    assert_eq!(browser.get("/admin/profile").await.status(), StatusCode::NOT_FOUND);
    assert_eq!(browser.get("/operator/sign-in").await.status(), StatusCode::OK);
}

#[tokio::test]
async fn the_same_account_name_at_two_providers_is_two_accounts() {
    let app = spawn_app().await;
    let answer = app
        .browser(SOUTH)
        .sign_in(Area::Admin, "alice@north.test", PASSWORD)
        .await;
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn what_no_keyboard_types_is_nobodys_mail_address_and_no_fault_of_ours() {
    let app = spawn_app().await;
    for area in Area::ALL {
        for mail in ["alice\0@north.test", "\u{1b}[2J", "alice@north.test\u{7f}"] {
            let answer = app.browser(NORTH).sign_in(area, mail, PASSWORD).await;
            assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY, "{mail:?}");
            assert!(answer.text().await.unwrap().contains("is not right"), "{mail:?}");
        }
    }
}
