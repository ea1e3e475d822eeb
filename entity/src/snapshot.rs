//! A snapshot of an instance, as it was last seen.

use sea_orm::entity::prelude::*;

use crate::{InstanceId, SnapshotId, TenantId};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Eq)]
#[sea_orm(table_name = "snapshot")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SnapshotId,
    pub instance_id: InstanceId,
    /// Contabo's id, as `snap1628603855`.
    pub contabo_id: String,
    pub name: String,
    pub description: String,
    /// The system that was installed when it was taken.
    pub image_name: String,
    pub created_at: Option<DateTimeUtc>,
    /// When Contabo deletes it by itself.
    pub deletes_at: Option<DateTimeUtc>,
    pub seen_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

crate::tenancy::owned!(Id: SnapshotId);
