//! The change sequence of a tenant: the number of its last committed change.
//!
//! Pages that are open and other processes read it each second and fetch what has a higher number than they know.

use sea_orm::entity::prelude::*;

use crate::TenantId;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Eq)]
#[sea_orm(table_name = "pulse")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    /// Rises by one with each transaction that changes what a page shows.
    pub seq: i64,
    /// What `seq` was when the set-up (clients, routers, links, SLA profiles, maintenance) last changed.
    pub config_seq: i64,
    /// What `seq` was when an instance, or an action on one, last changed.
    pub servers_seq: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

crate::tenancy::owned!(Seq: i64);
