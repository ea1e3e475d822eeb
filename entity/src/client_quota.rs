//! How much of what is rented at Contabo one client may have. A client without a row may have any number.

use sea_orm::entity::prelude::*;

use crate::{ClientId, TenantId};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Eq)]
#[sea_orm(table_name = "client_quota")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub client_id: ClientId,
    /// None: any number.
    pub instances: Option<i32>,
    /// Steps of 250 GB.
    pub storage_steps: Option<i32>,
    /// Of one instance.
    pub snapshots: Option<i32>,
    pub changed_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

crate::tenancy::owned!(ClientId: ClientId);
