//! What a router is when it starts: chosen by a test, or made up from a seed.

use crate::certificate::SelfSigned;
use crate::noise;
use crate::traffic::{Both, Latency, Shape, Traffic};

/// A release of RouterOS, for what differs between them on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Version {
    /// 6.40.9: login by challenge only, whole milliseconds.
    V6_40,
    /// 6.49.10: login with the password, otherwise like 6.40.
    V6_49,
    /// 7.4.1: microseconds, `vrf` in place of `routing-table`, dates as in 6.
    V7_4,
    /// 7.18.2: ISO dates and `!empty`.
    V7_18,
}

impl Version {
    /// Every version, for fleets and tests.
    pub const ALL: [Self; 4] = [Self::V6_40, Self::V6_49, Self::V7_4, Self::V7_18];

    /// As `/system/resource` writes it.
    pub fn text(self) -> &'static str {
        match self {
            Self::V6_40 => "6.40.9 (bugfix)",
            Self::V6_49 => "6.49.10 (long-term)",
            Self::V7_4 => "7.4.1 (stable)",
            Self::V7_18 => "7.18.2 (stable)",
        }
    }

    /// The number alone, as on a command line: `6.40`, `6.49`, `7.4`, `7.18`.
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "6.40" => Some(Self::V6_40),
            "6.49" => Some(Self::V6_49),
            "7.4" => Some(Self::V7_4),
            "7.18" => Some(Self::V7_18),
            _ => None,
        }
    }

    pub(crate) fn is_v7(self) -> bool {
        matches!(self, Self::V7_4 | Self::V7_18)
    }

    pub(crate) fn iso_dates(self) -> bool {
        self == Self::V7_18
    }

    pub(crate) fn says_empty(self) -> bool {
        self == Self::V7_18
    }
}

/// The hardware.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Board {
    /// `board-name`.
    pub name: String,
    /// `architecture-name` and `cpu`.
    pub architecture: String,
    /// Cores.
    pub cpu_count: u32,
    /// Memory in octets.
    pub memory: u64,
    /// Switches leave out `rx-error` and `rx-drop`.
    pub is_switch: bool,
}

impl Board {
    /// A router of the kind that providers put at their edge.
    pub fn ccr2004() -> Self {
        Self {
            name: "CCR2004-1G-12S+2XS".to_owned(),
            architecture: "arm64".to_owned(),
            cpu_count: 4,
            memory: 4_227_858_432,
            is_switch: false,
        }
    }

    /// A switch.
    pub fn crs326() -> Self {
        Self {
            name: "CRS326-24G-2S+".to_owned(),
            architecture: "arm".to_owned(),
            cpu_count: 1,
            memory: 536_870_912,
            is_switch: true,
        }
    }
}

/// One interface as it is at the start.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InterfaceSpec {
    /// What the provider calls it.
    pub name: String,
    /// What the factory calls it; virtual interfaces have none.
    pub default_name: Option<String>,
    /// `ether`, `vlan`, …
    pub kind: String,
    /// Hardware address.
    pub mac: [u8; 6],
    /// In octets.
    pub mtu: u32,
    /// Bytes, in whatever code page; empty for none.
    pub comment: Vec<u8>,
    /// Switched off by the provider.
    pub disabled: bool,
    /// Link up. An interface that starts down was never up and has no stamps.
    pub running: bool,
    /// What flows while it is up; `None` for nothing at all.
    pub traffic: Option<Traffic>,
    /// Counters at `counted_from_ms`.
    pub octets: Both,
    /// Since when `traffic` has been counted, in Unix milliseconds; the start when `None`. A
    /// history made with the same [`Traffic`] goes on without a seam when both say the same.
    pub counted_from_ms: Option<i64>,
    /// `link-downs` at the start.
    pub link_downs: u64,
    /// Errors and drops in a million packets.
    pub error_ppm: u32,
}

impl InterfaceSpec {
    /// An Ethernet port `etherN` that is up and silent.
    pub fn ether(number: u8) -> Self {
        let name = format!("ether{number}");
        Self {
            default_name: Some(name.clone()),
            name,
            kind: "ether".to_owned(),
            mac: [0xd4, 0xca, 0x6d, 0, 0, number],
            mtu: 1_500,
            comment: Vec::new(),
            disabled: false,
            running: true,
            traffic: None,
            octets: Both::default(),
            counted_from_ms: None,
            link_downs: 0,
            error_ppm: 0,
        }
    }

    /// The same port with traffic on it.
    pub fn carrying(self, traffic: Traffic) -> Self {
        Self {
            traffic: Some(traffic),
            ..self
        }
    }
}

/// How an address answers to `/ping`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Behaviour {
    /// Echoes, with the loss of the [`Latency`].
    Answers(Latency),
    /// Never answers.
    Silent,
    /// Answers, but only after the interval is over, which counts as lost.
    Late,
    /// Each echo comes back so many times, so that `packet-loss` goes below zero.
    Duplicates {
        /// When the copies come.
        latency: Latency,
        /// Answers to one echo, 2 or more.
        copies: u32,
    },
    /// Another host complains.
    Unreachable {
        /// `net unreachable`, `host unreachable`, `TTL exceeded`, `no route to host`.
        status: String,
        /// Who says so.
        from: String,
    },
}

/// An address that can be pinged. All others are silent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PingTarget {
    /// IPv4 or IPv6, as text.
    pub address: String,
    /// How it answers while the interface is up.
    pub behaviour: Behaviour,
    /// The name (at the start) of the interface behind which it lies: while that one is down,
    /// disabled or gone, it is silent.
    pub via: Option<String>,
    /// The provider has a `/tool/netwatch` line for it.
    pub netwatch: bool,
}

/// A router as it is at the start.
#[derive(Clone, Debug)]
pub struct RouterSpec {
    /// Decides everything that is not said.
    pub seed: u64,
    /// `/system/identity`, bytes.
    pub identity: Vec<u8>,
    /// What it runs.
    pub version: Version,
    /// What it runs on.
    pub board: Board,
    /// The only account.
    pub user: String,
    /// Its password.
    pub password: String,
    /// Port on 127.0.0.1 of the plain API, 0 for any; `None` for no plain API.
    pub plain_port: Option<u16>,
    /// Port on 127.0.0.1 of the API over TLS, 0 for any; `None` for no TLS.
    pub tls_port: Option<u16>,
    /// What the TLS port shows; `None` for a new one.
    pub certificate: Option<SelfSigned>,
    /// How long it has been running at the start, in milliseconds.
    pub uptime_ms: i64,
    /// `time-zone-name`.
    pub zone: String,
    /// `gmt-offset`, in minutes east of UTC.
    pub gmt_offset_minutes: i32,
    /// In the router's order.
    pub interfaces: Vec<InterfaceSpec>,
    /// What answers to pings.
    pub targets: Vec<PingTarget>,
}

impl RouterSpec {
    /// A 7.18 router with a plain API on any port, user `mainstay`, password `secret`, and no
    /// interface yet.
    pub fn new(identity: &str) -> Self {
        Self {
            seed: 1,
            identity: identity.as_bytes().to_vec(),
            version: Version::V7_18,
            board: Board::ccr2004(),
            user: "mainstay".to_owned(),
            password: "secret".to_owned(),
            plain_port: Some(0),
            tls_port: None,
            certificate: None,
            uptime_ms: 12 * 86_400_000,
            zone: "UTC".to_owned(),
            gmt_offset_minutes: 0,
            interfaces: Vec::new(),
            targets: Vec::new(),
        }
    }

    /// The router `index` of the fleet `seed`, with so many links (at most 200), each with a ping
    /// target `10.x.y.N` behind it. The same arguments give the same router.
    pub fn generated(seed: u64, index: u32, links: u8) -> Self {
        let seed = noise::hash(seed, u64::from(index));
        let pick = |n, limit: usize| noise::below(seed, n, limit as u64) as usize;
        let number = u64::from(index);
        let (x, y) = (number / 256 % 256, number % 256);
        let gmt_offset_minutes = [0, 60, 120, 330, -300][pick(1, 5)];
        let is_switch = pick(3, 8) == 0;
        let mut spec = Self {
            seed,
            version: [Version::V6_49, Version::V7_4, Version::V7_18][pick(2, 3)],
            board: if is_switch { Board::crs326() } else { Board::ccr2004() },
            uptime_ms: 86_400_000 + pick(4, 90 * 86_400_000) as i64,
            zone: [
                "UTC",
                "Europe/Berlin",
                "Europe/Athens",
                "Asia/Kolkata",
                "America/New_York",
            ][pick(1, 5)]
            .to_owned(),
            gmt_offset_minutes,
            ..Self::new(&format!("edge-{index:04}"))
        };
        for link in 1..=links.min(200) {
            let seed = noise::hash(seed, u64::from(link) << 8);
            let megabit = [10, 50, 100, 200, 500, 1_000][pick(u64::from(link) + 100, 6)];
            let shape = Shape::ALL[pick(u64::from(link) + 400, Shape::ALL.len())];
            let ceiling_bps = Both {
                rx: megabit * 1_000_000,
                tx: megabit * 1_000_000,
            };
            let traffic = Traffic {
                seed,
                shape,
                ceiling_bps,
                utc_offset_minutes: gmt_offset_minutes,
                growth: None,
            };
            let latency = Latency {
                seed,
                base_us: 800 + noise::below(seed, 1, 12_000) as u32,
                jitter_us: 200 + noise::below(seed, 2, 3_000) as u32,
                loss_ppm: [0, 0, 0, 500, 2_000][noise::below(seed, 3, 5) as usize],
                shape,
                utc_offset_minutes: gmt_offset_minutes,
            };
            let name = format!("ether{link}");
            let past_octets = |n| noise::below(seed, n, megabit * 4_000_000_000);
            spec.interfaces.push(InterfaceSpec {
                mac: [0xd4, 0xca, 0x6d, x as u8, y as u8, link],
                comment: format!("Customer {}", 1_000 * number + u64::from(link)).into_bytes(),
                octets: Both {
                    rx: past_octets(4),
                    tx: past_octets(5),
                },
                link_downs: noise::below(seed, 6, 9),
                ..InterfaceSpec::ether(link).carrying(traffic)
            });
            spec.targets.push(PingTarget {
                address: format!("10.{x}.{y}.{link}"),
                behaviour: Behaviour::Answers(latency),
                via: Some(name),
                netwatch: false,
            });
        }
        spec
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_makes_the_same_router() {
        let one = RouterSpec::generated(9, 300, 10);
        let again = RouterSpec::generated(9, 300, 10);
        let other = RouterSpec::generated(9, 301, 10);
        assert_eq!(one.interfaces, again.interfaces);
        assert_eq!(one.targets, again.targets);
        assert_ne!(one.interfaces, other.interfaces);
        assert_eq!(one.targets[9].address, "10.1.44.10");
    }
}
