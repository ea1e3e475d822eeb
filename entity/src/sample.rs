//! What a link did in one slot of five minutes: the proof of an SLA.
//!
//! `None` means unknown, which is never zero.

use sea_orm::entity::prelude::*;

use crate::{LinkId, TenantId};

/// What a link was in a slot, as the poll found it (rules R3, R7 and R18 say what follows from it).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "i16", db_type = "SmallInteger")]
pub enum LinkCondition {
    /// The router could not be asked, or its answer could not be believed.
    Unknown = 0,
    /// The interface ran.
    Up = 1,
    /// The interface did not run.
    Down = 2,
    /// The provider had switched the interface off.
    Disabled = 3,
}

#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Eq)]
#[sea_orm(table_name = "sample")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub link_id: LinkId,
    /// Unix seconds divided by 300.
    #[sea_orm(primary_key, auto_increment = false)]
    pub slot: i64,
    pub state: LinkCondition,
    /// Octets that the router received on the interface since the sample before.
    pub rx_octets: Option<i64>,
    /// Octets that it sent.
    pub tx_octets: Option<i64>,
    pub rx_packets: Option<i64>,
    pub tx_packets: Option<i64>,
    /// Errors in both directions.
    pub errors: Option<i64>,
    /// Drops in both directions.
    pub drops: Option<i64>,
    /// Seconds of the collector's clock that the octets cover; none where no rate follows from them (rules R11 and R12).
    pub rate_seconds: Option<i32>,
    /// Shortest round trip, microseconds.
    pub latency_min_us: Option<i32>,
    /// Mean of the replies, microseconds.
    pub latency_avg_us: Option<i32>,
    /// Longest, microseconds.
    pub latency_max_us: Option<i32>,
    /// Mean difference between one reply and the next, microseconds (rule R17).
    pub jitter_us: Option<i32>,
    /// How many differences that is the mean of.
    pub jitter_count: Option<i32>,
    /// Probes sent; none where there is no ping target.
    pub sent: Option<i32>,
    /// Probes answered.
    pub received: Option<i32>,
    /// How often the interface went down since the sample before.
    pub flaps: Option<i32>,
    /// Seconds that it was down between the polls, where the router tells exactly.
    pub down_seconds: Option<i32>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

crate::tenancy::owned!(LinkId: LinkId);
