//! Contabo: the tenant's accounts there, the instances that clients run, and what is asked of Contabo for them.
//!
//! Here are the rules and what is kept. Calls are made by `work/contabo` alone, with the client of
//! `server/gateways/contabo`: no page ever waits for Contabo, but for the try of new credentials.

pub mod accounts;
pub mod actions;
pub mod catalogue;
pub mod changes;
pub mod costs;
pub mod domains;
pub mod features;
pub mod instances;
pub mod letters;
pub mod mirror;
pub mod networks;
pub mod orders;
pub mod people;
pub mod quotas;
pub mod resources;
pub mod schedules;
pub mod services;
mod settings;
pub mod setup;
pub mod storages;
pub mod usage;
