//! Finished UTC days of a link: sealed into a block with what they come to, and opened again for what comes late.
//!
//! A slot's row of `sample` is its truth while there is one; else the day's block is. Sealing puts the block in and the
//! rows out in one transaction, opening puts the rows back and leaves the block to be replaced. So whoever reads the rows
//! first and the blocks after them sees each slot once, whatever happens between.

use std::collections::HashSet;

use chrono::{DateTime, TimeDelta, Utc};
use entity::{LinkId, Tenant, day_summary, link, sample, sample_block};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::{NotSet, Set},
    ColumnTrait, DbErr, FromQueryResult, Iterable, ModelTrait, Order, QueryResult,
};

use super::{
    block::{self, Course, Day, Part, Unreadable},
    slot::{Sample, Slot},
    store,
    totals::{Total, Totals},
};

pub mod check;

/// Why a day could not be sealed, opened or read.
#[derive(Debug, thiserror::Error)]
pub enum DaysError {
    #[error(transparent)]
    Database(#[from] DbErr),
    #[error("the block of link {link}, day {} since 1970", day.number())]
    Unreadable { link: LinkId, day: Day, source: Unreadable },
}

/// How long after its end a day is sealed: polls that are late by a little need not open it again.
const GRACE: TimeDelta = TimeDelta::hours(1);

/// Days before this one are sealed at `now`.
#[must_use]
pub fn sealed_before(now: DateTime<Utc>) -> Day {
    Day::of(Slot::from_instant(now - GRACE))
}

/// Seals `day` of `link` in the transaction `rows`, if there are rows of it; says how many samples there were. What a
/// block of the day has besides stays: rows may have come beside it while a clock was wrong.
///
/// # Errors
/// When the database does not answer, a row came between, or the day's block can't be read: then nothing may be
/// committed.
pub async fn seal(rows: &Tenant<'_>, link: LinkId, day: Day, now: DateTime<Utc>) -> Result<usize, DaysError> {
    seal_with(rows, link, day, &[], now).await
}

/// Seals `day` of `link` with the samples that it has and `late`, which come from elsewhere, in the transaction `rows`:
/// the same as opening, writing and sealing, without a row for each.
///
/// # Errors
/// As [`seal`], or when there is a sample in a slot of `late` already.
pub async fn seal_with(
    rows: &Tenant<'_>,
    link: LinkId,
    day: Day,
    late: &[Sample],
    now: DateTime<Utc>,
) -> Result<usize, DaysError> {
    // Nobody else seals or opens a day of the link meanwhile.
    rows.lock::<link::Entity>(link).await?;
    let (first, last) = (day.first_slot(), day.last_slot());
    let open = store::rows(rows, link, first, last).await?;
    let taken = open.len();
    if open.is_empty() && late.is_empty() {
        return Ok(0);
    }
    let mut samples = store::with_sealed(rows, link, first, last, Part::Whole, open).await?;
    samples.extend(late);
    samples.sort_by_key(|sample| sample.slot);
    if samples.windows(2).any(|pair| pair[0].slot == pair[1].slot) {
        return Err(DbErr::Custom(format!("a slot of link {link} got a sample meanwhile")).into());
    }
    put(rows, link, day, &samples, now).await?;
    take_rows(rows, link, day, taken).await?;
    Ok(samples.len())
}

/// Puts the block of `day` and what it comes to in the place of those that there may be.
async fn put(rows: &Tenant<'_>, link: LinkId, day: Day, samples: &[Sample], now: DateTime<Utc>) -> Result<(), DbErr> {
    let block = sample_block::ActiveModel {
        tenant_id: NotSet,
        link_id: Set(link),
        day: Set(day.number()),
        samples: Set(samples.len() as i32),
        digest: Set(block::digest(samples).to_vec()),
        sealed_at: Set(now),
        bytes: Set(block::write(samples)),
    };
    let key = [sample_block::Column::LinkId, sample_block::Column::Day];
    rows.upsert_all::<sample_block::Entity, _>([block], &key).await?;
    put_summary(rows, link, day, samples).await
}

async fn put_summary(rows: &Tenant<'_>, link: LinkId, day: Day, samples: &[Sample]) -> Result<(), DbErr> {
    let key = [day_summary::Column::LinkId, day_summary::Column::Day];
    let summary = summary(link, day, samples);
    rows.upsert_all::<day_summary::Entity, _>([summary], &key).await
}

/// Makes the summary of `day`, if it has a block, anew from it.
///
/// # Errors
/// When the database does not answer, or the block can't be read: then nothing of it is changed.
pub async fn summarise(rows: &Tenant<'_>, link: LinkId, day: Day) -> Result<(), DaysError> {
    // Nobody else seals or opens a day of the link meanwhile.
    rows.lock::<link::Entity>(link).await?;
    for kept in store::blocks(rows, link, day, day).await? {
        let samples =
            block::read(&kept.bytes, day, Part::Whole).map_err(|source| DaysError::Unreadable { link, day, source })?;
        put_summary(rows, link, day, &samples).await?;
    }
    Ok(())
}

/// Deletes the rows of a day that is sealed now, of which `sealed` were read.
async fn take_rows(rows: &Tenant<'_>, link: LinkId, day: Day, sealed: usize) -> Result<(), DbErr> {
    let gone = rows.delete_where::<sample::Entity>(of_day(link, day)).await?;
    if gone != sealed as u64 {
        return Err(DbErr::Custom(format!(
            "{sealed} samples of link {link} were sealed and {gone} deleted"
        )));
    }
    Ok(())
}

/// Opens `day` of `link`, if it is sealed, in the transaction `rows`: its samples are rows again, until the day is
/// sealed anew. To be called before anything is written into a day that may be sealed.
///
/// # Errors
/// When the database does not answer, or the block can't be read: then nothing of it is changed.
pub async fn open(rows: &Tenant<'_>, link: LinkId, day: Day) -> Result<(), DaysError> {
    // Nobody else seals or opens a day of the link meanwhile.
    rows.lock::<link::Entity>(link).await?;
    let (first, last) = (day.first_slot(), day.last_slot());
    let open = store::rows(rows, link, first, last).await?;
    let there: HashSet<Slot> = open.iter().map(|sample| sample.slot).collect();
    let whole = store::with_sealed(rows, link, first, last, Part::Whole, open).await?;
    let lacking = whole.iter().filter(|sample| !there.contains(&sample.slot));
    let lacking = lacking.map(|sample| store::to_row(rows.id(), link, sample));
    rows.insert_all::<sample::Entity, _>(lacking.collect::<Vec<_>>())
        .await?;
    Ok(())
}

/// The oldest day of `link` that has rows, if it is before `end`.
///
/// # Errors
/// When the database does not answer.
pub async fn oldest_open(tenant: &Tenant<'_>, link: LinkId, end: Day) -> Result<Option<Day>, DbErr> {
    let first = store::first_row(tenant, link).await?;
    Ok(first.map(Day::of).filter(|day| *day < end))
}

fn of_day(link: LinkId, day: Day) -> sea_orm::Condition {
    sea_orm::Condition::all()
        .add(sample::Column::LinkId.eq(link))
        .add(sample::Column::Slot.between(day.first_slot().number(), day.last_slot().number()))
}

fn summary(link: LinkId, day: Day, samples: &[Sample]) -> day_summary::ActiveModel {
    let mut row = day_summary::ActiveModel {
        link_id: Set(link),
        day: Set(day.number()),
        hours: Set(block::write_hours(&block::hours(samples, day))),
        course: Set(block::write_course(&Course::of(samples).cut(), day)),
        ..Default::default()
    };
    let totals = Totals::of(samples);
    for (total, column) in Total::ALL.into_iter().zip(totals_columns()) {
        row.set(column, totals.get(total).into());
    }
    row
}

/// The columns of `day_summary` that hold what a day comes to, in the order of [`Total::ALL`].
fn totals_columns() -> impl Iterator<Item = day_summary::Column> {
    day_summary::Column::iter().skip_while(|column| !matches!(column, day_summary::Column::UpSlots))
}

/// What a sealed day comes to.
#[derive(Clone, Debug)]
pub struct Summed<S> {
    pub day: Day,
    pub sums: S,
    /// How it went, packed.
    pub course: Vec<u8>,
}

/// What each sealed day of `link` from `first` to `last` comes to, in their order.
///
/// # Errors
/// When the database does not answer.
pub async fn totals(tenant: &Tenant<'_>, link: LinkId, first: Day, last: Day) -> Result<Vec<Summed<Totals>>, DbErr> {
    let columns = [day_summary::Column::Day, day_summary::Column::Course].into_iter();
    let columns = columns.chain(totals_columns());
    in_order(tenant, link, first, last).columns(columns).await
}

impl FromQueryResult for Summed<Totals> {
    fn from_query_result(row: &QueryResult, _: &str) -> Result<Self, DbErr> {
        let mut sums = Totals::default();
        // By place: a year has ten thousand of these.
        for (total, place) in Total::ALL.into_iter().zip(2..) {
            sums.set(total, row.try_get_by_index(place)?);
        }
        Ok(Self {
            day: Day::from_number(row.try_get_by_index(0)?),
            sums,
            course: row.try_get_by_index(1)?,
        })
    }
}

/// The sums of a day by which a service level is judged and billed.
const JUDGED: [Total; 8] = [
    Total::RxOctets,
    Total::TxOctets,
    Total::LatencySumUs,
    Total::LatencyReplies,
    Total::JitterSumUs,
    Total::JitterDifferences,
    Total::Sent,
    Total::Received,
];

/// Those sums alone, which is so much faster than all of them.
#[derive(Clone, Debug)]
pub struct Judged(pub Totals);

impl Judged {
    /// How many columns they are read from.
    pub(super) const COLUMNS: usize = 2 + JUDGED.len();

    /// Those columns, in the order in which they are read.
    pub(super) fn columns() -> impl Iterator<Item = day_summary::Column> {
        let all: Vec<_> = totals_columns().collect();
        let columns = [day_summary::Column::Day, day_summary::Column::Course].into_iter();
        columns.chain(JUDGED.map(|total| all[total as usize]))
    }
}

impl FromQueryResult for Summed<Judged> {
    fn from_query_result(row: &QueryResult, _: &str) -> Result<Self, DbErr> {
        let mut sums = Totals::default();
        for (total, place) in JUDGED.into_iter().zip(2..) {
            sums.set(total, row.try_get_by_index(place)?);
        }
        Ok(Self {
            day: Day::from_number(row.try_get_by_index(0)?),
            sums: Judged(sums),
            course: row.try_get_by_index(1)?,
        })
    }
}

fn totals_of(row: &day_summary::Model) -> Totals {
    let mut totals = Totals::default();
    for (total, column) in Total::ALL.into_iter().zip(totals_columns()) {
        if let sea_orm::Value::BigInt(value) = row.get(column) {
            totals.set(total, value);
        }
    }
    totals
}

/// What each hour of these days comes to, packed.
///
/// # Errors
/// When the database does not answer.
pub async fn packed_hours(
    tenant: &Tenant<'_>,
    link: LinkId,
    first: Day,
    last: Day,
) -> Result<Vec<Summed<Vec<u8>>>, DbErr> {
    let columns = [
        day_summary::Column::Day,
        day_summary::Column::Course,
        day_summary::Column::Hours,
    ];
    in_order(tenant, link, first, last).columns(columns).await
}

impl FromQueryResult for Summed<Vec<u8>> {
    fn from_query_result(row: &QueryResult, _: &str) -> Result<Self, DbErr> {
        Ok(Self {
            day: Day::from_number(row.try_get_by_index(0)?),
            course: row.try_get_by_index(1)?,
            sums: row.try_get_by_index(2)?,
        })
    }
}

async fn summaries(tenant: &Tenant<'_>, link: LinkId, first: Day, last: Day) -> Result<Vec<day_summary::Model>, DbErr> {
    in_order(tenant, link, first, last).all().await
}

fn in_order<'t, 'c>(
    tenant: &'t Tenant<'c>,
    link: LinkId,
    first: Day,
    last: Day,
) -> entity::Scoped<'t, 'c, day_summary::Entity> {
    tenant
        .find::<day_summary::Entity>()
        .filter(day_summary::Column::LinkId.eq(link))
        .filter(day_summary::Column::Day.between(first.number(), last.number()))
        .order_by(day_summary::Column::Day, Order::Asc)
}

#[cfg(test)]
mod tests;
