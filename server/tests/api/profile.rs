//! One's own page.

use entity::audit_entry;
use reqwest::StatusCode;

use crate::helpers::{assert_redirect, spawn_app};

#[tokio::test]
async fn the_zone_is_kept_and_the_change_is_in_the_audit_log() {
    let app = spawn_app().await;
    let dana = app.dana().await;
    assert_redirect(
        &dana.post("/portal/profile", &[("zone", "Asia/Tokyo")]).await,
        "/portal/profile",
    );
    let page = dana.get("/portal/profile").await.text().await.unwrap();
    assert!(page.contains("<option value=\"Asia/Tokyo\" selected"));
    let rows = app.site.db.tenant(app.north);
    let entries = rows.find::<audit_entry::Entity>().all().await.unwrap();
    let entry = entries
        .iter()
        .find(|entry| entry.action == "account.change_zone")
        .unwrap();
    assert_eq!(entry.actor_name, "Dana");
    assert_eq!(entry.address.as_deref(), Some("127.0.0.1"));
    assert_eq!(entry.after, Some(serde_json::json!({ "zone": "Asia/Tokyo" })));
    assert!(entry.request_id.is_some());
}

#[tokio::test]
async fn a_zone_that_is_none_is_refused_by_its_field() {
    let app = spawn_app().await;
    let answer = app
        .alice()
        .await
        .post("/admin/profile", &[("zone", "Mars/Olympus")])
        .await;
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.text().await.unwrap().contains("There is no such time zone."));
}

#[tokio::test]
async fn another_browser_can_be_signed_out_but_not_somebody_elses() {
    let app = spawn_app().await;
    let (here, there, bob) = (app.alice().await, app.alice().await, app.bob().await);
    let page = here.get("/admin/profile").await.text().await.unwrap();
    let page = scraper::Html::parse_document(&page);
    let button = scraper::Selector::parse("button[name=session]").unwrap();
    let names: Vec<_> = page
        .select(&button)
        .filter_map(|button| button.attr("value"))
        .map(str::to_owned)
        .collect();
    assert_eq!(names.len(), 1, "one other session of one's own");
    let form = [("session", names[0].as_str())];
    assert_redirect(&bob.post("/admin/profile/end-session", &form).await, "/admin/profile");
    assert_eq!(there.get("/admin/profile").await.status(), StatusCode::OK);
    assert_redirect(&here.post("/admin/profile/end-session", &form).await, "/admin/profile");
    assert_eq!(there.get("/admin/profile").await.status(), StatusCode::SEE_OTHER);
    assert_eq!(here.get("/admin/profile").await.status(), StatusCode::OK);
}

#[tokio::test]
async fn the_theme_is_kept_in_the_browser() {
    let app = spawn_app().await;
    let alice = app.alice().await;
    assert_redirect(&alice.post("/theme", &[("theme", "dark")]).await, "/");
    let page = alice.get("/admin/profile").await.text().await.unwrap();
    assert!(page.contains("data-theme=\"dark\""));
}

#[tokio::test]
async fn the_bare_address_leads_to_where_one_was() {
    let app = spawn_app().await;
    assert_redirect(&app.browser(crate::helpers::NORTH).get("/").await, "/portal");
    assert_redirect(&app.alice().await.get("/").await, "/admin");
    assert_redirect(&app.browser("elsewhere.test").get("/").await, "/operator");
}
