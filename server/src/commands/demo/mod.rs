//! `mainstay demo`: everything at once on one machine, with nothing to set up.

mod cast;
mod history;
