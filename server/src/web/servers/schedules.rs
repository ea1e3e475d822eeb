//! `…/servers/{instance}/schedules`: what is done to a server at fixed times, by staff or by its client's people.
//!
//! Those that staff made are seen by the client and changed by staff alone.

use actix_web::{HttpResponse, http::StatusCode, web};
use app::{
    servers::{
        End,
        schedules::{Came, Does, Edit, Run, Schedule, SchedulePage, Schedules},
    },
    text::{Lang, Text},
    ui::{FormState, Tick},
};
use chrono_tz::TZ_VARIANTS;
use entity::{
    InstanceId, ScheduleId,
    action::ActionState,
    schedule::{self, Scheduled},
    schedule_run::Outcome,
};
use leptos::prelude::*;

use super::{AT, Party, board, refresh};
use crate::{
    domain::{
        board::{InstanceNow, Snapshot},
        contabo::{
            features::Feature,
            schedules::{self, Error as Refused, Known, LastRun, Plan, Reason, Times},
        },
        maintenance::recurrence::WEEKDAYS,
        typed::{ChangeError, Rejected, Typed},
    },
    site::Site,
    web::{Error, Page, see_other_telling},
};

const FIELDS: [&str; 4] = ["what", "keep", "time", "zone"];

/// How many of the last times are listed.
const RUNS: u64 = 30;

type At = web::Path<(InstanceId, ScheduleId)>;

/// What the visitor may have done at fixed times; nothing where all of it is switched off or not for their role.
fn choices(party: &impl Party, board: &Snapshot, now: &InstanceNow) -> Vec<Scheduled> {
    let client = party.client(now);
    if client.is_some_and(|client| !board.features.allows(client, Feature::Schedules)) {
        return Vec::new();
    }
    let all = schedules::ALL.into_iter();
    all.filter(|what| {
        let kind = schedules::kind(*what);
        party.demand(now, kind).is_ok() && !party.is_off(board, now, kind)
    })
    .collect()
}

/// The card on the server's page.
pub(super) async fn card<P: Party>(party: &P, board: &Snapshot, now: &InstanceNow) -> Result<Schedules, Error> {
    let instance = now.instance.id;
    let all = schedules::of_instance(&party.tenant().rows(), instance).await?;
    let may = party.demand(now, schedules::kind(Scheduled::Snapshots)).is_ok();
    let adds = party.locked(now).is_none() && !choices(party, board, now).is_empty();
    let (client, since) = (party.client(now), party.since(now));
    let shown = all.into_iter().map(|Known { schedule, last }| {
        let theirs = may && (client.is_none() || schedule.client_id == client);
        let times = Times::of(&schedule);
        Schedule {
            href: theirs.then(|| P::schedule(instance, schedule.id)),
            does: does(schedule.what),
            keep: schedule.keep.unsigned_abs().into(),
            time: clock(&schedule),
            days: days_of(&times),
            zone: times.zone.name().to_owned(),
            // Who of the provider's people it was is not for customers.
            who: match (client, schedule.client_id) {
                (Some(_), None) => party.tenant().tenant.name.clone(),
                _ => schedule.created_by_name.clone(),
            },
            next: schedule.next_at,
            // What came of it while another had the server is not theirs to know.
            last: last
                .filter(|last| since.is_none_or(|at| last.run.due_at >= at))
                .map(ran),
        }
    });
    Ok(Schedules {
        all: shown.collect(),
        new_href: adds.then(|| P::schedule_new(instance)),
    })
}

fn does(what: Scheduled) -> Does {
    match what {
        Scheduled::Snapshots => Does::Snapshots,
        Scheduled::Start => Does::Start,
        Scheduled::Restart => Does::Restart,
        Scheduled::Shutdown => Does::Shutdown,
        Scheduled::Stop => Does::Stop,
    }
}

fn clock(row: &schedule::Model) -> String {
    format!("{:02}:{:02}", row.minute / 60, row.minute % 60)
}

/// The days of the week, Monday is 0; empty for all of them.
fn days_of(times: &Times) -> Vec<u32> {
    let days: Vec<u32> = (0..7).filter(|day| times.weekdays & (1 << day) != 0).collect();
    if days.len() == 7 { Vec::new() } else { days }
}

fn ran(last: LastRun) -> Run {
    let came = match (last.run.outcome, last.action) {
        (Outcome::Asked, Some(action)) => Came::Asked(match action.state {
            ActionState::Queued | ActionState::Running => End::NotYet,
            ActionState::Done => End::Done,
            ActionState::Failed => End::Failed(action.error),
            ActionState::Withdrawn => End::Withdrawn,
        }),
        // What was asked so long ago that the action is no longer kept has ended.
        (Outcome::Asked, None) => Came::Asked(End::Done),
        (Outcome::Missed, _) => Came::Missed,
        (Outcome::Needless, _) => Came::Needless,
        (Outcome::Locked, _) => Came::Locked,
        (Outcome::Busy, _) => Came::Busy,
        (Outcome::Full, _) => Came::Full,
        (Outcome::SwitchedOff, _) => Came::SwitchedOff,
        (Outcome::Gone, _) => Came::Gone,
        (Outcome::Refused, _) => Came::Refused,
    };
    Run {
        due_at: last.run.due_at,
        came,
        detail: last.run.detail,
    }
}

/// The form for a new one.
pub(in crate::web) async fn get_new<P: Party>(
    site: web::Data<Site>,
    party: P,
    id: web::Path<InstanceId>,
    page: Page,
) -> Result<HttpResponse, Error> {
    let board = board(&site, &party).await?;
    let now = party.find(&board, *id)?;
    let form = FormState::new()
        .with("keep", "1")
        .with("zone", party.tenant().zone().name());
    let edit = edit(&party, &board, now, None, &[], page.lang())?;
    Ok(shown(page, edit, form))
}

/// Makes it.
pub(in crate::web) async fn new<P: Party>(
    site: web::Data<Site>,
    party: P,
    id: web::Path<InstanceId>,
    typed: Typed,
    page: Page,
) -> Result<HttpResponse, Error> {
    let board = board(&site, &party).await?;
    let now = party.find(&board, *id)?;
    party.demand(now, schedules::kind(Scheduled::Snapshots))?;
    let made = match schedules::read(&typed) {
        Ok(plan) => {
            let (tenant, actor) = (party.tenant().tenant.id, party.signed_in().actor());
            let (at, client) = (site.clock.now(), party.client(now));
            let made = schedules::create(&site.db, tenant, &actor, at, *id, client, plan).await;
            made.map(drop)
        }
        Err(wrong) => Err(ChangeError::from(wrong).into()),
    };
    let mut edit = edit(&party, &board, now, None, &typed.all("days"), page.lang())?;
    match answered(made, &mut edit, &typed, page.lang())? {
        None => done(&site, &party, *id, "done-schedule-made").await,
        Some((status, form)) => Ok(answer(page, status, edit, form)),
    }
}

/// The form of one, with what came of it.
pub(in crate::web) async fn get<P: Party>(
    site: web::Data<Site>,
    party: P,
    at: At,
    page: Page,
) -> Result<HttpResponse, Error> {
    let board = board(&site, &party).await?;
    let (now, row, runs) = one(&party, &board, *at).await?;
    let form = FormState::new()
        .with("what", schedules::name(row.what))
        .with("keep", row.keep.to_string())
        .with("time", clock(&row))
        .with("zone", row.zone.clone());
    let ticked = days_of(&Times::of(&row)).into_iter();
    let ticked = ticked.filter_map(|day| WEEKDAYS.get(day as usize).map(|(name, _)| (*name).to_owned()));
    let ticked: Vec<String> = ticked.collect();
    let edit = edit(&party, &board, now, Some((&row, runs)), &ticked, page.lang())?;
    Ok(shown(page, edit, form))
}

/// Changes it.
pub(in crate::web) async fn post<P: Party>(
    site: web::Data<Site>,
    party: P,
    at: At,
    typed: Typed,
    page: Page,
) -> Result<HttpResponse, Error> {
    let board = board(&site, &party).await?;
    let (now, row, runs) = one(&party, &board, *at).await?;
    let changed = match schedules::read(&typed) {
        Ok(plan) => change(&site, &party, now, row.id, plan).await,
        Err(wrong) => Err(ChangeError::from(wrong).into()),
    };
    let days = typed.all("days");
    let mut edit = edit(&party, &board, now, Some((&row, runs)), &days, page.lang())?;
    match answered(changed, &mut edit, &typed, page.lang())? {
        None => done(&site, &party, at.0, "done-schedule-saved").await,
        Some((status, form)) => Ok(answer(page, status, edit, form)),
    }
}

async fn change<P: Party>(
    site: &Site,
    party: &P,
    now: &InstanceNow,
    id: ScheduleId,
    plan: Plan,
) -> Result<(), Refused> {
    let (tenant, actor) = (party.tenant().tenant.id, party.signed_in().actor());
    let at = site.clock.now();
    schedules::change(&site.db, tenant, &actor, at, id, party.client(now), plan).await
}

/// Lets it rest, or go on.
pub(in crate::web) async fn rest<P: Party>(
    site: web::Data<Site>,
    party: P,
    at: At,
    typed: Typed,
    page: Page,
) -> Result<HttpResponse, Error> {
    let board = board(&site, &party).await?;
    let (now, row, runs) = one(&party, &board, *at).await?;
    let (tenant, actor, rests) = (
        party.tenant().tenant.id,
        party.signed_in().actor(),
        typed.get("rests") == "yes",
    );
    let client = party.client(now);
    let set = schedules::set_resting(&site.db, tenant, &actor, site.clock.now(), row.id, client, rests).await;
    let mut edit = edit(&party, &board, now, Some((&row, runs)), &[], page.lang())?;
    match answered(set, &mut edit, &typed, page.lang())? {
        None if rests => done(&site, &party, at.0, "done-schedule-rests").await,
        None => done(&site, &party, at.0, "done-schedule-goes-on").await,
        Some((status, form)) => Ok(answer(page, status, edit, form)),
    }
}

/// Deletes it.
pub(in crate::web) async fn delete<P: Party>(site: web::Data<Site>, party: P, at: At) -> Result<HttpResponse, Error> {
    let board = board(&site, &party).await?;
    let (now, row, _) = one(&party, &board, *at).await?;
    let (tenant, actor) = (party.tenant().tenant.id, party.signed_in().actor());
    let (when, client) = (site.clock.now(), party.client(now));
    match schedules::delete(&site.db, tenant, &actor, when, row.id, client).await {
        Ok(()) => done(&site, &party, at.0, "done-schedule-deleted").await,
        Err(Refused::Change(error)) => Err(error.into()),
        Err(Refused::Locked(_) | Refused::SwitchedOff) => Err(Error::Forbidden),
    }
}

/// The server and the schedule, if it is theirs to change, with what came of it.
async fn one<'b, P: Party>(
    party: &P,
    board: &'b Snapshot,
    (instance, id): (InstanceId, ScheduleId),
) -> Result<(&'b InstanceNow, schedule::Model, Vec<Run>), Error> {
    let now = party.find(board, instance)?;
    party.demand(now, schedules::kind(Scheduled::Snapshots))?;
    let rows = party.tenant().rows();
    let row = schedules::found(&rows, id, instance, party.client(now)).await?;
    let row = row.ok_or(Error::NotFound)?;
    let runs = schedules::runs_of(&rows, id, RUNS).await?;
    Ok((now, row, runs.into_iter().map(ran).collect()))
}

fn edit<P: Party>(
    party: &P,
    board: &Snapshot,
    now: &InstanceNow,
    known: Option<(&schedule::Model, Vec<Run>)>,
    ticked: &[String],
    lang: Lang,
) -> Result<Edit, Error> {
    party.demand(now, schedules::kind(Scheduled::Snapshots))?;
    let instance = now.instance.id;
    let locked = party.locked(now);
    let choices = match locked {
        Some(_) => Vec::new(),
        None => choices(party, board, now),
    };
    let refused: Option<Text> = match locked {
        Some(because) => {
            let values = [("because", because.to_owned().into())];
            Some(lang.t_with("server-refused-locked", &values).into())
        }
        None if choices.is_empty() => Some(lang.t("server-refused-off").into()),
        None => None,
    };
    Ok(Edit {
        server: now.title().to_owned(),
        href: P::page(instance),
        list_href: P::list(),
        known: known.map(|(row, runs)| (P::schedule(instance, row.id), row.next_at, runs)),
        choices: choices.into_iter().map(does).collect(),
        zones: TZ_VARIANTS.iter().map(|zone| zone.name()).collect(),
        days: days(ticked, lang),
        refused,
    })
}

/// The days of the week, in the page's language.
fn days(ticked: &[String], lang: Lang) -> Vec<Tick> {
    let names = [
        lang.t("day-name-1"),
        lang.t("day-name-2"),
        lang.t("day-name-3"),
        lang.t("day-name-4"),
        lang.t("day-name-5"),
        lang.t("day-name-6"),
        lang.t("day-name-7"),
    ];
    let tick = |((value, _), label): (&(&str, chrono::Weekday), &'static str)| Tick {
        value: (*value).to_owned(),
        label: label.to_owned(),
        note: None,
        ticked: ticked.iter().any(|day| day == value),
    };
    WEEKDAYS.iter().zip(names).map(tick).collect()
}

/// The form with what was typed and why it was refused; nothing if it was not.
fn answered(
    outcome: Result<(), Refused>,
    edit: &mut Edit,
    typed: &Typed,
    lang: Lang,
) -> Result<Option<(StatusCode, FormState)>, Error> {
    let mut form = typed.shown(&FIELDS);
    let status = match outcome {
        Ok(()) => return Ok(None),
        Err(Refused::Change(ChangeError::Rejected(Rejected(reasons)))) => {
            for (field, reason) in reasons {
                form.reject(field, complaint(lang, reason));
            }
            StatusCode::UNPROCESSABLE_ENTITY
        }
        Err(Refused::Change(error)) => return Err(error.into()),
        Err(Refused::Locked(because)) => {
            let values = [("because", because.into())];
            edit.refused = Some(lang.t_with("server-refused-locked", &values).into());
            StatusCode::CONFLICT
        }
        Err(Refused::SwitchedOff) => {
            edit.refused = Some(lang.t("server-refused-off").into());
            StatusCode::FORBIDDEN
        }
    };
    Ok(Some((status, form)))
}

fn complaint(lang: Lang, reason: Reason) -> Text {
    match reason {
        Reason::NotAChoice => lang.t("not-a-choice").into(),
        Reason::NotATime => lang.t("schedule-not-a-time").into(),
        Reason::NotANumber => lang.t("schedule-not-a-number").into(),
        Reason::TooManyKept(most) => lang.t_count("schedule-too-many-kept", most.unsigned_abs().into()),
        Reason::TooMany(most) => lang.t_count("schedule-too-many", most as u64),
    }
}

/// The page; where nothing can be chosen, it says why and is refused.
fn shown(page: Page, edit: Edit, form: FormState) -> HttpResponse {
    let status = match edit.refused {
        Some(_) if edit.known.is_none() => StatusCode::FORBIDDEN,
        _ => StatusCode::OK,
    };
    answer(page, status, edit, form)
}

fn answer(page: Page, status: StatusCode, edit: Edit, form: FormState) -> HttpResponse {
    page.at(AT)
        .with_status(status, move || view! { <SchedulePage edit=edit form=form/> })
}

async fn done<P: Party>(site: &Site, party: &P, id: InstanceId, done: &'static str) -> Result<HttpResponse, Error> {
    refresh(site, party).await?;
    site.jobs.nudge();
    Ok(see_other_telling(P::page(id), done))
}
