//! A month that is made again is judged by what was agreed then, unless staff say otherwise.

use std::process::Command;

use chrono_tz::Tz;
use entity::{LinkId, SlaReportId, link, sla_profile, sla_profile_version, tenant};
use reqwest::StatusCode;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, sea_query::Expr};
use server::domain::reports::{self, AgreementOf, Document};

use crate::{
    helpers::{Browser, TestApp, all_tenants, location, spawn_app},
    network::Seen,
    reports::{breached, report_of},
};

/// After the report was made: another fee, a profile of another wording and name, other rates, another zone and currency.
async fn agree_otherwise(app: &TestApp, link: LinkId) {
    let rows = app.site.db.begin(app.north).await.unwrap();
    let changed = link::ActiveModel {
        id: Set(link),
        monthly_fee_minor: Set(Some(90_000)),
        committed_down_bps: Set(77_000_000),
        faces: Set(link::Faces::Network),
        ..Default::default()
    };
    rows.update::<link::Entity, _>(changed).await.unwrap();
    let first = rows.find::<sla_profile_version::Entity>().one().await.unwrap().unwrap();
    let profile = first.sla_profile_id;
    let second = sla_profile_version::ActiveModel {
        id: Set(entity::SlaProfileVersionId::new()),
        version: Set(2),
        uptime_micropercent: Set(99_000_000),
        created_at: Set(app.site.clock.now()),
        ..first.into()
    };
    rows.insert_all::<sla_profile_version::Entity, _>([second])
        .await
        .unwrap();
    let named = [
        (sla_profile::Column::Name, Expr::value("Leisure")),
        (sla_profile::Column::CurrentVersion, Expr::value(2)),
    ];
    rows.update_where::<sla_profile::Entity>(sla_profile::Column::Id.eq(profile), named)
        .await
        .unwrap();
    rows.config_changed().await.unwrap();
    rows.commit().await.unwrap();
    let north = tenant::ActiveModel {
        id: Set(app.north),
        zone: Set(Tz::Asia__Tokyo.name().to_owned()),
        currency: Set("JPY".to_owned()),
        ..Default::default()
    };
    tenant::Entity::update(north)
        .exec(all_tenants(&app.site.db))
        .await
        .unwrap();
    app.site.board.refresh(app.north).await.unwrap();
}

async fn document(app: &TestApp, report: SlaReportId) -> Document {
    let rows = app.site.db.tenant(app.north);
    reports::find(&rows, report).await.unwrap().unwrap().document
}

/// Makes it again, and reads the new revision.
async fn again(app: &TestApp, who: &Browser, report: SlaReportId, form: &[(&str, &str)]) -> (SlaReportId, Document) {
    let answer = who.post(&format!("/admin/reports/{report}/again"), form).await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER, "{form:?}");
    let new = location(&answer).rsplit('/').next().unwrap().parse().unwrap();
    (new, document(app, new).await)
}

#[tokio::test]
async fn a_month_that_is_made_again_keeps_what_was_agreed_whatever_has_changed_since() {
    let app = spawn_app().await;
    let (link, first) = breached(&app, "Depot").await;
    let alice = app.alice().await;
    let page = Seen::of(alice.get(&format!("/admin/reports/{first}")).await).await;
    assert_eq!(
        page.count("[name=agreement]"),
        0,
        "as long as nothing differs there is no choice"
    );
    let then = document(&app, first).await;
    assert_eq!(then.agreement, AgreementOf::MonthsEnd);
    agree_otherwise(&app, link).await;
    let (second, kept) = again(&app, &alice, first, &[("reason", "The exclusion was lifted.")]).await;
    assert_eq!(kept.agreement, AgreementOf::RevisionBefore);
    assert_eq!(
        Document {
            revision: 1,
            reason: None,
            made_by: None,
            agreement: AgreementOf::MonthsEnd,
            ..kept.clone()
        },
        then,
        "but for who made it and why it is the same to the last figure"
    );
    assert_eq!(kept.inputs.agreed, then.inputs.agreed);
    // And so does the next, which has it from the second.
    let (_, third) = again(&app, &alice, second, &[("reason", "Once more."), ("agreement", "then")]).await;
    assert_eq!((third.revision, &third.figures), (3, &then.figures));
    assert_eq!(third.inputs, then.inputs);
}

#[tokio::test]
async fn staff_see_what_is_agreed_otherwise_today_and_may_judge_by_it() {
    let app = spawn_app().await;
    let (link, first) = breached(&app, "Depot").await;
    let then = document(&app, first).await;
    agree_otherwise(&app, link).await;
    let (alice, dana) = (app.alice().await, app.dana().await);
    let path = format!("/admin/reports/{first}");
    let page = Seen::of(alice.get(&path).await).await;
    assert_eq!(page.attributes("[name=agreement][checked]", "value"), ["then"]);
    let text = page.text();
    for said in [
        "EUR\u{a0}500.00",
        "JPY\u{a0}90,000",
        "Leisure, version 2",
        "77.0\u{a0}Mbit/s",
        "Europe/Berlin",
        "Asia/Tokyo",
        "on this router",
    ] {
        assert!(text.contains(said), "{said} is not in {text}");
    }
    let wrong = [("reason", "The fee was mistyped."), ("agreement", "tomorrow")];
    let refused = alice.post(&format!("{path}/again"), &wrong).await;
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let refused = Seen::of(refused).await;
    assert_eq!(refused.count("#agreement-error"), 1);
    assert!(
        refused.text().contains("The fee was mistyped."),
        "what was typed is kept"
    );
    let nothing = alice.post(&format!("{path}/again"), &[("agreement", "today")]).await;
    assert_eq!(nothing.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let nothing = Seen::of(nothing).await;
    assert_eq!(nothing.attributes("[name=agreement][checked]", "value"), ["today"]);
    let form = [("reason", "The fee was mistyped."), ("agreement", "today")];
    let (second, today) = again(&app, &alice, first, &form).await;
    assert_eq!(today.agreement, AgreementOf::Today);
    assert_eq!((today.zone.as_str(), today.currency.as_str()), ("Asia/Tokyo", "JPY"));
    assert_eq!(today.monthly_fee_minor, Some(90_000));
    let promised = today.promised.as_ref().unwrap();
    assert_eq!((promised.profile.as_str(), promised.version), ("Leisure", 2));
    assert_ne!(today.figures.uptime.period, then.figures.uptime.period);
    assert_ne!(today.inputs.agreed, then.inputs.agreed);
    let page = Seen::of(alice.get(&format!("/admin/reports/{second}")).await).await;
    assert!(page.text().contains("what was agreed on the day it was made"));
    assert_eq!(page.count("[name=agreement]"), 0, "now nothing differs");
    let read = Seen::of(dana.get(&format!("/portal/reports/{second}")).await).await;
    assert!(read.text().contains("what was agreed on the day it was made"));
    let log = alice.get("/admin/audit?kind=report").await.text().await.unwrap();
    assert!(log.contains("today"), "{log}");
}

/// What `mainstay sla calculate` says of April, and whether it did what it was told.
fn calculate(app: &TestApp, more: &[&str]) -> (bool, String) {
    let settings = &app.site.settings;
    let output = Command::new(env!("CARGO_BIN_EXE_mainstay"))
        .args([
            "sla",
            "calculate",
            "--month",
            "2026-04",
            "--tenant",
            "north",
            "--format",
            "json",
        ])
        .args(more)
        .arg("--data")
        .arg(&settings.data)
        .args(["--database-url", &settings.database_url])
        .output()
        .unwrap();
    let said = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
    (output.status.success(), said)
}

#[tokio::test]
async fn the_command_line_makes_reports_again_by_either_agreement() {
    let app = spawn_app().await;
    let (link, first) = breached(&app, "Depot").await;
    let then = document(&app, first).await;
    agree_otherwise(&app, link).await;
    let made = async |more: &[&str]| {
        let reason = ["--make", "Late samples of a router"];
        let (done, said) = calculate(&app, &[reason.as_slice(), more].concat());
        assert!(done, "{said}");
        let rows = app.site.db.tenant(app.north);
        let current = reports::current(&rows, link, "2026-04").await.unwrap().unwrap();
        (current.document, said)
    };
    let (second, said) = made(&[]).await;
    assert_eq!((second.revision, second.agreement), (2, AgreementOf::RevisionBefore));
    assert_eq!(second.inputs, then.inputs);
    assert!(said.contains("\"profile\": \"Gold for Depot\""), "{said}");
    let (third, said) = made(&["--agreement", "today"]).await;
    assert_eq!((third.revision, third.agreement), (3, AgreementOf::Today));
    assert_eq!(third.monthly_fee_minor, Some(90_000));
    assert!(said.contains("\"profile\": \"Leisure\""), "{said}");
    let (done, said) = calculate(&app, &["--agreement", "today"]);
    assert!(!done && said.contains("--make"), "{said}");
}

#[tokio::test]
async fn a_first_report_is_judged_by_the_link_as_it_is_and_by_the_wording_of_then() {
    let app = spawn_app().await;
    let router = app.add_router(app.north).await;
    let link = app.add_link(app.north, app.acme, router, "Yard").await;
    agree_otherwise(&app, link).await;
    let first = document(&app, report_of(&app, link).await).await;
    assert_eq!(first.agreement, AgreementOf::MonthsEnd);
    assert_eq!(
        (first.zone.as_str(), first.monthly_fee_minor),
        ("Asia/Tokyo", Some(90_000))
    );
    assert_eq!(
        first.promised.map(|promised| promised.version),
        Some(1),
        "the second wording came when the month was over"
    );
}
