//! One use of a share link.

use sea_orm::entity::prelude::*;

use crate::{ShareLinkId, ShareUseId, TenantId};

/// What was fetched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum Shared {
    /// The page.
    Page,
    /// The PDF.
    Pdf,
}

#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Eq)]
#[sea_orm(table_name = "share_use")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ShareUseId,
    pub share_link_id: ShareLinkId,
    pub at: DateTimeUtc,
    /// Where it was asked from.
    pub address: Option<String>,
    pub what: Shared,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

crate::tenancy::owned!(Id: ShareUseId);
