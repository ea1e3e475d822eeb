//! What bandwidth is billed by: the 95th percentile and the volume of a period (R12, R13).
//!
//! Rates are whole bit/s, one a slot. What a bit costs is not here.

use entity::sla_profile_version::PercentileOf;
use serde::{Deserialize, Serialize};

use super::intervals::Interval;
use crate::domain::links::{
    block::{self, Day, Rates},
    series::peaks::{Peaks, percentile_95},
    slot::Sample,
    totals::{Total, Totals},
};

/// The figures of one link and period.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Billing {
    /// Octets that the router received, those of slots without a rate too.
    pub rx_octets: u64,
    /// And sent.
    pub tx_octets: u64,
    /// bit/s that no more than 5 % of the slots with a rate exceed, received and sent.
    pub rx_95: Option<i64>,
    pub tx_95: Option<i64>,
    /// bit/s to bill by.
    pub billed: Option<i64>,
}

impl Billing {
    /// Measures the samples of the slots that lie in `window` at least in part: their figures can't be divided. Slots
    /// without a rate are left out of the percentile and not out of the volume.
    pub fn measure<'a>(window: Interval, rule: PercentileOf, samples: impl IntoIterator<Item = &'a Sample>) -> Self {
        let mut carried = Carried::new(rule);
        for sample in samples {
            carried.take_slot(window, sample);
        }
        carried.billing()
    }
}

/// What a link carried, added up for a bill.
#[derive(Clone, Debug)]
pub struct Carried {
    rule: PercentileOf,
    octets: [u64; 2],
    pub peaks: Peaks,
    /// bit/s of both directions together, where the rule wants them.
    both: Vec<i64>,
}

impl Carried {
    /// Nothing so far.
    pub fn new(rule: PercentileOf) -> Self {
        Self {
            rule,
            octets: [0; 2],
            peaks: Peaks::default(),
            both: Vec::new(),
        }
    }

    /// Takes in a slot, if it lies in `window` at least in part.
    pub fn take_slot(&mut self, window: Interval, sample: &Sample) {
        if !sample.slot.touches(window) {
            return;
        }
        self.add([sample.counters.rx_octets, sample.counters.tx_octets]);
        self.peaks.take_slot(sample);
        if self.rule == PercentileOf::Sum
            && let [Some(rx), Some(tx)] = block::rates_of(sample)
        {
            self.both.push(rx.saturating_add(tx));
        }
    }

    /// Whether whole days can be taken in by what they came to: that does not tell which rates came together.
    pub fn takes_days(&self) -> bool {
        self.rule == PercentileOf::Greater
    }

    /// Takes in a whole day.
    pub fn take_day(&mut self, day: Day, sums: &Totals, rates: [Rates; 2]) {
        self.add([Total::RxOctets, Total::TxOctets].map(|total| sums.get(total).map(i64::unsigned_abs)));
        self.peaks.take_day(day, rates);
    }

    fn add(&mut self, octets: [Option<u64>; 2]) {
        for (sum, octets) in self.octets.iter_mut().zip(octets) {
            *sum = sum.saturating_add(octets.unwrap_or(0));
        }
    }

    /// The bill.
    pub fn billing(self) -> Billing {
        let [rx_octets, tx_octets] = self.octets;
        let [rx_95, tx_95] = self.peaks.percentiles();
        Billing {
            rx_octets,
            tx_octets,
            rx_95,
            tx_95,
            billed: match self.rule {
                PercentileOf::Greater => rx_95.max(tx_95),
                PercentileOf::Sum => percentile_95(self.both, 0),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::links::slot::{Counters, SampleState, Slot};

    /// Slots of 100 s, so that an octet is 0.08 bit/s.
    fn sample(number: i32, rx: Option<u64>, tx: Option<u64>, rate_seconds: Option<u32>) -> Sample {
        Sample {
            counters: Counters {
                rx_octets: rx,
                tx_octets: tx,
                ..Counters::default()
            },
            rate_seconds,
            ..Sample::new(Slot::from_number(number), SampleState::Up)
        }
    }

    fn measured(rule: PercentileOf, samples: &[Sample]) -> Billing {
        Billing::measure(Interval::new(0, 600), rule, samples)
    }

    #[test]
    fn what_has_no_rate_is_volume_and_no_rate() {
        let samples = [
            sample(-1, Some(1 << 40), None, Some(100)),
            sample(0, Some(1_000), Some(4_000), Some(100)),
            sample(1, Some(500_000), Some(1), None),
            sample(2, Some(1 << 40), None, Some(100)),
        ];
        let billing = measured(PercentileOf::Greater, &samples);
        assert_eq!((billing.rx_octets, billing.tx_octets), (501_000, 4_001));
        assert_eq!((billing.rx_95, billing.tx_95), (Some(80), Some(320)));
        assert_eq!(billing.billed, Some(320));
        assert_eq!(measured(PercentileOf::Greater, &[]), Billing::default());
    }

    #[test]
    fn together_means_in_the_same_slots() {
        let samples = [
            sample(0, Some(1_000), Some(0), Some(100)),
            sample(1, Some(0), Some(1_000), Some(100)),
        ];
        assert_eq!(measured(PercentileOf::Sum, &samples).billed, Some(80));
        assert_eq!(measured(PercentileOf::Greater, &samples).billed, Some(80));
    }
}
