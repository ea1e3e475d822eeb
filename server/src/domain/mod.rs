//! What Mainstay decides, apart from how it is asked and where it is kept.
//!
//! Nothing here knows HTTP. `calendar`, `links` and `sla` are pure besides: no database, no clock, no randomness; the
//! time and the facts are arguments.

pub mod addresses;
pub mod audit;
pub mod audit_log;
pub mod board;
pub mod calendar;
pub mod clients;
pub mod contabo;
pub mod identity;
pub mod links;
pub mod mail;
pub mod maintenance;
pub mod money;
pub mod outages;
pub mod people;
pub mod problem;
pub mod reports;
pub mod routers;
pub mod settings;
pub mod shares;
pub mod signing;
pub mod sla;
pub mod sla_profiles;
pub mod tasks;
pub mod templates;
pub mod tenant_metrics;
pub mod tenants;
pub mod typed;

#[cfg(test)]
mod tenancy_tests;
