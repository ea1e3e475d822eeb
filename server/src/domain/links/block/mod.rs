//! A link's finished UTC day as one value: its samples, packed, and the digest that proves them.
//!
//! Pure: how blocks are stored, and when, is not here.

use sha2::{Digest, Sha256};

use super::slot::{Counters, Jitter, Latency, Sample, SampleState, Slot};
use super::totals::{Total, Totals};

mod course;
mod packed;

pub use course::{Course, Rates, push_state, rates_of, read_course, write_course};
pub use packed::Unreadable;
use packed::{Packed, Values, pack};

/// Slots of a day.
pub const SLOTS: i32 = 288;

/// A UTC day, counted from 1970-01-01.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(i32);

impl Day {
    /// The day with this number; one of those that [`Slot`] can count.
    pub fn from_number(number: i32) -> Self {
        Self(number.clamp(i32::MIN / SLOTS, i32::MAX / SLOTS - 1))
    }

    /// The day that holds `slot`.
    pub fn of(slot: Slot) -> Self {
        Self::from_number(slot.number().div_euclid(SLOTS))
    }

    pub fn number(self) -> i32 {
        self.0
    }

    pub fn first_slot(self) -> Slot {
        Slot::from_number(self.0 * SLOTS)
    }

    pub fn last_slot(self) -> Slot {
        self.first_slot().plus(SLOTS - 1)
    }
}

/// What is kept of a sample. A block's columns are these, in this order; the number is the column's place and part of
/// the format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(usize)]
enum Field {
    Slot = 0,
    State,
    RxOctets,
    TxOctets,
    RxPackets,
    TxPackets,
    Errors,
    Drops,
    RateSeconds,
    LatencyMin,
    LatencyAvg,
    LatencyMax,
    Jitter,
    JitterCount,
    Sent,
    Received,
    Flaps,
    DownSeconds,
}

impl Field {
    const ALL: [Self; 18] = [
        Self::Slot,
        Self::State,
        Self::RxOctets,
        Self::TxOctets,
        Self::RxPackets,
        Self::TxPackets,
        Self::Errors,
        Self::Drops,
        Self::RateSeconds,
        Self::LatencyMin,
        Self::LatencyAvg,
        Self::LatencyMax,
        Self::Jitter,
        Self::JitterCount,
        Self::Sent,
        Self::Received,
        Self::Flaps,
        Self::DownSeconds,
    ];

    /// The value in `sample`. Errors and drops are kept summed, as in rows.
    fn of(self, sample: &Sample) -> Option<i64> {
        let counters = &sample.counters;
        let counted = |value: Option<u64>| value.map(|value| i64::try_from(value).unwrap_or(i64::MAX));
        let probed = sample.probes_sent > 0;
        match self {
            Self::Slot => Some(sample.slot.number().into()),
            Self::State => Some(state_number(sample.state)),
            Self::RxOctets => counted(counters.rx_octets),
            Self::TxOctets => counted(counters.tx_octets),
            Self::RxPackets => counted(counters.rx_packets),
            Self::TxPackets => counted(counters.tx_packets),
            Self::Errors => counted(counters.errors()),
            Self::Drops => counted(counters.drops()),
            Self::RateSeconds => sample.rate_seconds.map(i64::from),
            Self::LatencyMin => sample.latency.map(|latency| latency.min_us.into()),
            Self::LatencyAvg => sample.latency.map(|latency| latency.avg_us.into()),
            Self::LatencyMax => sample.latency.map(|latency| latency.max_us.into()),
            Self::Jitter => sample.jitter.map(|jitter| jitter.mean_us.into()),
            Self::JitterCount => sample.jitter.map(|jitter| jitter.differences.into()),
            Self::Sent => probed.then(|| sample.probes_sent.into()),
            Self::Received => probed.then(|| sample.probes_received.into()),
            Self::Flaps => sample.flaps.map(i64::from),
            Self::DownSeconds => sample.down_seconds.map(i64::from),
        }
    }

    /// The column from which this one is kept as the difference: round trips lie close together.
    fn beside(self) -> Option<Self> {
        match self {
            Self::LatencyAvg => Some(Self::LatencyMin),
            Self::LatencyMax => Some(Self::LatencyAvg),
            _ => None,
        }
    }
}

/// What a reader needs of a block; each part costs its own columns and no more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// States alone.
    States,
    /// States, and octets with their seconds.
    Rates,
    /// What graphs are drawn from: states, octets with their seconds, round trips and probes.
    Measurements,
    /// What a service level is judged by: the same, and jitter.
    Judged,
    Whole,
}

impl Part {
    fn has(self, field: Field) -> bool {
        match self {
            Self::Whole => true,
            Self::States => matches!(field, Field::Slot | Field::State),
            Self::Rates => matches!(
                field,
                Field::Slot | Field::State | Field::RxOctets | Field::TxOctets | Field::RateSeconds
            ),
            Self::Measurements => {
                Self::Rates.has(field)
                    || matches!(
                        field,
                        Field::LatencyMin | Field::LatencyAvg | Field::LatencyMax | Field::Sent | Field::Received
                    )
            }
            Self::Judged => Self::Measurements.has(field) || matches!(field, Field::Jitter | Field::JitterCount),
        }
    }
}

/// SHA-256 over what samples say, whichever way they are packed: the same for rows, for a block and for the same
/// samples elsewhere.
pub fn digest(samples: &[Sample]) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(b"mainstay samples 1\n");
    let mut row = Vec::with_capacity(Field::ALL.len() * 9);
    for sample in samples {
        row.clear();
        for field in Field::ALL {
            match field.of(sample) {
                Some(value) => {
                    row.push(1);
                    row.extend(value.to_le_bytes());
                }
                None => row.push(0),
            }
        }
        hash.update(&row);
    }
    hash.finalize().into()
}

/// Packs the samples of one day, one a slot and in their order. The same samples always give the same bytes.
pub fn write(samples: &[Sample]) -> Vec<u8> {
    let mut columns: Vec<Vec<Option<i64>>> = Field::ALL
        .iter()
        .map(|field| samples.iter().map(|sample| field.of(sample)).collect())
        .collect();
    // From the last, so that each difference is to a value and not to a difference.
    for field in Field::ALL.into_iter().rev() {
        if let Some(beside) = field.beside() {
            let (before, rest) = columns.split_at_mut(field as usize);
            step(&mut rest[0], &before[beside as usize], i64::wrapping_sub);
        }
    }
    pack(&columns)
}

/// Reads `part` of the samples of `day`, in their order; what is not in it is unknown.
///
/// # Errors
/// When the bytes are no block, or one of another day.
pub fn read(bytes: &[u8], day: Day, part: Part) -> Result<Vec<Sample>, Unreadable> {
    let packed = open(bytes)?;
    let mut columns: Vec<Values> = Vec::with_capacity(Field::ALL.len());
    for field in Field::ALL {
        let mut column = match part.has(field) {
            true => packed.values(field as usize)?,
            false => Values::Nothing,
        };
        if let Some(beside) = field.beside() {
            let beside = &columns[beside as usize];
            column.each(|row, value| value.wrapping_add(beside.get(row).unwrap_or(0)));
        }
        columns.push(column);
    }
    let samples = (0..packed.rows())
        .map(|row| sample(|field| columns[field as usize].get(row)))
        .collect::<Result<Vec<_>, _>>()?;
    let slots: Vec<Slot> = samples.iter().map(|sample| sample.slot).collect();
    check_slots(day, &slots)?;
    Ok(samples)
}

fn open(bytes: &[u8]) -> Result<Packed<'_>, Unreadable> {
    let packed = Packed::open(bytes)?;
    if packed.columns() != Field::ALL.len() {
        return Err(Unreadable::Impossible("another number of columns than a sample has"));
    }
    Ok(packed)
}

fn check_slots(day: Day, slots: &[Slot]) -> Result<(), Unreadable> {
    let in_order = slots.windows(2).all(|pair| pair[0] < pair[1]);
    let of_day = |slot: Option<&Slot>| slot.is_none_or(|slot| Day::of(*slot) == day);
    if in_order && of_day(slots.first()) && of_day(slots.last()) {
        return Ok(());
    }
    Err(Unreadable::Impossible("slots of another day, or not in their order"))
}

/// What each hour of `day` comes to.
pub fn hours(samples: &[Sample], day: Day) -> [Totals; 24] {
    let mut hours = [Totals::default(); 24];
    for sample in samples {
        let hour = (sample.slot.number() - day.first_slot().number()).div_euclid(12);
        if let Some(hour) = usize::try_from(hour).ok().and_then(|hour| hours.get_mut(hour)) {
            hour.add_sample(sample);
        }
    }
    hours
}

/// Packs the hours of a day.
pub fn write_hours(hours: &[Totals; 24]) -> Vec<u8> {
    let columns: Vec<_> = Total::ALL
        .iter()
        .map(|total| hours.iter().map(|hour| hour.get(*total)).collect())
        .collect();
    pack(&columns)
}

/// Reads the hours of a day.
///
/// # Errors
/// When the bytes are not what [`write_hours`] writes.
pub fn read_hours(bytes: &[u8]) -> Result<[Totals; 24], Unreadable> {
    read_hours_of(bytes, &Total::ALL)
}

/// The same with some values of each hour and no others, which is so much faster.
///
/// # Errors
/// As [`read_hours`].
pub fn read_hours_of(bytes: &[u8], totals: &[Total]) -> Result<[Totals; 24], Unreadable> {
    let packed = Packed::open(bytes)?;
    if packed.rows() != 24 || packed.columns() != Total::ALL.len() {
        return Err(Unreadable::Impossible(
            "another number of hours or of values than a day has",
        ));
    }
    let mut hours = [Totals::default(); 24];
    for total in totals.iter().copied() {
        let values = packed.values(total as usize)?;
        for (row, hour) in hours.iter_mut().enumerate() {
            hour.set(total, values.get(row));
        }
    }
    Ok(hours)
}

/// Applies `each` to every value of `column` and its neighbour in `beside`.
fn step(column: &mut [Option<i64>], beside: &[Option<i64>], each: impl Fn(i64, i64) -> i64) {
    for (value, beside) in column.iter_mut().zip(beside) {
        *value = value.map(|value| each(value, beside.unwrap_or(0)));
    }
}

fn sample(value: impl Fn(Field) -> Option<i64>) -> Result<Sample, Unreadable> {
    let counted = |field| value(field).map(u64::try_from).transpose().map_err(|_| OUT_OF_RANGE);
    let small = |field| value(field).map(u32::try_from).transpose().map_err(|_| OUT_OF_RANGE);
    let latency = (
        small(Field::LatencyMin)?,
        small(Field::LatencyAvg)?,
        small(Field::LatencyMax)?,
    );
    Ok(Sample {
        slot: slot(value(Field::Slot))?,
        state: state(value(Field::State))?,
        counters: Counters {
            rx_octets: counted(Field::RxOctets)?,
            tx_octets: counted(Field::TxOctets)?,
            rx_packets: counted(Field::RxPackets)?,
            tx_packets: counted(Field::TxPackets)?,
            rx_errors: counted(Field::Errors)?,
            tx_errors: None,
            rx_drops: counted(Field::Drops)?,
            tx_drops: None,
        },
        rate_seconds: small(Field::RateSeconds)?,
        latency: match latency {
            (Some(min_us), Some(avg_us), Some(max_us)) => Some(Latency { min_us, avg_us, max_us }),
            _ => None,
        },
        jitter: small(Field::Jitter)?
            .zip(small(Field::JitterCount)?)
            .map(|(mean_us, differences)| Jitter { mean_us, differences }),
        probes_sent: small(Field::Sent)?.unwrap_or(0),
        probes_received: small(Field::Received)?.unwrap_or(0),
        flaps: small(Field::Flaps)?,
        down_seconds: small(Field::DownSeconds)?,
    })
}

const OUT_OF_RANGE: Unreadable = Unreadable::Impossible("a value out of its range");

fn slot(number: Option<i64>) -> Result<Slot, Unreadable> {
    let number = number.and_then(|number| i32::try_from(number).ok());
    Ok(Slot::from_number(number.ok_or(OUT_OF_RANGE)?))
}

/// The number of a state, which is part of the format.
pub fn state_number(state: SampleState) -> i64 {
    match state {
        SampleState::Unknown => 0,
        SampleState::Up => 1,
        SampleState::Down => 2,
        SampleState::Disabled => 3,
    }
}

fn state(number: Option<i64>) -> Result<SampleState, Unreadable> {
    match number {
        Some(0) => Ok(SampleState::Unknown),
        Some(1) => Ok(SampleState::Up),
        Some(2) => Ok(SampleState::Down),
        Some(3) => Ok(SampleState::Disabled),
        _ => Err(Unreadable::Impossible("a state that is not known")),
    }
}

#[cfg(test)]
mod tests;
