//! Contabo's checks and remedies as the page shows them, and its words for them in ours.

use app::{
    servers::checks::{Check as ShownCheck, Checks, Outcome, Remedy, Repair, Run, Set},
    text::{Lang, Text},
};
use chrono::TimeDelta;
use contabo::{Check, CheckSetTemplateId, CheckStatus};
use entity::InstanceId;

use crate::{
    web::route,
    work::contabo::checks::{self, Found, NotDone},
};

/// What a remedy is, by Contabo's word for its name.
pub(in crate::web::servers) fn named(word: &str) -> Remedy {
    match word {
        "instance_restart_remedy_name" => Remedy::Restart,
        "instance_firewall_detach_remedy_name" => Remedy::DetachFirewalls,
        "instance_live_migration_remedy_name" => Remedy::Migrate,
        other => Remedy::Other(other.to_owned()),
    }
}

/// What came of a remedy, by Contabo's word for it.
fn came(lang: Lang, word: &str) -> String {
    let key = match word {
        "instance_reboot_successful" => "remedy-restarted",
        "instance_firewall_detach_successful" => "remedy-detached",
        "instance_live_migration_successful" => "remedy-migrated",
        "remedy_internal_error" => "remedy-failed",
        other => return other.to_owned(),
    };
    lang.t(key).to_owned()
}

fn outcome(status: Option<&CheckStatus>) -> Outcome {
    match status {
        Some(CheckStatus::Queued) => Outcome::Queued,
        Some(CheckStatus::Running) => Outcome::Running,
        Some(CheckStatus::Skipped) => Outcome::Skipped,
        Some(CheckStatus::Cancelled) => Outcome::Cancelled,
        Some(CheckStatus::Failed) => Outcome::Failed,
        Some(CheckStatus::Warn) => Outcome::Warning,
        Some(CheckStatus::Successful) => Outcome::Successful,
        Some(CheckStatus::Other(word)) => Outcome::Other(word.clone()),
        None => Outcome::Other(String::new()),
    }
}

/// What the page shows. `may`: whether the visitor may start and cancel.
pub(super) fn shown(lang: Lang, id: InstanceId, found: Found, may: bool) -> Checks {
    let is_open = |status: Option<&CheckStatus>| status.is_some_and(checks::is_open);
    let can_start = may && !found.sets.iter().any(|set| is_open(set.status.as_ref()));
    let check = |check: Check| {
        let remedies = checks::offered(&check).iter().map(|remedy| {
            let href = may.then(|| {
                let (check, remedy) = (check.check_id.0, remedy.id.0);
                route::AdminServerRemedy {
                    instance: id,
                    check,
                    remedy,
                }
                .to_string()
            });
            (named(&remedy.name), href)
        });
        let again = route::AdminServerCheckAgain {
            instance: id,
            check: check.check_id.0,
        };
        let has_ended = !is_open(check.status.as_ref());
        ShownCheck {
            remedies: remedies.collect(),
            outcome: outcome(check.status.as_ref()),
            took: check.duration_ms.filter(|_| has_ended).and_then(lasted),
            again_href: (may && has_ended).then(|| again.to_string()),
            name: check.name,
            note: check.note.unwrap_or_default(),
        }
    };
    let template = |id: Option<CheckSetTemplateId>| {
        let mut all = found.templates.iter();
        let known = all.find(|template| Some(template.check_collection_template_id) == id);
        known.map(|template| template.name.clone())
    };
    let sets = found.sets.into_iter().map(|set| {
        let cancel = route::AdminServerChecksCancel {
            instance: id,
            check_set: set.check_collection_id.0,
        };
        let name = template(set.check_collection_template_id);
        Run {
            name: name.unwrap_or_else(|| set.check_collection_id.to_string()),
            started_at: set.created_date,
            outcome: outcome(set.status.as_ref()),
            cancel_href: (may && is_open(set.status.as_ref())).then(|| cancel.to_string()),
            checks: set.checks.into_iter().map(check).collect(),
        }
    });
    let alone = found.alone.into_iter().map(|one| {
        let cancel = route::AdminServerCheckCancel {
            instance: id,
            check: one.check_id.0,
        };
        Run {
            name: lang.t("checks-alone").to_owned(),
            started_at: one.created_date,
            outcome: outcome(one.status.as_ref()),
            cancel_href: (may && is_open(one.status.as_ref())).then(|| cancel.to_string()),
            checks: vec![check(one)],
        }
    });
    let mut runs: Vec<Run> = sets.chain(alone).collect();
    runs.sort_by_key(|run| std::cmp::Reverse(run.started_at));
    let repairs = found.remedies.into_iter().map(|one| Repair {
        remedy: named(&one.name),
        started_at: one.created_date,
        outcome: outcome(one.status.as_ref()),
        note: came(lang, one.note.as_deref().unwrap_or_default()),
    });
    Checks {
        can_start,
        runs,
        repairs: repairs.collect(),
        sets: found
            .templates
            .into_iter()
            .map(|template| Set {
                id: template.check_collection_template_id.to_string(),
                name: template.name,
                description: template.description,
            })
            .collect(),
    }
}

/// How long a check took, if that can be.
fn lasted(milliseconds: f64) -> Option<TimeDelta> {
    let seconds = milliseconds / 1_000.0;
    let span = std::time::Duration::try_from_secs_f64(seconds).ok()?;
    TimeDelta::from_std(span).ok()
}

/// Why the checks can't be read.
pub(super) fn unread(lang: Lang, why: &NotDone) -> String {
    match why {
        NotDone::Late => lang.t("checks-late").to_owned(),
        NotDone::Refused(error) => error.to_string(),
        other => other.to_string(),
    }
}

/// Why something was not done.
pub(in crate::web::servers) fn undone(lang: Lang, why: &NotDone) -> Text {
    match why {
        NotDone::GoesOn => lang.t("checks-refused-goes-on").into(),
        NotDone::Ended => lang.t("checks-refused-ended").into(),
        NotDone::Late => lang.t("checks-refused-late").into(),
        NotDone::NotThere => lang.t("checks-refused-remedy").into(),
        NotDone::Refused(error) if error.may_have_been_done() => lang.t("checks-refused-late").into(),
        NotDone::Refused(error) => error.to_string().into(),
    }
}
