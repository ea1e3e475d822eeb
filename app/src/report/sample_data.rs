//! What samples of reports show: a believable month, and the same with hostile texts.

use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, TimeZone, Utc};

use super::shares::{Link, Mailed, Shares, Use};
use super::{
    Report, Verdict,
    facts::{
        Agreement, Budget, Credit, Day, Decision, Digests, Earlier, Exclusion, ExclusionKind, Kept, Method, Metric,
        MonthBar, Outage, Promise, Revision, TakenOut, TimeSums, Traffic, WindowChange, Without,
    },
    list::{Choices, Row},
};
use crate::{
    measured::{measurements::Measurements, range::Range, sample_data},
    ui::FormState,
};

const ZONE: chrono_tz::Tz = chrono_tz::Europe::Berlin;

fn at(month: u32, day: u32, hour: u32, minute: u32) -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, month, day, hour, minute, 0)
        .single()
        .unwrap_or_default()
}

fn begin(month: u32) -> DateTime<Utc> {
    let local = ZONE.with_ymd_and_hms(2026, month, 1, 0, 0, 0).single();
    local.map(|local| local.with_timezone(&Utc)).unwrap_or_default()
}

fn text(hostile: Option<&str>, usual: &str) -> String {
    hostile.unwrap_or(usual).to_owned()
}

fn days() -> Vec<Day> {
    let dates = NaiveDate::from_ymd_opt(2026, 10, 1).into_iter();
    let dates = dates.flat_map(|first| first.iter_days().take(31));
    let day = |date: NaiveDate| {
        let whole = TimeDelta::days(1);
        let none = TimeDelta::zero();
        let (uptime, accountable, down, unknown, excluded) = match date.day() {
            3 => ("99.166", whole, TimeDelta::minutes(12), none, none),
            9 => ("97.916", whole, TimeDelta::minutes(30), none, none),
            14 => ("100", whole - TimeDelta::hours(4), none, none, TimeDelta::hours(4)),
            20 => ("100", whole, none, TimeDelta::hours(2), none),
            21 => ("", whole, none, whole, none),
            28 => ("", none, none, none, whole),
            _ => ("100", whole, none, none, none),
        };
        Day {
            date,
            uptime: (!uptime.is_empty()).then(|| uptime.to_owned()),
            accountable,
            down,
            unknown,
            excluded,
        }
    };
    dates.map(day).collect()
}

fn promise(metric: Metric, promised: Option<&str>, measured: Option<&str>, kept: Kept) -> Promise {
    let text = |text: Option<&str>| text.map(str::to_owned);
    Promise {
        metric,
        promised: text(promised),
        measured: text(measured),
        kept,
    }
}

fn outages(hostile: Option<&str>) -> Vec<Outage> {
    vec![
        Outage {
            from: at(10, 3, 7, 4),
            to: at(10, 3, 7, 16),
            exact: (true, true),
            counted: TimeDelta::minutes(12),
            cause: Some(text(hostile, "Fibre cut in Hafenstraße")),
            comment: Some(text(hostile, "Repaired by the carrier; a second path is being built.")),
            excluded: None,
        },
        Outage {
            from: at(10, 9, 12, 0),
            to: at(10, 9, 12, 30),
            exact: (false, false),
            counted: TimeDelta::zero(),
            cause: None,
            comment: None,
            excluded: Some(Exclusion {
                kind: ExclusionKind::Client,
                reason: text(hostile, "The power of your own rack was off."),
                by: Some(text(hostile, "Bob Reyes")),
                at: at(10, 9, 15, 0),
            }),
        },
    ]
}

pub(crate) fn report(hostile: Option<&str>, verdict: Verdict) -> Report {
    let breached = verdict == Verdict::Breached;
    let known = !matches!(verdict, Verdict::NoData);
    let share = |share: &str| known.then(|| share.to_owned());
    let bar = |month: u32, uptime: f64, verdict: Verdict| MonthBar {
        begin: begin(month),
        uptime: Some(format!("{uptime:.3}")),
        share: Some(uptime),
        down: TimeDelta::minutes(12),
        verdict,
        href: (month != 10).then(|| format!("/portal/reports/{month}")),
    };
    let revision = |number: i32| Revision {
        revision: number,
        made_at: at(11, number.unsigned_abs(), 0, 30),
        made_by: (number > 1).then(|| text(hostile, "Bob Reyes")),
        reason: (number > 1).then(|| text(hostile, "The outage of 9 October was the client’s.")),
        uptime: share("99.973"),
        down: TimeDelta::minutes(42),
        verdict,
        href: (number != 2).then(|| "/portal/reports/1".to_owned()),
        counts: number == 2,
    };
    Report {
        provider: text(hostile, "Northbridge Fibre"),
        client: text(hostile, "Acme Logistics GmbH"),
        link: text(hostile, "Acme · Berlin HQ"),
        reference: Some(text(hostile, "NB-10231")),
        kind: text(hostile, "ILL"),
        committed_download: 500e6,
        committed_upload: 200e6,
        begin: begin(10),
        end: begin(11),
        zone: ZONE,
        in_service: breached.then(|| (at(10, 2, 8, 0), begin(11))),
        revision: 2,
        made_at: at(11, 2, 0, 30),
        made_by: Some(text(hostile, "Bob Reyes")),
        reason: Some(text(hostile, "The outage of 9 October was the client’s.")),
        agreement: match breached {
            true => Agreement::Today,
            false => Agreement::RevisionBefore,
        },
        superseded: breached,
        current_href: breached.then(|| "/portal/reports/3".to_owned()),
        verdict,
        profile: Some((text(hostile, "Business 99.95"), 3)),
        promises: vec![
            promise(
                Metric::Uptime,
                Some("99.95\u{a0}%"),
                Some("99.973\u{a0}%").filter(|_| known),
                if breached { Kept::Breached } else { Kept::Met },
            ),
            promise(Metric::Latency, Some("20\u{a0}ms"), Some("4.12\u{a0}ms"), Kept::Met),
            promise(Metric::Jitter, None, Some("0.40\u{a0}ms"), Kept::NotAgreed),
            promise(Metric::Loss, Some("0.5\u{a0}%"), None, Kept::NoData),
        ],
        uptime: share("99.973"),
        coverage: share("95.97"),
        time: TimeSums {
            accountable: TimeDelta::days(29),
            up: TimeDelta::days(27),
            down: TimeDelta::minutes(12),
            unknown: TimeDelta::hours(26),
            excluded: TimeDelta::hours(28),
            unscheduled: TimeDelta::zero(),
        },
        budget: Some(Budget {
            allowed: TimeDelta::minutes(20),
            used: TimeDelta::minutes(if breached { 42 } else { 12 }),
        }),
        without_exclusions: Some(Without {
            uptime: share("99.906"),
            down: TimeDelta::minutes(42),
            verdict: Verdict::Breached,
        }),
        days: days(),
        outages: if known { outages(hostile) } else { Vec::new() },
        taken_out: vec![
            TakenOut {
                is_maintenance: true,
                title: Some(text(hostile, "New line card")),
                from: at(10, 14, 0, 0),
                to: at(10, 14, 4, 0),
                span: TimeDelta::hours(4),
                approved: Some((text(hostile, "Bob Reyes"), Some(at(10, 7, 9, 0)))),
            },
            TakenOut {
                is_maintenance: false,
                title: None,
                from: at(10, 28, 0, 0),
                to: at(10, 29, 0, 0),
                span: TimeDelta::days(1),
                approved: None,
            },
        ],
        changes: vec![WindowChange {
            title: text(hostile, "New line card"),
            at: at(10, 14, 9, 0),
            by: Some(text(hostile, "Bob Reyes")),
            reason: text(hostile, "It took an hour longer."),
            before: Some((at(10, 14, 0, 0), at(10, 14, 3, 0))),
            after: Some((at(10, 14, 0, 0), at(10, 14, 4, 0))),
        }],
        traffic: Traffic {
            download: 4.2e13,
            upload: 1.1e13,
            download_95: Some(312e6),
            upload_95: Some(97e6),
            billed_95: Some(312e6),
        },
        measured: Measurements {
            range: Range::Chosen {
                from: begin(10),
                to: begin(11),
            },
            ..sample_data::measurements(Range::Month)
        },
        credit: Some(Credit {
            fee: "EUR\u{a0}499.00".to_owned(),
            share: "5".to_owned(),
            amount: "EUR\u{a0}24.95".to_owned(),
            decision: match breached {
                true => Decision::Declined {
                    note: text(hostile, "The line was yours."),
                    at: at(11, 3, 9, 0),
                },
                false => Decision::Nothing,
            },
            earlier: vec![Earlier {
                revision: 1,
                approved: (!breached).then(|| "EUR\u{a0}60.00".to_owned()),
            }],
        }),
        months: vec![
            bar(7, 99.99, Verdict::Met),
            bar(8, 99.2, Verdict::Breached),
            bar(9, 100.0, Verdict::Met),
            bar(10, 99.973, verdict),
        ],
        method: Method {
            by_seconds: true,
            unreachable_is_down: false,
            disabled_is_down: false,
            service_hours: breached.then(|| {
                let hours = |hours: &str| hours.to_owned();
                vec![hours("08:00–18:00"); 5]
                    .into_iter()
                    .chain([hours(""), hours("")])
                    .collect()
            }),
            percentile_of_sum: false,
        },
        digests: Digests {
            document: "7f9c2ba4e88f827d616045507605853ed73b8093f6efbc88eb1a6eacfa66ef26".to_owned(),
            measured: "3b64db95cb55c763391c707108489ae18b4112d783300de38e033b4c98c3deaf".to_owned(),
            agreed: "0f1128046248f83dc9b9ab187e16fad0ff596128f1524d05a9a77c4ad932f10a".to_owned(),
            samples: 8_564,
        },
        revisions: vec![revision(2), revision(1)],
    }
}

pub(crate) fn rows(hostile: Option<&str>, with_client: bool) -> Vec<Row> {
    let verdicts = [
        Verdict::Met,
        Verdict::Breached,
        Verdict::InsufficientData,
        Verdict::NoData,
        Verdict::NotAgreed,
    ];
    let row = |(at, verdict): (usize, Verdict)| Row {
        href: format!("/portal/reports/{at}"),
        pdf_href: format!("/portal/reports/{at}.pdf"),
        begin: begin(10),
        zone: ZONE,
        link: text(hostile, "Acme · Berlin HQ"),
        reference: Some(text(hostile, "NB-10231")),
        client: with_client.then(|| text(hostile, "Acme Logistics GmbH")),
        verdict,
        uptime: (verdict != Verdict::NoData).then(|| "99.973".to_owned()),
        down: TimeDelta::minutes(12),
        outages: u32::try_from(at).unwrap_or(0),
        revision: if at == 1 { 2 } else { 1 },
    };
    verdicts.into_iter().enumerate().map(row).collect()
}

pub(crate) fn choices(name: &str) -> Choices {
    let pair = |value: &str, name: &str| (value.to_owned(), name.to_owned());
    Choices {
        months: vec![pair("2026-10", "Oct 2026"), pair("2026-09", "Sep 2026")],
        links: vec![pair("1", "Acme · Berlin HQ"), pair("2", name)],
        clients: vec![pair("1", "Acme Logistics GmbH"), pair("2", name)],
    }
}

pub(crate) fn shares(hostile: Option<&str>) -> Shares {
    let link = |open: bool| Link {
        url: open.then(|| text(hostile, "https://portal.northbridge.example/share/Zk3nQ0b1x9")),
        revoke_href: open.then(|| "/portal/reports/1/shares/1/revoke".to_owned()),
        made_for: text(hostile, "Auditor of Acme"),
        created_at: at(11, 2, 9, 0),
        expires_at: at(12, 2, 9, 0),
        revoked_at: (!open).then(|| at(11, 3, 9, 0)),
        has_password: open,
        uses: 1,
        last: vec![Use {
            at: at(11, 3, 8, 0),
            address: Some(text(hostile, "198.51.100.7")),
            is_pdf: !open,
        }],
    };
    let mut form = FormState::new()
        .with("days", "30")
        .with("made_for", hostile.unwrap_or_default());
    if let Some(hostile) = hostile {
        form.reject("made_for", hostile.to_owned());
    }
    Shares {
        action: "/portal/reports/1/shares".to_owned(),
        form,
        links: vec![link(true), link(false)],
        mailed: Some(Mailed {
            count: 3,
            uses: 5,
            revoke_href: Some("/portal/reports/1/shares/mailed/revoke".to_owned()),
        }),
    }
}
