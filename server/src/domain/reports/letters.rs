//! What clients are written of a month: that its reports are there, and that a target was missed.
//!
//! Who wants to know, and how it is sent, is not here.

use app::{
    text::{in_language, t, t_count, t_with},
    ui::time,
};
use chrono::{DateTime, Utc};
use entity::mail::MailKind;

use super::{
    Document,
    document::Called,
    words::{limit, milliseconds, percent, seconds},
};
use crate::domain::{
    calendar::Month,
    mail::{
        Attachment, Letterhead,
        letter::{Column, Letter, Part, Table},
    },
    money::{Currency, Money},
    sla::thresholds::Kept,
};

/// Links that a mail tells of one by one: the rest is in the portal.
pub const ROWS: usize = 40;

/// Links that a mail names before it is opened.
const NAMED: usize = 3;

/// A report that somebody is told of, with where to read it without signing in.
#[derive(Clone, Debug)]
pub struct Told<'a> {
    pub document: &'a Document,
    pub url: Option<String>,
}

/// The reports of a client's links for a month, of which there is one at least: how all of them are `called`, and the
/// first [`ROWS`] of them. `until` is when their addresses end.
#[must_use]
pub fn monthly(
    letterhead: &Letterhead,
    called: &[Called],
    reports: &[Told<'_>],
    until: DateTime<Utc>,
    attachments: Vec<Attachment>,
) -> Letter {
    in_language(letterhead.lang(), || {
        let month = month(reports);
        let title = t_with("mail-report-title", &[("month", month.as_str().into())]);
        let summary = summary(called);
        let mut parts = vec![Part::Paragraph(summary.clone()), Part::Table(table(reports))];
        parts.extend(rest(called.len()));
        parts.extend(links(reports, until));
        parts.push(to_portal(letterhead, reports));
        Letter {
            kind: MailKind::Report,
            subject: format!("{title}: {summary}"),
            preview: summary,
            title,
            parts,
            attachments,
        }
    })
}

/// The reports of so many links that missed a target, the first [`ROWS`] of them.
#[must_use]
pub fn breach(
    letterhead: &Letterhead,
    missed: usize,
    reports: &[Told<'_>],
    until: DateTime<Utc>,
    attachments: Vec<Attachment>,
) -> Letter {
    in_language(letterhead.lang(), || {
        let month = month(reports);
        let title = t_with(
            "mail-breach-title",
            &[("count", missed.into()), ("month", month.as_str().into())],
        );
        let names = reports.iter().take(NAMED).map(|told| told.document.link.name.as_str());
        let names: Vec<_> = names.collect();
        let mut parts = vec![Part::Paragraph(t("mail-breach-text").to_owned())];
        for told in reports {
            parts.push(Part::Paragraph(told.document.link.name.clone()));
            parts.push(Part::Facts(facts(told.document)));
        }
        parts.extend(rest(missed));
        parts.extend(links(reports, until));
        parts.push(to_portal(letterhead, reports));
        Letter {
            kind: MailKind::Breach,
            subject: title.clone(),
            preview: names.join(", "),
            title,
            parts,
            attachments,
        }
    })
}

/// What the month was like: nothing is called kept of which nothing is known.
fn summary(all: &[Called]) -> String {
    let called = |wanted: Called| all.iter().filter(|called| **called == wanted).count() as u64;
    let counted = [
        ("mail-report-missed", called(Called::Breached)),
        (
            "mail-report-unknown",
            called(Called::InsufficientData) + called(Called::NoData),
        ),
        ("mail-report-not-agreed", called(Called::NotAgreed)),
    ];
    if called(Called::Met) == all.len() as u64 {
        return t("mail-report-kept").to_owned();
    }
    let said = counted.into_iter().filter(|(_, count)| *count > 0);
    let said: Vec<_> = said.map(|(key, count)| t_count(key, count)).collect();
    said.join(", ")
}

fn month(reports: &[Told<'_>]) -> String {
    let month = reports.first().map_or("", |told| told.document.month.as_str());
    match month.parse::<Month>() {
        Ok(month) => time::month_and_year(month.first_day()),
        Err(_) => month.to_owned(),
    }
}

fn table(reports: &[Told<'_>]) -> Table {
    let row = |told: &Told<'_>| {
        let figures = &told.document.figures;
        let word = match told.document.called() {
            Called::Met => t("report-met"),
            Called::Breached => t("report-breached"),
            Called::InsufficientData => t("report-insufficient"),
            Called::NoData => t("report-no-data"),
            Called::NotAgreed => t("report-not-agreed"),
        };
        vec![
            told.document.link.name.clone(),
            percent(figures.uptime.share()),
            seconds(figures.uptime.down),
            word.to_owned(),
        ]
    };
    Table {
        columns: vec![
            Column::text(t("report-link")),
            Column::number(t("report-uptime")),
            Column::number(t("report-down")),
            Column::text(t("report-verdict")),
        ],
        rows: reports.iter().map(row).collect(),
    }
}

/// What was missed, by how much, and what it gives.
fn facts(document: &Document) -> Vec<(String, String)> {
    let figures = &document.figures;
    let promised = document.promised.as_ref().map(|promised| promised.thresholds);
    let promised = promised.unwrap_or_default();
    let missed = |kept: Option<Kept>| kept == Some(Kept::Breached);
    let of =
        |value: String, limit: String| t_with("mail-breach-value", &[("value", value.into()), ("limit", limit.into())]);
    let mut facts = Vec::new();
    if let Some(least) = promised.uptime.filter(|_| missed(figures.judgement.uptime)) {
        let at_least = t_with("report-at-least", &[("value", format!("{least}\u{a0}%").into())]);
        facts.push((t("report-uptime"), of(percent(figures.uptime.share()), at_least)));
    }
    let at_most = |limit: String| t_with("report-at-most", &[("value", limit.into())]);
    if let Some(most) = promised.latency_us.filter(|_| missed(figures.judgement.latency)) {
        facts.push((
            t("latency"),
            of(milliseconds(figures.quality.latency_us()), at_most(limit(most))),
        ));
    }
    if let Some(most) = promised.jitter_us.filter(|_| missed(figures.judgement.jitter)) {
        facts.push((
            t("report-jitter"),
            of(milliseconds(figures.quality.jitter_us()), at_most(limit(most))),
        ));
    }
    if let Some(most) = promised.loss.filter(|_| missed(figures.judgement.loss)) {
        let most = at_most(format!("{most}\u{a0}%"));
        facts.push((t("loss"), of(percent(figures.quality.loss()), most)));
    }
    facts.push((t("report-down"), seconds(figures.uptime.down)));
    if let Some(credit) = figures.credit.filter(|credit| credit.amount > 0) {
        let amount = Money::new(credit.amount, Currency::of_kept(&document.currency)).to_string();
        facts.push((
            t("report-credit"),
            t_with("mail-breach-credit", &[("amount", amount.into())]),
        ));
    }
    facts
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
}

fn rest(reports: usize) -> Option<Part> {
    let more = reports.checked_sub(ROWS).filter(|more| *more > 0)?;
    Some(Part::Paragraph(t_count("mail-report-more", more as u64).into_owned()))
}

fn links(reports: &[Told<'_>], until: DateTime<Utc>) -> Vec<Part> {
    let links = reports.iter();
    let links = links.filter_map(|told| Some((told.document.link.name.clone(), told.url.clone()?)));
    let links: Vec<_> = links.collect();
    let Some(first) = reports.first().filter(|_| !links.is_empty()) else {
        return Vec::new();
    };
    let zone = first.document.zone.parse().unwrap_or(chrono_tz::UTC);
    let until = time::absolute(until, zone);
    vec![
        Part::Paragraph(t_with("mail-report-links", &[("until", until.into())])),
        Part::Links(links),
    ]
}

fn to_portal(letterhead: &Letterhead, reports: &[Told<'_>]) -> Part {
    let month = reports.first().map_or("", |told| told.document.month.as_str());
    Part::Button {
        label: t("mail-report-button").to_owned(),
        url: letterhead.url(format_args!("/portal/reports?month={month}")),
    }
}
