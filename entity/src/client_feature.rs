//! Whether one client may do one thing, where that is another than what holds for all clients.

use sea_orm::entity::prelude::*;

use crate::{ClientId, TenantId};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Eq)]
#[sea_orm(table_name = "client_feature")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub client_id: ClientId,
    /// As in the table `feature`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub name: String,
    pub allowed: bool,
    pub changed_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

crate::tenancy::owned!(ClientId: ClientId);
