//! Planned work that comes again and again. Its windows are made ahead, each an ordinary row.

use sea_orm::entity::prelude::*;

use crate::{AccountId, MaintenanceSeriesId, TenantId};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Eq)]
#[sea_orm(table_name = "maintenance_series")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: MaintenanceSeriesId,
    /// What is done, for customers to read.
    pub title: String,
    /// For staff only.
    #[sea_orm(column_type = "Text")]
    pub notes: String,
    /// When the first window begins, on the wall clock of the tenant's zone.
    pub first_starts: DateTime,
    /// How long each window is.
    pub minutes: i32,
    /// An RRULE of RFC 5545, without its name.
    #[sea_orm(column_type = "Text")]
    pub rule: String,
    pub created_by: Option<AccountId>,
    pub created_at: DateTimeUtc,
    /// Its windows are approved as soon as they are made.
    pub approved_by: Option<AccountId>,
    pub approved_at: Option<DateTimeUtc>,
    /// No more windows are made.
    pub ended_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

crate::tenancy::owned!(Id: MaintenanceSeriesId);
