//! Whether a client's user wants one kind of mail. Without a row the usual holds, which is the domain's to say.

use sea_orm::entity::prelude::*;

use crate::{AccountId, TenantId, mail::MailKind};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Eq)]
#[sea_orm(table_name = "mail_preference")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub account_id: AccountId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub kind: MailKind,
    pub wanted: bool,
    /// With the report as PDF; means something for kinds that have one.
    pub attach_pdf: bool,
    pub changed_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

crate::tenancy::owned!(AccountId: AccountId);
