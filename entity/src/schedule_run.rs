//! One time that a schedule was due, and what came of it. There is one row for each.

use sea_orm::entity::prelude::*;

use crate::{ActionId, ScheduleId, ScheduleRunId, TenantId};

/// What came of it. What became of the action that was asked for stands in the action.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum Outcome {
    /// There is an action.
    Asked,
    /// Mainstay did not run at the time, and it was too late afterwards.
    Missed,
    /// It was as it should be already.
    Needless,
    /// The server was locked for its client.
    Locked,
    /// The same was asked for already, or too much waited.
    Busy,
    /// There may be no further snapshot.
    Full,
    /// The client may no longer do this.
    SwitchedOff,
    /// The server is gone, or another's.
    Gone,
    /// Something else kept it from being asked for.
    Refused,
}

#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Eq)]
#[sea_orm(table_name = "schedule_run")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ScheduleRunId,
    pub schedule_id: ScheduleId,
    pub due_at: DateTimeUtc,
    /// When it was looked at.
    pub ran_at: DateTimeUtc,
    pub outcome: Outcome,
    /// More of why.
    #[sea_orm(column_type = "Text", nullable)]
    pub detail: Option<String>,
    pub action_id: Option<ActionId>,
    /// The name of the snapshot that was asked for.
    pub snapshot: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

crate::tenancy::owned!(Id: ScheduleRunId);
