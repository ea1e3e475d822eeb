//! How a tenant sends its mail. A tenant without a row sends by the installation's server, under its own name.

use sea_orm::entity::prelude::*;

use crate::TenantId;

/// How the connection to a mail server is kept private.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum MailSecurity {
    /// It begins in the open and must become encrypted before anything is said.
    #[default]
    Starttls,
    /// Encrypted from the first octet.
    Tls,
    /// Not at all.
    None,
}

#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Eq)]
#[sea_orm(table_name = "mail_settings")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    /// The tenant's own mail server; none for the installation's.
    pub host: Option<String>,
    pub port: Option<i32>,
    pub security: MailSecurity,
    pub username: Option<String>,
    pub password_sealed: Option<Vec<u8>>,
    /// Set with `host` alone: the installation's server sends under its own address.
    pub from_address: Option<String>,
    /// None for the tenant's name.
    pub from_name: Option<String>,
    /// Where answers go; none for the address that it is from.
    pub reply_to: Option<String>,
    pub changed_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

crate::tenancy::owned!(ChangedAt: DateTimeUtc);
