//! Checks of an instance, sets of them, and remedies: queued, run, done, by the clock. They look at nothing; all succeed.

use serde_json::{Value, json};

use super::call::{Call, Outcome, Refusal};
use super::clock_text;
use super::form::Form;
use super::list::Filter;
use super::spec::{Behaviour, ms};

/// What was started.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Check,
    Collection,
    Remedy,
}

#[derive(Clone, Debug)]
pub(crate) struct Run {
    pub(crate) kind: Kind,
    pub(crate) id: i64,
    pub(crate) instance: String,
    pub(crate) template: i64,
    /// Of the set that it belongs to; 0 for none.
    pub(crate) collection: i64,
    pub(crate) created: i64,
    pub(crate) cancelled: Option<i64>,
}

/// What the only remedy that does something is called.
const RESTART: i64 = 4;

impl Run {
    fn status(&self, now: i64, behaviour: &Behaviour) -> &'static str {
        let runs = now - self.created;
        match self.cancelled {
            Some(_) => "cancelled",
            None if runs < ms(behaviour.check) / 5 => "queued",
            None if runs < ms(behaviour.check) => "running",
            None => "successful",
        }
    }

    fn show(&self, call: &Call<'_>) -> Value {
        let status = self.status(call.now, call.behaviour);
        let done = self.cancelled.unwrap_or(self.created + ms(call.behaviour.check));
        let mut shown = call.entry(json!({
            "internal": false,
            "status": status,
            "objectType": "vserver",
            "objectId": self.instance,
            "createdDate": clock_text::time(self.created),
            "modifiedDate": clock_text::time(done.min(call.now)),
        }));
        let mut add = |fields: Value| {
            if let (Some(shown), Value::Object(fields)) = (shown.as_object_mut(), fields) {
                shown.extend(fields);
            }
        };
        let duration = (done.min(call.now) - self.created).max(0);
        match self.kind {
            Kind::Check => add(json!({
                "checkId": self.id,
                "checkCollectionId": self.collection,
                "checkTemplateId": self.template,
                "name": if self.template == 1 { "ping" } else { "power" },
                "note": if status == "successful" { "ok" } else { "" },
                "internalNote": "",
                "durationMs": duration,
                "remedyTemplates": [remedy_template()],
            })),
            Kind::Remedy => add(json!({
                "remedyId": self.id,
                "remedyCollectionId": self.collection,
                "remedyTemplateId": self.template,
                "name": "instance_restart_remedy_name",
                // The document knows only words for the end.
                "note": "instance_reboot_successful",
                "internalNote": "instance_reboot_successful_internal",
                "durationMs": duration,
            })),
            Kind::Collection => {
                let checks = call.account.runs.iter();
                let checks = checks.filter(|run| run.kind == Kind::Check && run.collection == self.id);
                let excluded: Vec<&str> = call.query.members("excludeCheckStatuses").unwrap_or_default();
                let shown = checks.map(|run| run.show(call));
                let shown = shown.filter(|check| !excluded.iter().any(|status| check["status"] == *status));
                let shown: Vec<Value> = shown.collect();
                add(json!({
                    "checkCollectionId": self.id,
                    "checkCollectionTemplateId": self.template,
                    "checkTemplates": shown.iter().map(|check| json!({
                        "checkId": check["checkId"],
                        "checkTemplateId": check["checkTemplateId"],
                        "runConcurrent": true,
                        "ignoreErrors": false,
                    })).collect::<Vec<_>>(),
                    "checks": shown,
                }));
            }
        }
        shown
    }
}

fn remedy_template() -> Value {
    json!({
        "id": RESTART,
        "name": "instance_restart_remedy_name",
        "description": "instance_restart_remedy_description",
    })
}

fn list(call: &Call<'_>, kind: Kind, filters: &[Filter]) -> Outcome {
    let runs = call.account.runs.iter().filter(|run| run.kind == kind);
    let mut rows: Vec<Value> = runs.map(|run| run.show(call)).collect();
    for (name, field, later) in [
        ("creationStartTime", "createdDate", true),
        ("creationEndTime", "createdDate", false),
        ("modificationStartTime", "modifiedDate", true),
        ("modificationEndTime", "modifiedDate", false),
    ] {
        if let Some(limit) = call.query.get(name) {
            let fits = |text: &str| if later { text >= limit } else { text <= limit };
            rows.retain(|row| row[field].as_str().is_some_and(fits));
        }
    }
    let common = [Filter::Equals("objectType"), Filter::Equals("objectId")];
    let filters: Vec<Filter> = common.iter().chain(filters).copied().collect();
    call.list(rows, &filters)
}

fn place(call: &Call<'_>, kind: Kind, parameter: &str) -> Result<usize, Refusal> {
    let id = call.number(parameter)?;
    let mut runs = call.account.runs.iter();
    let place = runs.position(|run| run.kind == kind && run.id == id);
    place.ok_or_else(|| Refusal::no_entry("Entity", parameter, id))
}

fn get(call: &Call<'_>, kind: Kind, parameter: &str) -> Outcome {
    let place = place(call, kind, parameter)?;
    Ok(call.answer(200, vec![call.account.runs[place].show(call)]))
}

fn start(call: &mut Call<'_>, kind: Kind, template: &str, collection: Option<&str>) -> Outcome {
    let body = call.body.clone();
    let mut form = Form::of(&body);
    form.required_choice("objectType", &["vserver"]);
    let object = form.required_text("objectId", 1, 255);
    let template = form.required_integer(template);
    let collection = collection.and_then(|name| form.integer(name)).unwrap_or_default();
    form.finish()?;
    let instance: i64 = object.parse().unwrap_or_default();
    if call.account.instances.get(instance).is_none() {
        return Err(Refusal::no_entry("Instances", "instanceId", object));
    }
    let id = begin(call, kind, &object, template, collection);
    if kind == Kind::Collection {
        for check in [1, 2] {
            begin(call, Kind::Check, &object, check, id);
        }
    }
    if kind == Kind::Remedy && template == RESTART {
        let done = call.now + ms(call.behaviour.restart);
        call.account.instances.change(instance, None, done, "running");
    }
    let run = call.account.runs.iter().find(|run| run.kind == kind && run.id == id);
    Ok(call.answer(201, run.map(|run| run.show(call)).into_iter().collect()))
}

fn begin(call: &mut Call<'_>, kind: Kind, object: &str, template: i64, collection: i64) -> i64 {
    let id = call.account.number("run", 61_001);
    call.account.runs.push(Run {
        kind,
        id,
        instance: object.to_owned(),
        template,
        collection,
        created: call.now,
        cancelled: None,
    });
    id
}

fn cancel(call: &mut Call<'_>, kind: Kind, parameter: &str) -> Outcome {
    let place = place(call, kind, parameter)?;
    let (now, status) = (call.now, call.account.runs[place].status(call.now, call.behaviour));
    if !["queued", "running"].contains(&status) {
        return Err(Refusal::bad("Only queued or running entities can be cancelled"));
    }
    let id = call.account.runs[place].id;
    for run in &mut call.account.runs {
        let is_part = kind == Kind::Collection && run.kind == Kind::Check && run.collection == id;
        if is_part || (run.kind == kind && run.id == id) {
            run.cancelled = Some(now);
        }
    }
    get(call, kind, parameter)
}

pub(crate) fn checks(call: &mut Call<'_>) -> Outcome {
    let filters = ["status", "checkCollectionId", "checkTemplateId"].map(Filter::Equals);
    list(call, Kind::Check, &filters)
}

pub(crate) fn start_check(call: &mut Call<'_>) -> Outcome {
    start(call, Kind::Check, "checkTemplateId", Some("checkCollectionId"))
}

pub(crate) fn get_check(call: &mut Call<'_>) -> Outcome {
    get(call, Kind::Check, "checkId")
}

pub(crate) fn cancel_check(call: &mut Call<'_>) -> Outcome {
    cancel(call, Kind::Check, "checkId")
}

pub(crate) fn collections(call: &mut Call<'_>) -> Outcome {
    list(call, Kind::Collection, &[Filter::Equals("checkCollectionTemplateId")])
}

pub(crate) fn start_collection(call: &mut Call<'_>) -> Outcome {
    start(call, Kind::Collection, "checkCollectionTemplateId", None)
}

pub(crate) fn get_collection(call: &mut Call<'_>) -> Outcome {
    get(call, Kind::Collection, "checkCollectionId")
}

pub(crate) fn cancel_collection(call: &mut Call<'_>) -> Outcome {
    cancel(call, Kind::Collection, "checkCollectionId")
}

pub(crate) fn remedies(call: &mut Call<'_>) -> Outcome {
    let filters = ["status", "remedyCollectionId", "remedyTemplateId"].map(Filter::Equals);
    list(call, Kind::Remedy, &filters)
}

pub(crate) fn start_remedy(call: &mut Call<'_>) -> Outcome {
    start(call, Kind::Remedy, "remedyTemplateId", Some("remedyCollectionId"))
}

pub(crate) fn get_remedy(call: &mut Call<'_>) -> Outcome {
    get(call, Kind::Remedy, "remedyId")
}

pub(crate) fn cancel_remedy(call: &mut Call<'_>) -> Outcome {
    cancel(call, Kind::Remedy, "remedyId")
}

/// The only set of checks.
fn template(call: &Call<'_>) -> Value {
    let check = |id: i64| {
        json!({
            "checkTemplateId": id,
            "runConcurrent": true,
            "ignoreErrors": false,
            "remedyTemplates": [remedy_template()],
        })
    };
    call.entry(json!({
        "checkCollectionTemplateId": 1,
        "name": "basic",
        "description": "Whether the instance is powered and answers",
        "internal": false,
        "objectType": "vserver",
        "checkTemplates": [check(1), check(2)],
        "createdDate": clock_text::time(1_700_000_000_000),
        "modifiedDate": clock_text::time(1_700_000_000_000),
    }))
}

pub(crate) fn templates(call: &mut Call<'_>) -> Outcome {
    call.list(vec![template(call)], &[Filter::Equals("objectType")])
}

pub(crate) fn get_template(call: &mut Call<'_>) -> Outcome {
    match call.number("checkCollectionTemplateId")? {
        1 => Ok(call.answer(200, vec![template(call)])),
        other => Err(Refusal::no_entry("Entity", "checkCollectionTemplateId", other)),
    }
}
