//! `GET` and `POST /admin/maintenance/{window}/end`

use actix_web::{HttpResponse, web};
use app::admin::confirm::{Confirm, Question};
use entity::MaintenanceWindowId;
use leptos::prelude::*;

use crate::{
    domain::maintenance,
    site::Site,
    web::{
        Error, Page,
        admin::{board, refresh},
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
    let question = Question::EndWindow {
        window: window.window.title.clone(),
    };
    let action = route::AdminWindowEnd { window: *id }.to_string();
    let back = route::AdminWindow { window: *id }.to_string();
    Ok(page
        .at("maintenance")
        .ok(move || view! { <Confirm question=question action=action cancel_href=back/> }))
}

pub(in crate::web) async fn post(
    site: web::Data<Site>,
    staff: Staff,
    id: web::Path<MaintenanceWindowId>,
) -> Result<HttpResponse, Error> {
    let (tenant, now) = (staff.tenant.tenant.id, site.clock.now());
    maintenance::end_now(&site.db, tenant, &staff.actor(), now, *id).await?;
    refresh(&site, &staff).await?;
    Ok(see_other_telling(
        route::AdminWindow { window: *id },
        "done-window-ended",
    ))
}
