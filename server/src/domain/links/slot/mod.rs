//! Slots and samples: what is kept of a link for each 5-minute step.
//!
//! Where samples are stored, and how they are packed into blocks, is not here.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::super::sla::intervals::Interval;

/// One 5-minute step, counted from the Unix epoch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slot(i32);

/// A sample that claims to come from the future (R14).
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("dated more than one slot in the future")]
pub struct FromTheFuture;

impl Slot {
    pub const SECONDS: i64 = 300;

    /// Any number of slots since (or before) 1970: an `i32` of them spans
    /// 20,000 years each way, so no slot is out of a calendar's range.
    pub fn from_number(number: i32) -> Self {
        Self(number)
    }

    /// The slot that holds `instant`, which is the collector's UTC.
    pub fn from_instant(instant: DateTime<Utc>) -> Self {
        Self::from_second(instant.timestamp())
    }

    /// The slot that holds a Unix second.
    pub fn from_second(second: i64) -> Self {
        let number = second.div_euclid(Self::SECONDS);
        Self(number.clamp(i32::MIN.into(), i32::MAX.into()) as i32)
    }

    /// The slot of a sample that is dated `instant` and arrives at `now`. Late
    /// ones are welcome, those from the future are not.
    pub fn accept(instant: DateTime<Utc>, now: DateTime<Utc>) -> Result<Self, FromTheFuture> {
        let slot = Self::from_instant(instant);
        if slot > Self::from_instant(now).plus(1) {
            return Err(FromTheFuture);
        }
        Ok(slot)
    }

    pub fn number(self) -> i32 {
        self.0
    }

    pub fn start(self) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::seconds(self.interval().start())
    }

    pub fn end(self) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::seconds(self.interval().end())
    }

    pub fn interval(self) -> Interval {
        let start = i64::from(self.0) * Self::SECONDS;
        Interval::new(start, start + Self::SECONDS)
    }

    /// Whether any second of it is in `span`.
    pub fn touches(self, span: Interval) -> bool {
        !self.interval().intersect(span).is_empty()
    }

    /// The slot `slots` later, or earlier if negative.
    pub fn plus(self, slots: i32) -> Self {
        Self(self.0.saturating_add(slots))
    }
}

impl From<Slot> for Interval {
    fn from(slot: Slot) -> Self {
        slot.interval()
    }
}

/// What the poll of a slot found. No sample at all means that nobody looked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SampleState {
    Up,
    Down,
    /// Switched off by the provider.
    Disabled,
    /// The collector asked, and the router did not answer.
    Unknown,
}

impl SampleState {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Up, Self::Down, Self::Disabled, Self::Unknown];

    /// The word in files and in the history of changes.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Up => "up",
            Self::Down => "down",
            Self::Disabled => "disabled",
            Self::Unknown => "unknown",
        }
    }

    /// Of two polls in one slot: down beats up beats unknown (R15). Switched
    /// off for a part of the slot is less than a service that was seen.
    fn weight(self) -> u8 {
        match self {
            Self::Down => 3,
            Self::Up => 2,
            Self::Disabled => 1,
            Self::Unknown => 0,
        }
    }
}

/// What an interface has counted, in total or since another reading. `None`
/// is not zero: the router does not tell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counters {
    pub rx_octets: Option<u64>,
    pub tx_octets: Option<u64>,
    pub rx_packets: Option<u64>,
    pub tx_packets: Option<u64>,
    pub rx_errors: Option<u64>,
    pub tx_errors: Option<u64>,
    pub rx_drops: Option<u64>,
    pub tx_drops: Option<u64>,
}

impl Counters {
    /// Calculates each counter from its two readings.
    pub(super) fn zip(self, other: Self, each: impl Fn(Option<u64>, Option<u64>) -> Option<u64>) -> Self {
        Self {
            rx_octets: each(self.rx_octets, other.rx_octets),
            tx_octets: each(self.tx_octets, other.tx_octets),
            rx_packets: each(self.rx_packets, other.rx_packets),
            tx_packets: each(self.tx_packets, other.tx_packets),
            rx_errors: each(self.rx_errors, other.rx_errors),
            tx_errors: each(self.tx_errors, other.tx_errors),
            rx_drops: each(self.rx_drops, other.rx_drops),
            tx_drops: each(self.tx_drops, other.tx_drops),
        }
    }

    /// Errors of both directions, known as far as one of them is.
    pub fn errors(&self) -> Option<u64> {
        either(self.rx_errors, self.tx_errors, u64::saturating_add)
    }

    /// Drops of both directions, likewise.
    pub fn drops(&self) -> Option<u64> {
        either(self.rx_drops, self.tx_drops, u64::saturating_add)
    }

    /// Which directions are known, received and sent.
    fn directions(self) -> (bool, bool) {
        (self.rx_octets.is_some(), self.tx_octets.is_some())
    }
}

/// Round-trip times of the replies in a slot, in microseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Latency {
    pub min_us: u32,
    pub avg_us: u32,
    pub max_us: u32,
}

/// Mean absolute difference between the round-trip times of consecutive
/// replies (R17), and how many differences that is the mean of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Jitter {
    pub mean_us: u32,
    pub differences: u32,
}

impl Jitter {
    /// From round-trip times in microseconds, in the order of the replies;
    /// `None` for fewer than two.
    pub fn of(round_trips_us: &[u32]) -> Option<Self> {
        let differences = u32::try_from(round_trips_us.len().checked_sub(1)?).ok()?;
        let sum: u64 = round_trips_us
            .windows(2)
            .map(|pair| u64::from(pair[0].abs_diff(pair[1])))
            .sum();
        Some(Self {
            mean_us: rounded_mean(sum.into(), differences)?,
            differences,
        })
    }
}

impl Latency {
    /// From round-trip times in microseconds; `None` without a reply.
    pub fn of(round_trips_us: &[u32]) -> Option<Self> {
        let sum: u64 = round_trips_us.iter().copied().map(u64::from).sum();
        Some(Self {
            min_us: *round_trips_us.iter().min()?,
            avg_us: rounded_mean(sum.into(), u32::try_from(round_trips_us.len()).ok()?)?,
            max_us: *round_trips_us.iter().max()?,
        })
    }
}

/// What is kept of one link for one slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sample {
    pub slot: Slot,
    pub state: SampleState,
    /// Counted since the last poll.
    pub counters: Counters,
    /// Seconds, on the collector's clock, that the octets cover; `None` when
    /// no rate can be taken from them (R11, R12).
    pub rate_seconds: Option<u32>,
    pub latency: Option<Latency>,
    pub jitter: Option<Jitter>,
    pub probes_sent: u32,
    /// Never more than were sent: duplicates are not replies.
    pub probes_received: u32,
    /// How often the link went down since the last poll, if the router tells.
    pub flaps: Option<u32>,
    /// Seconds down between polls, where they are proven exactly.
    pub down_seconds: Option<u32>,
}

impl Sample {
    /// A sample that tells a state and nothing else.
    pub fn new(slot: Slot, state: SampleState) -> Self {
        Self {
            slot,
            state,
            counters: Counters::default(),
            rate_seconds: None,
            latency: None,
            jitter: None,
            probes_sent: 0,
            probes_received: 0,
            flaps: None,
            down_seconds: None,
        }
    }
}

/// Two polls of the same slot as one sample (R15), in either order. The slot
/// is the first one's.
pub fn merge(a: Sample, b: Sample) -> Sample {
    let state = if a.state.weight() >= b.state.weight() {
        a.state
    } else {
        b.state
    };
    Sample {
        slot: a.slot,
        state,
        counters: a.counters.zip(b.counters, |x, y| either(x, y, u64::saturating_add)),
        rate_seconds: merged_rate_seconds(&a, &b),
        latency: either(a.latency, b.latency, |x, y| Latency {
            min_us: x.min_us.min(y.min_us),
            avg_us: weighted_mean((x.avg_us, a.probes_received), (y.avg_us, b.probes_received)),
            max_us: x.max_us.max(y.max_us),
        }),
        jitter: either(a.jitter, b.jitter, |x, y| Jitter {
            mean_us: weighted_mean((x.mean_us, x.differences), (y.mean_us, y.differences)),
            differences: x.differences.saturating_add(y.differences),
        }),
        probes_sent: a.probes_sent.saturating_add(b.probes_sent),
        probes_received: a.probes_received.saturating_add(b.probes_received),
        flaps: either(a.flaps, b.flaps, u32::saturating_add),
        down_seconds: either(a.down_seconds, b.down_seconds, |x, y| {
            x.saturating_add(y).min(Slot::SECONDS as u32)
        }),
    }
}

/// The octets of both stay one volume, so there is a rate only if each part
/// of them has its seconds, and each direction is known in both parts.
fn merged_rate_seconds(a: &Sample, b: &Sample) -> Option<u32> {
    match (a.counters.directions(), b.counters.directions()) {
        ((false, false), (false, false)) => None,
        (_, (false, false)) => a.rate_seconds,
        ((false, false), _) => b.rate_seconds,
        (left, right) if left == right => a.rate_seconds?.checked_add(b.rate_seconds?),
        _ => None,
    }
}

fn either<T>(a: Option<T>, b: Option<T>, both: impl FnOnce(T, T) -> T) -> Option<T> {
    match (a, b) {
        (Some(a), Some(b)) => Some(both(a, b)),
        (a, b) => a.or(b),
    }
}

fn weighted_mean(a: (u32, u32), b: (u32, u32)) -> u32 {
    let sum = u128::from(a.0) * u128::from(a.1) + u128::from(b.0) * u128::from(b.1);
    let weight = u64::from(a.1) + u64::from(b.1);
    match u128::from(weight) {
        0 => a.0.min(b.0) + a.0.abs_diff(b.0) / 2,
        weight => ((sum + weight / 2) / weight) as u32,
    }
}

fn rounded_mean(sum: u128, count: u32) -> Option<u32> {
    let count = u128::from(count);
    u32::try_from((sum + count / 2).checked_div(count)?).ok()
}

#[cfg(test)]
mod tests;
