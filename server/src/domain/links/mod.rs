//! The rules of a leased link: what two readings of its interface prove, what a slot keeps of them, how slots become a
//! graph, and what a link is for people.
//!
//! Polling is elsewhere.

pub mod counters;
pub mod history;
pub mod recent;
pub mod series;
pub mod slot;
pub mod status;
pub mod store;
