//! A link or a router changed its state.

use sea_orm::entity::prelude::*;

use crate::{LinkId, RouterId, StateChangeId, TenantId};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Eq)]
#[sea_orm(table_name = "state_change")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: StateChangeId,
    pub at: DateTimeUtc,
    /// The router, for a change of its own.
    pub router_id: Option<RouterId>,
    /// The link, for a change of its own.
    pub link_id: Option<LinkId>,
    pub from_state: String,
    pub to_state: String,
    /// Why, where that is known.
    pub reason: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

crate::tenancy::owned!(Id: StateChangeId);
