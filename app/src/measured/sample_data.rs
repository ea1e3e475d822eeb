//! What samples of what was measured show: believable, and the same each time.

use chrono::{DateTime, TimeDelta, Utc};

use super::{
    measurements::{Earlier, Figures, Measurements, Service, Spread, Step},
    range::{Compare, Range},
    trend::{self, Trend},
};
use crate::{
    samples,
    ui::graph::{Band, BandKind},
};

/// A daily rhythm with some noise, from 0 to about 1.
pub(crate) fn wave(step: u32, per_day: f64, seed: u32) -> f64 {
    let phase = f64::from(step) / per_day * std::f64::consts::TAU;
    let mixed = step.wrapping_add(seed.wrapping_mul(7_919)).wrapping_mul(2_654_435_761);
    let noise = f64::from((mixed ^ (mixed >> 15)) % 1000) / 1000.0;
    (0.45 - 0.33 * phase.cos()) * (0.82 + 0.36 * noise)
}

pub(crate) fn measurements(range: Range) -> Measurements {
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
        service: Service::Active,
        earlier: None,
    }
}

/// A range that is busier than the one it is compared with.
pub(crate) fn compared(range: Range, compare: Compare) -> Measurements {
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
pub(crate) fn only_in_part(measured: &mut Measurements) {
    let half = measured.steps.len() / 2;
    if let Some(earlier) = &mut measured.earlier {
        earlier.is_alike = false;
        for step in &mut earlier.steps[..half] {
            *step = unmeasured(step.t);
        }
    }
}

/// As [`compared`], with a link that came into service since.
pub(crate) fn nothing_then(measured: &mut Measurements) {
    if let Some(earlier) = &mut measured.earlier {
        earlier.is_alike = false;
        earlier.overall = Figures::default();
        for step in &mut earlier.steps {
            *step = unmeasured(step.t);
        }
    }
}

pub(crate) fn unmeasured(t: DateTime<Utc>) -> Step {
    Step {
        t,
        download: None,
        upload: None,
        latency_ms: None,
        loss_percent: None,
    }
}

/// Sixty days.
pub(crate) fn chosen() -> Range {
    let to = samples::now();
    Range::Chosen {
        from: to - TimeDelta::days(60),
        to,
    }
}

/// Download grows, upload doesn't.
pub(crate) fn trend() -> Trend {
    let day = |days| samples::now() + TimeDelta::days(days);
    let weeks = |from: f64, step: f64| {
        let week = |week| Some((from + step * f64::from(week)) * (0.96 + 0.08 * wave(week, 5.0, 3)));
        (0..39).map(week).collect()
    };
    Trend {
        download: trend::Direction {
            weeks: weeks(260e6, 3.3e6),
            committed: 500e6,
            course: trend::Course::Changes {
                now: 391e6,
                change: 14.2e6,
                bound: 3.1e6,
                reach: Some(trend::Reach::Likely {
                    earliest: day(171),
                    likeliest: day(233),
                    latest: None,
                }),
            },
        },
        upload: trend::Direction {
            weeks: weeks(71e6, 0.0),
            committed: 200e6,
            course: trend::Course::Level { mean: 71e6 },
        },
    }
}
