//! `GET /admin/servers/bulk` shows what will be done to the servers that were chosen, `POST` does it: each by itself, so
//! that what is refused for one holds up no other. What is asked of Contabo is followed on another page, `came`.

use std::sync::Arc;

use actix_web::{HttpResponse, web};
use app::{
    admin::instances::{
        bulk::{BulkPreview, Item, Note, What},
        came::{BulkResult, Came, Refusal},
    },
    text::Lang,
    ui::FormState,
};
use entity::{ActionId, ClientId, InstanceId};
use leptos::prelude::*;

use super::{came, clients, doing, list::NOBODY};
use crate::{
    domain::{
        board::{InstanceNow, Snapshot},
        contabo::{
            actions::{self, Ask, Asked},
            instances::{self, Status},
        },
        typed::{ChangeError, Typed},
    },
    site::Site,
    web::{
        Error, Page, admin,
        guard::{Staff, StaffPermission},
        route, see_other,
        servers::words::status,
    },
};

/// As many as a page of the list has.
pub(super) const MOST: usize = 100;

pub(in crate::web) async fn get(
    site: web::Data<Site>,
    staff: Staff,
    query: web::Query<Vec<(String, String)>>,
    page: Page,
) -> Result<HttpResponse, Error> {
    let board = admin::board(&site, &staff).await?;
    let typed = Typed::new(query.into_inner());
    let Some(what) = what(&staff, &typed)? else {
        return Ok(see_other(route::AdminServers));
    };
    let items = chosen(&typed).into_iter().filter_map(|id| board.instances.get(&id));
    let items = items.map(|now| item(&board, what, now)).collect();
    let (clients, form) = (clients(&board), FormState::new().with("client", typed.get("client")));
    Ok(page
        .at("servers")
        .ok(move || view! { <BulkPreview what=what items=items clients=clients form=form/> }))
}

pub(in crate::web) async fn post(
    site: web::Data<Site>,
    staff: Staff,
    typed: Typed,
    page: Page,
) -> Result<HttpResponse, Error> {
    let board = admin::board(&site, &staff).await?;
    let Some(what) = what(&staff, &typed)? else {
        return Ok(see_other(route::AdminServers));
    };
    let (ids, task) = (chosen(&typed), task(&board, what, &typed));
    let Some(task) = task.filter(|_| !ids.is_empty()) else {
        return Ok(again(&board, what, &ids, &typed, page));
    };
    let answer = match task {
        Task::Give(client) => {
            let mut outcomes = Vec::with_capacity(ids.len());
            for id in ids {
                let came = assign(&site, &staff, id, client).await?;
                outcomes.push(came::outcome(&board, id, came));
            }
            page.at("servers")
                .ok(move || view! { <BulkResult what=what outcomes=outcomes/> })
        }
        Task::Ask(asked) => {
            let mut found = Vec::with_capacity(ids.len());
            for id in ids {
                found.push((id, ask(&site, &staff, asked.clone(), id).await?));
            }
            see_other(came::address(what, &found))
        }
    };
    site.jobs.nudge();
    admin::refresh(&site, &staff).await?;
    Ok(answer)
}

/// What is done to each of them.
enum Task {
    /// Gives it to a client, or takes it back.
    Give(Option<ClientId>),
    Ask(Asked),
}

/// None: no client was chosen that there is.
fn task(board: &Snapshot, what: What, typed: &Typed) -> Option<Task> {
    Some(match what {
        What::Assign => Task::Give(client(board, typed)?),
        What::Start => Task::Ask(Asked::Start),
        What::Stop => Task::Ask(Asked::Stop),
        What::Shutdown => Task::Ask(Asked::Shutdown),
        What::Restart => Task::Ask(Asked::Restart),
    })
}

/// What is to be done, if the visitor may; none: nothing that there is.
pub(super) fn what(staff: &Staff, typed: &Typed) -> Result<Option<What>, Error> {
    let what = What::ALL.into_iter().find(|what| what.name() == typed.get("do"));
    match what {
        Some(What::Assign) if !staff.may(StaffPermission::ManageServers) => Err(Error::Forbidden),
        _ => Ok(what),
    }
}

/// The servers that were ticked, each once.
fn chosen(typed: &Typed) -> Vec<InstanceId> {
    let mut ids: Vec<InstanceId> = Vec::new();
    for id in typed.all("server").iter().filter_map(|id| id.parse().ok()) {
        if !ids.contains(&id) && ids.len() < MOST {
            ids.push(id);
        }
    }
    ids
}

/// To whom they are given: nobody, or a client of the list. None: nothing was chosen that there is.
fn client(board: &Snapshot, typed: &Typed) -> Option<Option<ClientId>> {
    match typed.get("client") {
        NOBODY => Some(None),
        id => {
            let id = id.parse().ok()?;
            let client = board.clients.get(&id).filter(|row| row.archived_at.is_none())?;
            Some(Some(client.id))
        }
    }
}

/// The form again, with what is lacking.
fn again(board: &Snapshot, what: What, ids: &[InstanceId], typed: &Typed, page: Page) -> HttpResponse {
    let items = ids.iter().filter_map(|id| board.instances.get(id));
    let mut items: Vec<Item> = items.map(|now| item(board, what, now)).collect();
    for item in &mut items {
        item.is_ticked = true;
    }
    let lang: Lang = page.lang();
    let mut form = FormState::new().with("client", typed.get("client"));
    if !ids.is_empty() {
        form.reject("client", lang.t("bulk-no-client"));
    }
    let clients = clients(board);
    page.at("servers")
        .unprocessable(move || view! { <BulkPreview what=what items=items clients=clients form=form/> })
}

fn item(board: &Snapshot, what: What, now: &Arc<InstanceNow>) -> Item {
    let notes = notes(what, now);
    let subject = super::subject(now);
    Item {
        id: now.instance.id.to_string(),
        href: subject.href,
        title: subject.name,
        name: now.instance.name.clone(),
        client: super::client_of(board, now).map(|client| client.name),
        status: status(&now.status),
        doing: doing(&now.open),
        is_ticked: !notes
            .iter()
            .any(|note| matches!(note, Note::AlreadyRuns | Note::AlreadyStopped)),
        notes,
    }
}

fn notes(what: What, now: &InstanceNow) -> Vec<Note> {
    let mut notes = Vec::new();
    match (what, &now.status) {
        (What::Assign, _) => return notes,
        (What::Start, Status::Running) => notes.push(Note::AlreadyRuns),
        (What::Stop | What::Shutdown | What::Restart, Status::Stopped) => notes.push(Note::AlreadyStopped),
        _ => {}
    }
    if !now.open.is_empty() {
        notes.push(Note::Busy);
    }
    if let Some(because) = &now.instance.locked_because {
        notes.push(Note::Locked(because.clone()));
    }
    notes
}

async fn ask(site: &Site, staff: &Staff, asked: Asked, id: InstanceId) -> Result<Result<ActionId, Refusal>, Error> {
    let actor = staff.actor();
    let ask = Ask {
        instance: id,
        client: None,
        asked,
        actor: &actor,
    };
    let (tenant, now) = (staff.tenant.tenant.id, site.clock.now());
    let refusal = match actions::ask(&site.db, &site.keyring, tenant, now, ask).await {
        Ok(id) => return Ok(Ok(id)),
        Err(actions::Error::AlreadyAsked) => Refusal::AlreadyAsked,
        // Never of staff, whom neither a lock nor a switch holds up.
        Err(actions::Error::Locked(_) | actions::Error::SwitchedOff) => return Err(Error::Forbidden),
        Err(actions::Error::TooMany) => Refusal::TooMany,
        Err(actions::Error::AlreadyCancelled) => Refusal::Cancelled,
        Err(error @ (actions::Error::Keyring(_) | actions::Error::Own)) => return Err(Error::internal(error)),
        Err(actions::Error::Change(error)) => of_change(error)?,
    };
    Ok(Err(refusal))
}

async fn assign(site: &Site, staff: &Staff, id: InstanceId, client: Option<ClientId>) -> Result<Came, Error> {
    let (tenant, now) = (staff.tenant.tenant.id, site.clock.now());
    match instances::assign(&site.db, tenant, &staff.actor(), now, id, client).await {
        Ok(()) if client.is_some() => Ok(Came::Given),
        Ok(()) => Ok(Came::TakenBack),
        Err(ChangeError::Rejected(wrong)) if wrong.0.iter().any(|(_, reason)| is_full(*reason)) => {
            Ok(Came::Refused(Refusal::Quota))
        }
        Err(error) => Ok(Came::Refused(of_change(error)?)),
    }
}

fn is_full(reason: instances::Reason) -> bool {
    matches!(reason, instances::Reason::QuotaFull(_))
}

/// Why one was refused. That the database failed is the page's end, not the row's.
fn of_change<R: std::fmt::Debug>(error: ChangeError<R>) -> Result<Refusal, Error> {
    match error {
        ChangeError::NotFound => Ok(Refusal::Gone),
        ChangeError::Conflict | ChangeError::Rejected(_) => Ok(Refusal::Changed),
        ChangeError::Database(error) => Err(error.into()),
    }
}
