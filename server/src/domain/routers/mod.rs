//! Routers as staff set them up: what may be typed, what is kept, and what lists show of them.
//!
//! Polling is elsewhere; so is what a check asks a router for.

pub mod change;
pub mod list;
pub mod setup;

use sea_orm::DbErr;

use super::{problem::Problem, typed::Rejected};
use crate::keyring::KeyringError;

/// Why a change of a router did not happen.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// It is not there, or another tenant's.
    #[error("there is no such router")]
    NotFound,
    /// Something typed can't be kept.
    #[error("something typed can't be taken")]
    Rejected(Rejected<Problem>),
    /// Links that are not archived hang on it.
    #[error("{0} links still hang on the router")]
    HasLinks(usize),
    /// What was to be confirmed is no longer what is there.
    #[error("it changed meanwhile")]
    Changed,
    /// The password could not be sealed.
    #[error("the password could not be sealed")]
    Keyring(#[from] KeyringError),
    /// The database did not answer.
    #[error("the router can't be changed")]
    Database(#[from] DbErr),
}

impl From<Rejected<Problem>> for Error {
    fn from(rejected: Rejected<Problem>) -> Self {
        Self::Rejected(rejected)
    }
}
