//! `GET` and `POST /admin/servers/{instance}/checks/{check}/remedies/{remedy}`: a remedy that a check offers. It does
//! something to the server, so it is an action like a restart.

use actix_web::{HttpResponse, http::StatusCode, web};
use app::{
    servers::checks::AskRemedy,
    text::{Lang, Text},
    ui::FormState,
};
use contabo::{Check, OfferedRemedy};
use entity::InstanceId;
use leptos::prelude::*;

use super::{
    client, show,
    shown::{named, undone},
};
use crate::{
    domain::{
        board::InstanceNow,
        contabo::actions::{self, Asked, Error as Refused},
        typed::ChangeError,
    },
    site::Site,
    web::{
        Error, Page,
        guard::Staff,
        route, see_other_telling,
        servers::{AT, Party, board, refresh},
    },
    work::contabo::checks::{self, NotDone},
};

/// Says what a remedy does, and asks.
pub(in crate::web) async fn get(
    site: web::Data<Site>,
    staff: Staff,
    at: web::Path<(InstanceId, i64, i64)>,
    page: Page,
) -> Result<HttpResponse, Error> {
    let (id, check, remedy) = at.into_inner();
    let board = board(&site, &staff).await?;
    let now = staff.find(&board, id)?;
    match offered(&site, &staff, now, check, remedy, page.lang()).await? {
        Ok((check, remedy)) => Ok(ask_page(page, StatusCode::OK, now, &check, &remedy, FormState::new())),
        Err(why) => show(&site, &staff, id, page, Some((StatusCode::CONFLICT, why))).await,
    }
}

/// Asks for it.
pub(in crate::web) async fn post(
    site: web::Data<Site>,
    staff: Staff,
    at: web::Path<(InstanceId, i64, i64)>,
    page: Page,
) -> Result<HttpResponse, Error> {
    let (id, check, remedy) = at.into_inner();
    let board = board(&site, &staff).await?;
    let now = staff.find(&board, id)?;
    let lang = page.lang();
    let (check, remedy) = match offered(&site, &staff, now, check, remedy, lang).await? {
        Ok(found) => found,
        Err(why) => return show(&site, &staff, id, page, Some((StatusCode::CONFLICT, why))).await,
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

/// The check and the remedy that it offers, or why Contabo doesn't tell. Neither is believed to be there because the
/// address says so.
async fn offered(
    site: &Site,
    staff: &Staff,
    now: &InstanceNow,
    check: i64,
    remedy: i64,
    lang: Lang,
) -> Result<Result<(Check, OfferedRemedy), Text>, Error> {
    let Some(client) = client(site, staff, now).await? else {
        return Ok(Err(lang.t("thing-refused-off").into()));
    };
    match checks::check(&client, now.instance.contabo_id, check).await {
        Ok(check) => {
            let mut all = checks::offered(&check).iter();
            let remedy = all.find(|one| one.id.0 == remedy).cloned().ok_or(Error::NotFound)?;
            Ok(Ok((check, remedy)))
        }
        Err(NotDone::NotThere) => Err(Error::NotFound),
        Err(why) => Ok(Err(undone(lang, &why))),
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
