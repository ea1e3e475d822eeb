//! Firewalls: rules for what comes in, and the instances that they are put before. No packet is filtered here.

use serde_json::{Value, json};

use super::call::{Call, Outcome, Refusal};
use super::clock_text;
use super::form::Form;
use super::list::Filter;
use super::private_networks::has_member;
use super::spec::ms;

const AUDITS: &str = "/v1/firewalls/audits";
const STATES: [&str; 2] = ["active", "inactive"];

#[derive(Clone, Debug)]
pub(crate) struct Firewall {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) description: String,
    pub(crate) status: String,
    /// As they were sent.
    pub(crate) inbound: Vec<Value>,
    pub(crate) members: Vec<Member>,
    pub(crate) created: i64,
    pub(crate) updated: i64,
}

#[derive(Clone, Debug)]
pub(crate) struct Member {
    pub(crate) instance: i64,
    /// From when on it protects.
    pub(crate) ready: i64,
    /// A failure that somebody set from outside.
    pub(crate) failure: Option<String>,
}

impl Firewall {
    fn show(&self, call: &Call<'_>) -> Value {
        let status = |member: &Member| match &member.failure {
            Some(failure) => {
                json!({ "instanceId": member.instance, "status": "error_processing", "errorMessage": failure })
            }
            None if call.now < member.ready => json!({ "instanceId": member.instance, "status": "processing" }),
            None => json!({ "instanceId": member.instance, "status": "ok" }),
        };
        let instance = |member: &Member| {
            let instance = call.account.instances.get(member.instance)?;
            Some(json!({
                "instanceId": instance.id,
                "displayName": instance.display_name,
                "name": instance.name(),
                "productId": instance.product.id,
                "ipConfig": instance.ip_config(call.behaviour),
                "regionSlug": instance.region.slug,
                "regionName": instance.region.name,
                "dataCenterSlug": instance.region.data_center_slug,
                "dataCenterName": instance.region.data_center,
            }))
        };
        call.entry(json!({
            "firewallId": self.id,
            "name": self.name,
            "description": self.description,
            "status": self.status,
            "instanceStatus": self.members.iter().map(status).collect::<Vec<_>>(),
            "instances": self.members.iter().filter_map(instance).collect::<Vec<_>>(),
            "rules": { "inbound": self.inbound },
            "createdDate": clock_text::time(self.created),
            "updatedDate": clock_text::time(self.updated),
        }))
    }
}

fn place(call: &Call<'_>) -> Result<usize, Refusal> {
    let id = call.uuid("firewallId")?;
    let place = call.account.firewalls.iter().position(|firewall| firewall.id == id);
    place.ok_or_else(|| Refusal::no_entry("Firewall", "firewallId", id))
}

fn note(call: &mut Call<'_>, action: &'static str, place: usize, changes: Value) {
    let id = call.account.firewalls[place].id.clone();
    call.note(AUDITS, action, vec![("firewallId", json!(id))], changes);
}

/// Reads `rules.inbound`; nothing if there are no rules.
fn inbound(form: &mut Form<'_>) -> Vec<Value> {
    let Some(rules) = form.value("rules") else {
        return Vec::new();
    };
    let Some(inbound) = rules["inbound"].as_array() else {
        form.complain("rules.inbound must be an array");
        return Vec::new();
    };
    let mut rules = Vec::new();
    for (n, rule) in inbound.iter().enumerate() {
        let mut wrong = |what: &str| form.complain(format!("rules.inbound.{n}.{what}"));
        let protocol = rule["protocol"].as_str();
        let ports = rule["destPorts"].as_array();
        if !protocol.is_some_and(|name| ["tcp", "udp", "icmp", ""].contains(&name)) {
            wrong("protocol must be one of the following values: tcp, udp, icmp, ");
        }
        match ports {
            None => wrong("destPorts must be an array"),
            Some(ports) if ports.len() > 15 => wrong("destPorts must contain no more than 15 elements"),
            Some(ports) if protocol == Some("icmp") && !ports.is_empty() => wrong("destPorts must be empty for icmp"),
            Some(ports) if !ports.iter().all(is_port) => wrong("destPorts must hold ports or ranges of them"),
            Some(_) => {}
        }
        if !rule["srcCidr"].is_object() {
            wrong("srcCidr must be an object");
        }
        if rule["action"] != "accept" {
            wrong("action only accept is supported");
        }
        if !STATES.iter().any(|state| rule["status"] == *state) {
            wrong("status must be one of the following values: active, inactive");
        }
        let mut rule = rule.clone();
        if let Some(fields) = rule.as_object_mut() {
            fields.entry("displayName").or_insert(json!(""));
        }
        rules.push(rule);
    }
    rules
}

/// A port such as `80`, or a range such as `80-90`.
fn is_port(value: &Value) -> bool {
    let number = |text: &str| text.parse::<u16>().ok().filter(|port| *port > 0);
    value.as_str().is_some_and(|text| match text.split_once('-') {
        None => number(text).is_some(),
        Some((from, to)) => number(from).zip(number(to)).is_some_and(|(from, to)| from <= to),
    })
}

pub(crate) fn list(call: &mut Call<'_>) -> Outcome {
    let all = call.account.firewalls.iter();
    let all = all.filter(|firewall| has_member(&call.query, firewall.members.iter().map(|member| member.instance)));
    let rows = all.map(|firewall| firewall.show(call)).collect();
    call.list(rows, &[Filter::Contains("name")])
}

pub(crate) fn get(call: &mut Call<'_>) -> Outcome {
    let place = place(call)?;
    Ok(call.answer(200, vec![call.account.firewalls[place].show(call)]))
}

pub(crate) fn create(call: &mut Call<'_>) -> Outcome {
    let body = call.body.clone();
    let mut form = Form::of(&body);
    let name = form.required_text("name", 1, 255);
    let description = form.text("description", 0, 255).unwrap_or_default();
    let status = form.required_choice("status", &STATES);
    let inbound = inbound(&mut form);
    form.finish()?;
    let firewall = Firewall {
        id: call.account.uuid(),
        name: name.clone(),
        description,
        status,
        inbound,
        members: Vec::new(),
        created: call.now,
        updated: call.now,
    };
    call.account.firewalls.push(firewall);
    let place = call.account.firewalls.len() - 1;
    note(call, "CREATED", place, json!({ "new": { "name": name } }));
    Ok(call.answer(201, vec![call.account.firewalls[place].show(call)]))
}

pub(crate) fn update(call: &mut Call<'_>) -> Outcome {
    let body = call.body.clone();
    let mut form = Form::of(&body);
    let name = form.text("name", 1, 255);
    let description = form.text("description", 0, 255);
    let status = form.choice("status", &STATES);
    form.finish()?;
    let (place, now) = (place(call)?, call.now);
    let firewall = &mut call.account.firewalls[place];
    let changes = json!({ "prev": { "name": firewall.name, "status": firewall.status }, "new": body });
    firewall.updated = now;
    if let Some(name) = name {
        firewall.name = name;
    }
    if let Some(description) = description {
        firewall.description = description;
    }
    if let Some(status) = status {
        firewall.status = status;
    }
    note(call, "UPDATED", place, changes);
    Ok(call.answer(200, vec![call.account.firewalls[place].show(call)]))
}

pub(crate) fn replace_rules(call: &mut Call<'_>) -> Outcome {
    let body = call.body.clone();
    let mut form = Form::of(&body);
    let inbound = inbound(&mut form);
    form.finish()?;
    let (place, now) = (place(call)?, call.now);
    let ready = now + ms(call.behaviour.network);
    let firewall = &mut call.account.firewalls[place];
    let before = std::mem::replace(&mut firewall.inbound, inbound.clone());
    firewall.updated = now;
    for member in &mut firewall.members {
        member.ready = ready;
    }
    let changes = json!({ "prev": { "inbound": before }, "new": { "inbound": inbound } });
    note(call, "UPDATED", place, changes);
    Ok(call.answer(200, vec![call.account.firewalls[place].show(call)]))
}

pub(crate) fn delete(call: &mut Call<'_>) -> Outcome {
    let place = place(call)?;
    if !call.account.firewalls[place].members.is_empty() {
        let message = "Firewall can not be deleted while instances are assigned";
        return Err(Refusal::new(call.behaviour.in_use, message));
    }
    note(call, "DELETED", place, json!({}));
    call.account.firewalls.remove(place);
    Ok(call.nothing())
}

fn both(call: &Call<'_>, place: usize, instance: i64) -> [(&'static str, String); 2] {
    [
        (
            "firewall",
            format!("/v1/firewalls/{}", call.account.firewalls[place].id),
        ),
        ("instance", format!("/v1/compute/instances/{instance}")),
    ]
}

pub(crate) fn assign(call: &mut Call<'_>) -> Outcome {
    let place = place(call)?;
    let instance = call.instance()?;
    let id = instance.id;
    if ["provisioning", "installing", "pending_payment"].contains(&instance.status.as_str()) {
        return Err(Refusal::new(422, "Instance must be running"));
    }
    let ready = call.now + ms(call.behaviour.network);
    let members = &mut call.account.firewalls[place].members;
    if members.iter().any(|member| member.instance == id) {
        return Err(Refusal::new(409, "Firewall is already assigned to the instance"));
    }
    members.push(Member {
        instance: id,
        ready,
        failure: None,
    });
    note(call, "UPDATED", place, json!({ "new": { "instanceId": id } }));
    Ok(call.links(201, &both(call, place, id)))
}

pub(crate) fn unassign(call: &mut Call<'_>) -> Outcome {
    let (place, id) = (place(call)?, call.number("instanceId")?);
    let members = &mut call.account.firewalls[place].members;
    let before = members.len();
    members.retain(|member| member.instance != id);
    if members.len() == before {
        return Err(Refusal::no_entry("Assignment", "instanceId", id));
    }
    note(call, "UPDATED", place, json!({ "prev": { "instanceId": id } }));
    Ok(call.links(200, &both(call, place, id)))
}

/// Rules for what most servers do. Those for DNS say nothing of where from, as Contabo's own example does.
pub(crate) fn presets(call: &mut Call<'_>) -> Outcome {
    let anywhere = json!({ "ipv4": ["AnyIPv4"], "ipv6": ["AnyIPv6"] });
    let rule = |protocol: &str, ports: &[&str], sources: &Value| json!({ "protocol": protocol, "destPorts": ports, "srcCidr": sources, "action": "accept", "status": "active" });
    let unsaid = json!({ "ipv4": [], "ipv6": [] });
    let all = [
        ("SSH", vec![rule("tcp", &["22"], &anywhere)]),
        ("HTTP", vec![rule("tcp", &["80"], &anywhere)]),
        ("HTTPS", vec![rule("tcp", &["443"], &anywhere)]),
        (
            "DNS",
            vec![rule("udp", &["53"], &unsaid), rule("tcp", &["53"], &unsaid)],
        ),
        ("RDP", vec![rule("tcp", &["3389"], &anywhere)]),
        ("Ping", vec![rule("icmp", &[], &anywhere)]),
    ];
    let wanted = call.query.get("name").unwrap_or_default().to_lowercase();
    let all = all
        .into_iter()
        .filter(|(name, _)| name.to_lowercase().contains(&wanted));
    let rows = all.map(|(name, inbound)| json!({ "name": name, "macro": { "inbound": inbound } }));
    let rows = rows.collect();
    Ok(call.answer(200, rows))
}
