//! Maintenance windows: under way, coming, past.

use chrono::{DateTime, TimeDelta, Utc};
use leptos::prelude::*;

use super::Covers;
use crate::{
    page::{Area, Page},
    samples::{self, HOSTILE, Sample},
    t,
    text::Text,
    ui::{
        Card, Cell, Column, Duration, EmptyState, FilterBar, HeadCell, Icon, Kind, Layout, LinkButton, ListState,
        NumberCell, Pagination, State, StateBadge, Tab, Table, Tabs, When,
    },
};

/// One window.
#[derive(Clone, Debug)]
pub struct Row {
    pub href: String,
    pub title: String,
    pub starts_at: DateTime<Utc>,
    pub ends_at: DateTime<Utc>,
    pub covers: Covers,
    /// It takes nothing out before somebody approves it.
    pub proposed: bool,
}

/// The views of maintenance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum View {
    /// What is planned or was.
    Windows,
    /// What comes again.
    Series,
    Cancelled,
}

pub(super) fn tabs(current: View) -> impl IntoView {
    let tab = |label, href: &'static str, view| Tab::new(label, href, view == current);
    let tabs = vec![
        tab(t("windows-not-cancelled"), "/admin/maintenance", View::Windows),
        tab(t("windows-recurring"), "/admin/maintenance/series", View::Series),
        tab(
            t("windows-cancelled"),
            "/admin/maintenance?state=cancelled",
            View::Cancelled,
        ),
    ];
    view! { <Tabs label=t("maintenance") tabs=tabs/> }
}

/// The page of the windows that were cancelled.
#[component]
pub fn CancelledWindows(list: ListState, rows: Vec<Row>) -> impl IntoView {
    let none = rows.is_empty();
    view! {
        <Layout title=t("maintenance") lead=t("windows-lead")>
            {tabs(View::Cancelled)}
            <Card flush=true>
                <FilterBar list=list.clone() search_label=t("windows-search")><input type="hidden" name="state" value="cancelled"/></FilterBar>
                {(!none).then(|| table(t("windows-cancelled"), rows))}
                {none.then(|| view! { <EmptyState title=t("windows-none-past") text=t("windows-none-cancelled") icon=Icon::Maintenance/> })}
                <Pagination list=list/>
            </Card>
        </Layout>
    }
}

/// The page; `list` is about the past windows.
#[component]
pub fn Windows(
    list: ListState,
    now: Vec<Row>,
    coming: Vec<Row>,
    past: Vec<Row>,
    add_href: Option<Text>,
) -> impl IntoView {
    let add = add_href
        .clone()
        .map(|href| view! { <LinkButton label=t("windows-add") href=href icon=Icon::Plus kind=Kind::Primary/> });
    let actions = view! { {add} }.into_any();
    let nothing = now.is_empty() && coming.is_empty() && past.is_empty();
    let body = if nothing && !list.is_filtered() {
        view! {
            <Card>
                <EmptyState title=t("windows-none") text=t("windows-none-text") icon=Icon::Maintenance>
                    {add_href.map(|href| view! { <LinkButton label=t("windows-add") href=href icon=Icon::Plus/> })}
                </EmptyState>
            </Card>
        }
        .into_any()
    } else {
        let under_way = (!now.is_empty())
            .then(|| view! { <Card title=t("windows-now") flush=true>{table(t("windows-now"), now)}</Card> });
        let coming = if coming.is_empty() {
            view! { <Card title=t("windows-coming")><p class="muted">{t("windows-none-coming")}</p></Card> }.into_any()
        } else {
            view! { <Card title=t("windows-coming") flush=true>{table(t("windows-coming"), coming)}</Card> }.into_any()
        };
        let no_past = past.is_empty();
        view! {
            {under_way}
            {coming}
            <Card title=t("windows-past") flush=true>
                <FilterBar list=list.clone() search_label=t("windows-search")/>
                {(!no_past).then(|| table(t("windows-past"), past))}
                {no_past.then(|| view! { <EmptyState title=t("windows-none-past") text=t("windows-none-past-text") icon=Icon::Clock/> })}
                <Pagination list=list/>
            </Card>
        }
        .into_any()
    };
    view! { <Layout title=t("maintenance") lead=t("windows-lead") actions=actions>{tabs(View::Windows)}{body}</Layout> }
}

pub(super) fn table(caption: &'static str, rows: Vec<Row>) -> impl IntoView {
    let columns = vec![
        Column::text(t("windows-title")),
        Column::text(t("windows-starts")),
        Column::text(t("windows-ends")),
        Column::number(t("windows-lasts")),
        Column::text(t("windows-covers")),
    ];
    let rows = rows.into_iter().map(|row| {
        let proposed = row.proposed;
        let proposed = proposed.then(|| view! { " "<StateBadge state=State::Unknown label=t("windows-proposed")/> });
        view! {
            <tr>
                <HeadCell><a href=row.href>{row.title}</a>{proposed}</HeadCell>
                <Cell of=t("windows-starts")><When at=row.starts_at/></Cell>
                <Cell of=t("windows-ends")><When at=row.ends_at/></Cell>
                <NumberCell of=t("windows-lasts")><Duration span=row.ends_at - row.starts_at/></NumberCell>
                <Cell of=t("windows-covers")>{row.covers.words()}</Cell>
            </tr>
        }
    });
    view! { <Table caption=caption columns=columns>{rows.collect_view()}</Table> }
}

/// The page as it could be served.
pub fn samples() -> Vec<Sample> {
    let page = || Page {
        current: "maintenance",
        ..samples::page(Area::Admin)
    };
    let list = |total| ListState {
        path: "/admin/maintenance".to_owned(),
        page: 1,
        per_page: 50,
        total,
        ..ListState::default()
    };
    let row = |title: &str, hours: i64, covers| Row {
        href: "/admin/maintenance/1".to_owned(),
        title: title.to_owned(),
        starts_at: samples::now() + TimeDelta::hours(hours),
        ends_at: samples::now() + TimeDelta::hours(hours + 4),
        covers,
        proposed: hours == 40,
    };
    let add = || Some("/admin/maintenance/new".into());
    vec![
        Sample::new("maintenance", page(), move || {
            let now = vec![row(
                "New line cards in Berlin",
                -1,
                Covers::Routers(vec!["ber-core-1".to_owned()]),
            )];
            let coming = vec![
                row(
                    "Fibre moved at Leipzig station",
                    40,
                    Covers::Links(vec!["a".to_owned(), "b".to_owned(), "c".to_owned()]),
                ),
                row("Firmware of all routers", 300, Covers::All),
            ];
            let past = vec![row("Power feed replaced", -700, Covers::All)];
            view! { <Windows list=list(1) now=now coming=coming past=past add_href=add()/> }
        }),
        Sample::new(
            "windows-none",
            page(),
            move || view! { <Windows list=list(0) now=vec![] coming=vec![] past=vec![] add_href=add()/> },
        ),
        Sample::new("windows-cancelled", page(), move || {
            let rows = vec![row("Core switch replaced", 60, Covers::All)];
            view! { <CancelledWindows list=list(1) rows=rows/> }
        }),
        Sample::new("windows-hostile", page(), move || {
            let coming = vec![row(HOSTILE, 40, Covers::Links(vec![HOSTILE.to_owned()]))];
            view! { <Windows list=list(0) now=vec![] coming=coming past=vec![] add_href=None/> }
        }),
    ]
}
