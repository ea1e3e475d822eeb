//! `POST /admin/contabo/{contabo_account}/read`: has the account read at once. What came of it is on its page.

use actix_web::{HttpResponse, web};
use entity::ContaboAccountId;

use super::page_of;
use crate::{
    domain::contabo::accounts,
    site::Site,
    web::{Error, admin, guard::Staff, see_other_telling},
};

pub(in crate::web) async fn post(
    site: web::Data<Site>,
    staff: Staff,
    id: web::Path<ContaboAccountId>,
) -> Result<HttpResponse, Error> {
    accounts::sync_now(&site.db, staff.tenant.tenant.id, site.clock.now(), *id).await?;
    admin::refresh(&site, &staff).await?;
    Ok(see_other_telling(page_of(*id), "done-contabo-reading"))
}
