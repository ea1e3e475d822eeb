//! Snapshots of an instance's disk. How many there may be depends on the plan; each is deleted by Contabo
//! about 30 days after it was taken.

use super::lists;
use crate::client::group;
use crate::decode::answer;
use crate::query::filter;
use crate::{Error, ImageId, InstanceId, RequestId, SnapshotId, operations};
use chrono::{DateTime, Utc};
use serde::Serialize;

answer! {
    /// A snapshot.
    Snapshot {
        snapshot_id: SnapshotId,
        instance_id: Option<InstanceId>,
        name: String,
        description: String,
        image_id: Option<ImageId>,
        image_name: Option<String>,
        created_date: Option<DateTime<Utc>>,
        auto_delete_date: Option<DateTime<Utc>>,
    }
}

filter! {
    /// Which snapshots.
    SnapshotFilter {
        name: Option<String>,
    }
}

/// What a snapshot is called.
#[derive(Debug, Clone, Serialize)]
pub struct NewSnapshot {
    /// 1 to 30 letters, digits, spaces and dashes.
    pub name: String,
    /// 1 to 255 characters.
    pub description: Option<String>,
}

/// What changes of its naming.
#[derive(Debug, Clone, Default, Serialize)]
pub struct SnapshotChange {
    pub name: Option<String>,
    pub description: Option<String>,
}

group! {
    /// Snapshots of instances.
    Snapshots, snapshots
}

impl Snapshots<'_> {
    lists!(
        SNAPSHOTS_LIST,
        SnapshotFilter => Snapshot,
        by |snapshot: &Snapshot| snapshot.snapshot_id.clone(),
        of instance_id: InstanceId
    );

    /// One snapshot.
    pub async fn get(&self, instance: InstanceId, id: &SnapshotId) -> Result<Snapshot, Error> {
        self.client
            .read(&operations::SNAPSHOTS_GET, &[&instance, id])
            .one()
            .await
    }

    /// Takes a snapshot. Refused with 402 where the plan allows no more.
    pub async fn create(
        &self,
        instance: InstanceId,
        new: &NewSnapshot,
        request_id: RequestId,
    ) -> Result<Snapshot, Error> {
        self.client
            .change(&operations::SNAPSHOTS_CREATE, &[&instance], request_id)
            .body(new)
            .one()
            .await
    }

    /// Names it anew.
    pub async fn update(
        &self,
        instance: InstanceId,
        id: &SnapshotId,
        change: &SnapshotChange,
        request_id: RequestId,
    ) -> Result<(), Error> {
        self.client
            .change(&operations::SNAPSHOTS_UPDATE, &[&instance, id], request_id)
            .body(change)
            .done()
            .await
    }

    /// Deletes it.
    pub async fn delete(&self, instance: InstanceId, id: &SnapshotId, request_id: RequestId) -> Result<(), Error> {
        self.client
            .change(&operations::SNAPSHOTS_DELETE, &[&instance, id], request_id)
            .done()
            .await
    }

    /// Puts the disk back to what it was. Snapshots that are newer are deleted.
    pub async fn roll_back(&self, instance: InstanceId, id: &SnapshotId, request_id: RequestId) -> Result<(), Error> {
        self.client
            .change(&operations::SNAPSHOTS_ROLL_BACK, &[&instance, id], request_id)
            .empty_body()
            .done()
            .await
    }
}
