//! The staff's pages about outages.

pub(in crate::web) mod list;
pub(in crate::web) mod show;
