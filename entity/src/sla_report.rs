//! One revision of a month's SLA report of a link. What it says never changes; another revision may take its place.

use sea_orm::entity::prelude::*;

use crate::{AccountId, ClientId, LinkId, RouterId, SlaProfileVersionId, SlaReportId, TenantId};

/// How a month is to be called as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum ReportVerdict {
    /// Every promise was kept.
    Met,
    /// One at least was not.
    Breached,
    /// Less than half of the accountable time is known.
    InsufficientData,
    /// None of it is.
    NoData,
}

#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Eq)]
#[sea_orm(table_name = "sla_report")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SlaReportId,
    pub link_id: LinkId,
    /// Whose link it was when the report was made.
    pub client_id: ClientId,
    /// On which router the link was: what maintenance of routers meant for it.
    pub router_id: RouterId,
    /// The wording of the SLA profile that it was made with; none: nothing was promised.
    pub sla_profile_version_id: Option<SlaProfileVersionId>,
    /// As `2026-04`.
    pub month: String,
    /// 1 for the first of its link and month.
    pub revision: i32,
    pub made_at: DateTimeUtc,
    /// None: the monthly run, or a command.
    pub made_by: Option<AccountId>,
    /// Since when another revision counts.
    pub superseded_at: Option<DateTimeUtc>,
    pub verdict: ReportVerdict,
    pub accountable_seconds: i64,
    pub up_seconds: i64,
    pub down_seconds: i64,
    pub excluded_seconds: i64,
    pub outages: i32,
    /// Proposed; see `credit_decision` for what became of it.
    pub credit_minor: i64,
    /// ISO 4217.
    pub currency: String,
    /// SHA-256 of the document.
    pub digest: Vec<u8>,
    /// Everything that it says: JSON, deflated.
    pub document: Vec<u8>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

crate::tenancy::owned!(Id: SlaReportId);
