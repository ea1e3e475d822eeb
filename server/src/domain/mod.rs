//! What Mainstay decides, apart from how it is asked and where it is kept.
//!
//! Nothing here knows HTTP. The modules below are pure: no database, no clock,
//! no randomness; the time and the facts are arguments.

pub mod calendar;
pub mod links;
pub mod sla;
