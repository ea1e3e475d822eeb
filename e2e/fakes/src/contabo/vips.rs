//! Additional and floating addresses. Assigning one is documentation: nothing is routed by it.

use serde_json::{Value, json};

use super::call::{Call, Outcome, Refusal};
use super::list::Filter;
use super::products::Region;

const AUDITS: &str = "/v1/vips/audits";

#[derive(Clone, Debug)]
pub(crate) struct Vip {
    pub(crate) id: String,
    pub(crate) ip: String,
    /// `additional` or `floating`.
    pub(crate) kind: &'static str,
    pub(crate) region: &'static Region,
    /// What it is noted for: `instances` or `bare-metal`, and which.
    pub(crate) resource: Option<(&'static str, i64)>,
}

impl Vip {
    fn show(&self, call: &Call<'_>) -> Value {
        let net = self.ip.rsplit_once('.').map_or("", |(net, _)| net);
        let instance = match self.resource {
            Some(("instances", id)) => call.account.instances.get(id),
            _ => None,
        };
        call.entry(json!({
            "vipId": self.id,
            "dataCenter": self.region.data_center,
            "region": self.region.slug,
            "resourceId": self.resource.map_or(String::new(), |(_, id)| id.to_string()),
            // The text, where another would have the value.
            "resourceType": self.resource.map_or("null", |(kind, _)| kind),
            "resourceName": instance.map(|instance| instance.name()).unwrap_or_default(),
            "resourceDisplayName": instance.map(|instance| instance.display_name.clone()).unwrap_or_default(),
            "ipVersion": "v4",
            "type": self.kind,
            "v4": {
                "ip": self.ip,
                "gateway": format!("{net}.1"),
                "netmaskCidr": 24,
                "broadcast": format!("{net}.255"),
                "net": format!("{net}.0"),
            },
        }))
    }
}

fn place(call: &Call<'_>) -> Result<usize, Refusal> {
    let ip = call.parameter("ip");
    let place = call.account.vips.iter().position(|vip| vip.ip == ip);
    place.ok_or_else(|| Refusal::no_entry("Vip", "ip", ip))
}

fn note(call: &mut Call<'_>, id: &str, changes: Value) {
    call.note(AUDITS, "UPDATED", vec![("vipId", json!(id))], changes);
}

pub(crate) fn list(call: &mut Call<'_>) -> Outcome {
    let mut rows: Vec<Value> = call.account.vips.iter().map(|vip| vip.show(call)).collect();
    let ip_is = |row: &Value, wanted: &[&str]| wanted.iter().any(|ip| row["v4"]["ip"] == ip.trim());
    for name in ["ip", "ips"] {
        if let Some(wanted) = call.query.members(name) {
            rows.retain(|row| ip_is(row, &wanted));
        }
    }
    let filters = [
        Filter::Equals("resourceId"),
        Filter::Equals("resourceType"),
        Filter::Contains("resourceName"),
        Filter::Contains("resourceDisplayName"),
        Filter::Equals("ipVersion"),
        Filter::Equals("type"),
        Filter::Contains("dataCenter"),
        Filter::Equals("region"),
    ];
    call.list(rows, &filters)
}

pub(crate) fn get(call: &mut Call<'_>) -> Outcome {
    let place = place(call)?;
    Ok(call.answer(200, vec![call.account.vips[place].show(call)]))
}

fn resource(call: &Call<'_>) -> Result<(&'static str, i64), Refusal> {
    let id = call.number("resourceId")?;
    match call.parameter("resourceType") {
        "instances" if call.account.instances.get(id).is_none() => {
            Err(Refusal::new(404, "Entry Resource not found by resourceId"))
        }
        "instances" => Ok(("instances", id)),
        "bare-metal" => Ok(("bare-metal", id)),
        _ => Err(Refusal::bad("resourceType must be one of: instances, bare-metal")),
    }
}

pub(crate) fn assign(call: &mut Call<'_>) -> Outcome {
    let (place, resource) = (place(call)?, resource(call)?);
    let vip = &mut call.account.vips[place];
    if vip.resource.is_some() {
        return Err(Refusal::new(409, "The IP is already assigned"));
    }
    vip.resource = Some(resource);
    let id = vip.id.clone();
    note(call, &id, json!({ "new": { "resourceId": resource.1 } }));
    Ok(call.answer(200, vec![call.account.vips[place].show(call)]))
}

pub(crate) fn unassign(call: &mut Call<'_>) -> Outcome {
    let (place, resource) = (place(call)?, resource(call)?);
    let vip = &mut call.account.vips[place];
    if vip.resource != Some(resource) {
        return Err(Refusal::new(404, "Entry Resource not found by resourceId"));
    }
    vip.resource = None;
    let id = vip.id.clone();
    note(call, &id, json!({ "prev": { "resourceId": resource.1 } }));
    Ok(call.nothing())
}
