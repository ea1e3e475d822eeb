//! What a link's page shows of the past: the graphs of a range, beside those of an earlier one, and its outages.
//!
//! It changes with each sample and not in between, so it is calculated when somebody looks and kept in memory. What is
//! drawn from it, and in which words, is the page's.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use entity::{Db, LinkId, TenantId, outage_note};
use moka::future::Cache;

use super::{
    days::DaysError,
    interruptions::{self, Interruption, interruptions},
    range::Compare,
    series::{
        Figures, Grid, Series, Span,
        measured::{self, Measured},
    },
    slot::Slot,
};
use crate::domain::{
    board::{LinkNow, Snapshot},
    outages,
    sla::{intervals::Interval, terms},
};

/// Ranges of links that are kept in memory at most; each takes about 60 kB, twice that if it is compared.
const MOST: u64 = 400;

/// How long one that nobody looks at is kept.
const IDLE: std::time::Duration = std::time::Duration::from_secs(300);

/// How long one is kept at most: samples that came late show then.
const OLDEST: std::time::Duration = std::time::Duration::from_secs(600);

/// A range of a link's past, as far as it was active in it.
#[derive(Clone, Debug)]
pub struct Past {
    /// All of it; the end may lie a little ahead, where a bucket is not over yet.
    pub whole: Interval,
    /// The length of a bucket; the first and the last may be cut.
    pub step: TimeDelta,
    /// Buckets and bands.
    pub series: Series,
    /// The 95th percentile of the rates, received and sent, in bit/s.
    pub percentiles: [Option<i64>; 2],
    /// The outages (R8) with the seconds that count, those that staff excluded too, and drops between two polls, oldest
    /// first.
    pub interruptions: Vec<Interruption>,
    /// What staff said of them.
    pub notes: Vec<outage_note::Model>,
    /// What it is compared with, if that was asked for.
    pub earlier: Option<Earlier>,
}

/// An earlier range, as far as the link was active in it.
#[derive(Clone, Debug)]
pub struct Earlier {
    /// All of it, cut where the present range is not over yet.
    pub whole: Interval,
    /// What each bucket of the present range was then.
    pub buckets: Vec<Figures>,
    pub overall: Figures,
    /// The 95th percentile of the rates, received and sent, in bit/s.
    pub percentiles: [Option<i64>; 2],
    /// Whether the link was active throughout both ranges. Else they are not like each other as a whole: of a week
    /// there may be the nights only.
    pub is_alike: bool,
}

/// When a range has to be calculated anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Key {
    tenant: TenantId,
    link: LinkId,
    span: Span,
    compare: Option<Compare>,
    /// The last slot that is over.
    over: Slot,
    /// When the newest sample was taken; current rates are none.
    sampled_at: Option<DateTime<Utc>>,
    /// When the interface last changed.
    edge_at: Option<DateTime<Utc>>,
    /// The set-up by which it was calculated: windows and profiles change it.
    config: i64,
}

/// The ranges that somebody looks at. Clones share them.
#[derive(Clone, Debug)]
pub struct History {
    db: Db,
    kept: Cache<Key, Arc<Past>>,
}

impl History {
    /// Nothing calculated yet.
    #[must_use]
    pub fn new(db: Db) -> Self {
        let kept = Cache::builder()
            .max_capacity(MOST)
            .time_to_idle(IDLE)
            .time_to_live(OLDEST)
            .build();
        Self { db, kept }
    }

    /// `span` of the past of `link` at `now`, beside what it is compared with.
    ///
    /// # Errors
    /// When it has to be calculated and the database does not answer.
    pub async fn of(
        &self,
        board: &Snapshot,
        link: &LinkNow,
        span: Span,
        compare: Option<Compare>,
        now: DateTime<Utc>,
    ) -> Result<Arc<Past>, Arc<DaysError>> {
        let over = Slot::from_instant(now).plus(-1);
        let key = Key {
            tenant: board.tenant.id,
            link: link.link.id,
            span,
            compare,
            over,
            sampled_at: link.state.as_ref().and_then(|state| state.sampled_at),
            edge_at: link.state.as_ref().and_then(|state| state.edge_at),
            config: board.config_seq,
        };
        self.kept.try_get_with(key, self.calculate(board, link, key)).await
    }

    async fn calculate(
        &self,
        board: &Snapshot,
        link: &LinkNow,
        Key {
            span, compare, over, ..
        }: Key,
    ) -> Result<Arc<Past>, DaysError> {
        let newest = link.state.as_ref().and_then(|state| state.slot);
        let last = last(over, newest);
        let grid = Grid::of(span, last);
        let whole = grid.interval();
        let link = &link.link;
        let tenant = self.db.tenant(board.tenant.id);
        let active = terms::active(link);
        let measured = measured::read(&tenant, link.id, grid, active).await?;
        let seen = whole.intersect(Interval::new(i64::MIN, last.end().timestamp()));
        let terms = terms::of_link(board, link, seen);
        // An interface tells of the slot that runs, too, before it has a sample.
        let told = match span {
            Span::Chosen(_) => whole,
            _ => Interval::new(whole.start(), over.plus(1).end().timestamp()),
        };
        let told = told.intersect(active);
        let edges = interruptions::edges(&tenant, link.id, told).await?;
        let outages = outages::measured(&terms, &measured.states, &interruptions::seconds(&edges));
        let outages: Vec<_> = outages.into_iter().map(|outage| outage.counted).collect();
        let earlier = match compare {
            Some(compare) => {
                let grid = grid.earlier(compare.slots(whole, board.zone), last);
                let measured = measured::read(&tenant, link.id, grid, active).await?;
                Some(Earlier::of(measured, active, seen))
            }
            None => None,
        };
        Ok(Arc::new(Past {
            whole,
            step: TimeDelta::seconds(i64::from(grid.slots_per_bucket()) * Slot::SECONDS),
            interruptions: interruptions(told, &outages, terms.measured_by, &edges),
            notes: outages::notes(&tenant, link.id, told).await?,
            series: Series::of(&measured, active, over, &terms.maintenance),
            percentiles: measured.percentiles(),
            earlier,
        }))
    }
}

impl Earlier {
    /// `seen` is the present range, as far as it was measured.
    fn of(measured: Measured, active: Interval, seen: Interval) -> Self {
        let whole = measured.grid.interval();
        let is_active = |range: Interval| range.intersect(active) == range;
        let (buckets, overall) = Figures::of_all(&measured.buckets);
        Self {
            whole,
            buckets,
            overall,
            is_alike: is_active(whole) && is_active(seen),
            percentiles: measured.percentiles(),
        }
    }
}

/// The last slot to show: the one that is not over yet too, once it has a sample, so that what has just happened is
/// there.
fn last(over: Slot, newest: Option<i64>) -> Slot {
    let current = over.plus(1);
    match newest {
        Some(newest) if newest == i64::from(current.number()) => current,
        _ => over,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_slot_that_runs_is_shown_once_it_has_a_sample() {
        let over = Slot::from_number(100);
        assert_eq!(last(over, None), over);
        assert_eq!(last(over, Some(100)), over);
        assert_eq!(last(over, Some(101)), Slot::from_number(101));
        assert_eq!(last(over, Some(900)), over);
    }
}
