//! Outages as things of their own: what staff say of one, what its customer reads, and what does not count any more.

use chrono::{DateTime, Utc};
use entity::LinkId;
use reqwest::StatusCode;
use server::domain::links::slot::{SampleState, Slot};

use crate::{
    helpers::{TestApp, assert_redirect, spawn_app},
    network::Seen,
};

/// A link of Acme's that was down for two slots, an hour ago, and the address of its outage.
async fn scene(app: &TestApp) -> (LinkId, String, DateTime<Utc>) {
    let router = app.add_router(app.north).await;
    let link = app.add_link(app.north, app.acme, router, "Berlin").await;
    let state = |back| match back {
        12 | 13 => SampleState::Down,
        _ => SampleState::Up,
    };
    app.add_samples(app.north, link, 288, |back| Some(state(back))).await;
    let begins = Slot::from_instant(app.site.clock.now()).plus(-14).start();
    (
        link,
        format!("/admin/links/{link}/outages/{}", begins.timestamp()),
        begins,
    )
}

const SAID: [(&str, &str); 3] = [
    ("cause", "A digger in Leipziger Straße"),
    ("comment", "Traffic ran over the second path."),
    ("internal_note", "Ticket 4711, nobody else may read it"),
];

#[tokio::test]
async fn what_staff_say_of_an_outage_its_customer_reads() {
    let app = spawn_app().await;
    let (link, page, begins) = scene(&app).await;
    let (alice, dana) = (app.alice().await, app.dana().await);
    let list = Seen::of(alice.get("/admin/outages").await).await;
    assert_eq!(list.attributes("tbody th a", "href"), [page.as_str()]);
    // Any second of it leads to it; before and after it there is none.
    for (at, status) in [
        (begins.timestamp() + 599, StatusCode::OK),
        (begins.timestamp() + 600, StatusCode::NOT_FOUND),
        (begins.timestamp() - 1, StatusCode::NOT_FOUND),
        (i64::MAX, StatusCode::NOT_FOUND),
        (i64::MIN, StatusCode::NOT_FOUND),
    ] {
        let answer = alice.get(&format!("/admin/links/{link}/outages/{at}")).await;
        assert_eq!(answer.status(), status, "{at}");
    }
    assert_redirect(&alice.post(&page, &SAID).await, &page);
    let shown = Seen::of(alice.get(&page).await).await;
    assert_eq!(shown.value("cause").as_deref(), Some(SAID[0].1));
    let found = Seen::of(alice.get("/admin/outages?q=DIGGER").await).await;
    assert_eq!(found.count("tbody tr"), 1);
    let other = Seen::of(alice.get("/admin/outages?q=flood").await).await;
    assert_eq!(other.count("tbody tr"), 0);
    let staff = Seen::of(alice.get(&format!("/admin/links/{link}")).await).await;
    assert!(staff.attributes("#link-outages a", "href").contains(&page));
    let read = Seen::of(dana.get(&format!("/portal/links/{link}")).await).await;
    let outages = read.all("#link-outages").concat();
    assert!(outages.contains(SAID[0].1) && outages.contains(SAID[1].1), "{outages}");
    assert!(!read.text().contains("4711") && read.count("#link-outages a") == 0);
    let long = "x".repeat(161);
    let refused = alice.post(&page, &[("cause", &long)]).await;
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn an_excluded_outage_counts_for_nothing_until_it_counts_again() {
    let app = spawn_app().await;
    let (link, page, _) = scene(&app).await;
    let (alice, dana) = (app.alice().await, app.dana().await);
    let (exclude, include) = (format!("{page}/exclude"), format!("{page}/include"));
    let down = async || {
        let board = app.site.board.snapshot(app.north, app.site.clock.now()).await.unwrap();
        let recent = app.site.recent.of(&board, &board.links[&link], app.site.clock.now());
        let month = recent.await.unwrap().month.clone();
        (month.down, month.excluded)
    };
    assert_eq!(down().await, (600, 0));
    let refused = alice.post(&exclude, &[("kind", "client"), ("reason", " ")]).await;
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let refused = Seen::of(refused).await;
    assert_eq!(refused.count("#reason-error"), 1);
    assert_eq!(alice.post(&include, &[]).await.status(), StatusCode::CONFLICT);
    let form = [("kind", "client"), ("reason", "Their electrician cut the power")];
    assert_redirect(&alice.post(&exclude, &form).await, &page);
    assert_eq!(down().await, (0, 600));
    assert_eq!(alice.post(&exclude, &form).await.status(), StatusCode::CONFLICT);
    let read = Seen::of(dana.get(&format!("/portal/links/{link}")).await).await;
    let outages = read.all("#link-outages").concat();
    assert!(
        outages.contains("Does not count") && outages.contains(form[1].1),
        "{outages}"
    );
    // Who of the provider's people it was is not for customers.
    assert!(
        outages.contains("decided by north") && !outages.contains("Alice"),
        "{outages}"
    );
    let list = Seen::of(alice.get("/admin/outages").await).await;
    assert!(list.text().contains("own doing"));
    assert_redirect(&alice.post(&include, &[]).await, &page);
    assert_eq!(down().await, (600, 0));
    let log = Seen::of(alice.get("/admin/audit?kind=outage").await).await;
    assert_eq!(
        log.text().matches(form[1].1).count(),
        2,
        "when it was said and when it was taken back"
    );
}

#[tokio::test]
async fn an_outage_is_its_tenants_alone() {
    let app = spawn_app().await;
    let (_, page, _) = scene(&app).await;
    let charlie = app.charlie().await;
    for path in [&page, &format!("{page}/exclude"), &format!("{page}/include")] {
        assert_eq!(
            charlie.post(path, &SAID).await.status(),
            StatusCode::NOT_FOUND,
            "{path}"
        );
    }
    let list = Seen::of(charlie.get("/admin/outages").await).await;
    assert_eq!(list.count("tbody tr"), 0);
    let bob = app.bob().await;
    let seen = Seen::of(bob.get(&page).await).await;
    assert_eq!(seen.count("main form"), 0, "a viewer has nothing to send");
}
