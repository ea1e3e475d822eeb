//! `POST /admin/routers/{router}/check`: asks the router now. What it answers is on its page.

use actix_web::{HttpResponse, web};
use entity::RouterId;

use super::find_current;
use crate::{
    site::Site,
    web::{Error, admin, guard::Staff, route, see_other_telling},
};

pub(in crate::web) async fn post(
    site: web::Data<Site>,
    staff: Staff,
    id: web::Path<RouterId>,
) -> Result<HttpResponse, Error> {
    let board = admin::board(&site, &staff).await?;
    find_current(&board, *id)?;
    super::ask(&site, &staff, *id).await?;
    Ok(see_other_telling(
        route::AdminRouter { router: *id },
        "done-router-checking",
    ))
}
