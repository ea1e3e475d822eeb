//! A piece of work to do later, made in the transaction that caused it.

use sea_orm::entity::prelude::*;

use crate::{JobId, TenantId};

/// How far a job is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum JobState {
    /// Waits for its time and a worker.
    Queued,
    /// A worker has it until its lease ends.
    Running,
    /// It ended well.
    Done,
    /// It failed for good: somebody must look.
    Dead,
}

#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Eq)]
#[sea_orm(table_name = "job")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: JobId,
    /// Which work: the name of a job type.
    pub kind: String,
    /// What that type needs, ids rather than whole objects.
    pub payload: Json,
    pub state: JobState,
    /// Not before.
    pub run_at: DateTimeUtc,
    pub attempts: i32,
    pub max_attempts: i32,
    /// Whose claim it is: a late worker's token no longer fits.
    pub lease_token: Option<Uuid>,
    pub lease_until: Option<DateTimeUtc>,
    /// At most one job of a tenant has it.
    pub dedup_key: Option<String>,
    /// Why the last attempt failed.
    pub last_error: Option<String>,
    pub created_at: DateTimeUtc,
    pub finished_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

crate::tenancy::owned!(Id: JobId);
