//! The jobs of schedules: an alarm for the next time of each, and the look at whether a new snapshot is there, so that old
//! ones may go. What they do is decided in `domain/contabo/schedules`.

use chrono::{DateTime, TimeDelta, Utc};
use entity::{ScheduleId, ScheduleRunId, TenantId};
use serde::{Deserialize, Serialize};

use crate::{
    domain::contabo::schedules::{self, Rotation},
    site::Site,
    work::{
        contabo::Act,
        queue::{Job, JobError, enqueue},
    },
};

/// How often it is looked whether the new snapshot is there.
const LOOK_EVERY: TimeDelta = TimeDelta::seconds(15);

/// Does what a schedule says at one of its times.
#[derive(Debug, Serialize, Deserialize)]
pub struct RunSchedule {
    pub schedule: ScheduleId,
    /// The time that it is about: if the schedule was changed since, there is nothing to do.
    pub due_at: DateTime<Utc>,
}

/// Deletes the oldest snapshots of a schedule once the new one of this run is there.
#[derive(Debug, Serialize, Deserialize)]
pub struct RotateSnapshots {
    pub run: ScheduleRunId,
}

impl RunSchedule {
    /// One job waits for each time.
    #[must_use]
    pub fn key(&self) -> String {
        format!("{}:{}:{}", Self::KIND, self.schedule, self.due_at.timestamp())
    }
}

impl Job for RunSchedule {
    const KIND: &'static str = "contabo.run_schedule";
    /// What can't be asked for is no failure of the job. Only the database is, and a schedule has no other alarm.
    const ATTEMPTS: i32 = Act::ATTEMPTS;
    type Context = Site;

    async fn run(&self, site: &Site, tenant: TenantId) -> Result<(), JobError> {
        let ran = schedules::run(
            &site.db,
            &site.keyring,
            tenant,
            site.clock.now(),
            self.schedule,
            self.due_at,
        )
        .await;
        ran.map_err(JobError::retry)?;
        site.jobs.nudge();
        Ok(())
    }
}

impl Job for RotateSnapshots {
    const KIND: &'static str = "contabo.rotate_snapshots";
    const ATTEMPTS: i32 = Act::ATTEMPTS;
    type Context = Site;

    async fn run(&self, site: &Site, tenant: TenantId) -> Result<(), JobError> {
        let rotation = schedules::rotate(&site.db, &site.keyring, tenant, site.clock.now(), self.run).await;
        match rotation.map_err(JobError::retry)? {
            Rotation::Done => Ok(()),
            Rotation::NotYet => {
                let (rows, again) = (site.db.tenant(tenant), site.clock.now() + LOOK_EVERY);
                enqueue(&rows, self, again, None)
                    .await
                    .map(drop)
                    .map_err(JobError::retry)
            }
        }
    }
}
