//! A token with which a program reads the tenant's figures.

use sea_orm::entity::prelude::*;

use crate::{MetricsTokenId, TenantId};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Eq)]
#[sea_orm(table_name = "metrics_token")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: MetricsTokenId,
    /// What it is for, in the provider's words. Unique in its tenant.
    pub name: String,
    /// SHA-256 of the token: a stolen table reads nothing.
    pub hash: Vec<u8>,
    /// Its first characters, by which people know it again.
    pub begins: String,
    pub created_at: DateTimeUtc,
    /// To a minute.
    pub last_used_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

crate::tenancy::owned!(Id: MetricsTokenId);
