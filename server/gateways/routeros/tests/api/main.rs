//! The client against scripted routers over loopback TCP. One file per area; `peer.rs` is the script's
//! side of the protocol.

mod asking;
mod breaking;
mod connecting;
mod peer;
mod running;
mod tls;
