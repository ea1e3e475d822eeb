//! A tenant's links and routers as figures for its own Prometheus, and the tokens that open them.
//!
//! The figures of the process itself are in `crate::metrics`: those are the operator's.

pub mod gauges;
pub mod tokens;
