//! Failed sign-ins by account and by address. Belongs to no tenant, since an address doesn't.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Eq)]
#[sea_orm(table_name = "sign_in_limit")]
pub struct Model {
    /// SHA-256 of what is limited: neither addresses nor names are kept in clear.
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: Vec<u8>,
    /// Failures in the window.
    pub failures: i32,
    pub window_started_at: DateTimeUtc,
    /// Until when no attempt is looked at.
    pub blocked_until: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
