//! Something that staff have to see to, because nobody else would notice that it went wrong.

use sea_orm::entity::prelude::*;

use crate::{TaskId, TenantId};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Eq)]
#[sea_orm(table_name = "task")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: TaskId,
    /// What it is about, so that the same is raised once: unique among those that are open.
    pub key: String,
    /// The name of a kind in `server/src/domain/tasks`.
    pub kind: String,
    /// What was to be done, as the kind knows it: the name of an action, say. May be empty.
    pub what: String,
    /// As in the audit log: which kind of thing, which one, its name then.
    pub subject_kind: String,
    pub subject_id: Option<Uuid>,
    pub subject_name: String,
    /// What went wrong, as it was said.
    #[sea_orm(column_type = "Text")]
    pub reason: String,
    /// How often it was raised.
    pub times: i32,
    pub raised_at: DateTimeUtc,
    pub last_at: DateTimeUtc,
    pub settled_at: Option<DateTimeUtc>,
    /// Who dealt with it; none where it came right by itself.
    pub settled_by_name: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

crate::tenancy::owned!(Id: TaskId);
