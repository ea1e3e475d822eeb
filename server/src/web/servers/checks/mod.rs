//! `GET` and `POST /admin/servers/{instance}/checks` and what lies below: what Contabo finds when it checks the server,
//! and the remedies that it offers. The page waits for Contabo, as there is nothing to show without it.
//!
//! Checks are started and cancelled while the visitor waits, and looked at: they change nothing at the server.

pub(in crate::web) mod remedy;
mod shown;

use actix_web::{HttpResponse, http::StatusCode, web};
use app::{servers::checks::ChecksPage, text::Text};
use contabo::{CheckSetTemplateId, Client, RequestId};
use entity::{InstanceId, instance};
use leptos::prelude::*;
use serde_json::{Value, json};

use super::{AT, Party, board, show::under_way};
use crate::{
    domain::{
        audit::{self, Subject},
        board::InstanceNow,
        contabo::actions::Kind,
        typed::Typed,
    },
    site::Site,
    web::{
        Error, Page, at_contabo,
        guard::{Staff, StaffPermission},
        route, see_other_telling,
    },
    work::contabo::checks::{self, NotDone},
};

pub(super) use self::shown::{named, undone};
use self::shown::{shown, unread};

/// Seconds after which the page is read again while something goes on. Each time is some calls of those that the account
/// may make.
const ASK_AGAIN: u8 = 6;

/// The same where Contabo did not answer.
const ASK_AGAIN_LATER: u8 = 20;

/// What is told of what was done.
const STARTED: &str = "done-checks-started";
const CANCELLED: &str = "done-checks-cancelled";

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
    let client = client(site, staff, now).await?;
    let client_is_there = client.is_some();
    let found = match client {
        None => Err(lang.t("thing-refused-off").to_owned()),
        Some(client) => checks::read(&client, now.instance.contabo_id, site.clock.now())
            .await
            .map_err(|why| unread(lang, &why)),
    };
    let remedied = now.open.iter().any(|row| row.kind == Kind::Remedy.name());
    let again = match &found {
        Ok(found) => (remedied || found.goes_on()).then_some(ASK_AGAIN),
        Err(_) => client_is_there.then_some(ASK_AGAIN_LATER),
    };
    let may = staff.may(StaffPermission::OperateServers);
    let shown = found.map(|found| shown(lang, id, found, may));
    let open = now.open.iter().filter_map(|row| under_way(staff, now, row)).collect();
    let (server, href) = (now.title().to_owned(), <Staff as Party>::page(id));
    let (status, refused) = refused.unzip();
    let mut page = page.at(AT);
    // What says a refusal stands at an address that can only be posted to.
    if let Some(seconds) = again
        && status.is_none()
    {
        page = page.again_after(seconds);
    }
    let refused = refused.map(Text::into_owned);
    // That Contabo is away is no failure of this page, which says so.
    Ok(page.with_status(
        status.unwrap_or(StatusCode::OK),
        move || view! { <ChecksPage server=server href=href open=open checks=shown refused=refused/> },
    ))
}

/// The client of the server's account; none while that is switched off.
pub(super) async fn client(site: &Site, party: &impl Party, now: &InstanceNow) -> Result<Option<Client>, Error> {
    at_contabo::client(site, &party.tenant().rows(), now.instance.contabo_account_id).await
}

/// Starts a set of checks.
pub(in crate::web) async fn start(
    site: web::Data<Site>,
    staff: Staff,
    id: web::Path<InstanceId>,
    typed: Typed,
    page: Page,
) -> Result<HttpResponse, Error> {
    let Ok(set) = typed.get("set").parse::<i64>() else {
        let why = page.lang().t("checks-refused-set").into();
        return show(&site, &staff, *id, page, Some((StatusCode::UNPROCESSABLE_ENTITY, why))).await;
    };
    ask(&site, &staff, *id, page, STARTED, async |client, server, request| {
        let template = checks::template(client, set).await?;
        let about = json!({ "checks": template.name, "request": request.to_string() });
        note(&site, &staff, server, "instance.start_checks", about).await?;
        let set = CheckSetTemplateId(set);
        Ok(checks::start(client, server.contabo_id, set, site.clock.now(), request).await?)
    })
    .await
}

/// Cancels a set of checks.
pub(in crate::web) async fn cancel_set(
    site: web::Data<Site>,
    staff: Staff,
    at: web::Path<(InstanceId, i64)>,
    page: Page,
) -> Result<HttpResponse, Error> {
    let (id, set) = at.into_inner();
    ask(&site, &staff, id, page, CANCELLED, async |client, server, request| {
        let about = json!({ "set": set, "request": request.to_string() });
        note(&site, &staff, server, "instance.cancel_checks", about).await?;
        Ok(checks::cancel_set(client, server.contabo_id, set, request).await?)
    })
    .await
}

/// Does one check once more.
pub(in crate::web) async fn again(
    site: web::Data<Site>,
    staff: Staff,
    at: web::Path<(InstanceId, i64)>,
    page: Page,
) -> Result<HttpResponse, Error> {
    let (id, check) = at.into_inner();
    ask(&site, &staff, id, page, STARTED, async |client, server, request| {
        let check = checks::check(client, server.contabo_id, check).await?;
        let about = json!({ "checks": check.name, "request": request.to_string() });
        note(&site, &staff, server, "instance.start_checks", about).await?;
        Ok(checks::again(client, server.contabo_id, &check, request).await?)
    })
    .await
}

/// Cancels a check that is in no set.
pub(in crate::web) async fn cancel(
    site: web::Data<Site>,
    staff: Staff,
    at: web::Path<(InstanceId, i64)>,
    page: Page,
) -> Result<HttpResponse, Error> {
    let (id, check) = at.into_inner();
    ask(&site, &staff, id, page, CANCELLED, async |client, server, request| {
        let check = checks::check(client, server.contabo_id, check).await?;
        let about = json!({ "check": check.name, "request": request.to_string() });
        note(&site, &staff, server, "instance.cancel_checks", about).await?;
        Ok(checks::cancel(client, &check, request).await?)
    })
    .await
}

/// Asks Contabo for something while the visitor waits. What asks notes the number of its call before it is sent, so that
/// it can be looked for at Contabo.
async fn ask(
    site: &Site,
    staff: &Staff,
    id: InstanceId,
    page: Page,
    told: &'static str,
    call: impl AsyncFnOnce(&Client, &instance::Model, RequestId) -> Result<(), Undone>,
) -> Result<HttpResponse, Error> {
    let board = board(site, staff).await?;
    let now = staff.find(&board, id)?;
    let Some(client) = client(site, staff, now).await? else {
        return off(site, staff, id, page).await;
    };
    let outcome = call(&client, &now.instance, RequestId::random()).await;
    done(site, staff, id, page, outcome, told).await
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
