//! Domains. No registry is asked.

use serde_json::{Value, json};

use super::account::Order;
use super::call::{Call, Outcome, Refusal};
use super::clock_text::{self, DAY};
use super::form::Form;
use super::handles::Handle;
use super::list::Filter;

const AUDITS: &str = "/v1/domains/audits";

/// How long a registry waits for the answer to a transfer: after that it takes place.
const ANSWER_WITHIN: i64 = 5 * DAY;

/// How long a transfer to this account takes.
const TRANSFER_TAKES: i64 = 2 * DAY;

/// A new domain that is called so is wanted by somebody at once.
const WANTED: &str = "wanted-";

/// Why a domain can be cancelled.
const REASONS: [&str; 7] = [
    "Technical issues / Outages / Performance",
    "Too expensive / price",
    "Product not needed anymore",
    "Bad customer support",
    "Switch to a different Contabo product",
    "Missing features",
    "Other",
];

#[derive(Clone, Debug)]
pub(crate) struct Domain {
    pub(crate) name: String,
    pub(crate) nameservers: Vec<String>,
    pub(crate) handles: Value,
    pub(crate) registered: i64,
    pub(crate) cancelled: Option<i64>,
    pub(crate) auth_code: String,
    pub(crate) came: Came,
    /// When somebody asked to take it away, and what was answered.
    pub(crate) leaving: Option<(i64, Option<Goes>)>,
}

/// How a domain came into the account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Came {
    Registered,
    ByTransfer,
    /// The code was wrong.
    NotAtAll,
}

/// That a domain is let go.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Goes;

impl Domain {
    fn status(&self, now: i64) -> &'static str {
        match (self.leaving, self.cancelled, self.came) {
            (Some((_, Some(Goes))), ..) => "transferred",
            (Some((since, None)), ..) if now >= since + ANSWER_WITHIN => "transferred",
            (Some(_), ..) => "transferring out",
            (None, Some(end), _) if now >= end => "cancelled",
            (None, _, Came::NotAtAll) => "error",
            (None, _, Came::ByTransfer) if now < self.registered + TRANSFER_TAKES => "transferring in",
            _ => "ready",
        }
    }

    /// Since when a transfer away waits for a yes or no.
    fn waits_since(&self, now: i64) -> Option<i64> {
        let (since, answer) = self.leaving?;
        (answer.is_none() && now < since + ANSWER_WITHIN).then_some(since)
    }

    /// Whether nothing can be done with it any more.
    pub(crate) fn is_over(&self, now: i64) -> bool {
        ["transferred", "cancelled"].contains(&self.status(now))
    }

    fn show(&self, call: &Call<'_>) -> Value {
        let (sld, tld) = self.name.split_once('.').unwrap_or((&self.name, ""));
        let error = match self.came {
            Came::NotAtAll => json!({ "code": "AUTH_CODE", "message": "The auth code is not valid" }),
            _ => json!({}),
        };
        let renewal = clock_text::end_of_term(self.registered, 12, call.now);
        call.entry(json!({
            "domain": self.name,
            "domainDetails": { "sld": sld, "tld": tld, "domainPuny": self.name },
            "status": self.status(call.now),
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
            "transferOutConfirmation": self.waits_since(call.now).is_some(),
            "statusError": error,
        }))
    }
}

fn place(call: &Call<'_>) -> Result<usize, Refusal> {
    let name = call.parameter("domain").to_ascii_lowercase();
    let place = call.account.domains.iter().position(|domain| domain.name == name);
    place.ok_or_else(|| Refusal::no_entry("Domain", "domain", name))
}

/// As [`place`], of one that is still here.
fn place_of_own(call: &Call<'_>) -> Result<usize, Refusal> {
    let place = place(call)?;
    match call.account.domains[place].is_over(call.now) {
        true => Err(Refusal::new(422, "The domain is not in the account any more")),
        false => Ok(place),
    }
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
            rows.retain(|row| {
                row["domainDetails"][name]
                    .as_str()
                    .is_some_and(|part| part.contains(wanted))
            });
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
    if is_taken(&name) || call.account.domains.iter().any(|domain| domain.name == name) {
        return Err(Refusal::new(404, "The domain is not available"));
    }
    Ok(call.nothing())
}

fn is_taken(name: &str) -> bool {
    name.ends_with("taken.example")
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
    let code = form.text("authCode", 1, 255);
    let (servers, handles) = read(call, &mut form);
    form.finish()?;
    let now = call.now;
    if call
        .account
        .domains
        .iter()
        .any(|domain| domain.name == name && !domain.is_over(now))
    {
        return Err(Refusal::new(409, "The domain is already in the account"));
    }
    if code.is_none() && is_taken(&name) {
        return Err(Refusal::new(409, "The domain is not available"));
    }
    let auth_code = call.account.key(12);
    call.account.domains.retain(|domain| domain.name != name);
    call.account.domains.push(Domain {
        name: name.clone(),
        nameservers: servers.unwrap_or_default(),
        handles: handles.unwrap_or_default(),
        registered: now,
        cancelled: None,
        auth_code,
        came: match code.as_deref() {
            None => Came::Registered,
            Some("wrong") => Came::NotAtAll,
            Some(_) => Came::ByTransfer,
        },
        // For journeys, which can't say it to the fake: somebody else wants it, too.
        leaving: name.starts_with(WANTED).then_some((now, None)),
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
    let place = place_of_own(call)?;
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
    let body = call.body.clone();
    let place = place_of_own(call)?;
    let now = call.now;
    let domain = &mut call.account.domains[place];
    if domain.cancelled.is_some() {
        return Err(Refusal::bad("The domain has already been cancelled"));
    }
    let term = clock_text::end_of_term(domain.registered, 12, now);
    let mut form = Form::of(&body);
    form.choice("reason", &REASONS);
    form.text("reasonText", 0, 1_000);
    let wanted = form.text("cancelDate", 0, 40);
    let wanted = wanted.map(|wanted| clock_text::read(&wanted));
    // Neither before today nor after what is paid for.
    if wanted.is_some_and(|wanted| wanted.is_none_or(|wanted| wanted + DAY <= now || wanted > term)) {
        form.complain("cancelDate must be a date from today to the end of the term");
    }
    form.finish()?;
    let end = wanted.flatten().unwrap_or(term);
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
    let place = place_of_own(call)?;
    if call.account.domains[place].cancelled.take().is_none() {
        return Err(Refusal::bad("The domain is not cancelled"));
    }
    note(call, "UPDATED", place, json!({ "new": { "cancelDate": null } }));
    Ok(call.nothing())
}

pub(crate) fn auth_code(call: &mut Call<'_>) -> Outcome {
    let place = place_of_own(call)?;
    let code = call.account.key(12);
    call.account.domains[place].auth_code.clone_from(&code);
    note(call, "UPDATED", place, json!({ "new": { "authCode": "regenerated" } }));
    let mut shown = call.account.domains[place].show(call);
    shown["authCode"] = json!(code);
    shown["authCodeChanged"] = json!({ "changed": true, "date": call.stamp() });
    Ok(call.answer(200, vec![shown]))
}

pub(crate) fn pending(call: &mut Call<'_>) -> Outcome {
    let waiting = call.account.domains.iter();
    let waiting = waiting.filter_map(|domain| Some((domain, domain.waits_since(call.now)?)));
    let show = |(domain, since): (&Domain, i64)| {
        call.entry(json!({
            "domainId": format!("domain-{}", domain.name),
            "domain": domain.name,
            "eventType": "OUTBOUND_TRANSFER",
            "eventId": format!("transfer-{}", domain.name),
            "createdOn": clock_text::time(since),
        }))
    };
    let rows = waiting.map(show).collect();
    Ok(call.answer(200, rows))
}

/// Lets a domain go, or keeps it.
fn answer_transfer(call: &mut Call<'_>, goes: bool) -> Outcome {
    let place = place(call)?;
    let now = call.now;
    let domain = &mut call.account.domains[place];
    let Some(since) = domain.waits_since(now) else {
        return Err(Refusal::bad("There is no pending transfer of the domain"));
    };
    domain.leaving = goes.then_some((since, Some(Goes)));
    note(call, "UPDATED", place, json!({ "new": { "transferOut": goes } }));
    Ok(call.nothing())
}

pub(crate) fn confirm_transfer(call: &mut Call<'_>) -> Outcome {
    answer_transfer(call, true)
}

pub(crate) fn reject_transfer(call: &mut Call<'_>) -> Outcome {
    answer_transfer(call, false)
}
