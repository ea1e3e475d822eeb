//! Routers: the list, one router, and the forms that change it.

pub mod archive;
pub mod credentials;
pub mod form;
pub mod list;
pub mod pick;
pub mod show;
pub mod trust;
