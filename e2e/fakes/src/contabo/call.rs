//! What an operation is given and what it gives back: the account, the parameters and the body; an answer in Contabo's
//! envelope or a refusal in Contabo's words.

use serde_json::{Map, Value, json};

use super::account::{Account, Subject};
use super::clock_text;
use super::list::Query;
use super::spec::{Behaviour, OrderOutcome};

/// One request of an account whose right to ask was already shown.
pub(crate) struct Call<'a> {
    pub(crate) account: &'a mut Account,
    pub(crate) behaviour: &'a Behaviour,
    pub(crate) now: i64,
    pub(crate) parameters: Vec<(&'static str, String)>,
    pub(crate) path: &'a str,
    pub(crate) raw_query: &'a str,
    pub(crate) query: Query,
    pub(crate) body: Value,
    pub(crate) request_id: String,
    pub(crate) trace_id: String,
    /// The next outcome of an order, if somebody arranged one.
    pub(crate) order_outcome: Option<OrderOutcome>,
}

pub(crate) type Outcome = Result<Answer, Refusal>;

impl Call<'_> {
    /// A parameter of the path. The routes name them, so an empty text means a mistake in the routes.
    pub(crate) fn parameter(&self, name: &str) -> &str {
        let mut all = self.parameters.iter();
        all.find(|(known, _)| *known == name).map_or("", |(_, value)| value)
    }

    /// A parameter of the path that is a number.
    pub(crate) fn number(&self, name: &str) -> Result<i64, Refusal> {
        let number = self.parameter(name).parse();
        number.map_err(|_| Refusal::bad("Validation failed (numeric string is expected)"))
    }

    /// A parameter of the path that is a UUID, in lower case.
    pub(crate) fn uuid(&self, name: &str) -> Result<String, Refusal> {
        let id = self.parameter(name).to_ascii_lowercase();
        if is_uuid(&id) {
            return Ok(id);
        }
        Err(Refusal::complaints(vec![format!("{name} must be a UUID")]))
    }

    /// Who owns what is shown: the beginning of every entry.
    pub(crate) fn entry(&self, fields: Value) -> Value {
        self.account.entry(fields)
    }

    /// Notes a change in the audit lists.
    pub(crate) fn note(&mut self, list: &'static str, action: &'static str, subject: Subject, changes: Value) {
        let (request_id, trace_id) = (self.request_id.clone(), self.trace_id.clone());
        self.account
            .note(self.now, list, action, subject, changes, &request_id, &trace_id);
    }

    /// An answer with entries.
    pub(crate) fn answer(&self, status: u16, data: Vec<Value>) -> Answer {
        self.answer_with(status, json!({ "data": data, "_links": { "self": self.path } }))
    }

    /// An answer that has links alone, as some changes give.
    pub(crate) fn links(&self, status: u16, more: &[(&str, String)]) -> Answer {
        let mut links = Map::new();
        links.insert("self".to_owned(), json!(self.path));
        for (name, path) in more {
            links.insert((*name).to_owned(), json!(path));
        }
        self.answer_with(status, json!({ "_links": links }))
    }

    pub(crate) fn answer_with(&self, status: u16, body: Value) -> Answer {
        Answer {
            status,
            body: Some(body),
        }
    }

    /// 204.
    pub(crate) fn nothing(&self) -> Answer {
        Answer {
            status: 204,
            body: None,
        }
    }

    /// This moment as text.
    pub(crate) fn stamp(&self) -> String {
        clock_text::time(self.now)
    }
}

/// What an operation gives.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: Option<Value>,
}

/// Why an operation was not done.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Refusal {
    pub(crate) status: u16,
    pub(crate) body: Value,
}

impl Refusal {
    pub(crate) fn new(status: u16, message: &str) -> Self {
        let body = json!({ "statusCode": status, "message": message });
        Self { status, body }
    }

    /// 400 with one sentence.
    pub(crate) fn bad(message: &str) -> Self {
        Self::new(400, message)
    }

    /// 400 with a list, as the checks of bodies give.
    pub(crate) fn complaints(messages: Vec<String>) -> Self {
        let body = json!({ "message": messages, "error": "Bad Request", "statusCode": 400 });
        Self { status: 400, body }
    }

    pub(crate) fn unauthorized() -> Self {
        Self::new(401, "Unauthorized")
    }

    /// 404 for an entry, as `Entry Instances not found by instanceId 5`.
    pub(crate) fn no_entry(what: &str, key: &str, id: impl std::fmt::Display) -> Self {
        Self::new(404, &format!("Entry {what} not found by {key} {id}"))
    }

    /// The list of codes with which region changes are refused.
    pub(crate) fn codes(status: u16, codes: &[&str]) -> Self {
        let body = json!({ "errors": codes });
        Self { status, body }
    }
}

pub(crate) fn is_uuid(text: &str) -> bool {
    let lengths = text.split('-').map(str::len);
    lengths.eq([8, 4, 4, 4, 12]) && text.bytes().all(|octet| octet == b'-' || octet.is_ascii_hexdigit())
}

/// Whether this may be sent as `x-request-id`: a UUID of version 0 to 5.
pub(crate) fn is_request_id(text: &str) -> bool {
    let octets = text.as_bytes();
    is_uuid(text)
        && octets.get(14).is_some_and(|version| (b'0'..=b'5').contains(version))
        && octets.get(19).is_some_and(|variant| b"089abAB".contains(variant))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn request_ids_are_uuids_of_the_versions_that_are_taken() {
        assert!(is_request_id("04E0F898-37B4-48BC-A794-1A57ABE6AA31"));
        for wrong in [
            "",
            "5",
            "04e0f898-37b4-78bc-a794-1a57abe6aa31",
            "04e0f898-37b4-48bc-7794-1a57abe6aa31",
            "04e0f89837b448bca7941a57abe6aa31",
        ] {
            assert!(!is_request_id(wrong), "{wrong}");
        }
    }
}
