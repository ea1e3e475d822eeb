//! What staff type about networks, firewalls and names before it is asked of Contabo, and the calculator beside it.
//!
//! Here is what Contabo's API takes and what makes sense; whether Contabo takes it in the end is its own answer.

pub mod blocks;
pub mod firewalls;
pub mod names;
mod typed;

pub use self::typed::{Network, Reason, network};
