//! The client against scripted routers over loopback TCP. One file per area; `peer.rs` is the script's
//! side of the protocol.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test fails by panicking, its scripts included"
)]

mod asking;
mod breaking;
mod connecting;
mod peer;
mod running;
mod tls;
