//! The list of routers.

use chrono::{DateTime, TimeDelta, Utc};
use leptos::prelude::*;

use crate::{
    admin::status::Status,
    page::Area,
    samples::{self, HOSTILE, Sample},
    t,
    ui::{
        Card, Cell, Choice, Column, Duration, EmptyState, FilterBar, HeadCell, Icon, Kind, Layout, LinkButton,
        ListState, Live, NumberCell, Pagination, Percent, SelectField, StateBadge, Table, When,
    },
};

/// One router of the list.
#[derive(Clone, Debug)]
pub struct Row {
    pub href: String,
    pub name: String,
    pub site: String,
    pub address: String,
    pub status: Status,
    pub reason: Option<String>,
    pub identity: Option<String>,
    pub version: Option<String>,
    pub uptime: Option<TimeDelta>,
    /// 0 to 100.
    pub cpu: Option<f64>,
    /// Used, 0 to 100.
    pub memory: Option<f64>,
    pub links: usize,
    pub links_href: String,
    pub last_poll: Option<DateTime<Utc>>,
}

/// The page. `add_href` is there for whoever may add one.
#[component]
pub fn RouterList(list: ListState, rows: Vec<Row>, add_href: Option<&'static str>) -> impl IntoView {
    let add =
        add_href.map(|href| view! { <LinkButton label=t("router-add") href=href icon=Icon::Plus kind=Kind::Primary/> });
    let nothing_yet = rows.is_empty() && !list.is_filtered();
    if nothing_yet {
        return view! {
            <Layout title=t("nav-routers")>
                <Card>
                    <EmptyState title=t("routers-none") text=t("routers-none-text") icon=Icon::Router>{add}</EmptyState>
                </Card>
            </Layout>
        }
        .into_any();
    }
    let states = Status::OF_ROUTERS
        .iter()
        .map(|status| Choice::new(status.name(), status.word()))
        .collect();
    let chosen = list.filter("state");
    let clear = list.path.clone();
    let body = if rows.is_empty() {
        view! { <EmptyState title=t("list-no-match") text=t("list-no-match-text") icon=Icon::Search><LinkButton label=t("filter-clear") href=clear/></EmptyState> }
            .into_any()
    } else {
        view! { {table(&list, rows)}<Pagination list=list.clone()/> }.into_any()
    };
    view! {
        <Layout title=t("nav-routers") actions=add.into_any()>
            <Card flush=true>
                <FilterBar list=list search_label=t("routers-search")>
                    <SelectField name="state" label=t("list-state") choices=states value=chosen empty=t("list-any") required=true/>
                </FilterBar>
                <Live id="routers">{body}</Live>
            </Card>
        </Layout>
    }
    .into_any()
}

fn table(list: &ListState, rows: Vec<Row>) -> impl IntoView + use<> {
    let of = Labels::new();
    let columns = vec![
        Column::text(of.router).sorted_by("name"),
        Column::text(of.state).sorted_by("state"),
        Column::text(of.site).sorted_by("site"),
        Column::text(of.system),
        Column::number(of.uptime),
        Column::number(of.cpu).sorted_by("cpu"),
        Column::number(of.memory),
        Column::number(of.links).sorted_by("links"),
        Column::text(of.last_poll).sorted_by("poll"),
    ];
    let rows = rows.into_iter().map(|row| one(of, row)).collect_view();
    view! { <Table caption=t("nav-routers") columns=columns list=list.clone()>{rows}</Table> }
}

/// The columns' names, looked up once a page and not once a cell.
#[derive(Clone, Copy)]
struct Labels {
    router: &'static str,
    state: &'static str,
    site: &'static str,
    system: &'static str,
    uptime: &'static str,
    cpu: &'static str,
    memory: &'static str,
    links: &'static str,
    last_poll: &'static str,
}

impl Labels {
    fn new() -> Self {
        Self {
            router: t("router"),
            state: t("list-state"),
            site: t("router-site"),
            system: t("router-system"),
            uptime: t("router-uptime"),
            cpu: t("router-cpu"),
            memory: t("router-memory"),
            links: t("nav-links"),
            last_poll: t("router-last-poll"),
        }
    }
}

fn one(of: Labels, row: Row) -> impl IntoView {
    // The identity is news only where it is not the name anyway.
    let identity = row.identity.filter(|identity| *identity != row.name);
    view! {
        <tr>
            <HeadCell><span class="two-lines"><a href=row.href>{row.name}</a><small>{row.address}</small></span></HeadCell>
            <Cell of=of.state>
                <span class="two-lines"><StateBadge state=row.status.state() label=row.status.word()/>{row.reason.map(|reason| view! { <small class="reason">{reason}</small> })}</span>
            </Cell>
            <Cell of=of.site>{row.site}</Cell>
            <Cell of=of.system><span class="two-lines">{row.version}{identity.map(|identity| view! { <small>{identity}</small> })}</span></Cell>
            <NumberCell of=of.uptime>{row.uptime.map(|uptime| view! { <Duration span=uptime/> })}</NumberCell>
            <NumberCell of=of.cpu><Percent value=row.cpu decimals=0/></NumberCell>
            <NumberCell of=of.memory><Percent value=row.memory decimals=0/></NumberCell>
            <NumberCell of=of.links><a href=row.links_href>{row.links}</a></NumberCell>
            <Cell of=of.last_poll>{match row.last_poll {
                Some(at) => view! { <When at=at compact=true/> }.into_any(),
                None => view! { <span class="muted">{t("never")}</span> }.into_any(),
            }}</Cell>
        </tr>
    }
}

/// The page as it could be served.
pub fn samples() -> Vec<Sample> {
    let page = || crate::Page {
        current: "routers",
        ..samples::page(Area::Admin)
    };
    let list = |total| ListState {
        path: "/admin/routers".to_owned(),
        page: 1,
        per_page: 50,
        total,
        ..ListState::default()
    };
    vec![
        Sample::new("admin-routers", page(), move || {
            view! { <RouterList list=list(4) rows=sample_rows("edge-ber-1") add_href=Some("/admin/routers/new")/> }
        }),
        Sample::new("admin-routers-empty", page(), move || {
            view! { <RouterList list=list(0) rows=Vec::new() add_href=Some("/admin/routers/new")/> }
        }),
        Sample::new("admin-routers-no-match", page(), move || {
            let list = ListState {
                filters: vec![("q", "nowhere".to_owned())],
                ..list(0)
            };
            view! { <RouterList list=list rows=Vec::new() add_href=None/> }
        }),
        Sample::new("admin-routers-hostile", page(), move || {
            let list = ListState {
                filters: vec![("q", HOSTILE.to_owned())],
                ..list(4)
            };
            view! { <RouterList list=list rows=sample_rows(HOSTILE) add_href=None/> }
        }),
    ]
}

fn sample_rows(name: &str) -> Vec<Row> {
    let now = samples::now();
    let row = |name: &str, site: &str, status, reason: Option<&str>| Row {
        href: "/admin/routers/1".to_owned(),
        name: name.to_owned(),
        site: site.to_owned(),
        address: "edge.northbridge.example:8729".to_owned(),
        status,
        reason: reason.map(str::to_owned),
        identity: Some(format!("{name}-identity")),
        version: Some("7.15.3 (stable)".to_owned()),
        uptime: Some(TimeDelta::hours(1_234)),
        cpu: Some(17.0),
        memory: Some(43.0),
        links: 12,
        links_href: "/admin/links?router=1".to_owned(),
        last_poll: Some(now - TimeDelta::seconds(94)),
    };
    let new = Row {
        identity: None,
        version: None,
        uptime: None,
        cpu: None,
        memory: None,
        links: 0,
        last_poll: None,
        ..row("wifi-tower-9", "Harz", Status::New, None)
    };
    vec![
        row(
            name,
            name,
            Status::Unreachable,
            Some("no answer within 5 s while connecting"),
        ),
        row(
            "edge-ham-2",
            "Hamburg, Wendenstraße",
            Status::Failing,
            Some("the router's answer lacks its uptime"),
        ),
        new,
        row("core-fra-1", "Frankfurt, Hanauer Landstraße", Status::Reachable, None),
    ]
}
