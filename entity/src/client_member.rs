//! An account's place at one client. An account may have places at several.

use sea_orm::entity::prelude::*;

use crate::{AccountId, ClientId, ClientMemberId, TenantId};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Eq)]
#[sea_orm(table_name = "client_member")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ClientMemberId,
    pub client_id: ClientId,
    pub account_id: AccountId,
    /// Name of a role in the table of roles.
    pub role: String,
    pub created_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

crate::tenancy::owned!(Id: ClientMemberId);
