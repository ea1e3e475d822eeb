//! The contacts (handles) that domains need.

use serde_json::{Value, json};

use super::call::{Call, Outcome, Refusal};
use super::domains::Domain;
use super::form::Form;
use super::list::Filter;

const AUDITS: &str = "/v1/domains/handles/audits";

/// A contact. Its fields are kept as they were sent.
#[derive(Clone, Debug)]
pub(crate) struct Handle {
    pub(crate) id: String,
    pub(crate) fields: Value,
    pub(crate) is_default: bool,
}

impl Handle {
    fn show(&self, call: &Call<'_>) -> Value {
        let mut shown = call.entry(self.fields.clone());
        shown["handleId"] = json!(self.id);
        shown["isDefault"] = json!(self.is_default);
        if let Some(fields) = shown.as_object_mut() {
            fields.remove("pin");
        }
        shown
    }
}

fn place(call: &Call<'_>) -> Result<usize, Refusal> {
    let id = call.parameter("handleId");
    let place = call.account.handles.iter().position(|handle| handle.id == id);
    place.ok_or_else(|| Refusal::no_entry("Handle", "handleId", id))
}

fn note(call: &mut Call<'_>, action: &'static str, id: &str) {
    call.note(AUDITS, action, vec![("handleId", json!(id))], json!({}));
}

pub(crate) fn list(call: &mut Call<'_>) -> Outcome {
    let mut rows: Vec<Value> = call.account.handles.iter().map(|handle| handle.show(call)).collect();
    if let Some(wanted) = call.query.members("countries") {
        rows.retain(|row| wanted.iter().any(|country| row["address"]["country"] == *country));
    }
    if call.query.get("showDefaults") == Some("true") {
        rows.retain(|row| row["isDefault"] == true);
    }
    let filters = [
        Filter::ContainsIn("name", "lastName"),
        Filter::Equals("handleType"),
        Filter::Contains("firstName"),
        Filter::Contains("lastName"),
        Filter::Search(&["firstName", "lastName", "organization", "email", "handleId"]),
    ];
    call.list(rows, &filters)
}

pub(crate) fn get(call: &mut Call<'_>) -> Outcome {
    let place = place(call)?;
    Ok(call.answer(200, vec![call.account.handles[place].show(call)]))
}

fn check_contact(form: &mut Form<'_>) {
    form.required_text("email", 1, 255);
    form.required_choice("gender", &["male", "female", "na"]);
    let parts: [(&str, &[&str]); 2] = [
        ("address", &["street", "streetNumber", "city", "country", "zipCode"]),
        ("phone", &["prefix", "number"]),
    ];
    for (name, fields) in parts {
        let Some(part) = form.value(name).filter(|value| value.is_object()) else {
            form.complain(format!("{name} should not be empty"));
            continue;
        };
        for field in fields {
            if part[field].as_str().is_none_or(str::is_empty) {
                form.complain(format!("{name}.{field} should not be empty"));
            }
        }
    }
    if let Some(prefix) = form.value("phone").and_then(|phone| phone["prefix"].as_str())
        && prefix.chars().count() > 5
    {
        form.complain("phone.prefix must be shorter than or equal to 5 characters");
    }
}

pub(crate) fn create(call: &mut Call<'_>) -> Outcome {
    let body = call.body.clone();
    let mut form = Form::of(&body);
    form.required_choice("handleType", &["person", "organization"]);
    form.required_text("firstName", 1, 255);
    form.required_text("lastName", 1, 255);
    check_contact(&mut form);
    form.finish()?;
    let id = format!("CH{}", call.account.number("handle", 400_001));
    let handle = Handle {
        id: id.clone(),
        fields: body,
        is_default: call.account.handles.is_empty(),
    };
    call.account.handles.push(handle);
    note(call, "CREATED", &id);
    let place = call.account.handles.len() - 1;
    Ok(call.answer(201, vec![call.account.handles[place].show(call)]))
}

pub(crate) fn update(call: &mut Call<'_>) -> Outcome {
    let body = call.body.clone();
    let place = place(call)?;
    let mut form = Form::of(&body);
    check_contact(&mut form);
    form.finish()?;
    let kept = &mut call.account.handles[place];
    if let (Some(fields), Some(new)) = (kept.fields.as_object_mut(), body.as_object()) {
        // All of it but what can't change.
        fields.retain(|field, _| ["handleType", "firstName", "lastName", "organization"].contains(&field.as_str()));
        let new = new.iter().filter(|(_, value)| !value.is_null());
        fields.extend(new.map(|(field, value)| (field.clone(), value.clone())));
    }
    let id = kept.id.clone();
    note(call, "UPDATED", &id);
    Ok(call.answer(200, vec![call.account.handles[place].show(call)]))
}

pub(crate) fn delete(call: &mut Call<'_>) -> Outcome {
    let place = place(call)?;
    let id = call.account.handles[place].id.clone();
    let now = call.now;
    let uses = |domain: &Domain| {
        let handles = domain.handles.as_object().filter(|_| !domain.is_over(now));
        handles.is_some_and(|handles| handles.values().any(|used| *used == id.as_str()))
    };
    if call.account.domains.iter().any(uses) {
        return Err(Refusal::new(call.behaviour.in_use, "Handle is used by a domain"));
    }
    call.account.handles.remove(place);
    note(call, "DELETED", &id);
    Ok(call.nothing())
}

pub(crate) fn make_default(call: &mut Call<'_>) -> Outcome {
    let place = place(call)?;
    for (other, handle) in call.account.handles.iter_mut().enumerate() {
        handle.is_default = other == place;
    }
    let id = call.account.handles[place].id.clone();
    note(call, "UPDATED", &id);
    Ok(call.answer(200, vec![call.account.handles[place].show(call)]))
}
