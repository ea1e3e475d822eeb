//! Worked months and counters with exact figures, against the rules.
//!
//! `data/sla-cases.json` holds what is so (`spec`, `readings`) and what must
//! come out. A field that is neither checked here nor named in `NOT_YET` fails
//! the test, so that no figure is passed over in silence. Percentiles (R13) and
//! seconds between edges (R20) have no cases here before they have rules.

use chrono::{DateTime, NaiveTime, Timelike, Utc};
use chrono_tz::Tz;
use serde_json::{Map, Value, json};
use server::domain::calendar::{Month, ServiceHours};
use server::domain::links::counters::{Counters, Delta, NoRate, Reading, Wire};
use server::domain::links::slot::{SampleState, Slot};
use server::domain::sla::intervals::{Interval, Intervals};
use server::domain::sla::latency::Quality;
use server::domain::sla::thresholds::{Kept, Thresholds, Verdict};
use server::domain::sla::uptime::{Terms, UnreachablePolicy, Uptime};

/// Credits (R16) come with billing. The fee they are a part of is in `spec`
/// under the same name.
const NOT_YET: &[&str] = &["credit"];

/// What `spec` may say. `thr` are the thresholds, `excluded` is maintenance.
const UNDERSTOOD: &[&str] = &[
    "month",
    "tz",
    "default",
    "ranges",
    "activated",
    "excluded",
    "service_hours",
    "unreachable_policy",
    "thr",
];

type Problem = Box<dyn std::error::Error>;

fn cases(kind: &str) -> Result<Vec<Value>, Problem> {
    let all: Value = serde_json::from_str(include_str!("data/sla-cases.json"))?;
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

fn minutes(value: &Value, midnight: u16) -> Result<u16, Problem> {
    let text = value.as_str().ok_or("not a time of day")?;
    if text == "24:00" {
        return Ok(midnight);
    }
    let time = NaiveTime::parse_from_str(text, "%H:%M")?;
    Ok(u16::try_from(time.hour() * 60 + time.minute())?)
}

fn service_hours(week: &Value, period: Interval, zone: Tz) -> Result<Option<Intervals>, Problem> {
    if week.is_null() {
        return Ok(None);
    }
    let mut days: [Vec<(u16, u16)>; 7] = Default::default();
    for (day, spans) in days.iter_mut().enumerate() {
        for span in list(&week[day.to_string()]) {
            day_span(span).map(|span| spans.push(span))?;
        }
    }
    let hours = ServiceHours::new(std::array::from_fn(|day| days[day].as_slice()))?;
    Ok(Some(hours.over(period, zone)))
}

fn day_span(span: &Value) -> Result<(u16, u16), Problem> {
    Ok((minutes(&span[0], 0)?, minutes(&span[1], 1440)?))
}

fn terms(spec: &Value) -> Result<Terms, Problem> {
    let zone: Tz = spec["tz"].as_str().unwrap_or("UTC").parse()?;
    let month: Month = spec["month"].as_str().ok_or("no month")?.parse()?;
    let period = month.period(zone);
    let activated = match &spec["activated"] {
        Value::Null => i64::MIN,
        at => instant(at)?.timestamp(),
    };
    let maintenance: Result<Intervals, Problem> = list(&spec["excluded"])
        .map(|window| interval(&window[0], &window[1]))
        .collect();
    Ok(Terms {
        active: Interval::new(activated, i64::MAX),
        service_hours: service_hours(&spec["service_hours"], period, zone)?,
        maintenance: maintenance?,
        unreachable: match spec["unreachable_policy"].as_str() {
            None | Some("unknown") => UnreachablePolicy::Unknown,
            Some("down") => UnreachablePolicy::Down,
            Some(other) => return Err(other.into()),
        },
        ..Terms::over(period)
    })
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
fn states(spec: &Value, period: Interval) -> Result<Vec<(Slot, SampleState)>, Problem> {
    let usual = state(spec["default"].as_str().unwrap_or("up"))?;
    let mut ranges = Vec::new();
    for range in list(&spec["ranges"]) {
        let name = range["st"].as_str().ok_or("no state")?;
        ranges.push((interval(&range["from"], &range["to"])?, state(name)?));
    }
    let first = Slot::from_second(period.start()).number();
    let last = Slot::from_second(period.end() - 1).number();
    let slots = (first..=last).map(Slot::from_number);
    Ok(slots
        .filter_map(|slot| {
            let said = ranges
                .iter()
                .rev()
                .find(|(range, _)| range.contains(slot.interval().start()));
            said.map_or(usual, |&(_, state)| state).map(|state| (slot, state))
        })
        .collect())
}

fn thresholds(thr: &Value) -> Result<Thresholds, Problem> {
    let percentage = |value: &Value| match value {
        Value::Null => Ok(None),
        number => number.to_string().parse().map(Some),
    };
    Ok(Thresholds {
        uptime: percentage(&thr["uptime"])?,
        latency_us: match thr["latency_ms"].as_u64() {
            Some(milliseconds) => Some(u32::try_from(milliseconds * 1000)?),
            None => None,
        },
        jitter_us: None,
        loss: percentage(&thr["loss_pct"])?,
    })
}

fn time(second: i64) -> Value {
    DateTime::from_timestamp(second, 0).map_or(Value::Null, |at| at.format("%Y-%m-%dT%H:%M:%SZ").to_string().into())
}

fn kept(kept: Kept) -> &'static str {
    match kept {
        Kept::Met => "met",
        Kept::Breached => "BREACH",
        Kept::NoData => "no data",
    }
}

/// What the rules say, in the words of the file.
fn found(spec: &Value) -> Result<Map<String, Value>, Problem> {
    let terms = terms(spec)?;
    let uptime = Uptime::measure(&terms, states(spec, terms.period)?, &[]);
    // No case that is kept here has probes.
    let quality = Quality::measure(&terms, []);
    let judgement = thresholds(&spec["thr"])?.judge(&uptime, &quality);
    let mut metrics = Map::new();
    for (name, part) in [
        ("uptime", judgement.uptime),
        ("latency", judgement.latency),
        ("loss", judgement.loss),
    ] {
        if let Some(part) = part {
            metrics.insert(name.to_owned(), kept(part).into());
        }
    }
    let found = json!({
        "period": [time(uptime.period.start()), time(uptime.period.end())],
        "period_s": uptime.period.seconds(),
        "slots": uptime.slots(),
        "window_s": uptime.window.seconds(),
        "scheduled_s": uptime.scheduled,
        "excluded_s": uptime.excluded,
        "accountable_s": uptime.accountable,
        "up_s": uptime.up,
        "down_s": uptime.down,
        "unknown_s": uptime.unknown,
        "uptime_pct": uptime.share().map(|share| share.percent_truncated(6)),
        "coverage_pct": uptime.coverage().map(|share| share.percent_truncated(6)),
        "incidents": uptime.outages.iter().map(|outage| {
            json!([time(outage.span.start()), time(outage.span.end()), outage.counted_seconds])
        }).collect::<Vec<_>>(),
        "latency_ms": quality.latency_us().map(|mean| mean.truncated(0)),
        "loss_pct": quality.loss().map(|share| share.percent_truncated(6)),
        "metrics": metrics,
        "verdict": match judgement.verdict {
            Verdict::Met => "met",
            Verdict::Breached => "BREACH",
            Verdict::InsufficientData => "insufficient data",
            Verdict::NoData => "no data",
        },
    });
    Ok(found.as_object().cloned().unwrap_or_default())
}

#[test]
fn every_worked_month_comes_out_to_the_second() -> Result<(), Problem> {
    for case in cases("months")? {
        let name = format!("{} {}", case["id"], case["title"]);
        let spec = case["spec"].as_object().ok_or("no spec")?;
        for field in spec.keys() {
            let known = UNDERSTOOD.contains(&field.as_str()) || NOT_YET.contains(&field.as_str());
            assert!(known, "{name}: {field} is not understood");
        }
        let found = found(&case["spec"])?;
        let expected = case["expected"].as_object().ok_or("nothing expected")?;
        for (field, value) in expected {
            if NOT_YET.contains(&field.as_str()) {
                continue;
            }
            assert_eq!(found.get(field), Some(value), "{name}: {field}");
        }
    }
    Ok(())
}

#[test]
fn every_worked_counter_gives_its_volumes_and_rates() -> Result<(), Problem> {
    for case in cases("counters")? {
        let name = format!("{} {}", case["id"], case["title"]);
        let readings: Result<Vec<Reading>, Problem> = list(&case["readings"]).map(reading).collect();
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
