//! What Mainstay decides, apart from how it is asked and where it is kept.
//!
//! Nothing here knows HTTP. `calendar`, `links` and `sla` are pure besides: no database, no clock, no randomness; the
//! time and the facts are arguments.

pub mod addresses;
pub mod audit;
pub mod board;
pub mod calendar;
pub mod identity;
pub mod links;
pub mod refusal;
pub mod routers;
pub mod sla;

#[cfg(test)]
mod tenancy_tests;
