//! `GET` and `POST /admin/links/{link}/archive`: takes it out of every list, after asking.

use actix_web::{HttpResponse, web};
use app::admin::links::archive::LinkArchive;
use entity::LinkId;
use leptos::prelude::*;

use super::find_current;
use crate::{
    domain::links::change,
    site::Site,
    web::{Error, Page, admin, guard::Staff, route, see_other_telling},
};

pub(in crate::web) async fn get(
    site: web::Data<Site>,
    staff: Staff,
    id: web::Path<LinkId>,
    page: Page,
) -> Result<HttpResponse, Error> {
    let board = admin::board(&site, &staff).await?;
    let name = find_current(&board, *id)?.link.name.clone();
    let href = route::AdminLink { link: *id }.to_string();
    Ok(page
        .at("links")
        .ok(move || view! { <LinkArchive name=name href=href/> }))
}

pub(in crate::web) async fn post(
    site: web::Data<Site>,
    staff: Staff,
    id: web::Path<LinkId>,
) -> Result<HttpResponse, Error> {
    change::archive(&site, staff.tenant.tenant.id, &staff.actor(), *id).await?;
    Ok(see_other_telling(route::AdminLinks, "done-link-archived"))
}
