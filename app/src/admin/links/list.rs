//! The list of links: the page that staff look at most, so what a row needs is kept to what is read.

use chrono::{DateTime, TimeDelta, Utc};
use leptos::prelude::*;

use crate::{
    admin::status::Status,
    page::{Area, Page, page},
    samples::{self, HOSTILE, Sample},
    t,
    ui::{
        Card, Choice, Column, EmptyState, FilterBar, Icon, Kind, Layout, LinkButton, ListState, Live, Markup,
        Pagination, SelectField, Table, number,
    },
};

/// One link of the list.
#[derive(Clone, Debug)]
pub struct Row {
    pub href: String,
    pub name: String,
    pub client: String,
    pub router: String,
    pub interface: String,
    pub kind: String,
    pub status: Status,
    pub since: Option<DateTime<Utc>>,
    /// bit/s to the customer now.
    pub down: Option<f64>,
    /// bit/s from the customer now.
    pub up: Option<f64>,
    /// bit/s.
    pub committed_down: f64,
    /// bit/s.
    pub committed_up: f64,
    pub latency_ms: Option<f64>,
    /// 0 to 100.
    pub loss: Option<f64>,
}

/// What may be filtered by: values with their names.
#[derive(Clone, Debug, Default)]
pub struct Filters {
    pub clients: Vec<(String, String)>,
    pub routers: Vec<(String, String)>,
    pub profiles: Vec<(String, String)>,
    pub kinds: Vec<String>,
}

/// The page. `add_href` is there for whoever may add one.
#[component]
pub fn LinkList(list: ListState, rows: Vec<Row>, filters: Filters, add_href: Option<&'static str>) -> impl IntoView {
    let add =
        add_href.map(|href| view! { <LinkButton label=t("link-add") href=href icon=Icon::Plus kind=Kind::Primary/> });
    if rows.is_empty() && !list.is_filtered() {
        return view! {
            <Layout title=t("nav-links")>
                <Card><EmptyState title=t("links-none") text=t("links-none-text") icon=Icon::Link>{add}</EmptyState></Card>
            </Layout>
        }
        .into_any();
    }
    let clear = list.path.clone();
    let body = if rows.is_empty() {
        view! { <EmptyState title=t("list-no-match") text=t("list-no-match-text") icon=Icon::Search><LinkButton label=t("filter-clear") href=clear/></EmptyState> }
            .into_any()
    } else {
        view! { {table(&list, rows)}<Pagination list=list.clone()/> }.into_any()
    };
    view! {
        <Layout title=t("nav-links") actions=add.into_any()>
            <Card flush=true>{filter_bar(list, filters)}<Live id="links">{body}</Live></Card>
        </Layout>
    }
    .into_any()
}

fn filter_bar(list: ListState, filters: Filters) -> impl IntoView {
    let states = Status::OF_LINKS
        .iter()
        .map(|status| Choice::new(status.name(), status.word()))
        .collect();
    let pairs = |pairs: Vec<(String, String)>| {
        pairs
            .into_iter()
            .map(|(value, name)| Choice::new(value, name))
            .collect()
    };
    let kinds = filters
        .kinds
        .into_iter()
        .map(|kind| Choice::new(kind.clone(), kind))
        .collect();
    let [state, client, router, profile, kind] =
        ["state", "client", "router", "profile", "kind"].map(|name| list.filter(name));
    let any = t("list-any");
    view! {
        <FilterBar list=list search_label=t("admin-links-search")>
            <SelectField name="state" label=t("list-state") choices=states value=state empty=any required=true/>
            <SelectField name="client" label=t("client") choices=pairs(filters.clients) value=client empty=any required=true/>
            <SelectField name="router" label=t("router") choices=pairs(filters.routers) value=router empty=any required=true/>
            <SelectField name="profile" label=t("link-profile") choices=pairs(filters.profiles) value=profile empty=any required=true/>
            <SelectField name="kind" label=t("link-kind") choices=kinds value=kind empty=any required=true/>
        </FilterBar>
    }
}

/// The columns' names, looked up once a page and not once a cell.
#[derive(Clone, Copy)]
struct Labels {
    link: &'static str,
    state: &'static str,
    client: &'static str,
    router: &'static str,
    kind: &'static str,
    down: &'static str,
    up: &'static str,
    latency: &'static str,
    loss: &'static str,
}

fn table(list: &ListState, rows: Vec<Row>) -> impl IntoView + use<> {
    let of = Labels {
        link: t("link"),
        state: t("list-state"),
        client: t("client"),
        router: t("link-router-interface"),
        kind: t("link-kind"),
        down: t("link-down"),
        up: t("link-up"),
        latency: t("link-latency"),
        loss: t("link-loss"),
    };
    let columns = vec![
        Column::text(of.link).sorted_by("name"),
        Column::text(of.state).sorted_by("state"),
        Column::text(of.client).sorted_by("client"),
        Column::text(of.router).sorted_by("router"),
        Column::text(of.kind).sorted_by("kind"),
        Column::number(of.down).sorted_by("down"),
        Column::number(of.up).sorted_by("up"),
        Column::number(of.latency).sorted_by("latency"),
        Column::number(of.loss).sorted_by("loss"),
    ];
    let page = page();
    let mut html = Markup::with_capacity(rows.len() * 1_200);
    for row in &rows {
        one(&mut html, &page, of, row);
    }
    view! { <Table caption=t("nav-links") columns=columns list=list.clone()>{html.into_view()}</Table> }
}

fn one(html: &mut Markup, page: &Page, of: Labels, row: &Row) {
    html.raw("<tr><th scope=\"row\"><a href=\"")
        .text(&row.href)
        .raw("\">")
        .text(&row.name)
        .raw("</a></th>");
    html.cell(of.state, |html| {
        html.raw("<span class=\"two-lines\">")
            .badge(page, row.status.state(), row.status.word());
        if let Some(since) = row.since {
            html.raw("<small>").when(page, since).raw("</small>");
        }
        html.raw("</span>");
    });
    html.cell(of.client, |html| {
        html.text(&row.client);
    });
    html.cell(of.router, |html| two_lines(html, &row.router, &row.interface));
    html.cell(of.kind, |html| {
        html.text(&row.kind);
    });
    html.number_cell(of.down, |html| of_committed(html, row.down, row.committed_down));
    html.number_cell(of.up, |html| of_committed(html, row.up, row.committed_up));
    html.number_cell(of.latency, |html| {
        html.figure(row.latency_ms.map(number::milliseconds).as_deref());
    });
    html.number_cell(of.loss, |html| {
        html.figure(row.loss.map(|loss| number::percent(loss, 0)).as_deref());
    });
    html.raw("</tr>");
}

fn two_lines(html: &mut Markup, first: &str, second: &str) {
    html.raw("<span class=\"two-lines\">")
        .text(first)
        .raw("<small>")
        .text(second)
        .raw("</small></span>");
}

/// A rate over the one that was agreed.
fn of_committed(html: &mut Markup, rate: Option<f64>, committed: f64) {
    html.raw("<span class=\"two-lines\">")
        .figure(rate.map(number::rate).as_deref());
    html.raw("<small>/ ")
        .text(&number::rate(committed))
        .raw("</small></span>");
}

/// The page as it could be served.
pub fn samples() -> Vec<Sample> {
    let page = || crate::Page {
        live_url: Some("/admin/live".to_owned()),
        ..samples::page(Area::Admin)
    };
    let list = |total| ListState {
        path: "/admin/links".to_owned(),
        page: 1,
        per_page: 50,
        total,
        ..ListState::default()
    };
    let filters = |text: &str| Filters {
        clients: vec![("1".to_owned(), text.to_owned())],
        routers: vec![("1".to_owned(), text.to_owned())],
        profiles: vec![("1".to_owned(), text.to_owned())],
        kinds: vec!["ILL".to_owned(), text.to_owned()],
    };
    let add = Some("/admin/links/new");
    vec![
        Sample::new("admin-links", page(), move || {
            view! { <LinkList list=list(128) rows=sample_rows("Acme Logistics GmbH") filters=filters("Acme Logistics GmbH") add_href=add/> }
        }),
        Sample::new("admin-links-empty", page(), move || {
            view! { <LinkList list=list(0) rows=Vec::new() filters=Filters::default() add_href=add/> }
        }),
        Sample::new("admin-links-hostile", page(), move || {
            let list = ListState {
                filters: vec![("q", HOSTILE.to_owned())],
                ..list(7)
            };
            view! { <LinkList list=list rows=sample_rows(HOSTILE) filters=filters(HOSTILE) add_href=None/> }
        }),
    ]
}

fn sample_rows(text: &str) -> Vec<Row> {
    let now = samples::now();
    let rows = Status::OF_LINKS.into_iter().zip([1_u32, 2, 3, 4, 5, 6, 7]);
    rows.map(|(status, at)| {
        let measured = matches!(status, Status::Up | Status::Degraded | Status::Maintenance);
        Row {
            href: format!("/admin/links/{at}"),
            name: format!("{text}, site {at}"),
            client: text.to_owned(),
            router: "edge-ber-1".to_owned(),
            interface: format!("sfp-sfpplus{at}"),
            kind: if at % 2 == 0 { "MPLS" } else { "ILL" }.to_owned(),
            status,
            since: Some(now - TimeDelta::minutes(17 * i64::from(at * at))),
            down: measured.then(|| 3.7e7 * f64::from(at)),
            up: measured.then(|| 1.1e6 * f64::from(at)),
            committed_down: 5e8,
            committed_up: 2e8,
            latency_ms: measured.then(|| 1.9 * f64::from(at)),
            loss: measured.then_some(if status == Status::Degraded { 40.0 } else { 0.0 }),
        }
    })
    .collect()
}
