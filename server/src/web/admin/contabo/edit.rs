//! `GET` and `POST /admin/contabo/{contabo_account}/edit`: another name.

use actix_web::{HttpResponse, web};
use app::{admin::contabo::form::AccountEdit, ui::FormState};
use entity::ContaboAccountId;
use leptos::prelude::*;

use super::{find, page_of, refused, rejected};
use crate::{
    domain::{
        contabo::accounts::{self, Changed, label},
        typed::Typed,
    },
    site::Site,
    web::{Error, Page, admin, guard::Staff, see_other_telling},
};

pub(in crate::web) async fn get(
    staff: Staff,
    id: web::Path<ContaboAccountId>,
    page: Page,
) -> Result<HttpResponse, Error> {
    let name = find(&staff, *id).await?.name;
    let form = FormState::new().with("name", &name);
    let href = page_of(*id);
    Ok(page
        .at("contabo")
        .ok(move || view! { <AccountEdit name=name href=href form=form/> }))
}

pub(in crate::web) async fn post(
    site: web::Data<Site>,
    staff: Staff,
    id: web::Path<ContaboAccountId>,
    typed: Typed,
    page: Page,
) -> Result<HttpResponse, Error> {
    let (id, old) = (*id, find(&staff, *id).await?.name);
    let outcome = match label(&typed) {
        Ok(name) => {
            let (tenant, now) = (staff.tenant.tenant.id, site.clock.now());
            let changed = Changed {
                name,
                credentials: None,
            };
            refused(accounts::change(&site.db, &site.keyring, tenant, &staff.actor(), now, id, changed).await)?
        }
        Err(wrong) => Err(wrong),
    };
    match outcome {
        Ok(()) => {
            admin::refresh(&site, &staff).await?;
            Ok(see_other_telling(page_of(id), "done-contabo-saved"))
        }
        Err(wrong) => {
            let (form, href) = (rejected(&typed, wrong, page.lang()), page_of(id));
            Ok(page
                .at("contabo")
                .unprocessable(move || view! { <AccountEdit name=old href=href form=form/> }))
        }
    }
}
