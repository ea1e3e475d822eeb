//! What staff have to see to of a schedule: one task for each, whatever kept it from its times, until it comes right or is no
//! more. A client that is kept from its own schedule by its own lock or switch reads so on its page: that is as staff want
//! it, and no task.

use chrono::{DateTime, Utc};
use entity::{
    ActionId, ScheduleId, Tenant, instance, schedule,
    schedule_run::{self, Column, Outcome},
};
use sea_orm::{ColumnTrait, DbErr};

use super::{kind, times::Times};
use crate::domain::{
    audit::Subject,
    tasks::{self, Kind, Trouble},
};

/// The key of a schedule's task.
#[must_use]
pub fn task_key(id: ScheduleId) -> String {
    format!("schedule:{id}")
}

/// The schedule that asked for an action; none: no schedule did, or it is no more.
///
/// # Errors
/// When the database does not answer.
pub async fn asking(rows: &Tenant<'_>, action: ActionId) -> Result<Option<schedule::Model>, DbErr> {
    let run = rows
        .find::<schedule_run::Entity>()
        .filter(Column::ActionId.eq(action))
        .one()
        .await?;
    match run {
        Some(run) => rows.get::<schedule::Entity>(run.schedule_id).await,
        None => Ok(None),
    }
}

/// What staff hear of a time that came to `outcome`, in the transaction that keeps it and after the change sequence was
/// raised. What was asked for is heard of when it has ended.
pub(super) async fn follow(
    rows: &Tenant<'_>,
    now: DateTime<Utc>,
    row: &schedule::Model,
    instance: Option<&instance::Model>,
    due_at: DateTime<Utc>,
    (outcome, detail): (Outcome, Option<&str>),
) -> Result<(), DbErr> {
    let why = match (outcome, detail) {
        (Outcome::Asked | Outcome::Locked | Outcome::SwitchedOff, _) => return Ok(()),
        // Nothing is left that could come right.
        (Outcome::Needless | Outcome::Gone, _) => return tasks::come_right(rows, now, &task_key(row.id)).await,
        (Outcome::Missed, _) => "it was too late when Mainstay ran again".to_owned(),
        (Outcome::Busy, Some(status)) => format!("the server was not ready (`{status}`)"),
        (Outcome::Busy, None) => "the same, or too much else, was under way".to_owned(),
        (Outcome::Full, Some(most)) => format!("there was no room for a snapshot beside the {most} that there may be"),
        (Outcome::Full, None) => "there was no room for a snapshot".to_owned(),
        (Outcome::Refused, _) => "it was refused".to_owned(),
    };
    let Some(instance) = instance else { return Ok(()) };
    let local = due_at.with_timezone(&Times::of(row).zone);
    let reason = format!("{}: {why}", local.format("%Y-%m-%d %H:%M %Z"));
    let name = match instance.display_name.trim() {
        "" => &instance.name,
        name => name,
    };
    let trouble = Trouble {
        key: &task_key(row.id),
        kind: Kind::Schedule,
        what: kind(row.what).name(),
        subject: Subject {
            kind: "instance",
            id: Some(instance.id.0),
            name,
        },
        reason: &reason,
    };
    tasks::raise(rows, now, &trouble).await
}
