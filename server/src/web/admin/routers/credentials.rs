//! `GET` and `POST /admin/routers/{router}/credentials`: another user or password, tried before it is stored.

use actix_web::{HttpResponse, web};
use app::{admin::routers::credentials::RouterCredentials, ui::FormState};
use entity::{RouterId, router};
use leptos::prelude::*;

use super::find_current;
use crate::{
    domain::{
        routers::{
            change::{self, seal},
            setup::Credentials,
        },
        typed::Typed,
    },
    site::Site,
    web::{Error, Page, admin, guard::Staff, route, see_other_telling},
    work::collector::check::check_row,
};

/// The fields that are shown again.
const FIELDS: [&str; 2] = ["username", "no_password"];

pub(in crate::web) async fn get(
    site: web::Data<Site>,
    staff: Staff,
    id: web::Path<RouterId>,
    page: Page,
) -> Result<HttpResponse, Error> {
    let board = admin::board(&site, &staff).await?;
    let router = &find_current(&board, *id)?.router;
    let form = FormState::new().with("username", &router.username);
    let (name, href) = (router.name.clone(), route::AdminRouter { router: *id }.to_string());
    Ok(page
        .at("routers")
        .ok(move || view! { <RouterCredentials name=name href=href form=form/> }))
}

pub(in crate::web) async fn post(
    site: web::Data<Site>,
    staff: Staff,
    id: web::Path<RouterId>,
    typed: Typed,
    page: Page,
) -> Result<HttpResponse, Error> {
    let board = admin::board(&site, &staff).await?;
    let router = &find_current(&board, *id)?.router;
    let to = route::AdminRouter { router: *id };
    let form = match Credentials::read(&typed) {
        Ok(credentials) => match try_out(&site, router, &credentials).await? {
            Ok(()) => {
                change::set_credentials(&site, board.tenant.id, &staff.actor(), *id, &credentials).await?;
                super::ask(&site, &staff, *id).await?;
                return Ok(see_other_telling(to, "done-router-credentials"));
            }
            Err(reason) => {
                let mut form = typed.shown(&FIELDS);
                form.reject_all(
                    page.lang()
                        .t_with("router-credentials-failed", &[("reason", reason.into())]),
                );
                form
            }
        },
        Err(rejected) => admin::shown(&typed, &FIELDS, rejected, page.lang(), admin::complaint::of_network),
    };
    let (name, href) = (router.name.clone(), to.to_string());
    Ok(page
        .at("routers")
        .unprocessable(move || view! { <RouterCredentials name=name href=href form=form/> }))
}

/// Signs in to the router with these; or says in plain words why not.
async fn try_out(site: &Site, router: &router::Model, credentials: &Credentials) -> Result<Result<(), String>, Error> {
    let candidate = router::Model {
        username: credentials.username.clone(),
        password_sealed: seal(site, router.tenant_id, router.id, &credentials.password)?,
        ..router.clone()
    };
    let outcome = check_row(site, &candidate).await?;
    Ok(outcome.map(drop).map_err(|trouble| trouble.to_string()))
}
