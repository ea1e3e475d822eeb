//! Samples as what a graph or a table shows: buckets with their least, mean,
//! greatest and last values, and the bands in which nothing flowed.
//!
//! Floating point is fine here, because nothing is judged by it. Drawing,
//! units and zones are the page's.

use super::super::sla::intervals::{Interval, Intervals};
use super::super::sla::outages::Outages;
use super::slot::{Sample, SampleState, Slot};
use super::totals::{Total, Totals};

pub mod measured;
pub mod peaks;

use measured::Measured;

/// The ranges that every link page offers, and any other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Span {
    Day,
    Week,
    Month,
    Year,
    /// Whatever was chosen; slots that it touches are shown whole.
    Chosen(Interval),
}

/// How many slots a bucket may have: 5 and 30 minutes, 2 and 6 hours, a day, a week.
const LENGTHS: [u32; 6] = [1, 6, 24, 72, 288, 2016];

/// About as many buckets as a graph has room for.
const MOST: i64 = 400;

/// Buckets of equal length side by side, aligned to the epoch, so that they
/// stay the same from one reload to the next. The first and the last may be cut
/// by the range that they are of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grid {
    first: i64,
    buckets: u32,
    slots_per_bucket: u32,
    range: Interval,
}

impl Grid {
    /// Buckets for `span`, of which, unless it was chosen, the last one holds `last`.
    pub fn of(span: Span, last: Slot) -> Self {
        match span {
            Span::Day => Self::new(last, 288, 1),
            Span::Week => Self::new(last, 336, 6),
            Span::Month => Self::new(last, 360, 24),
            Span::Year => Self::new(last, 365, 288),
            Span::Chosen(range) => Self::over(range),
        }
    }

    /// Any number of buckets, the last of which holds `last`; a length of zero
    /// is taken as one slot.
    pub fn new(last: Slot, buckets: u32, slots_per_bucket: u32) -> Self {
        let slots_per_bucket = slots_per_bucket.max(1);
        let length = i64::from(slots_per_bucket);
        let last_bucket = i64::from(last.number()).div_euclid(length);
        let first = (last_bucket + 1 - i64::from(buckets)) * length;
        let end = first + i64::from(buckets) * length;
        Self {
            first,
            buckets,
            slots_per_bucket,
            range: Interval::new(first * Slot::SECONDS, end * Slot::SECONDS),
        }
    }

    /// Every slot that `range` touches, in the shortest buckets of which there are not too many.
    fn over(range: Interval) -> Self {
        let first = Slot::from_second(range.start());
        let last = Slot::from_second(range.end() - 1).max(first);
        let buckets = |slots: u32| {
            let bucket = |slot: Slot| i64::from(slot.number()).div_euclid(slots.into());
            bucket(last) - bucket(first) + 1
        };
        let short = LENGTHS.into_iter().find(|&slots| buckets(slots) <= MOST);
        let slots_per_bucket = short.unwrap_or(LENGTHS[LENGTHS.len() - 1]);
        let buckets = u32::try_from(buckets(slots_per_bucket)).unwrap_or(u32::MAX);
        Self {
            range: Interval::new(first.interval().start(), last.interval().end()),
            ..Self::new(last, buckets, slots_per_bucket)
        }
    }

    /// The same buckets so many slots earlier, up to what was `last` there: what has not been measured yet is not
    /// compared.
    pub fn earlier(self, slots: i64, last: Slot) -> Self {
        let seconds = slots * Slot::SECONDS;
        let end = self.range.end().min(last.interval().end());
        Self {
            first: self.first - slots,
            range: Interval::new(self.range.start() - seconds, end - seconds),
            ..self
        }
    }

    /// All of it.
    pub fn interval(self) -> Interval {
        self.range
    }

    pub fn buckets(self) -> u32 {
        self.buckets
    }

    /// The length of a bucket that is not cut.
    pub fn slots_per_bucket(self) -> u32 {
        self.slots_per_bucket
    }

    /// Whether it is short enough for each sample of it to be read.
    pub fn is_of_samples(self) -> bool {
        self.slots_per_bucket < measured::OF_HOURS
    }

    /// Whether each bucket is made of whole steps of so many slots, counted from the epoch.
    fn is_made_of(self, slots: i32) -> bool {
        self.first.rem_euclid(slots.into()) == 0 && i64::from(self.slots_per_bucket) % i64::from(slots) == 0
    }

    /// One bucket, counted from 0.
    pub fn bucket(self, index: u32) -> Interval {
        let second = |index: u32| (self.first + i64::from(index) * i64::from(self.slots_per_bucket)) * Slot::SECONDS;
        Interval::new(second(index), second(index.saturating_add(1))).intersect(self.range)
    }

    /// The bucket that holds `slot`, if any does.
    pub fn index_of(self, slot: Slot) -> Option<usize> {
        let index = (i64::from(slot.number()) - self.first).div_euclid(self.slots_per_bucket.into());
        (slot.touches(self.range) && (0..i64::from(self.buckets)).contains(&index)).then_some(index as usize)
    }
}

/// The values of a stretch of time, of which at least one is known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Summary {
    pub min: f64,
    /// Weighted by what each value stands for: seconds of traffic, replies of
    /// latency, probes of loss.
    pub avg: f64,
    /// The greatest of all: a peak is never averaged away.
    pub max: f64,
}

/// `None` where nothing is known.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Figures {
    /// Bits per second that the router received and sent on the interface.
    pub rx: Option<Summary>,
    pub tx: Option<Summary>,
    pub latency_ms: Option<Summary>,
    pub loss_percent: Option<Summary>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bucket {
    pub interval: Interval,
    pub figures: Figures,
}

/// What lies behind the curves. Each list ascends and is clipped to the grid and to when the link was active.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bands {
    /// Runs of down slots with no up slot between (R8).
    pub outages: Vec<Interval>,
    pub disabled: Vec<Interval>,
    /// No sample, or a router that did not answer.
    pub missing: Vec<Interval>,
    pub maintenance: Vec<Interval>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    pub buckets: Vec<Bucket>,
    pub overall: Figures,
    pub bands: Bands,
}

impl Series {
    /// What was `measured` in the time in which the link was `active`. What lacks after `over`, the last slot that has
    /// ended, is not missing yet.
    pub fn of(measured: &Measured, active: Interval, over: Slot, maintenance: &Intervals) -> Self {
        let grid = measured.grid;
        let (figures, overall) = Figures::of_all(&measured.buckets);
        Self {
            buckets: (0..grid.buckets)
                .zip(figures)
                .map(|(index, figures)| Bucket {
                    interval: grid.bucket(index),
                    figures,
                })
                .collect(),
            overall,
            bands: bands(grid.interval().intersect(active), &measured.states, over, maintenance),
        }
    }
}

/// The mean traffic of the busier direction in 48 half hours up to `last`, in
/// bits per second: enough for a card's small curve.
pub fn sparkline(last: Slot, samples: &[Sample], active: Interval) -> Vec<Option<f64>> {
    let grid = Grid::new(last, 48, 6);
    let average = |totals: &Totals| {
        let Figures { rx, tx, .. } = Figures::of(totals);
        let averages = [rx, tx].map(|summary| summary.map(|summary| summary.avg));
        averages.into_iter().flatten().reduce(f64::max)
    };
    let measured = Measured::of(grid, samples, active);
    measured.buckets.iter().map(average).collect()
}

fn bands(whole: Interval, states: &[(Interval, SampleState)], over: Slot, maintenance: &Intervals) -> Bands {
    let mut outages = Outages::default();
    let mut disabled = Vec::new();
    let mut known = Vec::with_capacity(states.len());
    for (slots, state) in states {
        let slots = slots.intersect(whole);
        if slots.is_empty() {
            continue;
        }
        match state {
            SampleState::Up => outages.up(),
            SampleState::Down => outages.down(slots, slots.seconds()),
            SampleState::Disabled => disabled.push(slots),
            SampleState::Unknown => continue,
        }
        known.push(slots);
    }
    let listed = |set: Intervals| set.as_slice().to_vec();
    let due = Interval::new(whole.start(), whole.end().min(over.interval().end()));
    Bands {
        outages: outages.finish().into_iter().map(|outage| outage.span).collect(),
        disabled: listed(disabled.into_iter().collect()),
        missing: listed(Intervals::from(due).subtract(&known.into_iter().collect())),
        maintenance: listed(maintenance.intersect(&whole.into())),
    }
}

impl Figures {
    /// Of each bucket, and of all of them together.
    pub fn of_all(buckets: &[Totals]) -> (Vec<Self>, Self) {
        let mut overall = Totals::default();
        for bucket in buckets {
            overall.add(bucket);
        }
        (buckets.iter().map(Self::of).collect(), Self::of(&overall))
    }

    pub fn of(totals: &Totals) -> Self {
        use Total::*;
        let get = |total| totals.get(total).map(|value| value as f64);
        // Rounding must not push a mean past its bounds.
        let summary = |least, greatest, mean: Option<f64>, scale: f64| {
            let (min, max) = (get(least)? / scale, get(greatest)? / scale);
            Some(Summary {
                min,
                avg: (mean? / scale).clamp(min, max),
                max,
            })
        };
        let ratio = |sum, weight| Some(get(sum)? / get(weight).filter(|weight| *weight > 0.0)?);
        let rate = |octets, seconds| ratio(octets, seconds).map(|octets| octets * 8.0);
        let lost = ratio(Received, Sent).map(|answered| (1.0 - answered) * 1e6);
        Self {
            rx: summary(RxLeastBps, RxGreatestBps, rate(RxRatedOctets, RxSeconds), 1.0),
            tx: summary(TxLeastBps, TxGreatestBps, rate(TxRatedOctets, TxSeconds), 1.0),
            latency_ms: summary(
                LatencyLeastUs,
                LatencyGreatestUs,
                ratio(LatencySumUs, LatencyReplies),
                1e3,
            ),
            loss_percent: summary(LossLeastPpm, LossGreatestPpm, lost, 1e4),
        }
    }
}

#[cfg(test)]
mod tests;
