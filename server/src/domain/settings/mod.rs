//! A tenant's own settings: its name, zone and currency, how often it polls, where its routers may lie. How it looks is
//! in `brand` and `logo`.
//!
//! Slug and host are the operator's to change: they decide which addresses lead here.

pub mod accent;
pub mod brand;
pub mod logo;
mod store;

pub use store::{change, may_set_ranges};

use chrono_tz::Tz;
use entity::tenant;
use ipnet::IpNet;

use super::links::retention;
use super::money::Currency;
use super::typed::{BadText, ChangeError, Checks, Rejected, line};

/// Why settings were not changed.
pub type Error = ChangeError<Reason>;

/// How often a tenant may poll, in seconds: whole parts of a slot.
pub const POLL_SECONDS: [i32; 4] = [60, 100, 150, 300];

/// What may be wrong with what was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The text itself.
    Text(BadText),
    /// No zone has this name.
    NotAZone,
    /// None of the choices.
    NotAChoice,
    /// No number of months that samples may be kept.
    Months,
    /// No currency has this code.
    NotACurrency,
    /// The currency has other minor units than that of the fees that so many links have.
    FeesInOtherUnits(u64),
    /// Not an address range in CIDR: which one.
    NotARange(String),
    /// A range that holds public, loopback or link-local addresses: which one.
    NotPrivate(String),
}

impl From<BadText> for Reason {
    fn from(bad: BadText) -> Self {
        Self::Text(bad)
    }
}

/// Settings as they were typed.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    pub name: String,
    pub zone: String,
    /// A code of ISO 4217.
    pub currency: String,
    pub poll_seconds: String,
    pub sample_months: String,
    /// With spaces, commas or lines between; none where they are not the tenant's to set; empty: the installation's.
    pub private_ranges: Option<String>,
}

/// Settings as they may be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    name: String,
    zone: Tz,
    currency: Currency,
    poll_seconds: i32,
    sample_months: i32,
    /// None: left as they are.
    private_ranges: Option<Vec<IpNet>>,
}

impl Draft {
    /// The settings as they are, as they would be typed.
    #[must_use]
    pub fn of(tenant: &tenant::Model) -> Self {
        Self {
            name: tenant.name.clone(),
            zone: tenant.zone.clone(),
            currency: tenant.currency.clone(),
            poll_seconds: tenant.poll_seconds.to_string(),
            sample_months: tenant.sample_months.to_string(),
            private_ranges: Some(tenant.private_ranges.clone().unwrap_or_default().replace(' ', "\n")),
        }
    }

    /// What was typed, if all of it can be taken.
    ///
    /// # Errors
    /// What can't, by field: `name`, `zone`, `currency`, `poll_seconds`, `sample_months`, `private_ranges`.
    pub fn check(&self) -> Result<Settings, Rejected<Reason>> {
        let mut checks = Checks::default();
        let name = checks.keep("name", line(&self.name, 120));
        let zone = checks.keep("zone", self.zone.trim().parse::<Tz>().map_err(|_| Reason::NotAZone));
        let currency = Currency::of(self.currency.trim()).ok_or(Reason::NotACurrency);
        let currency = checks.keep("currency", currency);
        let poll_seconds = self
            .poll_seconds
            .parse()
            .ok()
            .filter(|seconds| POLL_SECONDS.contains(seconds));
        let poll_seconds = checks.keep("poll_seconds", poll_seconds.ok_or(Reason::NotAChoice));
        let months = self.sample_months.trim().parse().ok();
        let months = months.filter(|months| retention::MONTHS.contains(months));
        let sample_months = checks.keep("sample_months", months.ok_or(Reason::Months));
        let ranges = self.private_ranges.as_deref().map(ranges).transpose();
        let private_ranges = checks.keep("private_ranges", ranges);
        match (name, zone, currency, poll_seconds, sample_months, private_ranges) {
            (Some(name), Some(zone), Some(currency), Some(poll_seconds), Some(sample_months), Some(private_ranges)) => {
                Ok(Settings {
                    name,
                    zone,
                    currency,
                    poll_seconds,
                    sample_months,
                    private_ranges,
                })
            }
            _ => Err(checks.rejected()),
        }
    }
}

/// Private ranges alone (RFC 1918, RFC 6598, RFC 4193): loopback and link-local addresses, where a cloud keeps its
/// metadata, are never open to routers, whoever allows them.
const PRIVATE: [&str; 5] = [
    "10.0.0.0/8",
    "172.16.0.0/12",
    "192.168.0.0/16",
    "100.64.0.0/10",
    "fc00::/7",
];

fn ranges(typed: &str) -> Result<Vec<IpNet>, Reason> {
    let private: Vec<IpNet> = PRIVATE.iter().filter_map(|range| range.parse().ok()).collect();
    let mut ranges = Vec::new();
    for word in typed
        .split([' ', ',', ';', '\n', '\r', '\t'])
        .filter(|word| !word.is_empty())
    {
        let range: IpNet = word.parse().map_err(|_| Reason::NotARange(word.to_owned()))?;
        if !private.iter().any(|known| known.contains(&range)) {
            return Err(Reason::NotPrivate(word.to_owned()));
        }
        ranges.push(range.trunc());
    }
    Ok(IpNet::aggregate(&ranges))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft() -> Draft {
        Draft {
            name: "Northbridge".to_owned(),
            zone: "Europe/Berlin".to_owned(),
            currency: "EUR".to_owned(),
            poll_seconds: "300".to_owned(),
            sample_months: "36".to_owned(),
            ..Draft::default()
        }
    }

    #[test]
    fn each_setting_is_checked_by_itself() {
        assert!(draft().check().is_ok());
        let wrong = Draft {
            name: String::new(),
            zone: "Berlin".to_owned(),
            currency: "XAU".to_owned(),
            poll_seconds: "90".to_owned(),
            sample_months: "12".to_owned(),
            private_ranges: Some("10.0.0.0/33".to_owned()),
        };
        let fields: Vec<_> = wrong
            .check()
            .unwrap_err()
            .0
            .into_iter()
            .map(|(field, _)| field)
            .collect();
        assert_eq!(
            fields,
            [
                "name",
                "zone",
                "currency",
                "poll_seconds",
                "sample_months",
                "private_ranges"
            ]
        );
    }

    #[test]
    fn private_ranges_are_private_and_aggregated() {
        let text = |ranges: Vec<IpNet>| ranges.iter().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(
            ranges("10.1.0.0/16, 10.0.0.9/16\n fd00::/8").map(text).unwrap(),
            ["10.0.0.0/15", "fd00::/8"]
        );
        assert_eq!(ranges(" "), Ok(vec![]));
        for public in [
            "8.8.8.0/24",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "0.0.0.0/0",
            "10.0.0.0/7",
            "::1/128",
            "fe80::/10",
        ] {
            assert_eq!(ranges(public), Err(Reason::NotPrivate(public.to_owned())));
        }
        assert_eq!(ranges("10.0.0.1"), Err(Reason::NotARange("10.0.0.1".to_owned())));
    }
}
