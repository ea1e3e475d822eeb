//! `POST /admin/routers/{router}/polling`: switches it on or off.

use actix_web::{HttpResponse, web};
use entity::RouterId;

use crate::{
    domain::{routers::change, typed::Typed},
    site::Site,
    web::{Error, guard::Staff, route, see_other_telling},
};

pub(in crate::web) async fn post(
    site: web::Data<Site>,
    staff: Staff,
    id: web::Path<RouterId>,
    typed: Typed,
) -> Result<HttpResponse, Error> {
    let on = typed.get("polling") == "on";
    change::set_enabled(&site, staff.tenant.tenant.id, &staff.actor(), *id, on).await?;
    let done = if on {
        "done-router-polling-started"
    } else {
        "done-router-polling-stopped"
    };
    Ok(see_other_telling(route::AdminRouter { router: *id }, done))
}
