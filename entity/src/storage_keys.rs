//! That clients may have the keys of an account's object storages: the row is there, or it is not so.

use sea_orm::entity::prelude::*;

use crate::{ContaboAccountId, TenantId};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Eq)]
#[sea_orm(table_name = "storage_keys")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub contabo_account_id: ContaboAccountId,
    pub allowed_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

crate::tenancy::owned!(ContaboAccountId: ContaboAccountId);
