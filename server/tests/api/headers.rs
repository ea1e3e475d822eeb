//! What every answer says, errors included.

use reqwest::{Method, StatusCode};

use crate::helpers::{NORTH, spawn_app};

const POLICY: &str = "default-src 'self'; frame-ancestors 'none'; form-action 'self'; base-uri 'none'";

#[tokio::test]
async fn every_answer_has_the_constant_policy() {
    let app = spawn_app().await;
    let browser = app.browser(NORTH);
    for path in ["/", "/portal/sign-in", "/admin/profile", "/nothing/here"] {
        let answer = browser.get(path).await;
        let headers = answer.headers();
        assert_eq!(headers["content-security-policy"], POLICY, "{path}");
        assert_eq!(headers["x-content-type-options"], "nosniff");
        assert_eq!(headers["referrer-policy"], "same-origin");
        assert!(!headers.contains_key("strict-transport-security"), "not without https");
    }
}

#[tokio::test]
async fn pages_of_an_area_are_in_no_cache() {
    let app = spawn_app().await;
    let answer = app.alice().await.get("/admin/profile").await;
    assert_eq!(answer.headers()["cache-control"], "no-store");
}

#[tokio::test]
async fn what_is_not_there_is_a_page_with_the_number_of_the_request() {
    let app = spawn_app().await;
    let answer = app.browser(NORTH).get("/nothing/here").await;
    assert_eq!(answer.status(), StatusCode::NOT_FOUND);
    assert_eq!(answer.headers()["content-type"], "text/html; charset=utf-8");
    let page = answer.text().await.unwrap();
    assert!(page.contains("</html>") && page.contains("<code"), "{page}");
}

#[tokio::test]
async fn a_page_answers_head_and_refuses_what_it_has_no_handler_for() {
    let app = spawn_app().await;
    let browser = app.browser(NORTH);
    let head = browser.request(Method::HEAD, "/portal/sign-in").send().await.unwrap();
    assert_eq!(head.status(), StatusCode::OK);
    assert_eq!(head.text().await.unwrap(), "");
    let delete = browser
        .request(Method::DELETE, "/portal/sign-in")
        .header("sec-fetch-site", "none");
    assert_eq!(delete.send().await.unwrap().status(), StatusCode::METHOD_NOT_ALLOWED);
}

#[tokio::test]
async fn an_error_page_is_compressed_as_its_header_says() {
    let app = spawn_app().await;
    let alice = app.alice().await;
    // The first has no body before its page is put in, the second one of actix's own.
    for path in ["/admin/nothing", "/admin/links/x"] {
        let asked = alice.request(Method::GET, path).header("accept-encoding", "gzip");
        let answer = asked.send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::NOT_FOUND);
        assert_eq!(answer.headers()["content-encoding"], "gzip", "{path}");
        assert!(answer.bytes().await.unwrap().starts_with(&[0x1f, 0x8b]), "{path}");
    }
}
