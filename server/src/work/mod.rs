//! Work in the background: a queue of jobs, leases that say which process does what, and the loops that run both.
//!
//! What the work is lies with its subject (`domain/…/jobs.rs`, the collector); here is only how it is run.

pub mod announce;
pub mod collector;
pub mod contabo;
pub mod health;
pub mod housekeeping;
pub mod lease;
pub mod mail;
pub mod maintenance;
pub mod queue;
pub mod reports;
mod rest;
pub mod retention;
pub mod runner;
pub mod sealing;
