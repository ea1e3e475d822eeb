//! A browser that is signed in to one area of one tenant.

use sea_orm::entity::prelude::*;

use crate::{AccountId, TenantId};

/// Which part of the site a session is good for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum Area {
    /// Client users.
    Portal,
    /// Staff users.
    Admin,
}

#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Eq)]
#[sea_orm(table_name = "session")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    /// SHA-256 of the token in the cookie: a stolen table signs nobody in.
    #[sea_orm(primary_key, auto_increment = false)]
    pub hash: Vec<u8>,
    /// Where the session is good: nowhere else.
    pub area: Area,
    /// None until signed in.
    pub account_id: Option<AccountId>,
    /// JSON of what the session keeps.
    #[sea_orm(column_type = "Text")]
    pub data: String,
    pub created_at: DateTimeUtc,
    pub seen_at: DateTimeUtc,
    pub expires_at: DateTimeUtc,
    /// As seen at sign-in.
    pub address: String,
    /// The browser's own description, cut to 200 characters.
    pub agent: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

crate::tenancy::owned!(Hash: Vec<u8>);
