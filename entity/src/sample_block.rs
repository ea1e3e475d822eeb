//! A finished UTC day of a link: its samples, sealed into one value.
//!
//! Rows of `sample` may lie beside it, of what came late: a slot that has a row is the row's, until the day is sealed
//! anew.

use sea_orm::entity::prelude::*;

use crate::{LinkId, TenantId};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Eq)]
#[sea_orm(table_name = "sample_block")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub link_id: LinkId,
    /// Days since 1970-01-01, UTC.
    #[sea_orm(primary_key, auto_increment = false)]
    pub day: i32,
    /// How many samples there are: at most 288.
    pub samples: i32,
    /// SHA-256 over what the samples say.
    pub digest: Vec<u8>,
    pub sealed_at: DateTimeUtc,
    /// The samples, packed.
    pub bytes: Vec<u8>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

crate::tenancy::owned!(LinkId: LinkId);
