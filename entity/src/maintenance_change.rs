//! A maintenance window that was recorded, changed or cancelled after it had begun: a change of what was measured, so it
//! has a reason and is kept.

use sea_orm::entity::prelude::*;

use crate::{AccountId, MaintenanceChangeId, MaintenanceWindowId, TenantId};

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum ChangeKind {
    /// It was there only then, or only then approved.
    #[sea_orm(string_value = "recorded")]
    Recorded,
    /// Other times, or other links.
    #[sea_orm(string_value = "changed")]
    Changed,
    /// It counts for nothing any more.
    #[sea_orm(string_value = "cancelled")]
    Cancelled,
}

#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Eq)]
#[sea_orm(table_name = "maintenance_change")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: MaintenanceChangeId,
    pub window_id: MaintenanceWindowId,
    pub at: DateTimeUtc,
    pub changed_by: Option<AccountId>,
    /// The name as it was then.
    pub changed_by_name: String,
    pub kind: ChangeKind,
    #[sea_orm(column_type = "Text")]
    pub reason: String,
    /// What was taken out before; nothing of a window that was recorded.
    pub old_starts_at: Option<DateTimeUtc>,
    pub old_ends_at: Option<DateTimeUtc>,
    /// What it covered, as `domain::maintenance::Covers`.
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub old_covers: Option<Json>,
    /// What is taken out since; nothing of a window that was cancelled.
    pub new_starts_at: Option<DateTimeUtc>,
    pub new_ends_at: Option<DateTimeUtc>,
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub new_covers: Option<Json>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

crate::tenancy::owned!(Id: MaintenanceChangeId);
