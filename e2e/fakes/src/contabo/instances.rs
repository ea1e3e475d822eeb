//! The operations of instances: list, order, reinstall, rename, cancel, add-ons, offers, region. What an instance does
//! afterwards is in [`super::instance`], power in [`super::actions`].

use serde_json::{Value, json};

use super::account::Order;
use super::call::{Call, Outcome, Refusal};
use super::clock_text;
use super::form::Form;
use super::instance::Instance;
use super::list::{Page, orders, sort};
use super::products::{self, Product, Region};
use super::spec::ms;

/// The list of changes of instances.
pub(crate) const AUDITS: &str = "/v1/compute/instances/audits";

/// Months that a contract may have: newest texts, older texts and the shop together.
const PERIODS: [i64; 5] = [1, 3, 6, 12, 24];

const USERS: [&str; 3] = ["root", "admin", "administrator"];

impl Call<'_> {
    /// The instance that the path names.
    pub(crate) fn instance(&self) -> Result<&Instance, Refusal> {
        let id = self.number("instanceId")?;
        let instance = self.account.instances.get(id);
        instance.ok_or_else(|| Refusal::no_entry("Instances", "instanceId", id))
    }

    /// Notes a change of an instance.
    pub(crate) fn note_instance(&mut self, action: &'static str, id: i64, changes: Value) {
        self.note(AUDITS, action, vec![("instanceId", json!(id))], changes);
    }

    /// Refuses ids of secrets that are not there, as Contabo was seen to do: with a 500.
    pub(crate) fn check_secrets(&self, password: Option<i64>, keys: &[i64]) -> Result<(), Refusal> {
        let is = |id: i64, kind: &str| self.account.secrets.get(&id).is_some_and(|secret| secret.kind == kind);
        if password.is_none_or(|id| is(id, "password")) && keys.iter().all(|id| is(*id, "ssh")) {
            return Ok(());
        }
        Err(Refusal::new(500, "Internal server error"))
    }
}

pub(crate) fn list(call: &mut Call<'_>) -> Outcome {
    let page = Page::asked(&call.query)?;
    let orders = orders(&call.query)?;
    let admits = filter(call);
    let instances = call.account.instances.listed();
    let show = |instance: &Instance| call.entry(instance.show(call.behaviour));
    let forward = orders.iter().all(|order| *order == ("instanceId", false));
    // Thousands of instances are listed at the price of a page, as long as nobody asks for another order.
    if forward && admits.is_empty() {
        let rows = instances.iter().skip(page.start()).take(page.size).map(show).collect();
        return Ok(call.page(page, instances.len(), rows));
    }
    let chosen = instances
        .iter()
        .filter(|instance| admits.iter().all(|admit| admit(instance)));
    let chosen: Vec<&Instance> = chosen.collect();
    let total = chosen.len();
    if forward {
        let rows = chosen
            .into_iter()
            .skip(page.start())
            .take(page.size)
            .map(show)
            .collect();
        return Ok(call.page(page, total, rows));
    }
    let mut rows: Vec<Value> = chosen.into_iter().map(show).collect();
    sort(&mut rows, &orders);
    let rows = rows.into_iter().skip(page.start()).take(page.size).collect();
    Ok(call.page(page, total, rows))
}

type Admit<'q> = Box<dyn Fn(&Instance) -> bool + 'q>;

/// What the query asks of an instance; nothing if it does not filter.
fn filter<'q>(call: &'q Call<'_>) -> Vec<Admit<'q>> {
    let query = &call.query;
    let mut admits: Vec<Admit<'q>> = Vec::new();
    let mut text = |name: &str, field: fn(&Instance) -> String| {
        if let Some(part) = query.get(name).map(str::to_lowercase) {
            admits.push(Box::new(move |instance| field(instance).to_lowercase().contains(&part)));
        }
    };
    text("name", Instance::name);
    text("displayName", |instance| instance.display_name.clone());
    text("dataCenter", |instance| instance.region.data_center.to_owned());
    text("search", |instance| {
        let ip = if instance.addressed {
            instance.v4()
        } else {
            String::new()
        };
        format!("{}\n{}\n{ip}", instance.name(), instance.display_name)
    });
    let mut among = |name: &str, fits: fn(&Instance, &str) -> bool| {
        if let Some(members) = query.members(name) {
            admits.push(Box::new(move |instance| {
                members.iter().any(|member| fits(instance, member.trim()))
            }));
        }
    };
    among("region", |instance, member| {
        instance.region.slug.eq_ignore_ascii_case(member)
    });
    among("status", |instance, member| instance.status == member);
    among("instanceId", |instance, member| instance.id.to_string() == member);
    among("instanceIds", |instance, member| instance.id.to_string() == member);
    among("productIds", |instance, member| instance.product.id == member);
    among("productTypes", |instance, member| instance.product.kind == member);
    among("addOnIds", |instance, member| {
        member.parse().is_ok_and(|id| instance.has(id))
    });
    if let Some(wanted) = query.get("ipConfig") {
        let wanted = wanted == "true";
        admits.push(Box::new(move |instance| instance.addressed == wanted));
    }
    // Nothing is ever suspended here, and all of it belongs to one customer.
    if query.get("suspended") == Some("true")
        || query.get("customerId").is_some_and(|id| id != call.account.customer_id)
        || query.get("tenantId").is_some_and(|id| id != call.account.tenant_id)
    {
        admits.push(Box::new(|_| false));
    }
    admits
}

pub(crate) fn get(call: &mut Call<'_>) -> Outcome {
    let shown = call.instance()?.show(call.behaviour);
    Ok(call.answer(200, vec![call.entry(shown)]))
}

pub(crate) fn create(call: &mut Call<'_>) -> Outcome {
    let body = call.body.clone();
    let mut form = Form::of(&body);
    let period = form.required_integer("period");
    if form.value("period").is_some() && !PERIODS.contains(&period) {
        form.complain("period must be one of the following values: 1, 3, 6, 12, 24");
    }
    let product = form.text("productId", 1, 255).unwrap_or("V153".to_owned());
    let image = form.uuid("imageId").unwrap_or(super::images::DEFAULT.to_owned());
    let region = form.text("region", 1, 255).unwrap_or("EU".to_owned());
    let keys = form.integers("sshKeys").unwrap_or_default();
    let password = form.integer("rootPassword");
    let user_data = form.text("userData", 0, 65_536);
    let display_name = form.text("displayName", 0, 255).unwrap_or_default();
    let default_user = form.choice("defaultUser", &USERS);
    let application = form.uuid("applicationId");
    form.text("license", 1, 20);
    let region = Region::find(&region);
    if region.is_none() {
        form.complain("region must be a valid enum value");
    }
    form.finish()?;
    let product =
        Product::find(&product).ok_or_else(|| Refusal::bad(&format!("Bad Request productId {product} is wrong")))?;
    let os_type = call
        .account
        .images
        .iter()
        .find(|known| known.id == image)
        .map(|known| known.os_type.clone())
        .ok_or_else(|| Refusal::bad(&format!("Bad Request imageId {image} is wrong")))?;
    if !display_name.is_empty()
        && call
            .account
            .instances
            .all()
            .any(|known| known.display_name == display_name)
    {
        return Err(Refusal::bad("There is already an instance with the same display name"));
    }
    call.check_secrets(password, &keys)?;
    let limit = call.behaviour.instance_limit;
    if limit.is_some_and(|limit| call.account.instances.all().count() >= limit) {
        return Err(Refusal::bad("The limit of instances of this account is reached"));
    }

    let now = call.now;
    let region = region.unwrap_or(&products::REGIONS[0]);
    let mut instance = Instance::new(call.account, product, region, now);
    instance.display_name.clone_from(&display_name);
    instance.image_id = Some(image);
    instance.os_type = os_type;
    instance.default_user = default_user.unwrap_or("admin".to_owned());
    instance.application_id = application;
    instance.period = u32::try_from(period).unwrap_or(1);
    instance.ssh_keys = keys;
    instance.root_password = password;
    instance.user_data = user_data;
    instance.installations = 1;
    instance.add_ons = ordered_add_ons(&body["addOns"]);
    if instance.has(products::ADDITIONAL_IP) {
        let number = instance.number;
        instance.additional_ips = vec![format!("198.19.{}.{}", (number >> 8) & 0xff, number & 0xff)];
    }
    let outcome = call.order_outcome.take().unwrap_or_default();
    let id = instance.id;
    let answer = json!({
        "instanceId": id,
        "createdDate": clock_text::time(now),
        "imageId": instance.image_id,
        "productId": product.id,
        "region": region.slug,
        "addOns": instance.add_ons(),
        "osType": instance.os_type,
        "status": outcome.status(),
        "sshKeys": instance.ssh_keys,
    });
    call.account.name_in_reverse(&instance);
    call.account.instances.order(instance, &outcome, now, call.behaviour);
    call.account.orders.push(Order {
        operation: "createInstance",
        resource: id.to_string(),
        display_name: display_name.clone(),
        request_id: call.request_id.clone(),
    });
    call.note_instance(
        "CREATED",
        id,
        json!({ "new": { "displayName": display_name, "productId": product.id } }),
    );
    Ok(call.answer(201, vec![call.entry(answer)]))
}

fn ordered_add_ons(asked: &Value) -> Vec<(i64, i64)> {
    let mut add_ons = vec![(products::USUAL, 1)];
    for (name, id) in [
        ("privateNetworking", products::PRIVATE_NETWORKING),
        ("backup", products::BACKUP),
        ("additionalIps", products::ADDITIONAL_IP),
        ("customImage", products::CUSTOM_IMAGES),
    ] {
        if asked[name].is_object() {
            add_ons.push((id, 1));
        }
    }
    for more in asked["addonsIds"].as_array().into_iter().flatten() {
        if let (Some(id), Some(quantity)) = (more["id"].as_i64(), more["quantity"].as_i64()) {
            add_ons.push((id, quantity));
        }
    }
    add_ons
}

pub(crate) fn rename(call: &mut Call<'_>) -> Outcome {
    let body = call.body.clone();
    let mut form = Form::of(&body);
    let name = form.text("displayName", 0, 255);
    form.finish()?;
    let (id, created, before) = {
        let instance = call.instance()?;
        (instance.id, instance.created, instance.display_name.clone())
    };
    if let Some(name) = name {
        let taken = |known: &Instance| known.id != id && known.display_name == name;
        if !name.is_empty() && call.account.instances.all().any(taken) {
            return Err(Refusal::bad("There is already an instance with the same display name"));
        }
        if let Some(instance) = call.account.instances.get_mut(id) {
            instance.display_name.clone_from(&name);
        }
        call.note_instance(
            "UPDATED",
            id,
            json!({ "prev": { "displayName": before }, "new": { "displayName": name } }),
        );
    }
    Ok(changed(call, id, created))
}

/// What renaming, reinstalling and upgrading answer.
fn changed(call: &Call<'_>, id: i64, created: i64) -> super::call::Answer {
    let fields = json!({ "instanceId": id, "createdDate": clock_text::time(created) });
    call.answer(200, vec![call.entry(fields)])
}

pub(crate) fn reinstall(call: &mut Call<'_>) -> Outcome {
    let body = call.body.clone();
    let mut form = Form::of(&body);
    form.require("imageId");
    let image = form.uuid("imageId").unwrap_or_default();
    let keys = form.integers("sshKeys").unwrap_or_default();
    let password = form.integer("rootPassword");
    let user_data = form.text("userData", 0, 65_536);
    let default_user = form.choice("defaultUser", &USERS);
    let application = form.uuid("applicationId");
    form.finish()?;
    let (id, created) = {
        let instance = call.instance()?;
        if !["running", "stopped", "rescue", "error", "uninstalled"].contains(&instance.status.as_str()) {
            let message = format!("Instance can not be reinstalled while it is {}", instance.status);
            return Err(Refusal::new(422, &message));
        }
        (instance.id, instance.created)
    };
    let Some(known) = call.account.images.iter().find(|known| known.id == image) else {
        return Err(Refusal::bad(&format!("Bad Request imageId {image} is wrong")));
    };
    let os_type = known.os_type.clone();
    call.check_secrets(password, &keys)?;
    let mut before = None;
    if let Some(instance) = call.account.instances.get_mut(id) {
        before = instance.image_id.replace(image.clone());
        instance.os_type = os_type;
        instance.ssh_keys = keys;
        instance.root_password = password;
        instance.user_data = user_data;
        instance.application_id = application;
        instance.error = None;
        instance.installations += 1;
        // A report says that without a word another account is made; the answer shows which.
        instance.default_user = default_user.unwrap_or("root".to_owned());
    }
    let done = call.now + ms(call.behaviour.install);
    call.account.instances.change(id, Some("installing"), done, "running");
    for network in call.account.networks.values_mut() {
        network.was_installed(id);
    }
    call.note_instance(
        "UPDATED",
        id,
        json!({ "prev": { "imageId": before }, "new": { "imageId": image } }),
    );
    Ok(changed(call, id, created))
}

pub(crate) fn cancel(call: &mut Call<'_>) -> Outcome {
    let body = call.body.clone();
    let mut form = Form::of(&body);
    let asked = form.text("cancelDate", 10, 40);
    let asked = asked.map(|text| clock_text::read(&text).unwrap_or(-1));
    if asked.is_some_and(|at| at < call.now - clock_text::DAY) {
        form.complain("cancelDate must be a date in the future");
    }
    form.finish()?;
    let instance = call.instance()?;
    if instance.cancelled.is_some() {
        return Err(Refusal::bad("Cannot cancel instance as it has already been canceled"));
    }
    match instance.status.as_str() {
        "pending_payment" => return Err(Refusal::new(500, "Internal server error")),
        "verification_required" | "product_not_available" => {
            return Err(Refusal::new(422, "Instance can not be cancelled in its current state"));
        }
        _ => {}
    }
    let from = asked.map_or(call.now, |asked| (asked - 1).max(call.now));
    let end = clock_text::end_of_term(instance.created, instance.period, from);
    let id = instance.id;
    call.account.instances.cancel(id, end);
    let date = clock_text::date(end);
    call.note_instance(
        "UPDATED",
        id,
        json!({ "prev": { "cancelDate": null }, "new": { "cancelDate": date } }),
    );
    let fields = json!({ "instanceId": id, "cancelDate": date });
    Ok(call.answer(201, vec![call.entry(fields)]))
}

pub(crate) fn upgrade(call: &mut Call<'_>) -> Outcome {
    let (id, created) = {
        let instance = call.instance()?;
        (instance.id, instance.created)
    };
    let choices = [
        ("privateNetworking", products::PRIVATE_NETWORKING),
        ("backup", products::BACKUP),
    ];
    let asked = choices.iter().filter(|(name, _)| call.body[*name].is_object());
    let asked: Vec<i64> = asked.map(|(_, id)| *id).collect();
    if asked.is_empty() {
        return Err(Refusal::complaints(vec![
            "at least one add-on should be given".to_owned(),
        ]));
    }
    let instance = call.instance()?;
    if asked.iter().any(|add_on| instance.has(*add_on)) {
        return Err(Refusal::new(409, "The add-on is already booked for this instance"));
    }
    let display_name = instance.display_name.clone();
    if let Some(instance) = call.account.instances.get_mut(id) {
        instance.add_ons.extend(asked.iter().map(|add_on| (*add_on, 1)));
    }
    call.account.orders.push(Order {
        operation: "upgradeInstance",
        resource: id.to_string(),
        display_name,
        request_id: call.request_id.clone(),
    });
    call.note_instance("UPDATED", id, json!({ "new": { "addonsIds": asked } }));
    Ok(changed(call, id, created))
}
