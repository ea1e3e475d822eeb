//! Maintenance as staff plan it: proposed and approved, of a client, again and again, and after the fact.

use chrono::Duration;
use entity::{
    MailId,
    mail::{self, MailKind},
};
use reqwest::StatusCode;
use sea_orm::{ColumnTrait, Order};
use server::{domain::links::slot::SampleState, web::area::Area, work};

use crate::{
    helpers::{Browser, NORTH, TestApp, assert_redirect, location, spawn_app},
    network::Seen,
};

/// Somebody who runs the network and may not approve.
async fn otto(app: &TestApp) -> Browser {
    app.signed_in(NORTH, Area::Admin, "otto@north.test").await
}

/// A window that is planned by `who`, and its page.
async fn planned(who: &Browser, fields: &[(&str, &str)]) -> String {
    let mut form = vec![("title", "Fibre work"), ("covers", "all")];
    form.extend(fields);
    let answer = who.post("/admin/maintenance/new", &form).await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER, "{fields:?}");
    location(&answer).to_owned()
}

const TOMORROW: [(&str, &str); 2] = [("starts", "2026-05-05T01:00"), ("ends", "2026-05-05T05:00")];

#[tokio::test]
async fn what_an_operator_plans_is_seen_by_customers_once_it_is_approved() {
    let app = spawn_app().await;
    let router = app.add_router(app.north).await;
    let link = app.add_link(app.north, app.acme, router, "Berlin").await;
    let (alice, otto, dana) = (app.alice().await, otto(&app).await, app.dana().await);
    let page = planned(&otto, &TOMORROW).await;
    let announced = async || {
        let portal = Seen::of(dana.get(&format!("/portal/links/{link}")).await).await;
        portal.text().contains("Fibre work")
    };
    let seen = Seen::of(otto.get(&page).await).await;
    assert!(
        seen.text().contains("has to approve") && !seen.attributes("a", "href").contains(&format!("{page}/approve"))
    );
    assert!(!announced().await);
    let refused = otto.post(&format!("{page}/approve"), &[]).await;
    assert_eq!(refused.status(), StatusCode::FORBIDDEN);
    let list = Seen::of(alice.get("/admin/maintenance").await).await;
    assert!(list.text().contains("Proposed"));
    assert_eq!(alice.get(&format!("{page}/approve")).await.status(), StatusCode::OK);
    assert_redirect(&alice.post(&format!("{page}/approve"), &[]).await, &page);
    assert!(announced().await);
    let again = alice.post(&format!("{page}/approve"), &[]).await;
    assert_eq!(again.status(), StatusCode::CONFLICT);
    assert_redirect(&alice.post(&format!("{page}/withdraw"), &[]).await, &page);
    assert!(!announced().await);
    // What an admin plans needs nobody else.
    planned(&alice, &TOMORROW).await;
    assert!(announced().await);
}

#[tokio::test]
async fn a_window_of_a_client_is_read_by_that_client_alone() {
    let app = spawn_app().await;
    let router = app.add_router(app.north).await;
    let globex = app.client("Globex").await;
    let ours = app.add_link(app.north, app.acme, router, "Berlin").await;
    let theirs = app.add_link(app.north, globex, router, "Ulm").await;
    let (alice, dana, eve) = (app.alice().await, app.dana().await, app.eve().await);
    let acme = app.acme.to_string();
    let mut form = vec![("covers", "clients"), ("clients", acme.as_str())];
    form.extend(TOMORROW);
    form.insert(0, ("title", "New line card"));
    let answer = alice.post("/admin/maintenance/new", &form).await;
    let page = Seen::of(alice.get(location(&answer)).await).await;
    assert!(page.text().contains("Acme"));
    let edit = Seen::of(alice.get(&format!("{}/edit", location(&answer))).await).await;
    assert_eq!(edit.attributes("[name=clients][checked]", "value"), [acme.as_str()]);
    let berlin = Seen::of(dana.get(&format!("/portal/links/{ours}")).await).await;
    assert!(berlin.text().contains("New line card"));
    let ulm = Seen::of(eve.get(&format!("/portal/links/{theirs}")).await).await;
    assert!(!ulm.text().contains("New line card"));
    // Another tenant's client is no choice.
    let stranger = [
        ("title", "x"),
        ("covers", "clients"),
        ("clients", "0199f3a2-6c1e-7b40-9d53-2f6c7b1e8a04"),
    ];
    let mut form = stranger.to_vec();
    form.extend(TOMORROW);
    let refused = alice.post("/admin/maintenance/new", &form).await;
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(Seen::of(refused).await.count("#clients-error"), 1);
}

#[tokio::test]
async fn a_window_is_recorded_after_the_fact_with_a_reason_and_changes_what_counts() {
    let app = spawn_app().await;
    let router = app.add_router(app.north).await;
    let link = app.add_link(app.north, app.acme, router, "Berlin").await;
    // It is 11:00 in Berlin, and was down from 10:00 to 10:10.
    let state = |back| match back {
        10 | 11 => SampleState::Down,
        _ => SampleState::Up,
    };
    app.add_samples(app.north, link, 100, |back| Some(state(back))).await;
    let (alice, otto) = (app.alice().await, otto(&app).await);
    let down = async || {
        let now = app.site.clock.now();
        let board = app.site.board.snapshot(app.north, now).await.unwrap();
        app.site
            .recent
            .of(&board, &board.links[&link], now)
            .await
            .unwrap()
            .month
            .down
    };
    assert_eq!(down().await, 600);
    let past = [
        ("title", "Power work"),
        ("covers", "all"),
        ("starts", "2026-05-04T10:00"),
        ("ends", "2026-05-04T10:30"),
    ];
    let by_an_operator = otto.post("/admin/maintenance/new", &past).await;
    assert_eq!(by_an_operator.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(Seen::of(by_an_operator).await.count("#starts-error"), 1);
    let unexplained = alice.post("/admin/maintenance/new", &past).await;
    assert_eq!(unexplained.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(Seen::of(unexplained).await.count("#reason-error"), 1);
    let explained = [&past[..], &[("reason", "The electrician told us late")]].concat();
    let answer = alice.post("/admin/maintenance/new", &explained).await;
    let page = location(&answer).to_owned();
    assert!(page.starts_with("/admin/maintenance/"));
    assert_eq!(down().await, 0);
    let seen = Seen::of(alice.get(&page).await).await;
    assert!(seen.text().contains("The electrician told us late"));
    // Nobody else changes it any more.
    assert_eq!(otto.get(&format!("{page}/edit")).await.status(), StatusCode::CONFLICT);
    assert_eq!(
        otto.post(&format!("{page}/edit"), &past).await.status(),
        StatusCode::UNPROCESSABLE_ENTITY
    );
    assert_eq!(
        otto.post(&format!("{page}/cancel"), &[("reason", "x")]).await.status(),
        StatusCode::CONFLICT
    );
    let refused = alice.post(&format!("{page}/cancel"), &[]).await;
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let cancelled = alice
        .post(&format!("{page}/cancel"), &[("reason", "It was the other feed")])
        .await;
    assert_redirect(&cancelled, &page);
    assert_eq!(down().await, 600);
    let seen = Seen::of(alice.get(&page).await).await.text();
    assert!(seen.contains("It was the other feed") && seen.contains("The electrician told us late"));
}

#[tokio::test]
async fn maintenance_that_comes_again_has_its_windows_ahead() {
    let app = spawn_app().await;
    let alice = app.alice().await;
    let form = [
        ("title", "Firmware"),
        ("starts", "2026-05-05T02:00"),
        ("minutes", "90"),
        ("repeats", "rule"),
        ("rule", "RRULE:FREQ=MONTHLY;BYDAY=1TU"),
        ("every", "1"),
        ("ends", "never"),
        ("covers", "all"),
    ];
    let wrong: Vec<_> = form
        .map(|(field, value)| match field {
            "rule" => (field, "FREQ=DAILY;BYHOUR=2"),
            _ => (field, value),
        })
        .to_vec();
    let refused = alice.post("/admin/maintenance/series/new", &wrong).await;
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let refused = Seen::of(refused).await;
    assert!(refused.all("#rule-error").concat().contains("BYHOUR is not supported"));
    assert_eq!(refused.value("rule").as_deref(), Some("FREQ=DAILY;BYHOUR=2"));
    let answer = alice.post("/admin/maintenance/series/new", &form).await;
    let page = location(&answer).to_owned();
    assert!(page.starts_with("/admin/maintenance/series/"), "{page}");
    let seen = Seen::of(alice.get(&page).await).await;
    // On the fifth of May, the second of June and the seventh of July; the fourth of August is more than 90 days off.
    assert_eq!(seen.count("tbody tr"), 3);
    assert!(seen.text().contains("FREQ=MONTHLY;BYDAY=1TU"));
    let window = seen.attributes("tbody th a", "href").remove(0);
    let one = Seen::of(alice.get(&window).await).await;
    assert!(one.attributes("dd a", "href").contains(&page));
    app.site.clock.advance(chrono::Duration::days(9));
    work::maintenance::step(&app.site).await.unwrap();
    app.site.board.refresh(app.north).await.unwrap();
    let alice = app.alice().await;
    let seen = Seen::of(alice.get(&page).await).await;
    assert_eq!(seen.count("tbody tr"), 3, "one is over and one more is made");
    assert_redirect(&alice.post(&format!("{page}/end"), &[]).await, &page);
    assert_eq!(Seen::of(alice.get(&page).await).await.count("tbody tr"), 0);
    let charlie = app.charlie().await;
    assert_eq!(charlie.get(&page).await.status(), StatusCode::NOT_FOUND);
    assert_eq!(
        charlie.post(&format!("{page}/end"), &[]).await.status(),
        StatusCode::NOT_FOUND
    );
}

/// The mails of maintenance that were written and not seen by `seen` yet: subjects and texts.
async fn written(app: &TestApp, seen: &mut Vec<MailId>) -> Vec<(String, String)> {
    work::announce::step(&app.site).await.unwrap();
    app.site.clock.advance(Duration::minutes(1));
    let rows = app.site.db.tenant(app.north);
    let mails = rows
        .find::<mail::Entity>()
        .filter(mail::Column::Kind.eq(MailKind::Maintenance))
        .order_by(mail::Column::Id, Order::Asc)
        .all()
        .await
        .unwrap();
    let new: Vec<_> = mails.into_iter().filter(|mail| !seen.contains(&mail.id)).collect();
    seen.extend(new.iter().map(|mail| mail.id));
    new.into_iter().map(|mail| (mail.subject, mail.text_body)).collect()
}

#[tokio::test]
async fn the_times_of_a_series_that_are_told_together_are_in_one_mail() {
    let app = spawn_app().await;
    let router = app.add_router(app.north).await;
    app.add_link(app.north, app.acme, router, "Berlin").await;
    let alice = app.alice().await;
    let form = [
        ("title", "Firmware"),
        ("starts", "2026-05-05T02:00"),
        ("minutes", "90"),
        ("repeats", "weekly"),
        ("days", "TU"),
        ("every", "1"),
        ("ends", "never"),
        ("covers", "all"),
    ];
    let answer = alice.post("/admin/maintenance/series/new", &form).await;
    let series = location(&answer).to_owned();
    planned(&alice, &TOMORROW).await;
    let mut seen = Vec::new();
    // Two Tuesdays are less than a fortnight off.
    let first = written(&app, &mut seen).await;
    assert_eq!(first.len(), 2, "{first:?}");
    let (subject, text) = first.iter().find(|(subject, _)| subject.contains("Firmware")).unwrap();
    assert_eq!(
        subject,
        "Planned maintenance: Firmware, 2 times from 5 May 2026, 02:00 CEST"
    );
    for said in ["5 May 2026, 03:30 CEST", "12 May 2026, 02:00 CEST", "Berlin"] {
        assert!(text.contains(said), "{said} is not in {text}");
    }
    assert!(!text.contains("cancelled"), "{text}");
    assert!(written(&app, &mut seen).await.is_empty(), "nobody is told twice");
    // The next Tuesday comes near, and one that was told is moved: one mail of both.
    app.site.clock.advance(Duration::days(4));
    let page = Seen::of(app.alice().await.get(&series).await).await;
    let second = page.attributes("tbody th a", "href").remove(0);
    let moved = [
        ("title", "Firmware"),
        ("covers", "all"),
        ("starts", "2026-05-12T03:00"),
        ("ends", "2026-05-12T04:30"),
    ];
    let alice = app.alice().await;
    assert_redirect(&alice.post(&format!("{second}/edit"), &moved).await, &second);
    app.site.clock.advance(Duration::days(1));
    let mixed = written(&app, &mut seen).await;
    assert_eq!(mixed.len(), 1, "{mixed:?}");
    let (subject, text) = &mixed[0];
    assert!(
        subject.starts_with("Planned maintenance has changed: Firmware, 2 times from 12 May"),
        "{subject}"
    );
    assert!(text.contains("changed") && text.contains("planned"), "{text}");
    // It ends, and what was told does not come: in one mail again.
    let alice = app.alice().await;
    assert_redirect(&alice.post(&format!("{series}/end"), &[]).await, &series);
    let ended = written(&app, &mut seen).await;
    assert_eq!(ended.len(), 1, "{ended:?}");
    assert!(
        ended[0]
            .0
            .starts_with("Planned maintenance is cancelled: Firmware, 2 times"),
        "{}",
        ended[0].0
    );
}
