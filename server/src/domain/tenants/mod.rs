//! Tenants as the operator sees them: making one, and how many of what each has.
//!
//! What a tenant's own staff change of it is in `settings`.

mod store;

pub use store::{Overview, create, overview};

use chrono_tz::Tz;

use super::typed::{BadText, ChangeError, Checks, Rejected, line};

/// Why a tenant was not made.
pub type Error = ChangeError<Reason>;

/// What may be wrong with what was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Reason {
    /// The text itself.
    #[error("{0}")]
    Text(BadText),
    /// Not a short name.
    #[error("not 2 to 40 lower-case letters, digits and hyphens that begin with a letter")]
    NotASlug,
    /// Another tenant has the slug or the host.
    #[error("another tenant has this slug or host")]
    Taken,
    /// No zone has this name.
    #[error("no time zone has this name: give one as Europe/Berlin")]
    NotAZone,
    /// Not a host name.
    #[error("not a host name as portal.example.net, without a port")]
    NotAHost,
}

impl From<BadText> for Reason {
    fn from(bad: BadText) -> Self {
        Self::Text(bad)
    }
}

/// A tenant as it was typed.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    pub slug: String,
    pub name: String,
    /// IANA name.
    pub zone: String,
    /// Empty: any host, which works while there is one tenant.
    pub host: String,
}

/// A tenant as it may be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewTenant {
    slug: String,
    name: String,
    zone: Tz,
    host: Option<String>,
}

impl Draft {
    /// What was typed, if all of it can be taken.
    ///
    /// # Errors
    /// What can't, by field: `slug`, `name`, `zone`, `host`.
    pub fn check(&self) -> Result<NewTenant, Rejected<Reason>> {
        let mut checks = Checks::default();
        let slug = checks.keep("slug", slug(&self.slug));
        let name = checks.keep("name", line(&self.name, 120));
        let zone = checks.keep("zone", self.zone.trim().parse().map_err(|_| Reason::NotAZone));
        let host = checks.keep("host", host(&self.host));
        match (slug, name, zone, host) {
            (Some(slug), Some(name), Some(zone), Some(host)) => Ok(NewTenant { slug, name, zone, host }),
            _ => Err(checks.rejected()),
        }
    }
}

fn slug(typed: &str) -> Result<String, Reason> {
    let fits = (2..=40).contains(&typed.len())
        && typed.starts_with(|c: char| c.is_ascii_lowercase())
        && !typed.ends_with('-')
        && typed
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    if fits {
        Ok(typed.to_owned())
    } else {
        Err(Reason::NotASlug)
    }
}

fn host(typed: &str) -> Result<Option<String>, Reason> {
    let host = typed.trim().to_ascii_lowercase();
    if host.is_empty() {
        return Ok(None);
    }
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    if host.len() <= 253 && host.split('.').all(label) {
        Ok(Some(host))
    } else {
        Err(Reason::NotAHost)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_and_hosts_are_what_addresses_can_hold() {
        assert_eq!(slug("north-2"), Ok("north-2".to_owned()));
        for wrong in ["", "n", "2north", "North", "north-", "nörd", "a b"] {
            assert_eq!(slug(wrong), Err(Reason::NotASlug), "{wrong}");
        }
        assert_eq!(host(" Portal.Example.NET "), Ok(Some("portal.example.net".to_owned())));
        assert_eq!(host(""), Ok(None));
        for wrong in ["portal.example.net:8080", "https://portal", "a..b", "-a.b", "a_b"] {
            assert_eq!(host(wrong), Err(Reason::NotAHost), "{wrong}");
        }
    }
}
