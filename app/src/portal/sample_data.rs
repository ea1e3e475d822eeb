//! What the samples of the portal's pages show: believable, and the same each time.

use chrono::{TimeDelta, TimeZone, Utc};

use super::{
    link::{Link, Now, Terms},
    link_card::LinkSummary,
    maintenance::Maintenance,
    month::{Forecast, MonthSoFar, Verdict},
    standing::Standing,
};
use crate::{
    measured::{
        measurements::{Figures, Service},
        outages::{Excluded, Outage, Said, Why},
        range::{Compare, Range},
        sample_data::{compared, measurements, trend, unmeasured, wave},
    },
    samples,
    ui::State,
};

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
        forecast: match verdict {
            Verdict::Kept => Some(Forecast::Left {
                span: TimeDelta::minutes(38),
                until: Utc.timestamp_opt(1_796_079_600, 0).single().unwrap_or_default(),
            }),
            Verdict::Broken => Some(Forecast::Lost),
            _ => None,
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
        said: Said {
            cause: Some(or("A digger cut the fibre in Leipziger Straße")),
            comment: Some(or("Traffic ran over the second path from 09:10 on.")),
            excluded: None,
        },
        href: None,
    };
    let dropped = measured.bands[2].from + TimeDelta::seconds(1_807);
    let drop = Outage {
        from: dropped,
        from_before: false,
        to: Some(dropped + TimeDelta::seconds(20)),
        exact: (true, true),
        counted: TimeDelta::zero(),
        maintenance: vec![or("Software of the edge router")],
        said: Said::default(),
        href: None,
    };
    let excluded = Outage {
        from: outage.from - TimeDelta::hours(30),
        to: Some(outage.from - TimeDelta::hours(29)),
        counted: TimeDelta::zero(),
        said: Said {
            cause: Some(or("Power in your building was off")),
            comment: None,
            excluded: Some(Excluded {
                why: Why::Client,
                reason: or("Your electrician announced it to us the day before."),
            }),
        },
        ..outage.clone()
    };
    Link {
        name: or("Berlin – headquarters"),
        kind: or("Internet leased line"),
        reports_href: Some("/portal/reports?link=1".to_owned()),
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
            jitter_ms: Some(5.0),
            loss: Some("0.5".to_owned()),
            has_service_hours: false,
        },
        outages: vec![drop, outage, excluded],
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
        trend: Some(trend()),
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
        said: Said::default(),
        href: None,
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
    link.trend = None;
    link.measured.service = Service::Planned;
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
    link.trend = None;
    link.measured.service = Service::Ended;
    link.maintenance.clear();
    if let Some(first) = link.outages.last_mut() {
        first.from_before = true;
    }
    link
}
