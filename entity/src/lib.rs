//! The rows of the database, one file a table, and the only way to reach them: [`Db`] and [`Tenant`].
//!
//! What a row means, who may change it and when is not decided here: that is `server/src/domain`.
//!
//! Reaching past the tenant does not compile, because [`Tenant`] is no connection:
//!
//! ```compile_fail
//! # async fn f(tenant: entity::Tenant<'_>) {
//! use sea_orm::EntityTrait;
//! entity::link::Entity::find().all(&tenant).await.unwrap();
//! # }
//! ```
//!
//! Nor can the connection be taken out of [`Db`] by the way:
//!
//! ```compile_fail
//! # async fn f(db: entity::Db) {
//! use sea_orm::EntityTrait;
//! entity::link::Entity::find().all(&db.connection).await.unwrap();
//! # }
//! ```
//!
//! The scoped query does:
//!
//! ```
//! # async fn f(tenant: entity::Tenant<'_>) {
//! use sea_orm::ColumnTrait;
//! tenant.find::<entity::link::Entity>().filter(entity::link::Column::Name.contains("x")).all().await.unwrap();
//! # }
//! ```

pub mod ids;
pub mod tenancy;

pub mod account;
pub mod action;
pub mod audit_entry;
pub mod client;
pub mod client_feature;
pub mod client_member;
pub mod client_quota;
pub mod cloud_template;
pub mod cloud_template_version;
pub mod contabo_account;
pub mod contabo_change;
pub mod contabo_order;
pub mod contabo_price;
pub mod contabo_product;
pub mod contabo_resource;
pub mod contabo_sync;
pub mod credit_decision;
pub mod day_summary;
pub mod feature;
pub mod hosting_settings;
pub mod instance;
pub mod job;
pub mod lease;
pub mod link;
pub mod link_edge;
pub mod link_state;
pub mod mail;
pub mod mail_preference;
pub mod mail_settings;
pub mod maintenance_change;
pub mod maintenance_scope;
pub mod maintenance_series;
pub mod maintenance_window;
pub mod metrics_token;
pub mod operator;
pub mod operator_session;
pub mod outage_note;
pub mod pulse;
pub mod report_run;
pub mod report_trouble;
pub mod router;
pub mod router_check;
pub mod router_lease;
pub mod router_state;
pub mod sample;
pub mod sample_block;
pub mod schedule;
pub mod schedule_run;
pub mod sealing_key;
pub mod service;
pub mod session;
pub mod share_link;
pub mod share_use;
pub mod sign_in_limit;
pub mod signing_key;
pub mod sla_profile;
pub mod sla_profile_version;
pub mod sla_report;
pub mod snapshot;
pub mod staff_member;
pub mod state_change;
pub mod storage_keys;
pub mod task;
pub mod tenant;
pub mod tenant_logo;
pub mod watch;

pub use ids::*;
pub use tenancy::{Db, Scoped, Tenant, TenantOwned};
