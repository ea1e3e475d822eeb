//! A client, a router or a link that a maintenance window, or a series of them, covers. One without any covers all of
//! the tenant's links.

use sea_orm::entity::prelude::*;

use crate::{ClientId, LinkId, MaintenanceScopeId, MaintenanceSeriesId, MaintenanceWindowId, RouterId, TenantId};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Eq)]
#[sea_orm(table_name = "maintenance_scope")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: MaintenanceScopeId,
    /// Of this window, or else of a series.
    pub window_id: Option<MaintenanceWindowId>,
    pub series_id: Option<MaintenanceSeriesId>,
    /// All links of this client.
    pub client_id: Option<ClientId>,
    /// All links of this router.
    pub router_id: Option<RouterId>,
    /// This link.
    pub link_id: Option<LinkId>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

crate::tenancy::owned!(Id: MaintenanceScopeId);
