//! All domains. Those that somebody wants to take away stand above the others: who does not answer loses them.

use chrono::{DateTime, TimeDelta, Utc};
use leptos::prelude::*;

use super::{day, state};
use crate::{
    admin::{
        Subject,
        things::{Happening, LIVE_THINGS, Place, happening, sample_happening, tabs},
    },
    page::{Area, Page},
    samples::{self, HOSTILE, Sample},
    t, t_with,
    ui::{
        Card, Cell, Code, Column, EmptyState, FilterBar, HeadCell, Icon, Kind, Layout, LinkButton, ListState, Live,
        Notice, Pagination, Table, Tone,
    },
};

/// One domain.
#[derive(Clone, Debug)]
pub struct Row {
    pub href: String,
    pub name: String,
    pub account: String,
    /// Contabo's word for what it does.
    pub status: String,
    pub leaves: bool,
    /// The names of its contacts, each once.
    pub contacts: Vec<String>,
    pub name_servers: Vec<String>,
    pub renews_at: Option<DateTime<Utc>>,
    pub cancels_at: Option<DateTime<Utc>>,
}

/// The page. `leaving`: those that wait for an answer, whatever is searched for.
#[component]
pub fn DomainList(
    list: ListState,
    domains: Vec<Row>,
    leaving: Vec<Subject>,
    may_manage: bool,
    what_happens: Happening,
) -> impl IntoView {
    let add = may_manage.then(
        || view! { <LinkButton label=t("domain-find") href="/admin/domains/find" icon=Icon::Plus kind=Kind::Primary/> },
    );
    let actions = view! { <LinkButton label=t("domain-contacts") href="/admin/domains/contacts"/>{add} };
    let leaving = (!leaving.is_empty()).then(|| {
        let items = leaving
            .into_iter()
            .map(|one| view! { <li><a href=one.href>{one.name}</a></li> });
        let items = items.collect_view();
        view! { <Notice tone=Tone::Danger title=t("domains-leaving")><p>{t("domain-leaves-text")}</p><ul>{items}</ul></Notice> }
    });
    let content = match (domains.is_empty(), list.is_filtered()) {
        (true, false) => {
            view! { <EmptyState title=t("domains-none") text=t("domains-none-text") icon=Icon::Document/> }.into_any()
        }
        (true, true) => view! { {search(list)}<EmptyState title=t("list-no-match") text=t("list-no-match-text") icon=Icon::Search/> }.into_any(),
        (false, _) => view! { {search(list.clone())}{table(domains)}<Pagination list=list/> }.into_any(),
    };
    view! {
        <Layout title=t("domains") lead=t("domains-lead") actions=actions.into_any()>
            {tabs(Place::Domains)}
            <Live id=LIVE_THINGS><div class="stack">{leaving}<Card flush=true>{content}</Card></div></Live>
            {happening(what_happens, None)}
        </Layout>
    }
}

fn search(list: ListState) -> impl IntoView {
    view! { <FilterBar list=list search_label=t("domains-search")/> }
}

fn table(domains: Vec<Row>) -> impl IntoView {
    let (name, status, contacts) = (t("zone-name"), t("list-state"), t("domain-contacts"));
    let (found_at, ends) = (t("domain-name-servers"), t("domain-renews"));
    let columns = [name, status, contacts, found_at, ends].map(Column::text).into();
    let rows = domains.into_iter().map(|one| {
        let servers = one.name_servers.into_iter().map(|server| view! { <Code text=server/> });
        let servers = servers.collect_view();
        let shown = match (one.cancels_at, one.renews_at) {
            (Some(at), _) => view! { <strong>{t_with("domain-ends-on", &[("date", day(at).into())])}</strong> }.into_any(),
            (None, at) => at.map(day).into_any(),
        };
        view! {
            <tr>
                <HeadCell><span class="two-lines"><a href=one.href>{one.name}</a><small>{one.account}</small></span></HeadCell>
                <Cell of=status>{state(&one.status, one.leaves)}</Cell>
                <Cell of=contacts>{one.contacts.join(", ")}</Cell>
                <Cell of=found_at><span class="addresses">{servers}</span></Cell>
                <Cell of=ends>{shown}</Cell>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! { <Table caption=t("domains") columns=columns>{rows}</Table> }
}

/// The page as it could be served.
pub fn samples() -> Vec<Sample> {
    let page = || Page {
        current: "networks",
        live_url: Some("/admin/live".to_owned()),
        ..samples::page(Area::Admin)
    };
    let row = |text: &str, status: &str, leaves| Row {
        href: "/admin/domains/1".to_owned(),
        name: text.to_owned(),
        account: text.to_owned(),
        status: status.to_owned(),
        leaves,
        contacts: vec![text.to_owned()],
        name_servers: vec!["ns1.contabo.net".to_owned(), text.to_owned()],
        renews_at: Some(samples::now() + TimeDelta::days(200)),
        cancels_at: (status == "transferring in").then(|| samples::now() + TimeDelta::days(20)),
    };
    let list = |total| ListState {
        path: "/admin/domains".to_owned(),
        page: 1,
        per_page: 100,
        total,
        ..ListState::default()
    };
    let leaving = |text: &str| {
        vec![Subject {
            name: text.to_owned(),
            href: "/admin/domains/1".to_owned(),
        }]
    };
    const WORDS: [&str; 8] = [
        "ready",
        "processing",
        "transferring in",
        "transferring out",
        "transferred",
        "cancelled",
        "error",
        "",
    ];
    vec![
        Sample::new("domains", page(), move || {
            let all = WORDS.map(|word| row("example.net", word, word == "transferring out"));
            view! { <DomainList list=list(8) domains=all.into() leaving=leaving("example.net") may_manage=true what_happens=sample_happening("example.net")/> }
        }),
        Sample::new("domains-none", page(), move || {
            view! { <DomainList list=list(0) domains=Vec::new() leaving=Vec::new() may_manage=false what_happens=Happening::default()/> }
        }),
        Sample::new("domains-hostile", page(), move || {
            view! { <DomainList list=list(1) domains=vec![row(HOSTILE, HOSTILE, false)] leaving=leaving(HOSTILE) may_manage=true what_happens=sample_happening(HOSTILE)/> }
        }),
    ]
}
