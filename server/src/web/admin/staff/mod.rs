//! `/admin/staff`: people at the provider.

pub(in crate::web) mod list;
pub(in crate::web) mod new;
pub(in crate::web) mod remove;
pub(in crate::web) mod show;
