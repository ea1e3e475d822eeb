//! Something at Contabo that became different between two readings: new, gone, or changed.

use sea_orm::entity::prelude::*;

use crate::{ContaboAccountId, ContaboChangeId, InstanceId, TenantId};

/// In what way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum ChangeOf {
    Appeared,
    Changed,
    Vanished,
}

#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Eq)]
#[sea_orm(table_name = "contabo_change")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ContaboChangeId,
    pub contabo_account_id: ContaboAccountId,
    /// The instance, where it is one.
    pub instance_id: Option<InstanceId>,
    /// As in `contabo_resource`, or `instance`.
    pub kind: String,
    pub contabo_id: String,
    pub name: String,
    pub what: ChangeOf,
    /// The fields that differ.
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub before: Option<Json>,
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub after: Option<Json>,
    /// Who did it, by Contabo's own log; none: unknown, or nobody in particular.
    pub done_by: Option<String>,
    pub found_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

crate::tenancy::owned!(Id: ContaboChangeId);
