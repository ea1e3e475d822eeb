//! What two readings of an interface prove: volumes, whether they have a
//! rate, flaps and seconds down (R7, R11, R12).
//!
//! Times are the collector's; the router's clock is only compared with itself
//! (R14). How a router is asked is not here.

use std::ops::Range;

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

pub use super::slot::Counters;
use super::slot::Slot;

/// A volume over more than this many seconds has no rate (R12).
pub const HEARTBEAT_SECONDS: i64 = 600;

/// Bits per second that no single interface of today exceeds: the ceiling
/// where a link's speed is not known.
const FASTEST_INTERFACE: u64 = 1_600_000_000_000;

/// Answers take their time, so an uptime and the collector's clock disagree a
/// little without a reboot.
const UPTIME_SLACK_SECONDS: i64 = 10;

/// What is older is in no month that is still open.
pub const LONGEST_PROOF_DAYS: i64 = 35;

/// The shortest packet occupies this many bits of an Ethernet wire, gap and
/// preamble included.
const SHORTEST_PACKET_BITS: u64 = 672;

/// One poll of one interface. It is stored as JSON, so that counting goes on after a restart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// When the answer came, on the collector's clock.
    pub at: DateTime<Utc>,
    /// Seconds since the router booted, if it told.
    pub uptime: Option<u64>,
    /// The router's `.id` of the interface: another one means that the
    /// interface was made anew and counts from zero.
    pub interface_id: String,
    /// Totals since the router booted or the counters were reset.
    pub counters: Counters,
    /// How often the link has gone down.
    pub link_downs: Option<u64>,
    /// On the router's wall clock.
    pub last_link_down: Option<NaiveDateTime>,
    /// On the router's wall clock.
    pub last_link_up: Option<NaiveDateTime>,
}

/// What is known of an interface besides its readings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wire {
    /// `None` or zero (a link that is down has no rate) if not known.
    pub bits_per_second: Option<u64>,
    /// Its counters may start again at 2³² instead of 2⁶⁴.
    pub may_count_in_32_bits: bool,
}

/// Why the octets of a delta have no rate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NoRate {
    FirstReading,
    /// The router's uptime proves it.
    Reboot,
    /// Counters or the whole interface started anew.
    Reset,
    /// The readings are too far apart.
    Gap,
    /// The readings are not in order of time.
    ClockWentBack,
    /// More than the wire can carry.
    Implausible,
}

/// A reboot between two readings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reboot {
    /// On the collector's clock.
    pub booted_at: DateTime<Utc>,
    /// From the last answer before to the boot, unless that is so long ago
    /// that only failed polls could prove it (see [`Reboot::slots_down`]).
    pub down_seconds: Option<u32>,
}

impl Reboot {
    /// The slots that were down as a whole, given since when the router was
    /// silent: now proven to be its own absence, not the collector's. Of a
    /// longer silence, the last [`LONGEST_PROOF_DAYS`].
    pub fn slots_down(&self, silent_since: DateTime<Utc>) -> Range<Slot> {
        let earliest = self.booted_at - TimeDelta::days(LONGEST_PROOF_DAYS);
        Slot::from_instant(silent_since.max(earliest))..Slot::from_instant(self.booted_at)
    }
}

/// What happened between two readings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Delta {
    /// Volumes since the previous reading; `None` where they can't be known.
    pub counters: Counters,
    /// Seconds that the octets cover, or why no rate follows from them.
    pub rate_seconds: Result<u32, NoRate>,
    /// A 32-bit counter started again on its own.
    pub wrapped: bool,
    pub reboot: Option<Reboot>,
    /// How often the link went down, if the router tells.
    pub flaps: Option<u32>,
    /// Seconds down between the readings, where exactly known.
    pub down_seconds: Option<u32>,
}

impl Delta {
    /// Compares a reading with the one before it.
    pub fn between(previous: Option<&Reading>, current: &Reading, wire: Wire) -> Self {
        let Some(previous) = previous else {
            return Self::unknown(NoRate::FirstReading);
        };
        let elapsed = current.at - previous.at;
        if elapsed <= TimeDelta::zero() {
            return Self::unknown(NoRate::ClockWentBack);
        }
        let reboot = reboot(previous, current, elapsed);
        let anew = reboot.is_some() || previous.interface_id != current.interface_id;
        let scale = Scale { wire, elapsed, anew };
        let mut found = Found::default();
        let volumes = volumes(previous.counters, current.counters, &scale, &mut found);
        let reason = if reboot.is_some() {
            Some(NoRate::Reboot)
        } else if anew || found.reset {
            Some(NoRate::Reset)
        } else if found.implausible {
            Some(NoRate::Implausible)
        } else if elapsed > TimeDelta::seconds(HEARTBEAT_SECONDS) {
            Some(NoRate::Gap)
        } else {
            None
        };
        let flaps = flaps(previous, current, anew);
        Self {
            counters: volumes,
            rate_seconds: reason.map_or_else(|| Ok(whole_seconds(elapsed)), Err),
            wrapped: found.wrapped,
            reboot,
            flaps,
            down_seconds: match reboot {
                Some(reboot) => reboot.down_seconds,
                None if anew => None,
                None => down_seconds(previous, current, flaps, elapsed),
            },
        }
    }

    /// Bits per second of a volume of this delta.
    pub fn bits_per_second(&self, octets: Option<u64>) -> Option<u64> {
        let bits = u128::from(octets?) * 8;
        u64::try_from(bits / u128::from(self.rate_seconds.ok()?)).ok()
    }

    fn unknown(reason: NoRate) -> Self {
        Self {
            counters: Counters::default(),
            rate_seconds: Err(reason),
            wrapped: false,
            reboot: None,
            flaps: None,
            down_seconds: None,
        }
    }
}

/// What bounds a volume.
struct Scale {
    wire: Wire,
    elapsed: TimeDelta,
    /// The counters started at zero between the readings.
    anew: bool,
}

impl Wire {
    fn speed(self) -> Option<u64> {
        self.bits_per_second.filter(|&speed| speed > 0)
    }
}

impl Scale {
    /// Whether so many bits fit through the wire in that time, at most
    /// `allowance` times.
    fn fits(&self, bits: u128, speed: u64, allowance: u128) -> bool {
        let milliseconds = self.elapsed.num_milliseconds().max(1) as u128;
        bits.saturating_mul(1000) <= u128::from(speed) * milliseconds * allowance
    }
}

/// What the octet counters showed.
#[derive(Default)]
struct Found {
    reset: bool,
    wrapped: bool,
    implausible: bool,
}

fn volumes(previous: Counters, current: Counters, scale: &Scale, found: &mut Found) -> Counters {
    let mut octets = |before, after| {
        let volume = volume(before, after, 8, scale)?;
        found.reset |= volume.reset;
        found.wrapped |= volume.wrapped;
        found.implausible |= volume.amount.is_none();
        volume.amount
    };
    let (rx_octets, tx_octets) = (
        octets(previous.rx_octets, current.rx_octets),
        octets(previous.tx_octets, current.tx_octets),
    );
    let packets = |before, after| volume(before, after, SHORTEST_PACKET_BITS, scale)?.amount;
    // A queue can drop more than its wire carries, and a counter of errors
    // that jumps back was reset, so the wire's speed says nothing of them.
    let unbound = Scale {
        wire: Wire::default(),
        ..*scale
    };
    let others = previous.zip(current, |before, after| {
        volume(before, after, SHORTEST_PACKET_BITS, &unbound)?.amount
    });
    Counters {
        rx_octets,
        tx_octets,
        rx_packets: packets(previous.rx_packets, current.rx_packets),
        tx_packets: packets(previous.tx_packets, current.tx_packets),
        ..others
    }
}

struct Volume {
    amount: Option<u64>,
    reset: bool,
    wrapped: bool,
}

/// R11 for one counter of things that take `unit_bits` each on the wire.
fn volume(before: Option<u64>, after: Option<u64>, unit_bits: u64, scale: &Scale) -> Option<Volume> {
    let after = after?;
    // What counts from zero needs no earlier reading.
    let before = if scale.anew { 0 } else { before? };
    let bits = |amount: u64| u128::from(amount) * u128::from(unit_bits);
    let (amount, reset, wrapped) = if after >= before {
        (after - before, false, false)
    } else if let Some(amount) = wrapped_amount(before, after, scale.wire)
        && let Some(speed) = scale.wire.speed()
        && scale.fits(bits(amount), speed, 1)
    {
        (amount, false, true)
    } else {
        (after, true, false)
    };
    // Twice the speed: clocks and answers have their delays, and a speed may
    // have been renegotiated a moment ago.
    let speed = scale.wire.speed().unwrap_or(FASTEST_INTERFACE);
    Some(Volume {
        amount: Some(amount).filter(|&amount| scale.fits(bits(amount), speed, 2)),
        reset,
        wrapped,
    })
}

fn wrapped_amount(before: u64, after: u64, wire: Wire) -> Option<u64> {
    let turn = u64::from(u32::MAX) + 1;
    (wire.may_count_in_32_bits && before < turn).then(|| after + (turn - before))
}

/// A lower uptime proves a reboot, and so does one that is shorter than the
/// time between the readings.
fn reboot(previous: &Reading, current: &Reading, elapsed: TimeDelta) -> Option<Reboot> {
    let uptime = current.uptime?;
    let seconds = i64::try_from(uptime).unwrap_or(i64::MAX);
    let lower = previous.uptime.is_some_and(|before| uptime < before);
    if !lower && seconds.saturating_add(UPTIME_SLACK_SECONDS) >= elapsed.num_seconds() {
        return None;
    }
    // An uptime that is lower than before but longer than the gap is a lie or
    // a rounding: the boot then was at the earliest right after the last answer.
    let running = TimeDelta::seconds(seconds.clamp(0, elapsed.num_seconds()));
    let down = elapsed - running;
    Some(Reboot {
        booted_at: current.at - running,
        down_seconds: (elapsed <= TimeDelta::seconds(HEARTBEAT_SECONDS)).then(|| down.num_seconds() as u32),
    })
}

fn flaps(previous: &Reading, current: &Reading, anew: bool) -> Option<u32> {
    let after = current.link_downs?;
    let before = if anew { 0 } else { previous.link_downs? };
    // Lower than before: someone reset it, and it counts from zero.
    let flaps = after.checked_sub(before).unwrap_or(after);
    Some(u32::try_from(flaps).unwrap_or(u32::MAX))
}

/// Exact if the link went down once and came back between the readings. The
/// count proves that the last down, and so the up after it, is a new one; the
/// stamps are only compared with each other.
fn down_seconds(previous: &Reading, current: &Reading, flaps: Option<u32>, elapsed: TimeDelta) -> Option<u32> {
    match flaps? {
        // An outage that began before the previous reading is not one seen
        // between polls, but a part of it lies here.
        0 => (previous.last_link_up == current.last_link_up).then_some(0),
        1 => {
            let (down, up) = (current.last_link_down?, current.last_link_up?);
            let moved = previous.last_link_down != Some(down) && previous.last_link_up != Some(up);
            let outage = up - down;
            let inside = outage >= TimeDelta::zero() && outage <= elapsed;
            (moved && inside).then(|| outage.num_seconds() as u32)
        }
        _ => None,
    }
}

/// Rounded, at least one.
fn whole_seconds(elapsed: TimeDelta) -> u32 {
    let seconds = (elapsed.num_milliseconds().saturating_add(500) / 1000).max(1);
    u32::try_from(seconds).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests;
