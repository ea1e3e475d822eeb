//! What a router answered when it was last checked for staff: who it is and which interfaces it has.

use sea_orm::entity::prelude::*;

use crate::{RouterId, TenantId};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Eq)]
#[sea_orm(table_name = "router_check")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub router_id: RouterId,
    /// When somebody last asked for it.
    pub requested_at: DateTimeUtc,
    /// When it last ended; before `requested_at` while one is under way.
    pub finished_at: Option<DateTimeUtc>,
    /// Machine code of what went wrong; none when all went well.
    pub reason_code: Option<String>,
    /// What went wrong, in words for staff.
    pub reason: Option<String>,
    /// JSON of the last good answer: identity, version, resources, interfaces with counters.
    pub report: Option<Json>,
    /// Where it stands in the tenant's change sequence.
    pub seq: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

crate::tenancy::owned!(RouterId: RouterId);
