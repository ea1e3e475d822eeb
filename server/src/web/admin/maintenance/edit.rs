//! `GET` and `POST /admin/maintenance/{window}/edit`: before it begins, and afterwards by those who may approve.

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
    let now = site.clock.now();
    if when(window, now) != When::Coming && !super::approves(&staff) {
        return Err(Error::Conflict);
    }
    let scopes = || window.scopes.iter();
    let clients: Vec<_> = scopes()
        .filter_map(|scope| Some(scope.client_id?.to_string()))
        .collect();
    let routers: Vec<_> = scopes()
        .filter_map(|scope| Some(scope.router_id?.to_string()))
        .collect();
    let links: Vec<_> = scopes().filter_map(|scope| Some(scope.link_id?.to_string())).collect();
    let covered = super::coverable(&board, &clients, &routers, &links);
    let form = form_of(window, &board);
    Ok(page
        .at("maintenance")
        .ok(|| super::form(form, &board, Some(window), covered, &staff, now)))
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
    let draft = super::draft(&typed, &staff, Some(window));
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
            let covered = super::coverable(&board, &draft.clients, &draft.routers, &draft.links);
            Ok(page
                .at("maintenance")
                .unprocessable(|| super::form(form, &board, Some(window), covered, &staff, now)))
        }
    }
}

/// The window as it would be typed.
fn form_of(window: &Maintenance, board: &Snapshot) -> FormState {
    let covers = match maintenance::Covers::of(&window.scopes) {
        maintenance::Covers::All => "all",
        maintenance::Covers::Clients(_) => "clients",
        maintenance::Covers::Routers(_) => "routers",
        maintenance::Covers::Links(_) => "links",
    };
    FormState::new()
        .with("title", window.window.title.clone())
        .with("notes", window.window.notes.clone())
        .with("starts", local::typed(window.window.starts_at, board.zone))
        .with("ends", local::typed(window.window.ends_at, board.zone))
        .with("covers", covers)
}
