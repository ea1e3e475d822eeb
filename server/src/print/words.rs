//! Figures and times as reports on paper write them.

use app::{
    text::{t, t_with},
    ui::{number, time},
};
use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use paper::Tone;

pub(super) use crate::domain::reports::words::{dash, limit, milliseconds, percent, seconds};
use crate::domain::{
    calendar::Month,
    reports::{Document, document::Called},
    sla::thresholds::Kept,
};

/// "October 2026".
pub(super) fn month(document: &Document) -> String {
    match document.month.parse::<Month>() {
        Ok(month) => time::month_and_year(month.first_day()),
        Err(_) => document.month.clone(),
    }
}

/// "21 Nov 2026, 10:41:07 CET".
pub(super) fn moment(at: DateTime<Utc>, zone: Tz) -> String {
    time::exact(at, zone)
}

/// "21 Nov 2026, 10:41 CET".
pub(super) fn minute(at: DateTime<Utc>, zone: Tz) -> String {
    time::absolute(at, zone)
}

/// Octets.
pub(super) fn volume(octets: u64) -> String {
    number::bytes(octets as f64)
}

/// bit/s; a dash for nothing.
pub(super) fn rate(bps: Option<i64>) -> String {
    bps.map_or_else(dash, |bps| number::rate(bps as f64))
}

/// "14".
pub(super) fn day(date: NaiveDate) -> String {
    use chrono::Datelike;
    date.day().to_string()
}

/// How a month is called, with the mark beside it.
pub(super) fn called(called: Called) -> (Tone, &'static str) {
    match called {
        Called::Met => (Tone::Good, t("report-met")),
        Called::Breached => (Tone::Bad, t("report-breached")),
        Called::InsufficientData => (Tone::Unknown, t("report-insufficient")),
        Called::NoData => (Tone::Unknown, t("report-no-data")),
        Called::NotAgreed => (Tone::Plain, t("report-not-agreed")),
    }
}

/// How one promise was kept; none was made: nothing is said.
pub(super) fn kept(kept: Option<Kept>) -> (Tone, &'static str) {
    match kept {
        None => (Tone::Plain, t("report-no-target")),
        Some(Kept::Met) => (Tone::Good, t("report-met")),
        Some(Kept::Breached) => (Tone::Bad, t("report-breached")),
        Some(Kept::NoData) => (Tone::Unknown, t("report-no-data")),
    }
}

/// "Fibre · L-2031": what helps to tell links apart.
pub(super) fn link_line(document: &Document) -> String {
    let link = &document.link;
    let reference = link.reference.as_deref().unwrap_or_default();
    let parts = [document.client.as_str(), link.kind.as_str(), reference].into_iter();
    let parts: Vec<_> = parts.filter(|part| !part.is_empty() && *part != link.name).collect();
    parts.join(" · ")
}

/// "from … to …".
pub(super) fn between(from: DateTime<Utc>, to: DateTime<Utc>, zone: Tz) -> String {
    t_with(
        "paper-between",
        &[("from", minute(from, zone).into()), ("to", minute(to, zone).into())],
    )
}
