//! What a connection may take: time, memory, and how text is read.

use std::time::Duration;

/// Settings of one connection. The defaults suit a router on the internet.
#[derive(Debug, Clone, Default)]
pub struct Options {
    pub timeouts: Timeouts,
    pub limits: Limits,
    pub login: Login,
    /// How names and comments that are not UTF-8 are shown.
    pub code_page: CodePage,
}

/// How long each step may take.
#[derive(Debug, Clone, Copy)]
pub struct Timeouts {
    /// For the name servers.
    pub resolve: Duration,
    /// For the TCP connection, over all addresses of the name.
    pub connect: Duration,
    /// For the TLS handshake.
    pub tls: Duration,
    /// For the whole login.
    pub login: Duration,
    /// For the router to take the next bytes that we send.
    pub write: Duration,
    /// Between two parts of one reply, unless the command sets its own.
    pub idle: Duration,
    /// For a whole reply, waiting for its turn included, unless the command sets its own.
    pub whole: Duration,
    /// For a cancelled command to end. A router that is silent for this long counts as lost.
    pub cancel: Duration,
}

impl Default for Timeouts {
    fn default() -> Self {
        Self {
            resolve: Duration::from_secs(5),
            connect: Duration::from_secs(5),
            tls: Duration::from_secs(5),
            login: Duration::from_secs(5),
            write: Duration::from_secs(10),
            idle: Duration::from_secs(10),
            whole: Duration::from_secs(30),
            cancel: Duration::from_secs(10),
        }
    }
}

/// Ceilings on what one router may make us hold. The ceilings on single words and sentences are
/// constants of [`crate::codec`].
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Rows of one reply.
    pub rows: usize,
    /// Memory of one reply, in bytes. A stream's waiting rows share the same amount.
    pub reply: usize,
    /// Memory of all unfinished replies of the connection, in bytes.
    pub replies: usize,
    /// Commands that run at once; more wait their turn. Streams count.
    pub commands: usize,
    /// Rows of a stream that wait for their reader.
    pub backlog: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            rows: 50_000,
            reply: 16 * 1024 * 1024,
            replies: 32 * 1024 * 1024,
            commands: 16,
            backlog: 256,
        }
    }
}

/// Which ways to sign in are allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Login {
    /// The login of RouterOS 6.43 and later, and the older challenge where the router asks for it.
    #[default]
    AnswerChallenge,
    /// A router that asks for the older login is refused with
    /// [`Error::ChallengeForbidden`](crate::Error::ChallengeForbidden).
    RefuseChallenge,
}

/// The 8-bit code page of the computer on which names and comments were typed.
///
/// Routers store bytes and report no encoding. Winbox writes the operator's Windows code page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CodePage(&'static encoding_rs::Encoding);

impl Default for CodePage {
    fn default() -> Self {
        Self(encoding_rs::WINDOWS_1252)
    }
}

impl CodePage {
    /// Finds a code page by any of its names, such as `windows-1251`. `None` if nobody knows it.
    pub fn named(name: &str) -> Option<Self> {
        encoding_rs::Encoding::for_label(name.as_bytes()).map(Self)
    }

    /// The name under which it can be stored.
    pub fn name(self) -> &'static str {
        self.0.name()
    }

    /// The text as UTF-8 if it is that, else read in this code page. Always gives something to show.
    pub fn decode(self, bytes: &[u8]) -> std::borrow::Cow<'_, str> {
        match std::str::from_utf8(bytes) {
            Ok(text) => text.into(),
            Err(_) => self.0.decode_without_bom_handling(bytes).0,
        }
    }
}
