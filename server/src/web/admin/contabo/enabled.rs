//! `POST /admin/contabo/{contabo_account}/enabled`: switches the account on or off.

use actix_web::{HttpResponse, web};
use entity::ContaboAccountId;

use super::page_of;
use crate::{
    domain::{contabo::accounts, typed::Typed},
    site::Site,
    web::{Error, admin, guard::Staff, see_other_telling},
};

pub(in crate::web) async fn post(
    site: web::Data<Site>,
    staff: Staff,
    id: web::Path<ContaboAccountId>,
    typed: Typed,
) -> Result<HttpResponse, Error> {
    let on = typed.get("enabled") == "yes";
    let (tenant, now) = (staff.tenant.tenant.id, site.clock.now());
    accounts::enable(&site.db, tenant, &staff.actor(), now, *id, on).await?;
    admin::refresh(&site, &staff).await?;
    let done = if on { "done-contabo-on" } else { "done-contabo-off" };
    Ok(see_other_telling(page_of(*id), done))
}
