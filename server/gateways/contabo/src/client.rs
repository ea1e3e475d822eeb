//! The client of one account: what all its callers share.

use crate::account::Account;
use crate::asking::{Asking, Segment};
use crate::breaker::Breaker;
use crate::error::Error;
use crate::http::Http;
use crate::limiter::Limiter;
use crate::operation::Operation;
use crate::options::Options;
use crate::request_id::RequestId;
use crate::tokens::Tokens;
use std::fmt;
use std::sync::Arc;

/// Asks Contabo for one account. Clones are cheap and share the token, the limiter and the breaker: make
/// one client for an account, not two.
#[derive(Clone)]
pub struct Client {
    pub(crate) shared: Arc<Shared>,
}

pub(crate) struct Shared {
    pub(crate) http: Http,
    pub(crate) tokens: Tokens,
    pub(crate) limiter: Limiter,
    pub(crate) breaker: Breaker,
    pub(crate) options: Options,
}

impl Client {
    /// A client for the account. Nothing is sent yet: the first call signs in.
    ///
    /// # Errors
    ///
    /// [`Error::Invalid`] where this machine can't set up TLS.
    pub fn new(account: Account, options: Options) -> Result<Self, Error> {
        Ok(Self {
            shared: Arc::new(Shared {
                http: Http::new(&options)?,
                tokens: Tokens::new(account),
                limiter: Limiter::new(&options.rate),
                breaker: Breaker::new(options.breaker),
                options,
            }),
        })
    }

    /// Signs in, if there is no good token yet: tells whether the credentials are right without asking
    /// the API anything.
    ///
    /// # Errors
    ///
    /// [`Error::SignIn`] where they are wrong, [`Error::Unreachable`] where that can't be known.
    pub async fn sign_in(&self) -> Result<(), Error> {
        let shared = &self.shared;
        shared
            .tokens
            .bearer(&shared.http, &shared.options, None)
            .await
            .map(|_| ())
    }

    /// A question, which changes nothing.
    pub(crate) fn read<'a>(&'a self, operation: &'static Operation, segments: &[Segment<'_>]) -> Asking<'a> {
        Asking::new(self, operation, segments, None)
    }

    /// A change, with the number that the caller keeps.
    pub(crate) fn change<'a>(
        &'a self,
        operation: &'static Operation,
        segments: &[Segment<'_>],
        request_id: RequestId,
    ) -> Asking<'a> {
        Asking::new(self, operation, segments, Some(request_id))
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("options", &self.shared.options)
            .finish_non_exhaustive()
    }
}

/// The handle of one group of operations, and the client's method that gives it.
macro_rules! group {
    ($(#[$about:meta])* $name:ident, $method:ident) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug)]
        pub struct $name<'a> {
            client: &'a $crate::Client,
        }

        impl $crate::Client {
            $(#[$about])*
            #[must_use]
            pub fn $method(&self) -> $name<'_> {
                $name { client: self }
            }
        }
    };
}
pub(crate) use group;
