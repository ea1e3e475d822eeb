//! What the collector last saw of a router.

use sea_orm::entity::prelude::*;

use crate::{RouterId, TenantId};

/// Whether a router answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum Reach {
    /// Not asked yet.
    New,
    /// The last poll was whole.
    Reachable,
    /// No answer, or it would not let us in.
    Unreachable,
    /// It answers, but not so that it could be believed.
    Failing,
}

/// Whether a router tells of changes as they happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum Listening {
    /// It is not asked to, or not connected.
    Off,
    On,
    /// It does not allow it.
    Refused,
    /// It told of so much that it is not listened to for a while.
    Flooded,
}

#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Eq)]
#[sea_orm(table_name = "router_state")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub router_id: RouterId,
    pub reach: Reach,
    /// Machine code of what is wrong; none when all is well.
    pub reason_code: Option<String>,
    /// What is wrong, in words for staff.
    pub reason: Option<String>,
    pub listening: Listening,
    /// Since when `reach` is what it is.
    pub since: DateTimeUtc,
    pub identity: Option<String>,
    pub version: Option<String>,
    pub board: Option<String>,
    pub architecture: Option<String>,
    /// At `last_success_at`.
    pub uptime_seconds: Option<i64>,
    /// 0 to 100.
    pub cpu_percent: Option<i32>,
    /// Bytes.
    pub memory_free: Option<i64>,
    /// Bytes.
    pub memory_total: Option<i64>,
    /// The router's clock minus ours, in milliseconds; for display only.
    pub clock_skew_ms: Option<i64>,
    /// SHA-256 of the certificate that it last showed.
    pub certificate_sha256: Option<Vec<u8>>,
    /// Whom that certificate names, and until when.
    pub certificate_text: Option<String>,
    pub last_poll_at: Option<DateTimeUtc>,
    pub last_success_at: Option<DateTimeUtc>,
    /// How long the last poll took, in milliseconds.
    pub poll_ms: Option<i32>,
    /// Polls since it was added.
    pub polls: i64,
    /// Polls that failed.
    pub failures: i64,
    /// Failures since the last success.
    pub failures_in_a_row: i32,
    /// The first of the polls that found nobody there, since the last to which anything answered.
    pub silent_since: Option<DateTimeUtc>,
    /// Polls that were not over when the next was due.
    pub overruns: i64,
    /// Where it stands in the tenant's change sequence.
    pub seq: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

crate::tenancy::owned!(RouterId: RouterId);
