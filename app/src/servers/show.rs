//! One server: what it does, what it is, what can be asked of it and what was.

use chrono::{DateTime, NaiveDate, Utc};
use leptos::prelude::*;

use super::{
    connect::{Connect, connect_card},
    facts::{Facts, facts_card},
    history::{Past, history_card},
    now::{Open, buttons, notices, under_way},
    sample_data,
    schedules::{Schedules, schedules_card},
    snapshots::{Snapshots, snapshots_card},
    staff::{Provider, provider_cards},
    ties::{Ties, ties_card},
    words::{Act, Status},
};
use crate::{
    page::{Area, Page},
    samples::{self, HOSTILE, Sample},
    t,
    ui::{Crumb, Elapsed, Layout, Live, Notice, StateBadge, Tone},
};

/// The ids of the page's live parts.
pub const LIVE: &[&str] = &[
    "server-badge",
    "server-now",
    "server-facts",
    "server-ties",
    "server-snapshots",
    "server-schedules",
    "server-history",
];

/// Everything of one server that the visitor may see.
#[derive(Clone, Debug)]
pub struct Server {
    /// Its own address, without a slash at the end; its actions lie below.
    pub href: String,
    /// The list's.
    pub list_href: String,
    /// What people call it.
    pub title: String,
    /// Whose it is, for those who see more than one client's.
    pub client: Option<String>,
    pub status: Status,
    pub since: Option<DateTime<Utc>>,
    /// What Contabo says is wrong with it.
    pub error: Option<String>,
    /// Why its client may not touch it now.
    pub locked: Option<String>,
    pub cancels_on: Option<NaiveDate>,
    pub facts: Facts,
    pub open: Vec<Open>,
    /// What the visitor may ask for as it is now.
    pub acts: Vec<Act>,
    pub past: Vec<Past>,
    pub ties: Ties,
    pub snapshots: Snapshots,
    pub schedules: Schedules,
    pub connect: Connect,
    /// What only staff see.
    pub provider: Option<Provider>,
    /// Why what was just tried was not done.
    pub refused: Option<String>,
}

/// The page.
#[component]
pub fn ServerPage(server: Server) -> impl IntoView {
    let crumbs = vec![Crumb::new(t("nav-servers"), server.list_href.clone())];
    let (state, word) = (server.status.state(), server.status.word());
    let since = server
        .since
        .map(|since| view! { <span class="muted small">{t("card-for")}" "<Elapsed since=since/></span> });
    let badge = view! { <Live id="server-badge"><span class="server-state"><StateBadge state=state label=word/>{since}</span></Live> };
    let badge = badge.into_any();
    let refused = server
        .refused
        .clone()
        .map(|why| view! { <Notice tone=Tone::Danger>{why}</Notice> });
    let notices = notices(&server);
    let buttons = buttons(&server.href, &server.acts);
    let open = under_way(server.open);
    let facts = facts_card(server.facts);
    let ties = ties_card(&server.href, &server.acts, server.ties);
    let snapshots = snapshots_card(&server.href, &server.acts, server.snapshots);
    let schedules = schedules_card(server.schedules);
    let history = history_card(server.past);
    let connect = connect_card(server.connect);
    let provider = server
        .provider
        .map(|provider| provider_cards(&server.href, server.locked.is_some(), provider));
    view! {
        <Layout title=server.title lead=server.client crumbs=crumbs badge=badge>
            {refused}
            <Live id="server-now"><div class="stack server-now">{notices}{open}{buttons}</div></Live>
            <div class="columns"><Live id="server-facts">{facts}</Live>{connect}</div>
            <Live id="server-ties">{ties}</Live>
            <Live id="server-snapshots">{snapshots}</Live>
            <Live id="server-schedules">{schedules}</Live>
            <Live id="server-history">{history}</Live>
            {provider}
        </Layout>
    }
}

/// The page as it could be served.
pub fn samples() -> Vec<Sample> {
    let page = |area| Page {
        current: "servers",
        ..samples::page(area)
    };
    let sample = |name, area, server: fn() -> Server| {
        Sample::new(name, page(area), move || {
            let server = server();
            view! { <ServerPage server=server/> }
        })
    };
    vec![
        sample("portal-server", Area::Portal, || sample_data::server(None)),
        sample("portal-server-quiet", Area::Portal, sample_data::quiet),
        sample("portal-server-hostile", Area::Portal, || {
            sample_data::server(Some(HOSTILE))
        }),
        sample("admin-server", Area::Admin, || sample_data::of_staff(None)),
        sample("admin-server-hostile", Area::Admin, || {
            sample_data::of_staff(Some(HOSTILE))
        }),
    ]
}
