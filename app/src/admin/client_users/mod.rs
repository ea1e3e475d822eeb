//! Client users: people at the provider's customers.

pub mod form;
pub mod list;
pub mod show;
