//! What is mirrored of Contabo beside instances and snapshots: networks, images, object storages, keys and the like.

use sea_orm::entity::prelude::*;

use crate::{ClientId, ContaboAccountId, ContaboResourceId, TenantId};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Eq)]
#[sea_orm(table_name = "contabo_resource")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ContaboResourceId,
    pub contabo_account_id: ContaboAccountId,
    /// What it is: the name of a kind in `server/src/domain/contabo`.
    pub kind: String,
    /// Contabo's id of it, whatever it is made of.
    pub contabo_id: String,
    pub name: String,
    /// What Contabo says of it, secrets left out.
    #[sea_orm(column_type = "JsonBinary")]
    pub details: Json,
    /// Whose it is, where a client can have such a thing.
    pub client_id: Option<ClientId>,
    /// Since when.
    pub assigned_at: Option<DateTimeUtc>,
    pub first_seen_at: DateTimeUtc,
    pub gone_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

crate::tenancy::owned!(Id: ContaboResourceId);
