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
    /// What the provider said of it.
    pub said: Said,
    /// Its own page, for staff.
    pub href: Option<String>,
}

/// What the provider said of an outage.
#[derive(Clone, Debug, Default)]
pub struct Said {
    /// What caused it.
    pub cause: Option<String>,
    /// What else its customer should know.
    pub comment: Option<String>,
    /// That it does not count.
    pub excluded: Option<Excluded>,
}

/// Why an outage does not count.
#[derive(Clone, Debug)]
pub struct Excluded {
    pub why: Why,
    pub reason: String,
}

/// Whose doing an outage was that does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    Client,
    ForceMajeure,
    Other,
}

impl Why {
    /// In a few words, for customers to read too.
    pub fn word(self) -> &'static str {
        match self {
            Self::Client => t("outage-why-client"),
            Self::ForceMajeure => t("outage-why-force-majeure"),
            Self::Other => t("outage-why-other"),
        }
    }
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
    let (now, zone, provider) = (page().now, page().zone, page().tenant.name.clone());
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
            let notes = notes(&outage, &provider);
            let began = match outage.href {
                Some(href) => view! { <a class="figure" href=href>{began}</a> }.into_any(),
                None => view! { <span class="figure">{began}</span> }.into_any(),
            };
            view! {
                <tr>
                    <th scope="row">{began}</th>
                    <Cell of=t("outage-ended")>{ended}</Cell>
                    <NumberCell of=t("outage-lasted")><Duration span=lasted/></NumberCell>
                    <NumberCell of=t("outage-counted")><Duration span=outage.counted/></NumberCell>
                    <Cell of=t("outage-notes")>{notes}</Cell>
                </tr>
            }
        })
        .collect_view();
    view! { <Table caption=t("outage-title") columns=columns>{rows}</Table> }
}

/// What there is to say, a line each.
fn notes(outage: &Outage, provider: &str) -> impl IntoView + use<> {
    let Said {
        cause,
        comment,
        excluded,
    } = outage.said.clone();
    // What goes on may still be measured, and planned work explains itself.
    let short = outage.counted.is_zero() && outage.to.is_some() && outage.maintenance.is_empty() && excluded.is_none();
    let within = outage.maintenance.iter();
    let within = within.map(|title| [t("outage-within"), " ", title].concat());
    let excluded = excluded.map(|excluded| excluded.words(provider));
    let lines: Vec<String> = cause
        .into_iter()
        .chain(excluded)
        .chain(comment)
        .chain(within)
        .chain(short.then(|| t("outage-short").to_owned()))
        .collect();
    if lines.is_empty() {
        return view! { "–" }.into_any();
    }
    let lines = lines.into_iter().map(|line| view! { <p class="pre-line">{line}</p> });
    view! { <div class="outage-notes">{lines.collect_view()}</div> }.into_any()
}

impl Excluded {
    /// That it does not count, why, and who says so: the provider, whoever of its people it was.
    fn words(&self, provider: &str) -> String {
        let said_by = [t("outage-excluded-by"), " ", provider].concat();
        [
            t("outage-excluded"),
            " (",
            self.why.word(),
            "), ",
            &said_by,
            ": ",
            &self.reason,
        ]
        .concat()
    }
}
