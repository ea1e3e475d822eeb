//! One call as it is put together by an operation's method, and what its answer is made into.

use crate::client::Client;
use crate::decode::{Answer, Fault};
use crate::error::Error;
use crate::http::Received;
use crate::operation::Operation;
use crate::request_id::RequestId;
use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use reqwest::Url;
use serde::Serialize;
use serde_json::Value;
use std::borrow::Cow;
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

/// What stands behind the question mark of an address.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Pairs(pub(crate) Vec<(Cow<'static, str>, String)>);

impl Pairs {
    pub(crate) fn put(&mut self, name: impl Into<Cow<'static, str>>, value: &impl Filtered) {
        let name = name.into();
        for text in value.texts() {
            self.0.push((name.clone(), text));
        }
    }
}

/// A value that can stand in a query.
pub trait Parameter {
    fn text(&self) -> String;
}

/// A field of a filter: nothing, a value, or several.
pub(crate) trait Filtered {
    fn texts(&self) -> Vec<String>;
}

impl<T: Parameter> Filtered for Option<T> {
    fn texts(&self) -> Vec<String> {
        self.iter().map(Parameter::text).collect()
    }
}

/// Several values of one filter are a list with commas.
impl<T: Parameter> Filtered for Vec<T> {
    fn texts(&self) -> Vec<String> {
        if self.is_empty() {
            return Vec::new();
        }
        vec![self.iter().map(Parameter::text).collect::<Vec<_>>().join(",")]
    }
}

/// Values of which each has the filter's name before it again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Each<T>(pub Vec<T>);

impl<T> Default for Each<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: Parameter> Filtered for Each<T> {
    fn texts(&self) -> Vec<String> {
        self.0.iter().map(Parameter::text).collect()
    }
}

macro_rules! parameters {
    ($($type:ty),+) => {$(
        impl Parameter for $type {
            fn text(&self) -> String {
                self.to_string()
            }
        }
    )+};
}
parameters!(String, i64, bool, NaiveDate, RequestId);

impl Parameter for DateTime<Utc> {
    fn text(&self) -> String {
        self.to_rfc3339_opts(SecondsFormat::Secs, true)
    }
}

/// By which member a list is sorted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderBy {
    /// As Contabo writes it: `createdDate`.
    pub member: String,
    pub descending: bool,
}

impl Parameter for OrderBy {
    fn text(&self) -> String {
        let direction = if self.descending { "DESC" } else { "ASC" };
        format!("{}:{direction}", self.member)
    }
}

/// The filters of one list, as a struct whose default filters nothing. A list may also be sorted.
macro_rules! filter {
    ($(#[$about:meta])* $name:ident {
        $($(#[$field_about:meta])* $field:ident: $type:ty $(= $json:literal)?,)*
    }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Default, PartialEq)]
        pub struct $name {
            $($(#[$field_about])* pub $field: $type,)*
            /// By what it is sorted, the first first.
            pub order_by: $crate::asking::Each<$crate::asking::OrderBy>,
        }

        impl $name {
            pub(crate) fn pairs(&self) -> $crate::asking::Pairs {
                let mut pairs = $crate::asking::Pairs::default();
                $(pairs.put(filter!(@name $field $($json)?), &self.$field);)*
                pairs.put("orderBy", &self.order_by);
                pairs
            }
        }
    };
    (@name $field:ident $json:literal) => {
        $json
    };
    (@name $field:ident) => {
        $crate::decode::camel_case(stringify!($field))
    };
}
pub(crate) use filter;

#[cfg(test)]
#[expect(unreachable_pub, reason = "what the macro makes is public, as the crate needs it")]
mod tests {
    use super::*;
    use serde_json::json;

    filter! {
        /// Which things.
        Filter {
            name: Option<String>,
            thing_ids: Vec<i64>,
            ips: Each<String>,
            changed_at: Option<DateTime<Utc>> = "modificationStartTime",
        }
    }

    #[test]
    fn a_filter_becomes_a_query() {
        assert_eq!(Filter::default().pairs(), Pairs::default());
        let filter = Filter {
            name: Some("a&b=ü".to_owned()),
            thing_ids: vec![1, 2],
            ips: Each(vec!["192.0.2.1".to_owned(), "192.0.2.2".to_owned()]),
            changed_at: "2026-11-20T10:00:00Z".parse().ok(),
            order_by: Each(vec![OrderBy {
                member: "name".to_owned(),
                descending: true,
            }]),
        };
        let mut url = Url::parse("http://localhost/v1/things").unwrap();
        url.query_pairs_mut().extend_pairs(&filter.pairs().0);
        assert_eq!(
            url.query().unwrap(),
            "name=a%26b%3D%C3%BC&thingIds=1%2C2&ips=192.0.2.1&ips=192.0.2.2\
             &modificationStartTime=2026-11-20T10%3A00%3A00Z&orderBy=name%3ADESC"
        );
    }

    #[test]
    fn a_body_has_no_nulls() {
        let mut value = json!({"a": null, "b": {"c": null, "d": 1}, "e": [{"f": null}], "g": ""});
        leave_out_nulls(&mut value);
        assert_eq!(value, json!({"b": {"d": 1}, "e": [{}], "g": ""}));
    }
}
