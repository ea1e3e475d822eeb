//! The mirror of a Contabo account: what a reading found is compared with what is kept, and every difference is kept
//! as a change that staff can read.
//!
//! A reading is taken whole or not at all: half a list would make the other half look gone.

mod difference;
mod snapshots;

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use contabo::Instance;
use entity::{
    ContaboAccountId, ContaboChangeId, InstanceId, Tenant,
    action::{self, ActionState},
    contabo_change,
    contabo_change::ChangeOf,
    instance::{self, Column},
};
use sea_orm::{ActiveValue::Set, ColumnTrait, DbErr, ExprTrait};

use self::difference::{Fields, row_of};
pub use self::{difference::details, snapshots::keep_snapshots};

/// The kind under which changes of instances are kept.
pub const INSTANCE: &str = "instance";

/// What came of a reading.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    pub appeared: usize,
    pub changed: usize,
    pub vanished: usize,
}

/// Contabo's ids of the kept instances that `found` lacks: each is asked for once more before it is taken for gone.
///
/// # Errors
/// When the database does not answer.
pub async fn missing(
    rows: &Tenant<'_>,
    account: ContaboAccountId,
    found: &[Instance],
) -> Result<Vec<contabo::InstanceId>, DbErr> {
    let found: HashSet<i64> = found.iter().map(|one| one.instance_id.0).collect();
    let kept = kept(rows, account).await?;
    let missing = kept
        .values()
        .filter(|row| row.gone_at.is_none() && !found.contains(&row.contabo_id));
    Ok(missing.map(|row| contabo::InstanceId(row.contabo_id)).collect())
}

/// Keeps what was found by a reading that began at `begun`; `gone` are those of which Contabo said that it does not know
/// them. Instances that something was done about since are left to that: it has seen them later.
///
/// # Errors
/// When the database does not answer.
pub async fn keep(
    rows: &Tenant<'_>,
    account: ContaboAccountId,
    found: &[Instance],
    gone: &[contabo::InstanceId],
    (begun, now): (DateTime<Utc>, DateTime<Utc>),
) -> Result<Kept, DbErr> {
    let before = kept(rows, account).await?;
    let acted_on = acted_on_since(rows, account, begun).await?;
    let is_ours = |id: contabo::InstanceId| before.get(&id.0).is_some_and(|row| acted_on.contains(&row.id));
    let differs = |one: &&Instance| {
        let old = before.get(&one.instance_id.0);
        old.is_none_or(|old| !difference::is_same(old, &row_of(rows.id(), account, one, Some(old), now)))
    };
    let found = found.iter().filter(|one| !is_ours(one.instance_id));
    let found: Vec<&Instance> = found.filter(differs).collect();
    let concerned = found.iter().map(|one| one.instance_id).chain(gone.iter().copied());
    let concerned: Vec<InstanceId> = concerned.filter_map(|id| Some(before.get(&id.0)?.id)).collect();
    // Read again under their locks: staff may have given one to a client meanwhile.
    let locked = rows.lock_all::<instance::Entity>(concerned).await?;
    let locked: HashMap<i64, instance::Model> = locked.into_iter().map(|row| (row.contabo_id, row)).collect();
    let mut came = Kept::default();
    let (mut differing, mut changes) = (Vec::new(), Vec::new());
    for one in found {
        let old = locked.get(&one.instance_id.0);
        let new = row_of(rows.id(), account, one, old, now);
        let Some(old) = old.filter(|old| old.gone_at.is_none()) else {
            came.appeared += 1;
            changes.push(change(account, &new, ChangeOf::Appeared, None, now));
            differing.push(new);
            continue;
        };
        let (before, after) = difference::fields(old, &new);
        // The state alone comes and goes, and is no news.
        if !after.is_empty() {
            came.changed += 1;
            changes.push(change(account, &new, ChangeOf::Changed, Some((before, after)), now));
        }
        differing.push(new);
    }
    for id in gone {
        if let Some(old) = locked.get(&id.0).filter(|row| row.gone_at.is_none()) {
            came.vanished += 1;
            let new = instance::Model {
                gone_at: Some(now),
                ..old.clone()
            };
            changes.push(change(account, &new, ChangeOf::Vanished, None, now));
            differing.push(new);
        }
    }
    if !differing.is_empty() {
        let key = [Column::ContaboAccountId, Column::ContaboId];
        let seq = rows.servers_changed().await?;
        let active = differing
            .into_iter()
            .map(|row| difference::active(instance::Model { seq, ..row }));
        rows.upsert_all::<instance::Entity, _>(active.collect::<Vec<_>>(), &key)
            .await?;
        rows.insert_all::<contabo_change::Entity, _>(changes).await?;
    }
    Ok(came)
}

async fn acted_on_since(
    rows: &Tenant<'_>,
    account: ContaboAccountId,
    begun: DateTime<Utc>,
) -> Result<HashSet<InstanceId>, DbErr> {
    let open_or_new = action::Column::State
        .eq(ActionState::Running)
        .or(action::Column::EndedAt.gte(begun));
    let acted_on = rows
        .find::<action::Entity>()
        .filter(action::Column::ContaboAccountId.eq(account))
        .filter(open_or_new)
        .all()
        .await?;
    Ok(acted_on.into_iter().filter_map(|action| action.instance_id).collect())
}

/// Keeps one instance as it was just seen, in the middle of an action on it: only that it is gone is news.
///
/// # Errors
/// When the database does not answer.
pub async fn keep_one(
    rows: &Tenant<'_>,
    id: InstanceId,
    found: Option<&Instance>,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let Some(old) = rows.lock::<instance::Entity>(id).await? else {
        return Ok(());
    };
    let new = match found {
        Some(found) => row_of(rows.id(), old.contabo_account_id, found, Some(&old), now),
        None => instance::Model {
            gone_at: old.gone_at.or(Some(now)),
            ..old.clone()
        },
    };
    if difference::is_same(&old, &new) {
        return Ok(());
    }
    if old.gone_at.is_none() && new.gone_at.is_some() {
        let change = change(new.contabo_account_id, &new, ChangeOf::Vanished, None, now);
        rows.insert_all::<contabo_change::Entity, _>([change]).await?;
    }
    let seq = rows.servers_changed().await?;
    let new = instance::Model { seq, ..new };
    rows.update(difference::active(new)).await.map(drop)
}

async fn kept(rows: &Tenant<'_>, account: ContaboAccountId) -> Result<HashMap<i64, instance::Model>, DbErr> {
    let kept = rows
        .find::<instance::Entity>()
        .filter(Column::ContaboAccountId.eq(account))
        .all()
        .await?;
    Ok(kept.into_iter().map(|row| (row.contabo_id, row)).collect())
}

fn change(
    account: ContaboAccountId,
    row: &instance::Model,
    what: ChangeOf,
    fields: Option<(Fields, Fields)>,
    now: DateTime<Utc>,
) -> contabo_change::ActiveModel {
    let (before, after) = fields.unzip();
    contabo_change::ActiveModel {
        id: Set(ContaboChangeId::new()),
        contabo_account_id: Set(account),
        instance_id: Set(Some(row.id)),
        kind: Set(INSTANCE.to_owned()),
        contabo_id: Set(row.contabo_id.to_string()),
        name: Set(row.name.clone()),
        what: Set(what),
        before: Set(before.map(serde_json::Value::Object)),
        after: Set(after.map(serde_json::Value::Object)),
        done_by: Set(None),
        found_at: Set(now),
        ..Default::default()
    }
}
