//! `/admin/client-users`: people at the provider's customers.

pub(in crate::web) mod list;
pub(in crate::web) mod memberships;
pub(in crate::web) mod new;
pub(in crate::web) mod show;
