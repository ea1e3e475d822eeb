//! SLA reports as clients and staff read them, and what staff do with them.

use entity::{LinkId, SlaReportId, link, report_trouble, sla_profile_version, sla_report};
use reqwest::StatusCode;
use sea_orm::{ActiveValue::Set, ColumnTrait, ExprTrait, sea_query::Expr};
use serde_json::{Value, json};
use server::domain::{
    audit::Actor,
    links::slot::SampleState,
    reports::{Made, make},
};
use sha2::{Digest, Sha256};

use crate::{
    helpers::{TestApp, assert_redirect, at_start, location, spawn_app},
    network::Seen,
};

const MONTH: &str = "2026-04";

/// The report of April of a link, made from whatever is stored.
pub(crate) async fn report_of(app: &TestApp, link: LinkId) -> SlaReportId {
    let board = app.site.board.snapshot(app.north, at_start()).await.unwrap();
    let (month, actor) = (MONTH.parse().unwrap(), Actor::system("tests"));
    let made = make(&app.site.db, &board, link, month, &actor, at_start(), None).await;
    match made.unwrap() {
        Made::New(id) | Made::There(id) => id,
    }
}

/// A link of Acme's that was down for 100 minutes in April, for which 500 is paid and a tenth of it owed.
pub(crate) async fn breached(app: &TestApp, name: &str) -> (LinkId, SlaReportId) {
    let router = app.add_router_named(&format!("router of {name}")).await;
    let fee = |row: &mut link::ActiveModel| row.monthly_fee_minor = Set(Some(50_000));
    let link = app.add_link_with(app.north, app.acme, router, name, fee).await;
    let rows = app.site.db.tenant(app.north);
    let tiers = [(
        sla_profile_version::Column::CreditTiers,
        Expr::value(json!([[99_900_000, 10_000_000]])),
    )];
    let all = sla_profile_version::Column::Version.eq(1);
    rows.update_where::<sla_profile_version::Entity>(all, tiers)
        .await
        .unwrap();
    let rows = app.site.db.begin(app.north).await.unwrap();
    rows.config_changed().await.unwrap();
    rows.commit().await.unwrap();
    app.site.board.refresh(app.north).await.unwrap();
    app.add_samples(app.north, link, 9_800, |back| {
        Some(match back {
            2_000..2_020 => SampleState::Down,
            _ => SampleState::Up,
        })
    })
    .await;
    (link, report_of(app, link).await)
}

#[tokio::test]
async fn a_client_reads_the_months_of_its_own_links_and_takes_them_home() {
    let app = spawn_app().await;
    let (link, report) = breached(&app, "=Depot").await;
    let dana = app.dana().await;
    let list = Seen::of(dana.get("/portal/reports").await).await;
    assert!(
        list.text().contains("Breached") && list.text().contains("99.768"),
        "{}",
        list.text()
    );
    let path = format!("/portal/reports/{report}");
    assert_eq!(list.attributes("tbody th a", "href"), [path.as_str()]);
    for (query, rows) in [
        ("month=2026-04", 1),
        ("month=2026-03", 0),
        ("verdict=met", 0),
        ("verdict=breached", 1),
        ("verdict=not_agreed", 0),
    ] {
        let list = Seen::of(dana.get(&format!("/portal/reports?{query}")).await).await;
        assert_eq!(list.count("tbody tr"), rows, "{query}");
    }
    let whole = format!("/portal/reports/of/{}/{MONTH}.pdf", app.acme);
    let list = Seen::of(dana.get(&format!("/portal/reports?month={MONTH}")).await).await;
    assert_eq!(list.attributes("p.card-line a", "href"), [whole.as_str()]);
    let of_link = Seen::of(dana.get(&format!("/portal/links/{link}")).await).await;
    let reports = format!("/portal/reports?link={link}");
    assert!(of_link.attributes("main a", "href").contains(&reports));
    let page = Seen::of(dana.get(&path).await).await;
    let samples = format!("/portal/links/{link}/samples.csv?from=2026-03-31T22:00Z&to=2026-04-30T22:00Z");
    assert!(page.attributes("main a", "href").contains(&samples));
    let samples = dana.get(&samples).await;
    assert_eq!(samples.headers()["content-type"], "text/csv; charset=utf-8");
    assert_eq!(page.count(".month-days .day"), 30);
    assert_eq!(page.count(".month-days .day-down"), 1);
    let text = page.text();
    for said in [
        "Apr 2026: Breached",
        "99.768",
        "1\u{a0}h 40\u{a0}min",
        "Europe/Berlin",
        "EUR\u{a0}50.00",
        "has not decided yet",
    ] {
        assert!(text.contains(said), "{said} is not in {text}");
    }
    let csv = dana.get(&format!("{path}.csv")).await;
    let name = csv.headers()["content-disposition"].to_str().unwrap().to_owned();
    assert!(name.contains("sla-report-depot-2026-04-r1.csv"), "{name}");
    let csv = csv.text().await.unwrap();
    assert_eq!(csv.lines().count(), 31);
    assert!(csv.lines().all(|line| !line.starts_with('=')) && csv.contains("'=Depot"));
    let bytes = dana.get(&format!("{path}.json")).await.bytes().await.unwrap();
    let digest: String = Sha256::digest(&bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    assert!(text.contains(&digest), "the digest on the page is that of the file");
    let json: Value = serde_json::from_slice(&bytes).unwrap();
    assert_eq!(json["figures"]["uptime"]["down"], 6_000);
}

#[tokio::test]
async fn another_clients_or_tenants_report_is_not_found() {
    let app = spawn_app().await;
    let (_, report) = breached(&app, "Depot").await;
    let (eve, charlie) = (app.eve().await, app.charlie().await);
    for end in ["", ".csv", ".json", ".pdf"] {
        let answer = eve.get(&format!("/portal/reports/{report}{end}")).await;
        assert_eq!(answer.status(), StatusCode::NOT_FOUND);
        let answer = charlie.get(&format!("/admin/reports/{report}{end}")).await;
        assert_eq!(answer.status(), StatusCode::NOT_FOUND);
    }
    let whole = format!("reports/of/{}/{MONTH}.pdf", app.acme);
    assert_eq!(
        eve.get(&format!("/portal/{whole}")).await.status(),
        StatusCode::NOT_FOUND
    );
    assert_eq!(
        charlie.get(&format!("/admin/{whole}")).await.status(),
        StatusCode::NOT_FOUND
    );
    for query in ["", &format!("?client={}", app.acme)] {
        let list = Seen::of(eve.get(&format!("/portal/reports{query}")).await).await;
        assert_eq!(list.count("tbody tr"), 0);
    }
}

#[tokio::test]
async fn staff_check_the_samples_make_another_revision_and_say_why() {
    let app = spawn_app().await;
    let (link, report) = breached(&app, "Depot").await;
    let (alice, dana) = (app.alice().await, app.dana().await);
    let path = format!("/admin/reports/{report}");
    let checked = alice.get(&format!("{path}?check=yes")).await.text().await.unwrap();
    assert!(checked.contains("are unchanged"));
    // What the router had recorded was brought in later: the first hour of the outage was none.
    let rows = app.site.db.tenant(app.north);
    let first = server::domain::links::slot::Slot::from_instant(app.site.clock.now()).plus(-2_020);
    let early = entity::sample::Column::LinkId
        .eq(link)
        .and(entity::sample::Column::Slot.between(i64::from(first.number()), i64::from(first.plus(12).number())));
    rows.delete_where::<entity::sample::Entity>(early).await.unwrap();
    let checked = alice.get(&format!("{path}?check=yes")).await.text().await.unwrap();
    assert!(checked.contains("have changed since"));
    let refused = alice.post(&format!("{path}/again"), &[("reason", " ")]).await;
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let bob = app.bob().await.post(&format!("{path}/again"), &[("reason", "x")]).await;
    assert_eq!(bob.status(), StatusCode::FORBIDDEN);
    let made = alice
        .post(&format!("{path}/again"), &[("reason", "Samples were lost.")])
        .await;
    assert_eq!(made.status(), StatusCode::SEE_OTHER);
    let new = location(&made).to_owned();
    assert_ne!(new, path);
    let page = Seen::of(alice.get(&new).await).await.text();
    assert!(
        page.contains("Samples were lost.") && page.contains("Revisions"),
        "{page}"
    );
    // The old one stays, says that another counts, and is no longer decided on.
    let old = Seen::of(dana.get(&format!("/portal/reports/{report}")).await).await;
    assert!(old.text().contains("Another revision counts"));
    let list = Seen::of(dana.get("/portal/reports").await).await;
    assert!(list.text().contains("revision 2") && list.count("tbody tr") == 1);
    assert_eq!(
        alice.get(&format!("{path}/credit")).await.status(),
        StatusCode::CONFLICT
    );
    let log = alice.get("/admin/audit?kind=report").await.text().await.unwrap();
    assert!(log.contains("Samples were lost."));
}

#[tokio::test]
async fn a_credit_is_decided_once_and_the_client_reads_it() {
    let app = spawn_app().await;
    let (_, first) = breached(&app, "Depot").await;
    let (_, second) = breached(&app, "Yard").await;
    let (alice, dana) = (app.alice().await, app.dana().await);
    let breaches = async |query: &str| Seen::of(alice.get(&format!("/admin/reports/breaches{query}")).await).await;
    assert_eq!(breaches("?credit=open").await.count("tbody tr"), 2);
    let path = |report: SlaReportId| format!("/admin/reports/{report}/credit");
    let form = Seen::of(alice.get(&path(first)).await).await;
    assert_eq!(form.value("amount").as_deref(), Some("50.00"));
    for (form, field) in [
        ([("decision", "approved"), ("amount", "501"), ("note", "")], "amount"),
        ([("decision", "approved"), ("amount", "1.234"), ("note", "")], "amount"),
        ([("decision", "declined"), ("amount", ""), ("note", " ")], "note"),
    ] {
        let answer = alice.post(&path(first), &form).await;
        assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(Seen::of(answer).await.count(&format!("#{field}-error")), 1, "{form:?}");
    }
    let approve = [
        ("decision", "approved"),
        ("amount", "60"),
        ("note", "With our apologies."),
    ];
    let answer = alice.post(&path(first), &approve).await;
    assert_redirect(&answer, &format!("/admin/reports/{first}"));
    assert_eq!(alice.post(&path(first), &approve).await.status(), StatusCode::CONFLICT);
    let decline = [
        ("decision", "declined"),
        ("amount", "50.00"),
        ("note", "Your rack had no power."),
    ];
    alice.post(&path(second), &decline).await;
    let open = breaches("?credit=open").await;
    assert_eq!(open.count("tbody tr"), 0);
    assert!(open.text().contains("No report matches"), "{}", open.text());
    let all = breaches("").await.text();
    assert!(
        all.contains("Approved") && all.contains("EUR\u{a0}60.00") && all.contains("Declined"),
        "{all}"
    );
    let read = async |report: SlaReportId| {
        Seen::of(dana.get(&format!("/portal/reports/{report}")).await)
            .await
            .text()
    };
    assert!(read(first).await.contains("With our apologies."));
    assert!(read(second).await.contains("Your rack had no power."));
    let otto = app
        .signed_in(crate::helpers::NORTH, server::web::area::Area::Admin, "otto@north.test")
        .await;
    assert_eq!(otto.get(&path(first)).await.status(), StatusCode::FORBIDDEN);
    let log = alice.get("/admin/audit?kind=report").await.text().await.unwrap();
    assert!(log.contains("credit decided") && log.contains("EUR\u{a0}60.00"));
}

#[tokio::test]
async fn whoever_decides_reads_what_was_given_on_an_earlier_revision() {
    let app = spawn_app().await;
    let (_, first) = breached(&app, "Depot").await;
    let alice = app.alice().await;
    let approve = [("decision", "approved"), ("amount", "60"), ("note", "")];
    alice.post(&format!("/admin/reports/{first}/credit"), &approve).await;
    let again = format!("/admin/reports/{first}/again");
    let made = alice.post(&again, &[("reason", "The exclusion was lifted.")]).await;
    let second = location(&made).to_owned();
    let given = "EUR\u{a0}60.00 was approved on revision 1.";
    for path in [
        format!("{second}/credit"),
        "/admin/reports/breaches?credit=open".to_owned(),
        second,
    ] {
        let page = Seen::of(alice.get(&path).await).await.text();
        assert!(page.contains(given), "{path}: {page}");
    }
    let old = Seen::of(alice.get(&format!("/admin/reports/{first}")).await)
        .await
        .text();
    assert!(!old.contains(given), "it says itself what was given on it: {old}");
    let none = Seen::of(alice.get("/admin/reports/breaches?month=2026-03").await)
        .await
        .text();
    assert!(none.contains("No report matches"), "{none}");
}

#[tokio::test]
async fn what_could_not_be_made_is_listed_and_tried_again() {
    let app = spawn_app().await;
    let router = app.add_router(app.north).await;
    let link = app.add_link(app.north, app.acme, router, "Depot").await;
    let trouble = report_trouble::ActiveModel {
        tenant_id: Set(app.north),
        link_id: Set(link),
        month: Set(MONTH.to_owned()),
        at: Set(at_start()),
        reason: Set("the day is damaged".to_owned()),
    };
    let rows = app.site.db.tenant(app.north);
    rows.insert_all::<report_trouble::Entity, _>([trouble]).await.unwrap();
    let alice = app.alice().await;
    let list = Seen::of(alice.get("/admin/reports/troubles").await).await;
    assert!(list.text().contains("the day is damaged"));
    let form = [("link", link.to_string()), ("month", MONTH.to_owned())];
    let form: Vec<_> = form.iter().map(|(field, value)| (*field, value.as_str())).collect();
    assert_redirect(
        &alice.post("/admin/reports/troubles", &form).await,
        "/admin/reports/troubles",
    );
    let list = Seen::of(alice.get("/admin/reports/troubles").await).await;
    assert!(list.text().contains("The report was made.") && !list.text().contains("damaged"));
    assert_eq!(rows.find::<sla_report::Entity>().count().await.unwrap(), 1);
    let answer = alice.post("/admin/reports/troubles", &form).await;
    assert_eq!(answer.status(), StatusCode::CONFLICT, "it is not listed any more");
}

#[tokio::test]
async fn a_link_tells_how_much_more_it_may_be_down_this_month() {
    let app = spawn_app().await;
    let router = app.add_router(app.north).await;
    let link = app.add_link(app.north, app.acme, router, "Depot").await;
    // All of May so far was up: 31 days at 99.9 % leave 2678.4 seconds.
    app.add_samples(app.north, link, 1_000, |_| Some(SampleState::Up)).await;
    let page = Seen::of(app.dana().await.get(&format!("/portal/links/{link}")).await).await;
    let text = page.text();
    assert!(
        text.contains("no more than 44\u{a0}min 38\u{a0}s until 31 May 2026"),
        "{text}"
    );
}
