//! Latency, jitter and loss of one link over one period (R10, R17).
//!
//! Only slots in which the link was up and accountable count, so that an
//! outage is not punished twice. Medians and percentiles are not here.

use super::fraction::Fraction;
use super::intervals::Interval;
use super::uptime::Terms;
use crate::domain::links::slot::{Sample, SampleState, Slot};

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
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
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
    /// Measures `slots`, which ascend by slot.
    pub fn measure(terms: &Terms, slots: impl IntoIterator<Item = SlotProbes>) -> Self {
        let counting = terms.accountable();
        let mut cursor = counting.cursor();
        let mut sums = Self::default();
        for probes in slots {
            let span: Interval = probes.slot.interval();
            if probes.state == SampleState::Up && cursor.seconds_within(span) > 0 {
                sums.add(probes);
            }
        }
        sums
    }

    fn add(&mut self, probes: SlotProbes) {
        self.sent += u64::from(probes.sent);
        // Duplicates must not turn into negative loss.
        self.received += u64::from(probes.received.min(probes.sent));
        if let Some(mean) = probes.mean_us {
            self.latency_sum += u128::from(mean) * u128::from(probes.received);
            self.latency_replies += u64::from(probes.received);
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
