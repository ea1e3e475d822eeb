//! What the pages of things at Contabo that are no servers have in common: the way from one kind to the next, what is
//! being done, and the question before something is deleted.

pub mod delete;

use chrono::TimeDelta;
use leptos::prelude::*;

use crate::{
    admin::Subject,
    samples::{self, Sample},
    servers::{Asked, Deed, End, Open, Past, Stage, history_card, under_way},
    t,
    ui::{Live, Notice, State, StateBadge, Tab, Tabs, Tone},
};

/// The id of the live part that says what is being done.
pub const LIVE: &str = "things-happening";

/// The id of the live part with what there is.
pub const LIVE_THINGS: &str = "things";

/// What was asked and has not ended, and what was asked before.
#[derive(Clone, Debug, Default)]
pub struct Happening {
    pub open: Vec<Open>,
    pub past: Vec<Past>,
}

/// A kind of thing, as the tabs have it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    Networks,
    Addresses,
    Firewalls,
    Dns,
    Domains,
    Topology,
    Calculator,
}

/// The way from one kind to the next.
pub(crate) fn tabs(current: Place) -> impl IntoView {
    let tab = |place, label, href: &'static str| Tab::new(label, href, place == current);
    let tabs = vec![
        tab(Place::Networks, t("networks"), "/admin/networks"),
        tab(Place::Addresses, t("addresses"), "/admin/addresses"),
        tab(Place::Firewalls, t("firewalls"), "/admin/firewalls"),
        tab(Place::Dns, t("dns"), "/admin/dns"),
        tab(Place::Domains, t("domains"), "/admin/domains"),
        tab(Place::Topology, t("topology"), "/admin/networks/topology"),
        tab(Place::Calculator, t("calculator"), "/admin/networks/calculator"),
    ];
    view! { <Tabs label=t("networks-kinds") tabs=tabs/> }
}

/// A kind of what new systems are made of and sorted by, as the tabs have it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    Images,
    Secrets,
    Tags,
}

/// The way from one of these kinds to the next.
pub(crate) fn kept_tabs(current: Kept) -> impl IntoView {
    let tab = |kept, label, href: &'static str| Tab::new(label, href, kept == current);
    let tabs = vec![
        tab(Kept::Images, t("images"), "/admin/images"),
        tab(Kept::Secrets, t("secrets"), "/admin/secrets"),
        tab(Kept::Tags, t("tags"), "/admin/tags"),
    ];
    view! { <Tabs label=t("images-kinds") tabs=tabs/> }
}

/// What is under way and what was asked; `refused`: why what was just tried was not done.
pub(crate) fn happening(happening: Happening, refused: Option<String>) -> impl IntoView {
    let refused = refused.map(|why| view! { <Notice tone=Tone::Danger>{why}</Notice> });
    let (open, past) = (under_way(happening.open), history_card(happening.past));
    view! { {refused}<Live id=LIVE><div class="stack">{open}{past}</div></Live> }
}

/// How a server stands to a thing, in Contabo's word and in colours.
pub(crate) fn tie_state(word: &str) -> impl IntoView + use<> {
    let (state, label) = match word {
        "ok" | "" => (State::Up, t("tie-ok").into()),
        "inactive" => (State::Disabled, t("firewall-inactive").into()),
        "restart" => (State::Degraded, t("tie-restart").into()),
        "reinstall" => (State::Degraded, t("tie-reinstall").into()),
        "installing" | "processing" => (State::Maintenance, t("tie-under-way").into()),
        "deleting" => (State::Maintenance, t("tie-leaving").into()),
        "reinstallation failed" | "error_processing" | "error_deleting" => (State::Down, t("tie-failed").into()),
        other => (State::Unknown, crate::text::Text::from(other.to_owned())),
    };
    view! { <StateBadge state=state label=label/> }
}

/// A server, or what Contabo calls it where it is none of ours.
#[derive(Clone, Debug)]
pub struct Server {
    pub name: String,
    /// None: it is not there any more.
    pub href: Option<String>,
    pub client: Option<Subject>,
}

pub(crate) fn server_cell(server: Server) -> impl IntoView {
    let name = match server.href {
        Some(href) => view! { <a href=href>{server.name}</a> }.into_any(),
        None => server.name.into_any(),
    };
    let client = server.client.map(|client| view! { <small>{client.name}</small> });
    view! { <span class="two-lines">{name}{client}</span> }
}

pub(crate) fn sample_happening(text: &str) -> Happening {
    let now = samples::now();
    Happening {
        open: vec![Open {
            asked: Asked::Thing(Deed::Change),
            detail: Some(text.to_owned()),
            stage: Stage::HeldUp,
            who: text.to_owned(),
            asked_at: now - TimeDelta::minutes(1),
            withdraw_href: Some("/admin/things/actions/1/withdraw".to_owned()),
        }],
        past: vec![Past {
            asked: Asked::Thing(Deed::Create),
            detail: Some(text.to_owned()),
            who: text.to_owned(),
            asked_at: now - TimeDelta::minutes(90),
            ended_at: Some(now - TimeDelta::minutes(89)),
            end: End::Failed(Some(text.to_owned())),
            password_href: None,
        }],
    }
}

pub(crate) fn sample_server(text: &str) -> Server {
    Server {
        name: text.to_owned(),
        href: Some("/admin/servers/1".to_owned()),
        client: Some(Subject {
            name: text.to_owned(),
            href: "/admin/clients/1".to_owned(),
        }),
    }
}

/// The pages as they could be served.
pub fn samples() -> Vec<Sample> {
    delete::samples()
}
