//! How a tenant sells what it rents at Contabo, and how much that may be. A tenant without a row shows no prices and has no
//! limit.

use sea_orm::entity::prelude::*;

use crate::TenantId;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Eq)]
#[sea_orm(table_name = "hosting_settings")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    /// Whether clients read what their servers cost them.
    pub shows_prices: bool,
    /// How many instances there may be over all; none: any number.
    pub instances: Option<i32>,
    /// How much object storage, in steps of 250 GB.
    pub storage_steps: Option<i32>,
    /// How many snapshots of one instance.
    pub snapshots: Option<i32>,
    pub changed_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

crate::tenancy::owned!(ChangedAt: DateTimeUtc);
