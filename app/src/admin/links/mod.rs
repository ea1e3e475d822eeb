//! Links: the list, one link, and the forms that change it.

pub mod archive;
pub mod form;
pub mod list;
pub mod period;
pub mod show;
