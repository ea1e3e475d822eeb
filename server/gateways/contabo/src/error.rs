//! Everything that can go wrong with a call, sorted by what the caller has to know: was something done,
//! may it be asked again, and what did Contabo say.
//!
//! No policy beyond that: whoever asked decides when to ask again.

use crate::request_id::RequestId;
use std::time::Duration;
use tokio::time::Instant;

/// Why a call has no usable answer.
#[derive(Debug, Clone, PartialEq)]
pub enum Error {
    /// The identity server does not accept the account's credentials. Nothing was asked of the API.
    SignIn {
        status: u16,
        /// Its own words, such as `invalid_grant: Invalid user credentials`.
        says: String,
    },
    /// Contabo answered that it will not do this. It was not done.
    Refused {
        operation: &'static str,
        status: u16,
        /// Its reasons, as they came; there may be none.
        says: Vec<String>,
        request_id: RequestId,
    },
    /// Contabo is being asked too often. This call was not carried out.
    RateLimited {
        /// What Contabo asked for, where it said so.
        retry_after: Option<Duration>,
    },
    /// It was sent, and no or no usable answer came, or one that blames Contabo itself (5xx).
    Unclear {
        operation: &'static str,
        /// Whether the call would have changed something.
        changing: bool,
        /// `None` where no answer came.
        status: Option<u16>,
        says: Vec<String>,
        /// What is wrong, in our words.
        detail: String,
        request_id: RequestId,
    },
    /// It was not sent: no address, no connection, no TLS, or no token since the identity server is away.
    Unreachable { detail: String },
    /// An answer to a question can't be understood. Nothing was changed by it.
    Unreadable { what: String, place: String },
    /// It was not sent: after many failures, or while the account waits its turn, calls are held back.
    Paused { until: Instant },
    /// The request makes no sense; nothing was sent.
    Invalid { detail: String },
}

impl Error {
    /// Whether something may have been changed at Contabo although there was no good answer. If so, look
    /// before asking again; if not, nothing was changed.
    #[must_use]
    pub fn may_have_been_done(&self) -> bool {
        matches!(self, Self::Unclear { changing: true, .. })
    }

    /// Whether Contabo says that the thing that was asked about is not there. An answer that the address
    /// itself is unknown is not that: it would make everything look gone.
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        match self {
            Self::Refused { status: 404, says, .. } => !says.iter().any(|text| is_about_the_route(text)),
            _ => false,
        }
    }

    /// What Contabo itself said, as it came.
    #[must_use]
    pub fn says(&self) -> Vec<&str> {
        match self {
            Self::SignIn { says, .. } => vec![says],
            Self::Refused { says, .. } | Self::Unclear { says, .. } => says.iter().map(String::as_str).collect(),
            _ => Vec::new(),
        }
    }

    /// The HTTP status of the answer, where there was one.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        match self {
            Self::SignIn { status, .. } | Self::Refused { status, .. } => Some(*status),
            Self::Unclear { status, .. } => *status,
            Self::RateLimited { .. } => Some(429),
            _ => None,
        }
    }

    /// The number of the call, where one was sent.
    #[must_use]
    pub fn request_id(&self) -> Option<RequestId> {
        match self {
            Self::Refused { request_id, .. } | Self::Unclear { request_id, .. } => Some(*request_id),
            _ => None,
        }
    }

    /// How long to wait before the same is worth asking again, where that is known.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::RateLimited { retry_after } => *retry_after,
            Self::Paused { until } => Some(until.saturating_duration_since(Instant::now())),
            _ => None,
        }
    }

    /// A stable word for this kind of error, for programs and for columns in a database.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::SignIn { .. } => "sign_in",
            Self::Refused { .. } => "refused",
            Self::RateLimited { .. } => "rate_limited",
            Self::Unclear { .. } => "unclear",
            Self::Unreachable { .. } => "unreachable",
            Self::Unreadable { .. } => "unreadable",
            Self::Paused { .. } => "paused",
            Self::Invalid { .. } => "invalid",
        }
    }
}

/// The API's framework and the gateway before it each have their words for an address that is no route.
fn is_about_the_route(text: &str) -> bool {
    let framework = ["GET", "POST", "PUT", "PATCH", "DELETE"].iter().any(|method| {
        text.strip_prefix("Cannot ")
            .is_some_and(|rest| rest.starts_with(method))
    });
    framework || text.starts_with("no Route matched")
}

impl std::error::Error for Error {}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::SignIn { status, says } => write!(f, "Contabo refused the sign-in ({status}): {says}"),
            Self::Refused {
                operation,
                status,
                says,
                ..
            } => {
                write!(f, "Contabo refused {operation} ({status})")?;
                reasons(f, says)
            }
            Self::RateLimited { retry_after: None } => f.write_str("Contabo is being asked too often"),
            Self::RateLimited {
                retry_after: Some(after),
            } => write!(
                f,
                "Contabo is being asked too often; it wants {} s of rest",
                after.as_secs()
            ),
            Self::Unclear {
                operation,
                changing,
                says,
                detail,
                ..
            } => {
                let doubt = if *changing { "; it may have been done" } else { "" };
                write!(f, "no clear answer to {operation}: {detail}{doubt}")?;
                reasons(f, says)
            }
            Self::Unreachable { detail } => write!(f, "Contabo can't be reached: {detail}"),
            Self::Unreadable { what, place } if place.is_empty() => {
                write!(f, "Contabo's answer can't be understood: {what}")
            }
            Self::Unreadable { what, place } => {
                write!(f, "Contabo's answer can't be understood: {what} at {place}")
            }
            Self::Paused { .. } => f.write_str("calls to Contabo are held back for a while"),
            Self::Invalid { detail } => write!(f, "the request was not sent: {detail}"),
        }
    }
}

fn reasons(f: &mut std::fmt::Formatter<'_>, says: &[String]) -> std::fmt::Result {
    if says.is_empty() {
        Ok(())
    } else {
        write!(f, ": {}", says.join("; "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(status: u16, says: &str) -> Error {
        Error::Refused {
            operation: "instances.get",
            status,
            says: vec![says.to_owned()],
            request_id: RequestId::random(),
        }
    }

    #[test]
    fn a_missing_route_is_not_a_missing_thing() {
        assert!(refused(404, "Entry Instances not found by id").is_not_found());
        assert!(!refused(404, "Cannot GET /v1/compute/instance/1").is_not_found());
        assert!(!refused(404, "no Route matched with those values").is_not_found());
        assert!(!refused(403, "Entry Instances not found by id").is_not_found());
    }

    #[tokio::test(start_paused = true)]
    async fn a_pause_says_how_long_it_is() {
        let pause = Duration::from_secs(30);
        let until = Instant::now() + pause;
        let paused = Error::Paused { until };
        assert_eq!(paused.retry_after(), Some(pause));
        tokio::time::advance(pause * 2).await;
        assert_eq!(paused.retry_after(), Some(Duration::ZERO));
        assert_eq!(refused(404, "x").retry_after(), None);
    }

    #[test]
    fn only_an_unclear_change_may_have_been_done() {
        let unclear = |changing| Error::Unclear {
            operation: "instances.create",
            changing,
            status: None,
            says: vec![],
            detail: "no answer within 30 s".to_owned(),
            request_id: RequestId::random(),
        };
        assert!(unclear(true).may_have_been_done());
        assert!(!unclear(false).may_have_been_done());
        assert!(!refused(409, "x").may_have_been_done());
        assert_eq!(
            unclear(true).to_string(),
            "no clear answer to instances.create: no answer within 30 s; it may have been done"
        );
    }
}
