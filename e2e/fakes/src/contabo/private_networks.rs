//! Private networks: a /22 that Contabo chooses, members that paid for the add-on, and what each of them still has to
//! do before it is truly in.

use serde_json::{Value, json};

use super::call::{Call, Outcome, Refusal};
use super::clock_text;
use super::form::Form;
use super::list::{Filter, Query};
use super::products::{PRIVATE_NETWORKING, Region};

const AUDITS: &str = "/v1/private-networks/audits";

#[derive(Clone, Debug)]
pub(crate) struct PrivateNetwork {
    pub(crate) id: i64,
    pub(crate) name: String,
    pub(crate) description: String,
    pub(crate) region: &'static Region,
    pub(crate) created: i64,
    pub(crate) members: Vec<Member>,
    /// Grows with each member, so that an address is not given to another at once.
    pub(crate) next_host: u16,
}

#[derive(Clone, Debug)]
pub(crate) struct Member {
    pub(crate) instance: i64,
    pub(crate) host: u16,
    /// `reinstall` or `restart` until it was done, then nothing.
    pub(crate) needs: Option<&'static str>,
    /// A failure that somebody set from outside.
    pub(crate) failure: Option<String>,
}

impl PrivateNetwork {
    /// The first three numbers of its addresses, and the fourth of the net.
    fn address(&self, host: u16) -> String {
        let nth = (self.id - FIRST_ID).rem_euclid(16_000);
        let third = (nth % 64) * 4 + i64::from(host >> 8);
        format!("10.{}.{third}.{}", nth / 64, host & 0xff)
    }

    pub(crate) fn was_installed(&mut self, instance: i64) {
        for member in self.members.iter_mut().filter(|member| member.instance == instance) {
            member.needs = None;
            member.failure = None;
        }
    }

    pub(crate) fn was_restarted(&mut self, instance: i64) {
        let waits = |member: &&mut Member| member.instance == instance && member.needs == Some("restart");
        for member in self.members.iter_mut().filter(waits) {
            member.needs = None;
        }
    }

    /// Takes an instance in. The first network of an instance needs a new installation, a later one a restart.
    pub(crate) fn admit(&mut self, instance: i64, is_first: bool) {
        self.next_host += 1;
        self.members.push(Member {
            instance,
            host: self.next_host,
            needs: Some(if is_first { "reinstall" } else { "restart" }),
            failure: None,
        });
    }

    fn show(&self, call: &Call<'_>) -> Value {
        let member = |member: &Member| {
            let instance = call.account.instances.get(member.instance)?;
            let status = match (&member.failure, member.needs) {
                (Some(_), _) => "reinstallation failed",
                (None, Some(needs)) => needs,
                (None, None) if instance.status == "installing" => "installing",
                (None, None) => "ok",
            };
            let mut shown = json!({
                "instanceId": instance.id,
                "displayName": instance.display_name,
                "name": instance.name(),
                "productId": instance.product.id,
                "privateIpConfig": { "v4": [{
                    "ip": self.address(member.host),
                    "netmaskCidr": 22,
                    "gateway": self.address(1),
                }] },
                "ipConfig": instance.ip_config(call.behaviour),
                "status": status,
            });
            if let Some(failure) = &member.failure {
                shown["errorMessage"] = json!(failure);
            }
            Some(shown)
        };
        call.entry(json!({
            "privateNetworkId": self.id,
            "dataCenter": self.region.data_center,
            "region": self.region.slug,
            "regionName": self.region.name,
            "name": self.name,
            "description": self.description,
            "cidr": format!("{}/22", self.address(0)),
            "availableIps": 1_022_usize.saturating_sub(self.members.len()),
            "createdDate": clock_text::time(self.created),
            "instances": self.members.iter().filter_map(member).collect::<Vec<_>>(),
        }))
    }
}

/// Of the first network of an account.
pub(crate) const FIRST_ID: i64 = 12_001;

fn id(call: &Call<'_>) -> Result<i64, Refusal> {
    let id = call.number("privateNetworkId")?;
    if call.account.networks.contains_key(&id) {
        return Ok(id);
    }
    Err(Refusal::no_entry("PrivateNetwork", "privateNetworkId", id))
}

fn note(call: &mut Call<'_>, action: &'static str, id: i64, changes: Value) {
    call.note(AUDITS, action, vec![("privateNetworkId", json!(id))], changes);
}

fn shown(call: &Call<'_>, id: i64) -> Vec<Value> {
    let network = call.account.networks.get(&id);
    network.map(|network| network.show(call)).into_iter().collect()
}

/// Whether one of the instances that the query lists is a member.
pub(crate) fn has_member(query: &Query, mut members: impl Iterator<Item = i64>) -> bool {
    let Some(asked) = query.members("instanceIds") else {
        return true;
    };
    let asked: Vec<i64> = asked.iter().filter_map(|text| text.trim().parse().ok()).collect();
    members.any(|member| asked.contains(&member))
}

pub(crate) fn list(call: &mut Call<'_>) -> Outcome {
    let all = call.account.networks.values();
    let all = all.filter(|network| has_member(&call.query, network.members.iter().map(|member| member.instance)));
    let rows = all.map(|network| network.show(call)).collect();
    let filters = [
        Filter::Contains("name"),
        Filter::Equals("region"),
        Filter::Contains("dataCenter"),
    ];
    call.list(rows, &filters)
}

pub(crate) fn get(call: &mut Call<'_>) -> Outcome {
    let id = id(call)?;
    Ok(call.answer(200, shown(call, id)))
}

fn check_name(form: &mut Form<'_>, name: Option<&String>) {
    let fits = |letter: char| letter.is_ascii_alphanumeric() || ":-_".contains(letter);
    if name.is_some_and(|name| !name.chars().all(fits)) {
        form.complain("name may contain letters, numbers, colons, dashes, and underscores only");
    }
}

pub(crate) fn create(call: &mut Call<'_>) -> Outcome {
    let body = call.body.clone();
    let mut form = Form::of(&body);
    let name = form.required_text("name", 1, 255);
    check_name(&mut form, Some(&name));
    let description = form.text("description", 0, 255).unwrap_or_default();
    let region = form.text("region", 1, 255).unwrap_or("EU".to_owned());
    let region = Region::find(&region);
    if region.is_none() {
        form.complain("region must be a valid region slug");
    }
    form.finish()?;
    if call.account.networks.values().any(|network| network.name == name) {
        return Err(Refusal::new(
            409,
            "There is already a private network with the same name",
        ));
    }
    let Some(region) = region else {
        return Err(Refusal::bad("region must be a valid region slug"));
    };
    let id = call.account.number("network", FIRST_ID);
    let network = PrivateNetwork {
        id,
        name: name.clone(),
        description,
        region,
        created: call.now,
        members: Vec::new(),
        next_host: 1,
    };
    call.account.networks.insert(id, network);
    note(
        call,
        "CREATED",
        id,
        json!({ "new": { "name": name, "region": region.slug } }),
    );
    Ok(call.answer(201, shown(call, id)))
}

pub(crate) fn update(call: &mut Call<'_>) -> Outcome {
    let body = call.body.clone();
    let mut form = Form::of(&body);
    let name = form.text("name", 1, 255);
    check_name(&mut form, name.as_ref());
    let description = form.text("description", 0, 255);
    form.finish()?;
    let id = id(call)?;
    let mut changes = json!({});
    if let Some(network) = call.account.networks.get_mut(&id) {
        changes = json!({ "prev": { "name": network.name }, "new": { "name": name } });
        if let Some(name) = name {
            network.name = name;
        }
        if let Some(description) = description {
            network.description = description;
        }
    }
    note(call, "UPDATED", id, changes);
    Ok(call.answer(200, shown(call, id)))
}

pub(crate) fn delete(call: &mut Call<'_>) -> Outcome {
    let id = id(call)?;
    call.account.networks.remove(&id);
    note(call, "DELETED", id, json!({}));
    Ok(call.nothing())
}

pub(crate) fn assign(call: &mut Call<'_>) -> Outcome {
    let id = id(call)?;
    let instance = call.instance()?;
    let (instance_id, region) = (instance.id, instance.region);
    if !instance.has(PRIVATE_NETWORKING) {
        let message = "Private networking add-on is required for this instance";
        return Err(Refusal::new(402, message));
    }
    let member_of = |network: &PrivateNetwork| network.members.iter().any(|member| member.instance == instance_id);
    let is_first = !call.account.networks.values().any(member_of);
    if let Some(network) = call.account.networks.get_mut(&id) {
        if network.region != region {
            return Err(Refusal::bad("Instance and private network must be in the same region"));
        }
        if member_of(network) {
            return Err(Refusal::new(409, "Instance is already assigned to the private network"));
        }
        network.admit(instance_id, is_first);
    }
    note(call, "UPDATED", id, json!({ "new": { "instanceId": instance_id } }));
    Ok(call.links(201, &both(id, instance_id)))
}

pub(crate) fn unassign(call: &mut Call<'_>) -> Outcome {
    let (id, instance) = (id(call)?, call.number("instanceId")?);
    let members = call.account.networks.get_mut(&id).map(|network| &mut network.members);
    let before = members.as_ref().map_or(0, |members| members.len());
    let after = members.map_or(0, |members| {
        members.retain(|member| member.instance != instance);
        members.len()
    });
    if before == after {
        return Err(Refusal::no_entry("Assignment", "instanceId", instance));
    }
    note(call, "UPDATED", id, json!({ "prev": { "instanceId": instance } }));
    // 201, though something went away: so it is documented.
    Ok(call.links(201, &both(id, instance)))
}

fn both(id: i64, instance: i64) -> [(&'static str, String); 2] {
    [
        ("virtualPrivateCloud", format!("/v1/private-networks/{id}")),
        ("instance", format!("/v1/compute/instances/{instance}")),
    ]
}
