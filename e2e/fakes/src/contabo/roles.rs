//! The operations of roles. Contabo's own can't be changed, nor one deleted that a user has.

use serde_json::{Value, json};

use super::call::{Call, Outcome, Refusal};
use super::form::Form;
use super::list::Filter;
use super::users::Role;

const AUDITS: &str = "/v1/roles/audits";
const ACTIONS: [&str; 4] = ["CREATE", "READ", "UPDATE", "DELETE"];

/// What a role may be given rights to.
const APIS: [&str; 12] = [
    "/v1/compute/instances",
    "/v1/compute/images",
    "/v1/compute/snapshots",
    "/v1/object-storages",
    "/v1/private-networks",
    "/v1/firewalls",
    "/v1/secrets",
    "/v1/tags",
    "/v1/users",
    "/v1/roles",
    "/v1/dns",
    "/v1/vips",
];

fn id(call: &Call<'_>) -> Result<i64, Refusal> {
    let id = call.number("roleId")?;
    if call.account.roles.contains_key(&id) {
        return Ok(id);
    }
    Err(Refusal::no_entry("Role", "roleId", id))
}

/// A custom one, which may be changed.
fn own(call: &Call<'_>) -> Result<i64, Refusal> {
    let id = id(call)?;
    if call.account.roles[&id].kind == "default" {
        return Err(Refusal::new(403, "Default roles can not be changed"));
    }
    Ok(id)
}

fn note(call: &mut Call<'_>, action: &'static str, id: i64, changes: Value) {
    call.note(AUDITS, action, vec![("roleId", json!(id))], changes);
}

pub(crate) fn list(call: &mut Call<'_>) -> Outcome {
    let mut rows: Vec<Value> = call.account.roles.values().map(|role| role.show(call)).collect();
    let permits = |row: &Value, fits: &dyn Fn(&Value) -> bool| {
        let permissions = row["permissions"].as_array();
        permissions.is_some_and(|permissions| permissions.iter().any(fits))
    };
    if let Some(name) = call.query.get("apiName") {
        rows.retain(|row| permits(row, &|permission| permission["apiName"] == name));
    }
    if let Some(name) = call.query.get("tagName") {
        let tagged = |permission: &Value| {
            let tags = permission["resources"].as_array();
            tags.is_some_and(|tags| tags.iter().any(|tag| tag["tagName"] == name))
        };
        rows.retain(|row| permits(row, &tagged));
    }
    call.list(rows, &[Filter::Contains("name"), Filter::Equals("type")])
}

pub(crate) fn get(call: &mut Call<'_>) -> Outcome {
    let id = id(call)?;
    Ok(call.answer(200, vec![call.account.roles[&id].show(call)]))
}

fn read(call: &Call<'_>, id: i64) -> Result<Role, Refusal> {
    let mut form = Form::of(&call.body);
    let name = form.required_text("name", 1, 255);
    let admin = form.required_flag("admin");
    let everything = form.required_flag("accessAllResources");
    let permissions = form.value("permissions").and_then(Value::as_array);
    for permission in permissions.into_iter().flatten() {
        if !permission["apiName"].as_str().is_some_and(|name| APIS.contains(&name)) {
            form.complain("permissions.apiName is not known");
        }
        let actions = permission["actions"].as_array();
        let known = |action: &Value| ACTIONS.iter().any(|known| action == known);
        if !actions.is_some_and(|actions| actions.iter().all(known)) {
            form.complain(format!("permissions.actions must be of: {}", ACTIONS.join(", ")));
        }
    }
    form.finish()?;
    if call
        .account
        .roles
        .values()
        .any(|role| role.name == name && role.id != id)
    {
        return Err(Refusal::new(409, "There is already a role with the same name"));
    }
    Ok(Role {
        id,
        name,
        admin,
        everything,
        kind: "custom",
        permissions: permissions.cloned().unwrap_or_default(),
    })
}

pub(crate) fn create(call: &mut Call<'_>) -> Outcome {
    let mut role = read(call, 0)?;
    role.id = call.account.number("role", 2_001);
    let id = role.id;
    note(call, "CREATED", id, json!({ "new": { "name": role.name } }));
    call.account.roles.insert(id, role);
    Ok(call.answer(201, vec![call.entry(json!({ "roleId": id }))]))
}

pub(crate) fn replace(call: &mut Call<'_>) -> Outcome {
    let id = own(call)?;
    let role = read(call, id)?;
    note(call, "UPDATED", id, json!({ "new": { "name": role.name } }));
    call.account.roles.insert(id, role);
    Ok(call.links(200, &[]))
}

pub(crate) fn delete(call: &mut Call<'_>) -> Outcome {
    let id = own(call)?;
    if call.account.users.iter().any(|user| user.roles.contains(&id)) {
        return Err(Refusal::new(
            call.behaviour.in_use,
            "Role can not be deleted while users have it",
        ));
    }
    call.account.roles.remove(&id);
    note(call, "DELETED", id, json!({}));
    Ok(call.nothing())
}

pub(crate) fn permissions(call: &mut Call<'_>) -> Outcome {
    let rows = APIS.iter().map(|api| json!({ "apiName": api, "actions": ACTIONS }));
    call.whole_list(rows.collect(), &[Filter::Contains("apiName")])
}
