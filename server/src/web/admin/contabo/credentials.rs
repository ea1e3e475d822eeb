//! `GET` and `POST /admin/contabo/{contabo_account}/credentials`: another four values, tried before they are stored.

use actix_web::{HttpResponse, web};
use app::{admin::contabo::form::AccountCredentials, ui::FormState};
use entity::{ContaboAccountId, contabo_account};
use leptos::prelude::*;

use super::{find, page_of, refused, rejected, try_out};
use crate::{
    domain::{
        contabo::accounts::{self, Changed, Reason, credentials},
        typed::{Rejected, Typed},
    },
    site::Site,
    web::{Error, Page, admin, guard::Staff, see_other_telling},
};

pub(in crate::web) async fn get(
    staff: Staff,
    id: web::Path<ContaboAccountId>,
    page: Page,
) -> Result<HttpResponse, Error> {
    let row = find(&staff, *id).await?;
    let form = FormState::new()
        .with("client_id", &row.api_client_id)
        .with("username", &row.username);
    let (name, href) = (row.name, page_of(*id));
    Ok(page
        .at("contabo")
        .ok(move || view! { <AccountCredentials name=name href=href form=form/> }))
}

pub(in crate::web) async fn post(
    site: web::Data<Site>,
    staff: Staff,
    id: web::Path<ContaboAccountId>,
    typed: Typed,
    page: Page,
) -> Result<HttpResponse, Error> {
    let row = find(&staff, *id).await?;
    match change(&site, &staff, &row, &typed).await? {
        Ok(()) => {
            admin::refresh(&site, &staff).await?;
            Ok(see_other_telling(page_of(*id), "done-contabo-credentials"))
        }
        Err(wrong) => {
            let (form, name, href) = (rejected(&typed, wrong, page.lang()), row.name, page_of(*id));
            Ok(page
                .at("contabo")
                .unprocessable(move || view! { <AccountCredentials name=name href=href form=form/> }))
        }
    }
}

async fn change(
    site: &Site,
    staff: &Staff,
    row: &contabo_account::Model,
    typed: &Typed,
) -> Result<Result<(), Rejected<Reason>>, Error> {
    let credentials = match credentials(typed) {
        Ok(credentials) => credentials,
        Err(wrong) => return Ok(Err(wrong)),
    };
    if let Err(wrong) = try_out(site, &credentials).await? {
        return Ok(Err(wrong));
    }
    let (tenant, now, actor) = (staff.tenant.tenant.id, site.clock.now(), staff.actor());
    let changed = Changed {
        name: row.name.clone(),
        credentials: Some(&credentials),
    };
    refused(accounts::change(&site.db, &site.keyring, tenant, &actor, now, row.id, changed).await)
}
