//! A router or a link that a maintenance window covers. A window without any covers all of the tenant's links.

use sea_orm::entity::prelude::*;

use crate::{LinkId, MaintenanceScopeId, MaintenanceWindowId, RouterId, TenantId};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Eq)]
#[sea_orm(table_name = "maintenance_scope")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: MaintenanceScopeId,
    pub window_id: MaintenanceWindowId,
    /// All links of this router.
    pub router_id: Option<RouterId>,
    /// This link.
    pub link_id: Option<LinkId>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

crate::tenancy::owned!(Id: MaintenanceScopeId);
