//! The pages of one link.

use app::text::{t, t_count, t_with};
use chrono::Datelike;
use chrono_tz::Tz;
use entity::sla_profile_version::{DisabledIs, MeasuredBy, PercentileOf, UnreachableIs};
use paper::{
    Block, Calendar, Callout, Cell, Column, Day, Heading, KeyValue, KeyValues, Level, Paragraph, Row, Table, Tile, Tone,
};

use super::{Audience, Sheet, graphs, outages, words};
use crate::domain::{
    calendar::instant,
    money::{Currency, Money},
    reports::{
        AgreementOf, Document,
        document::{DayFigures, Promised},
    },
    sla::{fraction::Fraction, thresholds::Verdict},
};

/// The heading of a link within a longer document.
pub(super) fn opening(blocks: &mut Vec<Block>, sheet: &Sheet<'_>, zone: Tz) {
    let document = sheet.document;
    blocks.push(Block::Heading(Heading::new(Level::First, &document.link.name)));
    let made = words::moment(document.made_at, zone);
    let line = t_with(
        "paper-footer-revision",
        &[("revision", document.revision.into()), ("made", made.into())],
    );
    let line = format!("{} · {line}", words::link_line(document));
    blocks.push(Block::Paragraph(Paragraph::quiet(&line)));
}

/// Everything that a report says.
pub(super) fn blocks(blocks: &mut Vec<Block>, sheet: &Sheet<'_>, zone: Tz, audience: Audience) {
    let document = sheet.document;
    if sheet.is_superseded {
        blocks.push(Block::Callout(Callout {
            tone: Tone::Warning,
            title: t("report-superseded").to_owned(),
            text: t("paper-superseded").to_owned(),
        }));
    }
    blocks.push(Block::Tiles(tiles(document)));
    if let Some(callout) = callout(document, audience) {
        blocks.push(Block::Callout(callout));
    }
    blocks.push(Block::Table(targets(document)));
    blocks.push(Block::Together(vec![
        Block::Heading(Heading::new(Level::Second, t("report-days"))),
        Block::Calendar(calendar(document)),
    ]));
    blocks.extend(graphs::blocks(document, zone));
    outages::blocks(blocks, document, zone);
    blocks.push(Block::Together(vec![
        Block::Heading(Heading::new(Level::Second, t("paper-figures"))),
        Block::KeyValues(figures(document)),
    ]));
    let mut method = vec![
        Block::Heading(Heading::new(Level::Second, t("report-method"))),
        Block::Paragraph(Paragraph::quiet(&how(document, zone))),
    ];
    if let Some(reason) = &document.reason {
        method.push(Block::Paragraph(Paragraph::quiet(&t_with(
            "paper-made-again",
            &[
                ("reason", reason.as_str().into()),
                ("by", document.made_by.as_deref().unwrap_or(&document.provider).into()),
            ],
        ))));
        let agreement = match document.agreement {
            AgreementOf::MonthsEnd => None,
            AgreementOf::RevisionBefore => Some(t("paper-agreement-before")),
            AgreementOf::Today => Some(t("paper-agreement-today")),
        };
        method.extend(agreement.map(|sentence| Block::Paragraph(Paragraph::quiet(sentence))));
    }
    method.push(Block::Paragraph(Paragraph::quiet(&t_with(
        "paper-digests",
        &[
            ("samples", document.inputs.samples.into()),
            ("measured", document.inputs.measured.as_str().into()),
            ("agreed", document.inputs.agreed.as_str().into()),
        ],
    ))));
    blocks.push(Block::Together(method));
}

fn tiles(document: &Document) -> Vec<Tile> {
    let (figures, judgement) = (&document.figures, &document.figures.judgement);
    let thresholds = document.promised.as_ref().map(|promised| &promised.thresholds);
    let (tone, word) = words::called(document.called());
    let target = |target: Option<String>| match target {
        Some(target) => t_with("paper-target-of", &[("target", target.into())]),
        None => t("report-no-target").to_owned(),
    };
    let percent =
        |share: Option<crate::domain::sla::fraction::Percentage>| share.map(|share| format!("{share}\u{a0}%"));
    let outages = document.outages.iter().filter(|outage| outage.counted_seconds > 0);
    vec![
        Tile {
            label: t("report-verdict").to_owned(),
            figure: word.to_owned(),
            word: document
                .promised
                .as_ref()
                .map_or_else(|| t("report-no-target").to_owned(), |promised| promised.profile.clone()),
            tone,
        },
        Tile {
            label: t("report-uptime").to_owned(),
            figure: words::percent(figures.uptime.share()),
            word: target(percent(thresholds.and_then(|thresholds| thresholds.uptime))),
            tone: words::kept(judgement.uptime).0,
        },
        Tile {
            label: t("report-down").to_owned(),
            figure: words::seconds(figures.uptime.down),
            word: t_count("report-outage-count", outages.count() as u64).into_owned(),
            tone: Tone::Plain,
        },
        Tile {
            label: t("latency").to_owned(),
            figure: words::milliseconds(figures.quality.latency_us()),
            word: target(
                thresholds
                    .and_then(|thresholds| thresholds.latency_us)
                    .map(words::limit),
            ),
            tone: words::kept(judgement.latency).0,
        },
    ]
}

fn callout(document: &Document, audience: Audience) -> Option<Callout> {
    let figures = &document.figures;
    let budget = document.promised.as_ref().and_then(|promised| {
        let known = figures.uptime.up + figures.uptime.down;
        promised.down_allowed(known)
    });
    let used = budget.map(|budget| {
        t_with(
            "paper-budget",
            &[
                ("used", words::seconds(figures.uptime.down).into()),
                ("allowed", words::seconds(budget).into()),
            ],
        )
    });
    let (tone, title) = match figures.judgement.verdict {
        Verdict::Met => return None,
        Verdict::Breached => (Tone::Bad, t("report-breached-means")),
        Verdict::InsufficientData => (Tone::Unknown, t("report-insufficient")),
        Verdict::NoData => (Tone::Unknown, t("report-no-data")),
    };
    let credit = figures
        .credit
        .filter(|credit| credit.amount > 0 && audience == Audience::Ours);
    let credit = credit.map(|credit| {
        let money = |minor| Money::new(minor, Currency::of_kept(&document.currency)).to_string();
        t_with(
            "paper-credit-text",
            &[
                ("amount", money(credit.amount).into()),
                ("share", credit.share.to_string().into()),
                ("fee", money(credit.prorated_fee).into()),
            ],
        )
    });
    let text: Vec<String> = match figures.judgement.verdict {
        Verdict::Breached => used.into_iter().chain(credit).collect(),
        _ => vec![t("paper-callout-coverage").to_owned()],
    };
    Some(Callout {
        tone,
        title: title.to_owned(),
        text: text.join(" "),
    })
}

fn targets(document: &Document) -> Table {
    let (figures, judgement) = (&document.figures, &document.figures.judgement);
    let thresholds = document
        .promised
        .as_ref()
        .map(|promised| promised.thresholds)
        .unwrap_or_default();
    let row = |metric: &str, target: Option<String>, result: String, kept| {
        let (tone, word) = words::kept(kept);
        Row::new(vec![
            Cell::new(metric),
            Cell::new(&target.unwrap_or_else(words::dash)),
            Cell::new(&result),
            Cell::toned(tone, word),
        ])
    };
    let quality = &figures.quality;
    Table {
        columns: vec![
            Column::new(t("report-metric"), 3.0),
            Column::figures(t("report-promised"), 2.0),
            Column::figures(t("report-measured"), 2.0),
            Column::new(t("report-verdict"), 2.0),
        ],
        rows: vec![
            row(
                t("report-uptime"),
                thresholds.uptime.map(|least| format!("≥ {least}\u{a0}%")),
                words::percent(figures.uptime.share()),
                judgement.uptime,
            ),
            row(
                t("latency"),
                thresholds.latency_us.map(|most| format!("≤ {}", words::limit(most))),
                words::milliseconds(quality.latency_us()),
                judgement.latency,
            ),
            row(
                t("report-jitter"),
                thresholds.jitter_us.map(|most| format!("≤ {}", words::limit(most))),
                words::milliseconds(quality.jitter_us()),
                judgement.jitter,
            ),
            row(
                t("loss"),
                thresholds.loss.map(|most| format!("≤ {most}\u{a0}%")),
                words::percent(quality.loss()),
                judgement.loss,
            ),
        ],
        empty: String::new(),
    }
}

fn calendar(document: &Document) -> Calendar {
    let days: Vec<Day> = document.days.iter().map(|day| shown_day(document, day)).collect();
    let has = |tone: Tone| days.iter().any(|day| day.tone == tone);
    let legend = [
        (Tone::Good, t("report-day-up")),
        (Tone::Warning, t("paper-day-short")),
        (Tone::Bad, t("report-day-down")),
        (Tone::Planned, t("report-day-excluded")),
        (Tone::Unknown, t("report-day-unknown")),
    ];
    let legend = legend.into_iter().filter(|(tone, _)| has(*tone));
    let bad = days
        .iter()
        .filter(|day| matches!(day.tone, Tone::Bad | Tone::Warning))
        .count();
    Calendar {
        alternative: t_count("paper-days-text", bad as u64).into_owned(),
        weekdays: weekdays(),
        lead: document
            .days
            .first()
            .map_or(0, |day| day.date.weekday().num_days_from_monday() as usize),
        legend: legend.map(|(tone, word)| (tone, word.to_owned())).collect(),
        days,
    }
}

fn weekdays() -> Vec<String> {
    [
        t("weekday-1"),
        t("weekday-2"),
        t("weekday-3"),
        t("weekday-4"),
        t("weekday-5"),
        t("weekday-6"),
        t("weekday-7"),
    ]
    .map(str::to_owned)
    .to_vec()
}

fn shown_day(document: &Document, day: &DayFigures) -> Day {
    let known = day.up_seconds + day.down_seconds;
    let share = Fraction::new(day.up_seconds.unsigned_abs(), known.unsigned_abs());
    let allowed = document
        .promised
        .as_ref()
        .and_then(|promised| promised.down_allowed(known));
    let tone = match known {
        _ if day.window.is_empty() => Tone::Plain,
        0 if day.excluded_seconds > 0 && day.unknown_seconds == 0 => Tone::Planned,
        0 => Tone::Unknown,
        _ if day.down_seconds > allowed.unwrap_or(0) => Tone::Bad,
        _ if day.down_seconds > 0 => Tone::Warning,
        known if day.unknown_seconds > known => Tone::Unknown,
        _ => Tone::Good,
    };
    Day {
        label: words::day(day.date),
        figure: match day.window.is_empty() {
            true => String::new(),
            false => words::percent(share),
        },
        tone,
    }
}

fn figures(document: &Document) -> KeyValues {
    let (uptime, billing) = (&document.figures.uptime, &document.figures.billing);
    let faces = document.link.faces;
    let (down, up) = faces.down_up(billing.rx_octets, billing.tx_octets);
    let (down_95, up_95) = faces.down_up(billing.rx_95, billing.tx_95);
    let pair = |key: &'static str, value: String| KeyValue::new(t(key), &value);
    KeyValues {
        columns: 4,
        pairs: vec![
            pair("report-accountable", words::seconds(uptime.accountable)),
            pair("report-up", words::seconds(uptime.up)),
            pair("report-down", words::seconds(uptime.down)),
            pair("report-unknown", words::seconds(uptime.unknown)),
            pair("report-excluded", words::seconds(uptime.excluded)),
            pair("report-coverage", words::percent(uptime.coverage())),
            pair("paper-volume-down", words::volume(down)),
            pair("paper-volume-up", words::volume(up)),
            pair("paper-95-down", words::rate(down_95)),
            pair("paper-95-up", words::rate(up_95)),
            pair("report-billed", words::rate(billing.billed)),
        ],
    }
}

/// "Mon 08:00–18:00; Tue …", the days without any left out.
fn hours(week: &[Vec<(u16, u16)>; 7]) -> String {
    let clock = |minute: &u16| format!("{:02}:{:02}", minute / 60, minute % 60);
    let day = |(name, spans): (String, &Vec<(u16, u16)>)| {
        let spans: Vec<_> = spans
            .iter()
            .map(|(from, to)| format!("{}–{}", clock(from), clock(to)))
            .collect();
        (!spans.is_empty()).then(|| format!("{name} {}", spans.join(", ")))
    };
    let days: Vec<_> = weekdays().into_iter().zip(week).filter_map(day).collect();
    days.join("; ")
}

/// How it was counted, in words.
fn how(document: &Document, zone: Tz) -> String {
    let period = document.figures.uptime.period;
    let window = document.figures.uptime.window;
    let span = |interval: crate::domain::sla::intervals::Interval| {
        words::between(instant(interval.start()), instant(interval.end()), zone)
    };
    let mut sentences = vec![t_with(
        "paper-how-period",
        &[
            ("period", span(period).into()),
            ("zone", document.zone.as_str().into()),
            ("seconds", period.seconds().into()),
        ],
    )];
    if window != period {
        sentences.push(t_with("paper-how-window", &[("window", span(window).into())]));
    }
    if let Some(promised) = &document.promised {
        sentences.extend(agreed(promised));
    }
    sentences.push(t("report-method-cut").to_owned());
    sentences.join(" ")
}

fn agreed(promised: &Promised) -> Vec<String> {
    let sentence = |key: &'static str| t(key).to_owned();
    vec![
        t_with(
            "paper-how-profile",
            &[
                ("profile", promised.profile.as_str().into()),
                ("version", promised.version.into()),
            ],
        ),
        match &promised.service_hours {
            None => sentence("report-method-always"),
            Some(week) => t_with("report-method-hours", &[("hours", hours(week).into())]),
        },
        match promised.measured_by {
            MeasuredBy::Slots => sentence("report-method-slots"),
            MeasuredBy::Edges => sentence("report-method-seconds"),
        },
        match promised.unreachable_is {
            UnreachableIs::Unknown => sentence("report-method-unreachable-unknown"),
            UnreachableIs::Down => sentence("report-method-unreachable-down"),
        },
        match promised.disabled_is {
            DisabledIs::Excluded => sentence("report-method-disabled-excluded"),
            DisabledIs::Down => sentence("report-method-disabled-down"),
        },
        match promised.percentile_of {
            PercentileOf::Greater => sentence("report-method-percentile-greater"),
            PercentileOf::Sum => sentence("report-method-percentile-sum"),
        },
    ]
}
