//! The promises of an SLA profile, and the verdict on them (R4, R9).
//!
//! Meeting a threshold exactly is meeting it. What a breach costs is not here.

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

use super::fraction::{Fraction, Percentage};
use super::latency::Quality;
use super::uptime::Uptime;

/// What was promised; `None` where nothing was.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kept {
    Met,
    Breached,
    NoData,
}

/// How the period is to be called as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    Met,
    Breached,
    /// Less than half of the accountable time is known: no breach is claimed.
    InsufficientData,
    NoData,
}

/// Each promise that was made, and the whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
            kept(value, |value| value.cmp_whole(limit.into()) != Ordering::Greater)
        };
        let mut judgement = Judgement {
            uptime: self
                .uptime
                .map(|least| kept(uptime.share(), |share| share.cmp_percentage(least) != Ordering::Less)),
            latency: self.latency_us.map(|most| at_most_us(most, quality.latency_us())),
            jitter: self.jitter_us.map(|most| at_most_us(most, quality.jitter_us())),
            loss: self
                .loss
                .map(|most| kept(quality.loss(), |share| share.cmp_percentage(most) != Ordering::Greater)),
            verdict: Verdict::Met,
        };
        let parts = [judgement.uptime, judgement.latency, judgement.jitter, judgement.loss];
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

#[cfg(test)]
mod tests {
    use super::super::intervals::Interval;
    use super::super::latency::SlotProbes;
    use super::super::uptime::Terms;
    use super::*;
    use crate::domain::links::slot::{SampleState, Slot};

    /// Ten slots: `up`, then `down`, the rest missing, with one probe a slot
    /// that took `latency_us` and a tenth of all lost.
    fn judged(thresholds: Thresholds, up: i32, down: i32, latency_us: u32) -> Judgement {
        let terms = Terms::over(Interval::new(0, 10 * 300));
        let state = |number| {
            if number < up {
                SampleState::Up
            } else {
                SampleState::Down
            }
        };
        let states = (0..up + down).map(|number| (Slot::from_number(number), state(number)));
        let uptime = Uptime::measure(&terms, states.clone(), &[]);
        let quality = Quality::measure(
            &terms,
            states.map(|(slot, state)| SlotProbes {
                slot,
                state,
                sent: 10,
                received: 9,
                mean_us: Some(latency_us),
                jitter_us: None,
                jitter_differences: 0,
            }),
        );
        thresholds.judge(&uptime, &quality)
    }

    fn promised() -> Thresholds {
        Thresholds {
            uptime: "90".parse().ok(),
            latency_us: Some(20_000),
            jitter_us: None,
            loss: "10".parse().ok(),
        }
    }

    #[test]
    fn every_promise_met_exactly_is_met() {
        let judgement = judged(promised(), 9, 1, 20_000);
        assert_eq!(judgement.uptime, Some(Kept::Met));
        assert_eq!(judgement.latency, Some(Kept::Met));
        assert_eq!(judgement.loss, Some(Kept::Met));
        assert_eq!(judgement.jitter, None);
        assert_eq!(judgement.verdict, Verdict::Met);
    }

    #[test]
    fn one_broken_promise_is_a_breach() {
        let judgement = judged(promised(), 9, 1, 20_001);
        assert_eq!(
            (judgement.uptime, judgement.latency),
            (Some(Kept::Met), Some(Kept::Breached))
        );
        assert_eq!(judgement.verdict, Verdict::Breached);
        let stricter = Thresholds {
            loss: "9.999999".parse().ok(),
            ..promised()
        };
        assert_eq!(judged(stricter, 9, 1, 0).loss, Some(Kept::Breached));
    }

    #[test]
    fn half_of_the_time_is_enough_and_less_is_not() {
        assert_eq!(judged(promised(), 0, 5, 0).verdict, Verdict::Breached);
        let little = judged(promised(), 0, 4, 0);
        assert_eq!(
            (little.uptime, little.verdict),
            (Some(Kept::Breached), Verdict::InsufficientData)
        );
        assert_eq!(judged(promised(), 0, 0, 0).verdict, Verdict::NoData);
    }

    #[test]
    fn a_promise_without_figures_does_not_spoil_the_others() {
        let jitter = Thresholds {
            jitter_us: Some(1),
            ..promised()
        };
        let judgement = judged(jitter, 10, 0, 0);
        assert_eq!(
            (judgement.jitter, judgement.verdict),
            (Some(Kept::NoData), Verdict::Met)
        );
    }
}
