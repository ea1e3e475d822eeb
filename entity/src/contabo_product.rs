//! Something that can be ordered at Contabo: a plan for instances, room for objects, or what is bought with an instance.

use sea_orm::entity::prelude::*;

use crate::{ContaboProductId, TenantId};

/// What is ordered with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum ProductKind {
    Instance,
    /// Object storage, by 250 GB.
    Storage,
    /// Bought with an instance.
    AddOn,
}

#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Eq)]
#[sea_orm(table_name = "contabo_product")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ContaboProductId,
    pub kind: ProductKind,
    /// Contabo's id of a plan, as `V153`; of the rest our word, as `private_networking`.
    pub contabo_id: String,
    /// Of an add-on, Contabo's number of it on servers, as 1477; none: not known.
    pub contabo_number: Option<i64>,
    pub name: String,
    /// What it is listed under; may be empty.
    pub family: String,
    pub cores: Option<i32>,
    /// MiB.
    pub ram_mb: Option<i64>,
    /// MiB.
    pub disk_mb: Option<i64>,
    /// `SSD` or `NVMe`; may be empty.
    pub disk_kind: String,
    /// Mbit/s.
    pub port_mbit: Option<i32>,
    /// How many snapshots of an instance there may be.
    pub snapshots: Option<i32>,
    /// Whether it can be ordered here.
    pub orderable: bool,
    pub created_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

crate::tenancy::owned!(Id: ContaboProductId);
