//! `GET` and `POST /admin/contabo/new`: adds an account, once Contabo takes its credentials.

use actix_web::{HttpResponse, web};
use app::{admin::contabo::form::AccountNew, ui::FormState};
use entity::ContaboAccountId;
use leptos::prelude::*;

use super::{page_of, refused, rejected, try_out};
use crate::{
    domain::{
        contabo::accounts::{self, Reason, credentials, label},
        typed::{Rejected, Typed},
    },
    site::Site,
    web::{Error, Page, admin, guard::Staff, see_other_telling},
};

pub(in crate::web) async fn get(_: Staff, page: Page) -> HttpResponse {
    page.at("contabo").ok(|| view! { <AccountNew form=FormState::new()/> })
}

pub(in crate::web) async fn post(
    site: web::Data<Site>,
    staff: Staff,
    typed: Typed,
    page: Page,
) -> Result<HttpResponse, Error> {
    match add(&site, &staff, &typed).await? {
        Ok(id) => {
            admin::refresh(&site, &staff).await?;
            Ok(see_other_telling(page_of(id), "done-contabo-added"))
        }
        Err(wrong) => {
            let form = rejected(&typed, wrong, page.lang());
            Ok(page
                .at("contabo")
                .unprocessable(move || view! { <AccountNew form=form/> }))
        }
    }
}

async fn add(site: &Site, staff: &Staff, typed: &Typed) -> Result<Result<ContaboAccountId, Rejected<Reason>>, Error> {
    let (name, credentials) = match Rejected::both(label(typed), credentials(typed)) {
        Ok(both) => both,
        Err(wrong) => return Ok(Err(wrong)),
    };
    if let Err(wrong) = try_out(site, &credentials).await? {
        return Ok(Err(wrong));
    }
    let (tenant, now) = (staff.tenant.tenant.id, site.clock.now());
    refused(accounts::create(&site.db, &site.keyring, tenant, &staff.actor(), now, name, &credentials).await)
}
