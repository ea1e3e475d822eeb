//! Worked months, counters and percentiles with exact figures, against the rules, by the way that reports go: what was
//! agreed is set up, the samples are sealed, and the month's report is made from what is stored, kept and read again.
//!
//! `data/sla-cases.json` holds what is so (`spec`, `samples`) and what must come out. `MAINSTAY_SLA_CASES` names another
//! file of the same form. A field that is not understood or not calculated fails the test, so that no figure is passed
//! over in silence; each difference is printed.

#![expect(clippy::unwrap_used, reason = "a test that can't go on fails by panicking")]

#[path = "api/helpers.rs"]
#[expect(dead_code, reason = "the other tests need the rest")]
mod helpers;
#[path = "api/measured.rs"]
#[expect(dead_code, reason = "the other tests need the rest")]
mod measured;

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use entity::{LinkId, TenantId};
use sea_orm::ActiveValue::Set;
use serde_json::{Map, Value, json};
use server::domain::{
    audit::Actor,
    calendar::{Month, local},
    links::{
        block::Day,
        counters::{Counters, Delta, NoRate, Reading, Wire},
        days,
        series::peaks::percentile_95,
        slot::{Sample, SampleState, Slot},
    },
    maintenance,
    reports::{self, Agreed, document::DayFigures},
    sla::{calculation::calculate, intervals::Interval},
    sla_profiles,
};

use crate::helpers::{TestApp, create_tenant, spawn_app};

/// What `spec` may say. `thr` are the thresholds, `excluded` is maintenance.
const UNDERSTOOD: &[&str] = &[
    "month",
    "tz",
    "default",
    "ranges",
    "activated",
    "deactivated",
    "excluded",
    "service_hours",
    "unreachable_policy",
    "disabled_policy",
    "thr",
    "credit",
];

type Problem = Box<dyn std::error::Error>;

fn cases(kind: &str) -> Result<Vec<Value>, Problem> {
    let all: Value = match std::env::var("MAINSTAY_SLA_CASES") {
        Ok(path) => serde_json::from_str(&std::fs::read_to_string(path)?)?,
        Err(_) => serde_json::from_str(include_str!("data/sla-cases.json"))?,
    };
    let cases = all[kind].as_array().ok_or("not a list")?.clone();
    assert!(!cases.is_empty());
    Ok(cases)
}

fn instant(value: &Value) -> Result<DateTime<Utc>, Problem> {
    Ok(value.as_str().ok_or("not a time")?.parse()?)
}

fn interval(from: &Value, to: &Value) -> Result<Interval, Problem> {
    Ok(Interval::between(instant(from)?, instant(to)?))
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// What was agreed, as staff would type it.
fn profile(spec: &Value) -> Result<sla_profiles::Draft, Problem> {
    let (thr, week) = (&spec["thr"], &spec["service_hours"]);
    let policy = |name: &str, usual: &str| spec[name].as_str().unwrap_or(usual).to_owned();
    let day = |day: usize| {
        let spans = list(&week[day.to_string()]);
        let spans = spans.map(|span| format!("{}-{}", text(&span[0]), text(&span[1])));
        spans.collect::<Vec<_>>().join(", ")
    };
    let mut draft = sla_profiles::Draft {
        name: "Gold".to_owned(),
        uptime: text(&thr["uptime"]),
        latency: text(&thr["latency_ms"]),
        jitter: text(&thr["jitter_ms"]),
        loss: text(&thr["loss_pct"]),
        hours: if week.is_null() { "always" } else { "week" }.to_owned(),
        days: std::array::from_fn(day),
        unreachable: policy("unreachable_policy", "unknown"),
        disabled: policy("disabled_policy", "excluded"),
        measured: "slots".to_owned(),
        percentile: "greater".to_owned(),
        ..Default::default()
    };
    if draft.uptime.is_empty() {
        return Err("a profile promises an uptime".into());
    }
    for (kept, tier) in draft.tiers.iter_mut().zip(list(&spec["credit"]["tiers"])) {
        *kept = (text(&tier[0]), text(&tier[1]));
    }
    Ok(draft)
}

/// A link of a tenant of its own, with what was agreed and what was measured.
async fn set_up(app: &TestApp, case: usize, spec: &Value) -> Result<(TenantId, LinkId, Month), Problem> {
    let (site, actor) = (&app.site, Actor::system("tests"));
    let name = format!("case-{case}");
    let tenant = create_tenant(&site.db, &name, &format!("{name}.test")).await;
    let zone: Tz = spec["tz"].as_str().unwrap_or("UTC").parse()?;
    set_zone(app, tenant, zone).await?;
    let month: Month = spec["month"].as_str().ok_or("no month")?.parse()?;
    let period = month.period(zone);
    let before = DateTime::from_timestamp(period.start(), 0).ok_or("no time")? - TimeDelta::days(40);

    let promised = profile(spec)?.check().map_err(|wrong| format!("{wrong:?}"))?;
    let profile = sla_profiles::create(&site.db, tenant, &actor, before, promised).await?;
    let moment = |value: &Value| match value {
        Value::Null => Ok(None),
        at => instant(at).map(Some),
    };
    let (activated, deactivated) = (moment(&spec["activated"])?, moment(&spec["deactivated"])?);
    let client = helpers::create_client(&site.db, tenant, "Acme").await;
    let router = app.add_router(tenant).await;
    let link = app.add_link_with(tenant, client, router, "leased", |link| {
        link.sla_profile_id = Set(Some(profile));
        link.activated_at = Set(Some(activated.unwrap_or(before)));
        link.deactivated_at = Set(deactivated);
        link.monthly_fee_minor = Set(spec["credit"]["monthly_fee_minor"].as_i64());
    });
    let link = link.await;
    for window in list(&spec["excluded"]) {
        let board = site.board.snapshot(tenant, before).await?;
        let draft = maintenance::Draft {
            title: "Planned".to_owned(),
            starts: local::typed(instant(&window[0])?, zone),
            ends: local::typed(instant(&window[1])?, zone),
            covers: "all".to_owned(),
            approves: true,
            ..Default::default()
        };
        let plan = draft.check(&board, before).map_err(|wrong| format!("{wrong:?}"))?;
        maintenance::create(&site.db, tenant, &actor, before, plan).await?;
        site.board.refresh(tenant).await?;
    }
    seal(app, tenant, link, &samples(spec, period)?).await?;
    Ok((tenant, link, month))
}

async fn set_zone(app: &TestApp, tenant: TenantId, zone: Tz) -> Result<(), Problem> {
    use entity::tenant;
    use sea_orm::EntityTrait;
    let row = tenant::ActiveModel {
        id: Set(tenant),
        zone: Set(zone.name().to_owned()),
        ..Default::default()
    };
    tenant::Entity::update(row)
        .exec(helpers::all_tenants(&app.site.db))
        .await?;
    Ok(())
}

async fn seal(app: &TestApp, tenant: TenantId, link: LinkId, samples: &[Sample]) -> Result<(), Problem> {
    let rows = app.site.db.begin(tenant).await?;
    for of_day in samples.chunk_by(|a, b| Day::of(a.slot) == Day::of(b.slot)) {
        days::seal_with(&rows, link, Day::of(of_day[0].slot), of_day, app.site.clock.now()).await?;
    }
    Ok(rows.commit().await?)
}

/// `None` is a missing slot.
fn state(name: &str) -> Result<Option<SampleState>, Problem> {
    Ok(match name {
        "up" => Some(SampleState::Up),
        "down" => Some(SampleState::Down),
        "disabled" => Some(SampleState::Disabled),
        "unknown" | "unreachable" => Some(SampleState::Unknown),
        "missing" => None,
        other => return Err(other.into()),
    })
}

/// One up sample a slot, but for what the spec says; later ranges win.
fn samples(spec: &Value, period: Interval) -> Result<Vec<Sample>, Problem> {
    let usual = state(spec["default"].as_str().unwrap_or("up"))?;
    let mut ranges = Vec::new();
    for range in list(&spec["ranges"]) {
        let fields = range.as_object().ok_or("not a range")?;
        if let Some(other) = fields
            .keys()
            .find(|field| !["from", "to", "st"].contains(&field.as_str()))
        {
            return Err(format!("{other} of a range is not understood").into());
        }
        let name = range["st"].as_str().ok_or("no state")?;
        ranges.push((interval(&range["from"], &range["to"])?, state(name)?));
    }
    let first = Slot::from_second(period.start()).number();
    let last = Slot::from_second(period.end() - 1).number();
    let slots = (first..=last).map(Slot::from_number);
    let said = |slot: Slot| {
        let said = ranges
            .iter()
            .rev()
            .find(|(range, _)| range.contains(slot.interval().start()));
        said.map_or(usual, |&(_, state)| state)
    };
    Ok(slots.filter_map(|slot| Some(Sample::new(slot, said(slot)?))).collect())
}

fn time(second: i64) -> Value {
    DateTime::from_timestamp(second, 0).map_or(Value::Null, |at| at.format("%Y-%m-%dT%H:%M:%SZ").to_string().into())
}

/// What the report says, in the words of the file: it is made, kept and read again.
async fn found(app: &TestApp, case: usize, spec: &Value) -> Result<Map<String, Value>, Problem> {
    let (tenant, link, month) = set_up(app, case, spec).await?;
    let board = app.site.board.snapshot(tenant, app.site.clock.now()).await?;
    let rows = app.site.db.tenant(tenant);
    let row = &board.links.get(&link).ok_or("no link")?.link;
    let agreed = Agreed::today(&board, row);
    let terms = agreed.terms(&board, month.period(agreed.zone));
    let calculated = calculate(&rows, &[(link, terms, agreed.agreement())]).await?;
    let [calculated] = calculated.as_slice() else {
        return Err("not one calculation".into());
    };
    let end = DateTime::from_timestamp(month.period(board.zone).end(), 0).ok_or("no time")?;
    let actor = Actor::system("tests");
    reports::make(&app.site.db, &board, link, month, &actor, end, None).await?;
    let report = reports::current(&rows, link, &month.to_string())
        .await?
        .ok_or("no report")?;
    if report.document.figures != *calculated {
        return Err("the report says something else than the calculation".into());
    }
    check_days(&report.document)?;
    let samples = reports::samples(&rows, &board, link, &report.document, end).await?;
    if samples != reports::Samples::Unchanged {
        return Err("the samples seem to have changed".into());
    }
    Ok(calculated.to_json().as_object().cloned().unwrap_or_default())
}

/// The days are the month.
fn check_days(document: &reports::Document) -> Result<(), Problem> {
    let sum = |of: fn(&DayFigures) -> i64| document.days.iter().map(of).sum::<i64>();
    let uptime = &document.figures.uptime;
    let days = [
        sum(|day| day.window.seconds()),
        sum(|day| day.accountable_seconds),
        sum(|day| day.up_seconds),
        sum(|day| day.down_seconds),
        sum(|day| day.unknown_seconds),
        sum(|day| day.excluded_seconds),
    ];
    let month = [
        uptime.window.seconds(),
        uptime.accountable,
        uptime.up,
        uptime.down,
        uptime.unknown,
        uptime.excluded,
    ];
    match days == month {
        true => Ok(()),
        false => Err(format!("the days come to {days:?}, and the month to {month:?}").into()),
    }
}

/// Whether `found` is what is expected: decimals are cut off after as many places as are.
fn is(found: &Value, expected: &Value) -> bool {
    let places = |text: &str| text.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    let cut = |text: &str, places: usize| match text.split_once('.') {
        Some((whole, _)) if places == 0 => whole.to_owned(),
        Some((whole, decimals)) => format!("{whole}.{}", decimals.get(..places).unwrap_or(decimals)),
        None => text.to_owned(),
    };
    match (found, expected) {
        (Value::Object(found), Value::Object(expected)) => {
            let known = |(field, value): (&String, &Value)| is(found.get(field).unwrap_or(&Value::Null), value);
            expected.iter().all(known)
        }
        (Value::String(text), Value::String(other)) => text == other || cut(text, places(other)) == *other,
        (Value::String(text), Value::Number(number)) => {
            let number = number.to_string();
            cut(text, places(&number)) == number
        }
        _ => found == expected,
    }
}

#[tokio::test]
async fn every_worked_month_comes_out_to_the_second() -> Result<(), Problem> {
    let app = spawn_app().await;
    let mut differences = BTreeMap::new();
    for (number, case) in cases("cases")?.iter().enumerate() {
        let mut wrong = Vec::new();
        let spec = case["spec"].as_object().ok_or("no spec")?;
        let strange = spec.keys().filter(|field| !UNDERSTOOD.contains(&field.as_str()));
        wrong.extend(strange.map(|field| format!("{field} is not understood")));
        match found(&app, number, &case["spec"]).await {
            Ok(found) => {
                for (field, expected) in case["expected"].as_object().ok_or("nothing expected")? {
                    let found = found.get(field).unwrap_or(&Value::Null);
                    if !is(found, expected) {
                        wrong.push(format!("{field}: {found} instead of {expected}"));
                    }
                }
            }
            Err(problem) => wrong.push(problem.to_string()),
        }
        if !wrong.is_empty() {
            differences.insert(format!("{} {}", case["id"], case["title"]), wrong);
        }
    }
    assert!(differences.is_empty(), "{differences:#?}");
    Ok(())
}

/// The values are in the name: `1..8640`, `one value 7`, or none.
#[test]
fn every_worked_percentile_is_the_nearest_rank() -> Result<(), Problem> {
    for case in cases("p95")? {
        let name = case["name"].as_str().ok_or("no name")?;
        let last = name
            .rsplit(' ')
            .find(|word| word.starts_with(|c: char| c.is_ascii_digit()));
        let range = name.split(' ').find_map(|word| word.split_once(".."));
        let values: Vec<i64> = match range {
            Some((first, last)) => (first.parse()?..=last.parse()?).collect(),
            None if name.contains("one value") => vec![last.ok_or("no value")?.parse()?],
            None if name.contains("no value") => Vec::new(),
            None => return Err(format!("{name} is not understood").into()),
        };
        assert_eq!(json!(percentile_95(values, 0)), case["nearest_rank"], "{name}");
    }
    Ok(())
}

#[test]
fn every_worked_counter_gives_its_volumes_and_rates() -> Result<(), Problem> {
    for case in cases("counters")? {
        let name = format!("{} {} {}", case["id"], case["title"], case["name"]);
        let readings: Result<Vec<Reading>, Problem> = list(&case["samples"]).map(reading).collect();
        let mut steps = Vec::new();
        let mut volume = 0;
        for pair in readings?.windows(2) {
            let delta = Delta::between(Some(&pair[0]), &pair[1], Wire::default());
            let octets = delta.counters.rx_octets;
            volume += octets.unwrap_or_default();
            let rate = delta.bits_per_second(octets).map(|bits| format!("{bits}.000"));
            let reason = match delta.rate_seconds {
                Ok(_) => "ok",
                Err(NoRate::Reboot) => "reboot",
                Err(NoRate::Reset) => "counter reset",
                Err(NoRate::Gap) => "gap",
                Err(other) => return Err(format!("{name}: {other:?}").into()),
            };
            steps.push(json!([time(pair[1].at.timestamp()), octets, rate, reason]));
        }
        assert_eq!(Value::from(steps), case["steps"], "{name}");
        assert_eq!(Value::from(volume), case["volume"], "{name}");
    }
    Ok(())
}

/// `[collector's time, octets, router's uptime]`.
fn reading(value: &Value) -> Result<Reading, Problem> {
    Ok(Reading {
        at: instant(&value[0])?,
        uptime: value[2].as_u64(),
        interface_id: "*1".to_owned(),
        counters: Counters {
            rx_octets: value[1].as_u64(),
            ..Counters::default()
        },
        link_downs: None,
        last_link_down: None,
        last_link_up: None,
    })
}
