//! `GET` and `POST /admin/maintenance/{window}/edit`: while it has not begun.

use actix_web::{HttpResponse, web};
use app::ui::FormState;
use entity::MaintenanceWindowId;

use crate::{
    domain::{
        board::{Maintenance, Snapshot},
        calendar::local,
        maintenance::{
            self,
            list::{When, when},
        },
    },
    site::Site,
    web::{
        Error, Page,
        admin::{asked::Typed, board, complaint, refresh, rejected, shown},
        guard::Staff,
        route, see_other_telling,
    },
};

pub(in crate::web) async fn get(
    site: web::Data<Site>,
    staff: Staff,
    id: web::Path<MaintenanceWindowId>,
    page: Page,
) -> Result<HttpResponse, Error> {
    let board = board(&site, &staff).await?;
    let window = super::find(&board, *id)?;
    if when(window, site.clock.now()) != When::Coming {
        return Err(Error::Conflict);
    }
    let routers: Vec<_> = window
        .scopes
        .iter()
        .filter_map(|scope| Some(scope.router_id?.to_string()))
        .collect();
    let links: Vec<_> = window
        .scopes
        .iter()
        .filter_map(|scope| Some(scope.link_id?.to_string()))
        .collect();
    let form = form_of(window, &board);
    Ok(page
        .at("maintenance")
        .ok(|| super::form(form, &board, Some(window), &routers, &links)))
}

pub(in crate::web) async fn post(
    site: web::Data<Site>,
    staff: Staff,
    id: web::Path<MaintenanceWindowId>,
    typed: Typed,
    page: Page,
) -> Result<HttpResponse, Error> {
    let board = board(&site, &staff).await?;
    let window = super::find(&board, *id)?;
    let now = site.clock.now();
    let draft = super::draft(&typed);
    let changed = match draft.check(&board, now) {
        Ok(plan) => {
            let tenant = staff.tenant.tenant.id;
            rejected(maintenance::change(&site.db, tenant, &staff.actor(), now, *id, plan).await)?
        }
        Err(wrong) => Err(wrong),
    };
    match changed {
        Ok(()) => {
            refresh(&site, &staff).await?;
            Ok(see_other_telling(
                route::AdminWindow { window: *id },
                "done-window-changed",
            ))
        }
        Err(wrong) => {
            let form = shown(&typed, &super::FIELDS, wrong, page.lang(), |lang, reason| {
                complaint::of_window(lang, reason, board.zone)
            });
            Ok(page
                .at("maintenance")
                .unprocessable(|| super::form(form, &board, Some(window), &draft.routers, &draft.links)))
        }
    }
}

/// The window as it would be typed.
fn form_of(window: &Maintenance, board: &Snapshot) -> FormState {
    let covers = match window.scopes.first() {
        None => "all",
        Some(scope) if scope.router_id.is_some() => "routers",
        Some(_) => "links",
    };
    FormState::new()
        .with("title", window.window.title.clone())
        .with("notes", window.window.notes.clone())
        .with("starts", local::typed(window.window.starts_at, board.zone))
        .with("ends", local::typed(window.window.ends_at, board.zone))
        .with("covers", covers)
}
