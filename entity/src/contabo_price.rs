//! What a product costs the provider, and its clients, from a day on. Never updated: a change is another row.

use sea_orm::entity::prelude::*;

use crate::{ContaboPriceId, ContaboProductId, TenantId};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Eq)]
#[sea_orm(table_name = "contabo_price")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ContaboPriceId,
    pub product_id: ContaboProductId,
    /// The region's short name, as `EU`; empty: everywhere that has no price of its own.
    pub region: String,
    /// The contract's term; 0: any that has no price of its own.
    pub months: i32,
    /// ISO 4217 code of what Contabo bills in.
    pub cost_currency: String,
    /// Minor units a month; none: not known.
    pub cost_month_minor: Option<i64>,
    /// Minor units once.
    pub cost_setup_minor: Option<i64>,
    /// ISO 4217 code of what clients pay in.
    pub sales_currency: String,
    pub sales_month_minor: Option<i64>,
    pub sales_setup_minor: Option<i64>,
    /// The first day on which it holds, in the tenant's zone.
    pub valid_from: Date,
    pub created_at: DateTimeUtc,
    pub created_by_name: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

crate::tenancy::owned!(Id: ContaboPriceId);
