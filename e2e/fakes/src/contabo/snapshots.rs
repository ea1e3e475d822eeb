//! Snapshots: as many as the plan allows, for thirty days; going back deletes what is newer.

use serde_json::{Value, json};

use super::account::Account;
use super::call::{Call, Outcome, Refusal};
use super::clock_text::{self, DAY};
use super::form::Form;
use super::list::Filter;

const AUDITS: &str = "/v1/compute/snapshots/audits";

#[derive(Clone, Debug)]
pub(crate) struct Snapshot {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) description: String,
    pub(crate) created: i64,
    pub(crate) auto_delete: i64,
    pub(crate) image_id: String,
    pub(crate) image_name: String,
}

impl Snapshot {
    fn show(&self, instance: i64) -> Value {
        json!({
            "snapshotId": self.id,
            "name": self.name,
            "description": self.description,
            "instanceId": instance,
            "createdDate": clock_text::time(self.created),
            "autoDeleteDate": clock_text::time(self.auto_delete),
            "imageId": self.image_id,
            "imageName": self.image_name,
        })
    }
}

impl Account {
    /// Takes a snapshot; the limit was looked at before.
    pub(crate) fn take_snapshot(&mut self, instance: i64, name: &str, description: &str, now: i64) -> Snapshot {
        let image_id = self.instances.get(instance).and_then(|known| known.image_id.clone());
        let image = self.images.iter().find(|image| Some(&image.id) == image_id.as_ref());
        let snapshots = self.snapshots.entry(instance).or_default();
        // The id holds the second; two in one second would be one.
        let mut second = now / 1_000;
        while snapshots.iter().any(|known| known.id == format!("snap{second}")) {
            second += 1;
        }
        let snapshot = Snapshot {
            id: format!("snap{second}"),
            name: name.to_owned(),
            description: description.to_owned(),
            created: now,
            auto_delete: now + 30 * DAY,
            image_name: image.map(|image| image.name.clone()).unwrap_or_default(),
            image_id: image_id.unwrap_or_default(),
        };
        snapshots.push(snapshot.clone());
        snapshot
    }
}

fn place(call: &Call<'_>) -> Result<(i64, usize), Refusal> {
    let instance = call.instance()?.id;
    let id = call.parameter("snapshotId");
    let known = call.account.snapshots.get(&instance);
    let place = known.and_then(|list| list.iter().position(|snapshot| snapshot.id == id));
    let place = place.ok_or_else(|| Refusal::no_entry("Snapshot", "snapshotId", id))?;
    Ok((instance, place))
}

fn note(call: &mut Call<'_>, action: &'static str, instance: i64, snapshot: &str, changes: Value) {
    let subject = vec![("instanceId", json!(instance)), ("snapshotId", json!(snapshot))];
    call.note(AUDITS, action, subject, changes);
}

/// Letters, digits, spaces and dashes alone.
fn check_name(form: &mut Form<'_>, name: Option<&String>) {
    let fits = |letter: char| letter.is_ascii_alphanumeric() || letter == ' ' || letter == '-';
    if name.is_some_and(|name| !name.chars().all(fits)) {
        form.complain("name may contain letters, numbers, spaces and dashes only");
    }
}

pub(crate) fn list(call: &mut Call<'_>) -> Outcome {
    let instance = call.instance()?.id;
    let known = call.account.snapshots.get(&instance).into_iter().flatten();
    let rows = known.map(|snapshot| call.entry(snapshot.show(instance))).collect();
    call.list(rows, &[Filter::Contains("name")])
}

pub(crate) fn get(call: &mut Call<'_>) -> Outcome {
    let (instance, place) = place(call)?;
    let shown = call.account.snapshots[&instance][place].show(instance);
    Ok(call.answer(200, vec![call.entry(shown)]))
}

pub(crate) fn create(call: &mut Call<'_>) -> Outcome {
    let body = call.body.clone();
    let mut form = Form::of(&body);
    let name = form.required_text("name", 1, 30);
    check_name(&mut form, Some(&name));
    let description = form.text("description", 1, 255).unwrap_or_else(|| name.clone());
    form.finish()?;
    let (instance, limit) = {
        let instance = call.instance()?;
        if !["running", "stopped", "rescue"].contains(&instance.status.as_str()) {
            return Err(Refusal::new(422, "Snapshots need an installed instance"));
        }
        (instance.id, instance.product.snapshots)
    };
    let taken = call.account.snapshots.get(&instance).map_or(0, Vec::len);
    if taken >= limit {
        let message = format!("Total snapshots exceed the total max limit of {limit} snapshots");
        return Err(Refusal::new(402, &message));
    }
    let snapshot = call.account.take_snapshot(instance, &name, &description, call.now);
    note(
        call,
        "CREATED",
        instance,
        &snapshot.id,
        json!({ "new": { "name": name } }),
    );
    Ok(call.answer(201, vec![call.entry(snapshot.show(instance))]))
}

pub(crate) fn update(call: &mut Call<'_>) -> Outcome {
    let body = call.body.clone();
    let mut form = Form::of(&body);
    let name = form.text("name", 1, 30);
    check_name(&mut form, name.as_ref());
    let description = form.text("description", 1, 255);
    form.finish()?;
    let (instance, place) = place(call)?;
    let Some(snapshot) = call.account.snapshots.get_mut(&instance).map(|list| &mut list[place]) else {
        return Err(Refusal::new(404, "Entry Snapshot not found"));
    };
    let before = snapshot.name.clone();
    snapshot.name = name.unwrap_or(before.clone());
    if let Some(description) = description {
        snapshot.description = description;
    }
    let (id, after, shown) = (snapshot.id.clone(), snapshot.name.clone(), snapshot.show(instance));
    note(
        call,
        "UPDATED",
        instance,
        &id,
        json!({ "prev": { "name": before }, "new": { "name": after } }),
    );
    Ok(call.answer(200, vec![call.entry(shown)]))
}

pub(crate) fn delete(call: &mut Call<'_>) -> Outcome {
    let (instance, place) = place(call)?;
    if let Some(list) = call.account.snapshots.get_mut(&instance) {
        let snapshot = list.remove(place);
        note(
            call,
            "DELETED",
            instance,
            &snapshot.id,
            json!({ "prev": { "name": snapshot.name } }),
        );
    }
    Ok(call.nothing())
}

pub(crate) fn roll_back(call: &mut Call<'_>) -> Outcome {
    let (instance, place) = place(call)?;
    let (mut newer, mut image) = (Vec::new(), None);
    if let Some(list) = call.account.snapshots.get_mut(&instance) {
        newer = list.split_off(place + 1);
        image = list.get(place).map(|snapshot| snapshot.image_id.clone());
    }
    // The disk is that of then, and with it the system. That Contabo says so is a guess.
    if let Some(known) = call.account.instances.get_mut(instance) {
        known.image_id = image.filter(|id| !id.is_empty());
    }
    let id = call.parameter("snapshotId").to_owned();
    for gone in newer {
        note(
            call,
            "DELETED",
            instance,
            &gone.id,
            json!({ "prev": { "name": gone.name } }),
        );
    }
    note(call, "UPDATED", instance, &id, json!({ "new": { "rollback": true } }));
    Ok(call.links(200, &[]))
}
