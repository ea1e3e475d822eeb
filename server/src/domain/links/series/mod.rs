//! Samples as what a graph or a table shows: buckets with their least, mean,
//! greatest and last values, and the bands in which nothing flowed.
//!
//! Floating point is fine here, because nothing is judged by it. Drawing,
//! units and zones are the page's.

use super::super::sla::intervals::{Interval, Intervals};
use super::super::sla::outages::Outages;
use super::slot::{Sample, SampleState, Slot};

/// The ranges that every link page offers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Span {
    Day,
    Week,
    Month,
}

impl Span {
    pub const ALL: [Self; 3] = [Self::Day, Self::Week, Self::Month];

    /// How many buckets there are: about as many as a graph has room for.
    pub const fn buckets(self) -> u32 {
        match self {
            Self::Day => 288,
            Self::Week => 336,
            Self::Month => 360,
        }
    }

    /// 5 minutes, 30 minutes, 2 hours.
    pub const fn slots_per_bucket(self) -> u32 {
        match self {
            Self::Day => 1,
            Self::Week => 6,
            Self::Month => 24,
        }
    }
}

/// Buckets of equal length side by side, aligned to the epoch, so that they
/// stay the same from one reload to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grid {
    first: i64,
    buckets: u32,
    slots_per_bucket: u32,
}

impl Grid {
    /// The span of which the last bucket holds `last`.
    pub fn ending(span: Span, last: Slot) -> Self {
        Self::new(last, span.buckets(), span.slots_per_bucket())
    }

    /// Any number of buckets, the last of which holds `last`; a length of zero
    /// is taken as one slot.
    pub fn new(last: Slot, buckets: u32, slots_per_bucket: u32) -> Self {
        let slots_per_bucket = slots_per_bucket.max(1);
        let length = i64::from(slots_per_bucket);
        let last_bucket = i64::from(last.number()).div_euclid(length);
        Self {
            first: (last_bucket + 1 - i64::from(buckets)) * length,
            buckets,
            slots_per_bucket,
        }
    }

    /// All of it.
    pub fn interval(self) -> Interval {
        self.spanning(0, self.buckets)
    }

    /// One bucket, counted from 0.
    pub fn bucket(self, index: u32) -> Interval {
        self.spanning(index, index.saturating_add(1))
    }

    /// The bucket that holds `slot`, if any does.
    pub fn index_of(self, slot: Slot) -> Option<usize> {
        let index = (i64::from(slot.number()) - self.first).div_euclid(self.slots_per_bucket.into());
        (0..i64::from(self.buckets)).contains(&index).then_some(index as usize)
    }

    fn spanning(self, from: u32, to: u32) -> Interval {
        let second = |index: u32| (self.first + i64::from(index) * i64::from(self.slots_per_bucket)) * Slot::SECONDS;
        Interval::new(second(from), second(to))
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
    pub last: f64,
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
    /// `samples` ascend by slot; those outside the grid are skipped, and those
    /// that lie wholly outside `active`, in which the link is in service: what
    /// was before or after is not its customer's. A slot with an edge in it is
    /// shown whole, because its figures can't be divided. What lacks after
    /// `over`, the last slot that has ended, is not missing yet.
    pub fn of(grid: Grid, samples: &[Sample], active: Interval, over: Slot, maintenance: &Intervals) -> Self {
        let mut buckets = vec![Gathered::default(); grid.buckets as usize];
        let mut overall = Gathered::default();
        for sample in samples.iter().filter(|sample| sample.slot.touches(active)) {
            if let Some(bucket) = grid.index_of(sample.slot).and_then(|index| buckets.get_mut(index)) {
                bucket.add(sample);
                overall.add(sample);
            }
        }
        Self {
            buckets: (0..grid.buckets)
                .zip(buckets)
                .map(|(index, gathered)| Bucket {
                    interval: grid.bucket(index),
                    figures: gathered.figures(),
                })
                .collect(),
            overall: overall.figures(),
            bands: bands(grid.interval().intersect(active), samples, over, maintenance),
        }
    }
}

/// The mean traffic of the busier direction in 48 half hours up to `last`, in
/// bits per second: enough for a card's small curve.
pub fn sparkline(last: Slot, samples: &[Sample], active: Interval) -> Vec<Option<f64>> {
    let grid = Grid::new(last, 48, 6);
    let series = Series::of(grid, samples, active, last, &Intervals::default());
    let averages = |figures: Figures| {
        let averages = [figures.rx, figures.tx].map(|summary| summary.map(|summary| summary.avg));
        averages.into_iter().flatten().reduce(f64::max)
    };
    series
        .buckets
        .into_iter()
        .map(|bucket| averages(bucket.figures))
        .collect()
}

fn bands(whole: Interval, samples: &[Sample], over: Slot, maintenance: &Intervals) -> Bands {
    let mut outages = Outages::default();
    let mut disabled = Vec::new();
    let mut known = Vec::with_capacity(samples.len());
    for sample in samples {
        let slot = sample.slot.interval().intersect(whole);
        if slot.is_empty() {
            continue;
        }
        match sample.state {
            SampleState::Up => outages.up(),
            SampleState::Down => outages.down(slot, slot.seconds()),
            SampleState::Disabled => disabled.push(slot),
            SampleState::Unknown => continue,
        }
        known.push(slot);
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

#[derive(Clone, Copy, Debug, Default)]
struct Gathered {
    rx: Gather,
    tx: Gather,
    latency_ms: Gather,
    loss_percent: Gather,
}

impl Gathered {
    fn add(&mut self, sample: &Sample) {
        if let Some(seconds) = sample.rate_seconds.filter(|&seconds| seconds > 0) {
            let seconds = f64::from(seconds);
            let rate = |octets: u64| octets as f64 * 8.0 / seconds;
            if let Some(octets) = sample.counters.rx_octets {
                self.rx.add_one(rate(octets), seconds);
            }
            if let Some(octets) = sample.counters.tx_octets {
                self.tx.add_one(rate(octets), seconds);
            }
        }
        if let Some(latency) = sample.latency {
            let [min, avg, max] = [latency.min_us, latency.avg_us, latency.max_us].map(|us| f64::from(us) / 1000.0);
            self.latency_ms.add(min, avg, max, sample.probes_received.max(1).into());
        }
        if sample.probes_sent > 0 {
            let lost = sample.probes_sent.saturating_sub(sample.probes_received);
            let sent = f64::from(sample.probes_sent);
            self.loss_percent.add_one(f64::from(lost) * 100.0 / sent, sent);
        }
    }

    fn figures(self) -> Figures {
        Figures {
            rx: self.rx.summary(),
            tx: self.tx.summary(),
            latency_ms: self.latency_ms.summary(),
            loss_percent: self.loss_percent.summary(),
        }
    }
}

/// Gathers values for a [`Summary`]. Nothing is known while `weight` is zero.
#[derive(Clone, Copy, Debug, Default)]
struct Gather {
    weighted: f64,
    weight: f64,
    min: f64,
    max: f64,
    last: f64,
}

impl Gather {
    fn add_one(&mut self, value: f64, weight: f64) {
        self.add(value, value, value, weight);
    }

    fn add(&mut self, min: f64, avg: f64, max: f64, weight: f64) {
        let first = self.weight == 0.0;
        self.min = if first { min } else { self.min.min(min) };
        self.max = if first { max } else { self.max.max(max) };
        self.last = avg;
        self.weighted += avg * weight;
        self.weight += weight;
    }

    fn summary(self) -> Option<Summary> {
        (self.weight > 0.0).then(|| Summary {
            min: self.min,
            // Rounding must not push a mean past its bounds.
            avg: (self.weighted / self.weight).clamp(self.min, self.max),
            max: self.max,
            last: self.last,
        })
    }
}

#[cfg(test)]
mod tests;
