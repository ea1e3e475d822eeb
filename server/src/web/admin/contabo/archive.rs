//! `GET` and `POST /admin/contabo/{contabo_account}/archive`: puts the account away, after asking.

use actix_web::{HttpResponse, http::StatusCode, web};
use app::admin::{Subject, contabo::archive::AccountArchive};
use entity::ContaboAccountId;
use leptos::prelude::*;

use super::{find, of_account, page_of};
use crate::{
    domain::contabo::accounts,
    site::Site,
    web::{Error, Page, admin, guard::Staff, route, see_other_telling},
};

pub(in crate::web) async fn get(
    site: web::Data<Site>,
    staff: Staff,
    id: web::Path<ContaboAccountId>,
    page: Page,
) -> Result<HttpResponse, Error> {
    question(&site, &staff, *id, page, StatusCode::OK).await
}

pub(in crate::web) async fn post(
    site: web::Data<Site>,
    staff: Staff,
    id: web::Path<ContaboAccountId>,
    page: Page,
) -> Result<HttpResponse, Error> {
    let (tenant, now) = (staff.tenant.tenant.id, site.clock.now());
    match accounts::archive(&site.db, &site.keyring, tenant, &staff.actor(), now, *id).await {
        Ok(()) => {
            admin::refresh(&site, &staff).await?;
            Ok(see_other_telling(route::AdminContabo, "done-contabo-archived"))
        }
        Err(accounts::Error::HasInstances(_)) => {
            question(&site, &staff, *id, page, StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Err(error) => Err(error.into()),
    }
}

async fn question(
    site: &Site,
    staff: &Staff,
    id: ContaboAccountId,
    page: Page,
    status: StatusCode,
) -> Result<HttpResponse, Error> {
    let (name, href) = (find(staff, id).await?.name, page_of(id));
    let board = admin::board(site, staff).await?;
    let given = of_account(&board, id).filter(|now| now.instance.client_id.is_some());
    let mut given: Vec<Subject> = given.map(|now| admin::instances::subject(now)).collect();
    given.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(page.at("contabo").with_status(
        status,
        move || view! { <AccountArchive name=name href=href given=given/> },
    ))
}
