//! Checks of an instance, sets of them, and remedies: queued, run, ended, by the clock. What a check finds follows from what
//! the instance is when it is started; a remedy does what it says when it has ended, unless it is cancelled before.

use serde_json::{Value, json};

use super::account::Account;
use super::call::{Call, Outcome, Refusal};
use super::clock_text;
use super::form::Form;
use super::list::Filter;
use super::products::BACKUP;
use super::spec::ms;

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
    pub(crate) instance: i64,
    pub(crate) template: i64,
    /// Of the set that it belongs to; 0 for none.
    pub(crate) collection: i64,
    pub(crate) created: i64,
    /// When it is its turn.
    pub(crate) begins: i64,
    pub(crate) ends: i64,
    pub(crate) cancelled: Option<i64>,
    /// Its state once it has ended, and what it says then.
    pub(crate) outcome: (&'static str, &'static str),
    /// Whether the instance shows what it did.
    pub(crate) took_effect: bool,
}

/// A check, or a remedy, that can be started.
struct Template {
    id: i64,
    name: &'static str,
    /// Of a check: the remedies that go with it.
    remedies: &'static [i64],
}

const POWER: i64 = 1;
const PING: i64 = 2;
const HOST: i64 = 3;
const BACKUPS: i64 = 4;

const CHECKS: [Template; 4] = [
    check_template(POWER, "Power check", &[RESTART]),
    check_template(PING, "Ping check", &[RESTART, DETACH_FIREWALLS]),
    check_template(HOST, "Host check", &[MIGRATE]),
    check_template(BACKUPS, "Backup check", &[]),
];

const fn check_template(id: i64, name: &'static str, remedies: &'static [i64]) -> Template {
    Template { id, name, remedies }
}

const FAIL: i64 = 3;
const RESTART: i64 = 4;
const DETACH_FIREWALLS: i64 = 5;
const MIGRATE: i64 = 6;

/// Number, the word before `_remedy_name`, and what is said of one that was done.
const REMEDIES: [(i64, &str, &str); 4] = [
    (FAIL, "fail", ""),
    (RESTART, "instance_restart", "instance_reboot_successful"),
    (
        DETACH_FIREWALLS,
        "instance_firewall_detach",
        "instance_firewall_detach_successful",
    ),
    (MIGRATE, "instance_live_migration", "instance_live_migration_successful"),
];

/// Number, name and checks of each set.
const SETS: [(i64, &str, &str, &[i64]); 2] = [
    (
        1,
        "Instance checks",
        "Performs all checks for an instance",
        &[POWER, PING, HOST, BACKUPS],
    ),
    (2, "Network checks", "Whether the instance answers", &[PING]),
];

fn check(id: i64) -> Option<&'static Template> {
    CHECKS.iter().find(|check| check.id == id)
}

impl Run {
    fn status(&self, call: &Call<'_>) -> &'static str {
        if self.cancelled.is_some() {
            return "cancelled";
        }
        if self.kind == Kind::Collection {
            let all: Vec<&str> = call.account.checks_of(self.id).map(|run| run.status(call)).collect();
            let order = ["running", "queued", "failed", "warn", "successful"];
            let is_begun = all.iter().any(|status| *status != "queued");
            let worst = order.iter().find(|status| all.contains(status));
            return match worst.copied() {
                Some("queued") if is_begun => "running",
                Some(worst) => worst,
                None => "skipped",
            };
        }
        match call.now {
            now if now < self.begins => "queued",
            now if now < self.ends => "running",
            _ => self.outcome.0,
        }
    }

    fn show(&self, call: &Call<'_>) -> Value {
        let status = self.status(call);
        let done = self.cancelled.unwrap_or(self.ends);
        let mut shown = call.entry(json!({
            "internal": false,
            "status": status,
            "objectType": "vserver",
            "objectId": self.instance.to_string(),
            "createdDate": clock_text::time(self.created),
            "modifiedDate": clock_text::time(done.min(call.now)),
        }));
        let mut add = |fields: Value| {
            if let (Some(shown), Value::Object(fields)) = (shown.as_object_mut(), fields) {
                shown.extend(fields);
            }
        };
        let duration = (done.min(call.now) - self.begins).max(0);
        let has_ended = status == self.outcome.0;
        let note = if has_ended { self.outcome.1 } else { "" };
        match self.kind {
            Kind::Check => {
                let known = check(self.template);
                let remedies = known.map_or(&[][..], |check| check.remedies);
                add(json!({
                    "checkId": self.id,
                    "checkCollectionId": self.collection,
                    "checkTemplateId": self.template,
                    "name": known.map_or("", |check| check.name),
                    "note": note,
                    "internalNote": "",
                    "durationMs": duration,
                    "remedyTemplates": remedies.iter().map(|id| remedy_template(*id)).collect::<Vec<_>>(),
                }));
            }
            Kind::Remedy => {
                // The document knows only words for the end.
                let note = if call.behaviour.documented {
                    self.outcome.1
                } else {
                    note
                };
                add(json!({
                    "remedyId": self.id,
                    "remedyCollectionId": self.collection,
                    "remedyTemplateId": self.template,
                    "name": remedy_template(self.template)["name"],
                    "note": note,
                    "internalNote": "instance_reboot_successful_internal",
                    "durationMs": duration,
                }));
            }
            Kind::Collection => {
                let checks = call.account.checks_of(self.id);
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

impl Account {
    fn checks_of(&self, collection: i64) -> impl Iterator<Item = &Run> {
        let checks = self.runs.iter().filter(|run| run.kind == Kind::Check);
        checks.filter(move |run| run.collection == collection)
    }

    /// Lets remedies that have ended show at their instances.
    pub(crate) fn settle_remedies(&mut self, now: i64) {
        for run in &mut self.runs {
            let is_due = run.kind == Kind::Remedy && run.cancelled.is_none() && run.ends <= now;
            if !is_due || std::mem::replace(&mut run.took_effect, true) {
                continue;
            }
            match run.template {
                RESTART => {
                    self.instances.set(run.instance, "running");
                    for network in self.networks.values_mut() {
                        network.was_restarted(run.instance);
                    }
                }
                DETACH_FIREWALLS => {
                    for firewall in &mut self.firewalls {
                        firewall.members.retain(|member| member.instance != run.instance);
                    }
                }
                // That it was on another host is what the next check of the host finds.
                _ => {}
            }
        }
    }

    /// What a check finds.
    fn finding(&self, instance: i64, template: i64) -> (&'static str, &'static str) {
        let found = self.instances.get(instance);
        let is_running = found.is_some_and(|instance| instance.status == "running");
        let has_backup = found.is_some_and(|instance| instance.has(BACKUP));
        let mut firewalls = self.firewalls.iter().filter(|firewall| firewall.status == "active");
        let is_behind = firewalls.any(|firewall| firewall.members.iter().any(|member| member.instance == instance));
        let mut remedies = self
            .runs
            .iter()
            .filter(|run| run.kind == Kind::Remedy && run.took_effect);
        let was_moved = remedies.any(|run| run.instance == instance && run.template == MIGRATE);
        match template {
            POWER if !is_running => ("failed", "The instance is not running"),
            PING if !is_running => ("skipped", "The instance is not running"),
            PING if is_behind => ("warn", "No answer: a firewall is in front of the instance"),
            HOST if !was_moved => ("warn", "The host of the instance is busy"),
            BACKUPS if !has_backup => ("skipped", "The instance has no backup"),
            _ => ("successful", "ok"),
        }
    }
}

fn remedy_template(id: i64) -> Value {
    let known = REMEDIES.iter().find(|(known, ..)| *known == id);
    let word = known.map_or("dummy", |(_, word, _)| word);
    json!({
        "id": id,
        "name": format!("{word}_remedy_name"),
        "description": format!("{word}_remedy_description"),
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
    let name = template;
    let template = form.required_integer(template);
    let collection = collection.and_then(|name| form.integer(name)).unwrap_or_default();
    form.finish()?;
    let instance: i64 = object.parse().unwrap_or_default();
    if call.account.instances.get(instance).is_none() {
        return Err(Refusal::no_entry("Instances", "instanceId", object));
    }
    let set = SETS.iter().find(|(id, ..)| *id == template);
    let is_known = match kind {
        Kind::Check => check(template).is_some(),
        Kind::Collection => set.is_some(),
        // The document knows some that do nothing.
        Kind::Remedy => true,
    };
    if !is_known {
        return Err(Refusal::no_entry("Entity", name, template));
    }
    let turn = ms(call.behaviour.check) / 5;
    let id = begin(call, kind, instance, template, (collection, 1));
    if kind == Kind::Collection {
        let mut last = call.now;
        for (place, check) in (1..).zip(set.map_or(&[][..], |set| set.3)) {
            begin(call, Kind::Check, instance, *check, (id, place));
            last = call.now + turn * (place - 1) + ms(call.behaviour.check);
        }
        if let Some(set) = call
            .account
            .runs
            .iter_mut()
            .find(|run| run.kind == kind && run.id == id)
        {
            set.ends = last;
        }
    }
    let run = call.account.runs.iter().find(|run| run.kind == kind && run.id == id);
    Ok(call.answer(201, run.map(|run| run.show(call)).into_iter().collect()))
}

/// `place`: the set that it belongs to, and its turn in that, from 1.
fn begin(call: &mut Call<'_>, kind: Kind, instance: i64, template: i64, (collection, place): (i64, i64)) -> i64 {
    let id = call.account.number("run", 61_001);
    let (now, time) = (call.now, ms(call.behaviour.check));
    let outcome = match kind {
        Kind::Check => call.account.finding(instance, template),
        Kind::Collection => ("successful", ""),
        Kind::Remedy if template == FAIL => ("failed", "fail_remedy_failed"),
        Kind::Remedy => {
            let known = REMEDIES.iter().find(|(id, ..)| *id == template);
            (
                "successful",
                known.map_or("success_remedy_successful", |(.., note)| note),
            )
        }
    };
    call.account.runs.push(Run {
        kind,
        id,
        instance,
        template,
        collection,
        created: now,
        begins: now + time / 5 * place,
        ends: now + time / 5 * (place - 1) + time,
        cancelled: None,
        outcome,
        took_effect: false,
    });
    id
}

fn cancel(call: &mut Call<'_>, kind: Kind, parameter: &str) -> Outcome {
    let body = call.body.clone();
    let mut form = Form::of(&body);
    form.choice("status", &["cancelled"]);
    form.finish()?;
    let place = place(call, kind, parameter)?;
    let (now, status) = (call.now, call.account.runs[place].status(call));
    if !["queued", "running"].contains(&status) {
        return Err(Refusal::bad("Only queued or running entities can be cancelled"));
    }
    let id = call.account.runs[place].id;
    for run in &mut call.account.runs {
        // What has ended of a set stays as it ended.
        let is_part = kind == Kind::Collection && run.kind == Kind::Check && run.collection == id && now < run.ends;
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

/// A set of checks that can be started.
fn template(call: &Call<'_>, (id, name, description, checks): &(i64, &str, &str, &[i64])) -> Value {
    let checks = checks.iter().filter_map(|id| check(*id));
    let checks = checks.map(|check| {
        json!({
            "checkTemplateId": check.id,
            "runConcurrent": true,
            "ignoreErrors": false,
            "remedyTemplates": check.remedies.iter().map(|id| remedy_template(*id)).collect::<Vec<_>>(),
        })
    });
    call.entry(json!({
        "checkCollectionTemplateId": id,
        "name": name,
        "description": description,
        "internal": false,
        "objectType": "vserver",
        "checkTemplates": checks.collect::<Vec<_>>(),
        "createdDate": clock_text::time(1_700_000_000_000),
        "modifiedDate": clock_text::time(1_700_000_000_000),
    }))
}

pub(crate) fn templates(call: &mut Call<'_>) -> Outcome {
    let all = SETS.iter().map(|set| template(call, set)).collect();
    call.list(all, &[Filter::Equals("objectType")])
}

pub(crate) fn get_template(call: &mut Call<'_>) -> Outcome {
    let id = call.number("checkCollectionTemplateId")?;
    match SETS.iter().find(|(known, ..)| *known == id) {
        Some(set) => Ok(call.answer(200, vec![template(call, set)])),
        None => Err(Refusal::no_entry("Entity", "checkCollectionTemplateId", id)),
    }
}
