//! Where Contabo is, and what a client may take: time, memory, requests.

use crate::call::Call;
use reqwest::Url;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// Is told of every request that was made.
pub type Observer = Arc<dyn Fn(&Call) + Send + Sync>;

/// Settings of one client. The defaults suit the real Contabo.
#[derive(Clone)]
pub struct Options {
    /// The API; paths are put behind it.
    pub api: Url,
    /// The token endpoint.
    pub sign_in: Url,
    /// For the TCP connection and TLS.
    pub connect_timeout: Duration,
    /// For a whole call, connecting included.
    pub timeout: Duration,
    /// How long before its end a token is renewed.
    pub renew_before: Duration,
    /// After a refused sign-in, for how long it is not tried again: the identity server locks accounts.
    pub sign_in_pause: Duration,
    pub rate: Rate,
    pub retry: Retry,
    pub breaker: BreakerOptions,
    /// Bytes of one answer.
    pub largest_answer: usize,
    /// Items asked for with one page of a list; Contabo gives at most 100.
    pub page_size: u32,
    /// Pages of one list.
    pub most_pages: u32,
    pub observer: Option<Observer>,
}

/// How often the account may be asked.
#[derive(Debug, Clone, Copy)]
pub struct Rate {
    /// Requests a second in the long run.
    pub per_second: f64,
    /// Requests at once after a rest.
    pub burst: u32,
    /// The rest after a 429 that names none.
    pub rest: Duration,
    /// How long a call may wait for its turn; if that would not do, it ends as paused at once.
    pub patience: Duration,
}

/// How questions are asked again. Changes never are, but after a 401 (once) and a 429: these say that
/// nothing was done.
#[derive(Debug, Clone, Copy)]
pub struct Retry {
    /// How often one thing is sent at most.
    pub attempts: u32,
    /// Before the second attempt, doubled before each further one, less a random part.
    pub first_wait: Duration,
    pub longest_wait: Duration,
}

/// When an account that only fails is left alone.
#[derive(Debug, Clone, Copy)]
pub struct BreakerOptions {
    /// Failures in a row.
    pub failures: u32,
    /// The first pause; each further one is twice as long.
    pub pause: Duration,
    pub longest_pause: Duration,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            api: address("https://api.contabo.com"),
            sign_in: address("https://auth.contabo.com/auth/realms/contabo/protocol/openid-connect/token"),
            connect_timeout: Duration::from_secs(10),
            timeout: Duration::from_secs(30),
            renew_before: Duration::from_secs(60),
            sign_in_pause: Duration::from_secs(60),
            rate: Rate {
                per_second: 4.0,
                burst: 8,
                rest: Duration::from_secs(60),
                patience: Duration::from_secs(120),
            },
            retry: Retry {
                attempts: 3,
                first_wait: Duration::from_secs(1),
                longest_wait: Duration::from_secs(15),
            },
            breaker: BreakerOptions {
                failures: 5,
                pause: Duration::from_secs(30),
                longest_pause: Duration::from_secs(300),
            },
            largest_answer: 16 * 1024 * 1024,
            page_size: 100,
            most_pages: 2_000,
            observer: None,
        }
    }
}

/// One of the two addresses above.
#[expect(clippy::expect_used, reason = "the two are constants, and a test makes the default")]
fn address(text: &str) -> Url {
    Url::parse(text).expect("a constant address is an address")
}

impl fmt::Debug for Options {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Options")
            .field("api", &self.api.as_str())
            .field("sign_in", &self.sign_in.as_str())
            .field("timeout", &self.timeout)
            .field("rate", &self.rate)
            .field("retry", &self.retry)
            .field("breaker", &self.breaker)
            .field("observed", &self.observer.is_some())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_is_the_real_contabo() {
        let options = Options::default();
        assert_eq!(options.api.host_str(), Some("api.contabo.com"));
        assert_eq!(options.sign_in.host_str(), Some("auth.contabo.com"));
    }
}
