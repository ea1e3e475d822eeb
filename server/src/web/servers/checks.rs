//! `GET` and `POST /admin/servers/{instance}/checks` and what lies below: what Contabo finds when it checks the server,
//! and the remedies that it offers. The page waits for Contabo, as there is nothing to show without it.
//!
//! Checks are started and cancelled while the visitor waits, and looked at: they change nothing at the server. A remedy
//! does, so it is an action like a restart.

use actix_web::{HttpResponse, http::StatusCode, web};
use app::{
    servers::checks::{AskRemedy, Check as ShownCheck, Checks, ChecksPage, Outcome, Remedy, Repair, Run, Set},
    text::{Lang, Text},
    ui::FormState,
};
use chrono::TimeDelta;
use contabo::{Check, CheckSetTemplateId, CheckStatus, Client, OfferedRemedy, RequestId};
use entity::{InstanceId, contabo_account, instance};
use leptos::prelude::*;
use serde_json::{Value, json};

use super::{AT, Party, board, refresh, show::under_way};
use crate::{
    domain::{
        audit::{self, Subject},
        board::InstanceNow,
        contabo::actions::{self, Asked, Error as Refused},
        typed::{ChangeError, Typed},
    },
    site::Site,
    web::{
        Error, Page,
        guard::{Staff, StaffPermission},
        route, see_other_telling,
    },
    work::contabo::checks::{self, Found, NotDone},
};

/// Seconds after which the page is read again while something goes on.
const ASK_AGAIN: u8 = 4;

/// The page.
pub(in crate::web) async fn get(
    site: web::Data<Site>,
    staff: Staff,
    id: web::Path<InstanceId>,
    page: Page,
) -> Result<HttpResponse, Error> {
    show(&site, &staff, *id, page, None).await
}

/// The page, perhaps with why what was just tried was not done.
async fn show(
    site: &Site,
    staff: &Staff,
    id: InstanceId,
    page: Page,
    refused: Option<(StatusCode, Text)>,
) -> Result<HttpResponse, Error> {
    let board = board(site, staff).await?;
    let now = staff.find(&board, id)?;
    let lang = page.lang();
    let found = match client(site, staff, now).await? {
        None => Err(lang.t("thing-refused-off").to_owned()),
        Some(client) => checks::read(&client, now.instance.contabo_id, site.clock.now())
            .await
            .map_err(|why| unread(lang, &why)),
    };
    let goes_on = !now.open.is_empty() || found.as_ref().is_ok_and(Found::goes_on);
    let may = staff.may(StaffPermission::OperateServers);
    let shown = found.map(|found| shown(lang, id, found, may));
    let open = now.open.iter().filter_map(|row| under_way(staff, now, row)).collect();
    let (server, href) = (now.title().to_owned(), <Staff as Party>::page(id));
    let (status, refused) = refused.unzip();
    let mut page = page.at(AT);
    // What says a refusal stands at an address that can only be posted to.
    if goes_on && status.is_none() {
        page = page.again_after(ASK_AGAIN);
    }
    let refused = refused.map(Text::into_owned);
    // That Contabo is away is no failure of this page, which says so.
    Ok(page.with_status(
        status.unwrap_or(StatusCode::OK),
        move || view! { <ChecksPage server=server href=href open=open checks=shown refused=refused/> },
    ))
}

/// The client of the server's account; none while that is switched off.
pub(super) async fn client(site: &Site, staff: &impl Party, now: &InstanceNow) -> Result<Option<Client>, Error> {
    let rows = staff.tenant().rows();
    let account = rows
        .get::<contabo_account::Entity>(now.instance.contabo_account_id)
        .await?;
    let Some(account) = account.filter(|account| account.enabled) else {
        return Ok(None);
    };
    let client = site.contabo.of(&site.keyring, &account);
    client
        .map(Some)
        .map_err(|error| Error::internal(std::io::Error::other(error)))
}

/// Starts a set of checks.
pub(in crate::web) async fn start(
    site: web::Data<Site>,
    staff: Staff,
    id: web::Path<InstanceId>,
    typed: Typed,
    page: Page,
) -> Result<HttpResponse, Error> {
    let board = board(&site, &staff).await?;
    let now = staff.find(&board, *id)?;
    let Ok(set) = typed.get("set").parse::<i64>() else {
        let why = page.lang().t("checks-refused-set").into();
        return show(&site, &staff, *id, page, Some((StatusCode::UNPROCESSABLE_ENTITY, why))).await;
    };
    let Some(client) = client(&site, &staff, now).await? else {
        return off(&site, &staff, *id, page).await;
    };
    let started = async {
        let template = checks::template(&client, set).await?;
        let request = RequestId::random();
        let about = json!({ "checks": template.name, "request": request.to_string() });
        // The number of the call is kept before it is sent, so that it can be looked for at Contabo.
        note(&site, &staff, &now.instance, "instance.start_checks", about).await?;
        let set = CheckSetTemplateId(set);
        Ok(checks::start(&client, now.instance.contabo_id, set, site.clock.now(), request).await?)
    };
    done(&site, &staff, *id, page, started.await, "done-checks-started").await
}

/// Cancels a set of checks.
pub(in crate::web) async fn cancel_set(
    site: web::Data<Site>,
    staff: Staff,
    at: web::Path<(InstanceId, i64)>,
    page: Page,
) -> Result<HttpResponse, Error> {
    let (id, set) = at.into_inner();
    let board = board(&site, &staff).await?;
    let now = staff.find(&board, id)?;
    let Some(client) = client(&site, &staff, now).await? else {
        return off(&site, &staff, id, page).await;
    };
    let cancelled = async {
        let request = RequestId::random();
        let about = json!({ "set": set, "request": request.to_string() });
        note(&site, &staff, &now.instance, "instance.cancel_checks", about).await?;
        Ok(checks::cancel_set(&client, now.instance.contabo_id, set, request).await?)
    };
    done(&site, &staff, id, page, cancelled.await, "done-checks-cancelled").await
}

/// Does one check once more.
pub(in crate::web) async fn again(
    site: web::Data<Site>,
    staff: Staff,
    at: web::Path<(InstanceId, i64)>,
    page: Page,
) -> Result<HttpResponse, Error> {
    let (id, check) = at.into_inner();
    let board = board(&site, &staff).await?;
    let now = staff.find(&board, id)?;
    let Some(client) = client(&site, &staff, now).await? else {
        return off(&site, &staff, id, page).await;
    };
    let started = async {
        let check = checks::check(&client, now.instance.contabo_id, check).await?;
        let request = RequestId::random();
        let about = json!({ "checks": check.name, "request": request.to_string() });
        note(&site, &staff, &now.instance, "instance.start_checks", about).await?;
        Ok(checks::again(&client, now.instance.contabo_id, &check, request).await?)
    };
    done(&site, &staff, id, page, started.await, "done-checks-started").await
}

/// Cancels a check that is in no set.
pub(in crate::web) async fn cancel(
    site: web::Data<Site>,
    staff: Staff,
    at: web::Path<(InstanceId, i64)>,
    page: Page,
) -> Result<HttpResponse, Error> {
    let (id, check) = at.into_inner();
    let board = board(&site, &staff).await?;
    let now = staff.find(&board, id)?;
    let Some(client) = client(&site, &staff, now).await? else {
        return off(&site, &staff, id, page).await;
    };
    let cancelled = async {
        let check = checks::check(&client, now.instance.contabo_id, check).await?;
        let request = RequestId::random();
        let about = json!({ "check": check.name, "request": request.to_string() });
        note(&site, &staff, &now.instance, "instance.cancel_checks", about).await?;
        Ok(checks::cancel(&client, &check, request).await?)
    };
    done(&site, &staff, id, page, cancelled.await, "done-checks-cancelled").await
}

/// Why something was not done that a visitor waited for.
enum Undone {
    Contabo(NotDone),
    Ours(Error),
}

impl From<NotDone> for Undone {
    fn from(why: NotDone) -> Self {
        Self::Contabo(why)
    }
}

impl From<Error> for Undone {
    fn from(error: Error) -> Self {
        Self::Ours(error)
    }
}

/// Back to the page, or the page with why it was not done.
async fn done(
    site: &Site,
    staff: &Staff,
    id: InstanceId,
    page: Page,
    outcome: Result<(), Undone>,
    told: &'static str,
) -> Result<HttpResponse, Error> {
    match outcome {
        Ok(()) => Ok(see_other_telling(route::AdminServerChecks { instance: id }, told)),
        Err(Undone::Ours(error)) => Err(error),
        Err(Undone::Contabo(NotDone::NotThere)) => Err(Error::NotFound),
        Err(Undone::Contabo(why)) => {
            let why = undone(page.lang(), &why);
            show(site, staff, id, page, Some((StatusCode::CONFLICT, why))).await
        }
    }
}

async fn off(site: &Site, staff: &Staff, id: InstanceId, page: Page) -> Result<HttpResponse, Error> {
    let why = page.lang().t("thing-refused-off").into();
    show(site, staff, id, page, Some((StatusCode::CONFLICT, why))).await
}

/// Writes down what is about to be sent.
pub(super) async fn note(
    site: &Site,
    staff: &impl Party,
    instance: &instance::Model,
    action: &str,
    about: Value,
) -> Result<(), Error> {
    let rows = site.db.begin(staff.tenant().tenant.id).await?;
    let subject = Subject {
        kind: "instance",
        id: Some(instance.id.0),
        name: &instance.name,
    };
    let actor = staff.signed_in().actor();
    audit::record(&rows, &actor, site.clock.now(), action, subject, None, Some(about)).await?;
    Ok(rows.commit().await?)
}

/// Says what a remedy does, and asks.
pub(in crate::web) async fn get_remedy(
    site: web::Data<Site>,
    staff: Staff,
    at: web::Path<(InstanceId, i64, i64)>,
    page: Page,
) -> Result<HttpResponse, Error> {
    let (id, check, remedy) = at.into_inner();
    let board = board(&site, &staff).await?;
    let now = staff.find(&board, id)?;
    match offered(&site, &staff, now, check, remedy).await? {
        Ok((check, remedy)) => Ok(ask_page(page, StatusCode::OK, now, &check, &remedy, FormState::new())),
        Err(why) => {
            let (status, why) = (StatusCode::CONFLICT, undone(page.lang(), &why));
            show(&site, &staff, id, page, Some((status, why))).await
        }
    }
}

/// Asks for it.
pub(in crate::web) async fn remedy(
    site: web::Data<Site>,
    staff: Staff,
    at: web::Path<(InstanceId, i64, i64)>,
    page: Page,
) -> Result<HttpResponse, Error> {
    let (id, check, remedy) = at.into_inner();
    let board = board(&site, &staff).await?;
    let now = staff.find(&board, id)?;
    let lang = page.lang();
    let (check, remedy) = match offered(&site, &staff, now, check, remedy).await? {
        Ok(found) => found,
        Err(why) => {
            let why = undone(lang, &why);
            return show(&site, &staff, id, page, Some((StatusCode::CONFLICT, why))).await;
        }
    };
    let ask = actions::Ask {
        instance: id,
        client: None,
        asked: Asked::Remedy {
            template: remedy.id.0,
            name: remedy.name.clone(),
        },
        actor: &staff.actor(),
    };
    let tenant = staff.tenant.tenant.id;
    let mut form = FormState::new();
    match actions::ask(&site.db, &site.keyring, tenant, site.clock.now(), ask).await {
        Ok(_) => {
            refresh(&site, &staff).await?;
            site.jobs.nudge();
            return Ok(see_other_telling(
                route::AdminServerChecks { instance: id },
                "done-server-asked",
            ));
        }
        Err(Refused::AlreadyAsked) => form.reject_all(lang.t("server-refused-already")),
        Err(Refused::TooMany) => form.reject_all(lang.t("server-refused-too-many")),
        Err(Refused::Change(ChangeError::NotFound)) => return Err(Error::NotFound),
        Err(error) => return Err(Error::internal(error)),
    }
    Ok(ask_page(page, StatusCode::CONFLICT, now, &check, &remedy, form))
}

/// The check and the remedy that it offers. Neither is believed to be there because the address says so.
async fn offered(
    site: &Site,
    staff: &Staff,
    now: &InstanceNow,
    check: i64,
    remedy: i64,
) -> Result<Result<(Check, OfferedRemedy), NotDone>, Error> {
    let Some(client) = client(site, staff, now).await? else {
        return Err(Error::Conflict);
    };
    match checks::check(&client, now.instance.contabo_id, check).await {
        Ok(check) => {
            let mut all = checks::offered(&check).iter();
            let remedy = all.find(|one| one.id.0 == remedy).cloned().ok_or(Error::NotFound)?;
            Ok(Ok((check, remedy)))
        }
        Err(NotDone::NotThere) => Err(Error::NotFound),
        Err(why) => Ok(Err(why)),
    }
}

fn ask_page(
    page: Page,
    status: StatusCode,
    now: &InstanceNow,
    check: &Check,
    remedy: &OfferedRemedy,
    form: FormState,
) -> HttpResponse {
    let id = now.instance.id;
    let (server, href) = (now.title().to_owned(), <Staff as Party>::page(id));
    let action = route::AdminServerRemedy {
        instance: id,
        check: check.check_id.0,
        remedy: remedy.id.0,
    };
    let (action, remedy) = (action.to_string(), named(&remedy.name));
    let found = (check.name.clone(), check.note.clone().unwrap_or_default());
    page.at(AT).with_status(
        status,
        move || view! { <AskRemedy server=server href=href action=action remedy=remedy check=found form=form/> },
    )
}

/// What a remedy is, by Contabo's word for its name.
pub(super) fn named(word: &str) -> Remedy {
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

fn shown(lang: Lang, id: InstanceId, found: Found, may: bool) -> Checks {
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
fn unread(lang: Lang, why: &NotDone) -> String {
    match why {
        NotDone::Late => lang.t("checks-late").to_owned(),
        NotDone::Refused(error) => error.to_string(),
        other => other.to_string(),
    }
}

/// Why something was not done.
pub(super) fn undone(lang: Lang, why: &NotDone) -> Text {
    match why {
        NotDone::GoesOn => lang.t("checks-refused-goes-on").into(),
        NotDone::Ended => lang.t("checks-refused-ended").into(),
        NotDone::Late => lang.t("checks-refused-late").into(),
        NotDone::NotThere => lang.t("checks-refused-remedy").into(),
        NotDone::Refused(error) if error.may_have_been_done() => lang.t("checks-refused-late").into(),
        NotDone::Refused(error) => error.to_string().into(),
    }
}
