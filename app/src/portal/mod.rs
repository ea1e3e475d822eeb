//! The client user's pages: is my link up, how fast is it, is what was agreed kept.
//!
//! They speak the customer's words. Names of routers, addresses and what staff note down are not in
//! their props, so no page can show them.

pub mod dashboard;
pub mod link;
pub mod link_card;
pub mod links;
pub mod maintenance;
pub mod month;
pub mod notifications;
pub mod reports;
mod sample_data;
pub mod standing;

pub use dashboard::Dashboard;
pub use link::LinkPage;
pub use links::Links;
