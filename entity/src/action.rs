//! Something asked of Contabo, for an instance or for another thing of an account, and how far it is.

use sea_orm::entity::prelude::*;

use crate::{AccountId, ActionId, ClientId, ContaboAccountId, InstanceId, TenantId};

/// How far an action is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum ActionState {
    /// Waits for those before it: of the same instance, or of the same account where it is about none.
    Queued,
    /// Under way. One an instance, and beside those one an account.
    Running,
    Done,
    Failed,
    /// Taken back before it began.
    Withdrawn,
}

#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Eq)]
#[sea_orm(table_name = "action")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ActionId,
    pub contabo_account_id: ContaboAccountId,
    /// None: it is about the account's other things.
    pub instance_id: Option<InstanceId>,
    /// The kind of `contabo_resource` that it is about, if it is about one, and Contabo's id of it: none as long as it
    /// is not made. Without a kind: Contabo's number of the remedy or ticket that it became.
    pub thing_kind: Option<String>,
    pub thing_id: Option<String>,
    /// The client for whom it was asked; none: staff did for themselves. Only that client sees it.
    pub client_id: Option<ClientId>,
    /// What: the name of a kind in `server/src/domain/contabo/actions`.
    pub kind: String,
    /// What the kind needs to know, secrets left out.
    #[sea_orm(column_type = "JsonBinary")]
    pub arguments: Json,
    /// A new password, sealed for this table, column and row, until it was shown or is too old.
    pub secret_sealed: Option<Vec<u8>>,
    pub state: ActionState,
    /// Where in its kind it is, as `sent` or `waiting`.
    pub stage: String,
    /// `x-request-id` of the call: Contabo's audit log is asked for it when the answer was lost.
    pub request_id: Uuid,
    /// Calls that were sent.
    pub attempts: i32,
    /// Until when Contabo has time to do it.
    pub deadline_at: DateTimeUtc,
    pub asked_by: Option<AccountId>,
    pub asked_by_name: String,
    pub asked_at: DateTimeUtc,
    /// When the call left; stored before it does.
    pub sent_at: Option<DateTimeUtc>,
    /// When Contabo said yes.
    pub accepted_at: Option<DateTimeUtc>,
    pub ended_at: Option<DateTimeUtc>,
    #[sea_orm(column_type = "Text", nullable)]
    pub error: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

crate::tenancy::owned!(Id: ActionId);
