//! All private networks.

use leptos::prelude::*;

use crate::{
    admin::things::{Happening, LIVE_THINGS, Place, happening, sample_happening, tabs},
    page::{Area, Page},
    samples::{self, HOSTILE, Sample},
    t, t_count,
    ui::{
        Card, Cell, Code, Column, EmptyState, HeadCell, Icon, Kind, Layout, LinkButton, Live, NumberCell, State,
        StateBadge, Table,
    },
};

/// One network.
#[derive(Clone, Debug)]
pub struct Row {
    pub href: String,
    pub name: String,
    pub description: String,
    pub account: String,
    pub region: String,
    /// As `10.0.0.0/22`.
    pub cidr: String,
    pub free: Option<i64>,
    pub members: usize,
    /// How many of them are not in it for good yet.
    pub unready: usize,
}

/// The page. `may_manage`: the visitor may make one.
#[component]
pub fn NetworkList(networks: Vec<Row>, may_manage: bool, what_happens: Happening) -> impl IntoView {
    let add = may_manage.then(|| {
        view! { <LinkButton label=t("network-new") href="/admin/networks/new" icon=Icon::Plus kind=Kind::Primary/> }
    });
    let content = match networks.is_empty() {
        true => {
            view! { <EmptyState title=t("networks-none") text=t("networks-none-text") icon=Icon::Server/> }.into_any()
        }
        false => table(networks).into_any(),
    };
    view! {
        <Layout title=t("networks") lead=t("networks-lead") actions=add.into_any()>
            {tabs(Place::Networks)}
            <Card flush=true><Live id=LIVE_THINGS>{content}</Live></Card>
            {happening(what_happens, None)}
        </Layout>
    }
}

fn table(networks: Vec<Row>) -> impl IntoView {
    let (name, cidr, region, account) = (
        t("network-name"),
        t("network-range"),
        t("fleet-region"),
        t("contabo-account"),
    );
    let (members, free, state_of) = (t("network-members"), t("network-free"), t("list-state"));
    let columns = vec![
        Column::text(name),
        Column::text(cidr),
        Column::number(members),
        Column::number(free),
        Column::text(state_of),
        Column::text(region),
        Column::text(account),
    ];
    let rows = networks.into_iter().map(|row| {
        let description = (!row.description.is_empty()).then(|| view! { <small>{row.description}</small> });
        let state = match row.unready {
            0 => view! { <StateBadge state=State::Up label=t("tie-ok")/> }.into_any(),
            count => {
                view! { <StateBadge state=State::Degraded label=t_count("network-unready", count as u64)/> }.into_any()
            }
        };
        view! {
            <tr>
                <HeadCell><span class="two-lines"><a href=row.href>{row.name}</a>{description}</span></HeadCell>
                <Cell of=cidr><Code text=row.cidr/></Cell>
                <NumberCell of=members>{row.members}</NumberCell>
                <NumberCell of=free>{row.free}</NumberCell>
                <Cell of=state_of>{state}</Cell>
                <Cell of=region>{row.region}</Cell>
                <Cell of=account>{row.account}</Cell>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! { <Table caption=t("networks") columns=columns>{rows}</Table> }
}

/// The page as it could be served.
pub fn samples() -> Vec<Sample> {
    let page = || Page {
        current: "networks",
        live_url: Some("/admin/live".to_owned()),
        ..samples::page(Area::Admin)
    };
    let row = |text: &str, unready| Row {
        href: "/admin/networks/1".to_owned(),
        name: text.to_owned(),
        description: text.to_owned(),
        account: text.to_owned(),
        region: text.to_owned(),
        cidr: "10.0.0.0/22".to_owned(),
        free: Some(1_018),
        members: 4,
        unready,
    };
    vec![
        Sample::new("networks", page(), move || {
            let rows = vec![row("backend", 1), row("lab", 0)];
            view! { <NetworkList networks=rows may_manage=true what_happens=sample_happening("backend")/> }
        }),
        Sample::new("networks-none", page(), || {
            view! { <NetworkList networks=Vec::new() may_manage=false what_happens=Happening::default()/> }
        }),
        Sample::new("networks-hostile", page(), move || {
            let rows = vec![row(HOSTILE, 2)];
            view! { <NetworkList networks=rows may_manage=true what_happens=sample_happening(HOSTILE)/> }
        }),
    ]
}
