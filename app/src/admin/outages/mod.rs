//! Outages as things of their own: the list over all links, and what is said of one.

pub mod list;
pub mod show;
