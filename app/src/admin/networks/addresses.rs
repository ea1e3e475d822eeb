//! Further addresses: the list, and the page of one. Contabo notes for which server one is; that the server answers on
//! it is for the server's own system to see to.

use leptos::prelude::*;

use crate::{
    admin::things::{
        Happening, LIVE_THINGS, Place, Server, happening, sample_happening, sample_server, server_cell, tabs,
    },
    page::{Area, Page},
    samples::{self, HOSTILE, Sample},
    servers::words::region_word,
    t,
    ui::{
        Button, Card, Cell, Choice, Code, CodeBlock, Column, Crumb, EmptyState, HeadCell, Icon, KeyValue, KeyValues,
        Kind, Layout, LinkButton, Live, Notice, SelectField, Table, Tone,
    },
};

/// One address.
#[derive(Clone, Debug)]
pub struct Address {
    pub href: String,
    pub ip: String,
    pub kind: Kinds,
    /// For which server it is noted.
    pub server: Option<Server>,
    pub region: String,
    pub account: String,
    /// The name that it has when asked for backwards.
    pub reverse: Option<String>,
}

/// What kind of address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kinds {
    Additional,
    Floating,
    /// Contabo's own word.
    Other(String),
}

impl Kinds {
    fn word(self) -> crate::text::Text {
        match self {
            Self::Additional => t("address-additional").into(),
            Self::Floating => t("address-floating").into(),
            Self::Other(word) => word.into(),
        }
    }
}

/// The list.
#[component]
pub fn AddressList(addresses: Vec<Address>, what_happens: Happening) -> impl IntoView {
    let content = match addresses.is_empty() {
        true => {
            view! { <EmptyState title=t("addresses-none") text=t("addresses-none-text") icon=Icon::Server/> }.into_any()
        }
        false => table(addresses).into_any(),
    };
    view! {
        <Layout title=t("addresses") lead=t("addresses-lead")>
            {tabs(Place::Addresses)}
            <Card flush=true><Live id=LIVE_THINGS>{content}</Live></Card>
            {happening(what_happens, None)}
        </Layout>
    }
}

fn table(addresses: Vec<Address>) -> impl IntoView {
    let (ip, kind, server) = (t("fleet-address"), t("address-kind"), t("fleet-server"));
    let (reverse, region, account) = (t("reverse-name"), t("fleet-region"), t("contabo-account"));
    let columns = [ip, kind, server, reverse, region, account].map(Column::text).into();
    let rows = addresses.into_iter().map(|one| {
        let at = match one.server {
            Some(server) => server_cell(server).into_any(),
            None => view! { <span class="muted">{t("address-nobody")}</span> }.into_any(),
        };
        view! {
            <tr>
                <HeadCell><a href=one.href><Code text=one.ip/></a></HeadCell>
                <Cell of=kind>{one.kind.word()}</Cell>
                <Cell of=server>{at}</Cell>
                <Cell of=reverse>{one.reverse}</Cell>
                <Cell of=region>{region_word(&one.region)}</Cell>
                <Cell of=account>{one.account}</Cell>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! { <Table caption=t("addresses") columns=columns>{rows}</Table> }
}

/// What the page of one shows beside it.
#[derive(Clone, Debug)]
pub struct More {
    pub gateway: Option<String>,
    /// As files, for the server that has it.
    pub netplan: String,
    pub ifupdown: String,
    /// Servers that it could be noted for: ids and names.
    pub others: Vec<(String, String)>,
    /// Where it is noted; none: the visitor may not, or a server has it.
    pub tie_action: Option<String>,
    /// Where it is taken from its server.
    pub leave_href: Option<String>,
    pub happening: Happening,
    /// Why what was just tried was not done.
    pub refused: Option<String>,
}

/// One of them.
#[component]
pub fn AddressPage(address: Address, more: More) -> impl IntoView {
    let crumbs = vec![Crumb::new(t("addresses"), "/admin/addresses")];
    let leave = more
        .leave_href
        .map(|href| view! { <LinkButton label=t("address-take") href=href confirm=true/> });
    let at = match address.server {
        Some(server) => server_cell(server).into_any(),
        None => view! { <span class="muted">{t("address-nobody")}</span> }.into_any(),
    };
    let gateway = more
        .gateway
        .map(|gateway| view! { <KeyValue label=t("server-gateway")><Code text=gateway/></KeyValue> });
    let tie = more.tie_action.map(|action| {
        let choices = more
            .others
            .into_iter()
            .map(|(id, name)| Choice::new(id, name))
            .collect();
        view! {
            <Card title=t("address-note")>
                <form method="post" action=action class="stack">
                    <SelectField name="server" label=t("fleet-server") choices=choices required=true/>
                    <p><Button label=t("address-note") kind=Kind::Primary/></p>
                </form>
            </Card>
        }
    });
    view! {
        <Layout title=address.ip.clone() crumbs=crumbs actions=leave.into_any()>
            <Notice tone=Tone::Info>{t("address-text")}</Notice>
            <Live id=LIVE_THINGS>
                <Card title=t("network-facts")>
                    <KeyValues>
                        <KeyValue label=t("fleet-address")><Code text=address.ip/></KeyValue>
                        <KeyValue label=t("address-kind")>{address.kind.word()}</KeyValue>
                        <KeyValue label=t("fleet-server")>{at}</KeyValue>
                        {gateway}
                        <KeyValue label=t("reverse-name")>{address.reverse}</KeyValue>
                        <KeyValue label=t("fleet-region")>{region_word(&address.region)}</KeyValue>
                        <KeyValue label=t("contabo-account")>{address.account}</KeyValue>
                    </KeyValues>
                </Card>
            </Live>
            {tie}
            <Card title=t("address-guest")>
                <div class="stack">
                    <p>{t("address-guest-text")}</p>
                    <CodeBlock id="address-netplan" label=t("server-netplan") text=more.netplan/>
                    <CodeBlock id="address-ifupdown" label=t("server-ifupdown") text=more.ifupdown/>
                </div>
            </Card>
            {happening(more.happening, more.refused)}
        </Layout>
    }
}

/// The pages as they could be served.
pub fn samples() -> Vec<Sample> {
    let page = || Page {
        current: "networks",
        live_url: Some("/admin/live".to_owned()),
        ..samples::page(Area::Admin)
    };
    let address = |text: &str, kind, free: bool| Address {
        href: "/admin/addresses/1".to_owned(),
        ip: "198.51.100.7".to_owned(),
        kind,
        server: (!free).then(|| sample_server(text)),
        region: text.to_owned(),
        account: text.to_owned(),
        reverse: Some(text.to_owned()),
    };
    let all = move |text: &str| {
        vec![
            address(text, Kinds::Floating, false),
            address(text, Kinds::Additional, true),
            address(text, Kinds::Other(text.to_owned()), true),
        ]
    };
    let more = |text: &str, refused: bool| More {
        gateway: Some("198.51.100.1".to_owned()),
        netplan: text.to_owned(),
        ifupdown: text.to_owned(),
        others: vec![("1".to_owned(), text.to_owned())],
        tie_action: Some("/admin/things/1/tie".to_owned()),
        leave_href: Some("/admin/servers/1/act/unassign_vip?thing=1".to_owned()),
        happening: sample_happening(text),
        refused: refused.then(|| text.to_owned()),
    };
    vec![
        Sample::new("addresses", page(), move || {
            view! { <AddressList addresses=all("web-01") what_happens=sample_happening("198.51.100.7")/> }
        }),
        Sample::new("addresses-none", page(), || {
            view! { <AddressList addresses=Vec::new() what_happens=Happening::default()/> }
        }),
        Sample::new("addresses-hostile", page(), move || {
            view! { <AddressList addresses=all(HOSTILE) what_happens=sample_happening(HOSTILE)/> }
        }),
        Sample::new("address", page(), move || {
            view! { <AddressPage address=address("web-01", Kinds::Floating, false) more=more("ip addr add …", false)/> }
        }),
        Sample::new("address-hostile", page(), move || {
            view! { <AddressPage address=address(HOSTILE, Kinds::Additional, true) more=more(HOSTILE, true)/> }
        }),
    ]
}
