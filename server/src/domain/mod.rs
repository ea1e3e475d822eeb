//! What Mainstay decides, apart from how it is asked and where it is kept.
//!
//! Nothing here knows HTTP.

pub mod audit;
pub mod identity;
