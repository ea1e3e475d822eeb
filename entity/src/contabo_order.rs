//! Something ordered at Contabo, how far that is, and what came of it.

use sea_orm::entity::prelude::*;

use crate::{AccountId, ClientId, ContaboAccountId, ContaboOrderId, InstanceId, TenantId};

/// How far an order is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum OrderState {
    /// Filled in, with its sum shown; nobody has confirmed it.
    Draft,
    /// Confirmed, and waits for those before it in the same account.
    Queued,
    /// The call is to be sent, is on its way, or is being looked for. One an account.
    Placing,
    /// Contabo has taken it, and is making what was ordered.
    Following,
    Done,
    Failed,
    /// Taken back before it was sent.
    Withdrawn,
}

#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Eq)]
#[sea_orm(table_name = "contabo_order")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ContaboOrderId,
    pub contabo_account_id: ContaboAccountId,
    /// Who shall have it; none: nobody yet.
    pub client_id: Option<ClientId>,
    /// Unique in the account, so that an order whose answer was lost can be found.
    pub display_name: String,
    /// What: a kind of `server/src/domain/contabo/orders` with all that it needs to know, secrets left out.
    #[sea_orm(column_type = "JsonBinary")]
    pub wanted: Json,
    /// Text for cloud-init, which often holds secrets, sealed for this table, column and row.
    pub user_data_sealed: Option<Vec<u8>>,
    /// The first password, sealed likewise, until it was shown or is too old.
    pub secret_sealed: Option<Vec<u8>>,
    /// What it costs and brings by the price list of the day: prices that come later change nothing.
    #[sea_orm(column_type = "JsonBinary")]
    pub price: Json,
    pub state: OrderState,
    /// Where in its state it is, as `unclear`.
    pub stage: String,
    /// `x-request-id` of the call.
    pub request_id: Uuid,
    pub ordered_by: Option<AccountId>,
    pub ordered_by_name: String,
    pub ordered_at: DateTimeUtc,
    pub confirmed_by_name: Option<String>,
    pub confirmed_at: Option<DateTimeUtc>,
    /// Until when it may be sent; after that, until when Contabo has time.
    pub deadline_at: Option<DateTimeUtc>,
    /// When the call left; stored before it does, and never taken back once it may have been done.
    pub sent_at: Option<DateTimeUtc>,
    pub accepted_at: Option<DateTimeUtc>,
    pub ended_at: Option<DateTimeUtc>,
    /// Contabo's id of what came of it.
    pub contabo_id: Option<String>,
    /// The instance that came of it.
    pub instance_id: Option<InstanceId>,
    /// Contabo's word for the state of it, as last seen.
    pub contabo_says: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub error: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

crate::tenancy::owned!(Id: ContaboOrderId);
