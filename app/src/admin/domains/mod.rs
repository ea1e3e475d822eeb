//! Domains and their contacts.

pub mod change;
pub mod code;
pub mod contact_form;
pub mod contacts;
pub mod list;
pub mod order;
pub mod show;

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use crate::{
    samples::Sample,
    t,
    text::Text,
    ui::{Crumb, State, StateBadge},
};

/// The way back to the list.
fn crumbs() -> Vec<Crumb> {
    vec![Crumb::new(t("domains"), "/admin/domains")]
}

/// The way back to the page of one.
fn crumbs_of(name: String, href: String) -> Vec<Crumb> {
    let mut crumbs = crumbs();
    crumbs.push(Crumb::new(name, href));
    crumbs
}

/// The way back to the list of contacts.
fn crumbs_of_contacts() -> Vec<Crumb> {
    crumbs_of(t("domain-contacts").to_owned(), "/admin/domains/contacts".to_owned())
}

/// What a domain does, by Contabo's word for it. One that waits for an answer must be seen.
fn state(word: &str, leaves: bool) -> impl IntoView + use<> {
    let (state, label): (State, Text) = match word {
        _ if leaves => (State::Degraded, t("domain-leaves").into()),
        "ready" => (State::Up, t("domain-ready").into()),
        "processing" | "manual_task" => (State::Maintenance, t("domain-processing").into()),
        "transferring in" => (State::Maintenance, t("domain-comes").into()),
        "transferring out" => (State::Maintenance, t("domain-goes").into()),
        "transferred" => (State::Disabled, t("domain-gone").into()),
        "cancelled" => (State::Disabled, t("domain-ended").into()),
        "error" => (State::Down, t("domain-error").into()),
        "" => (State::Unknown, t("server-no-word").into()),
        other => (State::Unknown, other.to_owned().into()),
    };
    view! { <StateBadge state=state label=label/> }
}

/// What a contact of a domain is for, by the word for it.
fn role(word: &str) -> &'static str {
    match word {
        "owner" => t("domain-owner"),
        "admin" => t("domain-admin"),
        "tech" => t("domain-tech"),
        _ => t("domain-zone-contact"),
    }
}

/// A day: registries count in them.
fn day(at: DateTime<Utc>) -> String {
    at.format("%Y-%m-%d").to_string()
}

/// A contact, as domains and lists name it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// Contabo's id, where the contact is not known.
    pub name: String,
    /// None: it is not known here.
    pub href: Option<String>,
}

fn named(contact: Named) -> impl IntoView {
    match contact.href {
        Some(href) => view! { <a href=href>{contact.name}</a> }.into_any(),
        None => contact.name.into_any(),
    }
}

/// The pages as they could be served.
pub fn samples() -> Vec<Sample> {
    [
        list::samples(),
        show::samples(),
        contacts::samples(),
        contact_form::samples(),
        change::samples(),
        code::samples(),
        order::samples(),
    ]
    .into_iter()
    .flatten()
    .collect()
}
