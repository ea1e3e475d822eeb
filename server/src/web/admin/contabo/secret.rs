//! `GET` and `POST /admin/contabo/{contabo_account}/secret`: has Contabo make a new client secret, after asking.

use actix_web::{HttpResponse, http::StatusCode, rt, web};
use app::admin::contabo::secret::{AccountSecret, Question};
use entity::{ContaboAccountId, contabo_account};
use leptos::prelude::*;

use super::{find, page_of};
use crate::{
    site::Site,
    web::{Error, Page, admin, guard::Staff, see_other_telling},
    work::contabo::client_secret::{Renewal, Renewed},
};

pub(in crate::web) async fn get(
    staff: Staff,
    id: web::Path<ContaboAccountId>,
    page: Page,
) -> Result<HttpResponse, Error> {
    let row = find(&staff, *id).await?;
    Ok(question(page, StatusCode::OK, row, None))
}

pub(in crate::web) async fn post(
    site: web::Data<Site>,
    staff: Staff,
    id: web::Path<ContaboAccountId>,
    page: Page,
) -> Result<HttpResponse, Error> {
    let row = find(&staff, *id).await?;
    let lang = page.lang();
    if !row.enabled {
        let why = lang.t("contabo-off-text").to_owned();
        return Ok(question(page, StatusCode::CONFLICT, row, Some(why)));
    }
    let renewal = Renewal {
        site: Site::clone(&site),
        tenant: staff.tenant.tenant.id,
        actor: staff.actor(),
        account: *id,
    };
    // To its end, whoever closes the page meanwhile: the old secret may be gone already.
    let renewed = rt::spawn(renewal.run(row)).await.map_err(Error::internal)?;
    let renewed = renewed.map_err(|error| Error::internal(std::io::Error::other(error)))?;
    admin::refresh(&site, &staff).await?;
    let why = match renewed {
        Renewed::Done => return Ok(see_other_telling(page_of(*id), "done-contabo-secret")),
        Renewed::Unclear => return Ok(see_other_telling(page_of(*id), "done-contabo-secret-unclear")),
        Renewed::TooSoon => lang.t("contabo-secret-soon").to_owned(),
        Renewed::NotMade(why) if why.is_empty() => lang.t("contabo-secret-not-made").to_owned(),
        Renewed::NotMade(why) => lang.t_with("contabo-secret-refused", &[("why", why.into())]),
    };
    let row = find(&staff, *id).await?;
    Ok(question(page, StatusCode::CONFLICT, row, Some(why)))
}

fn question(page: Page, status: StatusCode, row: contabo_account::Model, refused: Option<String>) -> HttpResponse {
    let question = Question {
        href: page_of(row.id),
        asked_at: row.secret_asked_at,
        refused,
        name: row.name,
    };
    page.at("contabo")
        .with_status(status, move || view! { <AccountSecret question=question/> })
}
