//! Documents that are printed and read again, where the tools for that are there: `qpdf` and `pdftotext`.

use std::process::Command;

use chrono::{DateTime, TimeDelta, Utc};
use entity::sla_profile_version::{DisabledIs, MeasuredBy, PercentileOf, UnreachableIs};
use paper::Typeset;

use super::*;
use crate::domain::{
    calendar::{self, Month, instant},
    links::slot::{Counters, Latency, Sample, SampleState, Slot},
    reports::{
        AgreementOf,
        document::{
            Cause, DayFigures, Exclusion, FORMAT, Graph, GraphBucket, Inputs, LinkFacts, OutageFacts, Promised,
            TakenOut,
        },
    },
    sla::{
        calculation::{Agreement, Calculation},
        credit::{CreditTerms, Tier},
        intervals::Interval,
        thresholds::Thresholds,
        uptime::{Terms, Uptime},
    },
};

/// A month of a link that was down so often, ten minutes each time.
fn document(link: &str, outages: i32) -> Document {
    let month: Month = "2026-10".parse().unwrap();
    let zone = Tz::Europe__Berlin;
    let terms = Terms::over(month.period(zone));
    let first = Slot::from_second(terms.period.start());
    let samples: Vec<Sample> = (0..8_940)
        .map(|number| {
            let is_down = number / 60 < outages && number % 60 < 2;
            let state = if is_down { SampleState::Down } else { SampleState::Up };
            Sample {
                counters: Counters {
                    rx_octets: Some(1_000_000 + u64::from(number.unsigned_abs() % 288) * 9_000),
                    tx_octets: Some(2_000_000 + u64::from(number.unsigned_abs() % 288) * 19_000),
                    ..Counters::default()
                },
                rate_seconds: Some(300),
                latency: (!is_down).then_some(Latency {
                    min_us: 4_000,
                    avg_us: 5_125,
                    max_us: 9_000,
                }),
                probes_sent: 5,
                probes_received: if is_down { 0 } else { 5 },
                ..Sample::new(first.plus(number), state)
            }
        })
        .collect();
    let thresholds = Thresholds {
        uptime: "99.5".parse().ok(),
        latency_us: Some(20_000),
        ..Thresholds::default()
    };
    let credit = CreditTerms {
        tiers: vec![Tier {
            below: "99.5".parse().unwrap(),
            credit: "12.5".parse().unwrap(),
        }],
        most: None,
    };
    let agreement = Agreement {
        thresholds,
        credit: credit.clone(),
        monthly_fee: Some(123_456),
        percentile_of: PercentileOf::Greater,
    };
    let figures = Calculation::of(&terms, &agreement, &samples, &[]);
    let facts = figures
        .uptime
        .outages
        .iter()
        .zip(0..)
        .map(|(outage, number)| OutageFacts {
            from: instant(outage.span.start()),
            to: instant(outage.span.end()),
            exact: (number % 2 == 0, false),
            counted_seconds: outage.counted_seconds,
            seconds_without_exclusions: outage.counted_seconds,
            cause: Some("Störung der Übertragung".to_owned()),
            comment: (number % 3 == 0).then(|| "क्षत्रिय के पास केबल कट गया".to_owned()),
            excluded: (number % 5 == 4).then(|| Exclusion {
                kind: "client".to_owned(),
                reason: "客户自己断电".to_owned(),
                by: None,
                at: DateTime::UNIX_EPOCH,
            }),
        });
    let days = month.first_day().iter_days().take(31).map(|date| {
        let period = calendar::day(date, zone);
        let states = samples.iter().map(|sample| (sample.slot, sample.state));
        let uptime = Uptime::measure(&Terms::over(period), states, &[]);
        DayFigures {
            date,
            window: uptime.window,
            accountable_seconds: uptime.accountable,
            up_seconds: uptime.up,
            down_seconds: uptime.down,
            unknown_seconds: uptime.unknown,
            excluded_seconds: uptime.excluded,
        }
    });
    let bucket = |start: i64| GraphBucket {
        span: Interval::new(start, start + 7_200),
        rx: Some([1_000_000, 1_500_000, 2_000_000 + start % 70_000]),
        tx: Some([2_000_000, 3_500_000, 6_000_000 + start % 90_000]),
        latency: Some([4_000, 5_125, 9_000]),
        loss: Some([0, 0, 200_000]),
    };
    let period = terms.period;
    Document {
        format: FORMAT,
        provider: "Nordlicht Netze GmbH".to_owned(),
        client: "Müller & Größe".to_owned(),
        link: LinkFacts {
            name: link.to_owned(),
            reference: Some("NL-4711".to_owned()),
            kind: "ILL".to_owned(),
            faces: entity::link::Faces::Customer.into(),
            committed_down_bps: 100_000_000,
            committed_up_bps: 100_000_000,
        },
        month: month.to_string(),
        zone: zone.name().to_owned(),
        revision: 1,
        made_at: instant(period.end()) + TimeDelta::minutes(30),
        made_by: None,
        reason: None,
        agreement: AgreementOf::MonthsEnd,
        promised: Some(Promised {
            profile: "Business".to_owned(),
            version: 3,
            thresholds,
            service_hours: None,
            unreachable_is: UnreachableIs::Unknown,
            disabled_is: DisabledIs::Excluded,
            measured_by: MeasuredBy::Slots,
            percentile_of: PercentileOf::Greater,
            credit,
        }),
        days: days.collect(),
        outages: facts.collect(),
        taken_out: vec![TakenOut {
            cause: Cause::Maintenance,
            from: instant(period.start() + 90_000),
            to: instant(period.start() + 93_600),
            seconds: 3_600,
            title: Some("Neue Linecard".to_owned()),
            approved_by: Some("Alice Berger".to_owned()),
            approved_at: DateTime::<Utc>::from_timestamp(period.start(), 0),
        }],
        changes: Vec::new(),
        graph: Graph {
            buckets: (period.start()..period.end()).step_by(7_200).map(bucket).collect(),
            ..Graph::default()
        },
        monthly_fee_minor: Some(50_000),
        currency: "EUR".to_owned(),
        inputs: Inputs {
            samples: samples.len(),
            measured: "ab".repeat(32),
            agreed: "cd".repeat(32),
        },
        without_exclusions: None,
        figures,
    }
}

fn options(audience: Audience, left_out: u64) -> Options {
    Options {
        lang: Lang::ENGLISH,
        audience,
        left_out,
    }
}

fn printed(documents: &[Document]) -> Typeset {
    printed_for(documents, Audience::Ours)
}

fn printed_for(documents: &[Document], audience: Audience) -> Typeset {
    let digest = [7_u8; 32];
    let sheets: Vec<_> = documents
        .iter()
        .map(|document| Sheet {
            document,
            is_superseded: false,
            digest: &digest,
        })
        .collect();
    let brand = Brand {
        accent: Some("#0a7d4f".to_owned()),
        second_colour: Some("#8a2be2".to_owned()),
        logo: None,
    };
    print(&Fonts::load(&[]), &brand, &sheets, options(audience, 0)).unwrap()
}

/// What a tool says of a file; none where the tool is not there.
fn tool(name: &str, arguments: &[&str], file: &std::path::Path) -> Option<String> {
    let mut command = Command::new(name);
    let Ok(output) = command
        .args(arguments)
        .arg(file)
        .arg(if name == "pdftotext" { "-" } else { "--" })
        .output()
    else {
        eprintln!("{name} is not there: what it would have looked at is not looked at");
        return None;
    };
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(
        output.status.success(),
        "{name}: {said} {}",
        String::from_utf8_lossy(&output.stderr)
    );
    Some(said)
}

fn looked_at(paper: &Typeset, expected: &[&str]) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("report.pdf");
    std::fs::write(&file, &paper.bytes).unwrap();
    tool("qpdf", &["--check"], &file);
    if let Some(text) = tool("pdftotext", &["-layout"], &file) {
        let text = text.replace('\u{a0}', " ");
        for words in expected {
            assert!(text.contains(words), "{words:?} is not in\n{text}");
        }
    }
}

#[test]
fn the_figures_of_a_report_are_on_its_two_pages() {
    let paper = printed(&[document("Werk Süd · 東京支店", 1)]);
    assert_eq!(paper.pages, 2);
    assert!(paper.bytes.len() < 120_000, "{} bytes", paper.bytes.len());
    looked_at(
        &paper,
        &[
            "SLA report October 2026",
            "Werk Süd · 東京支店",
            "Müller & Größe",
            "≥ 99.5 %",
            "99.977 %",
            "5.125 ms",
            "10 min",
            "1 Oct 2026, 00:00:00 CEST",
            "Störung der Übertragung",
            "Neue Linecard",
            "Europe/Berlin",
            "2682000 seconds",
            "Page 1 of 2",
            "Page 2 of 2",
            "0707070707",
        ],
    );
}

#[test]
fn a_breach_says_what_it_gives() {
    let document = document("Werk Nord", 100);
    assert_eq!(document.figures.credit.unwrap().amount, 15_432);
    looked_at(
        &printed(&[document]),
        &["Breached", "EUR 154.32", "12.5 %", "1,234.56", "16 h 40 min"],
    );
}

#[test]
fn a_long_document_has_its_tables_over_pages_with_their_heads() {
    let names = ["Werk Süd", "शाखा कार्यालय", "上海分公司", "Werk Nord"];
    let documents: Vec<_> = names.iter().map(|name| document(name, 40)).collect();
    let paper = printed(&documents);
    assert!((12..=18).contains(&paper.pages), "{} pages", paper.pages);
    looked_at(
        &paper,
        &[
            "शाखा कार्यालय",
            "上海分公司",
            "क्षत्रिय के पास",
            "客户自己断电",
            "0 of 4",
            "Excluded: ",
        ],
    );
}

#[test]
fn the_same_report_gives_the_same_bytes_and_none_is_an_error() {
    let document = document("Werk Süd", 2);
    assert_eq!(
        printed(std::slice::from_ref(&document)).bytes,
        printed(&[document]).bytes
    );
    let none = print(&Fonts::built_in(), &Brand::default(), &[], options(Audience::Ours, 0));
    assert!(matches!(none, Err(PrintError::Nothing)));
}

#[test]
fn a_cover_says_what_had_no_room_and_nothing_of_money_to_anyone() {
    let documents = [document("Werk Süd", 100), document("Werk Nord", 100)];
    let digest = [7_u8; 32];
    let sheets = documents.each_ref().map(|document| Sheet {
        document,
        is_superseded: true,
        digest: &digest,
    });
    let said = |audience, left_out| {
        let paper = print(
            &Fonts::built_in(),
            &Brand::default(),
            &sheets,
            options(audience, left_out),
        )
        .unwrap();
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("reports.pdf");
        std::fs::write(&file, &paper.bytes).unwrap();
        tool("pdftotext", &["-layout"], &file)
    };
    if let (Some(ours), Some(theirs)) = (said(Audience::Ours, 7), said(Audience::Anyone, 0)) {
        for words in ["7 more links have no room", "EUR", "Another revision counts"] {
            assert!(ours.contains(words), "{words:?} is not in\n{ours}");
        }
        for words in ["no room", "EUR"] {
            assert!(!theirs.contains(words), "{words:?} is in\n{theirs}");
        }
    }
}
