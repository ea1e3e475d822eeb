//! What is told about each request that was made: to the log, and to whoever counts. Never a header, a
//! body, a query or a secret.

use crate::options::Observer;
use crate::request_id::RequestId;
use std::time::Duration;

/// One request and what came of it.
#[derive(Debug, Clone)]
pub struct Call {
    /// As in the table of operations, such as `instances.list`; `sign_in` for a token.
    pub operation: &'static str,
    pub method: &'static str,
    /// With its ids, without its query.
    pub path: String,
    /// `None` where no answer came.
    pub status: Option<u16>,
    /// Why none came.
    pub failure: Option<String>,
    /// From the first byte sent to the last one read.
    pub took: Duration,
    pub request_id: RequestId,
    /// From 1.
    pub attempt: u32,
    /// Whether it would change something at Contabo.
    pub changing: bool,
}

impl Call {
    pub(crate) fn tell(&self, observer: Option<&Observer>) {
        let milliseconds = u64::try_from(self.took.as_millis()).unwrap_or(u64::MAX);
        // The levels differ, and the level of an event is fixed where it is written.
        macro_rules! event {
            ($level:ident) => {
                tracing::$level!(
                    operation = self.operation,
                    method = self.method,
                    path = self.path,
                    status = self.status,
                    failure = self.failure,
                    milliseconds,
                    request_id = %self.request_id,
                    attempt = self.attempt,
                    "asked Contabo"
                )
            };
        }
        match self.status {
            Some(200..=299) if self.changing => event!(info),
            Some(200..=299 | 404) => event!(debug),
            _ => event!(warn),
        }
        if let Some(observer) = observer {
            observer(self);
        }
    }
}
