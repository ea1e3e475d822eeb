//! A page that somebody has open now, so that its router is asked for current figures.
//!
//! It expires by itself unless the page is still open; the process that polls the router reads it, whichever process
//! serves the page.

use sea_orm::entity::prelude::*;
use uuid::Uuid;

use crate::TenantId;

/// What is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum Watched {
    /// A link: its current rates are wanted.
    Link,
    /// A router: its interfaces with their counters are wanted.
    Router,
}

#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Eq)]
#[sea_orm(table_name = "watch")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    /// The link or the router.
    #[sea_orm(primary_key, auto_increment = false)]
    pub subject_id: Uuid,
    pub kind: Watched,
    /// When it is forgotten, unless the page is still open then.
    pub expires_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

crate::tenancy::owned!(SubjectId: Uuid);
