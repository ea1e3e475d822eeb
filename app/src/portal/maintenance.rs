//! Planned work, as its customers read of it: what, when, for how long.

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use crate::{
    page::page,
    t,
    ui::{Cell, Column, Duration, HeadCell, Notice, NumberCell, Table, When},
};

/// Planned work on one link or on several.
#[derive(Clone, Debug)]
pub struct Maintenance {
    /// What is done, in the provider's words for customers.
    pub title: String,
    pub from: DateTime<Utc>,
    pub to: DateTime<Utc>,
    /// The links concerned, for pages that show more than one.
    pub links: Vec<String>,
}

/// What is under way now or comes soon.
#[component]
pub fn MaintenanceNotices(windows: Vec<Maintenance>) -> impl IntoView {
    let now = page().now;
    windows
        .into_iter()
        .map(|window| {
            let begun = window.from <= now;
            let heading = [
                t(if begun { "maintenance-now" } else { "maintenance-coming" }),
                ": ",
                &window.title,
            ]
            .concat();
            let concerned = (!window.links.is_empty()).then(|| view! { <p class="muted">{names(&window.links)}</p> });
            view! {
                <Notice title=heading>
                    <p>{t("maintenance-from")}" "<When at=window.from/>", "{t("maintenance-for")}" "<Duration span=window.to - window.from/></p>
                    {concerned}
                </Notice>
            }
        })
        .collect_view()
}

/// The first few names, and that there are more.
fn names(links: &[String]) -> String {
    const SHOWN: usize = 4;
    let mut text = links.iter().take(SHOWN).cloned().collect::<Vec<_>>().join(", ");
    if links.len() > SHOWN {
        text.push_str(", …");
    }
    text
}

/// Windows as a table, the newest first.
#[component]
pub fn MaintenanceTable(windows: Vec<Maintenance>) -> impl IntoView {
    let columns = vec![
        Column::text(t("maintenance-what")),
        Column::text(t("maintenance-begins")),
        Column::number(t("maintenance-length")),
    ];
    let rows = windows
        .into_iter()
        .map(|window| {
            view! {
                <tr>
                    <HeadCell>{window.title}</HeadCell>
                    <Cell of=t("maintenance-begins")><When at=window.from/></Cell>
                    <NumberCell of=t("maintenance-length")><Duration span=window.to - window.from/></NumberCell>
                </tr>
            }
        })
        .collect_view();
    view! { <Table caption=t("maintenance-recent") columns=columns>{rows}</Table> }
}
