//! What staff decided on the credit that a report proposes. Decided once a report: another revision proposes anew.

use sea_orm::entity::prelude::*;

use crate::{AccountId, CreditDecisionId, SlaReportId, TenantId};

/// What was decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum Decision {
    /// It is given.
    Approved,
    /// It is not given, for the reason in the note.
    Declined,
}

#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Eq)]
#[sea_orm(table_name = "credit_decision")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: CreditDecisionId,
    /// One decision a report.
    pub report_id: SlaReportId,
    pub decision: Decision,
    /// What is given, in minor units of the report's currency.
    pub amount_minor: i64,
    #[sea_orm(column_type = "Text")]
    pub note: String,
    pub decided_by: Option<AccountId>,
    pub decided_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

crate::tenancy::owned!(Id: CreditDecisionId);
