//! All firewalls.

use leptos::prelude::*;

use super::in_force;
use crate::{
    admin::things::{Happening, LIVE_THINGS, Place, happening, sample_happening, tabs},
    page::{Area, Page},
    samples::{self, HOSTILE, Sample},
    t,
    ui::{Card, Cell, Column, EmptyState, HeadCell, Icon, Kind, Layout, LinkButton, Live, NumberCell, Table},
};

/// One firewall.
#[derive(Clone, Debug)]
pub struct Row {
    pub href: String,
    pub name: String,
    pub description: String,
    pub account: String,
    pub is_active: bool,
    pub rules: usize,
    pub servers: usize,
}

/// The page. `may_manage`: the visitor may make one.
#[component]
pub fn FirewallList(firewalls: Vec<Row>, may_manage: bool, what_happens: Happening) -> impl IntoView {
    let add = may_manage.then(|| {
        view! { <LinkButton label=t("firewall-new") href="/admin/firewalls/new" icon=Icon::Plus kind=Kind::Primary/> }
    });
    let content = match firewalls.is_empty() {
        true => {
            view! { <EmptyState title=t("firewalls-none") text=t("firewalls-none-text") icon=Icon::Shield/> }.into_any()
        }
        false => table(firewalls).into_any(),
    };
    view! {
        <Layout title=t("firewalls") lead=t("firewalls-lead") actions=add.into_any()>
            {tabs(Place::Firewalls)}
            <Card flush=true><Live id=LIVE_THINGS>{content}</Live></Card>
            {happening(what_happens, None)}
        </Layout>
    }
}

fn table(firewalls: Vec<Row>) -> impl IntoView {
    let (name, state, rules) = (t("firewall-name"), t("list-state"), t("firewall-rules"));
    let (servers, account) = (t("nav-servers"), t("contabo-account"));
    let columns = vec![
        Column::text(name),
        Column::text(state),
        Column::number(rules),
        Column::number(servers),
        Column::text(account),
    ];
    let rows = firewalls.into_iter().map(|row| {
        let description = (!row.description.is_empty()).then(|| view! { <small>{row.description}</small> });
        view! {
            <tr>
                <HeadCell><span class="two-lines"><a href=row.href>{row.name}</a>{description}</span></HeadCell>
                <Cell of=state>{in_force(row.is_active)}</Cell>
                <NumberCell of=rules>{row.rules}</NumberCell>
                <NumberCell of=servers>{row.servers}</NumberCell>
                <Cell of=account>{row.account}</Cell>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! { <Table caption=t("firewalls") columns=columns>{rows}</Table> }
}

/// The page as it could be served.
pub fn samples() -> Vec<Sample> {
    let page = || Page {
        current: "networks",
        live_url: Some("/admin/live".to_owned()),
        ..samples::page(Area::Admin)
    };
    let row = |text: &str, is_active| Row {
        href: "/admin/firewalls/1".to_owned(),
        name: text.to_owned(),
        description: text.to_owned(),
        account: text.to_owned(),
        is_active,
        rules: 3,
        servers: 2,
    };
    vec![
        Sample::new("firewalls", page(), move || {
            let rows = vec![row("web", true), row("ssh only", false)];
            view! { <FirewallList firewalls=rows may_manage=true what_happens=sample_happening("web")/> }
        }),
        Sample::new("firewalls-none", page(), || {
            view! { <FirewallList firewalls=Vec::new() may_manage=false what_happens=Happening::default()/> }
        }),
        Sample::new("firewalls-hostile", page(), move || {
            let rows = vec![row(HOSTILE, true)];
            view! { <FirewallList firewalls=rows may_manage=true what_happens=sample_happening(HOSTILE)/> }
        }),
    ]
}
