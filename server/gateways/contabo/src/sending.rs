//! How a call is sent: in its turn, with a token, and again where that can do no harm.
//!
//! A question is asked again a few times. A change is sent once; only a 401 (not taken, asked again once
//! with a new token) and a 429 (not taken, asked again after the rest) say that nothing was done, so that
//! sending it again is not doing it twice.

use crate::asking::{Answered, Asking};
use crate::call::Call;
use crate::error::Error;
use crate::http::{Outcome, Received};
use crate::options::Retry;
use crate::request_id::RequestId;
use crate::says;
use reqwest::Url;
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, HeaderValue};
use std::time::Duration;
use tokio::time::{Instant, sleep};

/// What an attempt came to.
enum Attempt {
    Good(Received),
    /// The token was not taken.
    NotSignedIn(Received),
    /// Too often; nothing was done.
    TooOften(Option<Duration>),
    /// Refused; asking again would be refused again.
    Refused(Received),
    /// May be better next time.
    Failed {
        error: Error,
        wait: Option<Duration>,
    },
}

impl Asking<'_> {
    pub(crate) async fn send(&self) -> Result<Answered, Error> {
        let address = self.address.as_ref().map_err(Clone::clone)?;
        // The library's futures are large, and this is awaited within many others.
        Box::pin(self.send_to(address)).await
    }

    async fn send_to(&self, address: &Url) -> Result<Answered, Error> {
        let shared = &self.client.shared;
        let retry = &shared.options.retry;
        let mut stale = None;
        let mut last = None;
        let mut number = 0;
        loop {
            number += 1;
            let request_id = self.request_id.unwrap_or_else(RequestId::random);
            // What came of the attempt before says more than that there will be no further one.
            let paused = |until| last.clone().unwrap_or(Error::Paused { until });
            shared.breaker.check().map_err(paused)?;
            shared.limiter.wait().await.map_err(paused)?;
            let admission = shared.breaker.admit().map_err(paused)?;
            let bearer = shared.tokens.bearer(&shared.http, &shared.options, stale).await;
            let (attempt, token) = match bearer {
                Ok(bearer) => {
                    let attempt = self.attempt(address, bearer.header, request_id, number).await;
                    (attempt, Some(bearer.number))
                }
                Err(error @ Error::Unreachable { .. }) => (Attempt::Failed { error, wait: None }, None),
                Err(error) => return Err(error),
            };
            match &attempt {
                Attempt::Failed { .. } => admission.failed(),
                _ => admission.succeeded(),
            }
            let more = number < retry.attempts;
            match attempt {
                Attempt::Good(received) => return Ok(Answered { received, request_id }),
                Attempt::NotSignedIn(_) if stale.is_none() => stale = token,
                Attempt::NotSignedIn(received) | Attempt::Refused(received) => {
                    return Err(Error::Refused {
                        operation: self.operation.name,
                        status: received.status,
                        says: says::reasons(&received.body),
                        request_id,
                    });
                }
                Attempt::TooOften(retry_after) => {
                    shared.limiter.rest(retry_after.unwrap_or(shared.options.rate.rest));
                    let error = Error::RateLimited { retry_after };
                    if !more {
                        return Err(error);
                    }
                    last = Some(error);
                }
                Attempt::Failed { error, wait } => {
                    let wait = wait.unwrap_or_default().max(backoff(retry, number));
                    if self.changing() || !more || wait > shared.options.rate.patience {
                        return Err(error);
                    }
                    last = Some(error);
                    sleep(wait).await;
                }
            }
        }
    }

    /// Sends it once, and tells of it.
    async fn attempt(&self, address: &Url, token: HeaderValue, request_id: RequestId, number: u32) -> Attempt {
        let shared = &self.client.shared;
        let mut request = shared
            .http
            .request(self.operation.method.http(), address.clone())
            .header(AUTHORIZATION, token)
            .header("x-request-id", request_id.to_string());
        if let Some(body) = &self.body {
            request = request.header(CONTENT_TYPE, "application/json").body(body.to_string());
        }
        let started = Instant::now();
        let sent = shared.http.send(request).await;
        let call = Call {
            operation: self.operation.name,
            method: self.operation.method.as_str(),
            path: address.path().to_owned(),
            status: sent.status(),
            failure: sent.failure(),
            took: started.elapsed(),
            request_id,
            attempt: number,
            changing: self.changing(),
        };
        call.tell(shared.options.observer.as_ref());
        self.judge(sent, request_id)
    }

    fn judge(&self, sent: Outcome, request_id: RequestId) -> Attempt {
        let received = match sent {
            Outcome::Answered(received) => received,
            Outcome::Unsent { detail } => {
                return Attempt::Failed {
                    error: Error::Unreachable { detail },
                    wait: None,
                };
            }
            Outcome::Unanswered { detail } => {
                return Attempt::Failed {
                    error: self.unclear(None, Vec::new(), detail, request_id),
                    wait: None,
                };
            }
        };
        match received.status {
            200..=299 => Attempt::Good(received),
            401 => Attempt::NotSignedIn(received),
            429 => Attempt::TooOften(received.retry_after),
            // A time-out somewhere on the way is no refusal.
            400..=407 | 409..=499 => Attempt::Refused(received),
            status => {
                let detail = match status {
                    408 | 500..=599 => format!("Contabo failed ({status})"),
                    // The API has no redirects and no other answers; something stands between.
                    _ => format!("an answer that the API does not give ({status})"),
                };
                let says = says::reasons(&received.body);
                Attempt::Failed {
                    error: self.unclear(Some(status), says, detail, request_id),
                    wait: received.retry_after,
                }
            }
        }
    }

    fn unclear(&self, status: Option<u16>, says: Vec<String>, detail: String, request_id: RequestId) -> Error {
        Error::Unclear {
            operation: self.operation.name,
            changing: self.changing(),
            status,
            says,
            detail,
            request_id,
        }
    }
}

/// The wait after this attempt: doubled from attempt to attempt, less up to a half, so that callers who
/// failed together do not come back together.
fn backoff(retry: &Retry, number: u32) -> Duration {
    let doubled = retry.first_wait.saturating_mul(1 << number.saturating_sub(1).min(16));
    let part = getrandom::u32().map_or(1.0, |random| f64::from(random) / f64::from(u32::MAX));
    doubled.min(retry.longest_wait).mul_f64(0.5 + part / 2.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_their_limit() {
        let retry = Retry {
            attempts: 99,
            first_wait: Duration::from_secs(1),
            longest_wait: Duration::from_secs(15),
        };
        for (number, most) in [(1, 1), (2, 2), (3, 4), (4, 8), (5, 15), (99, 15)] {
            for _ in 0..50 {
                let wait = backoff(&retry, number);
                let most = Duration::from_secs(most);
                assert!(wait <= most && wait >= most / 2, "{number}: {wait:?}");
            }
        }
    }
}
