//! The operator's pages.

use reqwest::StatusCode;

use crate::helpers::{assert_redirect, spawn_app};

#[tokio::test]
async fn olga_sees_all_tenants_and_nobody_else_does() {
    let app = spawn_app().await;
    let olga = app.olga().await;
    assert_redirect(&olga.get("/operator").await, "/operator/tenants");
    let answer = olga.get("/operator/tenants").await;
    assert_eq!(answer.status(), StatusCode::OK);
    let page = answer.text().await.unwrap();
    assert!(page.contains("north.test") && page.contains("south.test"));
    assert_redirect(
        &app.alice().await.get("/operator/tenants").await,
        "/operator/sign-in?next=%2Foperator%2Ftenants",
    );
}
