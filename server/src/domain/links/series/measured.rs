//! All that was measured of a link in a range, from whichever source tells it cheapest.
//!
//! Short buckets are made of samples. Those of hours and more are made of what hours and days came to when they were
//! sealed; days that are not, and those in which the range or the service begins or ends, are made of their samples
//! there too. Totals are merged and never averaged, so each source gives the same figures.

use std::collections::{HashMap, HashSet};

use entity::{LinkId, Tenant};

use super::{
    super::{
        block::{self, Course, Day, Part, push_state},
        days::{self, DaysError},
        slot::{Sample, SampleState, Slot},
        store,
        totals::{Totals, bits_per_second},
    },
    Grid, Interval,
};

/// Buckets of so many slots are made of hours: six hours.
pub(super) const OF_HOURS: u32 = 72;

/// Buckets of so many are made of days.
const OF_DAYS: u32 = 288;

/// What was measured in a range.
#[derive(Clone, Debug, PartialEq)]
pub struct Measured {
    pub grid: Grid,
    /// What each bucket comes to, as far as the link was active in it.
    pub buckets: Vec<Totals>,
    /// Slots that have one, in their order; those side by side that share it are together.
    pub states: Vec<(Interval, SampleState)>,
    /// The rates of the slots in bit/s, received and sent, in no order.
    rates: [Vec<i64>; 2],
}

impl Measured {
    fn nothing(grid: Grid) -> Self {
        Self {
            grid,
            buckets: vec![Totals::default(); grid.buckets() as usize],
            states: Vec::new(),
            rates: [Vec::new(), Vec::new()],
        }
    }

    /// `samples` ascend by slot; those outside the grid are skipped, and those that lie wholly outside `active`, in
    /// which the link is in service: what was before or after is not its customer's. A slot with an edge in it counts
    /// whole, because its figures can't be divided.
    pub fn of(grid: Grid, samples: &[Sample], active: Interval) -> Self {
        let mut measured = Self::nothing(grid);
        for sample in samples {
            measured.take_slot(sample, active);
            measured.take_totals(sample, active);
        }
        measured
    }

    /// The rate that no more than 5 % of the slots exceed, received and sent, in bit/s: by nearest rank, and slots
    /// without a rate do not count (R13).
    pub fn percentiles(self) -> [Option<i64>; 2] {
        self.rates.map(percentile_95)
    }

    fn take_slot(&mut self, sample: &Sample, active: Interval) {
        if !sample.slot.touches(self.grid.interval()) {
            return;
        }
        push_state(&mut self.states, sample.slot.interval(), sample.state);
        let seconds = sample.rate_seconds.filter(|&seconds| seconds > 0);
        if let Some(seconds) = seconds.filter(|_| sample.slot.touches(active)) {
            let octets = [sample.counters.rx_octets, sample.counters.tx_octets];
            for (rates, octets) in self.rates.iter_mut().zip(octets) {
                rates.extend(octets.map(|octets| bits_per_second(octets, seconds)));
            }
        }
    }

    /// All of a day that lies whole in the grid and in the service.
    fn take_course(&mut self, course: Course) {
        for (slots, state) in course.states {
            push_state(&mut self.states, slots, state);
        }
        for (rates, of_day) in self.rates.iter_mut().zip(course.rates) {
            rates.extend(of_day);
        }
    }

    fn take_totals(&mut self, sample: &Sample, active: Interval) {
        if let Some(bucket) = self.bucket(sample.slot).filter(|_| sample.slot.touches(active)) {
            bucket.add_sample(sample);
        }
    }

    fn bucket(&mut self, slot: Slot) -> Option<&mut Totals> {
        self.grid.index_of(slot).and_then(|index| self.buckets.get_mut(index))
    }
}

/// The value at rank ⌈0.95 n⌉.
pub fn percentile_95(mut values: Vec<i64>) -> Option<i64> {
    let rank = (values.len() * 95).div_ceil(100);
    let at = rank.checked_sub(1)?;
    Some(*values.select_nth_unstable(at).1)
}

/// What was measured of `link` in `grid`, while it was `active`.
///
/// # Errors
/// When the database does not answer, or a sealed day can't be read.
pub async fn read(tenant: &Tenant<'_>, link: LinkId, grid: Grid, active: Interval) -> Result<Measured, DaysError> {
    let shown = grid.interval().intersect(active);
    if shown.is_empty() {
        return Ok(Measured::nothing(grid));
    }
    let (first, last) = (Slot::from_second(shown.start()), Slot::from_second(shown.end() - 1));
    if grid.is_of_samples() {
        let samples = store::measurements(tenant, link, first, last).await?;
        return Ok(Measured::of(grid, &samples, active));
    }
    // Rows first: a day that is sealed in between is there twice then, and not lacking.
    let open = store::rows(tenant, link, first, last).await?;
    let (first, last) = (Day::of(first), Day::of(last));
    let mut days = Days {
        open,
        ..Days::default()
    };
    if grid.slots_per_bucket() < OF_DAYS {
        days.hours = days::packed_hours(tenant, link, first, last).await?;
    } else {
        days.totals = days::totals(tenant, link, first, last).await?;
    }
    days.blocks = store::packed(tenant, link, first, last).await?;
    // A year takes some milliseconds to unpack.
    tokio::task::spawn_blocking(move || days.gather(link, grid, active))
        .await
        .unwrap_or_else(|stopped| std::panic::resume_unwind(stopped.into_panic()))
}

/// Where long ranges are gathered from.
#[derive(Debug, Default)]
struct Days {
    /// Samples that are rows, by their slots.
    open: Vec<Sample>,
    /// Sealed days, in their order.
    blocks: Vec<(Day, Vec<u8>)>,
    totals: Vec<(Day, Totals)>,
    hours: Vec<(Day, Vec<u8>)>,
}

impl Days {
    fn gather(self, link: LinkId, grid: Grid, active: Interval) -> Result<Measured, DaysError> {
        let mut measured = Measured::of(grid, &self.open, active);
        // What is a row is so, whatever a block or a summary of its day says.
        let there: HashSet<Slot> = self.open.iter().map(|sample| sample.slot).collect();
        let open: HashSet<Day> = there.iter().copied().map(Day::of).collect();
        let mut totals: HashMap<Day, Totals> = self.totals.into_iter().collect();
        let hours: HashMap<Day, Vec<u8>> = self.hours.into_iter().collect();
        let shown = grid.interval().intersect(active);
        for (day, bytes) in &self.blocks {
            let day = *day;
            let unreadable = |source| DaysError::Unreadable { link, day, source };
            let whole = Interval::new(day.first_slot().interval().start(), day.last_slot().interval().end());
            let is_whole = whole.intersect(shown) == whole && !open.contains(&day);
            let summed = match (totals.remove(&day), hours.get(&day)) {
                (Some(totals), _) if is_whole => vec![(day.first_slot(), totals)],
                (_, Some(hours)) if is_whole => {
                    let hours = block::read_hours(hours).map_err(unreadable)?;
                    let begins = (0..).map(|hour| day.first_slot().plus(hour * 12));
                    begins.zip(hours).collect()
                }
                _ => Vec::new(),
            };
            if summed.is_empty() {
                let sealed = block::read(bytes, day, Part::Whole).map_err(unreadable)?;
                for sample in sealed.into_iter().filter(|sample| !there.contains(&sample.slot)) {
                    measured.take_slot(&sample, active);
                    measured.take_totals(&sample, active);
                }
            } else {
                measured.take_course(block::read_course(bytes, day).map_err(unreadable)?);
            }
            for (slot, totals) in summed {
                if let Some(bucket) = measured.bucket(slot) {
                    bucket.add(&totals);
                }
            }
        }
        // A late sample opens a day between sealed ones.
        measured.states.sort_by_key(|(slots, _)| slots.start());
        let mut states = Vec::with_capacity(measured.states.len());
        for (slots, state) in measured.states {
            push_state(&mut states, slots, state);
        }
        measured.states = states;
        Ok(measured)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{
        super::super::slot::{Counters, Latency},
        *,
    };

    const FIRST: i32 = 20_700;

    fn sample(number: i32, seed: u32) -> Sample {
        let state = match seed % 7 {
            0 => SampleState::Down,
            1 => SampleState::Unknown,
            _ => SampleState::Up,
        };
        Sample {
            counters: Counters {
                rx_octets: (!seed.is_multiple_of(5)).then_some(u64::from(seed) * 11),
                tx_octets: Some(u64::from(seed)),
                ..Counters::default()
            },
            rate_seconds: (!seed.is_multiple_of(11)).then_some(200 + seed % 200),
            latency: (!seed.is_multiple_of(3)).then_some(Latency {
                min_us: seed % 900,
                avg_us: 1_000 + seed % 900,
                max_us: 2_000 + seed % 9_000,
            }),
            probes_sent: 5,
            probes_received: seed % 6,
            ..Sample::new(Slot::from_number(number), state)
        }
    }

    /// All samples sealed, but for those of `open` days: of them some are rows, beside a block that knows the others and
    /// something else of these.
    fn days(samples: &[Sample], open: &[bool], by_hours: bool) -> Days {
        let mut days = Days::default();
        for of_day in samples.chunk_by(|a, b| Day::of(a.slot) == Day::of(b.slot)) {
            let day = Day::of(of_day[0].slot);
            let is_open = open[(day.number() - FIRST) as usize];
            let is_row = |sample: &Sample| is_open && sample.slot.number() % 3 != 0;
            days.open.extend(of_day.iter().filter(|sample| is_row(sample)));
            let before = |sample: &Sample| match is_row(sample) {
                true => Sample::new(sample.slot, SampleState::Unknown),
                false => *sample,
            };
            let of_day = &of_day.iter().map(before).collect::<Vec<_>>();
            days.blocks.push((day, block::write(of_day)));
            if by_hours {
                let hours = block::write_hours(&block::hours(of_day, day));
                days.hours.push((day, hours));
            } else {
                days.totals.push((day, Totals::of(of_day)));
            }
        }
        days
    }

    /// Rates have no order.
    fn comparable(mut measured: Measured) -> Measured {
        for rates in &mut measured.rates {
            rates.sort_unstable();
        }
        measured
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]
        #[test]
        fn summaries_and_samples_give_the_same_figures(
            seeds in prop::collection::vec(prop::option::weighted(0.8, 1..4_000_000_000_u32), 8 * 288),
            missing in prop::collection::vec(prop::bool::weighted(0.2), 8),
            open in prop::collection::vec(prop::bool::weighted(0.2), 8),
            (from, length) in (0..8 * 86_400_i64, 3_600..8 * 86_400_i64),
            (begun, service) in (-86_400..4 * 86_400_i64, 0..20 * 86_400_i64),
            slots in prop::sample::select(vec![OF_HOURS, OF_DAYS, 7 * OF_DAYS]),
        ) {
            let first = FIRST * block::SLOTS;
            let samples: Vec<Sample> = (0..)
                .zip(&seeds)
                .filter(|(at, _)| !missing[(at / block::SLOTS) as usize])
                .filter_map(|(at, seed)| Some(sample(first + at, (*seed)?)))
                .collect();
            let start = i64::from(first) * Slot::SECONDS;
            let range = Grid::of(super::super::Span::Chosen(Interval::new(start + from, start + from + length)), Slot::from_number(0));
            let last = Slot::from_second(range.interval().end() - 1);
            let slots_of = |slot: Slot| i64::from(slot.number()).div_euclid(slots.into());
            let buckets = slots_of(last) - slots_of(Slot::from_second(range.interval().start())) + 1;
            let grid = Grid { range: range.interval(), ..Grid::new(last, buckets as u32, slots) };
            let active = Interval::new(start + begun, start + begun + service);
            let gathered = days(&samples, &open, slots == OF_HOURS).gather(LinkId::new(), grid, active).unwrap();
            prop_assert_eq!(comparable(gathered), comparable(Measured::of(grid, &samples, active)));
        }
    }

    #[test]
    fn a_percentile_is_the_nearest_rank() {
        let of = |count: i64| percentile_95((1..=count).rev().collect());
        assert_eq!(
            [of(0), of(1), of(19), of(20), of(21), of(100)],
            [None, Some(1), Some(19), Some(19), Some(20), Some(95)]
        );
        assert_eq!(of(8_916), Some(8_471), "⌈0.95 · 8916⌉");
    }
}
