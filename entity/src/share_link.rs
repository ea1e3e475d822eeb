//! A signed link to one report: whoever has it reads the report without signing in, until it ends.

use sea_orm::entity::prelude::*;

use crate::{AccountId, ShareLinkId, SlaReportId, TenantId};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Eq)]
#[sea_orm(table_name = "share_link")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ShareLinkId,
    pub report_id: SlaReportId,
    /// Whom it was given to, in its maker's words.
    pub made_for: String,
    /// None: it was made for a mail.
    pub created_by: Option<AccountId>,
    pub created_at: DateTimeUtc,
    pub expires_at: DateTimeUtc,
    pub revoked_at: Option<DateTimeUtc>,
    /// argon2id; none: the link alone opens it.
    pub password_hash: Option<String>,
    pub uses: i64,
    pub last_used_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

crate::tenancy::owned!(Id: ShareLinkId);
