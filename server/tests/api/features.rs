//! Switches: what clients may do at all, for all of them and for one.

use entity::audit_entry;
use reqwest::StatusCode;
use sea_orm::{ColumnTrait, Order};
use server::{domain::contabo::actions::Kind, web::area::Area};

use crate::{
    helpers::{Browser, NORTH, PASSWORD, TestApp, assert_redirect, spawn_app},
    network::Seen,
    servers::{actions_of, server},
    storages,
};

/// Everything is on but what is named.
async fn switch_off(alice: &Browser, path: &str, off: &[&str]) {
    let all = [
        "power",
        "access",
        "reinstall",
        "snapshots",
        "names",
        "cancel",
        "schedules",
        "storage_keys",
    ];
    let form: Vec<(&str, &str)> = all
        .iter()
        .map(|name| (*name, if off.contains(name) { "off" } else { "on" }))
        .collect();
    let answer = alice.post(path, &form).await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER, "{path}");
}

async fn acts(browser: &Browser, page: &str) -> Vec<String> {
    let seen = Seen::of(browser.get(page).await).await;
    let links = seen.attributes("main a.button, main form", "href").into_iter();
    let forms = seen.attributes("main form", "action").into_iter();
    let of_act = links.chain(forms).filter_map(|href| {
        let (_, kind) = href.split_once("/act/")?;
        Some(kind.split('?').next().unwrap_or(kind).to_owned())
    });
    of_act.collect()
}

#[tokio::test]
async fn what_is_switched_off_has_no_button_and_is_refused_with_the_reason() {
    let app = spawn_app().await;
    let own = server(&app, app.north, Some(app.acme)).await;
    let (alice, dana) = (app.alice().await, app.dana().await);
    let page = format!("/portal/servers/{own}");
    let before = acts(&dana, &page).await;
    assert!(
        before.contains(&"restart".to_owned()) && before.contains(&"rescue".to_owned()),
        "{before:?}"
    );
    assert!(
        !before.contains(&"cancel".to_owned()),
        "off until somebody says otherwise"
    );
    let asked = dana.post(&format!("{page}/act/cancel"), &[]).await;
    assert_eq!(asked.status(), StatusCode::FORBIDDEN);

    switch_off(&alice, "/admin/features", &["power", "snapshots", "cancel"]).await;
    let left = acts(&dana, &page).await;
    for kind in ["restart", "stop", "shutdown", "take_snapshot", "cancel"] {
        assert!(!left.contains(&kind.to_owned()), "{kind}: {left:?}");
    }
    assert!(
        left.contains(&"rescue".to_owned()) && left.contains(&"rename".to_owned()),
        "{left:?}"
    );
    let sure = [("name", "x"), ("confirm", "x"), ("password", PASSWORD)];
    for kind in ["restart", "stop", "take_snapshot"] {
        let path = format!("{page}/act/{kind}");
        for answer in [dana.get(&path).await, dana.post(&path, &sure).await] {
            assert_eq!(answer.status(), StatusCode::FORBIDDEN, "{kind}");
            let seen = Seen::of(answer).await;
            assert!(seen.text().contains("switched this off"), "{}", seen.text());
            assert_eq!(seen.count("main form"), 0);
        }
    }
    assert!(actions_of(&app, own).await.is_empty());
    // Staff are not held by it.
    let ours = format!("/admin/servers/{own}");
    assert_redirect(&alice.post(&format!("{ours}/act/stop"), &[]).await, &ours);
}

#[tokio::test]
async fn a_clients_own_word_counts_for_it_alone_and_is_written_down() {
    let app = spawn_app().await;
    let globex = app.client("Globex").await;
    let (own, others) = (
        server(&app, app.north, Some(app.acme)).await,
        server(&app, app.north, Some(globex)).await,
    );
    let (alice, dana, eve) = (app.alice().await, app.dana().await, app.eve().await);
    switch_off(&alice, "/admin/features", &["power"]).await;
    let path = format!("/admin/clients/{}/features", app.acme);
    let form = Seen::of(alice.get(&path).await).await;
    assert!(form.text().contains("As for all clients: off"), "{}", form.text());
    let answer = alice.post(&path, &[("power", "on"), ("cancel", "on")]).await;
    assert_redirect(&answer, &format!("/admin/clients/{}", app.acme));
    let (theirs, hers) = (format!("/portal/servers/{own}"), format!("/portal/servers/{others}"));
    let left = acts(&dana, &theirs).await;
    assert!(
        left.contains(&"restart".to_owned()) && left.contains(&"cancel".to_owned()),
        "{left:?}"
    );
    assert!(!acts(&eve, &hers).await.contains(&"restart".to_owned()));
    // Whoever may not rebuild may not cancel either, whatever the switch says.
    let dora = app.signed_in(NORTH, Area::Portal, "dora@acme.test").await;
    let cancel = dora.get(&format!("{theirs}/act/{}", Kind::Cancel.name())).await;
    assert_eq!(cancel.status(), StatusCode::FORBIDDEN);
    // Nothing chosen takes the word back.
    alice.post(&path, &[]).await;
    assert!(!acts(&dana, &theirs).await.contains(&"restart".to_owned()));
    let entries = app.site.db.tenant(app.north);
    let entries = entries
        .find::<audit_entry::Entity>()
        .filter(audit_entry::Column::Action.eq("client.features"))
        .order_by(audit_entry::Column::At, Order::Asc)
        .order_by(audit_entry::Column::Id, Order::Asc);
    let entries = entries.all().await.unwrap();
    assert_eq!(entries.len(), 3);
    assert_eq!(entries[1].subject_id, Some(app.acme.0));
    assert_eq!(entries[1].after.as_ref().unwrap()["power"], true);
    // Another tenant's client, and one that never was.
    let south = app.charlie().await;
    assert_eq!(south.get(&path).await.status(), StatusCode::NOT_FOUND);
    assert_eq!(south.post(&path, &[]).await.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn keys_of_storages_have_a_switch_of_their_own() {
    let app: TestApp = spawn_app().await;
    let storage = storages::storage(&app, app.north, Some(app.acme)).await;
    let (alice, dana) = (app.alice().await, app.dana().await);
    alice
        .post(&format!("/admin/storages/{storage}/allow"), &[("allowed", "yes")])
        .await;
    let page = format!("/portal/storages/{storage}");
    let shows = async |browser: &Browser| {
        let seen = Seen::of(browser.get(&page).await).await;
        seen.attributes("main form", "action")
            .iter()
            .any(|action| action.ends_with("/keys"))
    };
    assert!(shows(&dana).await);
    switch_off(&alice, "/admin/features", &["storage_keys"]).await;
    assert!(!shows(&dana).await);
    let asked = dana.post(&format!("{page}/keys"), &[]).await;
    assert_eq!(
        asked.status(),
        StatusCode::CONFLICT,
        "with a reason, and nothing is asked of Contabo"
    );
}
