//! Firewalls before servers: the list, the page of one, its naming and its rules.

pub mod form;
pub mod list;
pub mod rules;
pub mod show;

use leptos::prelude::*;

use crate::{
    samples::Sample,
    t, t_with,
    text::Text,
    ui::{Code, Crumb, State, StateBadge},
};

/// What a firewall lets in.
#[derive(Clone, Debug, Default)]
pub struct Rule {
    pub name: String,
    /// As Contabo writes it: `tcp`, `udp`, `icmp`; empty: anything.
    pub protocol: String,
    /// None: all.
    pub ports: Vec<String>,
    /// Networks, or Contabo's words for all of a family.
    pub sources: Vec<String>,
    pub is_active: bool,
    /// Whether it lets in, as all do that are made here.
    pub accepts: bool,
}

/// Rules that one can begin with.
#[derive(Clone, Debug)]
pub struct Beginning {
    /// As it is posted, or stands in an address.
    pub key: String,
    pub name: String,
    /// Whether it is Contabo's own, and none of ours.
    pub is_contabos: bool,
}

impl Beginning {
    fn label(&self) -> Text {
        match self.is_contabos {
            true => t_with("firewall-ready-contabos", &[("name", self.name.clone().into())]).into(),
            false => self.name.clone().into(),
        }
    }
}

fn sample_beginnings(text: &str) -> Vec<Beginning> {
    let beginning = |key: &str, name: &str, is_contabos| Beginning {
        key: key.to_owned(),
        name: name.to_owned(),
        is_contabos,
    };
    vec![
        beginning("ssh", "SSH", false),
        beginning("http", "HTTP, HTTPS", false),
        beginning(&format!("contabo:{text}"), text, true),
    ]
}

/// The way back to the list.
fn crumbs() -> Vec<Crumb> {
    vec![Crumb::new(t("firewalls"), "/admin/firewalls")]
}

fn protocol(word: &str) -> Text {
    match word {
        "tcp" => "TCP".into(),
        "udp" => "UDP".into(),
        "icmp" => "ICMP".into(),
        "" => t("firewall-any-protocol").into(),
        other => other.to_owned().into(),
    }
}

fn source(word: String) -> impl IntoView {
    match word.as_str() {
        "AnyIPv4" => t("firewall-any-v4").into_any(),
        "AnyIPv6" => t("firewall-any-v6").into_any(),
        _ => view! { <Code text=word/> }.into_any(),
    }
}

fn in_force(is_active: bool) -> impl IntoView {
    match is_active {
        true => view! { <StateBadge state=State::Up label=t("firewall-active")/> },
        false => view! { <StateBadge state=State::Disabled label=t("firewall-inactive")/> },
    }
}

fn sample_rules(text: &str) -> Vec<Rule> {
    let rule = |protocol: &str, ports: &[&str], sources: &[&str]| Rule {
        name: text.to_owned(),
        protocol: protocol.to_owned(),
        ports: ports.iter().map(|one| (*one).to_owned()).collect(),
        sources: sources.iter().map(|one| (*one).to_owned()).collect(),
        is_active: true,
        accepts: true,
    };
    vec![
        rule("tcp", &["22"], &["198.51.100.0/24", text]),
        rule("tcp", &["80", "443", "8000-8080"], &["AnyIPv4", "AnyIPv6"]),
        Rule {
            is_active: false,
            ..rule("icmp", &[], &["AnyIPv4"])
        },
        Rule {
            accepts: false,
            ..rule("", &[], &["AnyIPv6"])
        },
        rule(text, &[text], &[]),
    ]
}

/// The pages as they could be served.
pub fn samples() -> Vec<Sample> {
    [list::samples(), show::samples(), form::samples(), rules::samples()]
        .into_iter()
        .flatten()
        .collect()
}
