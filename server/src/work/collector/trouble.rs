//! Why a poll failed: in words for staff, and what it says of the links behind the router.

use std::time::Duration;

use entity::router_state::Reach;
use routeros::{Error, Stage};

use crate::keyring::KeyringError;

/// Why nothing was learnt from a router.
#[derive(Debug, thiserror::Error)]
pub enum Trouble {
    /// The router, or the way to it.
    #[error(transparent)]
    Router(#[from] Error),
    /// We can't read its password.
    #[error("the router's password can't be opened: {0}")]
    Secret(#[from] KeyringError),
    /// No connection goes to such a port.
    #[error("{0} is not a port")]
    Port(i32),
    /// The answers came too slowly.
    #[error("it answered too slowly: the poll was not over within {} s", .0.as_secs())]
    Slow(Duration),
}

impl Trouble {
    /// A stable word for programs.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Router(error) => error.code(),
            Self::Secret(_) => "password",
            Self::Port(_) => "port",
            Self::Slow(_) => "slow",
        }
    }

    /// What is to be said of the router.
    pub(super) fn reach(&self) -> Reach {
        match self {
            Self::Secret(_) | Self::Port(_) => Reach::Unreachable,
            Self::Slow(_) => Reach::Failing,
            Self::Router(error) => match error {
                Error::Unresolvable { .. }
                | Error::ForbiddenAddress { .. }
                | Error::Refused { .. }
                | Error::Unreachable { .. }
                | Error::TimedOut { .. }
                | Error::Tls { .. }
                | Error::BadAuthority { .. }
                | Error::PinMismatch { .. }
                | Error::LoginRefused { .. }
                | Error::ChallengeForbidden => Reach::Unreachable,
                _ => Reach::Failing,
            },
        }
    }

    /// Whether the router was asked and did not answer: a slot of which this is known. Whatever else went wrong, an
    /// answer that can't be believed or our own set-up, says nothing of the slot, which stays without a sample.
    pub(super) fn is_silence(&self) -> bool {
        match self {
            Self::Router(Error::TimedOut { stage, .. }) => !matches!(stage, Stage::Resolving),
            Self::Router(Error::Refused { .. } | Error::Unreachable { .. }) => true,
            _ => false,
        }
    }

    /// Whether the connection is of no more use.
    pub(super) fn ends_connection(error: &Error) -> bool {
        matches!(
            error,
            Error::TimedOut { .. }
                | Error::Fatal { .. }
                | Error::Lost { .. }
                | Error::Closed
                | Error::NotLoggedIn
                | Error::Malformed { .. }
                | Error::TooLarge { .. }
        )
    }
}
