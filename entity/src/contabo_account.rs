//! An account of the tenant's at Contabo, and how it is signed in to. What was last seen there is in `contabo_sync`.

use sea_orm::entity::prelude::*;

use crate::{ContaboAccountId, TenantId};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Eq)]
#[sea_orm(table_name = "contabo_account")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ContaboAccountId,
    /// What staff call it; unique in its tenant unless archived.
    pub name: String,
    /// `client_id` of the API, as `INT-12345`.
    pub api_client_id: String,
    /// Sealed by the key ring for this table, column and row.
    pub api_client_secret_sealed: Vec<u8>,
    /// The API user: a mail address.
    pub username: String,
    /// The API password, which is not that of Contabo's panel; sealed likewise.
    pub password_sealed: Vec<u8>,
    /// When a new client secret was asked for, as long as it is not known what became of it: the one that is kept may be
    /// the old one.
    pub secret_asked_at: Option<DateTimeUtc>,
    /// Whether it is asked at all.
    pub enabled: bool,
    pub created_at: DateTimeUtc,
    pub changed_at: DateTimeUtc,
    pub archived_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

crate::tenancy::owned!(Id: ContaboAccountId);
