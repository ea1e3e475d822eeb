//! `POST /admin/things/actions/{thing_action}/withdraw`: takes back what was asked of a thing and has not begun.

use actix_web::{HttpResponse, web};
use entity::{ActionId, action};

use super::subject;
use crate::{
    domain::{
        contabo::actions::{self, ThingAsked},
        typed::ChangeError,
    },
    site::Site,
    web::{Error, admin, guard::Staff, see_other_telling},
};

pub(in crate::web) async fn post(
    site: web::Data<Site>,
    staff: Staff,
    id: web::Path<ActionId>,
) -> Result<HttpResponse, Error> {
    let row = staff.tenant.rows().get::<action::Entity>(*id).await?;
    let row = row.filter(|row| row.instance_id.is_none()).ok_or(Error::NotFound)?;
    let asked = ThingAsked::of(&row).map_err(|_| Error::NotFound)?;
    if !staff.may(asked.for_staff()) {
        return Err(Error::Forbidden);
    }
    let href = subject(&row).ok_or(Error::NotFound)?.href;
    let (tenant, now) = (staff.tenant.tenant.id, site.clock.now());
    match actions::withdraw(&site.db, tenant, &staff.actor(), now, *id, None).await {
        Ok(()) => {}
        // It has begun meanwhile, which the page says.
        Err(actions::Error::Change(ChangeError::Conflict)) => return Err(Error::Conflict),
        Err(actions::Error::Change(error)) => return Err(error.into()),
        Err(error) => return Err(Error::internal(error)),
    }
    admin::refresh(&site, &staff).await?;
    Ok(see_other_telling(href, "done-server-withdrawn"))
}
