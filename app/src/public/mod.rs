//! Pages that need no area: signing in, passwords, errors.

pub mod change_password;
pub mod error_page;
pub mod profile;
pub mod share;
pub mod sign_in;
pub mod unsubscribe;
