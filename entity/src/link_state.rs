//! What a link is now, and the reading from which the next sample is counted.

use sea_orm::entity::prelude::*;

use crate::{LinkId, TenantId, sample::LinkCondition};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Eq)]
#[sea_orm(table_name = "link_state")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub link_id: LinkId,
    pub state: LinkCondition,
    /// Since when.
    pub since: DateTimeUtc,
    /// What the interface was when the router last told of it; none before it ever did.
    pub known: Option<LinkCondition>,
    /// When its last change was, as far as that is known.
    pub edge_at: Option<DateTimeUtc>,
    /// What is wrong with the link's set-up, as a missing interface.
    pub problem: Option<String>,
    /// Slot of the newest sample.
    pub slot: Option<i64>,
    /// When that was taken.
    pub sampled_at: Option<DateTimeUtc>,
    /// bit/s that the router receives, from the last two readings or from a live look.
    pub rx_bps: Option<i64>,
    /// bit/s that it sends.
    pub tx_bps: Option<i64>,
    /// When the rates were true.
    pub rates_at: Option<DateTimeUtc>,
    /// Mean round trip of the last sample, microseconds.
    pub latency_us: Option<i32>,
    /// Probes sent for it.
    pub sent: Option<i32>,
    /// Probes answered.
    pub received: Option<i32>,
    /// JSON of the last reading of the counters.
    pub reading: Option<Json>,
    /// Where it stands in the tenant's change sequence.
    pub seq: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

crate::tenancy::owned!(LinkId: LinkId);
