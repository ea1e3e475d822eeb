//! Reports in lists.

use std::{collections::HashMap, fmt::Display};

use app::{
    report::{Verdict, list::Row},
    text::{Lang, in_language},
    ui::time,
};
use chrono::TimeDelta;
use chrono_tz::Tz;
use entity::{ClientId, sla_report::ReportVerdict};

use super::{Place, month_start, percent, verdict};
use crate::domain::{board::Snapshot, reports::list::Head};

/// A report in a list; `clients` has the names of those whose are shown.
pub(in crate::web) fn row(
    head: &Head,
    board: &Snapshot,
    clients: Option<&HashMap<ClientId, String>>,
    place: Place,
) -> Row {
    let link = board.links.get(&head.link_id).map(|now| &now.link);
    Row {
        href: place.page(head.id),
        pdf_href: place.pdf(head.id),
        begin: month_start(&head.month, board.zone),
        zone: board.zone,
        link: link.map(|link| link.name.clone()).unwrap_or_default(),
        reference: link.and_then(|link| link.reference.clone()),
        client: clients.map(|clients| clients.get(&head.client_id).cloned().unwrap_or_default()),
        verdict: verdict(head),
        uptime: head.share().map(percent),
        down: TimeDelta::seconds(head.down_seconds),
        outages: head.outages.unsigned_abs(),
        revision: head.revision,
    }
}

/// Months to choose from, with their names.
pub(in crate::web) fn month_choices(months: Vec<String>, zone: Tz, lang: Lang) -> Vec<(String, String)> {
    let name = |month: &str| {
        let begin = month_start(month, zone).with_timezone(&zone);
        in_language(lang, || time::format(begin, lang.t("format-month")))
    };
    months.into_iter().map(|month| (month.clone(), name(&month))).collect()
}

/// A verdict of a filter, and whether anything was agreed, which tells what was met from what could not but be.
pub(in crate::web) fn read_verdict(typed: &str) -> (Option<ReportVerdict>, Option<bool>) {
    match Verdict::ALL.into_iter().find(|verdict| verdict.name() == typed) {
        Some(Verdict::Met) => (Some(ReportVerdict::Met), Some(true)),
        Some(Verdict::NotAgreed) => (Some(ReportVerdict::Met), Some(false)),
        Some(Verdict::Breached) => (Some(ReportVerdict::Breached), None),
        Some(Verdict::InsufficientData) => (Some(ReportVerdict::InsufficientData), None),
        Some(Verdict::NoData) => (Some(ReportVerdict::NoData), None),
        None => (None, None),
    }
}

/// Choices that are more than a list of them is good for.
const MOST_CHOICES: usize = 50;

/// Names to choose from, by name. Of too many only the chosen one: the others are come to from their own pages.
pub(in crate::web) fn choices_of<I: PartialEq + Display>(
    named: impl IntoIterator<Item = (I, String)>,
    chosen: Option<I>,
) -> Vec<(String, String)> {
    let mut named: Vec<_> = named.into_iter().collect();
    if named.len() > MOST_CHOICES {
        named.retain(|(id, _)| Some(id) == chosen.as_ref());
    }
    named.sort_by_cached_key(|(_, name)| name.to_lowercase());
    named.into_iter().map(|(id, name)| (id.to_string(), name)).collect()
}
