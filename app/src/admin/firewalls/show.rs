//! One firewall: what it lets in, and the servers behind it.

use leptos::prelude::*;

use super::{Rule, crumbs, in_force, protocol, sample_rules, source};
use crate::{
    admin::things::{
        Happening, LIVE_THINGS, Server, happening, sample_happening, sample_server, server_cell, tie_state,
    },
    page::{Area, Page},
    samples::{self, HOSTILE, Sample},
    t,
    ui::{
        Button, Card, Cell, Choice, Code, Column, HeadCell, Icon, Kind, Layout, LinkButton, Live, Notice, SelectField,
        Table, Tone,
    },
};

/// Everything of one firewall.
#[derive(Clone, Debug)]
pub struct Firewall {
    pub href: String,
    pub name: String,
    pub description: String,
    pub account: String,
    pub is_active: bool,
    pub rules: Vec<Rule>,
    pub servers: Vec<Behind>,
    /// Servers that could be put behind it: ids and names.
    pub others: Vec<(String, String)>,
    /// Where one is put behind it; none: the visitor may not.
    pub join_action: Option<String>,
    pub happening: Happening,
    /// Why what was just tried was not done.
    pub refused: Option<String>,
}

/// A server behind it.
#[derive(Clone, Debug)]
pub struct Behind {
    pub server: Server,
    /// Contabo's word for how far that is.
    pub state: String,
    pub error: Option<String>,
    /// Where it is taken from behind it.
    pub leave_href: Option<String>,
}

/// The page.
#[component]
pub fn FirewallPage(firewall: Firewall) -> impl IntoView {
    let href = firewall.href.clone();
    let may = firewall.join_action.is_some();
    let actions = may.then(|| {
        view! {
            <LinkButton label=t("edit") href=format!("{href}/edit") icon=Icon::Edit/>
            <LinkButton label=t("deed-delete") href=format!("{href}/delete") confirm=true/>
        }
    });
    let lead = match firewall.description.is_empty() {
        true => firewall.account.clone(),
        false => format!("{} · {}", firewall.description, firewall.account),
    };
    let badge = in_force(firewall.is_active).into_any();
    let join = firewall.join_action.map(|action| {
        let choices = firewall
            .others
            .into_iter()
            .map(|(id, name)| Choice::new(id, name))
            .collect();
        view! {
            <Card title=t("server-join-firewall")>
                <form method="post" action=action class="stack">
                    <p class="muted">{t("server-join-firewall-text")}</p>
                    <SelectField name="server" label=t("fleet-server") choices=choices required=true/>
                    <p><Button label=t("server-join-firewall")/></p>
                </form>
            </Card>
        }
    });
    view! {
        <Layout title=firewall.name lead=lead crumbs=crumbs() badge=badge actions=actions.into_any()>
            <Live id=LIVE_THINGS>
                <div class="stack">{rules_card(&href, may, firewall.rules)}{servers_card(firewall.servers)}</div>
            </Live>
            {join}
            {happening(firewall.happening, firewall.refused)}
        </Layout>
    }
}

fn rules_card(href: &str, may: bool, rules: Vec<Rule>) -> impl IntoView + use<> {
    let title = t("firewall-rules");
    let edit = may
        .then(|| view! { <LinkButton label=t("firewall-edit-rules") href=format!("{href}/rules") icon=Icon::Edit/> });
    if rules.is_empty() {
        return view! { <Card title=title actions=edit.into_any()><Notice tone=Tone::Warning>{t("firewall-rules-none")}</Notice></Card> }
            .into_any();
    }
    let (what, ports, from, state) = (
        t("firewall-protocol"),
        t("firewall-ports"),
        t("firewall-sources"),
        t("list-state"),
    );
    let columns = [what, ports, from, state].map(Column::text).into();
    let rows = rules.into_iter().map(|rule| {
        let name = (!rule.name.is_empty()).then(|| view! { <small>{rule.name}</small> });
        let all = match rule.ports.is_empty() {
            true => t("firewall-all-ports").into_any(),
            false => view! { <Code text=rule.ports.join(", ")/> }.into_any(),
        };
        let sources = rule
            .sources
            .into_iter()
            .map(source)
            .map(|one| view! { <span>{one}</span> });
        let sources = sources.collect_view();
        let drops = (!rule.accepts).then(|| view! { <small>{t("firewall-drops")}</small> });
        view! {
            <tr>
                <HeadCell><span class="two-lines">{protocol(&rule.protocol)}{name}</span></HeadCell>
                <Cell of=ports>{all}</Cell>
                <Cell of=from><span class="addresses">{sources}</span></Cell>
                <Cell of=state><span class="two-lines">{in_force(rule.is_active)}{drops}</span></Cell>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! { <Card title=title actions=edit.into_any() flush=true><Table caption=title columns=columns>{rows}</Table></Card> }
        .into_any()
}

fn servers_card(servers: Vec<Behind>) -> impl IntoView {
    let title = t("firewall-servers");
    if servers.is_empty() {
        return view! { <Card title=title><p class="muted">{t("firewall-servers-none")}</p></Card> }.into_any();
    }
    let (server, state) = (t("fleet-server"), t("list-state"));
    let columns = [server, state, ""].map(Column::text).into();
    let rows = servers.into_iter().map(|one| {
        let leave = one
            .leave_href
            .map(|href| view! { <LinkButton label=t("network-take-out") href=href kind=Kind::Quiet confirm=true/> });
        let error = one.error.map(|error| view! { <small class="reason">{error}</small> });
        let stands = tie_state(&one.state);
        view! {
            <tr>
                <HeadCell>{server_cell(one.server)}</HeadCell>
                <Cell of=state><span class="two-lines">{stands}{error}</span></Cell>
                <Cell of="">{leave}</Cell>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! { <Card title=title flush=true><Table caption=title columns=columns>{rows}</Table></Card> }.into_any()
}

/// The page as it could be served.
pub fn samples() -> Vec<Sample> {
    let page = || Page {
        current: "networks",
        live_url: Some("/admin/live".to_owned()),
        ..samples::page(Area::Admin)
    };
    let firewall = |text: &str, may: bool| Firewall {
        href: "/admin/firewalls/1".to_owned(),
        name: text.to_owned(),
        description: text.to_owned(),
        account: text.to_owned(),
        is_active: true,
        rules: sample_rules(text),
        servers: ["ok", "processing", "error_processing"]
            .map(|state| Behind {
                server: sample_server(text),
                state: state.to_owned(),
                error: (state != "ok").then(|| text.to_owned()),
                leave_href: may.then(|| "/admin/servers/1/act/leave_firewall?thing=1".to_owned()),
            })
            .into(),
        others: vec![("1".to_owned(), text.to_owned())],
        join_action: may.then(|| "/admin/things/1/tie".to_owned()),
        happening: sample_happening(text),
        refused: (!may).then(|| text.to_owned()),
    };
    vec![
        Sample::new("firewall", page(), move || {
            view! { <FirewallPage firewall=firewall("web", true)/> }
        }),
        Sample::new("firewall-empty", page(), move || {
            let firewall = Firewall {
                rules: Vec::new(),
                servers: Vec::new(),
                ..firewall("web", true)
            };
            view! { <FirewallPage firewall=firewall/> }
        }),
        Sample::new("firewall-hostile", page(), move || {
            view! { <FirewallPage firewall=firewall(HOSTILE, false)/> }
        }),
    ]
}
