//! What long ranges need of a day beside its sums: its states in runs, and the greatest of its rates.
//!
//! The 95th percentile of a year lies among the greatest rates of its days, so hardly any of its blocks have to be read
//! for it. It is exact all the same: a day of which too few are known says so.
//!
//! As bytes, with numbers of as many bytes as they need (LEB128, seven bits each, lowest first): the version, 1; how many
//! runs, and of each the slots between it and the one before, its slots, and its state; for received and for sent how
//! many rates are known, how many others there are, the least of those known, and from each to the next how much is
//! added; and a CRC-32 of everything before, little-endian.

use super::{Day, SLOTS, Unreadable, state, state_number};
use crate::domain::{
    links::{
        slot::{Sample, SampleState, Slot},
        totals::bits_per_second,
    },
    sla::intervals::Interval,
};

const VERSION: u8 = 1;
const CHECKSUM: usize = 4;

/// Rates that a sealed day's course knows of each direction: enough for a year of busy offices to need no block.
const KNOWN: usize = 60;

/// How a day went.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Course {
    /// Slots side by side with the same state, in their order.
    pub states: Vec<(Interval, SampleState)>,
    /// Received and sent.
    pub rates: [Rates; 2],
}

/// bit/s of the slots that have a rate.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rates {
    /// The greatest, or all, ascending.
    pub known: Vec<i64>,
    /// How many others there are, none of them greater than the least that is known.
    pub others: usize,
}

impl Course {
    /// Of a day's samples, which ascend, with all of their rates.
    #[must_use]
    pub fn of(samples: &[Sample]) -> Self {
        let mut course = Self::default();
        for sample in samples {
            push_state(&mut course.states, sample.slot.interval(), sample.state);
            for (rates, rate) in course.rates.iter_mut().zip(rates_of(sample)) {
                rates.known.extend(rate);
            }
        }
        for rates in &mut course.rates {
            rates.known.sort_unstable();
        }
        course
    }

    /// As much of it as is kept.
    #[must_use]
    pub fn cut(mut self) -> Self {
        for rates in &mut self.rates {
            let others = rates.known.len().saturating_sub(KNOWN);
            rates.known.drain(..others);
            rates.others += others;
        }
        self
    }
}

/// The rates of a slot in bit/s, received and sent, where there are any.
#[must_use]
pub fn rates_of(sample: &Sample) -> [Option<i64>; 2] {
    let seconds = sample.rate_seconds.filter(|&seconds| seconds > 0);
    [sample.counters.rx_octets, sample.counters.tx_octets].map(|octets| Some(bits_per_second(octets?, seconds?)))
}

/// Adds slots of one state, which become one with those just before them that share it.
pub fn push_state(states: &mut Vec<(Interval, SampleState)>, slots: Interval, state: SampleState) {
    match states.last_mut() {
        Some((last, same)) if *same == state && last.end() == slots.start() => {
            *last = Interval::new(last.start(), slots.end());
        }
        _ => states.push((slots, state)),
    }
}

/// Packs the course of `day`.
#[must_use]
pub fn write_course(course: &Course, day: Day) -> Vec<u8> {
    let mut bytes = vec![VERSION];
    let mut put = |number: i64| {
        let mut rest = number as u64;
        while rest >= 0x80 {
            bytes.push(rest as u8 | 0x80);
            rest >>= 7;
        }
        bytes.push(rest as u8);
    };
    put(course.states.len() as i64);
    let mut before = day.first_slot().interval().start();
    for (slots, state) in &course.states {
        put((slots.start() - before) / Slot::SECONDS);
        put(slots.seconds() / Slot::SECONDS);
        put(state_number(*state));
        before = slots.end();
    }
    for rates in &course.rates {
        put(rates.known.len() as i64);
        put(rates.others as i64);
        let mut before = 0;
        for rate in &rates.known {
            put(rate - before);
            before = *rate;
        }
    }
    bytes.extend(crc32fast::hash(&bytes).to_le_bytes());
    bytes
}

/// Reads the course of `day`.
///
/// # Errors
/// When the bytes are not what [`write_course`] writes.
pub fn read_course(bytes: &[u8], day: Day) -> Result<Course, Unreadable> {
    let at = bytes.len().checked_sub(CHECKSUM).ok_or(Unreadable::Length)?;
    let (body, checksum) = bytes.split_at(at);
    let (version, rest) = body.split_first().ok_or(Unreadable::Length)?;
    if *version != VERSION {
        return Err(Unreadable::Version(*version));
    }
    if crc32fast::hash(body).to_le_bytes() != checksum {
        return Err(Unreadable::Checksum);
    }
    let mut rest = Rest(rest);
    let mut course = Course::default();
    let mut before = day.first_slot();
    for _ in 0..rest.count()? {
        let (gap, slots) = (rest.count()? as i32, rest.count()? as i32);
        let (first, after) = (before.plus(gap), before.plus(gap + slots));
        let state = state(Some(rest.number()?))?;
        let run = Interval::new(first.interval().start(), after.interval().start());
        course.states.push((run, state));
        before = after;
    }
    if before > day.last_slot().plus(1) {
        return Err(Unreadable::Impossible("slots of another day"));
    }
    for rates in &mut course.rates {
        let known = rest.count()?;
        rates.others = rest.count()?;
        let mut before = 0_i64;
        rates.known.reserve(known);
        for _ in 0..known {
            before = before.saturating_add(rest.number()?);
            rates.known.push(before);
        }
    }
    match rest.0.is_empty() {
        true => Ok(course),
        false => Err(Unreadable::Length),
    }
}

/// The numbers that are still to be read.
struct Rest<'a>(&'a [u8]);

impl Rest<'_> {
    fn number(&mut self) -> Result<i64, Unreadable> {
        let mut number = 0_u64;
        for shift in (0..63).step_by(7) {
            let (byte, rest) = self.0.split_first().ok_or(Unreadable::Length)?;
            self.0 = rest;
            number |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return i64::try_from(number).map_err(|_| TOO_GREAT);
            }
        }
        Err(TOO_GREAT)
    }

    /// A number that can't be greater than there are slots in a day.
    fn count(&mut self) -> Result<usize, Unreadable> {
        let number = self.number()?;
        let count = usize::try_from(number).ok().filter(|count| *count <= SLOTS as usize);
        count.ok_or(TOO_GREAT)
    }
}

const TOO_GREAT: Unreadable = Unreadable::Impossible("a number out of its range");

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const DAY: i32 = 20_778;

    fn any_course() -> impl Strategy<Value = Course> {
        let one = (
            0..4_i64,
            any::<[Option<u32>; 2]>(),
            prop::option::weighted(0.9, 1..400_u32),
        );
        prop::collection::vec(prop::option::weighted(0.9, one), SLOTS as usize).prop_map(|slots| {
            let numbers = Day::from_number(DAY).first_slot().number()..;
            let samples = numbers.zip(slots).filter_map(|(slot, one)| {
                let (number, [rx, tx], seconds) = one?;
                // Few states, so that there are runs.
                let number = if number > 1 { number } else { 1 };
                let mut sample = Sample::new(Slot::from_number(slot), state(Some(number)).unwrap());
                sample.counters.rx_octets = rx.map(u64::from);
                sample.counters.tx_octets = tx.map(|tx| u64::from(tx) << 20);
                sample.rate_seconds = seconds;
                Some(sample)
            });
            Course::of(&samples.collect::<Vec<_>>())
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn a_course_is_read_back(course in any_course(), is_cut: bool) {
            let course = if is_cut { course.cut() } else { course };
            let day = Day::from_number(DAY);
            prop_assert_eq!(read_course(&write_course(&course, day), day).unwrap(), course);
        }

        #[test]
        fn what_is_cut_is_not_greater_than_what_is_known(course in any_course()) {
            let cut = course.clone().cut();
            for (all, cut) in course.rates.iter().zip(&cut.rates) {
                prop_assert_eq!(cut.known.len() + cut.others, all.known.len());
                prop_assert_eq!(&all.known[cut.others..], &cut.known);
            }
        }

        #[test]
        fn one_flipped_bit_is_noticed(course in any_course(), at in any::<prop::sample::Index>(), bit in 0..8) {
            let day = Day::from_number(DAY);
            let mut bytes = write_course(&course.cut(), day);
            let at = at.index(bytes.len());
            bytes[at] ^= 1_u8 << bit;
            prop_assert!(read_course(&bytes, day).is_err());
        }

        /// The checksum keeps accidents out; this is what would get past it.
        #[test]
        fn bytes_with_a_right_checksum_are_a_course_or_an_error(mut bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            bytes.insert(0, VERSION);
            bytes.extend(crc32fast::hash(&bytes).to_le_bytes());
            let _ = read_course(&bytes, Day::from_number(DAY));
        }
    }
}
