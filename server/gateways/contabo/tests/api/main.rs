//! The client against a scripted server over loopback. One file per area; `server.rs` is the script's
//! side of HTTP.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking, its scripts included")]

mod as_documented;
mod decoding;
mod every_operation;
mod hiding;
mod holding_back;
mod listing;
mod refusing;
mod repeating;
mod server;
mod signing_in;
mod table;
