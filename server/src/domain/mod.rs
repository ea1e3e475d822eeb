//! The rules: what things mean and what may follow from what. It knows nothing of HTTP.

pub mod board;
