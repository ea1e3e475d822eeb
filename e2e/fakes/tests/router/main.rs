//! The fake router over real sockets: what it answers, and that each switch does what it says.

#![expect(clippy::expect_used, reason = "a helper of a test fails the test")]

mod commands;
mod faults;
mod fleet;
mod login;
mod peer;
