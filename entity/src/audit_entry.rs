//! Who changed what, for whom, from where. Written in the transaction of the change; never updated.

use sea_orm::entity::prelude::*;

use crate::{AccountId, AuditEntryId, TenantId};

/// Who did it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum ActorKind {
    /// A staff user.
    Staff,
    /// A client user.
    Client,
    /// Whoever runs the installation.
    Operator,
    /// Mainstay itself or its command line.
    System,
}

#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Eq)]
#[sea_orm(table_name = "audit_entry")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: AuditEntryId,
    pub at: DateTimeUtc,
    pub actor_kind: ActorKind,
    /// None for the system itself and for operators.
    pub actor_id: Option<AccountId>,
    /// As it was then.
    pub actor_name: String,
    /// Where the request came from; none for work of the system.
    pub address: Option<String>,
    /// The request in the logs.
    pub request_id: Option<String>,
    /// What was done, as `router.create`.
    pub action: String,
    /// Which kind of thing.
    pub subject_kind: String,
    pub subject_id: Option<Uuid>,
    /// Its name as it was then.
    pub subject_name: String,
    /// JSON object of the fields before, secrets left out.
    pub before: Option<Json>,
    /// JSON object of the fields after, secrets left out.
    pub after: Option<Json>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

crate::tenancy::owned!(Id: AuditEntryId);
