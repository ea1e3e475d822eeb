//! A person of one tenant: a mail address and its factors. What it may do is in its memberships.

use sea_orm::entity::prelude::*;

use crate::{AccountId, TenantId};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Eq)]
#[sea_orm(table_name = "account")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: AccountId,
    /// Lower case, unique in its tenant.
    pub mail: String,
    pub name: String,
    /// In the PHC string format of argon2.
    pub password_hash: String,
    /// The password was set by somebody else: nothing works until it is changed.
    pub must_change_password: bool,
    /// IANA name; none for the tenant's.
    pub zone: Option<String>,
    pub created_at: DateTimeUtc,
    pub last_sign_in_at: Option<DateTimeUtc>,
    /// Since when it can't sign in.
    pub disabled_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

crate::tenancy::owned!(Id: AccountId);
