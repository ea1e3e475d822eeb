//! Tags and what they are on. An instance does not show its tags; one asks the tag.

use serde_json::{Value, json};

use super::account::Account;
use super::call::{Call, Outcome, Refusal};
use super::form::Form;
use super::list::Filter;

const AUDITS: &str = "/v1/tags/audits";
const ASSIGNMENT_AUDITS: &str = "/v1/tags/assignments/audits";

#[derive(Clone, Debug)]
pub(crate) struct Tag {
    pub(crate) id: i64,
    pub(crate) name: String,
    pub(crate) color: String,
    pub(crate) description: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Assignment {
    pub(crate) tag: i64,
    /// `instance`, `image` or `object-storage`.
    pub(crate) resource_type: String,
    pub(crate) resource_id: String,
}

impl Tag {
    fn show(&self) -> Value {
        json!({ "tagId": self.id, "name": self.name, "color": self.color, "description": self.description })
    }
}

impl Account {
    pub(crate) fn make_tag(&mut self, name: &str, color: &str, description: &str) -> i64 {
        let id = self.number("tag", 51_001);
        let tag = Tag {
            id,
            name: name.to_owned(),
            color: color.to_owned(),
            description: description.to_owned(),
        };
        self.tags.insert(id, tag);
        id
    }

    /// The name of what a tag may be on; `None` if it is not there.
    fn resource_name(&self, kind: &str, id: &str) -> Option<String> {
        match kind {
            "instance" => self.instances.get(id.parse().ok()?).map(|instance| instance.name()),
            "image" => {
                let image = self.images.iter().find(|image| image.id == id)?;
                Some(image.name.clone())
            }
            "object-storage" => {
                let storage = self.object_storages.iter().find(|storage| storage.id == id)?;
                Some(storage.display_name.clone())
            }
            _ => None,
        }
    }
}

fn id(call: &Call<'_>) -> Result<i64, Refusal> {
    let id = call.number("tagId")?;
    if call.account.tags.contains_key(&id) {
        return Ok(id);
    }
    Err(Refusal::no_entry("Tag", "tagId", id))
}

fn note(call: &mut Call<'_>, action: &'static str, id: i64, changes: Value) {
    call.note(AUDITS, action, vec![("tagId", json!(id))], changes);
}

pub(crate) fn list(call: &mut Call<'_>) -> Outcome {
    let rows = call.account.tags.values().map(|tag| call.entry(tag.show())).collect();
    call.list(rows, &[Filter::Contains("name")])
}

pub(crate) fn get(call: &mut Call<'_>) -> Outcome {
    let shown = call.account.tags[&id(call)?].show();
    Ok(call.answer(200, vec![call.entry(shown)]))
}

fn is_taken(call: &Call<'_>, name: &str, except: i64) -> bool {
    let mut tags = call.account.tags.values();
    tags.any(|tag| tag.name == name && tag.id != except)
}

pub(crate) fn create(call: &mut Call<'_>) -> Outcome {
    let body = call.body.clone();
    let mut form = Form::of(&body);
    let name = form.required_text("name", 1, 255);
    let color = form.required_text("color", 4, 7);
    let description = form.text("description", 0, 255).unwrap_or_default();
    form.finish()?;
    if is_taken(call, &name, 0) {
        return Err(Refusal::new(409, "There is already a tag with the same name"));
    }
    let id = call.account.make_tag(&name, &color, &description);
    note(call, "CREATED", id, json!({ "new": { "name": name, "color": color } }));
    Ok(call.answer(201, vec![call.entry(json!({ "tagId": id }))]))
}

pub(crate) fn update(call: &mut Call<'_>) -> Outcome {
    let body = call.body.clone();
    let mut form = Form::of(&body);
    let name = form.text("name", 1, 255);
    let color = form.text("color", 4, 7);
    let description = form.text("description", 0, 255);
    form.finish()?;
    let id = id(call)?;
    if name.as_ref().is_some_and(|name| is_taken(call, name, id)) {
        return Err(Refusal::new(409, "There is already a tag with the same name"));
    }
    let mut changes = json!({});
    if let Some(tag) = call.account.tags.get_mut(&id) {
        changes = json!({ "prev": { "name": tag.name, "color": tag.color }, "new": body });
        tag.name = name.unwrap_or(tag.name.clone());
        tag.color = color.unwrap_or(tag.color.clone());
        tag.description = description.unwrap_or(tag.description.clone());
    }
    note(call, "UPDATED", id, changes);
    Ok(call.links(200, &[]))
}

pub(crate) fn delete(call: &mut Call<'_>) -> Outcome {
    let id = id(call)?;
    if call.account.assignments.iter().any(|assignment| assignment.tag == id) {
        return Err(Refusal::new(
            call.behaviour.in_use,
            "Tag can not be deleted while it is assigned",
        ));
    }
    call.account.tags.remove(&id);
    note(call, "DELETED", id, json!({}));
    Ok(call.nothing())
}

fn show_assignment(call: &Call<'_>, assignment: &Assignment) -> Value {
    let name = call
        .account
        .resource_name(&assignment.resource_type, &assignment.resource_id);
    call.entry(json!({
        "tagId": assignment.tag,
        "tagName": call.account.tags.get(&assignment.tag).map_or("", |tag| tag.name.as_str()),
        "resourceType": assignment.resource_type,
        "resourceId": assignment.resource_id,
        "resourceName": name.unwrap_or(assignment.resource_id.clone()),
    }))
}

pub(crate) fn assignments(call: &mut Call<'_>) -> Outcome {
    let id = id(call)?;
    let mine = call
        .account
        .assignments
        .iter()
        .filter(|assignment| assignment.tag == id);
    let rows = mine.map(|assignment| show_assignment(call, assignment)).collect();
    call.list(rows, &[Filter::Equals("resourceType")])
}

/// What the path names, whether it exists or not.
fn named(call: &Call<'_>) -> Result<Assignment, Refusal> {
    Ok(Assignment {
        tag: id(call)?,
        resource_type: call.parameter("resourceType").to_owned(),
        resource_id: call.parameter("resourceId").to_owned(),
    })
}

fn existing(call: &Call<'_>) -> Result<(usize, Assignment), Refusal> {
    let named = named(call)?;
    let place = call.account.assignments.iter().position(|known| *known == named);
    let place = place.ok_or_else(|| Refusal::no_entry("Assignment", "resourceId", &named.resource_id))?;
    Ok((place, named))
}

fn links(call: &Call<'_>, assignment: &Assignment) -> [(&'static str, String); 2] {
    let resource = match assignment.resource_type.as_str() {
        "instance" => "compute/instances",
        "image" => "compute/images",
        _ => "object-storages",
    };
    let tag = call.account.tags.get(&assignment.tag).map_or(0, |tag| tag.id);
    [
        ("tag", format!("/v1/tags/{tag}")),
        ("_resource", format!("/v1/{resource}/{}", assignment.resource_id)),
    ]
}

pub(crate) fn get_assignment(call: &mut Call<'_>) -> Outcome {
    let (_, assignment) = existing(call)?;
    let mut answer = call.links(200, &links(call, &assignment));
    if let Some(body) = answer.body.as_mut() {
        body["data"] = json!([show_assignment(call, &assignment)]);
    }
    Ok(answer)
}

fn note_assignment(call: &mut Call<'_>, action: &'static str, assignment: &Assignment) {
    let subject = vec![
        ("tagId", json!(assignment.tag)),
        ("resourceId", json!(assignment.resource_id)),
        ("resourceType", json!(assignment.resource_type)),
    ];
    call.note(ASSIGNMENT_AUDITS, action, subject, json!({}));
}

pub(crate) fn assign(call: &mut Call<'_>) -> Outcome {
    let assignment = named(call)?;
    let name = call
        .account
        .resource_name(&assignment.resource_type, &assignment.resource_id);
    if name.is_none() {
        return Err(Refusal::new(404, "Entry Resource not found by resourceId"));
    }
    if call.account.assignments.contains(&assignment) {
        return Err(Refusal::new(409, "The tag is already assigned to the resource"));
    }
    call.account.assignments.push(assignment.clone());
    note_assignment(call, "CREATED", &assignment);
    Ok(call.links(201, &links(call, &assignment)))
}

pub(crate) fn unassign(call: &mut Call<'_>) -> Outcome {
    let (place, assignment) = existing(call)?;
    call.account.assignments.remove(place);
    note_assignment(call, "DELETED", &assignment);
    Ok(call.nothing())
}
