//! Reports in lists.

use std::collections::HashMap;

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

/// A verdict of a filter.
pub(in crate::web) fn read_verdict(typed: &str) -> Option<ReportVerdict> {
    let found = Verdict::ALL.into_iter().find(|verdict| verdict.name() == typed)?;
    Some(match found {
        Verdict::Met | Verdict::NotAgreed => ReportVerdict::Met,
        Verdict::Breached => ReportVerdict::Breached,
        Verdict::InsufficientData => ReportVerdict::InsufficientData,
        Verdict::NoData => ReportVerdict::NoData,
    })
}
