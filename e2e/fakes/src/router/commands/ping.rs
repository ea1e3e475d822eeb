//! `/ping`: one row an echo, statistics that add up from row to row.

use std::net::IpAddr;
use std::time::Duration;

use tokio::time::{Instant, sleep_until};

use super::{Outcome, Outlet, Stream};
use crate::router::format;
use crate::router::reply::{End, Row, Trap};
use crate::router::request::Request;
use crate::router::server::Shared;
use crate::router::spec::Behaviour;

/// A ping that is running.
pub(crate) struct Ping {
    address: String,
    /// `None` goes on until cancelled.
    count: Option<u64>,
    interval: Duration,
    size: u64,
    ttl: u64,
    micros: bool,
    statistics: Statistics,
}

#[derive(Default)]
struct Statistics {
    sent: u64,
    received: u64,
    sum_us: u64,
    min_us: Option<u64>,
    max_us: u64,
}

/// What became of one echo.
enum Echo {
    Back { rtt_us: u64, copies: u32 },
    Lost,
    Refused { status: String, from: String },
}

pub(crate) fn ping(shared: &Shared, request: &Request) -> Result<Outcome, Trap> {
    let version = shared.device().spec.version;
    let route = if version.is_v7() { "vrf" } else { "routing-table" };
    request.accepts(&[
        "address",
        "count",
        "interval",
        "size",
        "ttl",
        "src-address",
        "do-not-fragment",
        "interface",
        ".proplist",
        route,
    ])?;
    let address = request.text("address").unwrap_or_default();
    if address.parse::<IpAddr>().is_err() {
        return Err(Trap::argument("invalid value for argument address"));
    }
    let number = |name: &'static str, default: u64| match request.text(name) {
        None => Ok(default),
        Some(text) => text
            .parse::<u64>()
            .map_err(|_| Trap::argument(format!("invalid value for argument {name}"))),
    };
    let count = match number("count", 0)? {
        0 => None,
        count => Some(count),
    };
    let interval_us = match request.text("interval") {
        None => 1_000_000,
        Some(text) => format::parse_duration(&text)
            .filter(|us| (10_000..=5_000_000).contains(us))
            .ok_or_else(|| Trap::argument("value of interval out of range (00:00:00.010 .. 5)"))?,
    };
    Ok(Outcome::Stream(Stream::Ping(Ping {
        address,
        count,
        interval: Duration::from_micros(interval_us),
        size: number("size", 56)?,
        ttl: number("ttl", 64)?,
        micros: version.is_v7(),
        statistics: Statistics::default(),
    })))
}

impl Ping {
    pub(crate) async fn run(mut self, shared: &Shared, mut outlet: Outlet) {
        let began = Instant::now();
        let mut seq = 0;
        while self.count.is_none_or(|count| seq < count) {
            let sent_at = began + self.interval * u32::try_from(seq).unwrap_or(u32::MAX);
            sleep_until(sent_at).await;
            let echo = self.send(shared);
            let pause = match &echo {
                Echo::Back { rtt_us, .. } => Duration::from_micros(*rtt_us),
                Echo::Lost => self.interval,
                Echo::Refused { .. } => Duration::from_millis(2),
            };
            sleep_until(sent_at + pause).await;
            for row in self.rows(seq, echo) {
                if !outlet.row(&row).await {
                    return;
                }
            }
            seq += 1;
        }
        outlet.end(&End::Done).await;
    }

    fn send(&self, shared: &Shared) -> Echo {
        let now = shared.clock.now_ms();
        let (latency, copies) = match shared.device().behaviour_of(&self.address) {
            Behaviour::Silent | Behaviour::Late => return Echo::Lost,
            Behaviour::Unreachable { status, from } => return Echo::Refused { status, from },
            Behaviour::Answers(latency) => (latency, 1),
            Behaviour::Duplicates { latency, copies } => (latency, copies),
        };
        // The count of echoes keeps two of the same millisecond apart when the clock stands.
        let rtt_us = latency.at(now + self.statistics.sent as i64).map(u64::from);
        match rtt_us {
            Some(rtt_us) if Duration::from_micros(rtt_us) < self.interval => Echo::Back { rtt_us, copies },
            _ => Echo::Lost,
        }
    }

    fn rows(&mut self, seq: u64, echo: Echo) -> Vec<Row> {
        self.statistics.sent += 1;
        match echo {
            Echo::Back { rtt_us, copies } => {
                let mut rows = Vec::new();
                for _ in 0..copies {
                    self.statistics.take(rtt_us);
                    let mut row = start(seq, &self.address);
                    row.push_number("size", self.size);
                    row.push_number("ttl", self.ttl.saturating_sub(4));
                    row.push("time", format::round_trip(rtt_us, self.micros));
                    self.statistics.push(&mut row, self.micros);
                    rows.push(row);
                }
                rows
            }
            Echo::Lost => {
                let mut row = start(seq, &self.address);
                row.push("status", "timeout");
                self.statistics.push(&mut row, self.micros);
                vec![row]
            }
            Echo::Refused { status, from } => {
                let mut row = start(seq, &from);
                // The size and the remaining life of the complaint, not of the echo.
                row.push("size", "84");
                row.push("ttl", "64");
                row.push("status", status);
                self.statistics.push(&mut row, self.micros);
                vec![row]
            }
        }
    }
}

fn start(seq: u64, host: &str) -> Row {
    let mut row = Row::default();
    row.push_number("seq", seq);
    row.push("host", host);
    row
}

impl Statistics {
    fn take(&mut self, rtt_us: u64) {
        self.received += 1;
        self.sum_us += rtt_us;
        self.min_us = Some(self.min_us.map_or(rtt_us, |least| least.min(rtt_us)));
        self.max_us = self.max_us.max(rtt_us);
    }

    fn push(&self, row: &mut Row, micros: bool) {
        let (sent, received) = (self.sent as i64, self.received as i64);
        row.push_number("sent", sent);
        row.push_number("received", received);
        row.push_number("packet-loss", ((sent - received) * 100).div_euclid(sent));
        if let Some(least) = self.min_us {
            let average = self.sum_us / self.received;
            row.push("min-rtt", format::round_trip(least, micros));
            row.push("avg-rtt", format::round_trip(average, micros));
            row.push("max-rtt", format::round_trip(self.max_us, micros));
        }
    }
}
