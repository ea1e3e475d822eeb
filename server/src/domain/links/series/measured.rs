//! All that was measured of a link in a range, from whichever source tells it cheapest.
//!
//! Short buckets are made of samples. Those of hours and more are made of what hours and days came to when they were
//! sealed; days that are not, and those in which the range or the service begins or ends, are made of their samples
//! there too, and all of them where buckets begin within an hour. Totals are merged and never averaged, so each source
//! gives the same figures. Else blocks are read for these days alone, and for those of which a percentile needs more
//! rates than are kept beside the totals.

use std::collections::HashSet;

use entity::{LinkId, Tenant};

use super::{
    super::{
        block::{self, Day, Part, Unreadable, push_state},
        days::{self, DaysError, Summed},
        slot::{Sample, SampleState, Slot},
        store,
        totals::Totals,
    },
    Grid, Interval,
    peaks::Peaks,
};

/// Buckets of so many slots are made of hours: six hours.
pub(super) const OF_HOURS: u32 = 72;

/// The slots of an hour.
const HOUR: i32 = 12;

/// What was measured in a range.
#[derive(Clone, Debug, PartialEq)]
pub struct Measured {
    pub grid: Grid,
    /// What each bucket comes to, as far as the link was active in it.
    pub buckets: Vec<Totals>,
    /// Slots that have one, in their order; those side by side that share it are together.
    pub states: Vec<(Interval, SampleState)>,
    peaks: Peaks,
}

impl Measured {
    fn nothing(grid: Grid) -> Self {
        Self {
            grid,
            buckets: vec![Totals::default(); grid.buckets() as usize],
            states: Vec::new(),
            peaks: Peaks::default(),
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

    /// The rate that no more than 5 % of the slots exceed, received and sent, in bit/s (R13).
    pub fn percentiles(&self) -> [Option<i64>; 2] {
        self.peaks.percentiles()
    }

    fn take_slot(&mut self, sample: &Sample, active: Interval) {
        if !sample.slot.touches(self.grid.interval()) {
            return;
        }
        push_state(&mut self.states, sample.slot.interval(), sample.state);
        if sample.slot.touches(active) {
            self.peaks.take_slot(sample);
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
    let sealed: Vec<Sealed> = if grid.is_made_of(block::SLOTS) {
        let days = days::totals(tenant, link, first, last).await?.into_iter();
        days.map(Sealed::by_day).collect()
    } else if grid.is_made_of(HOUR) {
        let days = days::packed_hours(tenant, link, first, last).await?.into_iter();
        days.map(Sealed::by_hours).collect()
    } else {
        Vec::new()
    };
    let unreadable = |day| move |source| DaysError::Unreadable { link, day, source };
    let mut gathering = Gathering::new(grid, active, &open);
    let mut in_parts: Vec<Day> = match grid.is_made_of(HOUR) {
        true => Vec::new(),
        false => (first.number()..=last.number()).map(Day::from_number).collect(),
    };
    for sealed in sealed {
        if !gathering.is_whole(sealed.day) {
            in_parts.push(sealed.day);
        } else {
            gathering.take_day(&sealed).map_err(unreadable(sealed.day))?;
        }
        // A year takes some milliseconds.
        tokio::task::consume_budget().await;
    }
    for (day, bytes) in store::packed_of(tenant, link, &in_parts).await? {
        gathering.take_part(day, &bytes).map_err(unreadable(day))?;
        tokio::task::consume_budget().await;
    }
    let mut measured = gathering.finish();
    for (day, bytes) in store::packed_of(tenant, link, &measured.peaks.unsure()).await? {
        let samples = block::read(&bytes, day, Part::Rates).map_err(unreadable(day))?;
        measured.peaks.learn(day, &samples);
        tokio::task::consume_budget().await;
    }
    Ok(measured)
}

/// A sealed day with what it comes to.
#[derive(Debug)]
struct Sealed {
    day: Day,
    course: Vec<u8>,
    sums: Sums,
}

#[derive(Debug)]
enum Sums {
    Day(Box<Totals>),
    /// Packed.
    Hours(Vec<u8>),
}

impl Sealed {
    fn by_day(Summed { day, sums, course }: Summed<Totals>) -> Self {
        let sums = Sums::Day(Box::new(sums));
        Self { day, course, sums }
    }

    fn by_hours(Summed { day, sums, course }: Summed<Vec<u8>>) -> Self {
        let sums = Sums::Hours(sums);
        Self { day, course, sums }
    }
}

/// What long ranges are gathered in.
#[derive(Debug)]
struct Gathering {
    measured: Measured,
    active: Interval,
    /// What is a row is so, whatever a block or a summary of its day says.
    there: HashSet<Slot>,
    open: HashSet<Day>,
}

impl Gathering {
    /// With the samples that are rows.
    fn new(grid: Grid, active: Interval, rows: &[Sample]) -> Self {
        let there: HashSet<Slot> = rows.iter().map(|sample| sample.slot).collect();
        Self {
            measured: Measured::of(grid, rows, active),
            active,
            open: there.iter().copied().map(Day::of).collect(),
            there,
        }
    }

    /// Whether what `day` comes to is what is to be shown of it.
    fn is_whole(&self, day: Day) -> bool {
        let shown = self.measured.grid.interval().intersect(self.active);
        let whole = Interval::new(day.first_slot().interval().start(), day.last_slot().interval().end());
        whole.intersect(shown) == whole && !self.open.contains(&day)
    }

    /// A day that is whole.
    fn take_day(&mut self, sealed: &Sealed) -> Result<(), Unreadable> {
        let course = block::read_course(&sealed.course, sealed.day)?;
        let mut take = |slot: Slot, totals: &Totals| {
            if let Some(bucket) = self.measured.bucket(slot) {
                bucket.add(totals);
            }
        };
        let first = sealed.day.first_slot();
        match &sealed.sums {
            Sums::Day(totals) => take(first, totals),
            Sums::Hours(hours) => {
                for (hour, totals) in (0..).zip(&block::read_hours(hours)?) {
                    take(first.plus(hour * HOUR), totals);
                }
            }
        }
        for (slots, state) in course.states {
            push_state(&mut self.measured.states, slots, state);
        }
        self.measured.peaks.take_day(sealed.day, course.rates);
        Ok(())
    }

    /// The block of one that is not.
    fn take_part(&mut self, day: Day, bytes: &[u8]) -> Result<(), Unreadable> {
        for sample in block::read(bytes, day, Part::Whole)? {
            if !self.there.contains(&sample.slot) {
                self.measured.take_slot(&sample, self.active);
                self.measured.take_totals(&sample, self.active);
            }
        }
        Ok(())
    }

    fn finish(self) -> Measured {
        let mut measured = self.measured;
        // A late sample opens a day between sealed ones.
        measured.states.sort_by_key(|(slots, _)| slots.start());
        let mut states = Vec::with_capacity(measured.states.len());
        for (slots, state) in measured.states {
            push_state(&mut states, slots, state);
        }
        measured.states = states;
        measured
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{
        super::super::{
            block::Course,
            slot::{Counters, Latency},
        },
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
    fn gathered(samples: &[Sample], open: &[bool], grid: Grid, active: Interval) -> Measured {
        let is_open = |slot: Slot| open[(Day::of(slot).number() - FIRST) as usize];
        let is_row = |sample: &&Sample| is_open(sample.slot) && sample.slot.number() % 3 != 0;
        let rows: Vec<Sample> = samples.iter().filter(is_row).copied().collect();
        let mut gathering = Gathering::new(grid, active, &rows);
        for of_day in samples.chunk_by(|a, b| Day::of(a.slot) == Day::of(b.slot)) {
            let day = Day::of(of_day[0].slot);
            let before = |sample: &Sample| match is_row(&sample) {
                true => Sample::new(sample.slot, SampleState::Unknown),
                false => *sample,
            };
            let of_day = &of_day.iter().map(before).collect::<Vec<_>>();
            if grid.is_made_of(HOUR) && gathering.is_whole(day) {
                let sums = match grid.is_made_of(block::SLOTS) {
                    false => Sums::Hours(block::write_hours(&block::hours(of_day, day))),
                    true => Sums::Day(Box::new(Totals::of(of_day))),
                };
                let course = block::write_course(&Course::of(of_day).cut(), day);
                gathering.take_day(&Sealed { day, course, sums }).unwrap();
            } else {
                gathering.take_part(day, &block::write(of_day)).unwrap();
            }
        }
        let mut measured = gathering.finish();
        for day in measured.peaks.unsure() {
            let of_day = samples.iter().filter(|sample| Day::of(sample.slot) == day);
            measured.peaks.learn(day, &of_day.copied().collect::<Vec<_>>());
        }
        assert_eq!(measured.peaks.unsure(), []);
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
            slots in prop::sample::select(vec![OF_HOURS, 288, 7 * 288]),
            earlier in prop::sample::select(vec![0, 1, 3 * 12, 288, 300]),
            unmeasured in 0..400_i32,
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
            let grid = match earlier {
                0 => grid,
                slots => grid.earlier(slots, last.plus(-unmeasured)),
            };
            let active = Interval::new(start + begun, start + begun + service);
            let (gathered, looked_at) = (gathered(&samples, &open, grid, active), Measured::of(grid, &samples, active));
            prop_assert_eq!(gathered.percentiles(), looked_at.percentiles());
            prop_assert_eq!((gathered.buckets, gathered.states), (looked_at.buckets, looked_at.states));
        }
    }
}
