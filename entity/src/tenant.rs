//! One provider. Everything but a short list of tables belongs to exactly one.

use sea_orm::entity::prelude::*;

use crate::TenantId;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Eq)]
#[sea_orm(table_name = "tenant")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: TenantId,
    /// Short name in lower case, unique in the installation.
    pub slug: String,
    /// As customers know it.
    pub name: String,
    /// The host name that leads to this tenant, lower case; none where the installation has one tenant.
    pub host: Option<String>,
    /// IANA name of the zone in which its months, days and service hours lie.
    pub zone: String,
    /// Seconds between two polls of a router: 60, 100, 150 or 300.
    pub poll_seconds: i32,
    /// Accent colour as `#rrggbb`; none for Mainstay's own.
    pub accent: Option<String>,
    /// Second colour as `#rrggbb`, for reports; none: the accent alone.
    pub second_colour: Option<String>,
    /// Digest of the picture in `tenant_logo`, in hexadecimal; none where there is none.
    pub logo: Option<String>,
    /// Private address ranges that its routers may lie in, as CIDR separated by spaces; none for the installation's default.
    pub private_ranges: Option<String>,
    /// Months that sealed days of samples are kept: 13 to 120.
    pub sample_months: i32,
    /// ISO 4217 code of the currency of its fees and credits.
    pub currency: String,
    pub created_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
