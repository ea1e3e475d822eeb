//! Everything that can go wrong with a router, in words that can stand on the router's page.
//!
//! No HTTP and no retry policy: whoever polls decides what an error means for the next cycle. The
//! texts name the cause and, where one is known, the cure.

use crate::tls::{Certificate, fingerprint};
use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

/// Why something asked of a router did not happen.
///
/// `Clone`, because one lost connection ends every command that was running on it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The name has no address, or the name servers did not say.
    #[error("the name {host} can't be resolved: {detail}")]
    Unresolvable { host: String, detail: String },
    /// The caller's guard refused every address of the router. Nothing was sent.
    #[error("the address {address} is not allowed: {reason}")]
    ForbiddenAddress { address: IpAddr, reason: String },
    /// Something answered that nobody listens there.
    #[error("{address} refused the connection: the API service is switched off or listens on another port")]
    Refused { address: SocketAddr },
    /// The network could not deliver the connection.
    #[error("{address} can't be reached: {detail}")]
    Unreachable { address: SocketAddr, detail: String },
    /// No answer in time. A router whose `/ip service address=` excludes us often shows as this.
    #[error("no answer within {} while {stage}", seconds(*after))]
    TimedOut { stage: Stage, after: Duration },
    /// TLS was asked for and could not be had. Plain text was not tried.
    #[error("no TLS connection: {cause} (TLS library: {detail})")]
    Tls { detail: String, cause: &'static str },
    /// The certificate authority that was configured can't be used.
    #[error("the configured certificate authority can't be used: {detail}")]
    BadAuthority { detail: String },
    /// The router shows another certificate than the pinned one. The password was not sent.
    #[error(
        "the router shows another certificate than the pinned one; the password was not sent. \
         Pinned: {}. Shown: {} ({})",
        fingerprint(expected), fingerprint(&seen.sha256), seen.subject
    )]
    PinMismatch { expected: [u8; 32], seen: Box<Certificate> },
    /// The router knows the user or the password differently.
    #[error("the router refused the login: {message}")]
    LoginRefused { message: String },
    /// The router is older than 6.43 and the settings forbid its way to sign in.
    #[error("the router asks for the MD5 login of RouterOS before 6.43, which the settings do not allow")]
    ChallengeForbidden,
    /// The router says that nobody is signed in.
    #[error("the router says that nobody is signed in on this connection")]
    NotLoggedIn,
    /// The router refused one command. Others on the connection go on.
    #[error(
        "the router refused the command: {message}{}",
        category.map(|c| format!(" ({c})")).unwrap_or_default()
    )]
    Trap {
        category: Option<Category>,
        message: String,
    },
    /// The router ended the connection and said why.
    #[error("the router ended the connection: {reason}")]
    Fatal { reason: String },
    /// The connection went away. What had arrived of an unfinished reply was thrown away.
    #[error("the connection to the router was lost: {detail}")]
    Lost { detail: String },
    /// The peer does not speak the protocol.
    #[error("the peer does not speak the RouterOS API: {detail}")]
    Malformed { detail: String },
    /// A ceiling was passed.
    #[error("{what} is larger than the {limit} that are accepted")]
    TooLarge { what: &'static str, limit: usize },
    /// A stream's reader took rows more slowly than the router sent them.
    #[error("changes arrived faster than they were read; the stream was ended")]
    FellBehind,
    /// A value is there, but it is not what its property holds. It is refused, not guessed at.
    #[error("the router answered \"{value}\" as {property}, which can't be understood")]
    UnexpectedValue { property: String, value: String },
    /// A property or row without which the answer means nothing is not there.
    #[error("the router's answer lacks {what}")]
    Missing { what: String },
    /// The thing that was asked about is not on the router.
    #[error("the router has no {what}")]
    NotFound { what: String },
    /// The request makes no sense; nothing was sent.
    #[error("{detail}")]
    InvalidRequest { detail: String },
    /// The client was dropped while the command ran.
    #[error("the connection was closed on our side")]
    Closed,
}

impl Error {
    /// A stable word for this kind of error, for programs and for columns in a database.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unresolvable { .. } => "unresolvable",
            Self::ForbiddenAddress { .. } => "forbidden_address",
            Self::Refused { .. } => "refused",
            Self::Unreachable { .. } => "unreachable",
            Self::TimedOut { .. } => "timed_out",
            Self::Tls { .. } => "tls",
            Self::BadAuthority { .. } => "bad_authority",
            Self::PinMismatch { .. } => "pin_mismatch",
            Self::LoginRefused { .. } => "login_refused",
            Self::ChallengeForbidden => "challenge_forbidden",
            Self::NotLoggedIn => "not_logged_in",
            Self::Trap { .. } => "trap",
            Self::Fatal { .. } => "fatal",
            Self::Lost { .. } => "lost",
            Self::Malformed { .. } => "malformed",
            Self::TooLarge { .. } => "too_large",
            Self::FellBehind => "fell_behind",
            Self::UnexpectedValue { .. } => "unexpected_value",
            Self::Missing { .. } => "missing",
            Self::NotFound { .. } => "not_found",
            Self::InvalidRequest { .. } => "invalid_request",
            Self::Closed => "closed",
        }
    }

    pub(crate) fn lost(detail: impl Into<String>) -> Self {
        Self::Lost { detail: detail.into() }
    }

    pub(crate) fn malformed(detail: impl Into<String>) -> Self {
        Self::Malformed { detail: detail.into() }
    }

    pub(crate) fn missing(what: impl Into<String>) -> Self {
        Self::Missing { what: what.into() }
    }
}

/// What was being waited for when time ran out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stage {
    /// The name servers' answer.
    Resolving,
    /// The TCP connection.
    Connecting,
    /// The TLS handshake.
    Tls,
    /// The answer to the login.
    Login,
    /// The router to take what was sent to it.
    Sending,
    /// A free place among the commands that run at once.
    Queueing(String),
    /// The next part of the reply to this command.
    Silence(String),
    /// The whole reply to this command.
    Whole(String),
}

impl std::fmt::Display for Stage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Resolving => f.write_str("resolving the name"),
            Self::Connecting => f.write_str("connecting"),
            Self::Tls => f.write_str("setting up TLS; does this port speak TLS (api-ssl, 8729 by default)?"),
            Self::Login => f.write_str("signing in; does the service allow our address?"),
            Self::Sending => f.write_str("sending to the router"),
            Self::Queueing(command) => write!(f, "waiting for earlier commands before {command}"),
            Self::Silence(command) => write!(f, "waiting for the reply to {command}"),
            Self::Whole(command) => write!(f, "reading the whole reply to {command}"),
        }
    }
}

/// The manual's categories of `!trap`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Category {
    /// 0: missing item or command.
    Missing,
    /// 1: argument value.
    Argument,
    /// 2: interrupted.
    Interrupted,
    /// 3: scripting.
    Scripting,
    /// 4: general.
    General,
    /// 5: API.
    Api,
    /// 6: TTY.
    Tty,
    /// 7: a `:return` value.
    Return,
}

impl Category {
    pub(crate) fn parse(value: &[u8]) -> Option<Self> {
        Some(match value {
            b"0" => Self::Missing,
            b"1" => Self::Argument,
            b"2" => Self::Interrupted,
            b"3" => Self::Scripting,
            b"4" => Self::General,
            b"5" => Self::Api,
            b"6" => Self::Tty,
            b"7" => Self::Return,
            _ => return None,
        })
    }
}

impl std::fmt::Display for Category {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Missing => "missing item or command",
            Self::Argument => "value of an argument",
            Self::Interrupted => "interrupted",
            Self::Scripting => "scripting",
            Self::General => "general failure",
            Self::Api => "API failure",
            Self::Tty => "terminal failure",
            Self::Return => "return value",
        })
    }
}

fn seconds(duration: Duration) -> String {
    format!("{} s", duration.as_secs_f64())
}
