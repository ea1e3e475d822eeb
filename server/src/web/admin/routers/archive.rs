//! `GET` and `POST /admin/routers/{router}/archive`: takes it out of use, after asking.

use actix_web::{HttpResponse, http::StatusCode, web};
use app::admin::{Subject, routers::archive::RouterArchive};
use entity::RouterId;
use leptos::prelude::*;

use super::find_current;
use crate::{
    domain::{
        board::Snapshot,
        routers::{self, change},
    },
    site::Site,
    web::{Error, Page, admin, guard::Staff, route, see_other_telling},
};

pub(in crate::web) async fn get(
    site: web::Data<Site>,
    staff: Staff,
    id: web::Path<RouterId>,
    page: Page,
) -> Result<HttpResponse, Error> {
    let board = admin::board(&site, &staff).await?;
    question(&board, *id, page, StatusCode::OK)
}

pub(in crate::web) async fn post(
    site: web::Data<Site>,
    staff: Staff,
    id: web::Path<RouterId>,
    page: Page,
) -> Result<HttpResponse, Error> {
    match change::archive(&site, staff.tenant.tenant.id, &staff.actor(), *id).await {
        Ok(()) => Ok(see_other_telling(route::AdminRouters, "done-router-archived")),
        Err(routers::Error::HasLinks(_)) => {
            let board = admin::board(&site, &staff).await?;
            question(&board, *id, page, StatusCode::UNPROCESSABLE_ENTITY)
        }
        Err(error) => Err(error.into()),
    }
}

fn question(board: &Snapshot, id: RouterId, page: Page, status: StatusCode) -> Result<HttpResponse, Error> {
    let router = &find_current(board, id)?.router;
    let (name, href) = (router.name.clone(), route::AdminRouter { router: id }.to_string());
    let hanging = board
        .links
        .values()
        .map(|now| &now.link)
        .filter(|link| link.router_id == id && link.archived_at.is_none());
    let mut links: Vec<Subject> = hanging
        .map(|link| Subject {
            name: link.name.clone(),
            href: route::AdminLink { link: link.id }.to_string(),
        })
        .collect();
    links.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(page.at("routers").with_status(
        status,
        move || view! { <RouterArchive name=name href=href links=links/> },
    ))
}
