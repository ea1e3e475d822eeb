//! Making, changing and deleting schedules, and reading them with what came of them.

use chrono::{DateTime, Utc};
use entity::{
    ClientId, Db, InstanceId, ScheduleId, Tenant, TenantId, action, instance,
    schedule::{self, Column, Scheduled},
    schedule_run,
};
use sea_orm::{ActiveValue::Set, ColumnTrait, DbErr, ExprTrait, Order};
use serde_json::{Value, json};

use super::{
    kind, name,
    tasks::task_key,
    times::Times,
    typed::{Plan, Reason},
};
use crate::{
    domain::{
        audit::{self, Actor, Subject},
        contabo::{
            catalogue::Catalogue,
            features::{Feature, Features},
            instances::Details,
            quotas,
        },
        tasks::dealt_with,
        typed::{ChangeError, Rejected},
    },
    work::{contabo::RunSchedule, queue::enqueue},
};

/// Schedules of one server.
const MOST: usize = 10;

/// Why nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// What was typed, or what is there.
    #[error(transparent)]
    Change(#[from] ChangeError<Reason>),
    /// The provider has locked the instance; this is why.
    #[error("the instance is locked: {0}")]
    Locked(String),
    /// The client's people may not do this.
    #[error("the client may not do this")]
    SwitchedOff,
}

impl From<DbErr> for Error {
    fn from(error: DbErr) -> Self {
        Self::Change(error.into())
    }
}

/// A schedule with the last time that it was due.
#[derive(Clone, Debug)]
pub struct Known {
    pub schedule: schedule::Model,
    pub last: Option<LastRun>,
}

/// A time that one was due, with what was asked for then.
#[derive(Clone, Debug)]
pub struct LastRun {
    pub run: schedule_run::Model,
    pub action: Option<action::Model>,
}

/// The schedules of an instance, the earliest in the day first.
///
/// # Errors
/// When the database does not answer.
pub async fn of_instance(rows: &Tenant<'_>, instance: InstanceId) -> Result<Vec<Known>, DbErr> {
    let all = rows
        .find::<schedule::Entity>()
        .filter(Column::InstanceId.eq(instance))
        .order_by(Column::Minute, Order::Asc)
        .order_by(Column::Id, Order::Asc);
    let mut known = Vec::new();
    for schedule in all.all().await? {
        let last = runs_of(rows, schedule.id, 1).await?.pop();
        known.push(Known { schedule, last });
    }
    Ok(known)
}

/// The last times that it was due, the newest first.
///
/// # Errors
/// When the database does not answer.
pub async fn runs_of(rows: &Tenant<'_>, id: ScheduleId, most: u64) -> Result<Vec<LastRun>, DbErr> {
    let runs = rows
        .find::<schedule_run::Entity>()
        .filter(schedule_run::Column::ScheduleId.eq(id))
        .order_by(schedule_run::Column::DueAt, Order::Desc)
        .limit(most)
        .all()
        .await?;
    let actions = runs.iter().filter_map(|run| run.action_id);
    let actions = rows.get_all::<action::Entity>(actions).await?;
    let with_action = |run: schedule_run::Model| LastRun {
        action: actions.iter().find(|row| Some(row.id) == run.action_id).cloned(),
        run,
    };
    Ok(runs.into_iter().map(with_action).collect())
}

/// The schedule, if it is of this instance and this client may change it; staff may change all.
///
/// # Errors
/// When the database does not answer.
pub async fn found(
    rows: &Tenant<'_>,
    id: ScheduleId,
    instance: InstanceId,
    client: Option<ClientId>,
) -> Result<Option<schedule::Model>, DbErr> {
    let row = rows.get::<schedule::Entity>(id).await?;
    Ok(row.filter(|row| row.instance_id == instance && (client.is_none() || row.client_id == client)))
}

/// Makes one. `client`: for whom; none: for the provider.
///
/// # Errors
/// Any [`Error`].
pub async fn create(
    db: &Db,
    tenant: TenantId,
    actor: &Actor,
    now: DateTime<Utc>,
    instance: InstanceId,
    client: Option<ClientId>,
    plan: Plan,
) -> Result<ScheduleId, Error> {
    let rows = db.begin(tenant).await?;
    let instance = held(&rows, instance, client).await?;
    may(&rows, &instance, client, plan.what).await?;
    let there = rows
        .find::<schedule::Entity>()
        .filter(Column::InstanceId.eq(instance.id));
    if there.count().await? >= MOST as u64 {
        return Err(ChangeError::from(Rejected::one("what", Reason::TooMany(MOST))).into());
    }
    fits(&rows, &instance, client, &plan).await?;
    let id = ScheduleId::new();
    let row = schedule::ActiveModel {
        id: Set(id),
        instance_id: Set(instance.id),
        client_id: Set(client),
        created_by: Set(actor.id),
        created_by_name: Set(actor.name.clone()),
        created_at: Set(now),
        ..planned(&plan, now)
    };
    let row = rows.insert::<schedule::Entity, _>(row).await?;
    keep(rows, actor, now, "instance.schedule", &instance, None, Some(&row)).await?;
    Ok(id)
}

/// Changes one; it goes on if it rested.
///
/// # Errors
/// Any [`Error`].
pub async fn change(
    db: &Db,
    tenant: TenantId,
    actor: &Actor,
    now: DateTime<Utc>,
    id: ScheduleId,
    client: Option<ClientId>,
    plan: Plan,
) -> Result<(), Error> {
    let rows = db.begin(tenant).await?;
    let (instance, old) = both(&rows, id, client).await?;
    may(&rows, &instance, client, plan.what).await?;
    fits(&rows, &instance, old.client_id, &plan).await?;
    let row = schedule::ActiveModel {
        id: Set(id),
        ..planned(&plan, now)
    };
    let row = rows.update::<schedule::Entity, _>(row).await?;
    keep(
        rows,
        actor,
        now,
        "instance.reschedule",
        &instance,
        Some(&old),
        Some(&row),
    )
    .await
}

/// Lets one rest, or go on with its next time.
///
/// # Errors
/// Any [`Error`].
pub async fn set_resting(
    db: &Db,
    tenant: TenantId,
    actor: &Actor,
    now: DateTime<Utc>,
    id: ScheduleId,
    client: Option<ClientId>,
    rests: bool,
) -> Result<(), Error> {
    let rows = db.begin(tenant).await?;
    let (instance, old) = both(&rows, id, client).await?;
    if old.next_at.is_none() == rests {
        return Ok(());
    }
    if !rests {
        may(&rows, &instance, client, old.what).await?;
    }
    let row = schedule::ActiveModel {
        id: Set(id),
        next_at: Set(Times::of(&old).next(now).filter(|_| !rests)),
        changed_at: Set(now),
        ..Default::default()
    };
    let row = rows.update::<schedule::Entity, _>(row).await?;
    if rests {
        dealt_with(&rows, actor, now, &task_key(id)).await?;
    }
    keep(
        rows,
        actor,
        now,
        "instance.reschedule",
        &instance,
        Some(&old),
        Some(&row),
    )
    .await
}

/// Deletes one with what is known of its times. Snapshots that it took stay, and so do actions that it asked for.
///
/// # Errors
/// When it is not there.
pub async fn delete(
    db: &Db,
    tenant: TenantId,
    actor: &Actor,
    now: DateTime<Utc>,
    id: ScheduleId,
    client: Option<ClientId>,
) -> Result<(), Error> {
    let rows = db.begin(tenant).await?;
    let (instance, old) = both(&rows, id, client).await?;
    rows.delete_where::<schedule_run::Entity>(schedule_run::Column::ScheduleId.eq(id))
        .await?;
    rows.delete::<schedule::Entity>(id).await?;
    rows.servers_changed().await?;
    dealt_with(&rows, actor, now, &task_key(id)).await?;
    keep(rows, actor, now, "instance.unschedule", &instance, Some(&old), None).await
}

/// Deletes what clients made of an instance that they no longer have, in the transaction that takes it from them.
///
/// # Errors
/// When the database does not answer.
pub async fn forget_clients(
    rows: &Tenant<'_>,
    actor: &Actor,
    now: DateTime<Utc>,
    instance: InstanceId,
) -> Result<(), DbErr> {
    let theirs = Column::InstanceId.eq(instance).and(Column::ClientId.is_not_null());
    let all = rows.find::<schedule::Entity>().filter(theirs.clone()).locked();
    let all: Vec<ScheduleId> = all.all().await?.iter().map(|row| row.id).collect();
    if all.is_empty() {
        return Ok(());
    }
    let runs = schedule_run::Column::ScheduleId.is_in(all.iter().copied());
    rows.delete_where::<schedule_run::Entity>(runs).await?;
    rows.delete_where::<schedule::Entity>(theirs).await?;
    rows.servers_changed().await?;
    for id in all {
        dealt_with(rows, actor, now, &task_key(id)).await?;
    }
    Ok(())
}

/// The instance, locked, if it is there and this client's; staff have all.
async fn held(rows: &Tenant<'_>, id: InstanceId, client: Option<ClientId>) -> Result<instance::Model, Error> {
    let row = rows.lock::<instance::Entity>(id).await?;
    let row = row.filter(|row| row.gone_at.is_none() && (client.is_none() || row.client_id == client));
    Ok(row.ok_or(ChangeError::NotFound)?)
}

/// The instance and then the schedule, locked in the order in which everybody does.
async fn both(
    rows: &Tenant<'_>,
    id: ScheduleId,
    client: Option<ClientId>,
) -> Result<(instance::Model, schedule::Model), Error> {
    let row = rows.get::<schedule::Entity>(id).await?.ok_or(ChangeError::NotFound)?;
    let instance = held(rows, row.instance_id, client).await?;
    let row = rows.lock::<schedule::Entity>(id).await?;
    let row = row.filter(|row| client.is_none() || row.client_id == client);
    Ok((instance, row.ok_or(ChangeError::NotFound)?))
}

/// That the client's people may have this done now; staff may always.
async fn may(
    rows: &Tenant<'_>,
    instance: &instance::Model,
    client: Option<ClientId>,
    what: Scheduled,
) -> Result<(), Error> {
    let Some(client) = client else { return Ok(()) };
    if let Some(because) = &instance.locked_because {
        return Err(Error::Locked(because.clone()));
    }
    let features = Features::load(rows).await?;
    match features.allows(client, Feature::Schedules) && features.allows_kind(client, kind(what)) {
        true => Ok(()),
        false => Err(Error::SwitchedOff),
    }
}

/// That there is room for one snapshot more than are kept, as far as quotas and the product say.
async fn fits(
    rows: &Tenant<'_>,
    instance: &instance::Model,
    client: Option<ClientId>,
    plan: &Plan,
) -> Result<(), Error> {
    if plan.what != Scheduled::Snapshots {
        return Ok(());
    }
    let theirs = match client {
        Some(client) => quotas::of(rows, Some(client)).await?.snapshots,
        None => None,
    };
    let catalogue = Catalogue::load(rows).await?;
    let product = catalogue.product(&Details::of(instance).product_id);
    let most = [
        theirs,
        quotas::of(rows, None).await?.snapshots,
        product.and_then(|row| row.snapshots),
    ];
    match most.into_iter().flatten().min() {
        Some(most) if plan.keep >= most => {
            Err(ChangeError::from(Rejected::one("keep", Reason::TooManyKept(most))).into())
        }
        _ => Ok(()),
    }
}

fn planned(plan: &Plan, now: DateTime<Utc>) -> schedule::ActiveModel {
    schedule::ActiveModel {
        what: Set(plan.what),
        keep: Set(plan.keep),
        minute: Set(plan.times.minute),
        weekdays: Set(plan.times.weekdays),
        zone: Set(plan.times.zone.name().to_owned()),
        next_at: Set(plan.times.next(now)),
        changed_at: Set(now),
        ..Default::default()
    }
}

/// Sets the alarm, writes it down, and commits.
async fn keep(
    rows: Tenant<'static>,
    actor: &Actor,
    now: DateTime<Utc>,
    action: &str,
    instance: &instance::Model,
    old: Option<&schedule::Model>,
    new: Option<&schedule::Model>,
) -> Result<(), Error> {
    if let Some(new) = new {
        set_alarm(&rows, new).await?;
    }
    let subject = Subject {
        kind: "instance",
        id: Some(instance.id.0),
        name: &instance.name,
    };
    let (before, after) = (old.map(fields), new.map(fields));
    audit::record(&rows, actor, now, action, subject, before, after).await?;
    rows.servers_changed().await?;
    Ok(rows.commit().await?)
}

/// A job that waits for the next time. One that was set before finds another time in the row, and does nothing.
pub(super) async fn set_alarm(rows: &Tenant<'_>, row: &schedule::Model) -> Result<(), DbErr> {
    if let Some(due_at) = row.next_at {
        let job = RunSchedule {
            schedule: row.id,
            due_at,
        };
        enqueue(rows, &job, due_at, Some(job.key())).await?;
    }
    Ok(())
}

fn fields(row: &schedule::Model) -> Value {
    json!({
        "does": name(row.what),
        "keep": row.keep,
        "time": format!("{:02}:{:02}", row.minute / 60, row.minute % 60),
        "weekdays": row.weekdays,
        "zone": row.zone,
        "rests": row.next_at.is_none(),
    })
}
