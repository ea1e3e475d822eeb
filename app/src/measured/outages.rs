//! The outages of a range, by rule R8: a run of down slots with nothing up between.

use chrono::{DateTime, TimeDelta, Utc};
use leptos::prelude::*;

use crate::{
    page::page,
    t,
    ui::{Cell, Column, Duration, NumberCell, State, StateBadge, Table, time},
};

/// One outage.
#[derive(Clone, Debug)]
pub struct Outage {
    pub from: DateTime<Utc>,
    /// It began before the range does.
    pub from_before: bool,
    /// None while it goes on.
    pub to: Option<DateTime<Utc>>,
    /// Whether beginning and end are known to the second, and not to five minutes.
    pub exact: (bool, bool),
    /// What counts against the agreed uptime; nothing of a drop between two polls.
    pub counted: TimeDelta,
    /// Titles of the planned work within it.
    pub maintenance: Vec<String>,
}

/// The outages, newest first.
#[component]
pub fn OutageTable(outages: Vec<Outage>) -> impl IntoView {
    let columns = vec![
        Column::text(t("outage-began")),
        Column::text(t("outage-ended")),
        Column::number(t("outage-lasted")),
        Column::number(t("outage-counted")),
        Column::text(t("outage-notes")),
    ];
    let (now, zone) = (page().now, page().zone);
    let rows = outages
        .into_iter()
        .map(|outage| {
            let lasted = outage.to.unwrap_or(now) - outage.from;
            let shown = |at, exact| {
                if exact {
                    time::exact(at, zone)
                } else {
                    time::absolute(at, zone)
                }
            };
            let began = shown(outage.from, outage.exact.0);
            let began = if outage.from_before {
                [t("outage-before"), " ", &began].concat()
            } else {
                began
            };
            let ended = match outage.to {
                Some(to) => view! { <span class="figure">{shown(to, outage.exact.1)}</span> }.into_any(),
                None => view! { <StateBadge state=State::Down label=t("outage-ongoing")/> }.into_any(),
            };
            // What goes on may still be measured, and planned work explains itself.
            let short = outage.counted.is_zero() && outage.to.is_some() && outage.maintenance.is_empty();
            let short = short.then(|| t("outage-short").to_owned());
            let within = outage.maintenance.iter();
            let notes = short
                .into_iter()
                .chain(within.map(|title| [t("outage-within"), " ", title].concat()))
                .collect::<Vec<_>>()
                .join("; ");
            view! {
                <tr>
                    <th scope="row"><span class="figure">{began}</span></th>
                    <Cell of=t("outage-ended")>{ended}</Cell>
                    <NumberCell of=t("outage-lasted")><Duration span=lasted/></NumberCell>
                    <NumberCell of=t("outage-counted")><Duration span=outage.counted/></NumberCell>
                    <Cell of=t("outage-notes")>{if notes.is_empty() { "–".to_owned() } else { notes }}</Cell>
                </tr>
            }
        })
        .collect_view();
    view! { <Table caption=t("outage-title") columns=columns>{rows}</Table> }
}
