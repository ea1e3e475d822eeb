//! A firewall's rules as staff type them: rows of a form, each a rule; a row without anything in it is none.

use std::net::IpAddr;

use super::{Reason, blocks};
use crate::domain::{
    contabo::resources::{Preset, Rule},
    typed::{Checks, Rejected, Typed, line, optional_line},
};

/// Rows of a form that are looked at.
pub const MOST_RULES: usize = 40;

/// Ports and ranges that a rule may have.
const MOST_PORTS: usize = 15;

/// All addresses of a family, in Contabo's words.
pub const ANY_V4: &str = "AnyIPv4";
pub const ANY_V6: &str = "AnyIPv6";

/// What a rule may be about, as Contabo writes it; the empty word: anything.
pub const PROTOCOLS: [&str; 4] = ["tcp", "udp", "icmp", ""];

/// A firewall's naming.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Naming {
    pub name: String,
    pub description: String,
    pub is_active: bool,
}

/// From the fields `name`, `description` and `is_active`.
///
/// # Errors
/// A rejection by field.
pub fn naming(typed: &Typed) -> Result<Naming, Rejected<Reason>> {
    let mut checks = Checks::default();
    let name = checks.keep("name", line(typed.get("name"), 255));
    let description = checks.keep("description", optional_line(typed.get("description"), 255));
    match (name, description) {
        (Some(name), Some(description)) => Ok(Naming {
            name,
            description: description.unwrap_or_default(),
            is_active: typed.is_ticked("is_active"),
        }),
        _ => Err(checks.rejected()),
    }
}

/// Whether a form can hold these rules: it has only so many rows, and makes nothing but rules that let in.
#[must_use]
pub fn fit_a_form(rules: &[Rule]) -> bool {
    rules.len() <= MOST_RULES && rules.iter().all(|rule| matches!(rule.action.as_str(), "accept" | ""))
}

/// Rules to begin with.
#[derive(Clone, Debug, PartialEq)]
pub struct Ready {
    /// The name in forms and addresses.
    pub key: String,
    /// What people call it.
    pub name: String,
    /// Whether it is Contabo's, and none of ours.
    pub is_contabos: bool,
    pub rules: Vec<Rule>,
}

/// What the names of Contabo's own begin with in forms and addresses.
const CONTABOS: &str = "contabo:";

/// Ours, and then Contabo's own, as far as a form can hold them. Contabo leaves out from where: then it is from anywhere.
#[must_use]
pub fn ready<'p>(presets: impl IntoIterator<Item = &'p Preset>) -> Vec<Ready> {
    let anywhere = || vec![ANY_V4.to_owned(), ANY_V6.to_owned()];
    let ours = [
        ("ssh", "tcp", &["22"][..], "SSH"),
        ("http", "tcp", &["80", "443"], "HTTP, HTTPS"),
        ("ping", "icmp", &[], "Ping"),
        ("wireguard", "udp", &["51820"], "WireGuard"),
        ("rdp", "tcp", &["3389"], "RDP"),
    ];
    let ours = ours.map(|(key, protocol, ports, name)| Ready {
        key: key.to_owned(),
        name: name.to_owned(),
        is_contabos: false,
        rules: vec![Rule {
            name: name.to_owned(),
            protocol: protocol.to_owned(),
            ports: ports.iter().map(|port| (*port).to_owned()).collect(),
            sources: anywhere(),
            action: "accept".to_owned(),
            is_active: true,
        }],
    });
    let mut ready = Vec::from(ours);
    for preset in presets {
        let key = format!("{CONTABOS}{}", preset.name);
        let is_known = ready.iter().any(|one| one.key == key);
        if is_known || preset.name.trim().is_empty() || preset.rules.is_empty() || !fit_a_form(&preset.rules) {
            continue;
        }
        let rules = preset.rules.iter().map(|rule| Rule {
            name: or(&rule.name, &preset.name),
            sources: match rule.sources.is_empty() {
                true => anywhere(),
                false => rule.sources.clone(),
            },
            action: "accept".to_owned(),
            is_active: true,
            ..rule.clone()
        });
        ready.push(Ready {
            key,
            name: preset.name.clone(),
            is_contabos: true,
            rules: rules.collect(),
        });
    }
    ready
}

fn or(text: &str, other: &str) -> String {
    match text.trim() {
        "" => other.to_owned(),
        text => text.to_owned(),
    }
}

/// The rules of those that were chosen, in their order.
///
/// # Errors
/// When one is not among `ready`, or they are more than a firewall's form holds.
pub fn begun_with(ready: &[Ready], chosen: &[String]) -> Result<Vec<Rule>, Rejected<Reason>> {
    let mut rules = Vec::new();
    for key in chosen {
        let found = ready.iter().find(|one| one.key == *key);
        let found = found.ok_or_else(|| Rejected::one("rules", Reason::NotAChoice))?;
        rules.extend(found.rules.iter().cloned());
    }
    match rules.len() > MOST_RULES {
        true => Err(Rejected::one("rules", Reason::NotAChoice)),
        false => Ok(rules),
    }
}

/// What is wrong with a rule: the number of its row, its field and why.
pub type Wrong = (usize, &'static str, Reason);

/// The rules of a form whose fields begin with the number of their row: `3.protocol`, `3.ports`, `3.sources`, `3.name`,
/// `3.is_active`.
///
/// # Errors
/// All that is wrong, in the order of the form.
pub fn rules(typed: &Typed) -> Result<Vec<Rule>, Vec<Wrong>> {
    let (mut rules, mut wrong) = (Vec::new(), Vec::new());
    for row in 0..MOST_RULES {
        let part = typed.part(&format!("{row}."));
        let is_empty = ["ports", "sources", "name"]
            .iter()
            .all(|field| part.get(field).is_empty());
        if is_empty {
            continue;
        }
        match rule(&part) {
            Ok(rule) => rules.push(rule),
            Err(Rejected(reasons)) => wrong.extend(reasons.into_iter().map(|(field, reason)| (row, field, reason))),
        }
    }
    if wrong.is_empty() { Ok(rules) } else { Err(wrong) }
}

fn rule(typed: &Typed) -> Result<Rule, Rejected<Reason>> {
    let mut checks = Checks::default();
    let protocol = match typed.get("protocol") {
        "any" => "",
        other => other,
    };
    if !PROTOCOLS.contains(&protocol) {
        checks.reject("protocol", Reason::NotAChoice);
    }
    let ports = checks.keep("ports", ports(typed.get("ports"), protocol));
    let sources = checks.keep("sources", sources(typed.get("sources")));
    let name = checks.keep("name", optional_line(typed.get("name"), 255));
    match (ports, sources, name) {
        (Some(ports), Some(sources), Some(name)) if PROTOCOLS.contains(&protocol) => Ok(Rule {
            name: name.unwrap_or_default(),
            protocol: protocol.to_owned(),
            ports,
            sources,
            // Contabo supports nothing else: what no rule lets in is kept out.
            action: "accept".to_owned(),
            is_active: typed.is_ticked("is_active"),
        }),
        _ => Err(checks.rejected()),
    }
}

/// Words between commas, spaces and ends of lines.
fn words(typed: &str) -> impl Iterator<Item = &str> {
    typed
        .split(|c: char| c == ',' || c.is_whitespace())
        .filter(|word| !word.is_empty())
}

fn ports(typed: &str, protocol: &str) -> Result<Vec<String>, Reason> {
    let typed = typed.replace(" - ", "-").replace('–', "-");
    let ports: Vec<&str> = words(&typed).collect();
    if !ports.is_empty() && protocol == "icmp" {
        return Err(Reason::NoPortsHere);
    }
    if ports.len() > MOST_PORTS {
        return Err(Reason::TooManyPorts);
    }
    let port = |text: &str| text.parse::<u16>().ok().filter(|port| *port > 0);
    let range = |word: &str| -> Option<String> {
        let Some((from, to)) = word.split_once('-') else {
            return Some(port(word)?.to_string());
        };
        let (from, to) = (port(from)?, port(to)?);
        (from < to).then(|| format!("{from}-{to}"))
    };
    ports
        .into_iter()
        .map(|word| range(word).ok_or(Reason::NotAPort))
        .collect()
}

fn sources(typed: &str) -> Result<Vec<String>, Reason> {
    let mut sources = Vec::new();
    for word in words(typed) {
        if word.eq_ignore_ascii_case("any") {
            sources.extend([ANY_V4.to_owned(), ANY_V6.to_owned()]);
        } else if let Some(any) = [ANY_V4, ANY_V6].into_iter().find(|any| any.eq_ignore_ascii_case(word)) {
            sources.push(any.to_owned());
        } else {
            let block = blocks::parse(word).map_err(|_| Reason::NotASource)?;
            // `10.0.0.0 255.255.255.0` are two words here, and the second is nobody's address.
            if matches!(block.addr(), IpAddr::V4(address) if address.octets()[0] >= 240) {
                return Err(Reason::NotASource);
            }
            sources.push(block.to_string());
        }
    }
    sources.dedup();
    match sources.is_empty() {
        true => Err(Reason::NoSource),
        false => Ok(sources),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(fields: &[(&str, &str)]) -> Typed {
        Typed::new(
            fields
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned())),
        )
    }

    #[test]
    fn rows_become_rules_and_empty_ones_none() {
        let typed = form(&[
            ("0.protocol", "tcp"),
            ("0.ports", "80, 443 8000-8080"),
            ("0.sources", "any"),
            ("0.is_active", "yes"),
            ("1.protocol", "tcp"),
            ("1.ports", ""),
            ("1.sources", ""),
            ("2.protocol", "icmp"),
            ("2.sources", "10.0.3.7/22 2001:db8::1"),
            ("2.name", "Ping"),
        ]);
        let rules = rules(&typed).unwrap();
        assert_eq!(rules.len(), 2);
        assert_eq!(rules[0].ports, ["80", "443", "8000-8080"]);
        assert_eq!(rules[0].sources, [ANY_V4, ANY_V6]);
        assert!(rules[0].is_active && !rules[1].is_active);
        assert_eq!(rules[1].sources, ["10.0.0.0/22", "2001:db8::1/128"]);
    }

    #[test]
    fn contabos_ready_made_rules_stand_beside_ours_if_a_form_can_hold_them() {
        let rule = |action: &str| Rule {
            protocol: "udp".to_owned(),
            ports: vec!["53".to_owned()],
            action: action.to_owned(),
            ..Rule::default()
        };
        let preset = |name: &str, rules: Vec<Rule>| Preset {
            name: name.to_owned(),
            rules,
        };
        let presets = [
            preset("DNS", vec![rule("accept")]),
            preset("DNS", vec![rule("accept"); 2]),
            preset("Nothing", Vec::new()),
            preset("Closed", vec![rule("drop")]),
            preset(" ", vec![rule("accept")]),
        ];
        assert_eq!(ready(&[]).len(), 5);
        let all = ready(&presets);
        let contabos: Vec<_> = all.iter().filter(|one| one.is_contabos).collect();
        assert_eq!(contabos.len(), 1);
        let dns = contabos[0];
        assert_eq!((dns.key.as_str(), dns.rules.len()), ("contabo:DNS", 1));
        assert_eq!((dns.rules[0].name.as_str(), dns.rules[0].is_active), ("DNS", true));
        assert_eq!(dns.rules[0].sources, [ANY_V4, ANY_V6]);

        let chosen = |keys: &[&str]| begun_with(&all, &keys.iter().map(|key| (*key).to_owned()).collect::<Vec<_>>());
        assert_eq!(chosen(&[]), Ok(Vec::new()));
        let ports: Vec<_> = chosen(&["ssh", "contabo:DNS"])
            .unwrap()
            .into_iter()
            .flat_map(|rule| rule.ports)
            .collect();
        assert_eq!(ports, ["22", "53"]);
        assert_eq!(chosen(&["telnet"]), Err(Rejected::one("rules", Reason::NotAChoice)));
        assert!(chosen(&["ssh"; MOST_RULES + 1]).is_err());
    }

    #[test]
    fn rules_that_a_form_would_lose_do_not_fit_it() {
        let rule = |action: &str| Rule {
            action: action.to_owned(),
            ..Rule::default()
        };
        assert!(fit_a_form(&vec![rule("accept"); MOST_RULES]));
        assert!(!fit_a_form(&vec![rule("accept"); MOST_RULES + 1]));
        assert!(!fit_a_form(&[rule("accept"), rule("drop")]));
    }

    #[test]
    fn what_contabo_would_not_take_is_said_by_row_and_field() {
        let typed = form(&[
            ("0.protocol", "icmp"),
            ("0.ports", "80"),
            ("0.sources", "any"),
            ("1.protocol", "gre"),
            ("1.ports", "0"),
            ("1.sources", "everybody"),
            ("2.protocol", "udp"),
            ("2.ports", "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16"),
            ("3.protocol", "tcp"),
            ("3.sources", "10.0.0.0 255.255.255.0"),
            ("4.protocol", ""),
            ("4.ports", "90-80"),
        ]);
        assert_eq!(
            rules(&typed).unwrap_err(),
            [
                (0, "ports", Reason::NoPortsHere),
                (1, "protocol", Reason::NotAChoice),
                (1, "ports", Reason::NotAPort),
                (1, "sources", Reason::NotASource),
                (2, "ports", Reason::TooManyPorts),
                (2, "sources", Reason::NoSource),
                (3, "sources", Reason::NotASource),
                (4, "ports", Reason::NotAPort),
                (4, "sources", Reason::NoSource),
            ]
        );
    }
}
