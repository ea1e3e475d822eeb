//! Why a link has no report for a month, or no new revision: gone once there is one.

use sea_orm::entity::prelude::*;

use crate::{LinkId, TenantId};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Eq)]
#[sea_orm(table_name = "report_trouble")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub link_id: LinkId,
    /// As `2026-04`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub month: String,
    pub at: DateTimeUtc,
    #[sea_orm(column_type = "Text")]
    pub reason: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

crate::tenancy::owned!(LinkId: LinkId);
