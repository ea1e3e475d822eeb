//! A server that a billing system runs for a client, by the name that the billing system has for it.

use sea_orm::entity::prelude::*;

use crate::{ActionId, ClientId, ContaboOrderId, InstanceId, ServiceId, TenantId};

/// What the billing system wants of it. How far that is, its order and its action say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum ServiceState {
    Active,
    /// Stopped and locked.
    Suspended,
    /// Its contract was cancelled, or it never came to one.
    Terminated,
}

#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Eq)]
#[sea_orm(table_name = "service")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ServiceId,
    /// The caller's own id of it, unique in the tenant.
    pub reference: String,
    pub client_id: ClientId,
    /// What was asked for: a kind of `server/src/domain/contabo/services`. A call that asks for something else under the
    /// same reference is known by it.
    #[sea_orm(column_type = "JsonBinary")]
    pub wish: Json,
    pub state: ServiceState,
    /// Why it is suspended.
    #[sea_orm(column_type = "Text", nullable)]
    pub suspended_because: Option<String>,
    /// The order of its server, where one was ordered: the last, if it had to be ordered again.
    pub contabo_order_id: Option<ContaboOrderId>,
    /// Its server; none as long as only its order may know it.
    pub instance_id: Option<InstanceId>,
    /// What was last asked of the server for it. Kept without a foreign key: old actions are deleted.
    pub action_id: Option<ActionId>,
    pub created_at: DateTimeUtc,
    pub changed_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

crate::tenancy::owned!(Id: ServiceId);
