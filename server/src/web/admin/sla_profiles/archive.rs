//! `GET` and `POST /admin/sla-profiles/{sla_profile}/archive`

use actix_web::{HttpResponse, web};
use app::admin::confirm::{Confirm, Question};
use entity::SlaProfileId;
use leptos::prelude::*;

use crate::{
    domain::sla_profiles,
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
    id: web::Path<SlaProfileId>,
    page: Page,
) -> Result<HttpResponse, Error> {
    let board = board(&site, &staff).await?;
    let profile = board.profiles.get(&id).ok_or(Error::NotFound)?;
    let question = Question::ArchiveProfile {
        profile: profile.profile.name.clone(),
    };
    let action = route::AdminSlaProfileArchive { sla_profile: *id }.to_string();
    let back = route::AdminSlaProfile { sla_profile: *id }.to_string();
    Ok(page
        .at("sla-profiles")
        .ok(move || view! { <Confirm question=question action=action cancel_href=back/> }))
}

pub(in crate::web) async fn post(
    site: web::Data<Site>,
    staff: Staff,
    id: web::Path<SlaProfileId>,
) -> Result<HttpResponse, Error> {
    let (tenant, now) = (staff.tenant.tenant.id, site.clock.now());
    sla_profiles::archive(&site.db, tenant, &staff.actor(), now, *id).await?;
    refresh(&site, &staff).await?;
    Ok(see_other_telling(
        route::AdminSlaProfile { sla_profile: *id },
        "done-profile-archived",
    ))
}
