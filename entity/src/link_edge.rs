//! A link's interface changed, dated as exactly as that is known. Samples stay the polls'.

use sea_orm::entity::prelude::*;

use crate::{LinkId, TenantId, sample::LinkCondition};

/// Where an edge is known from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum EdgeSource {
    /// The router told of it when it happened.
    Listen,
    /// A poll found another state, and nothing says since when.
    Poll,
    /// A poll read the router's own stamps of it.
    LinkDowns,
}

#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Eq)]
#[sea_orm(table_name = "link_edge")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub link_id: LinkId,
    /// On the collector's clock, in whole milliseconds.
    #[sea_orm(primary_key, auto_increment = false)]
    pub at: DateTimeUtc,
    #[sea_orm(primary_key, auto_increment = false)]
    pub became: LinkCondition,
    pub source: EdgeSource,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

crate::tenancy::owned!(LinkId: LinkId);
