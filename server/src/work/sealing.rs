//! The worker that seals the finished days of all links.
//!
//! It goes from link to link and rests after the last; a pass that finds nothing costs one small query a link. What
//! sealing a day means is in `domain/links/days/`.

use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, Duration, Utc};
use entity::{LinkId, TenantId, link};
use prometheus_client::metrics::counter::Counter;
use sea_orm::{ColumnTrait, Condition, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use tokio::time::Instant;

use crate::{
    domain::links::{
        block::Day,
        days::{self, DaysError},
    },
    site::Site,
    work::{lease, rest, runner::Worked},
};

/// How often days that were opened again are looked for.
const EVERY: Duration = Duration::hours(1);

/// How long a process that was killed keeps others from going on.
const LEASE: Duration = Duration::minutes(2);

/// Links of a step: it has to end soon when the program is asked to stop.
const LINKS: u64 = 16;

/// Days of a transaction, which holds SQLite's write lock.
const DAYS: usize = 16;

/// Where a pass is.
#[derive(Debug, Default)]
enum Pass {
    /// Between two: the next begins then, or when another day can be sealed.
    Resting { until: DateTime<Utc>, sealed_to: Day },
    /// It begins.
    #[default]
    Begins,
    /// It goes on after this link.
    After(TenantId, LinkId),
}

/// The worker. It remembers how far its pass is; a restart begins anew, which does no harm.
#[derive(Debug)]
pub struct Sealing {
    site: Site,
    pass: Mutex<Pass>,
    days: Counter,
    samples: Counter,
}

impl Sealing {
    /// The worker, with its figures in the site's metrics.
    #[must_use]
    pub fn new(site: Site) -> Self {
        let (days, samples) = (Counter::default(), Counter::default());
        site.metrics.register(|registry| {
            registry.register("sealed_days", "Days of links that were sealed", days.clone());
            registry.register("sealed_samples", "Samples in them", samples.clone());
        });
        Self {
            site,
            pass: Mutex::default(),
            days,
            samples,
        }
    }

    /// Seals what is due of the next links, if it is this process's turn.
    ///
    /// # Errors
    /// When the database does not answer, or one of the links could not be sealed: the others were.
    pub async fn step(&self) -> anyhow::Result<Worked> {
        let now = self.site.clock.now();
        let end = days::sealed_before(now);
        let after = match *self.pass() {
            Pass::Resting { until, sealed_to } if now < until && end == sealed_to => return Ok(Worked::Idle),
            Pass::Resting { .. } | Pass::Begins => None,
            Pass::After(tenant, link) => Some((tenant, link)),
        };
        let process = self.site.process;
        if !lease::try_hold(&self.site.db, "sealing", process, now, LEASE).await? {
            return Ok(Worked::Idle);
        }
        let links = self.links(after).await?;
        let Some(last) = links.last() else {
            *self.pass() = Pass::Resting {
                until: now + EVERY,
                sealed_to: end,
            };
            lease::release(&self.site.db, "sealing", process).await?;
            return Ok(Worked::Idle);
        };
        // A link that can't be sealed must not keep the others from it.
        *self.pass() = Pass::After(last.0, last.1);
        let (mut held, mut failed) = (now, None);
        for (tenant, link) in links {
            if let Err(error) = self.seal(tenant, link, end, &mut held).await {
                tracing::error!(%tenant, %link, %error, "a link's days could not be sealed");
                failed = Some(error);
            }
        }
        match failed {
            Some(error) => Err(error.into()),
            None => Ok(Worked::More),
        }
    }

    /// Seals all days of `link` before `end`. The lease was last renewed at `held`.
    async fn seal(&self, tenant: TenantId, link: LinkId, end: Day, held: &mut DateTime<Utc>) -> Result<(), DaysError> {
        let outside = self.site.db.tenant(tenant);
        while !self.site.stop.is_stopped()
            && days::oldest_open(&outside, link, end).await?.is_some()
            && self.still_holds(held).await?
        {
            let now = self.site.clock.now();
            let rows = self.site.db.begin(tenant).await?;
            let began = Instant::now();
            let (mut days, mut samples) = (0, 0);
            while days < DAYS
                && let Some(day) = days::oldest_open(&rows, link, end).await?
            {
                samples += days::seal(&rows, link, day, now).await?;
                days += 1;
            }
            rows.commit().await?;
            self.days.inc_by(days as u64);
            self.samples.inc_by(samples as u64);
            rest::after(began, &outside).await;
        }
        Ok(())
    }

    /// Whether it is still this process's turn: days after an import take longer than a lease. Two that seal the same
    /// day do no harm, but the second does it in vain.
    async fn still_holds(&self, held: &mut DateTime<Utc>) -> Result<bool, DbErr> {
        let now = self.site.clock.now();
        if now - *held < LEASE / 2 {
            return Ok(true);
        }
        let ours = lease::try_hold(&self.site.db, "sealing", self.site.process, now, LEASE).await?;
        if ours {
            *held = now;
        }
        Ok(ours)
    }

    async fn links(&self, after: Option<(TenantId, LinkId)>) -> Result<Vec<(TenantId, LinkId)>, DbErr> {
        #[expect(clippy::disallowed_methods, reason = "days are sealed whose ever they are")]
        let connection = self.site.db.across_tenants();
        let later = |(tenant, link): (TenantId, LinkId)| {
            Condition::any().add(link::Column::TenantId.gt(tenant)).add(
                Condition::all()
                    .add(link::Column::TenantId.eq(tenant))
                    .add(link::Column::Id.gt(link)),
            )
        };
        link::Entity::find()
            .select_only()
            .columns([link::Column::TenantId, link::Column::Id])
            .filter(after.map_or_else(Condition::all, later))
            .order_by_asc(link::Column::TenantId)
            .order_by_asc(link::Column::Id)
            .limit(LINKS)
            .into_tuple()
            .all(connection)
            .await
    }

    fn pass(&self) -> std::sync::MutexGuard<'_, Pass> {
        self.pass.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        clock::Clock,
        testing::{open_site, scratch_url},
    };

    #[tokio::test]
    async fn a_step_that_takes_long_keeps_its_turn_until_another_has_it() {
        let (url, _scratch) = scratch_url().await;
        let data = tempfile::tempdir().unwrap();
        let clock = Clock::fixed(DateTime::UNIX_EPOCH);
        let one = Sealing::new(open_site(&url, data.path(), clock.clone()).await);
        let other = open_site(&url, data.path(), clock.clone()).await;
        let other_takes = async || {
            lease::try_hold(&other.db, "sealing", other.process, clock.now(), LEASE)
                .await
                .unwrap()
        };
        let mut held = clock.now();
        lease::try_hold(&one.site.db, "sealing", one.site.process, held, LEASE)
            .await
            .unwrap();
        for _ in 0..5 {
            clock.advance(LEASE / 2);
            assert!(one.still_holds(&mut held).await.unwrap());
            assert!(!other_takes().await);
        }
        clock.advance(LEASE);
        assert!(other_takes().await);
        assert!(!one.still_holds(&mut held).await.unwrap());
        assert!(!one.still_holds(&mut held).await.unwrap(), "nor the next time");
    }
}
