//! The key ring: keys that seal secrets at rest, each wrapped under the installation's master key. Belongs to no tenant.

use sea_orm::entity::prelude::*;

use crate::SealingKeyId;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Eq)]
#[sea_orm(table_name = "sealing_key")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SealingKeyId,
    /// The key under the master key.
    pub wrapped: Vec<u8>,
    pub created_at: DateTimeUtc,
    /// Since when nothing new is sealed with it.
    pub retired_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
