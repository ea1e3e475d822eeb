//! Object storages, their credentials and the data centres: they take a while to be made, only ever grow, and say with
//! delay how full they are. The S3 side of them is not here.

use serde_json::{Value, json};

use super::account::{Account, Order};
use super::call::{Call, Outcome, Refusal};
use super::clock_text;
use super::credentials::Credential;
use super::form::Form;
use super::list::Filter;
use super::products::{REGIONS, Region};
use super::spec::{Behaviour, ms};
use crate::noise::below;

const AUDITS: &str = "/v1/object-storages/audits";

/// Sold in steps of 250 GB.
const STEP_TB: f64 = 0.25;

#[derive(Clone, Debug)]
pub(crate) struct ObjectStorage {
    pub(crate) id: String,
    pub(crate) display_name: String,
    pub(crate) region: &'static Region,
    pub(crate) created: i64,
    pub(crate) cancelled: Option<i64>,
    pub(crate) size_tb: f64,
    pub(crate) scaling: bool,
    pub(crate) scaling_limit_tb: f64,
    pub(crate) s3_tenant: String,
    /// Until when it shows `busy`.
    pub(crate) ready: i64,
    pub(crate) busy: &'static str,
    /// A state that somebody set from outside.
    pub(crate) state: Option<String>,
    /// What is in it, in TB, and how many objects.
    pub(crate) used_tb: f64,
    pub(crate) objects: i64,
}

impl ObjectStorage {
    fn status(&self, now: i64) -> &str {
        match &self.state {
            Some(state) => state,
            None if self.cancelled.is_some_and(|end| end <= now) => "CANCELLED",
            None if now < self.ready => self.busy,
            None => "READY",
        }
    }

    /// What ended shows for a month that it did.
    pub(crate) fn is_listed(&self, now: i64) -> bool {
        self.cancelled.is_none_or(|end| now < end + 30 * clock_text::DAY)
    }

    fn show(&self, now: i64, behaviour: &Behaviour) -> Value {
        json!({
            "objectStorageId": self.id,
            "createdDate": clock_text::time(self.created),
            "cancelDate": match (self.cancelled, behaviour.documented) {
                (Some(end), _) => json!(clock_text::date(end)),
                (None, true) => json!("2099-12-31"),
                (None, false) => Value::Null,
            },
            "autoScaling": {
                "state": if self.scaling { "enabled" } else { "disabled" },
                "sizeLimitTB": self.scaling_limit_tb,
            },
            "dataCenter": self.region.data_center,
            "totalPurchasedSpaceTB": self.size_tb,
            "s3Url": self.region.s3.unwrap_or_default(),
            "s3TenantId": self.s3_tenant,
            "status": self.status(now),
            // A name in answers, a slug in requests.
            "region": self.region.name,
            "displayName": self.display_name,
        })
    }

    /// Grows in steps up to the cap, as far as auto-scaling was bought.
    pub(crate) fn fill(&mut self, used_tb: f64, objects: i64) {
        self.used_tb = used_tb;
        self.objects = objects;
        while self.scaling && self.used_tb > self.size_tb && self.size_tb + STEP_TB <= self.scaling_limit_tb {
            self.size_tb += STEP_TB;
        }
    }
}

impl Account {
    pub(crate) fn make_object_storage(&mut self, name: &str, region: &'static Region, size_tb: f64, now: i64) -> usize {
        let id = self.uuid();
        let display_name = match name {
            "" => format!("Object Storage {} {}", region.slug, self.number("storage name", 4_001)),
            name => name.to_owned(),
        };
        let s3_tenant = self.key(32);
        self.object_storages.push(ObjectStorage {
            id: id.clone(),
            display_name,
            region,
            created: now,
            cancelled: None,
            size_tb,
            scaling: false,
            scaling_limit_tb: size_tb,
            s3_tenant,
            ready: now,
            busy: "PROVISIONING",
            state: None,
            used_tb: 0.0,
            objects: 0,
        });
        let credential = Credential {
            id: self.number("credential", 7_301),
            user: self.user_id.clone(),
            storage: id,
            access_key: self.key(32),
            secret_key: self.key(32),
        };
        self.credentials.push(credential);
        self.object_storages.len() - 1
    }
}

fn place(call: &Call<'_>) -> Result<usize, Refusal> {
    let id = call.uuid("objectStorageId")?;
    let place = call.account.object_storages.iter().position(|storage| storage.id == id);
    place.ok_or_else(|| Refusal::no_entry("ObjectStorage", "objectStorageId", id))
}

pub(crate) fn note(call: &mut Call<'_>, action: &'static str, id: &str, changes: Value) {
    call.note(AUDITS, action, vec![("objectStorageId", json!(id))], changes);
}

pub(crate) fn list(call: &mut Call<'_>) -> Outcome {
    let all = call.account.object_storages.iter();
    let mut rows: Vec<Value> = all
        .map(|storage| call.entry(storage.show(call.now, call.behaviour)))
        .collect();
    // The filter takes the slug although the answer has the name.
    if let Some(region) = call.query.get("region") {
        let slug = |row: &Value| {
            REGIONS
                .iter()
                .find(|known| row["region"] == known.name)
                .map(|known| known.slug)
        };
        rows.retain(|row| row["region"] == region || slug(row) == Some(region));
    }
    let filters = [
        Filter::ContainsIn("dataCenterName", "dataCenter"),
        Filter::Equals("s3TenantId"),
        Filter::Contains("displayName"),
    ];
    call.list(rows, &filters)
}

pub(crate) fn get(call: &mut Call<'_>) -> Outcome {
    let shown = call.account.object_storages[place(call)?].show(call.now, call.behaviour);
    Ok(call.answer(200, vec![call.entry(shown)]))
}

/// Reads `autoScaling`, both parts of which are needed.
fn scaling(form: &mut Form<'_>) -> Option<(bool, f64)> {
    let asked = form.value("autoScaling")?;
    match (asked["state"].as_str(), asked["sizeLimitTB"].as_f64()) {
        (Some(state @ ("enabled" | "disabled")), Some(limit)) => Some((state == "enabled", limit)),
        _ => {
            form.complain("autoScaling.state and autoScaling.sizeLimitTB should not be empty");
            None
        }
    }
}

fn is_taken(call: &Call<'_>, name: &str, except: &str) -> bool {
    let mut others = call.account.object_storages.iter();
    others.any(|storage| storage.display_name == name && storage.id != except)
}

pub(crate) fn create(call: &mut Call<'_>) -> Outcome {
    let body = call.body.clone();
    let mut form = Form::of(&body);
    let region = form.required_text("region", 1, 255);
    form.require("totalPurchasedSpaceTB");
    let size = form.decimal("totalPurchasedSpaceTB").unwrap_or_default();
    if size <= 0.0 || (size / STEP_TB).fract() != 0.0 {
        form.complain("totalPurchasedSpaceTB must be a multiple of 0.25");
    }
    let name = form.text("displayName", 1, 255).unwrap_or_default();
    let scaling = scaling(&mut form);
    form.finish()?;
    let Some(region) = Region::find(&region).filter(|region| region.s3.is_some()) else {
        return Err(Refusal::bad("Object storage is not available in this region"));
    };
    if is_taken(call, &name, "") {
        return Err(Refusal::new(
            409,
            "There is already an object storage with the same display name",
        ));
    }
    let now = call.now;
    let place = call.account.make_object_storage(&name, region, size, now);
    let storage = &mut call.account.object_storages[place];
    storage.ready = now + ms(call.behaviour.storage);
    if let Some((state, limit)) = scaling {
        storage.scaling = state;
        storage.scaling_limit_tb = limit;
    }
    let (id, name) = (storage.id.clone(), storage.display_name.clone());
    let mut shown = storage.show(now, call.behaviour);
    shown["usedSpaceTB"] = json!(0.0);
    shown["usedSpacePercentage"] = json!(0.0);
    call.account.orders.push(Order {
        operation: "createObjectStorage",
        resource: id.clone(),
        display_name: name.clone(),
        request_id: call.request_id.clone(),
    });
    note(
        call,
        "CREATED",
        &id,
        json!({ "new": { "displayName": name, "totalPurchasedSpaceTB": size } }),
    );
    Ok(call.answer(201, vec![call.entry(shown)]))
}

/// What renaming and cancelling answer.
fn changed(call: &Call<'_>, place: usize) -> super::call::Answer {
    let storage = &call.account.object_storages[place];
    let shown = storage.show(call.now, call.behaviour);
    let fields = json!({
        "objectStorageId": storage.id,
        "cancelDate": shown["cancelDate"],
        "displayName": storage.display_name,
    });
    call.answer(200, vec![call.entry(fields)])
}

pub(crate) fn rename(call: &mut Call<'_>) -> Outcome {
    let body = call.body.clone();
    let mut form = Form::of(&body);
    let name = form.required_text("displayName", 1, 255);
    form.finish()?;
    let place = place(call)?;
    let id = call.account.object_storages[place].id.clone();
    if is_taken(call, &name, &id) {
        return Err(Refusal::new(
            409,
            "There is already an object storage with the same display name",
        ));
    }
    let storage = &mut call.account.object_storages[place];
    let before = std::mem::replace(&mut storage.display_name, name.clone());
    let changes = json!({ "prev": { "displayName": before }, "new": { "displayName": name } });
    note(call, "UPDATED", &id, changes);
    Ok(changed(call, place))
}

pub(crate) fn resize(call: &mut Call<'_>) -> Outcome {
    let body = call.body.clone();
    let mut form = Form::of(&body);
    let size = form.decimal("totalPurchasedSpaceTB");
    let scaling = scaling(&mut form);
    if size.is_none() && scaling.is_none() {
        form.complain("totalPurchasedSpaceTB or autoScaling should not be empty");
    }
    form.finish()?;
    let (place, now) = (place(call)?, call.now);
    let ready = now + ms(call.behaviour.storage);
    let storage = &mut call.account.object_storages[place];
    if storage.cancelled.is_some() {
        return Err(Refusal::new(422, "A cancelled object storage can not be changed"));
    }
    let before = storage.size_tb;
    if let Some(size) = size {
        if size < before {
            return Err(Refusal::bad("totalPurchasedSpaceTB can not be decreased"));
        }
        if size > before {
            storage.size_tb = size;
            storage.busy = "UPGRADING";
            storage.ready = ready;
        }
    }
    if let Some((state, limit)) = scaling {
        storage.scaling = state;
        storage.scaling_limit_tb = limit;
    }
    let (id, name, after) = (storage.id.clone(), storage.display_name.clone(), storage.size_tb);
    let shown = storage.show(now, call.behaviour);
    if after > before {
        call.account.orders.push(Order {
            operation: "upgradeObjectStorage",
            resource: id.clone(),
            display_name: name,
            request_id: call.request_id.clone(),
        });
    }
    let changes = json!({
        "prev": { "totalPurchasedSpaceTB": before },
        "new": { "totalPurchasedSpaceTB": after },
    });
    note(call, "UPDATED", &id, changes);
    Ok(call.answer(200, vec![call.entry(shown)]))
}

/// Figures of some hours ago: what came in since the last count does not show.
pub(crate) fn stats(call: &mut Call<'_>) -> Outcome {
    let storage = &call.account.object_storages[place(call)?];
    let counted_every = ms(call.behaviour.stale).max(1);
    let counted = call.now / counted_every * counted_every;
    let used = if counted < storage.created {
        0.0
    } else {
        storage.used_tb
    };
    let wobble = below(0x57a7, counted.unsigned_abs(), 100);
    let fields = json!({
        "usedSpaceTB": used,
        "usedSpacePercentage": (used / storage.size_tb * 100.0).min(100.0),
        "numberOfObjects": if used > 0.0 { storage.objects + i64::try_from(wobble).unwrap_or(0) } else { 0 },
    });
    Ok(call.answer(200, vec![call.entry(fields)]))
}

pub(crate) fn cancel(call: &mut Call<'_>) -> Outcome {
    let (place, now) = (place(call)?, call.now);
    let storage = &mut call.account.object_storages[place];
    if storage.cancelled.is_some() {
        return Err(Refusal::bad(
            "Cannot cancel object storage as it has already been canceled",
        ));
    }
    let end = clock_text::end_of_term(storage.created, 1, now);
    storage.cancelled = Some(end);
    let id = storage.id.clone();
    note(
        call,
        "UPDATED",
        &id,
        json!({ "new": { "cancelDate": clock_text::date(end) } }),
    );
    Ok(changed(call, place))
}
