//! Domains. No registry is asked.

use serde_json::{Value, json};

use super::account::Order;
use super::call::{Call, Outcome, Refusal};
use super::clock_text::{self, DAY};
use super::form::Form;
use super::handles::Handle;
use super::list::Filter;

const AUDITS: &str = "/v1/domains/audits";

#[derive(Clone, Debug)]
pub(crate) struct Domain {
    pub(crate) name: String,
    pub(crate) status: &'static str,
    pub(crate) nameservers: Vec<String>,
    pub(crate) handles: Value,
    pub(crate) registered: i64,
    pub(crate) cancelled: Option<i64>,
    pub(crate) auth_code: String,
    /// Whether somebody wants to take it away and waits for a yes.
    pub(crate) leaves: bool,
}

impl Domain {
    fn show(&self, call: &Call<'_>) -> Value {
        let (sld, tld) = self.name.split_once('.').unwrap_or((&self.name, ""));
        let renewal = clock_text::end_of_term(self.registered, 12, call.now);
        call.entry(json!({
            "domain": self.name,
            "domainDetails": { "sld": sld, "tld": tld, "domainPuny": self.name },
            "status": self.status,
            "nameservers": self.nameservers,
            "handles": self.handles,
            "registrationDate": clock_text::time(self.registered),
            "renewalDate": clock_text::time(renewal),
            "terminationDate": clock_text::time(self.cancelled.unwrap_or(renewal)),
            "cancelDate": match (self.cancelled, call.behaviour.documented) {
                (Some(end), _) => json!(clock_text::time(end)),
                (None, true) => json!(clock_text::time(renewal)),
                (None, false) => Value::Null,
            },
            "dnssecKeys": [],
            "transferOutConfirmation": self.leaves,
            "statusError": {},
        }))
    }
}

fn place(call: &Call<'_>) -> Result<usize, Refusal> {
    let name = call.parameter("domain").to_ascii_lowercase();
    let place = call.account.domains.iter().position(|domain| domain.name == name);
    place.ok_or_else(|| Refusal::no_entry("Domain", "domain", name))
}

fn note(call: &mut Call<'_>, action: &'static str, place: usize, changes: Value) {
    let name = call.account.domains[place].name.clone();
    call.note(AUDITS, action, vec![("domain", json!(name))], changes);
}

fn shown(call: &Call<'_>, status: u16, place: usize) -> Outcome {
    Ok(call.answer(status, vec![call.account.domains[place].show(call)]))
}

pub(crate) fn list(call: &mut Call<'_>) -> Outcome {
    let mut rows: Vec<Value> = call.account.domains.iter().map(|domain| domain.show(call)).collect();
    for name in ["sld", "tld"] {
        if let Some(wanted) = call.query.get(name) {
            rows.retain(|row| row["domainDetails"][name] == wanted);
        }
    }
    call.list(rows, &[Filter::Equals("status")])
}

pub(crate) fn get(call: &mut Call<'_>) -> Outcome {
    shown(call, 200, place(call)?)
}

/// 204 for one that is free; what ends in `taken.example` is not.
pub(crate) fn is_free(call: &mut Call<'_>) -> Outcome {
    let name = call.parameter("domain").to_ascii_lowercase();
    if name.ends_with("taken.example") || call.account.domains.iter().any(|domain| domain.name == name) {
        return Err(Refusal::new(404, "The domain is not available"));
    }
    Ok(call.nothing())
}

/// Reads `nameservers` and `handles`; each may be missing where only a part is changed.
fn read(call: &Call<'_>, form: &mut Form<'_>) -> (Option<Vec<String>>, Option<Value>) {
    let hosts = |server: &Value| server["hostname"].as_array().cloned().unwrap_or_default();
    let servers = form.value("nameservers").and_then(Value::as_array);
    let servers = servers.map(|servers| {
        let hosts = servers.iter().flat_map(hosts);
        hosts.filter_map(|host| host.as_str().map(str::to_owned)).collect()
    });
    let handles = form.value("handles").cloned();
    if let Some(handles) = &handles {
        for role in ["owner", "admin", "tech", "zone"] {
            let known = |handle: &Handle| handles[role] == handle.id.as_str();
            if !call.account.handles.iter().any(known) {
                form.complain(format!("handles.{role} must be a known handle"));
            }
        }
    }
    (servers, handles)
}

pub(crate) fn order(call: &mut Call<'_>) -> Outcome {
    let body = call.body.clone();
    let mut form = Form::of(&body);
    let name = form.required_text("domain", 3, 253).to_ascii_lowercase();
    form.require("handles");
    form.require("nameservers");
    let transfer = form.text("authCode", 1, 255).is_some();
    let (servers, handles) = read(call, &mut form);
    form.finish()?;
    if call.account.domains.iter().any(|domain| domain.name == name) {
        return Err(Refusal::new(409, "The domain is already in the account"));
    }
    let auth_code = call.account.key(12);
    call.account.domains.push(Domain {
        name: name.clone(),
        status: if transfer { "transferring in" } else { "ready" },
        nameservers: servers.unwrap_or_default(),
        handles: handles.unwrap_or_default(),
        registered: call.now,
        cancelled: None,
        auth_code,
        leaves: false,
    });
    call.account.orders.push(Order {
        operation: "orderDomain",
        resource: name.clone(),
        display_name: name,
        request_id: call.request_id.clone(),
    });
    let place = call.account.domains.len() - 1;
    note(call, "CREATED", place, json!({}));
    shown(call, 201, place)
}

pub(crate) fn update(call: &mut Call<'_>) -> Outcome {
    let body = call.body.clone();
    let place = place(call)?;
    let mut form = Form::of(&body);
    let (servers, handles) = read(call, &mut form);
    form.finish()?;
    let domain = &mut call.account.domains[place];
    if let Some(servers) = servers {
        domain.nameservers = servers;
    }
    if let Some(handles) = handles {
        domain.handles = handles;
    }
    note(call, "UPDATED", place, json!({ "new": body }));
    shown(call, 200, place)
}

pub(crate) fn cancel(call: &mut Call<'_>) -> Outcome {
    let place = place(call)?;
    let now = call.now;
    let domain = &mut call.account.domains[place];
    if domain.cancelled.is_some() {
        return Err(Refusal::bad("The domain has already been cancelled"));
    }
    let end = clock_text::end_of_term(domain.registered, 12, now);
    domain.cancelled = Some(end);
    let name = domain.name.clone();
    note(
        call,
        "UPDATED",
        place,
        json!({ "new": { "cancelDate": clock_text::time(end) } }),
    );
    let (sld, tld) = name.split_once('.').unwrap_or((&name, ""));
    let fields = json!({ "domain": name, "sld": sld, "tld": tld, "cancelDate": clock_text::time(end) });
    Ok(call.answer(200, vec![call.entry(fields)]))
}

pub(crate) fn revoke_cancellation(call: &mut Call<'_>) -> Outcome {
    let place = place(call)?;
    if call.account.domains[place].cancelled.take().is_none() {
        return Err(Refusal::bad("The domain is not cancelled"));
    }
    note(call, "UPDATED", place, json!({ "new": { "cancelDate": null } }));
    Ok(call.nothing())
}

pub(crate) fn auth_code(call: &mut Call<'_>) -> Outcome {
    let place = place(call)?;
    let code = call.account.key(12);
    call.account.domains[place].auth_code.clone_from(&code);
    note(call, "UPDATED", place, json!({ "new": { "authCode": "regenerated" } }));
    let mut shown = call.account.domains[place].show(call);
    shown["authCode"] = json!(code);
    shown["authCodeChanged"] = json!({ "changed": true, "date": call.stamp() });
    Ok(call.answer(200, vec![shown]))
}

pub(crate) fn pending(call: &mut Call<'_>) -> Outcome {
    let leaving = call.account.domains.iter().filter(|domain| domain.leaves);
    let show = |domain: &Domain| {
        call.entry(json!({
            "domainId": domain.name,
            "domain": domain.name,
            "eventType": "transfer_out",
            "eventId": format!("transfer-{}", domain.name),
            "createdOn": clock_text::time(call.now - DAY),
        }))
    };
    let rows = leaving.map(show).collect();
    Ok(call.answer(200, rows))
}

/// Lets a domain go, or keeps it.
fn answer_transfer(call: &mut Call<'_>, goes: bool) -> Outcome {
    let place = place(call)?;
    let domain = &mut call.account.domains[place];
    if !std::mem::take(&mut domain.leaves) {
        return Err(Refusal::bad("There is no pending transfer of the domain"));
    }
    if goes {
        domain.status = "transferred";
    }
    note(call, "UPDATED", place, json!({ "new": { "transferOut": goes } }));
    Ok(call.nothing())
}

pub(crate) fn confirm_transfer(call: &mut Call<'_>) -> Outcome {
    answer_transfer(call, true)
}

pub(crate) fn reject_transfer(call: &mut Call<'_>) -> Outcome {
    answer_transfer(call, false)
}
