//! Quotas: how many servers, how much object storage and how many snapshots of a server one client may have, and the
//! provider itself. They hold where something is ordered, given or taken; what there is already stays.
//!
//! Contabo has limits of its own, which it says when one asks for too much.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entity::{
    ClientId, Db, Scoped, Tenant, TenantId,
    action::{self, ActionState},
    client, client_quota,
    contabo_order::{self, OrderState},
    contabo_resource, hosting_settings, instance, snapshot,
};
use sea_orm::{ActiveValue::Set, ColumnTrait, DbErr, FromQueryResult, sea_query::Expr};
use serde_json::json;

use super::{
    actions::{Kind as ActionKind, ThingAsked},
    orders::{self, Wanted},
    resources::{Kind, Storage, Thing},
    settings, storages,
};
use crate::domain::{
    audit::{self, Actor, Subject},
    typed::{ChangeError, Checks, Rejected, Typed},
};

/// The most that can be typed.
const MOST: i32 = 100_000;

/// How much one may have; none: any number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Quota {
    pub instances: Option<i32>,
    /// Steps of 250 GB.
    pub storage_steps: Option<i32>,
    /// Of one instance.
    pub snapshots: Option<i32>,
}

/// How much one has, with what is being ordered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Used {
    pub instances: i64,
    pub storage_steps: i64,
}

/// Which quota is full, and what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Full {
    Instances(i32),
    /// Steps of 250 GB.
    Storage(i32),
    Snapshots(i32),
}

/// From the fields `instances`, `storage` in TB, and `snapshots`; what is empty has no limit.
///
/// # Errors
/// The fields that are no whole numbers.
pub fn read(typed: &Typed) -> Result<Quota, Rejected<NotANumber>> {
    let mut checks = Checks::default();
    let [instances, storage, snapshots] =
        ["instances", "storage", "snapshots"].map(|field| checks.keep(field, number(typed.get(field))));
    match (instances, storage, snapshots) {
        (Some(instances), Some(storage), Some(snapshots)) => Ok(Quota {
            instances,
            storage_steps: storage.map(|tb| tb * 4),
            snapshots,
        }),
        _ => Err(checks.rejected()),
    }
}

/// Not a whole number, or too large.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotANumber;

fn number(typed: &str) -> Result<Option<i32>, NotANumber> {
    if typed.is_empty() {
        return Ok(None);
    }
    let number = typed.parse().ok().filter(|number| (0..=MOST).contains(number));
    number.map(Some).ok_or(NotANumber)
}

/// The quota of a client, or of the provider over all.
///
/// # Errors
/// When the database does not answer.
pub async fn of(rows: &Tenant<'_>, client: Option<ClientId>) -> Result<Quota, DbErr> {
    let quota = match client {
        Some(client) => {
            let row = rows.get::<client_quota::Entity>(client).await?;
            row.map(|row| (row.instances, row.storage_steps, row.snapshots))
        }
        None => {
            let row = rows.find::<hosting_settings::Entity>().one().await?;
            row.map(|row| (row.instances, row.storage_steps, row.snapshots))
        }
    };
    let (instances, storage_steps, snapshots) = quota.unwrap_or_default();
    Ok(Quota {
        instances,
        storage_steps,
        snapshots,
    })
}

/// What a client has, or the provider in all, with what is being ordered for it.
///
/// # Errors
/// When the database does not answer.
pub async fn used(rows: &Tenant<'_>, client: Option<ClientId>) -> Result<Used, DbErr> {
    let mut instances = rows
        .find::<instance::Entity>()
        .filter(instance::Column::GoneAt.is_null());
    let mut storages = rows
        .find::<contabo_resource::Entity>()
        .filter(contabo_resource::Column::Kind.eq(Storage::NAME))
        .filter(contabo_resource::Column::GoneAt.is_null());
    let mut orders = open_orders(rows);
    if let Some(client) = client {
        instances = instances.filter(instance::Column::ClientId.eq(client));
        storages = storages.filter(contabo_resource::Column::ClientId.eq(client));
        orders = orders.filter(contabo_order::Column::ClientId.eq(client));
    }
    let growing = growing(rows).await?;
    let mut used = Used {
        instances: i64::try_from(instances.count().await?).unwrap_or(i64::MAX),
        storage_steps: storages.all().await?.iter().map(|row| steps_with(row, &growing)).sum(),
    };
    for order in orders.all().await? {
        used.add(&order);
    }
    Ok(used)
}

/// The quotas of all clients that have one.
///
/// # Errors
/// When the database does not answer.
pub async fn of_clients(rows: &Tenant<'_>) -> Result<HashMap<ClientId, Quota>, DbErr> {
    let all = rows.find::<client_quota::Entity>().all().await?.into_iter();
    let quota = |row: client_quota::Model| {
        let quota = Quota {
            instances: row.instances,
            storage_steps: row.storage_steps,
            snapshots: row.snapshots,
        };
        (row.client_id, quota)
    };
    Ok(all.map(quota).collect())
}

/// What each client has, as [`used`] counts it, read at once. Under none: what nobody has.
///
/// # Errors
/// When the database does not answer.
pub async fn used_by_clients(rows: &Tenant<'_>) -> Result<HashMap<Option<ClientId>, Used>, DbErr> {
    let mut all: HashMap<Option<ClientId>, Used> = HashMap::new();
    let instances = rows
        .find::<instance::Entity>()
        .filter(instance::Column::GoneAt.is_null())
        .columns::<Owner>([instance::Column::ClientId])
        .await?;
    for one in instances {
        all.entry(one.client_id).or_default().instances += 1;
    }
    let storages = rows
        .find::<contabo_resource::Entity>()
        .filter(contabo_resource::Column::Kind.eq(Storage::NAME))
        .filter(contabo_resource::Column::GoneAt.is_null());
    let growing = growing(rows).await?;
    for one in storages.all().await? {
        all.entry(one.client_id).or_default().storage_steps += steps_with(&one, &growing);
    }
    for order in open_orders(rows).all().await? {
        all.entry(order.client_id).or_default().add(&order);
    }
    Ok(all)
}

#[derive(FromQueryResult)]
struct Owner {
    client_id: Option<ClientId>,
}

/// What is being ordered.
fn open_orders<'t, 'c>(rows: &'t Tenant<'c>) -> Scoped<'t, 'c, contabo_order::Entity> {
    let open = [OrderState::Queued, OrderState::Placing, OrderState::Following];
    rows.find::<contabo_order::Entity>()
        .filter(contabo_order::Column::State.is_in(open))
}

impl Used {
    /// With what is being ordered; what was seen already is counted where it is.
    fn add(&mut self, order: &contabo_order::Model) {
        match Wanted::of(order) {
            Ok(Wanted::Instance(_)) if order.instance_id.is_none() => self.instances += 1,
            Ok(Wanted::Storage(storage)) if order.contabo_says.is_none() => self.storage_steps += most_of(&storage),
            _ => {}
        }
    }
}

/// [`steps_of`], and what it is being made larger to.
fn steps_with(row: &contabo_resource::Model, growing: &[(String, i64)]) -> i64 {
    let asked = growing.iter().filter(|(id, _)| *id == row.contabo_id);
    asked.map(|(_, most)| *most).fold(steps_of(row), i64::max)
}

/// What storages are being made larger to, by Contabo's ids of them.
async fn growing(rows: &Tenant<'_>) -> Result<Vec<(String, i64)>, DbErr> {
    let open = rows
        .find::<action::Entity>()
        .filter(action::Column::ThingKind.eq(Thing::Storage.name()))
        .filter(action::Column::State.is_in([ActionState::Queued, ActionState::Running]));
    let asked = open
        .all()
        .await?
        .into_iter()
        .filter_map(|row| match ThingAsked::of(&row) {
            Ok(ThingAsked::ResizeStorage {
                storage, steps, growth, ..
            }) => {
                let ceiling = growth.filter(|growth| growth.is_on).map(|growth| growth.up_to);
                Some((storage, steps.max(ceiling).unwrap_or_default()))
            }
            _ => None,
        });
    Ok(asked.collect())
}

/// What an ordered storage may come to: one that grows by itself, its ceiling.
fn most_of(storage: &orders::Storage) -> i64 {
    storage.grows_to.unwrap_or_default().max(storage.steps)
}

/// The same of one that is there.
fn steps_of(row: &contabo_resource::Model) -> i64 {
    let size = |field: &str| row.details[field].as_f64().unwrap_or_default();
    let grows = row.details["grows"].as_bool().unwrap_or_default();
    let tb = size("size_tb").max(if grows { size("grows_to_tb") } else { 0.0 });
    storages::steps_of(tb)
}

/// Which quota an order would exceed, of the client that it is for or of the provider.
///
/// # Errors
/// When the database does not answer.
pub async fn full_for_order(
    rows: &Tenant<'_>,
    client: Option<ClientId>,
    wanted: &Wanted,
) -> Result<Option<Full>, DbErr> {
    let more = match wanted {
        Wanted::Instance(_) => Used {
            instances: 1,
            storage_steps: 0,
        },
        Wanted::Storage(storage) => Used {
            instances: 0,
            storage_steps: most_of(storage),
        },
    };
    full_in_all(rows, client, more).await
}

/// Of the client, where there is one, and then of the provider. Whatever buys more is counted one after the other: two
/// that come in one moment would else both find the last place free.
async fn full_in_all(rows: &Tenant<'_>, client: Option<ClientId>, more: Used) -> Result<Option<Full>, DbErr> {
    rows.lock_own().await?;
    for whose in client.map(Some).into_iter().chain([None]) {
        let full = exceeds(of(rows, whose).await?, used(rows, whose).await?, more);
        if full.is_some() {
            return Ok(full);
        }
    }
    Ok(None)
}

/// Whether the client may be given no further instance.
///
/// # Errors
/// When the database does not answer.
pub async fn full_for_client(rows: &Tenant<'_>, client: ClientId) -> Result<Option<Full>, DbErr> {
    let more = Used {
        instances: 1,
        storage_steps: 0,
    };
    full(rows, client, more).await
}

/// Whether the client may not be given this storage.
///
/// # Errors
/// When the database does not answer.
pub async fn full_for_storage(
    rows: &Tenant<'_>,
    client: ClientId,
    storage: &contabo_resource::Model,
) -> Result<Option<Full>, DbErr> {
    let more = Used {
        instances: 0,
        storage_steps: steps_of(storage),
    };
    full(rows, client, more).await
}

/// Which quota a storage would exceed that may come to `most` steps, of its client or of the provider.
///
/// # Errors
/// When the database does not answer.
pub async fn full_for_growth(
    rows: &Tenant<'_>,
    storage: &contabo_resource::Model,
    most: i64,
) -> Result<Option<Full>, DbErr> {
    let more = Used {
        instances: 0,
        storage_steps: most - steps_with(storage, &growing(rows).await?),
    };
    full_in_all(rows, storage.client_id, more).await
}

async fn full(rows: &Tenant<'_>, client: ClientId, more: Used) -> Result<Option<Full>, DbErr> {
    rows.lock_own().await?;
    let (quota, used) = (of(rows, Some(client)).await?, used(rows, Some(client)).await?);
    Ok(exceeds(quota, used, more))
}

fn exceeds(quota: Quota, used: Used, more: Used) -> Option<Full> {
    let over = |most: Option<i32>, used: i64, more: i64| most.filter(|most| more > 0 && used + more > i64::from(*most));
    over(quota.instances, used.instances, more.instances)
        .map(Full::Instances)
        .or_else(|| over(quota.storage_steps, used.storage_steps, more.storage_steps).map(Full::Storage))
}

/// Whether there may be no further snapshot of the instance. Its client's quota holds for what the client asks for, the
/// provider's for everybody.
///
/// # Errors
/// When the database does not answer.
pub async fn full_for_snapshot(
    rows: &Tenant<'_>,
    instance: &instance::Model,
    client: Option<ClientId>,
) -> Result<Option<Full>, DbErr> {
    let theirs = match client {
        Some(client) => of(rows, Some(client)).await?.snapshots,
        None => None,
    };
    let Some(most) = theirs.into_iter().chain(of(rows, None).await?.snapshots).min() else {
        return Ok(None);
    };
    let there = rows
        .find::<snapshot::Entity>()
        .filter(snapshot::Column::InstanceId.eq(instance.id));
    let asked = rows
        .find::<action::Entity>()
        .filter(action::Column::InstanceId.eq(instance.id))
        .filter(action::Column::Kind.eq(ActionKind::TakeSnapshot.name()))
        .filter(action::Column::State.is_in([ActionState::Queued, ActionState::Running]));
    let count = there.count().await? + asked.count().await?;
    Ok((count >= u64::from(most.unsigned_abs())).then_some(Full::Snapshots(most)))
}

/// Sets the quota of a client, or of the provider.
///
/// # Errors
/// When there is no such client.
pub async fn set(
    db: &Db,
    tenant: TenantId,
    actor: &Actor,
    now: DateTime<Utc>,
    client: Option<ClientId>,
    quota: Quota,
) -> Result<(), ChangeError<NotANumber>> {
    let rows = db.begin(tenant).await?;
    let before = of(&rows, client).await?;
    let name = match client {
        Some(id) => {
            let row = rows.lock::<client::Entity>(id).await?.ok_or(ChangeError::NotFound)?;
            let quota = client_quota::ActiveModel {
                client_id: Set(id),
                instances: Set(quota.instances),
                storage_steps: Set(quota.storage_steps),
                snapshots: Set(quota.snapshots),
                changed_at: Set(now),
                ..Default::default()
            };
            let key = [client_quota::Column::ClientId];
            rows.upsert_all::<client_quota::Entity, _>([quota], &key).await?;
            row.name
        }
        None => {
            use hosting_settings::Column;
            let changes = [
                (Column::Instances, Expr::value(quota.instances)),
                (Column::StorageSteps, Expr::value(quota.storage_steps)),
                (Column::Snapshots, Expr::value(quota.snapshots)),
            ];
            settings::set(&rows, now, changes).await?;
            String::new()
        }
    };
    let subject = Subject {
        kind: if client.is_some() { "client" } else { "settings" },
        id: client.map(|client| client.0),
        name: &name,
    };
    let fields = |quota: Quota| {
        json!({
            "most_servers": quota.instances, "most_storage_quarters": quota.storage_steps,
            "most_snapshots": quota.snapshots,
        })
    };
    let (before, after) = (Some(fields(before)), Some(fields(quota)));
    audit::record(&rows, actor, now, "client.quota", subject, before, after).await?;
    Ok(rows.commit().await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quota_is_full_when_one_more_would_be_too_many() {
        let quota = Quota {
            instances: Some(3),
            storage_steps: Some(8),
            snapshots: None,
        };
        let used = |instances, storage_steps| Used {
            instances,
            storage_steps,
        };
        assert_eq!(exceeds(quota, used(2, 0), used(1, 0)), None);
        assert_eq!(exceeds(quota, used(3, 0), used(1, 0)), Some(Full::Instances(3)));
        assert_eq!(
            exceeds(quota, used(9, 0), used(0, 4)),
            None,
            "what is not asked for is not judged"
        );
        assert_eq!(exceeds(quota, used(0, 5), used(0, 4)), Some(Full::Storage(8)));
        assert_eq!(exceeds(Quota::default(), used(999, 999), used(1, 1)), None);
    }

    #[test]
    fn what_is_empty_has_no_limit_and_zero_is_one() {
        let typed = |pairs: &[(&str, &str)]| {
            let pairs = pairs
                .iter()
                .map(|(field, value)| ((*field).to_owned(), (*value).to_owned()));
            read(&Typed::new(pairs))
        };
        assert_eq!(typed(&[]), Ok(Quota::default()));
        let quota = typed(&[("instances", "0"), ("storage", "2"), ("snapshots", "1")]).unwrap();
        assert_eq!(
            (quota.instances, quota.storage_steps, quota.snapshots),
            (Some(0), Some(8), Some(1))
        );
        let wrong = typed(&[("instances", "-1"), ("storage", "1.5"), ("snapshots", "x")]).unwrap_err();
        assert_eq!(wrong.0.len(), 3);
    }
}
