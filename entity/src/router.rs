//! A router that is polled, and how it is reached. What it last said is in `router_state`.

use sea_orm::entity::prelude::*;

use crate::{RouterId, TenantId};

/// How the connection to a router is protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum TlsMode {
    /// TLS, and exactly the pinned certificate.
    Pin,
    /// TLS, and a certificate of the given authority.
    Ca,
    /// No TLS: the password travels in clear.
    Off,
}

#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Eq)]
#[sea_orm(table_name = "router")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: RouterId,
    /// Unique in its tenant.
    pub name: String,
    /// Where it stands, in the provider's words.
    pub site: String,
    /// Host name or address.
    pub host: String,
    pub port: i32,
    /// How the connection is protected.
    pub tls: TlsMode,
    /// SHA-256 of the certificate that is trusted, with `TlsMode::Pin`; none until the first is seen.
    pub pin_sha256: Option<Vec<u8>>,
    /// The provider's own authority, with `TlsMode::Ca`.
    pub ca_pem: Option<String>,
    pub username: String,
    /// Sealed by the key ring for this table, column and row.
    pub password_sealed: Vec<u8>,
    /// Whether the MD5 challenge of RouterOS before 6.43 may be answered.
    pub allow_challenge: bool,
    /// Encoding of names and comments that are not UTF-8.
    pub code_page: String,
    /// Whether it is asked to tell of changes beside the polls, where it allows that.
    pub listen: bool,
    /// Whether it is polled.
    pub enabled: bool,
    pub created_at: DateTimeUtc,
    pub archived_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

crate::tenancy::owned!(Id: RouterId);
