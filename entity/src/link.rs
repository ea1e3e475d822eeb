//! A leased link: one interface of one router, for one client.

use sea_orm::entity::prelude::*;

use crate::{ClientId, LinkId, RouterId, SlaProfileId, TenantId};

/// Which side of the router's interface the customer is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum Faces {
    /// What the router sends is the customer's download.
    Customer,
    /// What the router receives is the customer's download: a router at the customer's premises.
    Network,
}

#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Eq)]
#[sea_orm(table_name = "link")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: LinkId,
    pub client_id: ClientId,
    pub router_id: RouterId,
    /// Unique in its tenant.
    pub name: String,
    /// Circuit number in the provider's books.
    pub reference: Option<String>,
    /// The product, as ILL, MPLS or broadband; the provider's word.
    pub kind: String,
    pub interface_name: String,
    /// RouterOS' `.id`, which stays until the interface is made anew.
    pub interface_id: Option<String>,
    /// The name it left the factory with.
    pub default_name: Option<String>,
    /// Which side of the interface the customer is on.
    pub faces: Faces,
    /// Committed bandwidth to the customer, bit/s.
    pub committed_down_bps: i64,
    /// Committed bandwidth from the customer, bit/s.
    pub committed_up_bps: i64,
    pub sla_profile_id: Option<SlaProfileId>,
    /// What the client pays a month, in minor units of the tenant's currency; credits are shares of it.
    pub monthly_fee_minor: Option<i64>,
    /// Host that the router pings to measure latency and loss.
    pub ping_target: Option<String>,
    /// Since when it counts; none: not yet.
    pub activated_at: Option<DateTimeUtc>,
    /// Since when it no longer counts.
    pub deactivated_at: Option<DateTimeUtc>,
    pub created_at: DateTimeUtc,
    pub archived_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

crate::tenancy::owned!(Id: LinkId);
