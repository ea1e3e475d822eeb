//! What the samples of the portal's pages show: believable, and the same each time.

use chrono::{DateTime, TimeDelta, TimeZone, Utc};

use super::{
    link::{Link, Now, Terms},
    link_card::LinkSummary,
    maintenance::Maintenance,
    measurements::{Earlier, Figures, Measurements, Spread, Step},
    month::{MonthSoFar, Verdict},
    outages::Outage,
    range::{Compare, Range},
    standing::Standing,
};
use crate::{
    samples,
    ui::{
        State,
        graph::{Band, BandKind},
    },
};

/// A daily rhythm with some noise, from 0 to about 1.
fn wave(step: u32, per_day: f64, seed: u32) -> f64 {
    let phase = f64::from(step) / per_day * std::f64::consts::TAU;
    let mixed = step.wrapping_add(seed.wrapping_mul(7_919)).wrapping_mul(2_654_435_761);
    let noise = f64::from((mixed ^ (mixed >> 15)) % 1000) / 1000.0;
    (0.45 - 0.33 * phase.cos()) * (0.82 + 0.36 * noise)
}

pub(super) fn month(verdict: Verdict) -> MonthSoFar {
    let digits = match verdict {
        Verdict::Broken => Some("99.412"),
        Verdict::NoData => None,
        _ => Some("99.987"),
    };
    MonthSoFar {
        begin: Utc.timestamp_opt(1_793_487_600, 0).single().unwrap_or_default(),
        zone: chrono_tz::Europe::Berlin,
        uptime: digits.map(str::to_owned),
        agreed: (verdict != Verdict::NotAgreed).then(|| "99.9".to_owned()),
        verdict,
        coverage: (verdict == Verdict::TooLittleKnown).then(|| "41.20".to_owned()),
        down: match verdict {
            Verdict::Broken => TimeDelta::minutes(173),
            Verdict::NoData | Verdict::NotAgreed => TimeDelta::zero(),
            _ => TimeDelta::minutes(5),
        },
        outages: match verdict {
            Verdict::Broken => 3,
            Verdict::NoData | Verdict::NotAgreed => 0,
            _ => 1,
        },
        excluded: match verdict {
            Verdict::Kept => TimeDelta::hours(3),
            _ => TimeDelta::zero(),
        },
    }
}

/// Five links, what is wrong first. `text` stands for whatever a tenant typed.
pub(super) fn links(text: Option<&str>) -> Vec<LinkSummary> {
    let now = samples::now();
    let or = |own: &str| text.unwrap_or(own).to_owned();
    let link = |name: &str, state: State, minutes: i64, verdict: Verdict, seed: u32| {
        let missing = matches!(state, State::Down | State::Unknown);
        let sparkline = (0..48).map(|step| (!(missing && step > 44)).then(|| wave(step, 48.0, seed) * 4e8));
        LinkSummary {
            name: or(name),
            href: "/portal/links/1".into(),
            kind: or("ILL"),
            reference: Some(or("NB-20417")),
            client: Some(or("Acme Logistics GmbH")),
            standing: Standing::Active {
                state,
                since: Some(now - TimeDelta::minutes(minutes)),
            },
            download: (!missing).then_some(213.4e6 * f64::from(seed)),
            upload: (!missing).then_some(48.1e6),
            sparkline: sparkline.collect(),
            month: month(verdict),
            maintenance: (state == State::Maintenance).then(|| or("New line card in the exchange")),
        }
    };
    vec![
        link("Hamburg office", State::Down, 29, Verdict::Broken, 1),
        link(
            "Campus fibre ring, east",
            State::Unknown,
            12,
            Verdict::TooLittleKnown,
            2,
        ),
        link("Warehouse Leipzig", State::Maintenance, 41, Verdict::Kept, 3),
        link("Berlin – headquarters", State::Up, 13_000, Verdict::Kept, 4),
        link("Rostock, container terminal", State::Up, 240_000, Verdict::NotAgreed, 5),
        LinkSummary {
            standing: Standing::Planned { from: None },
            sparkline: vec![None; 48],
            download: None,
            upload: None,
            ..link("Potsdam, new building", State::Up, 0, Verdict::NoData, 6)
        },
    ]
}

pub(super) fn maintenance(text: Option<&str>) -> Vec<Maintenance> {
    let now = samples::now();
    vec![Maintenance {
        title: text.unwrap_or("New line card in the exchange").to_owned(),
        from: now - TimeDelta::minutes(41),
        to: now + TimeDelta::minutes(139),
        links: vec![text.unwrap_or("Warehouse Leipzig").to_owned()],
    }]
}

pub(super) fn measurements(range: Range) -> Measurements {
    let (step, count) = match range {
        Range::Day => (TimeDelta::minutes(5), 288_u32),
        Range::Week => (TimeDelta::minutes(30), 336),
        Range::Month => (TimeDelta::hours(2), 360),
        Range::Year => (TimeDelta::days(1), 365),
        Range::Chosen { .. } => (TimeDelta::hours(6), 240),
    };
    let to = samples::now();
    let from = to - step * count as i32;
    let per_day = 86_400.0 / step.num_seconds() as f64;
    let spread = |avg: f64| Spread {
        min: avg * 0.7,
        avg,
        max: avg * 1.2,
    };
    let (outage, missing) = (count * 30 / 100..count * 32 / 100, count * 60 / 100..count * 66 / 100);
    let steps = (0..count).map(|at| {
        let (up, seen) = (!outage.contains(&at), !missing.contains(&at));
        let (traffic, probe) = (seen.then_some(()), (seen && up).then_some(()));
        let load = if up { wave(at, per_day, 5) } else { 0.0 };
        Step {
            t: from + step * at as i32,
            download: traffic.map(|()| spread(load * 420e6)),
            upload: traffic.map(|()| spread(load * 140e6)),
            latency_ms: probe.map(|()| spread(3.4 + wave(at, per_day, 9) * 2.0)),
            loss_percent: seen.then(|| {
                let lost = if !up {
                    100.0
                } else if at.is_multiple_of(41) {
                    20.0
                } else {
                    0.0
                };
                Spread {
                    min: lost,
                    avg: lost,
                    max: lost,
                }
            }),
        }
    });
    let band = |kind: BandKind, part: &std::ops::Range<u32>| Band {
        kind,
        from: from + step * part.start as i32,
        to: from + step * part.end as i32,
    };
    Measurements {
        range,
        from,
        to,
        step,
        steps: steps.collect(),
        overall: Figures {
            download: Some(spread(190e6)),
            upload: Some(spread(63e6)),
            latency_ms: Some(spread(4.3)),
            loss_percent: Some(spread(0.4)),
            download_95: Some(331e6),
            upload_95: Some(110e6),
        },
        bands: vec![
            band(BandKind::Outage, &outage),
            band(BandKind::Missing, &missing),
            band(BandKind::Maintenance, &(count * 80 / 100..count * 86 / 100)),
            band(BandKind::Disabled, &(count * 10 / 100..count * 12 / 100)),
        ],
        committed_download: 500e6,
        committed_upload: 200e6,
        probed: true,
        earlier: None,
    }
}

/// A range that is busier than the one it is compared with.
pub(super) fn compared(range: Range, compare: Compare) -> Measurements {
    let mut measured = measurements(range);
    let back = match compare {
        Compare::Before => measured.to - measured.from,
        Compare::Year => TimeDelta::weeks(52),
    };
    let less = |spread: Option<Spread>, share: f64| {
        spread.map(|spread| Spread {
            min: spread.min * share,
            avg: spread.avg * share,
            max: spread.max * share,
        })
    };
    let count = measured.steps.len();
    // Some hours earlier in their day, so that the two are not one curve in two sizes.
    let steps = (0..count).map(|at| &measured.steps[(at + count / 36) % count]);
    let overall = measured.overall;
    let earlier = Earlier {
        compare,
        from: measured.from - back,
        to: measured.to - back,
        steps: steps
            .zip(&measured.steps)
            .map(|(step, now)| Step {
                t: now.t,
                download: less(step.download, 0.8),
                upload: less(step.upload, 1.0),
                latency_ms: less(step.latency_ms, 1.3),
                loss_percent: less(step.loss_percent, 0.2),
            })
            .collect(),
        overall: Figures {
            download: less(overall.download, 0.8),
            upload: less(overall.upload, 1.0),
            latency_ms: less(overall.latency_ms, 1.3),
            loss_percent: less(overall.loss_percent, 0.2),
            download_95: overall.download_95.map(|rate| rate * 0.7),
            upload_95: overall.upload_95.map(|rate| rate * 1.1),
        },
        is_alike: true,
    };
    measured.earlier = Some(earlier);
    measured
}

/// As [`compared`], with a link that came into service meanwhile.
pub(super) fn only_in_part(measured: &mut Measurements) {
    let half = measured.steps.len() / 2;
    if let Some(earlier) = &mut measured.earlier {
        earlier.is_alike = false;
        for step in &mut earlier.steps[..half] {
            *step = unmeasured(step.t);
        }
    }
}

/// As [`compared`], with a link that came into service since.
pub(super) fn nothing_then(measured: &mut Measurements) {
    if let Some(earlier) = &mut measured.earlier {
        earlier.is_alike = false;
        earlier.overall = Figures::default();
        for step in &mut earlier.steps {
            *step = unmeasured(step.t);
        }
    }
}

fn unmeasured(t: DateTime<Utc>) -> Step {
    Step {
        t,
        download: None,
        upload: None,
        latency_ms: None,
        loss_percent: None,
    }
}

/// Sixty days.
pub(super) fn chosen() -> Range {
    let to = samples::now();
    Range::Chosen {
        from: to - TimeDelta::days(60),
        to,
    }
}

pub(super) fn link(range: Range, text: Option<&str>) -> Link {
    let now = samples::now();
    let or = |own: &str| text.unwrap_or(own).to_owned();
    let measured = measurements(range);
    let outage = Outage {
        from: measured.bands[0].from,
        from_before: false,
        to: Some(measured.bands[0].to),
        exact: (false, false),
        counted: measured.bands[0].to - measured.bands[0].from,
        maintenance: Vec::new(),
    };
    Link {
        name: or("Berlin – headquarters"),
        kind: or("Internet leased line"),
        reference: Some(or("NB-20417")),
        client: text.map(str::to_owned),
        standing: Standing::Active {
            state: State::Up,
            since: Some(now - TimeDelta::minutes(973)),
        },
        now: Now {
            download: Some(213.4e6),
            upload: Some(48.12e6),
            latency_ms: Some(4.27),
            probes: Some((5, 5)),
            at: Some(now - TimeDelta::seconds(7)),
        },
        committed_download: 500e6,
        committed_upload: 200e6,
        activated_at: Some(now - TimeDelta::days(412)),
        month: month(Verdict::Kept),
        terms: Terms {
            profile: Some(or("Gold")),
            uptime: Some("99.9".to_owned()),
            latency_ms: Some(20.0),
            loss: Some("0.5".to_owned()),
            has_service_hours: false,
        },
        outages: vec![outage],
        maintenance: vec![Maintenance {
            title: or("New line card in the exchange"),
            from: now + TimeDelta::hours(61),
            to: now + TimeDelta::hours(64),
            links: Vec::new(),
        }],
        past_maintenance: vec![Maintenance {
            title: or("Software of the edge router"),
            from: now - TimeDelta::hours(219),
            to: now - TimeDelta::hours(216),
            links: Vec::new(),
        }],
        measured,
    }
}

pub(super) fn link_compared(range: Range, compare: Compare) -> Link {
    Link {
        measured: compared(range, compare),
        ..link(range, None)
    }
}

/// Down now, never probed, without any promise.
pub(super) fn link_down() -> Link {
    let now = samples::now();
    let mut link = link(Range::Day, None);
    let begun = now - TimeDelta::minutes(29);
    link.standing = Standing::Active {
        state: State::Down,
        since: Some(begun),
    };
    link.now = Now {
        download: Some(0.0),
        upload: Some(0.0),
        at: Some(now - TimeDelta::seconds(3)),
        ..Now::default()
    };
    link.month = month(Verdict::Broken);
    link.terms = Terms::default();
    link.maintenance.clear();
    link.past_maintenance.clear();
    link.measured.probed = false;
    link.measured.bands[0].from = begun;
    link.measured.bands[0].to = now;
    for step in &mut link.measured.steps {
        if step.t >= begun - TimeDelta::minutes(5) {
            (step.download, step.upload) = (None, None);
        }
    }
    link.outages[0] = Outage {
        from: begun,
        from_before: false,
        to: None,
        exact: (true, false),
        counted: TimeDelta::minutes(29),
        maintenance: vec!["Software of the edge router".to_owned()],
    };
    link
}

/// Ordered, and nothing measured yet.
pub(super) fn link_planned() -> Link {
    let now = samples::now();
    let mut link = link(Range::Day, None);
    link.standing = Standing::Planned {
        from: Some(now + TimeDelta::days(6)),
    };
    link.now = Now::default();
    link.month = month(Verdict::NoData);
    link.activated_at = None;
    link.measured.bands.clear();
    link.measured.overall = Figures::default();
    for step in &mut link.measured.steps {
        *step = unmeasured(step.t);
    }
    link.outages.clear();
    link.maintenance.clear();
    link.past_maintenance.clear();
    link
}

/// Given up, with its history.
pub(super) fn link_ended() -> Link {
    let mut link = link(Range::Month, None);
    link.standing = Standing::Ended {
        since: samples::now() - TimeDelta::days(3),
    };
    link.now = Now::default();
    link.maintenance.clear();
    link.outages[0].from_before = true;
    link
}
