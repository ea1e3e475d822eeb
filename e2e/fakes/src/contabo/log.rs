//! What came, in order, so that tests can ask for it and wait for it. Secrets are left out before anything is kept.

use std::sync::{Mutex, MutexGuard, PoisonError};

use serde_json::{Value, json};
use tokio::sync::watch;

/// How many requests are kept; a demo runs for weeks.
const KEPT: usize = 20_000;

/// Fields that no log may hold.
const SECRET: [&str; 8] = [
    "value",
    "password",
    "client_secret",
    "refresh_token",
    "access_token",
    "secretKey",
    "token",
    "pin",
];

/// A request that came.
#[derive(Clone, Debug, PartialEq)]
pub struct Recorded {
    /// From 1, in the order in which they came.
    pub number: u64,
    pub method: String,
    pub path: String,
    pub query: String,
    /// Its name in Contabo's document, `signIn` for the token; empty where there is no such operation.
    pub operation: &'static str,
    pub request_id: Option<String>,
    /// Whose it is: by the token, or as the sign-in says.
    pub client_id: Option<String>,
    /// The body as JSON, a form as its fields; secrets are `…`.
    pub body: Value,
    /// By the fake's clock, in milliseconds.
    pub at_ms: i64,
    /// What was answered; `None` until then, or for ever if nothing was.
    pub status: Option<u16>,
    /// Whether what was asked for was done, whatever was answered.
    pub done: bool,
    /// Whether the fake is through with it.
    pub ended: bool,
}

#[derive(Default)]
pub(crate) struct Log {
    entries: Mutex<(u64, Vec<Recorded>)>,
    changes: watch::Sender<u64>,
}

impl Log {
    fn entries(&self) -> MutexGuard<'_, (u64, Vec<Recorded>)> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps a request that came, and gives its number.
    pub(crate) fn arrived(&self, mut request: Recorded) -> u64 {
        let mut entries = self.entries();
        entries.0 += 1;
        let number = entries.0;
        request.number = number;
        if entries.1.len() >= 2 * KEPT {
            entries.1.drain(..KEPT);
        }
        entries.1.push(request);
        drop(entries);
        self.changes.send_modify(|changes| *changes += 1);
        number
    }

    /// Notes what became of a request.
    pub(crate) fn change(&self, number: u64, change: impl FnOnce(&mut Recorded)) {
        let mut entries = self.entries();
        if let Ok(place) = entries.1.binary_search_by_key(&number, |entry| entry.number) {
            change(&mut entries.1[place]);
        }
        drop(entries);
        self.changes.send_modify(|changes| *changes += 1);
    }

    pub(crate) fn read<T>(&self, read: impl FnOnce(&[Recorded]) -> T) -> T {
        read(&self.entries().1)
    }

    /// Returns when `holds` is true of what came so far.
    pub(crate) async fn wait_until(&self, holds: impl Fn(&[Recorded]) -> bool) {
        let mut changes = self.changes.subscribe();
        // The sender lives as long as the log.
        while !self.read(&holds) && changes.changed().await.is_ok() {}
    }
}

/// A body without its secrets.
pub(crate) fn without_secrets(value: Value) -> Value {
    match value {
        Value::Object(fields) => {
            let clean = |(name, value): (String, Value)| {
                let kept = if SECRET.contains(&name.as_str()) {
                    json!("…")
                } else {
                    without_secrets(value)
                };
                (name, kept)
            };
            Value::Object(fields.into_iter().map(clean).collect())
        }
        Value::Array(values) => Value::Array(values.into_iter().map(without_secrets).collect()),
        other => other,
    }
}
