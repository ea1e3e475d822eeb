//! What an hour or a day of a link comes to: sums, least and greatest values that can be added up further without
//! anything being lost, so that long ranges need no samples.
//!
//! A mean is kept as a sum and what it weighs, never as a mean.

use super::slot::{Sample, SampleState, Slot};

/// How two values of the same kind become one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rule {
    Sum,
    Least,
    Greatest,
}

/// One of the values. The order is that of the columns of `day_summary` and of packed hours: it is part of the format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(usize)]
pub enum Total {
    /// Slots with a sample of this state; those that are lacking have none.
    UpSlots = 0,
    DownSlots,
    DisabledSlots,
    UnknownSlots,
    /// All octets that the router received, of which some may have no rate.
    RxOctets,
    TxOctets,
    /// Octets of which the rates are made, and the seconds that they took.
    RxRatedOctets,
    RxSeconds,
    /// bit/s of a slot, rounded.
    RxLeastBps,
    RxGreatestBps,
    TxRatedOctets,
    TxSeconds,
    TxLeastBps,
    TxGreatestBps,
    /// Round trips in microseconds: the least, the greatest, and the sum over the replies with their number.
    LatencyLeastUs,
    LatencyGreatestUs,
    LatencySumUs,
    LatencyReplies,
    /// Differences between round trips in microseconds, and their number.
    JitterSumUs,
    JitterDifferences,
    Sent,
    Received,
    /// Least and greatest loss of a slot, in millionths.
    LossLeastPpm,
    LossGreatestPpm,
    Errors,
    Drops,
    Flaps,
    DownSeconds,
}

impl Total {
    pub const ALL: [Self; 28] = [
        Self::UpSlots,
        Self::DownSlots,
        Self::DisabledSlots,
        Self::UnknownSlots,
        Self::RxOctets,
        Self::TxOctets,
        Self::RxRatedOctets,
        Self::RxSeconds,
        Self::RxLeastBps,
        Self::RxGreatestBps,
        Self::TxRatedOctets,
        Self::TxSeconds,
        Self::TxLeastBps,
        Self::TxGreatestBps,
        Self::LatencyLeastUs,
        Self::LatencyGreatestUs,
        Self::LatencySumUs,
        Self::LatencyReplies,
        Self::JitterSumUs,
        Self::JitterDifferences,
        Self::Sent,
        Self::Received,
        Self::LossLeastPpm,
        Self::LossGreatestPpm,
        Self::Errors,
        Self::Drops,
        Self::Flaps,
        Self::DownSeconds,
    ];

    fn rule(self) -> Rule {
        match self {
            Self::RxLeastBps | Self::TxLeastBps | Self::LatencyLeastUs | Self::LossLeastPpm => Rule::Least,
            Self::RxGreatestBps | Self::TxGreatestBps | Self::LatencyGreatestUs | Self::LossGreatestPpm => {
                Rule::Greatest
            }
            _ => Rule::Sum,
        }
    }
}

/// All values of a stretch; none where nothing is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals([Option<i64>; Total::ALL.len()]);

impl Totals {
    /// The values of samples.
    pub fn of<'a>(samples: impl IntoIterator<Item = &'a Sample>) -> Self {
        let mut totals = Self::default();
        for sample in samples {
            totals.add_sample(sample);
        }
        totals
    }

    pub fn get(&self, total: Total) -> Option<i64> {
        self.0[total as usize]
    }

    /// As it was kept.
    pub fn set(&mut self, total: Total, value: Option<i64>) {
        self.0[total as usize] = value;
    }

    /// Takes in another stretch.
    pub fn add(&mut self, other: &Self) {
        for total in Total::ALL {
            if let Some(value) = other.get(total) {
                self.take(total, value);
            }
        }
    }

    fn take(&mut self, total: Total, value: i64) {
        let kept = &mut self.0[total as usize];
        *kept = Some(match (*kept, total.rule()) {
            (None, _) => value,
            (Some(kept), Rule::Sum) => kept.saturating_add(value),
            (Some(kept), Rule::Least) => kept.min(value),
            (Some(kept), Rule::Greatest) => kept.max(value),
        });
    }

    /// Takes in one more sample.
    pub fn add_sample(&mut self, sample: &Sample) {
        self.take(
            match sample.state {
                SampleState::Up => Total::UpSlots,
                SampleState::Down => Total::DownSlots,
                SampleState::Disabled => Total::DisabledSlots,
                SampleState::Unknown => Total::UnknownSlots,
            },
            1,
        );
        let counters = &sample.counters;
        let mut counted = |total, value: Option<u64>| {
            if let Some(value) = value {
                self.take(total, i64::try_from(value).unwrap_or(i64::MAX));
            }
        };
        counted(Total::RxOctets, counters.rx_octets);
        counted(Total::TxOctets, counters.tx_octets);
        counted(Total::Errors, counters.rx_errors);
        counted(Total::Errors, counters.tx_errors);
        counted(Total::Drops, counters.rx_drops);
        counted(Total::Drops, counters.tx_drops);
        counted(Total::Flaps, sample.flaps.map(u64::from));
        counted(Total::DownSeconds, sample.down_seconds.map(u64::from));
        if let Some(seconds) = sample.rate_seconds.filter(|&seconds| seconds > 0) {
            let rx = [
                Total::RxRatedOctets,
                Total::RxSeconds,
                Total::RxLeastBps,
                Total::RxGreatestBps,
            ];
            let tx = [
                Total::TxRatedOctets,
                Total::TxSeconds,
                Total::TxLeastBps,
                Total::TxGreatestBps,
            ];
            self.add_rate(rx, counters.rx_octets, seconds);
            self.add_rate(tx, counters.tx_octets, seconds);
        }
        if let Some(latency) = sample.latency {
            // A reply at least there was.
            let replies = i64::from(sample.probes_received.max(1));
            self.take(Total::LatencyLeastUs, latency.min_us.into());
            self.take(Total::LatencyGreatestUs, latency.max_us.into());
            self.take(Total::LatencySumUs, i64::from(latency.avg_us) * replies);
            self.take(Total::LatencyReplies, replies);
        }
        if let Some(jitter) = sample.jitter {
            let differences = i64::from(jitter.differences);
            self.take(
                Total::JitterSumUs,
                i64::from(jitter.mean_us).saturating_mul(differences),
            );
            self.take(Total::JitterDifferences, differences);
        }
        if sample.probes_sent > 0 {
            // Duplicates must not turn into negative loss.
            let received = sample.probes_received.min(sample.probes_sent);
            let (sent, received) = (i64::from(sample.probes_sent), i64::from(received));
            self.take(Total::Sent, sent);
            self.take(Total::Received, received);
            let lost = (sent - received) * 1_000_000 / sent;
            self.take(Total::LossLeastPpm, lost);
            self.take(Total::LossGreatestPpm, lost);
        }
    }

    /// Octets over `seconds`, as rated octets, seconds, least and greatest.
    fn add_rate(&mut self, [rated, over, least, greatest]: [Total; 4], octets: Option<u64>, seconds: u32) {
        let Some(octets) = octets else { return };
        let bps = bits_per_second(octets, seconds);
        self.take(rated, i64::try_from(octets).unwrap_or(i64::MAX));
        self.take(over, seconds.into());
        self.take(least, bps);
        self.take(greatest, bps);
    }
}

/// The rate of `octets` over so many seconds, of which there is at least one; rounded.
pub fn bits_per_second(octets: u64, seconds: u32) -> i64 {
    let rounded = |seconds: u64| {
        let bits = octets.checked_mul(8)?.checked_add(seconds / 2)?;
        i64::try_from(bits / seconds).ok()
    };
    // A year has two hundred thousand of these, nearly all over a whole slot: a constant divides by multiplication.
    const SLOT: u64 = Slot::SECONDS as u64;
    let rounded = match u64::from(seconds.max(1)) {
        SLOT => rounded(SLOT),
        other => rounded(other),
    };
    rounded.unwrap_or_else(|| {
        let seconds = u128::from(seconds.max(1));
        i64::try_from((u128::from(octets) * 8 + seconds / 2) / seconds).unwrap_or(i64::MAX)
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::links::slot::{Counters, Latency};

    fn any_sample() -> impl Strategy<Value = Sample> {
        let state = prop::sample::select(vec![SampleState::Up, SampleState::Down, SampleState::Unknown]);
        let parts = (
            state,
            any::<Option<u32>>(),
            prop::option::of(0..400_u32),
            prop::option::of(1..9_000_u32),
            0..=5_u32,
        );
        parts.prop_map(|(state, octets, seconds, latency, received)| Sample {
            counters: Counters {
                rx_octets: octets.map(u64::from),
                ..Counters::default()
            },
            rate_seconds: seconds,
            latency: latency.map(|us| Latency {
                min_us: us,
                avg_us: us + 1,
                max_us: us + 2,
            }),
            probes_sent: 5,
            probes_received: received,
            ..Sample::new(Slot::from_number(0), state)
        })
    }

    proptest! {
        /// Or a day would not be what its hours are.
        #[test]
        fn parts_add_up_to_the_whole(samples in prop::collection::vec(any_sample(), 0..60), cut in any::<prop::sample::Index>()) {
            let cut = cut.index(samples.len() + 1);
            let mut parts = Totals::of(&samples[..cut]);
            parts.add(&Totals::of(&samples[cut..]));
            prop_assert_eq!(parts, Totals::of(&samples));
        }
    }

    proptest! {
        #[test]
        fn a_rate_is_rounded_whatever_its_size(octets in any::<u64>(), shift in 0..64_u32, seconds in prop_oneof![Just(300), 0..900_u32]) {
            let octets = octets >> shift;
            let exact = (u128::from(octets) * 16 + u128::from(seconds.max(1))) / u128::from(2 * seconds.max(1));
            prop_assert_eq!(bits_per_second(octets, seconds), i64::try_from(exact).unwrap_or(i64::MAX));
        }
    }

    #[test]
    fn a_peak_is_kept_beside_the_sums() {
        let at = |octets, seconds| Sample {
            counters: Counters {
                rx_octets: Some(octets),
                ..Counters::default()
            },
            rate_seconds: seconds,
            ..Sample::new(Slot::from_number(0), SampleState::Up)
        };
        let totals = Totals::of(&[at(3_000, Some(300)), at(30_000, Some(100)), at(7, None)]);
        assert_eq!(totals.get(Total::RxOctets), Some(33_007));
        assert_eq!(totals.get(Total::RxRatedOctets), Some(33_000));
        assert_eq!(totals.get(Total::RxSeconds), Some(400));
        assert_eq!(totals.get(Total::RxLeastBps), Some(80));
        assert_eq!(totals.get(Total::RxGreatestBps), Some(2_400));
        assert_eq!(totals.get(Total::TxOctets), None);
        assert_eq!(totals.get(Total::UpSlots), Some(3));
    }
}
