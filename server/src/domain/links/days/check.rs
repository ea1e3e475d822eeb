//! Whether what is kept of days is what was sealed: blocks against their digests, and summaries against blocks.

use std::collections::{BTreeMap, HashSet};

use entity::{LinkId, Tenant, day_summary, link, sample, sample_block};
use sea_orm::{ColumnTrait, DbErr, Order};

use super::{Day, totals_of};
use crate::domain::links::{
    block::{self, Course, Part, Unreadable},
    store,
    totals::Totals,
};

/// What is wrong with a day of a link.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    #[error("its block can't be read: it {0}")]
    Unreadable(Unreadable),
    #[error("its samples are not those that were sealed: the digest is another")]
    Digest,
    #[error("its block holds {there} samples and should hold {said}")]
    Count { said: i32, there: usize },
    #[error("there is no summary beside its block")]
    NoSummary,
    #[error("its summary does not say what its samples come to")]
    Summary,
    #[error("the hours of its summary do not say what its samples come to")]
    Hours,
    #[error("the course of its summary does not say how its samples went")]
    Course,
    #[error("there is a summary without a block")]
    SummaryAlone,
    #[error("it has been over for hours and is not sealed")]
    Open,
    #[error("it was opened for samples that came late and is not sealed again: there are rows beside its block")]
    Reopened,
}

impl Fault {
    /// Whether its block is as it should be, so that the summary can be made anew from it.
    #[must_use]
    pub fn is_of_summary(&self) -> bool {
        matches!(self, Self::NoSummary | Self::Summary | Self::Hours | Self::Course)
    }

    /// What to do about it.
    #[must_use]
    pub fn remedy(&self) -> &'static str {
        match self {
            Self::Unreadable(Unreadable::Version(_)) => "run the newer Mainstay that wrote it",
            Self::Unreadable(_) | Self::Digest | Self::Count { .. } => {
                "restore this row of sample_block from a backup, and look for a failing disk"
            }
            Self::NoSummary | Self::Summary | Self::Hours | Self::Course => {
                "`mainstay doctor --repair-summaries` makes it anew; its samples are not touched by this"
            }
            Self::SummaryAlone => "restore its row of sample_block from a backup",
            Self::Open | Self::Reopened => {
                "a running Mainstay seals it within two hours; if not, its log says why (a link's days could not be sealed)"
            }
        }
    }
}

/// What was looked at, and what is wrong with it.
#[derive(Debug, Default)]
pub struct Checked {
    pub blocks: u64,
    pub samples: u64,
    pub faults: Vec<(Day, Fault)>,
}

/// Looks at the days of `link` from `first` to `last`; those before `due` should be sealed.
///
/// Nothing is locked, so what is sealed meanwhile may look wrong: [`check_again`] tells.
///
/// # Errors
/// When the database does not answer.
pub async fn check(tenant: &Tenant<'_>, link: LinkId, first: Day, last: Day, due: Day) -> Result<Checked, DbErr> {
    let mut checked = Checked::default();
    let summaries = super::summaries(tenant, link, first, last).await?;
    let mut summaries: BTreeMap<_, _> = summaries.into_iter().map(|row| (row.day, row)).collect();
    let mut sealed = HashSet::new();
    for block in store::blocks(tenant, link, first, last).await? {
        let day = Day::from_number(block.day);
        sealed.insert(day);
        checked.blocks += 1;
        let summary = summaries.remove(&block.day);
        match check_block(&block, summary.as_ref()) {
            Ok(samples) => checked.samples += samples,
            Err(fault) => checked.faults.push((day, fault)),
        }
    }
    let alone = summaries
        .into_keys()
        .map(|day| (Day::from_number(day), Fault::SummaryAlone));
    checked.faults.extend(alone);
    for day in days_with_rows(tenant, link, first, last).await? {
        if day < due {
            let fault = if sealed.contains(&day) {
                Fault::Reopened
            } else {
                Fault::Open
            };
            checked.faults.push((day, fault));
        }
    }
    Ok(checked)
}

/// What is wrong with `day` while nobody seals or opens it, in the transaction `rows`.
///
/// # Errors
/// When the database does not answer.
pub async fn check_again(rows: &Tenant<'_>, link: LinkId, day: Day, due: Day) -> Result<Vec<(Day, Fault)>, DbErr> {
    rows.lock::<link::Entity>(link).await?;
    Ok(check(rows, link, day, day, due).await?.faults)
}

fn check_block(block: &sample_block::Model, summary: Option<&day_summary::Model>) -> Result<u64, Fault> {
    let day = Day::from_number(block.day);
    let samples = block::read(&block.bytes, day, Part::Whole).map_err(Fault::Unreadable)?;
    if usize::try_from(block.samples) != Ok(samples.len()) {
        return Err(Fault::Count {
            said: block.samples,
            there: samples.len(),
        });
    }
    if block::digest(&samples).as_slice() != block.digest {
        return Err(Fault::Digest);
    }
    let summary = summary.ok_or(Fault::NoSummary)?;
    if totals_of(summary) != Totals::of(&samples) {
        return Err(Fault::Summary);
    }
    if block::read_hours(&summary.hours).ok() != Some(block::hours(&samples, day)) {
        return Err(Fault::Hours);
    }
    if block::read_course(&summary.course, day).ok() != Some(Course::of(&samples).cut()) {
        return Err(Fault::Course);
    }
    Ok(samples.len() as u64)
}

/// Days that have rows, each found by one look into the key.
async fn days_with_rows(tenant: &Tenant<'_>, link: LinkId, first: Day, last: Day) -> Result<Vec<Day>, DbErr> {
    let mut days = Vec::new();
    let mut from = first.first_slot();
    while let Some(row) = tenant
        .find::<sample::Entity>()
        .filter(sample::Column::LinkId.eq(link))
        .filter(sample::Column::Slot.between(from.number(), last.last_slot().number()))
        .order_by(sample::Column::Slot, Order::Asc)
        .limit(1)
        .one()
        .await?
    {
        let day = Day::of(store::slot(row.slot));
        days.push(day);
        if day >= last {
            break;
        }
        from = day.last_slot().plus(1);
    }
    Ok(days)
}

/// The first and the last day of which anything is kept.
///
/// # Errors
/// When the database does not answer.
pub async fn span(tenant: &Tenant<'_>, link: LinkId) -> Result<Option<(Day, Day)>, DbErr> {
    let mut days = Vec::new();
    for order in [Order::Asc, Order::Desc] {
        let row = store::outermost_row(tenant, link, order.clone()).await?;
        days.extend(row.map(Day::of));
        let block = tenant
            .find::<sample_block::Entity>()
            .filter(sample_block::Column::LinkId.eq(link))
            .order_by(sample_block::Column::Day, order.clone())
            .limit(1);
        days.extend(block.one().await?.map(|block| Day::from_number(block.day)));
        let summary = tenant
            .find::<day_summary::Entity>()
            .filter(day_summary::Column::LinkId.eq(link))
            .order_by(day_summary::Column::Day, order)
            .limit(1);
        days.extend(summary.one().await?.map(|summary| Day::from_number(summary.day)));
    }
    Ok(days.iter().min().copied().zip(days.iter().max().copied()))
}
