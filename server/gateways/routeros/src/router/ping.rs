//! Pings that the router sends: the latency and loss of what lies behind it.
//!
//! Loss and jitter are the caller's to calculate, from the probes. The router's own `packet-loss` is
//! rounded and can be negative.

use crate::row::{Row, Text};
use crate::{Client, CodePage, Command, Error, Reply};
use std::collections::VecDeque;
use std::net::IpAddr;
use std::time::Duration;

/// What to ping.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PingRequest {
    /// An address, or a name that the router resolves.
    pub address: String,
    /// Probes, 1 to [`PingRequest::MOST`].
    pub count: u32,
    /// Between two probes, 10 ms to 5 s, in whole milliseconds. A reply that takes longer is lost.
    pub interval: Duration,
    pub source: Option<IpAddr>,
    pub table: Option<Table>,
}

/// By which table the router sends the probes. A router refuses the word of the other generation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Table {
    /// RouterOS 6.
    RoutingTable(String),
    /// RouterOS 7.
    Vrf(String),
}

/// The outcome of a ping.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ping {
    /// Probes that the router sent: fewer than asked for if it was interrupted.
    pub sent: u32,
    /// Probes that were answered, never more than were sent.
    pub received: u32,
    /// One per probe sent, in order; `None` where no answer came. RouterOS 6 knows whole milliseconds
    /// only, so a short way reads 0.
    pub rtts: Vec<Option<Duration>>,
    pub min: Option<Duration>,
    pub avg: Option<Duration>,
    pub max: Option<Duration>,
    /// Why probes got no answer, where the router says so.
    pub statuses: Vec<PingStatus>,
}

/// Why one probe got no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PingStatus {
    /// From 0.
    pub seq: u32,
    /// Who complained: some router on the way, or the address itself for a time-out.
    pub host: Option<Text>,
    /// Such as `timeout`, `net unreachable`, `TTL exceeded`.
    pub status: Text,
}

impl PingRequest {
    /// The most probes in one request.
    pub const MOST: u32 = 1000;

    /// Five probes, 200 ms apart.
    pub fn new(address: impl Into<String>) -> Self {
        Self {
            address: address.into(),
            count: 5,
            interval: Duration::from_millis(200),
            source: None,
            table: None,
        }
    }

    fn command(&self, idle: Duration) -> Result<Command, Error> {
        let allowed = Duration::from_millis(10)..=Duration::from_secs(5);
        if !(1..=Self::MOST).contains(&self.count) || !allowed.contains(&self.interval) {
            return Err(Error::InvalidRequest {
                detail: "a ping takes 1 to 1000 probes, 10 ms to 5 s apart".to_owned(),
            });
        }
        let mut command = Command::new("/ping")
            .with("address", &self.address)
            .with("count", self.count.to_string())
            .with("interval", format!("{}ms", self.interval.as_millis()))
            // Each probe takes its interval, answered or not.
            .idle(self.interval + idle)
            .whole(self.interval * self.count + idle);
        if let Some(source) = self.source {
            command = command.with("src-address", source.to_string());
        }
        Ok(match &self.table {
            None => command,
            Some(Table::RoutingTable(name)) => command.with("routing-table", name),
            Some(Table::Vrf(name)) => command.with("vrf", name),
        })
    }
}

impl Client {
    /// Pings once. Takes about `count` times `interval`.
    pub async fn ping(&self, request: &PingRequest) -> Result<Ping, Error> {
        let command = request.command(self.options().timeouts.idle)?;
        let reply = self.run(command).await?;
        Ping::read(&reply, request.count, self.code_page())
    }

    /// Runs many pings, `at_once` at a time (4 to 8 suit most routers), and answers in their order. A
    /// refused one harms no other.
    pub async fn pings(&self, batch: &[PingRequest], at_once: usize) -> Vec<Result<Ping, Error>> {
        let mut outcomes = Vec::with_capacity(batch.len());
        let mut begun = VecDeque::new();
        let mut next = batch.iter();
        // Pings of one batch take about the same time, so waiting for the oldest wastes little.
        loop {
            while begun.len() < at_once.max(1)
                && let Some(request) = next.next()
            {
                let pending = match request.command(self.options().timeouts.idle) {
                    Ok(command) => self.begin(command).await,
                    Err(error) => Err(error),
                };
                begun.push_back((request, pending));
            }
            let Some((request, pending)) = begun.pop_front() else {
                return outcomes;
            };
            let reply = match pending {
                Ok(pending) => pending.reply().await,
                Err(error) => Err(error),
            };
            let code_page = self.code_page();
            outcomes.push(reply.and_then(|reply| Ping::read(&reply, request.count, code_page)));
        }
    }
}

impl Ping {
    /// Reads the rows of `/ping`. The statistics are cumulative: the last row's count.
    fn read(reply: &Reply, count: u32, code_page: CodePage) -> Result<Self, Error> {
        let last = reply.rows.last().ok_or_else(|| Error::missing("any ping"))?;
        let sent = number(last, b"sent")?.ok_or_else(|| Error::missing("the probes sent"))?;
        let received = number(last, b"received")?.ok_or_else(|| Error::missing("the replies"))?;
        if sent > count {
            return Err(Error::UnexpectedValue {
                property: "sent".to_owned(),
                value: format!("{sent} of {count}"),
            });
        }
        let mut ping = Self {
            sent,
            // Duplicates are counted by the router.
            received: received.min(sent),
            rtts: vec![None; sent as usize],
            min: last.duration(b"min-rtt")?,
            avg: last.duration(b"avg-rtt")?,
            max: last.duration(b"max-rtt")?,
            statuses: Vec::new(),
        };
        for (place, row) in reply.rows.iter().enumerate() {
            let place = u32::try_from(place).unwrap_or(u32::MAX);
            let seq = number(row, b"seq")?.unwrap_or(place);
            let time = row.duration(b"time")?;
            // A duplicate comes later and says less.
            if let Some(rtt @ None) = ping.rtts.get_mut(seq as usize) {
                *rtt = time;
            }
            if let (None, Some(status)) = (time, row.name(b"status", code_page)) {
                ping.statuses.push(PingStatus {
                    seq,
                    host: row.name(b"host", code_page),
                    status,
                });
            }
        }
        Ok(ping)
    }
}

fn number(row: &Row, name: &[u8]) -> Result<Option<u32>, Error> {
    row.read(name, |value| u32::try_from(crate::value::counter(value)?).ok())
}
