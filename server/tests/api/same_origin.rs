//! Changes that another site asks for.

use reqwest::{Method, StatusCode};

use crate::helpers::spawn_app;

#[tokio::test]
async fn another_site_changes_nothing() {
    let app = spawn_app().await;
    let alice = app.alice().await;
    for (name, value) in [
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
        ("origin", "https://evil.test"),
        ("origin", "null"),
        ("x-nothing", "at-all"),
    ] {
        let request = alice.request(Method::POST, "/admin/sign-out").header(name, value);
        let answer = request.send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::FORBIDDEN, "{name}: {value}");
    }
    assert_eq!(alice.get("/admin/profile").await.status(), StatusCode::OK);
    let ours = alice
        .request(Method::POST, "/admin/sign-out")
        .header("origin", "http://north.test");
    assert_eq!(ours.send().await.unwrap().status(), StatusCode::SEE_OTHER);
}
