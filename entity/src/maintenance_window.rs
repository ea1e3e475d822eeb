//! A planned time in which downtime does not count.

use sea_orm::entity::prelude::*;

use crate::{AccountId, MaintenanceWindowId, TenantId};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Eq)]
#[sea_orm(table_name = "maintenance_window")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: MaintenanceWindowId,
    /// What is done, for customers to read.
    pub title: String,
    /// For staff only.
    #[sea_orm(column_type = "Text")]
    pub notes: String,
    pub starts_at: DateTimeUtc,
    pub ends_at: DateTimeUtc,
    pub created_by: Option<AccountId>,
    pub created_at: DateTimeUtc,
    pub cancelled_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

crate::tenancy::owned!(Id: MaintenanceWindowId);
