//! The fake router over real sockets: what it answers, and that each switch does what it says.

mod commands;
mod faults;
mod fleet;
mod login;
mod peer;
