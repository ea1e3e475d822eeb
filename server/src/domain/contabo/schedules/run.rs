//! What happens when a schedule is due. The run, the action that is asked for, and the next time are stored in one
//! transaction: whoever goes on after a crash finds all of it or nothing of it.

use chrono::{DateTime, Utc};
use entity::{
    Db, ScheduleId, ScheduleRunId, Tenant, TenantId,
    action::{self, ActionState},
    instance,
    schedule::{self, Scheduled},
    schedule_run::{self, Outcome},
    snapshot,
};
use sea_orm::{ActiveValue::Set, ColumnTrait, DbErr, Order};

use super::{LATE, kind, store::set_alarm, tasks, times::Times};
use crate::{
    domain::{
        audit::Actor,
        contabo::{
            actions::{self, Ask, Asked, Error as Refused, Reason},
            features::{Feature, Features},
            instances::Status,
        },
        typed::{ChangeError, Rejected},
    },
    keyring::Keyring,
    work::{contabo::RotateSnapshots, queue::enqueue},
};

/// What came of one time: the word, more of why, and the action with the snapshot's name.
type Came = (Outcome, Option<String>, Option<(entity::ActionId, Option<String>)>);

/// Does what the schedule says, if it is still due at `due_at`.
///
/// # Errors
/// When the database does not answer: then nothing was done.
pub async fn run(
    db: &Db,
    keyring: &Keyring,
    tenant: TenantId,
    now: DateTime<Utc>,
    id: ScheduleId,
    due_at: DateTime<Utc>,
) -> Result<(), Refused> {
    let rows = db.begin(tenant).await?;
    let Some(row) = rows.get::<schedule::Entity>(id).await? else {
        return Ok(());
    };
    // The server first, as everybody does.
    let instance = rows.lock::<instance::Entity>(row.instance_id).await?;
    let Some(row) = rows.lock::<schedule::Entity>(id).await? else {
        return Ok(());
    };
    if row.next_at != Some(due_at) {
        return Ok(());
    }
    let instance = instance.filter(|there| there.gone_at.is_none());
    let is_gone = instance.is_none();
    let came = match &instance {
        None => (Outcome::Gone, None, None),
        Some(_) if now - due_at > LATE => (Outcome::Missed, None, None),
        Some(instance) => came(keyring, &rows, &row, instance, due_at, now).await?,
    };
    let (outcome, detail, asked) = came;
    let (action_id, snapshot) = match asked {
        Some((action, snapshot)) => (Some(action), snapshot),
        None => (None, None),
    };
    let run = ScheduleRunId::new();
    let rotates = snapshot.is_some();
    let row_of_run = schedule_run::ActiveModel {
        id: Set(run),
        schedule_id: Set(id),
        due_at: Set(due_at),
        ran_at: Set(now),
        outcome: Set(outcome),
        detail: Set(detail.clone()),
        action_id: Set(action_id),
        snapshot: Set(snapshot),
        ..Default::default()
    };
    rows.insert_all::<schedule_run::Entity, _>([row_of_run]).await?;
    if rotates {
        enqueue(&rows, &RotateSnapshots { run }, now, None).await?;
    }
    let next = schedule::ActiveModel {
        id: Set(id),
        // What is gone does not come back.
        next_at: Set(Times::of(&row).next(now).filter(|_| !is_gone)),
        ..Default::default()
    };
    let row = rows.update::<schedule::Entity, _>(next).await?;
    set_alarm(&rows, &row).await?;
    rows.servers_changed().await?;
    tasks::follow(
        &rows,
        now,
        &row,
        instance.as_ref(),
        due_at,
        (outcome, detail.as_deref()),
    )
    .await?;
    rows.commit().await?;
    if !matches!(outcome, Outcome::Asked | Outcome::Needless) {
        tracing::warn!(schedule = %id, %due_at, ?outcome, "a schedule did not do what it says");
    }
    Ok(())
}

async fn came(
    keyring: &Keyring,
    rows: &Tenant<'_>,
    row: &schedule::Model,
    instance: &instance::Model,
    due_at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<Came, Refused> {
    if let Some(client) = row.client_id
        && !Features::load(rows).await?.allows(client, Feature::Schedules)
    {
        return Ok((Outcome::SwitchedOff, None, None));
    }
    let status = Status::of(&instance.status);
    if !kind(row.what).is_of_use(&status) {
        let is_snapshot = row.what == Scheduled::Snapshots;
        // What waits may make it otherwise: then this waits behind it.
        let stays = is_snapshot || status.is_passing() || actions::open(rows, instance.id).await?.is_empty();
        if stays {
            let is_busy = is_snapshot || status.is_passing();
            let outcome = if is_busy { Outcome::Busy } else { Outcome::Needless };
            return Ok((outcome, Some(instance.status.clone()), None));
        }
    }
    let (asked, snapshot) = match row.what {
        Scheduled::Start => (Asked::Start, None),
        Scheduled::Restart => (Asked::Restart, None),
        Scheduled::Shutdown => (Asked::Shutdown, None),
        Scheduled::Stop => (Asked::Stop, None),
        Scheduled::Snapshots => {
            let local = due_at.with_timezone(&Times::of(row).zone);
            let name = local.format("auto %Y-%m-%d %H-%M").to_string();
            let asked = Asked::TakeSnapshot {
                name: name.clone(),
                description: String::new(),
            };
            (asked, Some(name))
        }
    };
    match actions::ask_within(rows, keyring, now, ask(row, asked, &actor(row)), Vec::new()).await {
        Ok(action) => Ok((Outcome::Asked, None, Some((action, snapshot)))),
        Err(refused) => {
            let (outcome, detail) = meant(refused)?;
            Ok((outcome, detail, None))
        }
    }
}

fn actor(row: &schedule::Model) -> Actor {
    Actor::system(&format!("schedule ({})", row.created_by_name))
}

fn ask<'a>(row: &schedule::Model, asked: Asked, actor: &'a Actor) -> Ask<'a> {
    Ask {
        instance: row.instance_id,
        client: row.client_id,
        asked,
        actor,
    }
}

/// Why it was not asked for, as it is kept; what fails by itself is tried again.
fn meant(refused: Refused) -> Result<(Outcome, Option<String>), Refused> {
    Ok(match refused {
        Refused::Locked(because) => (Outcome::Locked, Some(because)),
        Refused::AlreadyAsked | Refused::TooMany => (Outcome::Busy, None),
        Refused::SwitchedOff => (Outcome::SwitchedOff, None),
        Refused::AlreadyCancelled | Refused::Own => (Outcome::Refused, None),
        Refused::Change(ChangeError::NotFound) => (Outcome::Gone, None),
        Refused::Change(ChangeError::Conflict) => (Outcome::Refused, None),
        Refused::Change(ChangeError::Rejected(Rejected(reasons))) => {
            match reasons.into_iter().map(|(_, reason)| reason).next() {
                Some(Reason::SnapshotsFull(most)) => (Outcome::Full, Some(most.to_string())),
                _ => (Outcome::Refused, None),
            }
        }
        error @ (Refused::Change(ChangeError::Database(_)) | Refused::Keyring(_)) => return Err(error),
    })
}

/// How far the snapshots of a run are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rotation {
    /// The new one is not there yet, or not all older ones could be asked for.
    NotYet,
    /// There is nothing more to do about it.
    Done,
}

/// Once the new snapshot is there, asks for the end of the oldest that the schedule took. What somebody gave another name
/// is not the schedule's any more.
///
/// # Errors
/// When the database does not answer.
pub async fn rotate(
    db: &Db,
    keyring: &Keyring,
    tenant: TenantId,
    now: DateTime<Utc>,
    run: ScheduleRunId,
) -> Result<Rotation, Refused> {
    let rows = db.begin(tenant).await?;
    let Some(run) = rows.get::<schedule_run::Entity>(run).await? else {
        return Ok(Rotation::Done);
    };
    let Some(row) = rows.get::<schedule::Entity>(run.schedule_id).await? else {
        return Ok(Rotation::Done);
    };
    let action = match run.action_id {
        Some(id) => rows.get::<action::Entity>(id).await?,
        None => None,
    };
    match action.map(|action| action.state) {
        Some(ActionState::Queued | ActionState::Running) => return Ok(Rotation::NotYet),
        Some(ActionState::Done) => {}
        // Nothing new came, so nothing old goes.
        Some(ActionState::Failed | ActionState::Withdrawn) | None => return Ok(Rotation::Done),
    }
    let old = too_many(&rows, &row, run.snapshot.as_deref()).await?;
    let mut rotation = Rotation::Done;
    for snapshot in old {
        let asked = Asked::DeleteSnapshot {
            snapshot: snapshot.contabo_id,
            name: snapshot.name.clone(),
        };
        match actions::ask_within(&rows, keyring, now, ask(&row, asked, &actor(&row)), Vec::new()).await {
            Ok(_) | Err(Refused::AlreadyAsked) => {}
            Err(Refused::TooMany) => rotation = Rotation::NotYet,
            Err(refused) => {
                let why = refused.to_string();
                // What fails by itself is tried again.
                meant(refused)?;
                // The next run asks for it again.
                let told = schedule_run::ActiveModel {
                    id: Set(run.id),
                    detail: Set(Some(format!("{}: {why}", snapshot.name))),
                    ..Default::default()
                };
                rows.update::<schedule_run::Entity, _>(told).await?;
            }
        }
    }
    rows.servers_changed().await?;
    rows.commit().await?;
    Ok(rotation)
}

/// The snapshots that the schedule took and that are more than it keeps, the oldest first; none while the new one is not
/// there.
async fn too_many(
    rows: &Tenant<'_>,
    row: &schedule::Model,
    newest: Option<&str>,
) -> Result<Vec<snapshot::Model>, DbErr> {
    let there = rows
        .find::<snapshot::Entity>()
        .filter(snapshot::Column::InstanceId.eq(row.instance_id))
        .all()
        .await?;
    if !there.iter().any(|one| Some(one.name.as_str()) == newest) {
        return Ok(Vec::new());
    }
    let runs = rows
        .find::<schedule_run::Entity>()
        .filter(schedule_run::Column::ScheduleId.eq(row.id))
        .filter(schedule_run::Column::Snapshot.is_not_null())
        .order_by(schedule_run::Column::DueAt, Order::Desc)
        .all()
        .await?;
    let own = runs.iter().filter_map(|run| {
        let name = run.snapshot.as_deref()?;
        there.iter().find(|one| one.name == name).cloned()
    });
    let mut old: Vec<snapshot::Model> = own.skip(usize::try_from(row.keep).unwrap_or(usize::MAX)).collect();
    old.reverse();
    Ok(old)
}
