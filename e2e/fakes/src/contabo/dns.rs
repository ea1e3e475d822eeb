//! DNS zones with their records, and reverse names. No name server asks for them.

use std::net::IpAddr;

use serde_json::{Value, json};

use super::call::{Call, Outcome, Refusal};
use super::form::Form;
use super::list::Filter;

const ZONE_AUDITS: &str = "/v1/dns/zones/audits";
const RECORD_AUDITS: &str = "/v1/dns/records/audits";
const KINDS: [&str; 7] = ["A", "AAAA", "CAA", "CNAME", "MX", "SRV", "TXT"];

#[derive(Clone, Debug)]
pub(crate) struct Zone {
    pub(crate) name: String,
    /// As they are shown, but for the owner.
    pub(crate) records: Vec<Value>,
}

fn zone(call: &Call<'_>) -> Result<usize, Refusal> {
    let name = call.parameter("zoneName").to_ascii_lowercase();
    let place = call.account.zones.iter().position(|zone| zone.name == name);
    place.ok_or_else(|| Refusal::no_entry("DnsZone", "zoneName", name))
}

fn note_zone(call: &mut Call<'_>, action: &'static str, name: &str) {
    call.note(ZONE_AUDITS, action, vec![("name", json!(name))], json!({}));
}

fn note_record(call: &mut Call<'_>, action: &'static str, zone: usize, id: i64, changes: Value) {
    let name = call.account.zones[zone].name.clone();
    let subject = vec![("recordId", json!(id)), ("zoneName", json!(name))];
    call.note(RECORD_AUDITS, action, subject, changes);
}

pub(crate) fn zones(call: &mut Call<'_>) -> Outcome {
    let zones = call.account.zones.iter();
    let rows = zones.map(|zone| call.entry(json!({ "zoneName": zone.name }))).collect();
    let filters = [
        Filter::Contains("zoneName"),
        Filter::Equals("customerId"),
        Filter::Equals("tenantId"),
    ];
    call.list(rows, &filters)
}

pub(crate) fn get_zone(call: &mut Call<'_>) -> Outcome {
    let name = call.account.zones[zone(call)?].name.clone();
    Ok(call.answer(200, vec![call.entry(json!({ "zoneName": name }))]))
}

pub(crate) fn create_zone(call: &mut Call<'_>) -> Outcome {
    let body = call.body.clone();
    let mut form = Form::of(&body);
    let name = form.required_text("zoneName", 1, 253).to_ascii_lowercase();
    let fits = |letter: char| letter.is_alphanumeric() || ".-_".contains(letter);
    if !name.contains('.') || !name.chars().all(fits) {
        form.complain("zoneName must be a valid domain name");
    }
    form.finish()?;
    if call.account.zones.iter().any(|zone| zone.name == name) {
        return Err(Refusal::new(409, "There is already a zone with the same name"));
    }
    call.account.zones.push(Zone {
        name: name.clone(),
        records: Vec::new(),
    });
    note_zone(call, "CREATED", &name);
    Ok(call.answer(201, vec![call.entry(json!({ "zoneName": name }))]))
}

pub(crate) fn delete_zone(call: &mut Call<'_>) -> Outcome {
    let place = zone(call)?;
    let zone = call.account.zones.remove(place);
    note_zone(call, "DELETED", &zone.name);
    Ok(call.nothing())
}

pub(crate) fn records(call: &mut Call<'_>) -> Outcome {
    let records = call.account.zones[zone(call)?].records.iter();
    let rows = records.map(|record| call.entry(record.clone())).collect();
    call.list(rows, &[Filter::Search(&["name", "type", "data"])])
}

/// Reads a record. The name is given at its making alone.
fn read_record(form: &mut Form<'_>) -> Value {
    let kind = form.required_choice("type", &KINDS);
    form.require("ttl");
    form.require("prio");
    let (ttl, prio) = (form.integer("ttl"), form.integer("prio"));
    let data = form.required_text("data", 1, 4_096);
    let fits = match kind.as_str() {
        "A" => data.parse::<IpAddr>().is_ok_and(|ip| ip.is_ipv4()),
        "AAAA" => data.parse::<IpAddr>().is_ok_and(|ip| ip.is_ipv6()),
        _ => true,
    };
    if !fits {
        form.complain("data must be an IP address of the record's type");
    }
    json!({
        "type": kind,
        "ttl": ttl,
        "prio": prio,
        "data": data,
        "port": form.integer("port").unwrap_or(0),
        "weight": form.integer("weight").unwrap_or(0),
        "flag": form.integer("flag").unwrap_or(0),
        "tag": form.text("tag", 0, 255).unwrap_or_default(),
    })
}

pub(crate) fn create_record(call: &mut Call<'_>) -> Outcome {
    let body = call.body.clone();
    let place = zone(call)?;
    let mut form = Form::of(&body);
    let name = form.text("name", 1, 255);
    if name.as_deref() == Some("@") {
        form.complain("name must be a valid record name");
    }
    let mut record = read_record(&mut form);
    form.finish()?;
    let zone_name = &call.account.zones[place].name;
    record["name"] = match name.as_deref() {
        None => json!(zone_name),
        Some(name) if name.ends_with(zone_name.as_str()) => json!(name),
        Some(name) => json!(format!("{name}.{zone_name}")),
    };
    let id = call.account.number("record", 880_001);
    record["recordId"] = json!(id);
    call.account.zones[place].records.push(record.clone());
    note_record(call, "CREATED", place, id, json!({ "new": record }));
    Ok(call.answer(201, vec![call.entry(record)]))
}

fn record(call: &Call<'_>) -> Result<(usize, usize), Refusal> {
    let (zone, id) = (zone(call)?, call.number("recordId")?);
    let records = &call.account.zones[zone].records;
    let place = records.iter().position(|record| record["recordId"] == id);
    let place = place.ok_or_else(|| Refusal::no_entry("DnsRecord", "recordId", id))?;
    Ok((zone, place))
}

pub(crate) fn update_record(call: &mut Call<'_>) -> Outcome {
    let body = call.body.clone();
    let (zone, place) = record(call)?;
    let mut form = Form::of(&body);
    let mut new = read_record(&mut form);
    form.finish()?;
    let record = &mut call.account.zones[zone].records[place];
    new["name"] = record["name"].clone();
    new["recordId"] = record["recordId"].clone();
    let before = std::mem::replace(record, new.clone());
    let id = new["recordId"].as_i64().unwrap_or_default();
    note_record(call, "UPDATED", zone, id, json!({ "prev": before, "new": new }));
    Ok(call.answer(200, vec![call.entry(new)]))
}

pub(crate) fn delete_record(call: &mut Call<'_>) -> Outcome {
    let (zone, place) = record(call)?;
    let gone = call.account.zones[zone].records.remove(place);
    let id = gone["recordId"].as_i64().unwrap_or_default();
    note_record(call, "DELETED", zone, id, json!({ "prev": gone }));
    Ok(call.nothing())
}

/// Deletes what is there and names what was not.
pub(crate) fn delete_records(call: &mut Call<'_>) -> Outcome {
    let body = call.body.clone();
    let mut form = Form::of(&body);
    form.require("recordIds");
    let ids = form.integers("recordIds").unwrap_or_default();
    form.finish()?;
    let zone = zone(call)?;
    let mut failed = Vec::new();
    for id in ids {
        let records = &mut call.account.zones[zone].records;
        match records.iter().position(|record| record["recordId"] == id) {
            None => failed.push(id),
            Some(place) => {
                let gone = records.remove(place);
                note_record(call, "DELETED", zone, id, json!({ "prev": gone }));
            }
        }
    }
    Ok(call.answer(200, vec![call.entry(json!({ "failedIds": failed }))]))
}

fn show_ptr(call: &Call<'_>, ip: &str) -> Option<Value> {
    let (name, ttl) = call.account.ptrs.get(ip)?;
    Some(call.entry(json!({ "ip": ip, "ttl": ttl, "ptr": name })))
}

pub(crate) fn ptrs(call: &mut Call<'_>) -> Outcome {
    let ips = call.query.members("ips");
    if ips.is_none() && call.query.get("customerId").is_none() && !call.behaviour.documented {
        return Err(Refusal::bad("customerId or ips should not be empty"));
    }
    let wanted = |ip: &&String| ips.as_ref().is_none_or(|ips| ips.contains(&ip.as_str()));
    let chosen = call.account.ptrs.keys().filter(wanted);
    let rows = chosen.filter_map(|ip| show_ptr(call, ip)).collect();
    let filters = [
        Filter::Equals("customerId"),
        Filter::Equals("tenantId"),
        Filter::Search(&["ip", "ptr"]),
    ];
    call.list(rows, &filters)
}

/// The address of the path, as it is kept.
fn known_ptr(call: &Call<'_>) -> Result<String, Refusal> {
    let ip = call.parameter("ipAddress").to_owned();
    if call.account.ptrs.contains_key(&ip) {
        return Ok(ip);
    }
    Err(Refusal::no_entry("PtrRecord", "ip", ip))
}

pub(crate) fn get_ptr(call: &mut Call<'_>) -> Outcome {
    let ip = known_ptr(call)?;
    Ok(call.answer(200, show_ptr(call, &ip).into_iter().collect()))
}

pub(crate) fn create_ptr(call: &mut Call<'_>) -> Outcome {
    let body = call.body.clone();
    let mut form = Form::of(&body);
    let name = form.required_text("ptr", 1, 253);
    let ip = form.required_text("ip", 1, 45);
    let ttl = form.required_integer("ttl");
    if !ip.parse::<IpAddr>().is_ok_and(|ip| ip.is_ipv6()) {
        form.complain("ip must be an IPv6 address");
    }
    form.finish()?;
    if call.account.ptrs.contains_key(&ip) {
        return Err(Refusal::new(409, "There is already a PTR record for this address"));
    }
    call.account.ptrs.insert(ip.clone(), (name.clone(), ttl));
    note_ptr(call, "CREATED", &ip, &name);
    Ok(call.answer(201, show_ptr(call, &ip).into_iter().collect()))
}

pub(crate) fn update_ptr(call: &mut Call<'_>) -> Outcome {
    let body = call.body.clone();
    let ip = known_ptr(call)?;
    let mut form = Form::of(&body);
    let name = form.required_text("ptr", 1, 253);
    form.finish()?;
    if let Some(known) = call.account.ptrs.get_mut(&ip) {
        known.0.clone_from(&name);
    }
    note_ptr(call, "UPDATED", &ip, &name);
    Ok(call.nothing())
}

pub(crate) fn delete_ptr(call: &mut Call<'_>) -> Outcome {
    let ip = known_ptr(call)?;
    if !ip.contains(':') {
        return Err(Refusal::bad("PTR records of IPv4 addresses can not be deleted"));
    }
    call.account.ptrs.remove(&ip);
    note_ptr(call, "DELETED", &ip, "");
    Ok(call.nothing())
}

/// Reverse names have no list of their own; they are noted with the zones, under the address.
fn note_ptr(call: &mut Call<'_>, action: &'static str, ip: &str, name: &str) {
    let changes = json!({ "new": { "ptr": name } });
    call.note(ZONE_AUDITS, action, vec![("name", json!(ip))], changes);
}
