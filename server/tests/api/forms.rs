//! How much may be sent at once.

use reqwest::StatusCode;
use uuid::Uuid;

use crate::helpers::{NORTH, spawn_app};

#[tokio::test]
async fn a_form_that_is_too_large_is_answered_in_words_of_its_own() {
    let app = spawn_app().await;
    let sign_in = |length| {
        [
            ("mail", "alice@north.test".to_owned()),
            ("password", "x".repeat(length)),
        ]
    };
    let plan = |length| [("title", "Fibre work".to_owned()), ("notes", "x".repeat(length))];
    let send = async |browser: &crate::helpers::Browser, path, form: [(&str, String); 2]| {
        let form = form.each_ref().map(|(field, value)| (*field, value.as_str()));
        browser.post(path, &form).await
    };
    let (nobody, alice) = (app.browser(NORTH), app.alice().await);
    for answer in [
        send(&nobody, "/admin/sign-in", sign_in(65 * 1024)).await,
        send(&alice, "/admin/maintenance/new", plan(3 * 1024 * 1024)).await,
    ] {
        assert_eq!(answer.status(), StatusCode::PAYLOAD_TOO_LARGE);
        let page = answer.text().await.unwrap();
        assert!(
            page.contains("Too much at once") && page.contains("nothing has been changed"),
            "{page}"
        );
    }
}

#[tokio::test]
async fn a_window_may_name_every_link_of_a_large_provider() {
    let app = spawn_app().await;
    let ids: Vec<String> = (0..20_000).map(|_| Uuid::now_v7().to_string()).collect();
    let mut form = vec![("title", "Fibre work"), ("covers", "links")];
    form.extend(ids.iter().map(|id| ("links", id.as_str())));
    let answer = app.alice().await.post("/admin/maintenance/new", &form).await;
    // It was read: what is wrong with it is told on its own page.
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
}
