//! The operator's pages.

use reqwest::StatusCode;

use crate::{
    helpers::{NORTH, assert_redirect, spawn_app},
    network::Seen,
};

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

#[tokio::test]
async fn the_operators_pages_carry_no_tenants_brand() {
    let app = spawn_app().await;
    let alice = app.alice().await;
    let form = [
        ("name", "Northbridge Networks"),
        ("zone", "Europe/Berlin"),
        ("poll_seconds", "60"),
        ("currency", "EUR"),
        ("sample_months", "36"),
        ("private_ranges", ""),
    ];
    assert_redirect(&alice.post("/admin/settings", &form).await, "/admin/settings");
    let colours = [("accent", "#2456d6"), ("second_colour", "")];
    assert_redirect(
        &alice.post("/admin/settings/brand", &colours).await,
        "/admin/settings/brand",
    );
    let (olga, nobody) = (app.olga().await, app.browser(NORTH));
    for (browser, path) in [
        (&nobody, "/operator/sign-in"),
        (&olga, "/operator/tenants"),
        (&olga, "/operator/profile"),
        (&olga, "/operator/nowhere"),
    ] {
        let page = Seen::of(browser.get(path).await).await;
        assert_eq!(page.all(".brand-name"), ["Mainstay"], "{path}");
        assert!(!page.all("title").concat().contains("Northbridge"), "{path}");
        let sheets = page.attributes("link[rel=stylesheet]", "href");
        assert!(
            sheets.iter().all(|sheet| !sheet.contains("tenant")),
            "{path}: {sheets:?}"
        );
    }
    assert_eq!(
        Seen::of(nobody.get("/admin/sign-in").await).await.all(".brand-name"),
        ["Northbridge Networks"]
    );
}
