//! What people see: Leptos components, pages and their texts.
//!
//! Everything here is a pure function of owned values. It knows no database, no HTTP, no clock and no
//! domain: the server loads, decides and passes in what is shown. What a page needs beside its own
//! props (who is looking, in which language and zone, what time it is) is [`page::Page`].
#![recursion_limit = "256"]

pub mod admin;
pub mod dev;
pub mod measured;
pub mod operator;
pub mod page;
pub mod portal;
pub mod public;
pub mod report;
pub mod samples;
pub mod servers;
pub mod storages;
pub mod text;
pub mod ui;

pub use page::{Page, render};
pub use text::{t, t_count, t_with};
