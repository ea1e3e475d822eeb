//! Names of the domain system as people type them: zones, records, the names of addresses.

use std::net::{Ipv4Addr, Ipv6Addr};

use super::Reason;
use crate::domain::{
    contabo::resources::DnsRecord,
    typed::{Checks, Rejected, Typed, line},
};

/// The kinds of records that Contabo has.
pub const KINDS: [&str; 7] = ["A", "AAAA", "CAA", "CNAME", "MX", "SRV", "TXT"];

/// The least that Contabo takes, and what it takes if nothing else is said; seconds.
pub const LEAST_TTL: i64 = 14_400;
pub const USUAL_TTL: i64 = 86_400;

/// The most that the protocol has room for (RFC 2181).
const MOST_TTL: i64 = 2_147_483_647;

/// What a CAA record may be about.
pub const CAA_TAGS: [&str; 3] = ["issue", "issuewild", "iodef"];

/// A whole name with at least one dot in it, in small letters and without a dot at its end.
///
/// # Errors
/// [`Reason::NotADomain`].
pub fn domain(typed: &str) -> Result<String, Reason> {
    let name = typed.trim().trim_end_matches('.').to_ascii_lowercase();
    let is_domain = name.contains('.') && name.len() <= 253 && name.split('.').all(is_label);
    if is_domain { Ok(name) } else { Err(Reason::NotADomain) }
}

fn is_label(label: &str) -> bool {
    let fits = |c: char| c.is_ascii_alphanumeric() || c == '-';
    (1..=63).contains(&label.len()) && label.chars().all(fits) && !label.starts_with('-') && !label.ends_with('-')
}

/// A name within a zone, as records have it: with underscores, and with a star before the rest. `@` and nothing are the
/// zone itself.
fn within(typed: &str, zone: &str) -> Result<String, Reason> {
    let name = typed.trim().trim_end_matches('.').to_ascii_lowercase();
    let suffix = format!(".{zone}");
    if name.is_empty() || name == "@" || name == zone {
        return Ok("@".to_owned());
    }
    let own = name.strip_suffix(&suffix).unwrap_or(&name);
    let rest = own.strip_prefix("*.").unwrap_or(own);
    let fits = |label: &str| is_label(label.trim_start_matches('_'));
    let is_name = rest == "*" || rest.split('.').all(fits);
    if is_name && own.len() + suffix.len() <= 253 {
        Ok(own.to_owned())
    } else {
        Err(Reason::NotADomain)
    }
}

/// A record of `zone`, from the fields `name`, `type`, `ttl`, `prio`, `data`, `port`, `weight`, `flag` and `tag`; its
/// number is `id`.
///
/// # Errors
/// A rejection by field.
pub fn record(typed: &Typed, zone: &str, id: i64) -> Result<DnsRecord, Rejected<Reason>> {
    let mut checks = Checks::default();
    let name = checks.keep("name", within(typed.get("name"), zone));
    let kind = typed.get("type").to_owned();
    if !KINDS.contains(&kind.as_str()) {
        checks.reject("type", Reason::NotAChoice);
    }
    let ttl = match typed.get("ttl") {
        "" => Ok(USUAL_TTL),
        text => text.parse().map_err(|_| Reason::NotATtl),
    };
    let ttl = ttl.and_then(|ttl| match (LEAST_TTL..=MOST_TTL).contains(&ttl) {
        true => Ok(ttl),
        false => Err(Reason::NotATtl),
    });
    let ttl = checks.keep("ttl", ttl);
    let data = checks.keep("data", data(&kind, typed.get("data")));
    let mut number = |field: &'static str, kinds: &[&str], most: i64| match kinds.contains(&kind.as_str()) {
        true => checks.keep(field, small(typed.get(field), most)),
        false => None,
    };
    let priority = number("prio", &["MX", "SRV"], 65_535);
    let port = number("port", &["SRV"], 65_535);
    let weight = number("weight", &["SRV"], 65_535);
    let flag = number("flag", &["CAA"], 255);
    let tag = match kind.as_str() {
        "CAA" if !CAA_TAGS.contains(&typed.get("tag")) => {
            checks.reject("tag", Reason::NotAChoice);
            None
        }
        "CAA" => Some(typed.get("tag").to_owned()),
        _ => None,
    };
    let rejected = checks.rejected();
    match (name, ttl, data) {
        (Some(name), Some(ttl), Some(data)) if rejected.0.is_empty() => Ok(DnsRecord {
            id,
            name,
            kind,
            ttl: Some(ttl),
            priority: Some(priority.unwrap_or_default()),
            data,
            port,
            weight,
            flag,
            tag,
        }),
        _ => Err(rejected),
    }
}

fn small(typed: &str, most: i64) -> Result<i64, Reason> {
    let number: i64 = match typed {
        "" => 0,
        text => text.parse().map_err(|_| Reason::NotANumber)?,
    };
    match (0..=most).contains(&number) {
        true => Ok(number),
        false => Err(Reason::NotANumber),
    }
}

/// What such a record says, in the form that it has to have.
fn data(kind: &str, typed: &str) -> Result<String, Reason> {
    let data = line(typed, 4_096)?;
    let is_its = match kind {
        "A" => data.parse::<Ipv4Addr>().is_ok(),
        "AAAA" => data.parse::<Ipv6Addr>().is_ok(),
        "CNAME" | "MX" | "SRV" => {
            let name = data.trim_end_matches('.');
            return match name.len() <= 253 && name.split('.').all(|label| is_label(label.trim_start_matches('_'))) {
                true => Ok(name.to_ascii_lowercase()),
                false => Err(Reason::NotItsData),
            };
        }
        _ => true,
    };
    if is_its { Ok(data) } else { Err(Reason::NotItsData) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(fields: &[(&str, &str)]) -> Result<DnsRecord, Rejected<Reason>> {
        let typed = Typed::new(
            fields
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned())),
        );
        record(&typed, "example.net", 7)
    }

    #[test]
    fn a_domain_is_letters_digits_and_hyphens_between_dots() {
        assert_eq!(domain(" Mail.Example.NET. "), Ok("mail.example.net".to_owned()));
        for text in [
            "",
            "localhost",
            "a..b",
            "-a.net",
            "a_b.net",
            "a b.net",
            "xn--\u{e4}.net",
        ] {
            assert_eq!(domain(text), Err(Reason::NotADomain), "{text}");
        }
        assert!(domain(&format!("{}.net", "a".repeat(64))).is_err());
    }

    #[test]
    fn a_record_is_read_and_has_what_its_kind_has() {
        let found = read(&[("type", "MX"), ("data", "Mail.example.net."), ("prio", "10")]).unwrap();
        assert_eq!((found.name.as_str(), found.data.as_str()), ("@", "mail.example.net"));
        assert_eq!(
            (found.priority, found.ttl, found.port, found.id),
            (Some(10), Some(USUAL_TTL), None, 7)
        );
        let srv = [
            ("type", "SRV"),
            ("name", "_sip._tcp.example.net"),
            ("data", "sip.example.net"),
            ("port", "5060"),
            ("ttl", "14400"),
        ];
        let found = read(&srv).unwrap();
        assert_eq!(
            (found.name.as_str(), found.port, found.weight),
            ("_sip._tcp", Some(5060), Some(0))
        );
        let found = read(&[("type", "CAA"), ("data", "letsencrypt.org"), ("tag", "issue")]).unwrap();
        assert_eq!((found.flag, found.tag.as_deref()), (Some(0), Some("issue")));
        assert_eq!(
            read(&[("type", "TXT"), ("name", "*"), ("data", "v=spf1 -all")])
                .unwrap()
                .name,
            "*"
        );
    }

    #[test]
    fn what_is_wrong_with_a_record_is_said_by_field() {
        let wrong = read(&[("type", "A"), ("name", "a b"), ("data", "2001:db8::1"), ("ttl", "300")]).unwrap_err();
        let fields: Vec<_> = wrong.0;
        assert_eq!(
            fields,
            [
                ("name", Reason::NotADomain),
                ("ttl", Reason::NotATtl),
                ("data", Reason::NotItsData)
            ]
        );
        let wrong = read(&[("type", "MX"), ("data", "mail"), ("prio", "70000")]).unwrap_err();
        assert_eq!(wrong, Rejected::one("prio", Reason::NotANumber));
        assert!(read(&[("type", "CAA"), ("data", "x"), ("tag", "isue")]).is_err());
        assert!(read(&[("type", "NS"), ("data", "x")]).is_err());
    }
}
