//! The rules of a leased link: what two readings of its interface prove, what a slot keeps of them, how slots become a
//! graph, and what a link is for people.
//!
//! And what staff set up: which interface is whose link. Polling is elsewhere.

pub mod block;
pub mod change;
pub mod counters;
pub mod csv;
pub mod days;
pub mod history;
pub mod interruptions;
pub mod list;
pub mod many;
pub mod range;
pub mod recent;
pub mod retention;
pub mod series;
pub mod setup;
pub mod slot;
pub mod status;
pub mod store;
pub mod totals;
pub mod trend;
