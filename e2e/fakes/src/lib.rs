//! Simulators of the systems that Mainstay talks to, for its tests, for `mainstay demo` and for
//! whoever develops without a router.
//!
//! They are real servers on real sockets, with faults that can be switched on while they run.
//! They are not functions that the product calls, and share no code with its gateways: a mistake
//! in a client must not be answered by the same mistake here.

mod certificate;
pub mod clock;
pub mod contabo;
mod noise;
pub mod prism;
pub mod router;
pub mod smtp;
pub mod traffic;
