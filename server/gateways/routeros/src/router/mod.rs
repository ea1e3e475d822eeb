//! What routers are asked for, by what it means: identity, interfaces, rates, pings.
//!
//! Each file adds its commands to [`crate::Client`]. A property that a router does not have is `None`,
//! never zero; one that can't be understood is an error, never a guess.

pub(crate) mod check;
pub(crate) mod interface;
pub(crate) mod listen;
pub(crate) mod ping;
pub(crate) mod system;
pub(crate) mod traffic;
