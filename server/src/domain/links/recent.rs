//! What cards and lists show of a link's past: the last day as a small curve, and this month's uptime so far.
//!
//! Both change once a slot, and where an interface tells of what it did before: so they are calculated when somebody
//! looks, and kept in memory until then.

use std::sync::Arc;

use chrono::{DateTime, Duration, Utc};
use chrono_tz::Tz;
use entity::{Db, LinkId, TenantId};
use moka::future::Cache;

use super::{days::DaysError, interruptions, series, slot::Slot, store};
use crate::domain::{
    board::{LinkNow, Snapshot},
    calendar::Month,
    sla::{intervals::Interval, terms, uptime::Uptime},
};

/// Links whose recent past is kept in memory at most; each takes about a kilobyte.
const MOST: u64 = 20_000;

/// A link's recent past.
#[derive(Clone, Debug)]
pub struct Recent {
    /// Mean bit/s of the busier direction in each of the last 48 half hours.
    pub sparkline: Vec<Option<f64>>,
    /// From the month's first second in the tenant's zone to the end of the last slot that is over; in the first slot
    /// of a month, the month before. Lists, cards and the link's page all show this one. It is up to a slot behind the
    /// state and the outages beside it: a slot has its state when it is over, because another poll of it may find the
    /// link down (R15).
    pub month: Uptime,
}

/// When a link's recent past has to be calculated anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Key {
    tenant: TenantId,
    link: LinkId,
    /// The last slot that is over.
    slot: Slot,
    /// The newest sample's slot.
    newest: Option<i64>,
    /// When the interface last changed.
    edge_at: Option<DateTime<Utc>>,
    /// The set-up by which it was calculated: windows and profiles change it.
    config: i64,
}

/// The recent past of the links that somebody looks at. Clones share it.
#[derive(Clone, Debug)]
pub struct RecentPast {
    db: Db,
    kept: Cache<Key, Arc<Recent>>,
}

impl RecentPast {
    /// Nothing calculated yet.
    #[must_use]
    pub fn new(db: Db) -> Self {
        let kept = Cache::builder()
            .max_capacity(MOST)
            .time_to_live(std::time::Duration::from_secs(600))
            .build();
        Self { db, kept }
    }

    /// The recent past of `link` at `now`.
    ///
    /// # Errors
    /// When it has to be calculated and the database does not answer.
    pub async fn of(
        &self,
        board: &Snapshot,
        link: &LinkNow,
        now: DateTime<Utc>,
    ) -> Result<Arc<Recent>, Arc<DaysError>> {
        let over = Slot::from_instant(now).plus(-1);
        let key = Key {
            tenant: board.tenant.id,
            link: link.link.id,
            slot: over,
            newest: link.state.as_ref().and_then(|state| state.slot),
            edge_at: link.state.as_ref().and_then(|state| state.edge_at),
            config: board.config_seq,
        };
        self.kept.try_get_with(key, self.calculate(board, link, over)).await
    }

    async fn calculate(&self, board: &Snapshot, link: &LinkNow, over: Slot) -> Result<Arc<Recent>, DaysError> {
        let tenant = self.db.tenant(board.tenant.id);
        let (link, zone) = (&link.link, board.zone);
        let day = store::samples(&tenant, link.id, over.plus(-287), over).await?;
        let so_far = month_so_far(over, zone);
        // The slot before says what the first began as.
        let first = Slot::from_second(so_far.start()).plus(-1);
        let states = store::states(&tenant, link.id, first, over).await?;
        let terms = terms::of_link(board, link, so_far);
        let edges = interruptions::counted_edges(&tenant, link.id, &terms).await?;
        Ok(Arc::new(Recent {
            sparkline: series::sparkline(over, &day, terms::active(link)),
            month: Uptime::measure(&terms, states, &edges),
        }))
    }
}

/// The month in which `over` ends, as far as that.
fn month_so_far(over: Slot, zone: Tz) -> Interval {
    let month = Month::at(over.end() - Duration::seconds(1), zone).period(zone);
    Interval::new(month.start(), over.end().timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_begins_and_ends_with_its_zone() {
        let hours = |now: &str, zone: Tz| {
            let now: DateTime<Utc> = now.parse().unwrap();
            let so_far = month_so_far(Slot::from_instant(now).plus(-1), zone);
            assert!(so_far.end() <= now.timestamp() && now.timestamp() - so_far.end() < 300);
            so_far.seconds() as f64 / 3600.0
        };
        let (berlin, kolkata) = (Tz::Europe__Berlin, Tz::Asia__Kolkata);
        for (now, zone, length) in [
            // The first slot of May runs: April is whole, and May has nothing yet.
            ("2026-04-30T22:00:00Z", berlin, 720.0),
            ("2026-04-30T22:04:59Z", berlin, 720.0),
            ("2026-04-30T22:05:00Z", berlin, 5.0 / 60.0),
            ("2026-04-30T22:05:00Z", Tz::UTC, 718.0 + 5.0 / 60.0),
            // The clock goes on an hour in March, and back in October.
            ("2026-03-31T22:00:00Z", berlin, 743.0),
            ("2026-10-31T23:00:00Z", berlin, 745.0),
            ("2026-10-25T01:30:00Z", berlin, 24.0 * 24.0 + 3.5),
            ("2026-04-30T18:30:00Z", kolkata, 720.0),
            ("2026-04-30T18:36:00Z", kolkata, 5.0 / 60.0),
        ] {
            assert_eq!(hours(now, zone), length, "{now} in {zone}");
        }
    }
}
