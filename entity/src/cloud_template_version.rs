//! One wording of a template for cloud-init. Never updated: a change is a new version.

use sea_orm::entity::prelude::*;

use crate::{AccountId, TemplateId, TemplateVersionId, TenantId};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Eq)]
#[sea_orm(table_name = "cloud_template_version")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: TemplateVersionId,
    pub cloud_template_id: TemplateId,
    /// From 1.
    pub version: i32,
    #[sea_orm(column_type = "Text")]
    pub text: String,
    /// JSON of its variables, in the order of their form.
    #[sea_orm(column_type = "JsonBinary")]
    pub variables: Json,
    pub created_at: DateTimeUtc,
    /// None: made by the system.
    pub created_by: Option<AccountId>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

crate::tenancy::owned!(Id: TemplateVersionId);
