//! Staff users: people at the provider.

pub mod form;
pub mod list;
pub mod show;
