//! How far the mirror of a Contabo account is: one row an account.

use sea_orm::entity::prelude::*;

use crate::{ContaboAccountId, TenantId};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Eq)]
#[sea_orm(table_name = "contabo_sync")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub contabo_account_id: ContaboAccountId,
    /// When it is to be read next.
    pub due_at: DateTimeUtc,
    /// The last reading that began, ended in any way, and ended well.
    pub begun_at: Option<DateTimeUtc>,
    pub ended_at: Option<DateTimeUtc>,
    pub succeeded_at: Option<DateTimeUtc>,
    /// Readings that failed since one succeeded.
    pub failures: i32,
    /// Why the last one failed.
    #[sea_orm(column_type = "Text", nullable)]
    pub last_error: Option<String>,
    /// When everything beside instances was last read.
    pub resources_read_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

crate::tenancy::owned!(ContaboAccountId: ContaboAccountId);
