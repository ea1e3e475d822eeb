//! The token that all callers of an account share: one of them renews it while the others wait.
//!
//! It is renewed before its end, with the refresh token while that lives and with the password otherwise.
//! Nothing of a token is ever shown or kept longer than it is of use.

use crate::account::Account;
use crate::call::Call;
use crate::error::Error;
use crate::http::{Http, Outcome, Received};
use crate::options::Options;
use crate::request_id::RequestId;
use crate::says;
use reqwest::header::HeaderValue;
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;
use std::time::Duration;
use tokio::sync::Mutex;
use tokio::time::Instant;

/// A token that could not be renewed is used on, and renewing tried again after this.
const TRY_AGAIN: Duration = Duration::from_secs(10);

pub(crate) struct Tokens {
    account: Account,
    /// One caller at a time is in here; who waits finds what that one made.
    held: Mutex<Held>,
}

#[derive(Default)]
struct Held {
    token: Option<Token>,
    refresh: Option<Refresh>,
    /// The last refusal of the credentials, answered to everybody for a while.
    refused: Option<(Instant, Error)>,
    /// When the last attempt failed otherwise: who waited for it does not wait for another.
    failed: Option<(Instant, Error)>,
    made: u64,
}

struct Token {
    header: HeaderValue,
    renew_at: Instant,
    ends: Instant,
}

struct Refresh {
    token: SecretString,
    /// `None` where it was not said: then the identity server knows.
    ends: Option<Instant>,
}

/// A token to be sent.
pub(crate) struct Bearer {
    pub(crate) header: HeaderValue,
    /// Which one it is, so that whoever found it expired does not renew its successor.
    pub(crate) number: u64,
}

/// How a token is asked for.
enum Grant {
    Refresh(SecretString),
    Password,
}

impl Tokens {
    pub(crate) fn new(account: Account) -> Self {
        Self {
            account,
            held: Mutex::default(),
        }
    }

    /// A token that is good for a while. `stale` is the number of one that Contabo did not take.
    pub(crate) async fn bearer(&self, http: &Http, options: &Options, stale: Option<u64>) -> Result<Bearer, Error> {
        let came = Instant::now();
        let mut held = self.held.lock().await;
        let now = Instant::now();
        if stale == Some(held.made) {
            held.token = None;
        }
        if let Some(bearer) = held.bearer(|token| now < token.renew_at) {
            return Ok(bearer);
        }
        let error = match held.known_failure(came, now) {
            Some(error) => error,
            None => match self.renew(&mut held, http, options).await {
                Ok(bearer) => return Ok(bearer),
                Err(error) => held.note(error, options),
            },
        };
        // While the old one is still good, nobody need notice that it can't be renewed.
        let now = Instant::now();
        if let Some(token) = &mut held.token {
            token.renew_at = (now + TRY_AGAIN).min(token.ends);
        }
        held.bearer(|token| now < token.ends).ok_or(error)
    }

    async fn renew(&self, held: &mut Held, http: &Http, options: &Options) -> Result<Bearer, Error> {
        if let Some(refresh) = held.refresh.take()
            && refresh.ends.is_none_or(|ends| Instant::now() < ends)
        {
            match self.ask(http, options, &Grant::Refresh(refresh.token.clone())).await {
                Ok(answer) => return held.keep(&answer, options),
                // The session is over; the password opens a new one.
                Err(Error::SignIn { .. }) => {}
                Err(error) => {
                    // The identity server is away: the refresh token is good for another try.
                    held.refresh = Some(refresh);
                    return Err(error);
                }
            }
        }
        let answer = self.ask(http, options, &Grant::Password).await?;
        held.keep(&answer, options)
    }

    async fn ask(&self, http: &Http, options: &Options, grant: &Grant) -> Result<Value, Error> {
        let account = &self.account;
        let mut form = vec![
            ("client_id", account.client_id.as_str()),
            ("client_secret", account.client_secret.expose_secret()),
        ];
        match grant {
            Grant::Refresh(token) => {
                form.push(("grant_type", "refresh_token"));
                form.push(("refresh_token", token.expose_secret()));
            }
            Grant::Password => {
                form.push(("grant_type", "password"));
                form.push(("username", &account.user));
                form.push(("password", account.password.expose_secret()));
            }
        }
        let request_id = RequestId::random();
        let request = http
            .post_form(&options.sign_in, &form)
            .header("x-request-id", request_id.to_string());
        let started = Instant::now();
        let sent = http.send(request).await;
        let call = Call {
            operation: "sign_in",
            method: "POST",
            path: options.sign_in.path().to_owned(),
            status: sent.status(),
            failure: sent.failure(),
            took: started.elapsed(),
            request_id,
            attempt: 1,
            changing: false,
        };
        call.tell(options.observer.as_ref());
        match sent {
            Outcome::Answered(answer) => judge(&answer),
            // Whatever became of it, nothing was asked of the API.
            Outcome::Unsent { detail } | Outcome::Unanswered { detail } => Err(Error::Unreachable {
                detail: format!("signing in: {detail}"),
            }),
        }
    }
}

/// What the identity server's answer means.
fn judge(answer: &Received) -> Result<Value, Error> {
    match answer.status {
        200..=299 => serde_json::from_slice(&answer.body).map_err(|_| unreadable("is not JSON")),
        429 => Err(Error::RateLimited {
            retry_after: answer.retry_after,
        }),
        status @ 400..=499 => Err(Error::SignIn {
            status,
            says: match says::reasons(&answer.body) {
                reasons if reasons.is_empty() => "no reason given".to_owned(),
                reasons => reasons.join("; "),
            },
        }),
        status => Err(Error::Unreachable {
            detail: format!("signing in: the identity server answered {status}"),
        }),
    }
}

impl Held {
    /// A failure that need not be found out again.
    fn known_failure(&self, came: Instant, now: Instant) -> Option<Error> {
        let refused = self.refused.as_ref().filter(|(until, _)| now < *until);
        let failed = || self.failed.as_ref().filter(|(when, _)| came < *when);
        refused.or_else(failed).map(|(_, error)| error.clone())
    }

    fn note(&mut self, error: Error, options: &Options) -> Error {
        let now = Instant::now();
        if matches!(error, Error::SignIn { .. }) {
            self.refused = Some((now + options.sign_in_pause, error.clone()));
        } else {
            self.failed = Some((now, error.clone()));
        }
        error
    }

    /// The token, if it is good enough.
    fn bearer(&self, is_good: impl Fn(&Token) -> bool) -> Option<Bearer> {
        let token = self.token.as_ref().filter(|token| is_good(token))?;
        Some(Bearer {
            header: token.header.clone(),
            number: self.made,
        })
    }

    fn keep(&mut self, answer: &Value, options: &Options) -> Result<Bearer, Error> {
        let token = answer
            .get("access_token")
            .and_then(Value::as_str)
            .ok_or_else(|| unreadable("has no access_token"))?;
        let mut header =
            HeaderValue::from_str(&format!("Bearer {token}")).map_err(|_| unreadable("has a token that is none"))?;
        header.set_sensitive(true);
        let now = Instant::now();
        let lives = seconds(answer, "expires_in").unwrap_or(Duration::from_secs(300));
        // A token that lives shortly is used for half its life at least.
        let margin = options.renew_before.min(lives / 2);
        self.made += 1;
        self.refused = None;
        self.token = Some(Token {
            header: header.clone(),
            renew_at: now + (lives - margin),
            ends: now + lives,
        });
        self.refresh = answer
            .get("refresh_token")
            .and_then(Value::as_str)
            .filter(|token| !token.is_empty())
            .map(|token| Refresh {
                token: token.into(),
                // A little earlier, so that it does not end on its way.
                ends: seconds(answer, "refresh_expires_in")
                    .filter(|lives| !lives.is_zero())
                    .map(|lives| now + lives.saturating_sub(Duration::from_secs(10))),
            });
        Ok(Bearer {
            header,
            number: self.made,
        })
    }
}

/// A span in an answer, of at most a day: clocks are not asked for more.
fn seconds(answer: &Value, name: &str) -> Option<Duration> {
    let seconds = crate::decode::whole(answer.get(name)?)?;
    Some(Duration::from_secs(seconds.clamp(0, 86_400).unsigned_abs()))
}

fn unreadable(what: &str) -> Error {
    Error::Unreadable {
        what: format!("the identity server's answer {what}"),
        place: String::new(),
    }
}
