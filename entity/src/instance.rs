//! A server at Contabo, as it was last seen there, and which client runs it.

use sea_orm::entity::prelude::*;

use crate::{ClientId, ContaboAccountId, InstanceId, TenantId};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Eq)]
#[sea_orm(table_name = "instance")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: InstanceId,
    pub contabo_account_id: ContaboAccountId,
    /// Contabo's `instanceId`.
    pub contabo_id: i64,
    /// Contabo's own name of it, as `vmi1234567`.
    pub name: String,
    /// What people call it; may be empty.
    pub display_name: String,
    /// Contabo's word, which may be one that nobody knew before.
    pub status: String,
    /// What Contabo says is wrong with it.
    #[sea_orm(column_type = "Text", nullable)]
    pub error_message: Option<String>,
    /// The rest of what Contabo says of it: sizes, place, addresses, product.
    #[sea_orm(column_type = "JsonBinary")]
    pub details: Json,
    /// Whose it is; none: nobody's.
    pub client_id: Option<ClientId>,
    pub assigned_at: Option<DateTimeUtc>,
    /// Why its client may not touch it now.
    #[sea_orm(column_type = "Text", nullable)]
    pub locked_because: Option<String>,
    /// The last day, once it is cancelled.
    pub cancels_on: Option<Date>,
    /// Since when it has had its status, as far as was seen.
    pub status_since: Option<DateTimeUtc>,
    pub first_seen_at: DateTimeUtc,
    /// Since when Contabo no longer knows it.
    pub gone_at: Option<DateTimeUtc>,
    /// When its snapshots were last read.
    pub snapshots_read_at: Option<DateTimeUtc>,
    /// Where its last change stands in the tenant's change sequence.
    pub seq: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

crate::tenancy::owned!(Id: InstanceId);
