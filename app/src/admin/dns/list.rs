//! All zones, all names of addresses, and the page that makes a zone.

use leptos::prelude::*;

use super::crumbs;
use crate::{
    admin::things::{
        Happening, LIVE_THINGS, Place, Server, happening, sample_happening, sample_server, server_cell, tabs,
    },
    page::{Area, Page},
    samples::{self, HOSTILE, Sample},
    t,
    ui::{
        Button, Card, Cell, Choice, Code, Column, EmptyState, ErrorSummary, FilterBar, FormActions, FormState,
        HeadCell, Icon, Kind, Layout, LinkButton, ListState, Live, NumberCell, Pagination, SelectField, Table,
        TextField,
    },
};

/// One zone.
#[derive(Clone, Debug)]
pub struct Zone {
    pub href: String,
    pub name: String,
    pub records: usize,
    pub account: String,
}

/// An address with its name.
#[derive(Clone, Debug)]
pub struct Reverse {
    pub ip: String,
    /// Empty: none.
    pub name: String,
    /// Whose address it is, where that is known.
    pub server: Option<Server>,
    /// Where the name is set; none: the visitor may not.
    pub edit_href: Option<String>,
}

/// The page. `list` is of the reverse names; `may_manage`: the visitor may make a zone.
#[component]
pub fn DnsList(
    zones: Vec<Zone>,
    list: ListState,
    reverse: Vec<Reverse>,
    may_manage: bool,
    what_happens: Happening,
) -> impl IntoView {
    let add = may_manage
        .then(|| view! { <LinkButton label=t("zone-new") href="/admin/dns/new" icon=Icon::Plus kind=Kind::Primary/> });
    let content = match zones.is_empty() {
        true => view! { <EmptyState title=t("zones-none") text=t("zones-none-text") icon=Icon::Document/> }.into_any(),
        false => zones_table(zones).into_any(),
    };
    let names = match (reverse.is_empty(), list.is_filtered()) {
        (true, false) => view! { <EmptyState title=t("reverse-names-none") text=t("reverse-names-none-text") icon=Icon::Search/> }.into_any(),
        (true, true) => view! { {search(list)}<EmptyState title=t("list-no-match") text=t("list-no-match-text") icon=Icon::Search/> }.into_any(),
        (false, _) => view! { {search(list.clone())}{reverse_table(reverse)}<Pagination list=list/> }.into_any(),
    };
    view! {
        <Layout title=t("dns") lead=t("dns-lead") actions=add.into_any()>
            {tabs(Place::Dns)}
            <Live id=LIVE_THINGS>
                <div class="stack">
                    <Card title=t("zones") flush=true>{content}</Card>
                    <Card title=t("reverse-names") flush=true>{names}</Card>
                </div>
            </Live>
            {happening(what_happens, None)}
        </Layout>
    }
}

fn search(list: ListState) -> impl IntoView {
    view! { <FilterBar list=list search_label=t("reverse-names-search")/> }
}

fn zones_table(zones: Vec<Zone>) -> impl IntoView {
    let (name, records, account) = (t("zone-name"), t("zone-records"), t("contabo-account"));
    let columns = vec![Column::text(name), Column::number(records), Column::text(account)];
    let rows = zones.into_iter().map(|zone| {
        view! {
            <tr>
                <HeadCell><a href=zone.href>{zone.name}</a></HeadCell>
                <NumberCell of=records>{zone.records}</NumberCell>
                <Cell of=account>{zone.account}</Cell>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! { <Table caption=t("zones") columns=columns>{rows}</Table> }
}

fn reverse_table(reverse: Vec<Reverse>) -> impl IntoView {
    let (ip, name, server) = (t("fleet-address"), t("reverse-name"), t("fleet-server"));
    let columns = [ip, name, server, ""].map(Column::text).into();
    let rows = reverse.into_iter().map(|one| {
        let edit = one
            .edit_href
            .map(|href| view! { <LinkButton label=t("edit") href=href kind=Kind::Quiet/> });
        let shown = match one.name.is_empty() {
            true => view! { <span class="muted">{t("reverse-name-none")}</span> }.into_any(),
            false => one.name.into_any(),
        };
        view! {
            <tr>
                <HeadCell><Code text=one.ip/></HeadCell>
                <Cell of=name>{shown}</Cell>
                <Cell of=server>{one.server.map(server_cell)}</Cell>
                <Cell of="">{edit}</Cell>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! { <Table caption=t("reverse-names") columns=columns>{rows}</Table> }
}

/// The fields and the keys of their labels.
const LABELS: [(&str, &str); 2] = [("account", "contabo-account"), ("name", "zone-name")];

/// Makes a zone; posts to the page's own address.
#[component]
pub fn ZoneNew(accounts: Vec<(String, String)>, form: FormState) -> impl IntoView {
    let choices = accounts.into_iter().map(|(id, name)| Choice::new(id, name)).collect();
    view! {
        <Layout title=t("zone-new") lead=t("zone-new-lead") crumbs=crumbs()>
            <form method="post" class="stack">
                <ErrorSummary form=form.clone() labels=&LABELS/>
                <SelectField name="account" label=t("contabo-account") choices=choices required=true
                    value=form.value("account") error=form.error("account")/>
                <TextField name="name" label=t("zone-name") hint=t("zone-name-hint") required=true mono=true max_length=253
                    value=form.value("name") error=form.error("name")/>
                <FormActions>
                    <Button label=t("zone-new") kind=Kind::Primary/>
                    <LinkButton label=t("cancel") href="/admin/dns"/>
                </FormActions>
            </form>
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
    let zone = |text: &str| Zone {
        href: "/admin/dns/1".to_owned(),
        name: text.to_owned(),
        records: 4,
        account: text.to_owned(),
    };
    let reverse = |text: &str| Reverse {
        ip: "203.0.113.20".to_owned(),
        name: text.to_owned(),
        server: Some(sample_server(if text.is_empty() { "web-1" } else { text })),
        edit_href: Some("/admin/servers/1/act/set_reverse_name".to_owned()),
    };
    let list = |total| ListState {
        path: "/admin/dns".to_owned(),
        page: 1,
        per_page: 100,
        total,
        ..ListState::default()
    };
    vec![
        Sample::new("dns", page(), move || {
            let names = vec![reverse("mail.example.net"), reverse("")];
            view! { <DnsList zones=vec![zone("example.net")] list=list(2) reverse=names may_manage=true what_happens=sample_happening("example.net")/> }
        }),
        Sample::new("dns-none", page(), move || {
            view! { <DnsList zones=Vec::new() list=list(0) reverse=Vec::new() may_manage=false what_happens=Happening::default()/> }
        }),
        Sample::new("dns-hostile", page(), move || {
            view! { <DnsList zones=vec![zone(HOSTILE)] list=list(1) reverse=vec![reverse(HOSTILE)] may_manage=true what_happens=sample_happening(HOSTILE)/> }
        }),
        Sample::new("zone-new-hostile", page(), || {
            let mut form = FormState::new().with("name", HOSTILE);
            form.reject("name", HOSTILE);
            form.reject("account", HOSTILE);
            view! { <ZoneNew accounts=vec![("1".to_owned(), HOSTILE.to_owned())] form=form/> }
        }),
    ]
}
