//! Sending one request and reading its answer, within limits of time and size. What the answer means is
//! decided elsewhere; here is only decided whether the request can have arrived.

use crate::error::Error;
use crate::options::Options;
use reqwest::header::{ACCEPT, CONTENT_TYPE, DATE, HeaderMap, RETRY_AFTER};
use reqwest::{RequestBuilder, Response, Url, redirect};
use std::time::Duration;

/// Longer rests are cut to this: nobody waits for a whole day because of one header.
const LONGEST_REST: Duration = Duration::from_secs(3600);

pub(crate) struct Http {
    client: reqwest::Client,
    largest_answer: usize,
}

/// What became of a request.
pub(crate) enum Outcome {
    Answered(Received),
    /// It can't have arrived.
    Unsent {
        detail: String,
    },
    /// It may have arrived.
    Unanswered {
        detail: String,
    },
}

/// A whole answer.
pub(crate) struct Received {
    pub(crate) status: u16,
    pub(crate) body: Vec<u8>,
    pub(crate) retry_after: Option<Duration>,
    /// The type that the answer claims to have.
    pub(crate) content_type: String,
}

impl Http {
    pub(crate) fn new(options: &Options) -> Result<Self, Error> {
        // The process may have chosen its provider of cryptography; otherwise it is ring, as everywhere.
        if rustls::crypto::CryptoProvider::get_default().is_none() {
            let _ = rustls::crypto::ring::default_provider().install_default();
        }
        let client = reqwest::Client::builder()
            .connect_timeout(options.connect_timeout)
            .timeout(options.timeout)
            // Shorter than what servers keep: a request on a connection that is being closed is unclear.
            .pool_idle_timeout(Duration::from_secs(20))
            // A redirect would repeat the request somewhere else, and the API has none.
            .redirect(redirect::Policy::none())
            // Whether something is asked again is decided in one place, which is not the library.
            .retry(reqwest::retry::never())
            .no_proxy()
            .user_agent("mainstay-contabo")
            .build()
            .map_err(|error| Error::Invalid {
                detail: format!("no HTTP client can be made: {}", causes(&error)),
            })?;
        Ok(Self {
            client,
            largest_answer: options.largest_answer,
        })
    }

    pub(crate) fn request(&self, method: reqwest::Method, url: Url) -> RequestBuilder {
        self.client.request(method, url).header(ACCEPT, "application/json")
    }

    pub(crate) fn post_form(&self, url: &Url, form: &[(&str, &str)]) -> RequestBuilder {
        self.request(reqwest::Method::POST, url.clone()).form(form)
    }

    pub(crate) async fn send(&self, request: RequestBuilder) -> Outcome {
        let response = match request.send().await {
            Ok(response) => response,
            Err(error) if error.is_connect() || error.is_builder() => {
                return Outcome::Unsent { detail: causes(&error) };
            }
            Err(error) => {
                return Outcome::Unanswered { detail: causes(&error) };
            }
        };
        let status = response.status().as_u16();
        let headers = response.headers();
        let retry_after = retry_after(headers);
        let content_type = header(headers, CONTENT_TYPE).unwrap_or_default().to_owned();
        match self.body(response).await {
            Ok(body) => Outcome::Answered(Received {
                status,
                body,
                retry_after,
                content_type,
            }),
            Err(detail) => Outcome::Unanswered {
                detail: format!("the answer ({status}) broke off: {detail}"),
            },
        }
    }

    async fn body(&self, mut response: Response) -> Result<Vec<u8>, String> {
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|error| causes(&error))? {
            if body.len() + chunk.len() > self.largest_answer {
                return Err(format!("it is larger than {} bytes", self.largest_answer));
            }
            body.extend_from_slice(&chunk);
        }
        Ok(body)
    }
}

impl Outcome {
    pub(crate) fn status(&self) -> Option<u16> {
        match self {
            Self::Answered(answer) => Some(answer.status),
            Self::Unsent { .. } | Self::Unanswered { .. } => None,
        }
    }

    pub(crate) fn failure(&self) -> Option<String> {
        match self {
            Self::Answered(_) => None,
            Self::Unsent { detail } | Self::Unanswered { detail } => Some(detail.clone()),
        }
    }
}

fn header(headers: &HeaderMap, name: reqwest::header::HeaderName) -> Option<&str> {
    headers.get(name)?.to_str().ok()
}

/// Seconds, or a moment of the server's own clock, which the answer carries too.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = header(headers, RETRY_AFTER)?.trim();
    let rest = match text.parse() {
        Ok(seconds) => Duration::from_secs(seconds),
        Err(_) => {
            let until = chrono::DateTime::parse_from_rfc2822(text).ok()?;
            let now = chrono::DateTime::parse_from_rfc2822(header(headers, DATE)?).ok()?;
            (until - now).to_std().ok()?
        }
    };
    Some(rest.min(LONGEST_REST))
}

/// An error of the library with its causes, without the address: its query may hold names.
fn causes(error: &reqwest::Error) -> String {
    let what = if error.is_timeout() {
        "no answer in time"
    } else if error.is_connect() {
        "no connection"
    } else if error.is_builder() {
        "no valid request"
    } else {
        "the connection broke"
    };
    let mut text = what.to_owned();
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        let cause_text = cause.to_string();
        if !text.contains(&cause_text) {
            text.push_str(": ");
            text.push_str(&cause_text);
        }
        source = cause.source();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use reqwest::header::HeaderValue;

    fn rest(retry: &'static str, date: Option<&'static str>) -> Option<u64> {
        let mut headers = HeaderMap::new();
        headers.insert(RETRY_AFTER, HeaderValue::from_static(retry));
        if let Some(date) = date {
            headers.insert(DATE, HeaderValue::from_static(date));
        }
        retry_after(&headers).map(|rest| rest.as_secs())
    }

    #[test]
    fn the_wanted_rest_comes_in_seconds_or_as_a_moment() {
        let now = Some("Fri, 20 Nov 2026 10:00:00 GMT");
        assert_eq!(rest("7", None), Some(7));
        assert_eq!(rest("Fri, 20 Nov 2026 10:01:30 GMT", now), Some(90));
        assert_eq!(rest("Fri, 20 Nov 2026 09:00:00 GMT", now), None);
        assert_eq!(rest("Fri, 20 Nov 2026 10:01:30 GMT", None), None);
        assert_eq!(rest("soon", now), None);
        assert_eq!(rest("999999999", None), Some(3600));
        assert_eq!(retry_after(&HeaderMap::new()), None);
    }
}
