//! One call as it is put together by an operation's method, and what its answer is made into.

use crate::client::Client;
use crate::decode::{Answer, Fault};
use crate::error::Error;
use crate::http::Received;
use crate::operation::Operation;
use crate::query::Pairs;
use crate::request_id::RequestId;
use reqwest::Url;
use serde::Serialize;
use serde_json::Value;
use std::fmt;

/// An id that fills a place of a path. Shared, so that a call's future can move to another thread.
pub(crate) type Segment<'a> = &'a (dyn fmt::Display + Sync);

/// A call that is not sent yet. What can't be sent is found out when it should be.
pub(crate) struct Asking<'a> {
    pub(crate) client: &'a Client,
    pub(crate) operation: &'static Operation,
    pub(crate) address: Result<Url, Error>,
    pub(crate) body: Option<Value>,
    /// The caller's, for a change; a question has a new one for each attempt.
    pub(crate) request_id: Option<RequestId>,
}

/// A good answer to an [`Asking`].
pub(crate) struct Answered {
    pub(crate) received: Received,
    pub(crate) request_id: RequestId,
}

impl<'a> Asking<'a> {
    pub(crate) fn new(
        client: &'a Client,
        operation: &'static Operation,
        segments: &[Segment<'_>],
        request_id: Option<RequestId>,
    ) -> Self {
        let segments: Vec<String> = segments.iter().map(ToString::to_string).collect();
        Self {
            client,
            operation,
            address: operation.address(&client.shared.options.api, &segments),
            body: None,
            request_id,
        }
    }

    pub(crate) fn query(mut self, pairs: &Pairs) -> Self {
        if let Ok(address) = &mut self.address
            && !pairs.0.is_empty()
        {
            address.query_pairs_mut().extend_pairs(&pairs.0);
        }
        self
    }

    /// The body, in which what is `None` is left out: no request of the API has a null.
    pub(crate) fn body(mut self, body: &impl Serialize) -> Self {
        match serde_json::to_value(body) {
            Ok(mut value) => {
                leave_out_nulls(&mut value);
                self.body = Some(value);
            }
            Err(_) => {
                self.address = Err(Error::Invalid {
                    detail: format!("{}: the body can't be written", self.operation.name),
                });
            }
        }
        self
    }

    /// An empty body, which some operations want although they need nothing.
    pub(crate) fn empty_body(mut self) -> Self {
        self.body = Some(Value::Object(serde_json::Map::new()));
        self
    }

    pub(crate) fn changing(&self) -> bool {
        self.request_id.is_some()
    }

    /// Sends it, where the answer's content does not matter.
    pub(crate) async fn done(self) -> Result<(), Error> {
        let answered = self.send().await?;
        // A page of HTML is not from the API, whatever its status is.
        let body = answered.received.body.trim_ascii();
        if body.is_empty() || serde_json::from_slice::<serde::de::IgnoredAny>(body).is_ok() {
            return Ok(());
        }
        Err(self.unusable(&answered, &not_json(&answered.received)))
    }

    /// Sends it and reads the one thing that the answer is about.
    pub(crate) async fn one<T: Answer>(self) -> Result<T, Error> {
        let answered = self.send().await?;
        one(&answered.received).map_err(|fault| self.unusable(&answered, &fault))
    }

    /// Sends it and reads all things of a list that has no pages.
    pub(crate) async fn all<T: Answer>(self) -> Result<Vec<T>, Error> {
        let answered = self.send().await?;
        json(&answered.received)
            .and_then(|value| data(&value))
            .map_err(|fault| self.unusable(&answered, &fault))
    }

    /// What it means that a good status came with an answer that is of no use: a change was made.
    pub(crate) fn unusable(&self, answered: &Answered, fault: &Fault) -> Error {
        if self.changing() {
            return Error::Unclear {
                operation: self.operation.name,
                changing: true,
                status: Some(answered.received.status),
                says: Vec::new(),
                detail: format!("the answer can't be understood: {fault}"),
                request_id: answered.request_id,
            };
        }
        Error::Unreadable {
            what: format!("{}: {}", self.operation.name, fault.what()),
            place: fault.place().to_owned(),
        }
    }
}

pub(crate) fn json(received: &Received) -> Result<Value, Fault> {
    serde_json::from_slice(&received.body).map_err(|_| not_json(received))
}

fn not_json(received: &Received) -> Fault {
    let kind = match received.content_type.split(';').next() {
        Some(kind) if !kind.is_empty() => kind,
        _ => "nothing that says what it is",
    };
    match received.body.len() {
        0 => Fault::new("empty instead of JSON"),
        length => Fault::new(format!("{length} bytes of {kind} instead of JSON")),
    }
}

/// `data` as a list of things; one thing alone may stand there without its list.
pub(crate) fn data<T: Answer>(value: &Value) -> Result<Vec<T>, Fault> {
    match value.get("data") {
        Some(thing @ Value::Object(_)) => T::read(thing)
            .map(|thing| vec![thing])
            .map_err(|fault| fault.within("data")),
        Some(things) if !things.is_null() => Vec::read(things).map_err(|fault| fault.within("data")),
        _ => Err(Fault::new("has no data")),
    }
}

/// The first of `data`, or the whole answer where it has no `data`.
fn one<T: Answer>(received: &Received) -> Result<T, Fault> {
    let value = json(received)?;
    if value.is_object() && value.get("data").is_none() {
        return T::read(&value);
    }
    data(&value)?
        .into_iter()
        .next()
        .ok_or_else(|| Fault::new("is an empty list").within("data"))
}

fn leave_out_nulls(value: &mut Value) {
    match value {
        Value::Object(members) => {
            members.retain(|_, member| !member.is_null());
            members.values_mut().for_each(leave_out_nulls);
        }
        Value::Array(items) => items.iter_mut().for_each(leave_out_nulls),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_body_has_no_nulls() {
        let mut value = json!({"a": null, "b": {"c": null, "d": 1}, "e": [{"f": null}], "g": ""});
        leave_out_nulls(&mut value);
        assert_eq!(value, json!({"b": {"d": 1}, "e": [{}], "g": ""}));
    }
}
