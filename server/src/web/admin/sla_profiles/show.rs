//! `GET /admin/sla-profiles/{sla_profile}`

use actix_web::{HttpResponse, web};
use app::admin::sla_profiles::show::{Hrefs, SlaProfilePage, Version};
use entity::SlaProfileId;
use leptos::prelude::*;

use crate::{
    domain::{identity::StaffPermission, sla_profiles},
    site::Site,
    web::{Error, Page, admin::board, guard::Staff, route},
};

pub(in crate::web) async fn get(
    site: web::Data<Site>,
    staff: Staff,
    id: web::Path<SlaProfileId>,
    page: Page,
) -> Result<HttpResponse, Error> {
    let board = board(&site, &staff).await?;
    let profile = &board.profiles.get(&id).ok_or(Error::NotFound)?.profile;
    let versions = sla_profiles::versions(&staff.tenant.rows(), profile.id).await?;
    let versions = versions.into_iter().map(|version| Version {
        number: version.number,
        promise: super::shown(&version.promise),
        created_at: version.created_at,
        created_by: version.created_by,
    });
    let versions: Vec<_> = versions.collect();
    let links = super::links_of(&board, profile.id);
    let changes = staff.may(StaffPermission::ManageSlaProfiles) && profile.archived_at.is_none();
    let sla_profile = profile.id;
    let hrefs = Hrefs {
        edit: changes.then(|| route::AdminSlaProfileEdit { sla_profile }.to_string()),
        archive: (changes && links == 0).then(|| route::AdminSlaProfileArchive { sla_profile }.to_string()),
        links: Some(format!("{}?profile={sla_profile}", route::AdminLinks)),
    };
    let (name, archived_at, zone) = (profile.name.clone(), profile.archived_at, board.zone.name().to_owned());
    Ok(page.at("sla-profiles").ok(move || {
        view! { <SlaProfilePage name=name zone=zone links=links archived_at=archived_at versions=versions hrefs=hrefs/> }
    }))
}
