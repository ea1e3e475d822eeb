//! What the pages about servers share, for clients and for staff.
//!
//! Customers know the word "server"; in code it is an instance.

pub mod words;
