//! A template for cloud-init. Its wordings are kept, one row a version.

use sea_orm::entity::prelude::*;

use crate::{TemplateId, TenantId};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Eq)]
#[sea_orm(table_name = "cloud_template")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: TemplateId,
    /// Unique in its tenant unless archived.
    pub name: String,
    #[sea_orm(column_type = "Text")]
    pub description: String,
    /// The version that is offered.
    pub current_version: i32,
    /// Whether clients may choose it for their servers.
    pub clients_may_use: bool,
    /// Which of those that come with Mainstay it is a copy of, and of which version.
    pub shipped: Option<String>,
    pub shipped_version: Option<i32>,
    pub created_at: DateTimeUtc,
    pub archived_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

crate::tenancy::owned!(Id: TemplateId);
