//! A router's set-up from what was typed: which values are possible and which are not.

use std::net::IpAddr;

use entity::router::TlsMode;
use routeros::CodePage;
use secrecy::SecretString;

use crate::domain::{
    problem::Problem,
    typed::{BadText, Checks, Rejected, Typed, block, line, optional_line},
};

/// Service `api-ssl`, unless the router says otherwise.
pub const PORT_TLS: u16 = 8729;

/// Service `api`.
pub const PORT_PLAIN: u16 = 8728;

/// What names and comments are read in when they are not UTF-8.
pub const CODE_PAGE: &str = "windows-1252";

/// Everything about a router but how one signs in to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetUp {
    pub name: String,
    pub site: String,
    pub host: String,
    pub port: u16,
    pub tls: TlsMode,
    /// With `TlsMode::Ca` alone.
    pub ca_pem: Option<String>,
    pub allow_challenge: bool,
    pub listen: bool,
    pub code_page: String,
}

/// The user and password with which the router is asked.
#[derive(Clone, Debug)]
pub struct Credentials {
    pub username: String,
    pub password: SecretString,
}

impl SetUp {
    /// From the fields `name`, `site`, `host`, `port`, `tls`, `ca_pem`, `allow_challenge`, `code_page` and `listen`.
    ///
    /// # Errors
    /// When a value is not possible.
    pub fn read(typed: &Typed) -> Result<Self, Rejected<Problem>> {
        let mut checks = Checks::default();
        let name = checks.keep("name", line(typed.get("name"), 80));
        let site = checks.keep("site", optional_line(typed.get("site"), 120));
        let host = checks.keep("host", host(typed.get("host")));
        let tls = checks.keep("tls", tls(typed.get("tls")));
        let port = checks.keep("port", port(typed.get("port"), tls));
        let ca_pem = match tls {
            Some(TlsMode::Ca) => checks.keep("ca_pem", certificate(typed).map(Some)),
            _ => Some(None),
        };
        let code_page = checks.keep("code_page", code_page(typed.get("code_page")));
        let (Some(name), Some(site), Some(host), Some(tls), Some(port), Some(ca_pem), Some(code_page)) =
            (name, site, host, tls, port, ca_pem, code_page)
        else {
            return Err(checks.rejected());
        };
        Ok(Self {
            name,
            site: site.unwrap_or_default(),
            host,
            port,
            tls,
            ca_pem,
            allow_challenge: typed.is_ticked("allow_challenge"),
            listen: typed.is_ticked("listen"),
            code_page,
        })
    }
}

impl Credentials {
    /// From the fields `username` and `password`. RouterOS allows an empty password, so it is taken where `no_password`
    /// was ticked.
    ///
    /// # Errors
    /// When there is no user, or no password and that was not meant.
    pub fn read(typed: &Typed) -> Result<Self, Rejected<Problem>> {
        let mut checks = Checks::default();
        let username = checks.keep("username", line(typed.get("username"), 120));
        let password = typed.exactly("password");
        let password = match password {
            "" if !typed.is_ticked("no_password") => Err(BadText::Missing),
            long if long.chars().count() > 200 => Err(BadText::TooLong { most: 200 }),
            fine => Ok(SecretString::from(fine)),
        };
        match (username, checks.keep("password", password)) {
            (Some(username), Some(password)) => Ok(Self { username, password }),
            _ => Err(checks.rejected()),
        }
    }
}

/// The value in forms.
#[must_use]
pub fn tls_name(tls: TlsMode) -> &'static str {
    match tls {
        TlsMode::Pin => "pin",
        TlsMode::Ca => "ca",
        TlsMode::Off => "off",
    }
}

fn tls(typed: &str) -> Result<TlsMode, Problem> {
    [TlsMode::Pin, TlsMode::Ca, TlsMode::Off]
        .into_iter()
        .find(|mode| tls_name(*mode) == typed)
        .ok_or(Problem::NotAChoice)
}

/// A host name or an address, IPv6 with or without brackets. Whether it may be asked is decided when it is connected
/// to, after its name was resolved.
pub(in crate::domain) fn host(typed: &str) -> Result<String, Problem> {
    if typed.is_empty() {
        return Err(BadText::Missing.into());
    }
    let bare = typed
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'))
        .unwrap_or(typed);
    if let Ok(address) = bare.parse::<IpAddr>() {
        return Ok(address.to_string());
    }
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && label
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let name = typed.strip_suffix('.').unwrap_or(typed);
    // Four numbers that are no address are a typing error, not a name.
    let like_an_address = name.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    if name.len() > 253 || like_an_address || !name.split('.').all(label) {
        return Err(Problem::NotAHost);
    }
    Ok(name.to_ascii_lowercase())
}

/// Left empty, it is the service's usual port.
fn port(typed: &str, tls: Option<TlsMode>) -> Result<u16, Problem> {
    match typed {
        "" if tls == Some(TlsMode::Off) => Ok(PORT_PLAIN),
        "" => Ok(PORT_TLS),
        typed => typed.parse().ok().filter(|port| *port > 0).ok_or(Problem::NotAPort),
    }
}

fn code_page(typed: &str) -> Result<String, Problem> {
    match typed {
        "" => Ok(CODE_PAGE.to_owned()),
        typed => CodePage::named(typed)
            .map(|page| page.name().to_owned())
            .ok_or(Problem::NotACodePage),
    }
}

/// Looks only for the frame: whether it is a certificate is found out with the first connection, in better words.
fn certificate(typed: &Typed) -> Result<String, Problem> {
    let pem = block(typed.get("ca_pem"), 40_000)?;
    if pem.is_empty() {
        return Err(BadText::Missing.into());
    }
    let framed = pem.contains("-----BEGIN CERTIFICATE-----") && pem.contains("-----END CERTIFICATE-----");
    if framed { Ok(pem) } else { Err(Problem::NotACertificate) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(change: &[(&str, &str)]) -> Typed {
        let usual = [
            ("name", "edge-1"),
            ("site", "Berlin"),
            ("host", "r1.example.net"),
            ("tls", "pin"),
        ];
        let fields = change.iter().chain(&usual);
        Typed::new(fields.map(|(field, value)| ((*field).to_owned(), (*value).to_owned())))
    }

    #[test]
    fn the_usual_needs_neither_port_nor_code_page() {
        let setup = SetUp::read(&typed(&[])).unwrap();
        assert_eq!((setup.port, setup.code_page.as_str()), (8729, "windows-1252"));
        let plain = SetUp::read(&typed(&[("tls", "off")])).unwrap();
        assert_eq!(plain.port, 8728);
    }

    #[test]
    fn hosts_are_names_or_addresses_and_nothing_around_them() {
        for (given, kept) in [
            ("R1.Example.NET.", "r1.example.net"),
            ("192.0.2.1", "192.0.2.1"),
            ("[2001:DB8::1]", "2001:db8::1"),
            ("2001:db8::1", "2001:db8::1"),
            ("router", "router"),
        ] {
            assert_eq!(host(given).as_deref(), Ok(kept));
        }
        for wrong in [
            "https://r1.example",
            "r1:8729",
            "a b",
            "-r1",
            "300.1.1.1",
            "r1..net",
            "[::1",
            "a/b",
            "1.2.3",
        ] {
            assert_eq!(host(wrong), Err(Problem::NotAHost), "{wrong}");
        }
    }

    #[test]
    fn every_wrong_field_is_named_at_once() {
        let rejected = SetUp::read(&typed(&[
            ("name", ""),
            ("host", "a b"),
            ("port", "0"),
            ("tls", "ca"),
            ("code_page", "klingon"),
        ]))
        .unwrap_err();
        let fields: Vec<_> = rejected.0.iter().map(|(field, _)| *field).collect();
        assert_eq!(fields, ["name", "host", "port", "ca_pem", "code_page"]);
    }

    #[test]
    fn an_empty_password_must_be_meant() {
        let none = typed(&[("username", "api")]);
        assert_eq!(
            Credentials::read(&none).unwrap_err(),
            Rejected::one("password", BadText::Missing.into())
        );
        let meant = typed(&[("username", "api"), ("no_password", "yes")]);
        assert!(Credentials::read(&meant).is_ok());
    }
}
