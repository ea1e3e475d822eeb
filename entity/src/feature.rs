//! Whether clients may do one thing with what they rent at Contabo. A feature without a row is as the domain says.

use sea_orm::entity::prelude::*;

use crate::TenantId;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Eq)]
#[sea_orm(table_name = "feature")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    /// As `server/src/domain/contabo/features.rs` names it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub name: String,
    pub allowed: bool,
    pub changed_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

crate::tenancy::owned!(Name: String);
