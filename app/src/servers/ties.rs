//! What a server is tied to: private networks, firewalls, further addresses, and the names that its addresses have.

use leptos::prelude::*;

use super::words::Act;
use crate::{
    admin::things::tie_state,
    t,
    ui::{Card, Cell, Code, Column, HeadCell, Kind, LinkButton, Table},
};

/// All of it. Empty where nothing is known.
#[derive(Clone, Debug, Default)]
pub struct Ties {
    pub networks: Vec<Tie>,
    pub firewalls: Vec<Tie>,
    pub addresses: Vec<Tie>,
    pub names: Vec<Named>,
}

/// One tie.
#[derive(Clone, Debug)]
pub struct Tie {
    /// What it is taken by, in the query of the page that asks.
    pub id: String,
    pub name: String,
    /// Its page, for those who see it.
    pub href: Option<String>,
    /// The server's addresses by it.
    pub addresses: Vec<String>,
    /// Contabo's word for how far it is.
    pub state: String,
}

/// An address with the name that it has.
#[derive(Clone, Debug)]
pub struct Named {
    /// As short as it can be written.
    pub ip: String,
    /// Empty: none.
    pub name: String,
    pub is_v4: bool,
}

/// The card; nothing where there is nothing to say and nothing to ask for.
pub(super) fn ties_card(href: &str, acts: &[Act], ties: Ties) -> Option<impl IntoView + use<>> {
    let has = |act| acts.contains(&act);
    let add = [Act::JoinNetwork, Act::JoinFirewall, Act::AssignVip]
        .into_iter()
        .filter(|act| has(*act))
        .map(|act| {
            let href = [href, "/act/", act.name()].concat();
            view! { <LinkButton label=act.label() href=href/> }
        });
    let add = add.collect_view();
    let leave = |act: Act, id: &str| {
        has(act).then(|| {
            let href = [href, "/act/", act.name(), "?thing=", id].concat();
            view! { <LinkButton label=act.label() href=href kind=Kind::Quiet/> }
        })
    };
    let is_nothing = ties.networks.is_empty() && ties.firewalls.is_empty() && ties.addresses.is_empty();
    if is_nothing && ties.names.is_empty() {
        return None;
    }
    let (what, which, addresses, state) = (t("tie-what"), t("tie-which"), t("servers-addresses"), t("list-state"));
    let kinds = [
        (ties.networks, t("tie-network"), Act::LeaveNetwork),
        (ties.firewalls, t("tie-firewall"), Act::LeaveFirewall),
        (ties.addresses, t("tie-address"), Act::UnassignVip),
    ];
    let rows = kinds.into_iter().flat_map(|(all, kind, act)| {
        let row = all.into_iter().map(move |tie| (tie, kind, act));
        row.collect::<Vec<_>>()
    });
    let rows = rows.map(|(tie, kind, act)| {
        let button = leave(act, &tie.id);
        let name = match tie.href {
            Some(href) => view! { <a href=href>{tie.name}</a> }.into_any(),
            None => tie.name.into_any(),
        };
        let all = tie
            .addresses
            .into_iter()
            .map(|one| view! { <Code text=one/> })
            .collect_view();
        let stands = tie_state(&tie.state);
        view! {
            <tr>
                <HeadCell><span class="two-lines">{name}<small>{kind}</small></span></HeadCell>
                <Cell of=addresses><span class="addresses">{all}</span></Cell>
                <Cell of=state>{stands}</Cell>
                <Cell of="">{button}</Cell>
            </tr>
        }
    });
    let rows = rows.collect_view();
    let tied = (!is_nothing).then(|| {
        let columns = [which, addresses, state, ""].map(Column::text).into();
        view! { <Table caption=what columns=columns>{rows}</Table> }
    });
    let names = names_table(href, acts, ties.names);
    Some(view! { <Card title=what actions=add.into_any() flush=true>{tied}{names}</Card> })
}

fn names_table(href: &str, acts: &[Act], names: Vec<Named>) -> Option<impl IntoView + use<>> {
    let (address, name) = (t("fleet-address"), t("reverse-name"));
    let columns = [address, name, ""].map(Column::text).into();
    let some = !names.is_empty();
    let rows = names.into_iter().map(|one| {
        let button = |act: Act, label: &'static str| {
            acts.contains(&act).then(|| {
                let href = [href, "/act/", act.name(), "?thing=", &one.ip].concat();
                view! { <LinkButton label=label href=href kind=Kind::Quiet/> }
            })
        };
        let set = button(Act::SetReverseName, t("edit"));
        let remove = (!one.is_v4 && !one.name.is_empty()).then(|| button(Act::RemoveReverseName, t("deed-delete")));
        let shown = match one.name.is_empty() {
            true => view! { <span class="muted">{t("reverse-name-none")}</span> }.into_any(),
            false => one.name.clone().into_any(),
        };
        view! {
            <tr>
                <HeadCell><Code text=one.ip.clone()/></HeadCell>
                <Cell of=name>{shown}</Cell>
                <Cell of=""><span class="server-buttons">{set}{remove}</span></Cell>
            </tr>
        }
    });
    let rows = rows.collect_view();
    some.then(|| view! { <Table caption=t("reverse-names") columns=columns>{rows}</Table> })
}
