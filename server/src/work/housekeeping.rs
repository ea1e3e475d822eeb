//! What is thrown away when its time has come: ended sessions, forgotten watches, finished jobs, old sign-in limits.
//! Samples are not: their retention is a matter of its own.

use chrono::{DateTime, Duration, Utc};
use entity::{Db, job, job::JobState, operator_session, session, sign_in_limit, watch};
use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter};
use uuid::Uuid;

use crate::{
    clock::Clock,
    work::{lease, runner::Worked},
};

/// How often it is done.
const EVERY: Duration = Duration::minutes(10);

/// How long finished jobs can be looked at.
const KEEP_JOBS: Duration = Duration::days(7);

/// Does it, if it is this process's turn: the lease is not given back, so that nobody does it again at once.
///
/// # Errors
/// When the database does not answer.
pub async fn step(db: &Db, clock: &Clock, holder: Uuid) -> anyhow::Result<Worked> {
    let now = clock.now();
    // A holder of its own for each turn: the same process must wait for the end of the lease, too.
    let turn = Uuid::new_v5(&holder, &now.timestamp_millis().to_be_bytes());
    if lease::try_hold(db, "housekeeping", turn, now, EVERY).await? {
        throw_away(db, now).await?;
    }
    Ok(Worked::Idle)
}

async fn throw_away(db: &Db, now: DateTime<Utc>) -> Result<(), DbErr> {
    #[expect(clippy::disallowed_methods, reason = "what has ended goes, whose ever it was")]
    let connection = db.across_tenants();
    session::Entity::delete_many()
        .filter(session::Column::ExpiresAt.lte(now))
        .exec(connection)
        .await?;
    operator_session::Entity::delete_many()
        .filter(operator_session::Column::ExpiresAt.lte(now))
        .exec(connection)
        .await?;
    watch::Entity::delete_many()
        .filter(watch::Column::ExpiresAt.lte(now))
        .exec(connection)
        .await?;
    sign_in_limit::Entity::delete_many()
        .filter(sign_in_limit::Column::WindowStartedAt.lte(now - Duration::days(1)))
        .exec(connection)
        .await?;
    job::Entity::delete_many()
        .filter(job::Column::State.eq(JobState::Done))
        .filter(job::Column::FinishedAt.lte(now - KEEP_JOBS))
        .exec(connection)
        .await?;
    Ok(())
}
