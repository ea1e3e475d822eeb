//! The promises of an SLA profile, and the verdict on them (R4, R9).
//!
//! Meeting a threshold exactly is meeting it. What a breach costs is not here.

use std::cmp::Ordering;

use super::fraction::{Fraction, Percentage};
use super::latency::Quality;
use super::uptime::Uptime;

/// What was promised; `None` where nothing was.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Thresholds {
    /// At least this share of the known seconds up.
    pub uptime: Option<Percentage>,
    /// At most this mean round-trip time, in microseconds.
    pub latency_us: Option<u32>,
    /// At most this mean jitter, in microseconds.
    pub jitter_us: Option<u32>,
    /// At most this share of the probes lost.
    pub loss: Option<Percentage>,
}

/// How one promise was kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    Met,
    Breached,
    NoData,
}

/// How the period is to be called as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Met,
    Breached,
    /// Less than half of the accountable time is known: no breach is claimed.
    InsufficientData,
    NoData,
}

/// Each promise that was made, and the whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Judgement {
    pub uptime: Option<Kept>,
    pub latency: Option<Kept>,
    pub jitter: Option<Kept>,
    pub loss: Option<Kept>,
    pub verdict: Verdict,
}

impl Thresholds {
    pub fn judge(&self, uptime: &Uptime, quality: &Quality) -> Judgement {
        let at_most_us = |limit: u32, value: Option<Fraction>| {
            kept(value, |value| {
                value.cmp_whole(limit.into()) != Ordering::Greater
            })
        };
        let mut judgement = Judgement {
            uptime: self.uptime.map(|least| {
                kept(uptime.share(), |share| {
                    share.cmp_percentage(least) != Ordering::Less
                })
            }),
            latency: self
                .latency_us
                .map(|most| at_most_us(most, quality.latency_us())),
            jitter: self
                .jitter_us
                .map(|most| at_most_us(most, quality.jitter_us())),
            loss: self.loss.map(|most| {
                kept(quality.loss(), |share| {
                    share.cmp_percentage(most) != Ordering::Greater
                })
            }),
            verdict: Verdict::Met,
        };
        let parts = [
            judgement.uptime,
            judgement.latency,
            judgement.jitter,
            judgement.loss,
        ];
        judgement.verdict = if uptime.up + uptime.down == 0 {
            Verdict::NoData
        } else if (uptime.up + uptime.down) * 2 < uptime.accountable {
            Verdict::InsufficientData
        } else if parts.contains(&Some(Kept::Breached)) {
            Verdict::Breached
        } else {
            // A promise without a single figure (no ping target) does not
            // spoil those that were measured.
            Verdict::Met
        };
        judgement
    }
}

fn kept(value: Option<Fraction>, within: impl Fn(Fraction) -> bool) -> Kept {
    match value {
        None => Kept::NoData,
        Some(value) if within(value) => Kept::Met,
        Some(_) => Kept::Breached,
    }
}
