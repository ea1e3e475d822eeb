//! `GET` and `POST /admin/maintenance/new`

use actix_web::{HttpResponse, web};
use app::ui::FormState;

use crate::{
    domain::maintenance,
    site::Site,
    web::{
        Error, Page,
        admin::{asked::Typed, board, complaint, refresh, rejected, shown},
        guard::Staff,
        route, see_other_telling,
    },
};

pub(in crate::web) async fn get(site: web::Data<Site>, staff: Staff, page: Page) -> Result<HttpResponse, Error> {
    let board = board(&site, &staff).await?;
    let form = FormState::new().with("covers", "all");
    let covered = super::coverable(&board, &[], &[], &[]);
    let now = site.clock.now();
    Ok(page
        .at("maintenance")
        .ok(|| super::form(form, &board, None, covered, &staff, now)))
}

pub(in crate::web) async fn post(
    site: web::Data<Site>,
    staff: Staff,
    typed: Typed,
    page: Page,
) -> Result<HttpResponse, Error> {
    let board = board(&site, &staff).await?;
    let now = site.clock.now();
    let draft = super::draft(&typed, &staff, None);
    let made = match draft.check(&board, now) {
        Ok(plan) => {
            let tenant = staff.tenant.tenant.id;
            rejected(maintenance::create(&site.db, tenant, &staff.actor(), now, plan).await)?
        }
        Err(wrong) => Err(wrong),
    };
    match made {
        Ok(window) => {
            refresh(&site, &staff).await?;
            Ok(see_other_telling(route::AdminWindow { window }, "done-window-planned"))
        }
        Err(wrong) => {
            let form = shown(&typed, &super::FIELDS, wrong, page.lang(), |lang, reason| {
                complaint::of_window(lang, reason, board.zone)
            });
            let covered = super::coverable(&board, &draft.clients, &draft.routers, &draft.links);
            Ok(page
                .at("maintenance")
                .unprocessable(|| super::form(form, &board, None, covered, &staff, now)))
        }
    }
}
