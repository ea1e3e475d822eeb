//! What staff said of one outage of a link. The outage itself is no row: it is calculated from samples, and found again
//! by the time that it shares with this.

use sea_orm::entity::prelude::*;

use crate::{AccountId, LinkId, OutageNoteId, TenantId};

/// Why an outage does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum Exclusion {
    /// It was the client's own doing.
    #[sea_orm(string_value = "client")]
    Client,
    /// Nobody could have prevented it.
    #[sea_orm(string_value = "force_majeure")]
    ForceMajeure,
    /// Something else, which the reason says.
    #[sea_orm(string_value = "other")]
    Other,
}

#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Eq)]
#[sea_orm(table_name = "outage_note")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: OutageNoteId,
    pub link_id: LinkId,
    /// The outage as it was calculated when this was last said; once it is excluded, when that was done. An excluded
    /// stretch is exactly this one.
    pub starts_at: DateTimeUtc,
    pub ends_at: DateTimeUtc,
    /// What caused it, for customers to read.
    #[sea_orm(column_type = "Text", nullable)]
    pub cause: Option<String>,
    /// What else its customer should know.
    #[sea_orm(column_type = "Text", nullable)]
    pub comment: Option<String>,
    /// For staff only.
    #[sea_orm(column_type = "Text", nullable)]
    pub internal_note: Option<String>,
    pub exclusion: Option<Exclusion>,
    /// For customers to read; there where an exclusion is.
    #[sea_orm(column_type = "Text", nullable)]
    pub exclusion_reason: Option<String>,
    pub excluded_by: Option<AccountId>,
    pub excluded_at: Option<DateTimeUtc>,
    pub updated_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

crate::tenancy::owned!(Id: OutageNoteId);
