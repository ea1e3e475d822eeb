//! The staff's audit log.

use crate::{
    helpers::{location, spawn_app},
    network::{Seen, router},
};

#[tokio::test]
async fn an_entry_names_what_it_is_about_and_the_log_of_one_thing_has_no_other() {
    let app = spawn_app().await;
    let (alice, router) = (app.alice().await, router(&app).await.to_string());
    let acme = app.acme.to_string();
    let form = [
        ("client", acme.as_str()),
        ("router", &router),
        ("interface", "ether7"),
        ("name", "Acme Berlin"),
        ("kind", "ILL"),
        ("faces", "network"),
        ("down", "100"),
        ("up", "100"),
        ("activated_at", "2026-05-04T10:30"),
    ];
    let added = alice.post("/admin/links/new", &form).await;
    let link = Seen::of(alice.get(location(&added)).await).await;
    let all = link.attributes("a[href*='audit?subject=']", "href");
    let [all] = all.as_slice() else {
        panic!("no way to all entries about it: {all:?}");
    };
    let log = Seen::of(alice.get(all).await).await;
    assert_eq!(log.all(".log-entry .log-what a"), ["Acme Berlin"]);
    assert!(log.text().contains("Only about Acme Berlin."));
    assert_eq!(log.value("subject").as_deref(), all.split('=').nth(1));
    let text = log.text();
    assert!(!text.contains(&acme) && !text.contains(&router), "{text}");
    assert_eq!(
        log.all(&format!(".log-changes a[href='/admin/clients/{acme}']")),
        ["Acme"]
    );
    assert_eq!(log.count(&format!(".log-changes a[href='/admin/routers/{router}']")), 1);
    assert!(
        text.contains("on this router"),
        "the side that the interface faces: {text}"
    );
    assert!(text.contains("4 May 2026, 10:30"), "{text}");
    let everything = Seen::of(alice.get("/admin/audit").await).await;
    assert!(everything.count(".log-entry") > 1);
}
