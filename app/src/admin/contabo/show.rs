//! One account: how its readings fare, what is in it, what was seen to change there.

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use super::{Account, Health, crumbs, next, sample_account, secret::lost, when};
use crate::{
    admin::{
        audit::{Entry, recent_card, sample_entries},
        instances::changes::{self, Changed},
    },
    page::{Area, Page},
    samples::{self, HOSTILE, Sample},
    servers::words::Status,
    t,
    ui::{Button, Card, Icon, KeyValue, KeyValues, Layout, LinkButton, Live, Notice, StateBadge, Tone, When},
};

/// Everything of the page beside the account itself.
#[derive(Clone, Debug)]
pub struct More {
    pub added_at: DateTime<Utc>,
    pub credentials_since: DateTime<Utc>,
    /// How many are in each state, and the list of them.
    pub states: Vec<(Status, usize, String)>,
    /// The newest first.
    pub changes: Vec<Changed>,
    pub changes_href: String,
    /// None: the visitor may not read the log.
    pub entries: Option<Vec<Entry>>,
    pub audit_href: Option<String>,
}

/// The page. `may_manage`: the visitor may change it.
#[component]
pub fn AccountPage(account: Account, more: More, may_manage: bool) -> impl IntoView {
    let off = account.health == Health::Off;
    let href = account.href.clone();
    let actions = may_manage.then(|| {
        let (switch, label, value) = match off {
            true => (Icon::Check, t("contabo-switch-on"), "yes"),
            false => (Icon::Close, t("contabo-switch-off"), "no"),
        };
        let read = (!off).then(|| {
            view! { <form method="post" action=format!("{href}/read")><Button label=t("contabo-read-now") icon=Icon::Refresh/></form> }
        });
        view! {
            {read}
            <LinkButton label=t("contabo-people") href=format!("{href}/people") icon=Icon::Users/>
            <LinkButton label=t("edit") href=format!("{href}/edit") icon=Icon::Edit/>
            <LinkButton label=t("contabo-credentials") href=format!("{href}/credentials") icon=Icon::Lock/>
            <LinkButton label=t("contabo-secret") href=format!("{href}/secret") confirm=true/>
            <form method="post" action=format!("{href}/enabled")><Button label=label icon=switch name="enabled" value=value/></form>
            <LinkButton label=t("contabo-archive") href=format!("{href}/archive") confirm=true/>
        }
    });
    let log = more.entries.map(|entries| recent_card(entries, more.audit_href));
    let (added, since) = (more.added_at, more.credentials_since);
    view! {
        <Layout title=account.name.clone() crumbs=crumbs() actions=actions.into_any()>
            <Live id="contabo-health">{health_card(account, added, since)}</Live>
            <Live id="contabo-states">{states_card(more.states)}</Live>
            <Live id="contabo-changes">{changes_card(more.changes, more.changes_href)}</Live>
            {log}
        </Layout>
    }
}

fn health_card(account: Account, added: DateTime<Utc>, since: DateTime<Utc>) -> impl IntoView {
    let trouble = account.error.clone().map(|error| {
        view! { <Notice tone=Tone::Danger title=t("contabo-trouble")><p>{error}</p><p>{t("contabo-trouble-text")}</p></Notice> }
    });
    let lost = account.secret_asked_at.map(lost);
    let off =
        (account.health == Health::Off).then(|| view! { <Notice tone=Tone::Warning>{t("contabo-off-text")}</Notice> });
    let (read, tried, coming) = (when(account.read_at), when(account.tried_at), next(&account));
    view! {
        {lost}
        {trouble}
        {off}
        <Card title=t("contabo-health")>
            <KeyValues>
                <KeyValue label=t("list-state")><StateBadge state=account.health.state() label=account.health.word()/></KeyValue>
                <KeyValue label=t("contabo-sign-in")>{account.sign_in.word()}</KeyValue>
                <KeyValue label=t("contabo-last-read")>{read}</KeyValue>
                <KeyValue label=t("contabo-last-tried")>{tried}</KeyValue>
                <KeyValue label=t("contabo-next")>{coming}</KeyValue>
                <KeyValue label=t("contabo-failures")>{account.failures}</KeyValue>
                <KeyValue label=t("contabo-client-id")><code>{account.client_id}</code></KeyValue>
                <KeyValue label=t("contabo-user")>{account.username}</KeyValue>
                <KeyValue label=t("contabo-credentials-since")><When at=since/></KeyValue>
                <KeyValue label=t("contabo-added")><When at=added/></KeyValue>
            </KeyValues>
        </Card>
    }
}

fn states_card(states: Vec<(Status, usize, String)>) -> impl IntoView {
    if states.is_empty() {
        return view! { <Card title=t("contabo-states")><p class="muted">{t("contabo-states-none")}</p></Card> }
            .into_any();
    }
    let tiles = states.into_iter().map(|(status, count, href)| {
        view! { <li><a class="tally" href=href><StateBadge state=status.state() label=status.word()/><strong>{count}</strong></a></li> }
    });
    let tiles = tiles.collect_view();
    view! { <Card title=t("contabo-states")><ul class="tallies tallies-wide">{tiles}</ul></Card> }.into_any()
}

fn changes_card(changed: Vec<Changed>, href: String) -> impl IntoView {
    let all = view! { <a href=href>{t("contabo-changes-all")}</a> }.into_any();
    if changed.is_empty() {
        return view! { <Card title=t("contabo-changes") actions=all><p class="muted">{t("contabo-changes-none")}</p></Card> }
            .into_any();
    }
    view! { <Card title=t("contabo-changes") actions=all flush=true>{changes::table(t("contabo-changes"), changed)}</Card> }
        .into_any()
}

/// The page as it could be served.
pub fn samples() -> Vec<Sample> {
    let page = || Page {
        current: "contabo",
        live_url: Some("/admin/live".to_owned()),
        ..samples::page(Area::Admin)
    };
    let more = |text: &str| More {
        added_at: samples::now() - chrono::TimeDelta::days(80),
        credentials_since: samples::now() - chrono::TimeDelta::days(12),
        states: vec![
            (Status::Running, 11, "/admin/servers".to_owned()),
            (Status::Other(text.to_owned()), 1, "/admin/servers".to_owned()),
        ],
        changes: changes::sample_changes(text),
        changes_href: "/admin/servers/changes".to_owned(),
        entries: Some(sample_entries()),
        audit_href: Some("/admin/audit".to_owned()),
    };
    let bare = move || More {
        states: Vec::new(),
        changes: Vec::new(),
        entries: None,
        ..more("")
    };
    vec![
        Sample::new("contabo-account", page(), move || {
            view! { <AccountPage account=sample_account("Munich", Health::Read) more=more("hibernating") may_manage=true/> }
        }),
        Sample::new("contabo-account-off", page(), move || {
            view! { <AccountPage account=sample_account("Munich", Health::Off) more=bare() may_manage=true/> }
        }),
        Sample::new("contabo-account-hostile", page(), move || {
            view! { <AccountPage account=sample_account(HOSTILE, Health::Failing) more=more(HOSTILE) may_manage=false/> }
        }),
    ]
}
