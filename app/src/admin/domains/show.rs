//! One domain: what it is, where its names are asked for, who answers for it, and what can be done with it.

use chrono::{DateTime, TimeDelta, Utc};
use leptos::prelude::*;

use super::{Named, crumbs, day, named, role, state};
use crate::{
    admin::things::{Happening, LIVE_THINGS, happening, sample_happening},
    page::{Area, Page},
    samples::{self, HOSTILE, Sample},
    t, t_with,
    ui::{Button, Card, Code, Icon, KeyValue, KeyValues, Kind, Layout, LinkButton, Live, Notice, Tone, When},
};

/// Everything of one domain.
#[derive(Clone, Debug)]
pub struct Domain {
    pub href: String,
    pub name: String,
    pub account: String,
    /// Contabo's word for what it does.
    pub status: String,
    pub error: Option<String>,
    pub name_servers: Vec<String>,
    /// What each is for, and who it is.
    pub contacts: Vec<(&'static str, Named)>,
    /// Keys that prove its answers.
    pub keys: Vec<String>,
    pub registered_at: Option<DateTime<Utc>>,
    pub renews_at: Option<DateTime<Utc>>,
    pub cancels_at: Option<DateTime<Utc>>,
    /// Somebody wants to take it away, and waits for an answer.
    pub leaves: bool,
    pub leaves_since: Option<DateTime<Utc>>,
    /// The page of its zone, where Contabo's name servers have one.
    pub zone_href: Option<String>,
    /// The visitor may change it, and it is still here.
    pub may_manage: bool,
    pub happening: Happening,
    /// Why what was just tried was not done.
    pub refused: Option<String>,
}

/// The page.
#[component]
pub fn DomainPage(domain: Domain) -> impl IntoView {
    let badge = state(&domain.status, domain.leaves).into_any();
    let actions = domain
        .may_manage
        .then(|| actions(&domain.href, domain.cancels_at.is_some()));
    let leaves = domain.leaves.then(|| leaves(&domain));
    let cancelled = domain.cancels_at.map(|at| {
        let title = t_with("domain-cancelled", &[("date", day(at).into())]);
        let keep = domain.may_manage.then(|| {
            let action = format!("{}/revoke-cancellation", domain.href);
            view! { <div class="form-actions"><form method="post" action=action><Button label=t("deed-revoke-cancellation")/></form></div> }
        });
        view! { <Notice tone=Tone::Warning title=title><p>{t("domain-cancelled-text")}</p>{keep}</Notice> }
    });
    let error = domain
        .error
        .clone()
        .map(|why| view! { <Notice tone=Tone::Danger title=t("domain-error-title")>{why}</Notice> });
    let (facts, people) = (facts(&domain), people(domain.contacts));
    let (what_happens, refused) = (domain.happening, domain.refused);
    view! {
        <Layout title=domain.name crumbs=crumbs() badge=badge actions=actions.into_any()>
            <Live id=LIVE_THINGS>
                <div class="stack">{leaves}{cancelled}{error}{facts}{people}</div>
            </Live>
            {happening(what_happens, refused)}
        </Layout>
    }
}

fn actions(href: &str, is_cancelled: bool) -> impl IntoView + use<> {
    let at = |what: &str| format!("{href}/{what}");
    let cancel = (!is_cancelled).then(|| view! { <LinkButton label=t("domain-cancel") href=at("cancel")/> });
    view! {
        <LinkButton label=t("domain-name-servers") href=at("name-servers") icon=Icon::Edit/>
        <LinkButton label=t("domain-contacts") href=at("contacts") icon=Icon::Edit/>
        <LinkButton label=t("domain-code") href=at("code") confirm=true/>
        {cancel}
    }
}

/// That it is about to leave, with both answers.
fn leaves(domain: &Domain) -> impl IntoView + use<> {
    let since = domain
        .leaves_since
        .map(|at| view! { <p>{t("domain-leaves-since")}" "<When at=at/></p> });
    let answers = domain.may_manage.then(|| {
        let (reject, accept) = (
            format!("{}/transfer/reject", domain.href),
            format!("{}/transfer", domain.href),
        );
        view! {
            <div class="form-actions">
                <form method="post" action=reject><Button label=t("deed-reject-transfer") kind=Kind::Primary/></form>
                <LinkButton label=t("deed-accept-transfer") href=accept/>
            </div>
        }
    });
    view! { <Notice tone=Tone::Danger title=t("domain-leaves-title")><p>{t("domain-leaves-text")}</p>{since}{answers}</Notice> }
}

fn facts(domain: &Domain) -> impl IntoView + use<> {
    let servers = domain.name_servers.clone().into_iter();
    let servers = servers.map(|server| view! { <Code text=server/> }).collect_view();
    let date = |label, at: Option<DateTime<Utc>>| {
        at.map(|at| view! { <KeyValue label=label><span class="figure">{day(at)}</span></KeyValue> })
    };
    let registered = date(t("domain-registered"), domain.registered_at);
    let renews = date(
        t("domain-renews"),
        domain.renews_at.filter(|_| domain.cancels_at.is_none()),
    );
    let keys = (!domain.keys.is_empty()).then(|| {
        let keys = domain.keys.clone().into_iter().map(|key| view! { <Code text=key/> });
        view! { <KeyValue label=t("domain-keys")><span class="addresses">{keys.collect_view()}</span></KeyValue> }
    });
    let zone = domain
        .zone_href
        .clone()
        .map(|href| view! { <KeyValue label=t("dns")><a href=href>{t("domain-zone")}</a></KeyValue> });
    let account = domain.account.clone();
    view! {
        <Card title=t("domain-facts")>
            <KeyValues>
                <KeyValue label=t("domain-name-servers")><span class="addresses">{servers}</span></KeyValue>
                {zone}
                {registered}
                {renews}
                {keys}
                <KeyValue label=t("contabo-account")>{account}</KeyValue>
            </KeyValues>
        </Card>
    }
}

fn people(contacts: Vec<(&'static str, Named)>) -> impl IntoView {
    let contacts = contacts.into_iter().map(|(word, contact)| {
        view! { <KeyValue label=role(word)>{named(contact)}</KeyValue> }
    });
    let contacts = contacts.collect_view();
    view! { <Card title=t("domain-contacts")><KeyValues>{contacts}</KeyValues></Card> }
}

/// The page as it could be served.
pub fn samples() -> Vec<Sample> {
    let page = || Page {
        current: "networks",
        live_url: Some("/admin/live".to_owned()),
        ..samples::page(Area::Admin)
    };
    let now = samples::now();
    let domain = move |text: &str| {
        let contact = |href: Option<&str>| Named {
            name: text.to_owned(),
            href: href.map(str::to_owned),
        };
        Domain {
            href: "/admin/domains/1".to_owned(),
            name: text.to_owned(),
            account: text.to_owned(),
            status: "ready".to_owned(),
            error: None,
            name_servers: vec!["ns1.contabo.net".to_owned(), text.to_owned()],
            contacts: vec![
                ("owner", contact(Some("/admin/domains/contacts/1"))),
                ("admin", contact(Some("/admin/domains/contacts/1"))),
                ("tech", contact(None)),
                ("zone", contact(None)),
            ],
            keys: Vec::new(),
            registered_at: Some(now - TimeDelta::days(100)),
            renews_at: Some(now + TimeDelta::days(265)),
            cancels_at: None,
            leaves: false,
            leaves_since: None,
            zone_href: Some("/admin/dns/1".to_owned()),
            may_manage: true,
            happening: sample_happening(text),
            refused: None,
        }
    };
    vec![
        Sample::new(
            "domain",
            page(),
            move || view! { <DomainPage domain=domain("example.net")/> },
        ),
        Sample::new("domain-leaves", page(), move || {
            let domain = Domain {
                status: "transferring out".to_owned(),
                leaves: true,
                leaves_since: Some(now - TimeDelta::days(1)),
                ..domain("example.net")
            };
            view! { <DomainPage domain=domain/> }
        }),
        Sample::new("domain-cancelled", page(), move || {
            let domain = Domain {
                cancels_at: Some(now + TimeDelta::days(20)),
                ..domain("example.net")
            };
            view! { <DomainPage domain=domain/> }
        }),
        Sample::new("domain-viewer", page(), move || {
            let domain = Domain {
                leaves: true,
                cancels_at: Some(now + TimeDelta::days(20)),
                may_manage: false,
                happening: Happening::default(),
                ..domain("example.net")
            };
            view! { <DomainPage domain=domain/> }
        }),
        Sample::new("domain-hostile", page(), move || {
            let domain = Domain {
                status: HOSTILE.to_owned(),
                error: Some(HOSTILE.to_owned()),
                keys: vec![HOSTILE.to_owned()],
                refused: Some(HOSTILE.to_owned()),
                ..domain(HOSTILE)
            };
            view! { <DomainPage domain=domain/> }
        }),
    ]
}
