//! What a sealed day of a link comes to, for ranges that are too long for samples.
//!
//! What each value means is said where it is calculated, in `server/src/domain/links/totals.rs`; the order of the
//! columns from `up_slots` on is the order there.

use sea_orm::entity::prelude::*;

use crate::{LinkId, TenantId};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Eq)]
#[sea_orm(table_name = "day_summary")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub link_id: LinkId,
    /// Days since 1970-01-01, UTC.
    #[sea_orm(primary_key, auto_increment = false)]
    pub day: i32,
    /// The same for each of its 24 hours, packed.
    pub hours: Vec<u8>,
    /// Its states in runs and the greatest of its rates, packed.
    pub course: Vec<u8>,
    /// Slots with a sample of this state.
    pub up_slots: Option<i64>,
    pub down_slots: Option<i64>,
    pub disabled_slots: Option<i64>,
    pub unknown_slots: Option<i64>,
    /// All octets that the router received.
    pub rx_octets: Option<i64>,
    /// All octets that it sent.
    pub tx_octets: Option<i64>,
    /// Octets of which rates were made.
    pub rx_rated_octets: Option<i64>,
    /// Seconds that these took.
    pub rx_seconds: Option<i64>,
    /// bit/s of a slot.
    pub rx_least_bps: Option<i64>,
    pub rx_greatest_bps: Option<i64>,
    pub tx_rated_octets: Option<i64>,
    pub tx_seconds: Option<i64>,
    pub tx_least_bps: Option<i64>,
    pub tx_greatest_bps: Option<i64>,
    /// Microseconds.
    pub latency_least_us: Option<i64>,
    pub latency_greatest_us: Option<i64>,
    /// Over all replies.
    pub latency_sum_us: Option<i64>,
    pub latency_replies: Option<i64>,
    pub jitter_sum_us: Option<i64>,
    pub jitter_differences: Option<i64>,
    pub sent: Option<i64>,
    pub received: Option<i64>,
    /// Millionths, of a slot.
    pub loss_least_ppm: Option<i64>,
    pub loss_greatest_ppm: Option<i64>,
    pub errors: Option<i64>,
    pub drops: Option<i64>,
    pub flaps: Option<i64>,
    pub down_seconds: Option<i64>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

crate::tenancy::owned!(LinkId: LinkId);
