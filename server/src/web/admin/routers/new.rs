//! `GET` and `POST /admin/routers/new`: adds a router and checks it.

use actix_web::{HttpResponse, web};
use app::{admin::routers::form::RouterNew, ui::FormState};
use leptos::prelude::*;

use super::FIELDS;
use crate::{
    domain::{
        routers::{
            self, change,
            setup::{Credentials, SetUp},
        },
        typed::{Rejected, Typed},
    },
    site::Site,
    web::{Error, Page, admin, guard::Staff, route, see_other_telling},
};

pub(in crate::web) async fn get(_: Staff, page: Page) -> HttpResponse {
    let form = FormState::new().with("tls", "pin").with("listen", "yes");
    page.at("routers").ok(move || view! { <RouterNew form=form/> })
}

pub(in crate::web) async fn post(
    site: web::Data<Site>,
    staff: Staff,
    typed: Typed,
    page: Page,
) -> Result<HttpResponse, Error> {
    let tenant = staff.tenant.tenant.id;
    let rejected = match Rejected::both(SetUp::read(&typed), Credentials::read(&typed)) {
        Ok((setup, credentials)) => match change::create(&site, tenant, &staff.actor(), setup, &credentials).await {
            Ok(id) => {
                super::ask(&site, &staff, id).await?;
                return Ok(see_other_telling(
                    route::AdminRouter { router: id },
                    "done-router-created",
                ));
            }
            Err(routers::Error::Rejected(rejected)) => rejected,
            Err(error) => return Err(error.into()),
        },
        Err(rejected) => rejected,
    };
    let shown = admin::shown(&typed, &FIELDS, rejected, page.lang(), admin::complaint::of_network);
    Ok(page
        .at("routers")
        .unprocessable(move || view! { <RouterNew form=shown/> }))
}
