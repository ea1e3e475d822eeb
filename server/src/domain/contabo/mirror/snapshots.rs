//! Snapshots of one instance, as they are now.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use entity::{
    InstanceId, SnapshotId, Tenant, instance,
    snapshot::{self, Column},
};
use sea_orm::{ActiveValue::Set, ColumnTrait, DbErr, ExprTrait, Order};

/// The snapshots of an instance, the newest first.
///
/// # Errors
/// When the database does not answer.
pub async fn snapshots_of(rows: &Tenant<'_>, instance: InstanceId) -> Result<Vec<snapshot::Model>, DbErr> {
    rows.find::<snapshot::Entity>()
        .filter(Column::InstanceId.eq(instance))
        .order_by(Column::CreatedAt, Order::Desc)
        .all()
        .await
}

/// Keeps the snapshots of an instance as they were found, and forgets those that were not.
///
/// # Errors
/// When the database does not answer.
pub async fn keep_snapshots(
    rows: &Tenant<'_>,
    instance: InstanceId,
    found: &[contabo::Snapshot],
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    if rows.lock::<instance::Entity>(instance).await?.is_none() {
        return Ok(());
    }
    let kept = snapshots_of(rows, instance).await?;
    let there: HashSet<&str> = found.iter().map(|one| one.snapshot_id.0.as_str()).collect();
    let gone: Vec<SnapshotId> = kept
        .iter()
        .filter(|row| !there.contains(row.contabo_id.as_str()))
        .map(|row| row.id)
        .collect();
    let differs = !gone.is_empty()
        || found.iter().any(|one| {
            let old = kept.iter().find(|row| row.contabo_id == one.snapshot_id.0);
            old.is_none_or(|old| old.name != one.name || old.description != one.description)
        });
    if !gone.is_empty() {
        let gone = Column::InstanceId.eq(instance).and(Column::Id.is_in(gone));
        rows.delete_where::<snapshot::Entity>(gone).await?;
    }
    let new = found.iter().map(|one| {
        let old = kept.iter().find(|row| row.contabo_id == one.snapshot_id.0);
        snapshot::ActiveModel {
            tenant_id: Set(rows.id()),
            id: Set(old.map_or_else(SnapshotId::new, |row| row.id)),
            instance_id: Set(instance),
            contabo_id: Set(one.snapshot_id.0.clone()),
            name: Set(one.name.clone()),
            description: Set(one.description.clone()),
            image_name: Set(one.image_name.clone().unwrap_or_default()),
            created_at: Set(one.created_date),
            deletes_at: Set(one.auto_delete_date),
            seen_at: Set(now),
        }
    });
    let new: Vec<_> = new.collect();
    if !new.is_empty() {
        let key = [Column::InstanceId, Column::ContaboId];
        rows.upsert_all::<snapshot::Entity, _>(new, &key).await?;
    }
    let mut row = instance::ActiveModel {
        id: Set(instance),
        snapshots_read_at: Set(Some(now)),
        ..Default::default()
    };
    if differs {
        row.seq = Set(rows.servers_changed().await?);
    }
    rows.update(row).await.map(drop)
}
