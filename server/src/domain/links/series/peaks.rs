//! The greatest rates of a range, from which its 95th percentiles are told exactly.
//!
//! Of a sealed day the greatest are known, which nearly always is enough. Where it is not, the day says so, and all of
//! its rates have to be learnt.

use super::super::{
    block::{Course, Day, Rates, rates_of},
    slot::Sample,
};

/// Rates in bit/s, received and sent.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Peaks {
    /// Of slots that were looked at one by one, in no order.
    of_slots: [Vec<i64>; 2],
    /// Of whole days.
    of_days: Vec<(Day, [Rates; 2])>,
}

impl Peaks {
    /// Takes in a slot.
    pub fn take_slot(&mut self, sample: &Sample) {
        for (rates, rate) in self.of_slots.iter_mut().zip(rates_of(sample)) {
            rates.extend(rate);
        }
    }

    /// Takes in a whole day.
    pub fn take_day(&mut self, day: Day, rates: [Rates; 2]) {
        self.of_days.push((day, rates));
    }

    /// The rate that no more than 5 % of the slots exceed, received and sent, in bit/s: by nearest rank, and slots
    /// without a rate do not count (R13). Among the rates that are known; it can only be too low.
    #[must_use]
    pub fn percentiles(&self) -> [Option<i64>; 2] {
        [0, 1].map(|direction| {
            let of_days = || self.of_days.iter().map(|(_, rates)| &rates[direction]);
            let mut known = self.of_slots[direction].clone();
            known.reserve(of_days().map(|rates| rates.known.len()).sum());
            for rates in of_days() {
                known.extend(&rates.known);
            }
            percentile_95(known, of_days().map(|rates| rates.others).sum())
        })
    }

    /// The days among whose other rates there may be some that are above the percentiles.
    #[must_use]
    pub fn unsure(&self) -> Vec<Day> {
        let percentiles = self.percentiles();
        let above = |rates: &[Rates; 2]| {
            rates.iter().zip(percentiles).any(|(rates, percentile)| {
                // None of the others is greater than the least that is known.
                rates.others > 0 && rates.known.first().copied() > percentile
            })
        };
        let days = self.of_days.iter().filter(|(_, rates)| above(rates));
        days.map(|(day, _)| *day).collect()
    }

    /// Takes all rates of a day of which some were known.
    pub fn learn(&mut self, day: Day, samples: &[Sample]) {
        if let Some((_, rates)) = self.of_days.iter_mut().find(|(known, _)| *known == day) {
            *rates = Course::of(samples).rates;
        }
    }
}

/// The value at rank ⌈0.95 n⌉ of `values` and so many others that are less; none where it is among these.
#[must_use]
pub fn percentile_95(mut values: Vec<i64>, others: usize) -> Option<i64> {
    let all = values.len() + others;
    let above = all - (all * 95).div_ceil(100);
    let at = values.len().checked_sub(above + 1)?;
    Some(*values.select_nth_unstable(at).1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentile_is_the_nearest_rank() {
        let of = |count: i64| percentile_95((1..=count).rev().collect(), 0);
        assert_eq!(
            [of(0), of(1), of(19), of(20), of(21), of(100)],
            [None, Some(1), Some(19), Some(19), Some(20), Some(95)]
        );
        assert_eq!(of(8_916), Some(8_471), "⌈0.95 · 8916⌉");
        // Of a hundred, the eighty least are not known.
        assert_eq!(percentile_95((81..=100).collect(), 80), Some(95));
        assert_eq!(percentile_95((97..=100).collect(), 96), None);
    }
}
