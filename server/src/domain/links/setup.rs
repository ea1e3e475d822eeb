//! A link's set-up from what was typed: whose it is, where it is measured, what was promised.

use std::fmt;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use entity::{ClientId, RouterId, SlaProfileId, link::Faces};

use crate::domain::{
    board::Snapshot,
    calendar::local::{self, NoMoment},
    money::{Currency, Money},
    problem::Problem,
    typed::{BadText, Checks, Rejected, Typed, line, optional_line},
};

/// Products that most providers have; any other word may be typed.
pub const KINDS: [&str; 8] = [
    "ILL",
    "MPLS",
    "Broadband",
    "Dark fibre",
    "Wireless",
    "Ethernet",
    "VPN",
    "IP transit",
];

/// A committed bandwidth in bit/s, from 1 kbit/s to 100 Tbit/s. Written in Mbit/s, exactly.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Bandwidth(i64);

impl Bandwidth {
    const LEAST: i64 = 1_000;
    const MOST: i64 = 100_000_000_000_000;

    /// What the row of a link keeps.
    #[must_use]
    pub fn from_bps(bps: i64) -> Self {
        Self(bps)
    }

    /// In bit/s.
    #[must_use]
    pub fn bps(self) -> i64 {
        self.0
    }

    /// From a number of Mbit/s, or with a unit: `100`, `2.5 Gbit/s`, `512k`, `1,5G`.
    ///
    /// # Errors
    /// When it is no number with at most nine decimals, its unit is unknown, or it is out of range.
    pub fn read(typed: &str) -> Result<Self, Problem> {
        let typed = typed.trim();
        if typed.is_empty() {
            return Err(BadText::Missing.into());
        }
        let end = typed
            .find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',')
            .unwrap_or(typed.len());
        let (number, unit) = typed.split_at(end);
        let step = scale(unit.trim()).ok_or(Problem::NotABandwidth)?;
        let (whole, part) = number.split_once(['.', ',']).unwrap_or((number, ""));
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if (whole.is_empty() && part.is_empty()) || part.len() > 9 || !digits(whole) || !digits(part) {
            return Err(Problem::NotABandwidth);
        }
        // More digits than fit are far above the most.
        let whole: i128 = match whole {
            "" => 0,
            whole => whole.parse().map_err(|_| Problem::BandwidthOutOfRange)?,
        };
        let billionths: i128 = format!("{part:0<9}").parse().map_err(|_| Problem::NotABandwidth)?;
        let bps = whole.saturating_mul(step) + billionths * step / 1_000_000_000;
        i64::try_from(bps)
            .ok()
            .filter(|bps| (Self::LEAST..=Self::MOST).contains(bps))
            .map(Self)
            .ok_or(Problem::BandwidthOutOfRange)
    }
}

impl fmt::Display for Bandwidth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, part) = (self.0 / 1_000_000, self.0 % 1_000_000);
        if part == 0 {
            return write!(f, "{whole}");
        }
        let part = format!("{part:06}");
        write!(f, "{whole}.{}", part.trim_end_matches('0'))
    }
}

/// bit/s in one of the unit. Without a unit, Mbit/s is meant.
fn scale(unit: &str) -> Option<i128> {
    let unit = unit.to_ascii_lowercase();
    let prefix = ["bit/s", "bits/s", "bps", "b/s", "bit", "b"]
        .iter()
        .find_map(|end| unit.strip_suffix(end))
        .unwrap_or(&unit);
    match (prefix, unit.is_empty()) {
        ("", true) | ("m", _) => Some(1_000_000),
        ("", false) => Some(1),
        ("k", _) => Some(1_000),
        ("g", _) => Some(1_000_000_000),
        ("t", _) => Some(1_000_000_000_000),
        _ => None,
    }
}

/// Everything about a link but since when it counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetUp {
    pub client_id: ClientId,
    pub router_id: RouterId,
    pub name: String,
    pub reference: Option<String>,
    pub kind: String,
    pub interface_name: String,
    pub faces: Faces,
    pub down: Bandwidth,
    pub up: Bandwidth,
    pub sla_profile_id: Option<SlaProfileId>,
    pub ping_target: Option<String>,
    /// What the client pays a month, in the tenant's currency.
    pub monthly_fee: Option<Money>,
}

impl SetUp {
    /// From the fields `client`, `router`, `interface`, `name`, `reference`, `kind`, `faces`, `down`, `up`, `profile`,
    /// `ping` and `fee`. Clients, routers and profiles must be the tenant's and not archived.
    ///
    /// # Errors
    /// When a value is not possible.
    pub fn read(typed: &Typed, board: &Snapshot) -> Result<Self, Rejected<Problem>> {
        let mut checks = Checks::default();
        let client_id = checks.keep("client", client(typed.get("client"), board));
        let router_id = checks.keep("router", router(typed.get("router"), board));
        let interface_name = checks.keep("interface", line(typed.get("interface"), 120));
        let name = checks.keep("name", line(typed.get("name"), 120));
        let reference = checks.keep("reference", optional_line(typed.get("reference"), 80));
        let kind = checks.keep("kind", line(typed.get("kind"), 40));
        let faces = checks.keep("faces", faces(typed.get("faces")));
        let down = checks.keep("down", Bandwidth::read(typed.get("down")));
        let up = checks.keep("up", Bandwidth::read(typed.get("up")));
        let sla_profile_id = checks.keep("profile", profile(typed.get("profile"), board));
        let ping_target = checks.keep("ping", ping_target(typed.get("ping")));
        let currency = Currency::of_kept(&board.tenant.currency);
        let monthly_fee = checks.keep("fee", monthly_fee(typed.get("fee"), currency));
        let (Some(client_id), Some(router_id), Some(interface_name), Some(name), Some(reference), Some(kind)) =
            (client_id, router_id, interface_name, name, reference, kind)
        else {
            return Err(checks.rejected());
        };
        let (Some(faces), Some(down), Some(up), Some(sla_profile_id), Some(ping_target), Some(monthly_fee)) =
            (faces, down, up, sla_profile_id, ping_target, monthly_fee)
        else {
            return Err(checks.rejected());
        };
        Ok(Self {
            client_id,
            router_id,
            name,
            reference,
            kind,
            interface_name,
            faces,
            down,
            up,
            sla_profile_id,
            ping_target,
            monthly_fee,
        })
    }
}

/// The value in forms.
#[must_use]
pub fn faces_name(faces: Faces) -> &'static str {
    match faces {
        Faces::Customer => "customer",
        Faces::Network => "network",
    }
}

fn faces(typed: &str) -> Result<Faces, Problem> {
    [Faces::Customer, Faces::Network]
        .into_iter()
        .find(|faces| faces_name(*faces) == typed)
        .ok_or(Problem::NotAChoice)
}

fn client(typed: &str, board: &Snapshot) -> Result<ClientId, Problem> {
    let id = chosen(typed)?;
    let there = board.clients.get(&id).is_some_and(|row| row.archived_at.is_none());
    there.then_some(id).ok_or(Problem::NotAChoice)
}

fn router(typed: &str, board: &Snapshot) -> Result<RouterId, Problem> {
    let id = chosen(typed)?;
    let there = board.routers.get(&id);
    let there = there.is_some_and(|now| now.router.archived_at.is_none());
    there.then_some(id).ok_or(Problem::NotAChoice)
}

fn profile(typed: &str, board: &Snapshot) -> Result<Option<SlaProfileId>, Problem> {
    if typed.is_empty() {
        return Ok(None);
    }
    let id = chosen(typed)?;
    let there = board.profiles.get(&id);
    let there = there.is_some_and(|profile| profile.profile.archived_at.is_none());
    there.then_some(Some(id)).ok_or(Problem::NotAChoice)
}

fn chosen<I: std::str::FromStr>(typed: &str) -> Result<I, Problem> {
    match typed {
        "" => Err(BadText::Missing.into()),
        typed => typed.parse().map_err(|_| Problem::NotAChoice),
    }
}

/// The router itself resolves it, so any host that it may know will do.
fn ping_target(typed: &str) -> Result<Option<String>, Problem> {
    if typed.is_empty() {
        return Ok(None);
    }
    let possible = typed.len() <= 253
        && typed
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b':' | b'-' | b'_' | b'%'));
    possible.then(|| Some(typed.to_owned())).ok_or(Problem::NotAHost)
}

fn monthly_fee(typed: &str, currency: Currency) -> Result<Option<Money>, Problem> {
    match typed {
        "" => Ok(None),
        typed => Ok(Some(Money::read(typed, currency)?)),
    }
}

/// A date and time on the wall clock of `zone`. An hour that comes twice is the first, one that is skipped is the moment
/// after the gap.
///
/// # Errors
/// When nothing was typed or it is no date and time of the years that are kept.
pub fn moment(typed: &str, zone: Tz) -> Result<DateTime<Utc>, Problem> {
    if typed.is_empty() {
        return Err(BadText::Missing.into());
    }
    local::first_moment(typed, zone).map_err(|reason| match reason {
        NoMoment::OutOfRange => Problem::DateOutOfRange,
        _ => Problem::NotATime,
    })
}

#[cfg(test)]
mod tests {
    use chrono::TimeZone;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn bandwidths_are_megabits_unless_they_say_otherwise() {
        for (typed, bps) in [
            ("100", 100_000_000),
            ("2.5", 2_500_000),
            ("1,5 G", 1_500_000_000),
            ("512k", 512_000),
            ("10 Gbit/s", 10_000_000_000),
            ("64000 bit/s", 64_000),
            ("50mbps", 50_000_000),
            (".5", 500_000),
        ] {
            assert_eq!(Bandwidth::read(typed).map(Bandwidth::bps), Ok(bps), "{typed}");
        }
        for wrong in ["ten", "1..5", "-3", "5 parsecs", ".", "1e6", "1.0000000001"] {
            assert_eq!(Bandwidth::read(wrong), Err(Problem::NotABandwidth), "{wrong}");
        }
        for out in ["0", "0.0001", "101T", "99999999999999999999999999999999999999999"] {
            assert_eq!(Bandwidth::read(out), Err(Problem::BandwidthOutOfRange), "{out}");
        }
    }

    proptest! {
        #[test]
        fn a_bandwidth_that_is_shown_reads_back_as_itself(bps in Bandwidth::LEAST..=Bandwidth::MOST) {
            let shown = Bandwidth(bps).to_string();
            prop_assert_eq!(Bandwidth::read(&shown), Ok(Bandwidth(bps)));
        }

        #[test]
        fn no_input_breaks_the_readers(typed in ".{0,40}") {
            let _ = Bandwidth::read(&typed);
            let _ = moment(&typed, Tz::Europe__Berlin);
        }
    }

    #[test]
    fn moments_are_on_the_wall_clock_of_their_zone() {
        let berlin = Tz::Europe__Berlin;
        let winter = Utc.with_ymd_and_hms(2026, 11, 21, 8, 30, 0).unwrap();
        assert_eq!(moment("2026-11-21T09:30", berlin), Ok(winter));
        assert_eq!(local::typed(winter, berlin), "2026-11-21T09:30");
        assert_eq!(moment("tomorrow", berlin), Err(Problem::NotATime));
        // Skipped: the clock went from 02:00 to 03:00.
        let after_the_gap = Utc.with_ymd_and_hms(2026, 3, 29, 1, 0, 0).unwrap();
        assert_eq!(moment("2026-03-29T02:30", berlin), Ok(after_the_gap));
    }
}
