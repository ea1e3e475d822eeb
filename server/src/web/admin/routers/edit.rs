//! `GET` and `POST /admin/routers/{router}/edit`: changes everything but the credentials.

use actix_web::{HttpResponse, web};
use app::{admin::routers::form::RouterEdit, ui::FormState};
use entity::RouterId;
use leptos::prelude::*;

use super::{FIELDS, find_current};
use crate::{
    domain::{
        routers::{
            self, change,
            setup::{SetUp, tls_name},
        },
        typed::Typed,
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
    let router = find_current(&board, *id)?.router.clone();
    let form = FormState::new()
        .with("name", &router.name)
        .with("site", &router.site)
        .with("host", &router.host)
        .with("port", router.port.to_string())
        .with("tls", tls_name(router.tls))
        .with("ca_pem", router.ca_pem.as_deref().unwrap_or_default())
        .with("allow_challenge", if router.allow_challenge { "yes" } else { "" })
        .with("code_page", &router.code_page)
        .with("listen", if router.listen { "yes" } else { "" });
    let (name, href) = (router.name.clone(), route::AdminRouter { router: *id }.to_string());
    Ok(page
        .at("routers")
        .ok(move || view! { <RouterEdit name=name href=href form=form/> }))
}

pub(in crate::web) async fn post(
    site: web::Data<Site>,
    staff: Staff,
    id: web::Path<RouterId>,
    typed: Typed,
    page: Page,
) -> Result<HttpResponse, Error> {
    let board = admin::board(&site, &staff).await?;
    let name = find_current(&board, *id)?.router.name.clone();
    let to = route::AdminRouter { router: *id };
    let rejected = match SetUp::read(&typed) {
        Ok(setup) => match change::update(&site, board.tenant.id, &staff.actor(), *id, setup).await {
            Ok(false) => return Ok(see_other_telling(to, "done-router-saved")),
            Ok(true) => return Ok(see_other_telling(to, "done-router-password-gone")),
            Err(routers::Error::Rejected(rejected)) => rejected,
            Err(error) => return Err(error.into()),
        },
        Err(rejected) => rejected,
    };
    let shown = admin::shown(&typed, &FIELDS, rejected, page.lang(), admin::complaint::of_network);
    let href = to.to_string();
    Ok(page
        .at("routers")
        .unprocessable(move || view! { <RouterEdit name=name href=href form=shown/> }))
}
