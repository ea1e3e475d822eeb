//! What staff type about a domain.

use std::net::IpAddr;

use chrono::NaiveDate;
use secrecy::SecretString;

use crate::domain::{
    calendar,
    contabo::{actions::NameServer, networks::names, resources::Contacts},
    typed::{BadText, Checks, Rejected, Typed, block, line, optional_line},
};

/// What may be wrong with what was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    Text(BadText),
    /// None of what there is to choose from.
    NotAChoice,
    /// No whole name of the domain system.
    NotADomain,
    /// A line that is not a name with addresses behind it.
    NotAServer,
    /// Fewer than two name servers, or more than [`MOST_SERVERS`].
    NotSoMany,
    /// One name server twice.
    Twice,
    /// A name server within the domain is not found without its address.
    NoAddress,
    /// No mail address.
    NotAMail,
    /// Not the two letters of a country.
    NotACountry,
    /// No telephone number in digits.
    NotAPhone,
    /// No day.
    NotADate,
    /// No day, or one that is over.
    NotADay,
}

impl From<BadText> for Reason {
    fn from(bad: BadText) -> Self {
        Self::Text(bad)
    }
}

/// The most name servers of a domain that registries take.
const MOST_SERVERS: usize = 13;

/// Registries want one more, should one be away.
const LEAST_SERVERS: usize = 2;

/// Why a domain is cancelled: the sentences that Contabo takes.
pub const REASONS: [&str; 7] = [
    "Technical issues / Outages / Performance",
    "Too expensive / price",
    "Product not needed anymore",
    "Bad customer support",
    "Switch to a different Contabo product",
    "Missing features",
    OTHER,
];

/// With this one goes a text of one's own.
const OTHER: &str = "Other";

/// A whole name, from the field `domain`.
///
/// # Errors
/// What is wrong with it.
pub fn name(typed: &Typed) -> Result<String, Rejected<Reason>> {
    names::domain(typed.get("domain")).map_err(|_| Rejected::one("domain", Reason::NotADomain))
}

/// Name servers of `domain`, from the lines of the field `servers`: a name, and behind it its addresses where it has to
/// be found by them. `known`: those that it has, whose addresses the registry knows.
///
/// # Errors
/// What is wrong with them.
pub fn name_servers(typed: &Typed, domain: &str, known: &[String]) -> Result<Vec<NameServer>, Rejected<Reason>> {
    read_servers(typed.exactly("servers"), domain, known).map_err(|reason| Rejected::one("servers", reason))
}

fn read_servers(text: &str, domain: &str, known: &[String]) -> Result<Vec<NameServer>, Reason> {
    let text = block(text, 4_096)?;
    let mut servers: Vec<NameServer> = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let mut words = line.split([' ', '\t', ',']).filter(|word| !word.is_empty());
        let name = words.next().ok_or(Reason::NotAServer)?;
        let name = names::domain(name).map_err(|_| Reason::NotAServer)?;
        let mut server = NameServer {
            name,
            ipv4: Vec::new(),
            ipv6: Vec::new(),
        };
        for word in words {
            match word.parse().map_err(|_| Reason::NotAServer)? {
                IpAddr::V4(ip) => server.ipv4.push(ip.to_string()),
                IpAddr::V6(ip) => server.ipv6.push(ip.to_string()),
            }
        }
        if servers.iter().any(|there| there.name == server.name) {
            return Err(Reason::Twice);
        }
        let is_within = server.name.ends_with(&format!(".{domain}"));
        let is_known = known.iter().any(|known| known.eq_ignore_ascii_case(&server.name));
        if is_within && !is_known && server.ipv4.is_empty() && server.ipv6.is_empty() {
            return Err(Reason::NoAddress);
        }
        servers.push(server);
    }
    match (LEAST_SERVERS..=MOST_SERVERS).contains(&servers.len()) {
        true => Ok(servers),
        false => Err(Reason::NotSoMany),
    }
}

/// The contacts of a domain, from the fields `owner`, `admin`, `tech` and `zone`; `known` are those that there are.
///
/// # Errors
/// A rejection by field.
pub fn contacts(typed: &Typed, known: &[String]) -> Result<Contacts, Rejected<Reason>> {
    let mut checks = Checks::default();
    let mut chosen = |field: &'static str| {
        let there = known.iter().find(|id| *id == typed.get(field));
        checks.keep(field, there.cloned().ok_or(Reason::NotAChoice))
    };
    match (chosen("owner"), chosen("admin"), chosen("tech"), chosen("zone")) {
        (Some(owner), Some(admin), Some(tech), Some(zone)) => Ok(Contacts {
            owner,
            admin,
            tech,
            zone,
        }),
        _ => Err(checks.rejected()),
    }
}

/// Why and when a domain is given up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ending {
    /// One of [`REASONS`].
    pub reason: String,
    /// In one's own words; empty: none.
    pub text: String,
    /// None: when Contabo next lets it end.
    pub on: Option<NaiveDate>,
}

/// From the fields `reason` (its place among [`REASONS`]), `reason_text` and `ends_on`. `today` is the tenant's.
///
/// # Errors
/// A rejection by field.
pub fn ending(typed: &Typed, today: NaiveDate) -> Result<Ending, Rejected<Reason>> {
    let mut checks = Checks::default();
    let reason = typed.get("reason").parse::<usize>().ok();
    let reason = reason.and_then(|place| REASONS.get(place)).ok_or(Reason::NotAChoice);
    let reason = checks.keep("reason", reason);
    let text = checks.keep("reason_text", optional_line(typed.get("reason_text"), 1_000));
    let on = match typed.get("ends_on") {
        "" => Ok(None),
        day => match calendar::local::day(day) {
            Some(day) if day >= today => Ok(Some(day)),
            _ => Err(Reason::NotADay),
        },
    };
    let on = checks.keep("ends_on", on);
    match (reason, text, on) {
        (Some(reason), Some(text), Some(on)) => Ok(Ending {
            reason: (*reason).to_owned(),
            text: text.filter(|_| *reason == OTHER).unwrap_or_default(),
            on,
        }),
        _ => Err(checks.rejected()),
    }
}

/// The code with which a domain is moved here, from the field `auth_code`.
///
/// # Errors
/// What is wrong with it.
pub fn auth_code(typed: &Typed) -> Result<SecretString, Rejected<Reason>> {
    match line(typed.get("auth_code"), 255) {
        Ok(code) => Ok(SecretString::from(code)),
        Err(bad) => Err(Rejected::one("auth_code", bad.into())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(pairs: &[(&str, &str)]) -> Typed {
        let pairs = pairs
            .iter()
            .map(|(field, value)| ((*field).to_owned(), (*value).to_owned()));
        Typed::new(pairs)
    }

    #[test]
    fn name_servers_are_lines_of_a_name_and_its_addresses() {
        let read = |text: &str| read_servers(text, "example.net", &["ns9.example.net".to_owned()]);
        let found = read("NS1.contabo.net.\r\n\r\nns1.example.net 192.0.2.1, 2001:db8::1\r\nns9.example.net").unwrap();
        assert_eq!(found.len(), 3);
        assert_eq!(
            (
                found[0].name.as_str(),
                found[1].ipv4.as_slice(),
                found[1].ipv6.as_slice()
            ),
            (
                "ns1.contabo.net",
                &["192.0.2.1".to_owned()][..],
                &["2001:db8::1".to_owned()][..]
            )
        );
        for (text, reason) in [
            ("ns1.contabo.net", Reason::NotSoMany),
            ("", Reason::NotSoMany),
            ("ns1.contabo.net\nns1.contabo.net.", Reason::Twice),
            ("ns1.contabo.net\nns2.contabo.net 192.0.2", Reason::NotAServer),
            ("ns1.contabo.net\nns2", Reason::NotAServer),
            ("ns1.contabo.net\nns2.example.net", Reason::NoAddress),
        ] {
            assert_eq!(read(text), Err(reason), "{text}");
        }
    }

    #[test]
    fn contacts_are_those_that_there_are() {
        let known = ["CH1".to_owned(), "CH2".to_owned()];
        let form = [("owner", "CH1"), ("admin", "CH1"), ("tech", "CH2"), ("zone", "CH2")];
        assert_eq!(contacts(&typed(&form), &known).unwrap().tech, "CH2");
        let wrong = contacts(&typed(&form[..2]), &known[..1]).unwrap_err();
        assert_eq!(wrong.0, [("tech", Reason::NotAChoice), ("zone", Reason::NotAChoice)]);
    }

    #[test]
    fn a_reason_is_one_of_contabos_and_a_day_is_not_over() {
        let today = NaiveDate::from_ymd_opt(2026, 5, 15).unwrap();
        let found = ending(&typed(&[("reason", "2"), ("reason_text", "gone")]), today).unwrap();
        assert_eq!(
            (found.reason.as_str(), found.text.as_str(), found.on),
            ("Product not needed anymore", "", None)
        );
        let other = typed(&[("reason", "6"), ("reason_text", "gone"), ("ends_on", "2026-05-15")]);
        let found = ending(&other, today).unwrap();
        assert_eq!((found.text.as_str(), found.on), ("gone", Some(today)));
        let wrong = ending(&typed(&[("reason", "7"), ("ends_on", "2026-05-14")]), today).unwrap_err();
        assert_eq!(wrong.0, [("reason", Reason::NotAChoice), ("ends_on", Reason::NotADay)]);
    }
}
