//! The client user's pages: their links, as far as they are theirs, and nothing of how the provider runs them.

pub(super) mod dashboard;
pub(super) mod link;
pub(super) mod links;
pub(super) mod notifications;
pub(super) mod reports;
mod seen;
mod shown;
