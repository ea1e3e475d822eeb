//! Latency, jitter and loss of one link over one period (R10, R17).
//!
//! Only slots in which the link was up and accountable count, so that an
//! outage is not punished twice. Medians and percentiles are not here.

use serde::{Deserialize, Serialize};

use super::fraction::Fraction;
use super::intervals::Intervals;
use super::uptime::Terms;
use crate::domain::links::{
    slot::{Sample, SampleState, Slot},
    totals::{Total, Totals},
};

/// What the probes of one slot told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SlotProbes {
    pub slot: Slot,
    pub state: SampleState,
    pub sent: u32,
    pub received: u32,
    /// Mean round-trip time of the replies, in microseconds.
    pub mean_us: Option<u32>,
    /// Mean absolute difference of consecutive round-trip times, in
    /// microseconds.
    pub jitter_us: Option<u32>,
    pub jitter_differences: u32,
}

impl From<&Sample> for SlotProbes {
    fn from(sample: &Sample) -> Self {
        Self {
            slot: sample.slot,
            state: sample.state,
            sent: sample.probes_sent,
            received: sample.probes_received,
            mean_us: sample.latency.map(|latency| latency.avg_us),
            jitter_us: sample.jitter.map(|jitter| jitter.mean_us),
            jitter_differences: sample.jitter.map_or(0, |jitter| jitter.differences),
        }
    }
}

/// The sums of a period, from which every figure is an exact fraction.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quality {
    pub sent: u64,
    pub received: u64,
    /// Σ mean × replies, in microseconds, and the replies in it.
    latency_sum: u128,
    latency_replies: u64,
    /// Σ jitter × differences, in microseconds, and the differences in it.
    jitter_sum: u128,
    jitter_differences: u64,
}

impl Quality {
    /// Measures `slots`, which ascend by slot. A slot that is accountable in
    /// part counts whole: its probes can't be told apart.
    pub fn measure(terms: &Terms, slots: impl IntoIterator<Item = SlotProbes>) -> Self {
        let mut sums = Self::default();
        sums.add_slots(&terms.accountable(), slots);
        sums
    }

    /// Adds `slots`, which ascend by slot, as far as they are `counting`.
    pub fn add_slots(&mut self, counting: &Intervals, slots: impl IntoIterator<Item = SlotProbes>) {
        let mut cursor = counting.cursor();
        for probes in slots {
            let counted = cursor.seconds_within(probes.slot.interval());
            if probes.state == SampleState::Up && counted > 0 {
                self.add(probes);
            }
        }
    }

    /// Adds what a sealed day came to, all of whose slots count.
    pub fn add_day(&mut self, day: &Totals) {
        let sum = |total| day.get(total).unwrap_or(0).unsigned_abs();
        self.sent += sum(Total::Sent);
        self.received += sum(Total::Received);
        self.latency_sum += u128::from(sum(Total::LatencySumUs));
        self.latency_replies += sum(Total::LatencyReplies);
        self.jitter_sum += u128::from(sum(Total::JitterSumUs));
        self.jitter_differences += sum(Total::JitterDifferences);
    }

    fn add(&mut self, probes: SlotProbes) {
        self.sent += u64::from(probes.sent);
        // Duplicates must not turn into negative loss.
        self.received += u64::from(probes.received.min(probes.sent));
        if let Some(mean) = probes.mean_us {
            // A reply at least there was, whoever counted.
            let replies = probes.received.max(1);
            self.latency_sum += u128::from(mean) * u128::from(replies);
            self.latency_replies += u64::from(replies);
        }
        if let Some(jitter) = probes.jitter_us {
            self.jitter_sum += u128::from(jitter) * u128::from(probes.jitter_differences);
            self.jitter_differences += u64::from(probes.jitter_differences);
        }
    }

    /// Mean round-trip time in microseconds.
    pub fn latency_us(&self) -> Option<Fraction> {
        Fraction::of_sums(self.latency_sum, self.latency_replies)
    }

    /// Mean jitter in microseconds.
    pub fn jitter_us(&self) -> Option<Fraction> {
        Fraction::of_sums(self.jitter_sum, self.jitter_differences)
    }

    /// Lost probes of those sent.
    pub fn loss(&self) -> Option<Fraction> {
        Fraction::new(self.sent - self.received, self.sent)
    }
}

#[cfg(test)]
mod tests {
    use super::super::intervals::Interval;
    use super::*;

    fn probes(number: i32, state: SampleState, sent: u32, received: u32, mean_us: u32) -> SlotProbes {
        SlotProbes {
            slot: Slot::from_number(number),
            state,
            sent,
            received,
            mean_us: (received > 0).then_some(mean_us),
            jitter_us: None,
            jitter_differences: 0,
        }
    }

    fn terms() -> Terms {
        Terms::over(Interval::new(0, 10 * 300))
    }

    #[test]
    fn latency_is_weighted_by_replies_and_loss_by_probes() {
        let slots = [
            probes(0, SampleState::Up, 5, 5, 10_000),
            probes(1, SampleState::Up, 5, 1, 40_000),
        ];
        let quality = Quality::measure(&terms(), slots);
        assert_eq!(quality.latency_us().unwrap().truncated(3), "15000.000");
        assert_eq!(quality.loss().unwrap().percent_truncated(2), "40.00");
    }

    #[test]
    fn an_outage_is_not_punished_twice() {
        let slots = [
            probes(0, SampleState::Up, 5, 5, 10_000),
            probes(1, SampleState::Down, 5, 0, 0),
            probes(2, SampleState::Unknown, 5, 0, 0),
        ];
        let quality = Quality::measure(&terms(), slots);
        assert_eq!((quality.sent, quality.received), (5, 5));
    }

    #[test]
    fn maintenance_and_exclusions_do_not_count_and_the_slots_at_their_edges_do() {
        let maintained = Terms {
            maintenance: Interval::new(300, 750).into(),
            exclusions: Interval::new(900, 1200).into(),
            ..terms()
        };
        let slots = (-1..5).map(|number| probes(number, SampleState::Up, 1 << (number + 1), 0, 0));
        // Slots 0, 2 and 4; not -1 (before the period), 1 and 3.
        assert_eq!(Quality::measure(&maintained, slots).sent, 2 + 8 + 32);
    }

    #[test]
    fn jitter_is_weighted_by_its_differences() {
        let jittered = |number, jitter_us, jitter_differences| SlotProbes {
            jitter_us: Some(jitter_us),
            jitter_differences,
            ..probes(number, SampleState::Up, 0, 0, 0)
        };
        let quality = Quality::measure(&terms(), [jittered(0, 100, 3), jittered(1, 500, 1)]);
        assert_eq!(quality.jitter_us().unwrap().truncated(0), "200");
    }

    #[test]
    fn without_a_probe_nothing_is_known() {
        let quality = Quality::measure(&terms(), [probes(0, SampleState::Up, 0, 0, 0)]);
        assert!(quality.latency_us().is_none());
        assert!(quality.jitter_us().is_none());
        assert!(quality.loss().is_none());
    }

    #[test]
    fn duplicates_are_not_negative_loss() {
        let quality = Quality::measure(&terms(), [probes(0, SampleState::Up, 5, 9, 10)]);
        assert_eq!(quality.loss().unwrap().numerator(), 0);
    }
}
