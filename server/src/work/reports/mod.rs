//! The monthly run of SLA reports: begun on the first of the month at 00:30 in each tenant's zone, by whichever process
//! looks first, and gone on with as jobs until every link has its report.
//!
//! A run's row says that it was begun, and the reports themselves how far it is: so a process that is killed leaves
//! nothing to clean up, and nothing is made twice.

mod files;
mod tell;

pub use files::files;
pub use tell::{TellClient, TellClients};

use chrono::{DateTime, Duration, Utc};
use chrono_tz::Tz;
use entity::{Db, TenantId, job, job::JobState, tenant};
use sea_orm::{ColumnTrait, DbErr, EntityTrait};
use serde::{Deserialize, Serialize};

use crate::{
    domain::{
        calendar::Month,
        reports::{
            months,
            run::{self, Progress},
        },
    },
    site::Site,
    work::{
        lease,
        queue::{Job, JobError, enqueue},
        runner::Worked,
    },
};

/// How often it is looked whether a month is due.
const EVERY: Duration = Duration::seconds(30);

/// Reports of one job: it must end long before its lease does.
const AT_ONCE: usize = 200;

/// Begins what is due, if it is this process's turn to look.
///
/// # Errors
/// When the database does not answer; it is looked again.
pub async fn step(site: &Site) -> anyhow::Result<Worked> {
    if !lease::try_turn(site, "reports", EVERY).await? {
        return Ok(Worked::Idle);
    }
    let now = site.clock.now();
    #[expect(clippy::disallowed_methods, reason = "every tenant's months end")]
    let connection = site.db.across_tenants();
    for tenant in tenant::Entity::find().all(connection).await? {
        let Ok(zone) = tenant.zone.parse::<Tz>() else {
            tracing::error!(tenant = %tenant.slug, zone = %tenant.zone, "the zone is unknown: no reports are made");
            continue;
        };
        go_on_again(site, tenant.id, now).await?;
        let ran = run::last(&site.db.tenant(tenant.id)).await?;
        for month in months::due(ran, now, zone) {
            if begin(&site.db, tenant.id, month, now).await? {
                tracing::info!(tenant = %tenant.slug, %month, "the month's reports are being made");
                site.jobs.nudge();
            }
        }
    }
    Ok(Worked::Idle)
}

/// Begins the run of `month`, unless it was begun before.
///
/// # Errors
/// When the database does not answer.
pub async fn begin(db: &Db, tenant: TenantId, month: Month, now: DateTime<Utc>) -> Result<bool, DbErr> {
    let rows = db.begin(tenant).await?;
    if !run::begin(&rows, month, now).await? {
        return Ok(false);
    }
    enqueue(
        &rows,
        &MakeReports {
            month: month.to_string(),
        },
        now,
        None,
    )
    .await?;
    rows.commit().await?;
    Ok(true)
}

/// Takes up the runs that are not finished and that no job goes on with: it was given up, or its process was killed
/// between two.
async fn go_on_again(site: &Site, tenant: TenantId, now: DateTime<Utc>) -> Result<(), DbErr> {
    let outside = site.db.tenant(tenant);
    let open = run::unfinished(&outside).await?;
    if open.is_empty() {
        return Ok(());
    }
    let at_work = outside
        .find::<job::Entity>()
        .filter(job::Column::Kind.eq(MakeReports::KIND))
        .filter(job::Column::State.is_in([JobState::Queued, JobState::Running]));
    if at_work.count().await? > 0 {
        return Ok(());
    }
    for month in open {
        let go_on = MakeReports { month };
        let key = Some(format!("{}:{}", MakeReports::KIND, go_on.month));
        enqueue(&outside, &go_on, now, key).await?;
    }
    site.jobs.nudge();
    Ok(())
}

/// Makes some of a month's reports, and goes on with another of its kind.
#[derive(Debug, Serialize, Deserialize)]
pub struct MakeReports {
    /// As `2026-04`.
    month: String,
}

impl Job for MakeReports {
    const KIND: &'static str = "reports.make";
    /// What is half done is gone on with, for as long as it takes to bring a database back.
    const ATTEMPTS: i32 = 100;
    type Context = Site;

    async fn run(&self, site: &Site, tenant: TenantId) -> Result<(), JobError> {
        let month: Month = self.month.parse().map_err(JobError::fail)?;
        let now = site.clock.now();
        let board = site.board.snapshot(tenant, now).await.map_err(JobError::retry)?;
        let progress = run::go_on(&site.db, &board, month, now, AT_ONCE);
        match progress.await.map_err(JobError::retry)? {
            Progress::Finished => {
                tracing::info!(tenant = %board.tenant.slug, %month, "the month's reports are made");
                // Should this be done twice, nobody is told twice.
                let tell = TellClients {
                    month: month.to_string(),
                };
                let key = Some(format!("{}:{month}", TellClients::KIND));
                let rows = site.db.tenant(tenant);
                enqueue(&rows, &tell, now, key).await.map_err(JobError::retry)?;
                site.jobs.nudge();
            }
            Progress::Left(_) => {
                let rows = site.db.tenant(tenant);
                let key = Some(format!("{}:{month}", Self::KIND));
                enqueue(&rows, self, now, key).await.map_err(JobError::retry)?;
                site.jobs.nudge();
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
