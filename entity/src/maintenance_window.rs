//! A planned time in which downtime does not count, once it is approved.

use sea_orm::entity::prelude::*;

use crate::{AccountId, MaintenanceSeriesId, MaintenanceWindowId, TenantId};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Eq)]
#[sea_orm(table_name = "maintenance_window")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: MaintenanceWindowId,
    /// What it was made from, if it comes again.
    pub series_id: Option<MaintenanceSeriesId>,
    /// When its series wanted it to begin, wherever it was moved since.
    pub occurs_at: Option<DateTimeUtc>,
    /// What is done, for customers to read.
    pub title: String,
    /// For staff only.
    #[sea_orm(column_type = "Text")]
    pub notes: String,
    pub starts_at: DateTimeUtc,
    pub ends_at: DateTimeUtc,
    pub created_by: Option<AccountId>,
    pub created_at: DateTimeUtc,
    /// None: Mainstay itself, or nobody yet.
    pub approved_by: Option<AccountId>,
    /// It is a proposal until then, and takes nothing out.
    pub approved_at: Option<DateTimeUtc>,
    /// When its clients were last told.
    pub announced_at: Option<DateTimeUtc>,
    /// What they were told, as `domain::maintenance::announce::Told`.
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub announced: Option<Json>,
    pub cancelled_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

crate::tenancy::owned!(Id: MaintenanceWindowId);
