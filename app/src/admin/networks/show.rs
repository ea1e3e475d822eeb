//! One private network: what it is, and who is in it.

use leptos::prelude::*;

use super::crumbs;
use crate::{
    admin::things::{
        Happening, LIVE_THINGS, Server, happening, sample_happening, sample_server, server_cell, tie_state,
    },
    page::{Area, Page},
    samples::{self, HOSTILE, Sample},
    t,
    ui::{
        Button, Card, Cell, Choice, Code, Column, HeadCell, Icon, KeyValue, KeyValues, Kind, Layout, LinkButton, Live,
        SelectField, Table,
    },
};

/// Everything of one network.
#[derive(Clone, Debug)]
pub struct Network {
    pub href: String,
    pub name: String,
    pub description: String,
    pub account: String,
    /// Contabo's number of it.
    pub contabo_id: i64,
    pub cidr: String,
    pub mask: Option<String>,
    pub first: String,
    pub last: String,
    pub free: Option<i64>,
    pub region: String,
    pub data_center: String,
    pub members: Vec<Member>,
    /// Servers that could be put in: ids and names.
    pub others: Vec<(String, String)>,
    /// Where one is put in; none: the visitor may not.
    pub join_action: Option<String>,
    pub happening: Happening,
    /// Why what was just tried was not done.
    pub refused: Option<String>,
}

/// A server in it.
#[derive(Clone, Debug)]
pub struct Member {
    pub server: Server,
    pub addresses: Vec<String>,
    /// Contabo's word for what is to be done first.
    pub state: String,
    pub error: Option<String>,
    /// Where it is taken out.
    pub leave_href: Option<String>,
}

/// The page.
#[component]
pub fn NetworkPage(network: Network) -> impl IntoView {
    let href = network.href.clone();
    let actions = network.join_action.is_some().then(|| {
        view! {
            <LinkButton label=t("edit") href=format!("{href}/edit") icon=Icon::Edit/>
            <LinkButton label=t("deed-delete") href=format!("{href}/delete") confirm=true/>
        }
    });
    let lead = (!network.description.is_empty()).then(|| network.description.clone());
    let mask = network
        .mask
        .map(|mask| view! { <KeyValue label=t("network-mask")><Code text=mask/></KeyValue> });
    let number = network.contabo_id.to_string();
    let join = network.join_action.map(|action| join_card(action, network.others));
    view! {
        <Layout title=network.name lead=lead crumbs=crumbs() actions=actions.into_any()>
            <Card title=t("network-facts")>
                <KeyValues>
                    <KeyValue label=t("network-range")><Code text=network.cidr/></KeyValue>
                    {mask}
                    <KeyValue label=t("block-usable")><Code text=network.first/>" – "<Code text=network.last/></KeyValue>
                    <KeyValue label=t("network-free")>{network.free}</KeyValue>
                    <KeyValue label=t("fleet-region")>{network.region}</KeyValue>
                    <KeyValue label=t("server-data-centre")>{network.data_center}</KeyValue>
                    <KeyValue label=t("contabo-account")>{network.account}</KeyValue>
                    <KeyValue label=t("server-own-id")><Code text=number/></KeyValue>
                </KeyValues>
                <p class="muted small">{t("network-range-text")}</p>
            </Card>
            <Live id=LIVE_THINGS>{members_card(network.members)}</Live>
            {join}
            {happening(network.happening, network.refused)}
        </Layout>
    }
}

fn members_card(members: Vec<Member>) -> impl IntoView {
    let title = t("network-members");
    if members.is_empty() {
        return view! { <Card title=title><p class="muted">{t("network-members-none")}</p></Card> }.into_any();
    }
    let (server, addresses, state) = (t("fleet-server"), t("servers-addresses"), t("list-state"));
    let columns = [server, addresses, state, ""].map(Column::text).into();
    let rows = members.into_iter().map(|member| {
        let all = member
            .addresses
            .into_iter()
            .map(|one| view! { <Code text=one/> })
            .collect_view();
        let leave = member
            .leave_href
            .map(|href| view! { <LinkButton label=t("network-take-out") href=href kind=Kind::Quiet confirm=true/> });
        let error = member
            .error
            .map(|error| view! { <small class="reason">{error}</small> });
        let stands = tie_state(&member.state);
        view! {
            <tr>
                <HeadCell>{server_cell(member.server)}</HeadCell>
                <Cell of=addresses><span class="addresses">{all}</span></Cell>
                <Cell of=state><span class="two-lines">{stands}{error}</span></Cell>
                <Cell of="">{leave}</Cell>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! { <Card title=title flush=true><Table caption=title columns=columns>{rows}</Table></Card> }.into_any()
}

fn join_card(action: String, others: Vec<(String, String)>) -> impl IntoView {
    if others.is_empty() {
        return view! { <Card title=t("network-put-in")><p class="muted">{t("network-put-in-none")}</p></Card> }
            .into_any();
    }
    let choices = others.into_iter().map(|(id, name)| Choice::new(id, name)).collect();
    view! {
        <Card title=t("network-put-in")>
            <form method="post" action=action class="stack">
                <p class="muted">{t("network-put-in-text")}</p>
                <SelectField name="server" label=t("fleet-server") choices=choices required=true/>
                <p><Button label=t("network-put-in")/></p>
            </form>
        </Card>
    }
    .into_any()
}

fn sample(text: &str, may: bool) -> Network {
    let member = |state: &str, error: Option<&str>| Member {
        server: sample_server(text),
        addresses: vec!["10.0.0.2/22".to_owned()],
        state: state.to_owned(),
        error: error.map(str::to_owned),
        leave_href: may.then(|| "/admin/servers/1/act/leave_network?thing=1".to_owned()),
    };
    Network {
        href: "/admin/networks/1".to_owned(),
        name: text.to_owned(),
        description: text.to_owned(),
        account: text.to_owned(),
        contabo_id: 12_001,
        cidr: "10.0.0.0/22".to_owned(),
        mask: Some("255.255.252.0".to_owned()),
        first: "10.0.0.1".to_owned(),
        last: "10.0.3.254".to_owned(),
        free: Some(1_018),
        region: text.to_owned(),
        data_center: text.to_owned(),
        members: vec![
            member("ok", None),
            member("restart", None),
            member("reinstall", None),
            member("reinstallation failed", Some(text)),
            member(text, None),
        ],
        others: vec![("1".to_owned(), text.to_owned())],
        join_action: may.then(|| "/admin/things/1/tie".to_owned()),
        happening: sample_happening(text),
        refused: None,
    }
}

/// The page as it could be served.
pub fn samples() -> Vec<Sample> {
    let page = || Page {
        current: "networks",
        live_url: Some("/admin/live".to_owned()),
        ..samples::page(Area::Admin)
    };
    vec![
        Sample::new("network", page(), || {
            view! { <NetworkPage network=sample("backend", true)/> }
        }),
        Sample::new("network-empty", page(), || {
            let network = Network {
                members: Vec::new(),
                others: Vec::new(),
                happening: Happening::default(),
                ..sample("backend", true)
            };
            view! { <NetworkPage network=network/> }
        }),
        Sample::new("network-hostile", page(), || {
            let network = Network {
                refused: Some(HOSTILE.to_owned()),
                ..sample(HOSTILE, false)
            };
            view! { <NetworkPage network=network/> }
        }),
    ]
}
