//! As little of a client as tests need. The product's own is a different one, so that no mistake is made twice.

use fakes::contabo::FakeContabo;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

/// What was answered.
#[derive(Clone, Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) body: Value,
    pub(crate) retry_after: Option<String>,
}

impl Reply {
    /// The first entry.
    pub(crate) fn first(&self) -> &Value {
        &self.body["data"][0]
    }

    pub(crate) fn data(&self) -> &[Value] {
        self.body["data"].as_array().map_or(&[], Vec::as_slice)
    }
}

#[derive(Clone)]
pub(crate) struct Client {
    http: reqwest::Client,
    pub(crate) base: String,
    token: String,
    pub(crate) next_request: std::sync::Arc<std::sync::atomic::AtomicU64>,
}

/// The fields of a sign-in that is right.
pub(crate) fn credentials() -> Vec<(&'static str, &'static str)> {
    vec![
        ("grant_type", "password"),
        ("client_id", "INT-54321"),
        ("client_secret", "fake-client-secret"),
        ("username", "api@example.net"),
        ("password", "fake & pass+word=1%"),
    ]
}

pub(crate) fn http() -> reqwest::Client {
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder().build().expect("it can be built")
}

/// Signs in and gives what was answered.
pub(crate) async fn sign_in(contabo: &FakeContabo, fields: &[(&str, &str)]) -> (StatusCode, Value) {
    let answer = http().post(contabo.sign_in()).form(fields).send().await;
    let answer = answer.expect("the identity server answers");
    let status = answer.status();
    (status, answer.json().await.expect("it answers in JSON"))
}

impl Client {
    pub(crate) async fn of(contabo: &FakeContabo) -> Self {
        let (status, body) = sign_in(contabo, &credentials()).await;
        assert_eq!(status, 200, "{body}");
        Self {
            http: http(),
            base: contabo.api(),
            token: body["access_token"].as_str().expect("a token").to_owned(),
            next_request: Default::default(),
        }
    }

    /// The id of the request number `n`.
    pub(crate) fn request_id(n: u64) -> String {
        format!("00000000-0000-4000-8000-{n:012}")
    }

    pub(crate) async fn try_send(
        &self,
        method: Method,
        path: &str,
        body: Option<Value>,
    ) -> Result<Reply, reqwest::Error> {
        let n = 1 + self.next_request.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
        let mut request = self
            .http
            .request(method, format!("{}{path}", self.base))
            .bearer_auth(&self.token)
            .header("x-request-id", Self::request_id(n));
        if let Some(body) = body {
            request = request.json(&body);
        }
        let answer = request.send().await?;
        let status = answer.status().as_u16();
        let retry_after = answer.headers().get("retry-after");
        let retry_after = retry_after.map(|value| value.to_str().expect("text").to_owned());
        let text = answer.text().await?;
        Ok(Reply {
            status,
            body: serde_json::from_str(&text).unwrap_or_else(|_| json!(text)),
            retry_after,
        })
    }

    pub(crate) async fn send(&self, method: Method, path: &str, body: Option<Value>) -> Reply {
        self.try_send(method, path, body).await.expect("it answers")
    }

    pub(crate) async fn get(&self, path: &str) -> Reply {
        self.send(Method::GET, path, None).await
    }

    pub(crate) async fn post(&self, path: &str, body: Value) -> Reply {
        self.send(Method::POST, path, Some(body)).await
    }

    pub(crate) async fn put(&self, path: &str, body: Value) -> Reply {
        self.send(Method::PUT, path, Some(body)).await
    }

    pub(crate) async fn patch(&self, path: &str, body: Value) -> Reply {
        self.send(Method::PATCH, path, Some(body)).await
    }

    pub(crate) async fn delete(&self, path: &str) -> Reply {
        self.send(Method::DELETE, path, None).await
    }
}
