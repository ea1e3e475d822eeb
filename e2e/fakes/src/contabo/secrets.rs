//! Secrets: passwords and SSH keys by number. The value comes with a single one alone.

use serde_json::{Value, json};

use super::account::Account;
use super::call::{Call, Outcome, Refusal};
use super::clock_text;
use super::form::Form;
use super::list::Filter;

const AUDITS: &str = "/v1/secrets/audits";

#[derive(Clone, Debug)]
pub(crate) struct Secret {
    pub(crate) id: i64,
    pub(crate) name: String,
    /// `password` or `ssh`.
    pub(crate) kind: String,
    pub(crate) value: String,
    pub(crate) created: i64,
    pub(crate) updated: i64,
}

impl Secret {
    /// As it is listed: the document promises a value, live lists have none.
    fn show(&self, value: Option<&str>) -> Value {
        let mut shown = json!({
            "secretId": self.id,
            "name": self.name,
            "type": self.kind,
            "createdAt": clock_text::time(self.created),
            "updatedAt": clock_text::time(self.updated),
        });
        if let Some(value) = value {
            shown["value"] = json!(value);
        }
        shown
    }
}

/// What a password needs: eight characters, a letter of each case, and a digit and two special characters or three
/// digits and one.
fn is_strong(password: &str) -> bool {
    let count = |fits: fn(char) -> bool| password.chars().filter(|letter| fits(*letter)).count();
    let digits = count(|letter| letter.is_ascii_digit());
    let special = count(|letter| "!@#$^&*?_~".contains(letter));
    password.chars().count() >= 8
        && count(|letter| letter.is_ascii_uppercase()) > 0
        && count(|letter| letter.is_ascii_lowercase()) > 0
        && ((digits >= 1 && special >= 2) || (digits >= 3 && special >= 1))
}

fn check(form: &mut Form<'_>, kind: &str, value: &str) {
    if kind == "password" && !is_strong(value) {
        form.complain("value is not a strong password");
    }
    if kind == "ssh" && !(value.starts_with("ssh-") || value.starts_with("ecdsa-") || value.starts_with("sk-")) {
        form.complain("value is not an ssh public key");
    }
}

impl Account {
    pub(crate) fn keep_secret(&mut self, name: &str, kind: &str, value: &str, now: i64) -> i64 {
        let id = self.number("secret", 31_001);
        let secret = Secret {
            id,
            name: name.to_owned(),
            kind: kind.to_owned(),
            value: value.to_owned(),
            created: now,
            updated: now,
        };
        self.secrets.insert(id, secret);
        id
    }
}

fn secret<'a>(call: &'a Call<'_>) -> Result<&'a Secret, Refusal> {
    let id = call.number("secretId")?;
    let secret = call.account.secrets.get(&id);
    secret.ok_or_else(|| Refusal::no_entry("Secret", "secretId", id))
}

fn note(call: &mut Call<'_>, action: &'static str, id: i64, changes: Value) {
    call.note(AUDITS, action, vec![("secretId", json!(id))], changes);
}

pub(crate) fn list(call: &mut Call<'_>) -> Outcome {
    let value = call.behaviour.documented.then_some("hidden");
    let rows = call
        .account
        .secrets
        .values()
        .map(|secret| call.entry(secret.show(value)));
    call.list(rows.collect(), &[Filter::Contains("name"), Filter::Equals("type")])
}

pub(crate) fn get(call: &mut Call<'_>) -> Outcome {
    let secret = secret(call)?;
    let shown = secret.show(Some(&secret.value));
    Ok(call.answer(200, vec![call.entry(shown)]))
}

pub(crate) fn create(call: &mut Call<'_>) -> Outcome {
    let body = call.body.clone();
    let mut form = Form::of(&body);
    let name = form.required_text("name", 1, 255);
    let value = form.required_text("value", 8, 16_384);
    let kind = form.required_choice("type", &["password", "ssh"]);
    check(&mut form, &kind, &value);
    form.finish()?;
    let now = call.now;
    let id = call.account.keep_secret(&name, &kind, &value, now);
    note(call, "CREATED", id, json!({ "new": { "name": name, "type": kind } }));
    let shown = call.account.secrets[&id].show(Some(&value));
    Ok(call.answer(201, vec![call.entry(shown)]))
}

pub(crate) fn update(call: &mut Call<'_>) -> Outcome {
    let body = call.body.clone();
    let (id, kind) = {
        let secret = secret(call)?;
        (secret.id, secret.kind.clone())
    };
    let mut form = Form::of(&body);
    let name = form.text("name", 1, 255);
    let value = form.text("value", 8, 16_384);
    if let Some(value) = &value {
        check(&mut form, &kind, value);
    }
    form.finish()?;
    let now = call.now;
    if let Some(secret) = call.account.secrets.get_mut(&id) {
        secret.updated = now;
        if let Some(name) = &name {
            secret.name.clone_from(name);
        }
        if let Some(value) = value {
            secret.value = value;
        }
    }
    note(call, "UPDATED", id, json!({ "new": { "name": name } }));
    Ok(call.links(200, &[]))
}

pub(crate) fn delete(call: &mut Call<'_>) -> Outcome {
    let id = secret(call)?.id;
    call.account.secrets.remove(&id);
    note(call, "DELETED", id, json!({}));
    Ok(call.nothing())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_needs_both_cases_digits_and_special_characters() {
        for strong in ["Abcdef1!?", "Abcd123!"] {
            assert!(is_strong(strong), "{strong}");
        }
        for weak in [
            "abcdef1!?",
            "ABCDEF1!?",
            "Abcdefg1!",
            "Abcdef12!",
            "Ab1!?",
            "Abcdefgh",
            "Abcdef1%%",
        ] {
            assert!(!is_strong(weak), "{weak}");
        }
    }
}
