//! The list of servers, with boxes to tick for what is done to several at once.

use chrono::NaiveDate;
use leptos::prelude::*;

use super::{Doing, date, state};
use crate::{
    admin::Subject,
    page::{Area, Page},
    samples::{self, HOSTILE, Sample},
    servers::words::{Act, Stage, Status},
    t, t_with,
    ui::{
        Button, Card, Cell, Choice, Column, EmptyState, FilterBar, HeadCell, Icon, Layout, LinkButton, ListState, Live,
        Pagination, SelectField, Table,
    },
};

/// One server of the list.
#[derive(Clone, Debug)]
pub struct Row {
    /// What is posted when it is ticked.
    pub id: String,
    pub href: String,
    /// What people call it.
    pub title: String,
    /// Contabo's name of it.
    pub name: String,
    /// None: nobody's.
    pub client: Option<Subject>,
    pub status: Status,
    pub doing: Option<Doing>,
    pub address: Option<String>,
    pub product: String,
    pub place: String,
    pub cancels_on: Option<NaiveDate>,
    pub is_locked: bool,
}

/// What may be filtered by: values with their names.
#[derive(Clone, Debug, Default)]
pub struct Filters {
    pub states: Vec<(String, Status)>,
    pub regions: Vec<String>,
    pub clients: Vec<(String, String)>,
    pub accounts: Vec<(String, String)>,
}

/// What the visitor may do to several at once.
#[derive(Clone, Copy, Debug, Default)]
pub struct May {
    pub operate: bool,
    pub assign: bool,
}

/// The page.
#[component]
pub fn ServerList(list: ListState, rows: Vec<Row>, filters: Filters, may: May) -> impl IntoView {
    let features = may
        .assign
        .then(|| view! { <LinkButton label=t("features") href="/admin/features" icon=Icon::Shield/> });
    let actions = view! {
        {features}
        <LinkButton label=t("fleet-changes") href="/admin/servers/changes" icon=Icon::Log/>
        <LinkButton label=t("contabo-accounts") href="/admin/contabo" icon=Icon::Settings/>
    }
    .into_any();
    if rows.is_empty() && !list.is_filtered() {
        return view! {
            <Layout title=t("nav-servers") actions=actions>
                <Card><EmptyState title=t("fleet-none") text=t("fleet-none-text") icon=Icon::Server/></Card>
            </Layout>
        }
        .into_any();
    }
    let clear = list.path.clone();
    let body = if rows.is_empty() {
        view! { <EmptyState title=t("list-no-match") text=t("list-no-match-text") icon=Icon::Search><LinkButton label=t("filter-clear") href=clear/></EmptyState> }
            .into_any()
    } else {
        view! { {chosen(&list, rows, may)}<Pagination list=list.clone()/> }.into_any()
    };
    view! {
        <Layout title=t("nav-servers") actions=actions>
            <Card flush=true>{filter_bar(list, filters)}<Live id="servers">{body}</Live></Card>
        </Layout>
    }
    .into_any()
}

fn filter_bar(list: ListState, filters: Filters) -> impl IntoView {
    let pairs = |pairs: Vec<(String, String)>| {
        let choices = pairs.into_iter().map(|(value, name)| Choice::new(value, name));
        choices.collect::<Vec<_>>()
    };
    let states = filters.states.into_iter();
    let states = states
        .map(|(value, status)| Choice::new(value, status.word()))
        .collect();
    let regions = filters.regions.into_iter();
    let regions = regions.map(|region| Choice::new(region.clone(), region)).collect();
    let mut clients = vec![Choice::new("nobody", t("fleet-nobody"))];
    clients.extend(pairs(filters.clients));
    let [state, region, client, account] = ["state", "region", "client", "account"].map(|name| list.filter(name));
    let any = t("list-any");
    view! {
        <FilterBar list=list search_label=t("fleet-search")>
            <SelectField name="state" label=t("list-state") choices=states value=state empty=any required=true/>
            <SelectField name="client" label=t("client") choices=clients value=client empty=any required=true/>
            <SelectField name="region" label=t("fleet-region") choices=regions value=region empty=any required=true/>
            <SelectField name="account" label=t("contabo-account") choices=pairs(filters.accounts) value=account empty=any required=true/>
        </FilterBar>
    }
}

/// The table, in a form where the visitor may do something to those that are ticked.
fn chosen(list: &ListState, rows: Vec<Row>, may: May) -> impl IntoView + use<> {
    let table = table(list, rows, may.operate || may.assign);
    if !(may.operate || may.assign) {
        return table.into_any();
    }
    let operate = may.operate.then(|| {
        view! {
            <Button label=t("server-start") name="do" value="start"/>
            <Button label=t("server-restart") name="do" value="restart"/>
            <Button label=t("server-shutdown") name="do" value="shutdown"/>
            <Button label=t("server-stop") name="do" value="stop"/>
        }
    });
    let assign = may
        .assign
        .then(|| view! { <Button label=t("fleet-assign") icon=Icon::Client name="do" value="assign"/> });
    view! {
        <form method="get" action="/admin/servers/bulk">
            {table}
            <div class="card-note row"><span class="muted small">{t("fleet-bulk")}</span>{operate}{assign}</div>
        </form>
    }
    .into_any()
}

fn table(list: &ListState, rows: Vec<Row>, ticks: bool) -> impl IntoView + use<> {
    let (server, client, status) = (t("fleet-server"), t("client"), t("list-state"));
    let (address, product) = (t("fleet-address"), t("fleet-product"));
    let (place, cancels) = (t("fleet-place"), t("fleet-cancels"));
    let columns = vec![
        Column::text(server).sorted_by("name"),
        Column::text(client).sorted_by("client"),
        Column::text(status).sorted_by("state"),
        Column::text(address),
        Column::text(product).sorted_by("product"),
        Column::text(place).sorted_by("region"),
        Column::text(cancels).sorted_by("cancels"),
    ];
    let rows = rows.into_iter().enumerate().map(|(at, row)| {
        let choose = ticks.then(|| {
            let label = t_with("fleet-choose", &[("name", row.title.clone().into())]);
            let id = format!("server-{at}");
            view! { <label for=id.clone() class="hidden">{label}</label><input type="checkbox" id=id name="server" value=row.id/> }
        });
        let name = (row.name != row.title).then(|| view! { <small>{row.name}</small> });
        let whose = match row.client {
            Some(client) => view! { <a href=client.href>{client.name}</a> }.into_any(),
            None => view! { <span class="muted">{t("fleet-nobody")}</span> }.into_any(),
        };
        let locked = row.is_locked.then(|| view! { <small>{t("fleet-locked")}</small> });
        view! {
            <tr>
                <HeadCell><span class="pick">{choose}<span class="two-lines"><a href=row.href>{row.title}</a>{name}</span></span></HeadCell>
                <Cell of=client><span class="two-lines">{whose}{locked}</span></Cell>
                <Cell of=status>{state(&row.status, row.doing)}</Cell>
                <Cell of=address>{row.address.map(address_line)}</Cell>
                <Cell of=product>{row.product}</Cell>
                <Cell of=place>{row.place}</Cell>
                <Cell of=cancels>{row.cancels_on.map(date)}</Cell>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! { <Table caption=t("nav-servers") columns=columns list=list.clone()>{rows}</Table> }
}

/// An address. Short ones stay on one line; others break where they must.
fn address_line(address: String) -> impl IntoView {
    let class = (!address.contains(':')).then_some("nowrap");
    view! { <span class=class>{address}</span> }
}

/// The page as it could be served.
pub fn samples() -> Vec<Sample> {
    let page = || Page {
        current: "servers",
        live_url: Some("/admin/live".to_owned()),
        ..samples::page(Area::Admin)
    };
    let list = |total| ListState {
        path: "/admin/servers".to_owned(),
        page: 1,
        per_page: 100,
        total,
        ..ListState::default()
    };
    let row = |text: &str, status: Status, doing: Option<Doing>| Row {
        id: "1".to_owned(),
        href: "/admin/servers/1".to_owned(),
        title: text.to_owned(),
        name: "vmi1234567".to_owned(),
        client: Some(Subject {
            name: text.to_owned(),
            href: "/admin/clients/1".to_owned(),
        }),
        status,
        doing,
        address: Some("203.0.113.42".to_owned()),
        product: format!("VPS 10 {text}"),
        place: format!("Hub Europe, {text}"),
        cancels_on: None,
        is_locked: false,
    };
    let doing = |act, stage| {
        Some(Doing {
            act: Some(act),
            stage,
            more: 1,
        })
    };
    let rows = move |text: &str| {
        vec![
            row(text, Status::Running, None),
            row(text, Status::Stopped, doing(Act::Start, Stage::UnderWay)),
            Row {
                client: None,
                cancels_on: NaiveDate::from_ymd_opt(2026, 12, 10),
                ..row(text, Status::Running, doing(Act::Restart, Stage::HeldUp))
            },
            Row {
                is_locked: true,
                address: None,
                ..row(text, Status::Other(text.to_owned()), None)
            },
        ]
    };
    let filters = |text: &str| Filters {
        states: vec![
            ("running".to_owned(), Status::Running),
            ("x".to_owned(), Status::Other(text.to_owned())),
        ],
        regions: vec!["EU".to_owned(), text.to_owned()],
        clients: vec![("1".to_owned(), text.to_owned())],
        accounts: vec![("1".to_owned(), text.to_owned())],
    };
    let all = May {
        operate: true,
        assign: true,
    };
    vec![
        Sample::new("admin-servers", page(), move || {
            view! { <ServerList list=list(4) rows=rows("web-01") filters=filters("Acme") may=all/> }
        }),
        Sample::new("admin-servers-none", page(), move || {
            view! { <ServerList list=list(0) rows=Vec::new() filters=Filters::default() may=all/> }
        }),
        Sample::new("admin-servers-no-match", page(), move || {
            let list = ListState {
                filters: vec![("q", "nothing".to_owned())],
                ..list(0)
            };
            view! { <ServerList list=list rows=Vec::new() filters=filters("Acme") may=May::default()/> }
        }),
        Sample::new("admin-servers-hostile", page(), move || {
            let list = ListState {
                filters: vec![("q", HOSTILE.to_owned())],
                ..list(4)
            };
            view! { <ServerList list=list rows=rows(HOSTILE) filters=filters(HOSTILE) may=May::default()/> }
        }),
    ]
}
