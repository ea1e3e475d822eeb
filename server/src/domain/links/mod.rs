//! The rules of a leased link: what two readings of its interface prove, what
//! a slot keeps of them, and how slots become a graph.
//!
//! Polling and storing are elsewhere.

pub mod counters;
pub mod series;
pub mod slot;
