//! A command to a router, as it is built up.

use crate::codec::{MAX_SENTENCE, MAX_WORD, push_word};
use secrecy::zeroize::Zeroizing;
use std::time::Duration;

/// One sentence to the router, and how long its reply may take.
///
/// ```
/// # use routeros::Command;
/// let command = Command::new("/interface/print")
///     .proplist(&["name", "running"])
///     .query("type=ether");
/// ```
#[derive(Clone)]
pub struct Command {
    pub(crate) path: String,
    /// The words after the first, framed. Wiped when dropped: the login's hold the password.
    words: Zeroizing<Vec<u8>>,
    longest: usize,
    pub(crate) idle: Patience,
    pub(crate) whole: Patience,
}

/// How long to wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Patience {
    /// As the connection's [`crate::Timeouts`] say.
    Usual,
    /// For as long as the connection lives.
    Endless,
    For(Duration),
}

impl Patience {
    pub(crate) fn or(self, usual: Duration) -> Option<Duration> {
        match self {
            Self::Usual => Some(usual),
            Self::Endless => None,
            Self::For(time) => Some(time),
        }
    }
}

impl Command {
    /// A command by its path, such as `/system/identity/print`.
    pub fn new(path: &str) -> Self {
        Self {
            path: path.to_owned(),
            words: Zeroizing::new(Vec::with_capacity(256)),
            longest: path.len(),
            idle: Patience::Usual,
            whole: Patience::Usual,
        }
    }

    /// Adds `=name=value`. The value may hold any bytes; a flag such as `once` has an empty one.
    #[must_use]
    pub fn with(self, name: &str, value: impl AsRef<[u8]>) -> Self {
        self.word(&[b"=", name.as_bytes(), b"=", value.as_ref()])
    }

    /// Asks for these properties only. Without it a router also collects the slow ones.
    #[must_use]
    pub fn proplist(self, names: &[&str]) -> Self {
        self.with(".proplist", names.join(","))
    }

    /// Adds a query word without its question mark: `type=ether`, `#|`. `print` only.
    #[must_use]
    pub fn query(self, query: impl AsRef<[u8]>) -> Self {
        self.word(&[b"?", query.as_ref()])
    }

    /// Asks for the items of which any of the properties has one of its values.
    #[must_use]
    pub fn where_any(mut self, properties: &[(&str, &[Vec<u8>])]) -> Self {
        let values = properties
            .iter()
            .flat_map(|(property, values)| values.iter().map(move |value| (*property, value)));
        for (index, (property, value)) in values.enumerate() {
            self = self.word(&[b"?", property.as_bytes(), b"=", value]);
            if index > 0 {
                // The query is a stack machine: join the newest two answers by "or".
                self = self.query("#|");
            }
        }
        self
    }

    /// The longest silence within the reply, instead of [`crate::Timeouts::idle`].
    #[must_use]
    pub fn idle(mut self, time: Duration) -> Self {
        self.idle = Patience::For(time);
        self
    }

    /// The longest that the whole reply may take, instead of [`crate::Timeouts::whole`].
    #[must_use]
    pub fn whole(mut self, time: Duration) -> Self {
        self.whole = Patience::For(time);
        self
    }

    /// For commands that go on until they are cancelled.
    #[must_use]
    pub(crate) fn endless(mut self) -> Self {
        self.idle = Patience::Endless;
        self.whole = Patience::Endless;
        self
    }

    fn word(mut self, parts: &[&[u8]]) -> Self {
        let length = parts.iter().map(|part| part.len()).sum();
        self.longest = self.longest.max(length);
        push_word(&mut self.words, parts);
        self
    }

    /// False for what no router takes and what no length can frame.
    pub(crate) fn fits(&self) -> bool {
        self.longest <= MAX_WORD && self.words.len() <= MAX_SENTENCE / 2
    }

    /// Appends the framed sentence.
    pub(crate) fn encode(&self, tag: Option<u64>, out: &mut Vec<u8>) {
        push_word(out, &[self.path.as_bytes()]);
        out.extend_from_slice(&self.words);
        if let Some(tag) = tag {
            push_word(out, &[b".tag=", tag.to_string().as_bytes()]);
        }
        push_word(out, &[]);
    }
}

impl std::fmt::Debug for Command {
    /// Values stay out: the login's hold the password.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Command")
            .field("path", &self.path)
            .finish_non_exhaustive()
    }
}
