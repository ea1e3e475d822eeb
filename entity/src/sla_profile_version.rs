//! One wording of an SLA profile. Never updated: a change is a new version.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{AccountId, SlaProfileId, SlaProfileVersionId, TenantId};

/// Rules R7 and R18: what an unreachable router means for its links.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum UnreachableIs {
    /// Neither up nor down, shown as coverage.
    Unknown,
    /// Downtime.
    Down,
}

/// Rule R18: what a disabled interface means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum DisabledIs {
    /// Not accountable, as maintenance.
    Excluded,
    /// Downtime.
    Down,
}

/// Rules R3 and R20: what an outage's seconds are taken from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum MeasuredBy {
    /// Whole slots.
    Slots,
    /// What the interface itself told of its changes, and slots where it told nothing.
    Edges,
}

/// Rule R13: which 95th percentile is billed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum PercentileOf {
    /// That of the direction that has the greater one.
    Greater,
    /// That of both directions together.
    Sum,
}

#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Eq)]
#[sea_orm(table_name = "sla_profile_version")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SlaProfileVersionId,
    pub sla_profile_id: SlaProfileId,
    /// From 1.
    pub version: i32,
    /// Millionths of a percent: 99.9 % is 99,900,000.
    pub uptime_micropercent: i64,
    /// Highest mean latency in microseconds.
    pub latency_us: Option<i64>,
    /// Highest mean jitter in microseconds.
    pub jitter_us: Option<i64>,
    /// Highest packet loss in millionths of a percent.
    pub loss_micropercent: Option<i64>,
    /// JSON of the weekly service hours in the tenant's zone; none: always.
    pub service_hours: Option<Json>,
    /// What a link is while its router can't be reached.
    pub unreachable_is: UnreachableIs,
    /// What a link is while staff have switched its interface off.
    pub disabled_is: DisabledIs,
    pub measured_by: MeasuredBy,
    pub percentile_of: PercentileOf,
    /// JSON of pairs: an uptime and the credit for less than it, both in millionths of a percent; none: no credits.
    pub credit_tiers: Option<Json>,
    /// Most of the fee that is credited, in millionths of a percent; none: all of it.
    pub credit_most_micropercent: Option<i64>,
    pub created_at: DateTimeUtc,
    /// None: made by the system.
    pub created_by: Option<AccountId>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

crate::tenancy::owned!(Id: SlaProfileVersionId);
