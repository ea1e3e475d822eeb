//! What is done to a server at fixed times of the wall clock.

use sea_orm::entity::prelude::*;

use crate::{AccountId, ClientId, InstanceId, ScheduleId, TenantId};

/// What is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum Scheduled {
    /// A snapshot is taken, and the oldest that this schedule took are deleted.
    Snapshots,
    Start,
    Restart,
    Shutdown,
    Stop,
}

#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Eq)]
#[sea_orm(table_name = "schedule")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ScheduleId,
    pub instance_id: InstanceId,
    /// The client whose people made it; none: staff did.
    pub client_id: Option<ClientId>,
    pub what: Scheduled,
    /// How many of its own snapshots are kept; 0 where it takes none.
    pub keep: i32,
    /// Minutes since midnight, 0 to 1439.
    pub minute: i32,
    /// One bit a day, Monday the lowest: 1 to 127.
    pub weekdays: i32,
    /// IANA name of the zone of the wall clock.
    pub zone: String,
    /// None: it rests.
    pub next_at: Option<DateTimeUtc>,
    pub created_by: Option<AccountId>,
    pub created_by_name: String,
    pub created_at: DateTimeUtc,
    pub changed_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

crate::tenancy::owned!(Id: ScheduleId);
