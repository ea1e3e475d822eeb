//! The mathematics of a service level: from the states of slots to a verdict.
//!
//! Everything is counted in whole seconds and judged on exact fractions, so
//! that a figure can be recalculated by anyone and comes out the same.

pub mod billing;
pub mod budget;
pub mod calculation;
pub mod credit;
pub mod fraction;
mod gathered;
pub mod intervals;
pub mod latency;
pub mod outages;
pub mod terms;
pub mod thresholds;
pub mod uptime;
