//! One mail to one person, as it was written, and what became of it.

use sea_orm::entity::prelude::*;

use crate::{AccountId, ClientId, MailId, TenantId};

/// What a mail is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum MailKind {
    /// An SLA was not met, or will not be.
    Breach,
    /// A month's SLA report.
    Report,
    /// Maintenance is announced, moved or called off.
    Maintenance,
    /// What became of a server.
    Server,
    /// Somebody tries out whether mail works.
    Test,
}

/// What became of a mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum MailState {
    /// Waits for its first try or for the next.
    Queued,
    /// The mail server took it.
    Sent,
    /// It was refused, or given up.
    Failed,
}

#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Eq)]
#[sea_orm(table_name = "mail")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: MailId,
    pub kind: MailKind,
    /// Whose address it is.
    pub account_id: Option<AccountId>,
    /// The customer whom it concerns.
    pub client_id: Option<ClientId>,
    pub to_address: String,
    pub to_name: String,
    pub subject: String,
    /// In angle brackets. The same at each try, so that a mail that arrives twice is known as one.
    pub message_id: String,
    pub text_body: String,
    pub html_body: String,
    /// What to attach, by reference: the files are made when it is sent.
    pub attachments: Json,
    /// Where it can be refused by one request; none where it can't be.
    #[sea_orm(column_type = "Text", nullable)]
    pub unsubscribe_url: Option<String>,
    pub state: MailState,
    /// Tries since it was last queued.
    pub attempts: i32,
    /// Why the last try failed.
    pub last_error: Option<String>,
    /// At most one mail of a tenant has it.
    pub dedup_key: Option<String>,
    pub created_at: DateTimeUtc,
    pub sent_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

crate::tenancy::owned!(Id: MailId);
