//! What visitors of every area do about themselves: sign in and out, password, profile, light or dark.
//!
//! The three areas share these handlers; which one it is follows from the path.

pub(super) mod next;
pub(super) mod password;
pub(super) mod profile;
pub(super) mod sign_in;
pub(super) mod sign_out;
pub(super) mod theme;
