//! What was down, and what was taken out.

use app::text::{t, t_with};
use chrono_tz::Tz;
use paper::{Block, Callout, Cell, Column, Heading, Level, Row, Table, Tone};

use super::words;
use crate::domain::reports::{
    Document,
    document::{Cause, OutageFacts, TakenOut, WindowChange},
};

/// The outages, and all that does not count with its reasons.
pub(super) fn blocks(blocks: &mut Vec<Block>, document: &Document, zone: Tz) {
    blocks.push(Block::Heading(Heading::new(Level::Second, t("report-outages"))));
    blocks.push(Block::Table(Table {
        columns: vec![
            Column::new(t("report-from"), 2.7),
            Column::new(t("report-to"), 2.7),
            Column::figures(t("paper-counted"), 1.6),
            Column::new(t("report-outage-about"), 4.0),
        ],
        rows: document.outages.iter().map(|outage| row(outage, zone)).collect(),
        empty: t("report-outages-none").to_owned(),
    }));
    if let Some(without) = &document.without_exclusions {
        blocks.push(Block::Callout(Callout {
            tone: Tone::Planned,
            title: t("report-without").to_owned(),
            text: t_with(
                "paper-excluded-text",
                &[
                    (
                        "with",
                        words::percent(document.figures.uptime.share(), words::DECIMALS).into(),
                    ),
                    (
                        "without",
                        words::percent(without.uptime.share(), words::DECIMALS).into(),
                    ),
                    ("verdict", words::verdict(without.judgement.verdict).1.into()),
                ],
            ),
        }));
    }
    if !document.taken_out.is_empty() {
        blocks.push(Block::Heading(Heading::new(Level::Second, t("report-taken-out"))));
        blocks.push(Block::Table(Table {
            columns: vec![
                Column::new(t("report-from"), 2.7),
                Column::new(t("report-to"), 2.7),
                Column::figures(t("report-excluded"), 1.6),
                Column::new(t("report-why"), 4.0),
            ],
            rows: document.taken_out.iter().map(|taken| taken_row(taken, zone)).collect(),
            empty: String::new(),
        }));
    }
    if !document.changes.is_empty() {
        blocks.push(Block::Heading(Heading::new(Level::Second, t("report-changes"))));
        blocks.push(Block::Table(Table {
            columns: vec![
                Column::new(t("paper-changed-at"), 2.4),
                Column::new(t("report-maintenance"), 2.6),
                Column::new(t("paper-change"), 3.4),
                Column::new(t("report-reason"), 2.6),
            ],
            rows: document.changes.iter().map(|change| change_row(change, zone)).collect(),
            empty: String::new(),
        }));
    }
}

fn row(outage: &OutageFacts, zone: Tz) -> Row {
    // A slot's edge is no second of the outage.
    let at = |at, exact: bool| match exact {
        true => words::moment(at, zone),
        false => words::minute(at, zone),
    };
    let said = [outage.cause.as_deref(), outage.comment.as_deref()];
    let said: Vec<_> = said.into_iter().flatten().filter(|said| !said.is_empty()).collect();
    let said = said.join(". ");
    let cell = match &outage.excluded {
        Some(excluded) => {
            let excluded = t_with("paper-excluded", &[("reason", excluded.reason.as_str().into())]);
            Cell::toned(Tone::Planned, [said, excluded].join(" ").trim())
        }
        None if outage.counted_seconds == 0 => Cell::new([said.as_str(), t("paper-not-counted")].join(" ").trim()),
        None => Cell::new(&said),
    };
    Row::new(vec![
        Cell::new(&at(outage.from, outage.exact.0)),
        Cell::new(&at(outage.to, outage.exact.1)),
        Cell::new(&words::seconds(outage.counted_seconds)),
        cell,
    ])
}

fn taken_row(taken: &TakenOut, zone: Tz) -> Row {
    let why = match (taken.cause, &taken.title) {
        (Cause::Maintenance, Some(title)) => match (&taken.approved_by, taken.approved_at) {
            (Some(by), Some(at)) => t_with(
                "paper-maintenance-approved",
                &[
                    ("title", title.as_str().into()),
                    ("by", by.as_str().into()),
                    ("at", words::moment(at, zone).into()),
                ],
            ),
            _ => t_with("report-maintenance-title", &[("title", title.as_str().into())]),
        },
        (Cause::Maintenance, None) => t("graph-maintenance").to_owned(),
        (Cause::Disabled, _) => t("report-switched-off").to_owned(),
    };
    Row::new(vec![
        Cell::new(&words::minute(taken.from, zone)),
        Cell::new(&words::minute(taken.to, zone)),
        Cell::new(&words::seconds(taken.seconds)),
        Cell::new(&why),
    ])
}

fn change_row(change: &WindowChange, zone: Tz) -> Row {
    let span = |(from, to)| words::between(from, to, zone);
    let what = match (change.before, change.after) {
        (Some(before), Some(after)) => t_with(
            "paper-change-moved",
            &[("before", span(before).into()), ("after", span(after).into())],
        ),
        (None, Some(after)) => t_with("paper-change-recorded", &[("after", span(after).into())]),
        (Some(before), None) => t_with("paper-change-withdrawn", &[("before", span(before).into())]),
        (None, None) => String::new(),
    };
    let by = change.by.as_deref().unwrap_or_default();
    Row::new(vec![
        Cell::new(&words::moment(change.at, zone)),
        Cell::new(&change.title),
        Cell::new(&what),
        Cell::new([change.reason.as_str(), by].join(" – ").trim_end_matches(" – ")),
    ])
}
