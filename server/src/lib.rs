//! The `mainstay` binary's parts: what it answers (`web`), its rules (`domain`), what it does in the background
//! (`work`), and what it starts from. The clients of outside systems are crates of their own in `gateways/`.

pub mod clock;
pub mod commands;
pub mod config;
pub mod database;
pub mod domain;
pub mod folder;
pub mod keyring;
pub mod metrics;
pub mod print;
pub mod site;
pub mod startup;
pub mod telemetry;
pub mod web;
pub mod work;

#[cfg(test)]
pub(crate) mod testing;
