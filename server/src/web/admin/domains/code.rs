//! `GET` and `POST /admin/domains/{domain}/code`: the code with which a domain is moved away. It is asked of Contabo when
//! somebody wants it, shown once, and kept nowhere. That it was made, and by whom, is in the audit log before it is.

use actix_web::{
    HttpResponse,
    http::{
        StatusCode,
        header::{CACHE_CONTROL, HeaderValue},
    },
    web,
};
use app::admin::domains::code::{AskCode, ShowCode};
use contabo::RequestId;
use entity::ContaboResourceId;
use leptos::prelude::*;
use secrecy::ExposeSecret;
use serde_json::json;

use super::no_answer;
use crate::{
    domain::{
        audit::{self, Subject},
        contabo::resources::{Domain, Mirrored, Thing},
    },
    site::Site,
    web::{Error, Page, admin::things, at_contabo, guard::Staff, route},
    work::contabo::domains,
};

/// The question.
pub(in crate::web) async fn get(
    staff: Staff,
    id: web::Path<ContaboResourceId>,
    page: Page,
) -> Result<HttpResponse, Error> {
    let found = things::find::<Domain>(&staff, *id).await?;
    Ok(question(page, found, None))
}

fn question(page: Page, found: Mirrored<Domain>, refused: Option<String>) -> HttpResponse {
    let status = match refused {
        Some(_) => StatusCode::CONFLICT,
        None => StatusCode::OK,
    };
    let (href, name) = (route::AdminDomain { domain: found.id }.to_string(), found.thing.name);
    page.at(things::AT).with_status(status, move || {
        view! { <AskCode name=name href=href refused=refused/> }
    })
}

/// Makes one and shows it.
pub(in crate::web) async fn post(
    site: web::Data<Site>,
    staff: Staff,
    id: web::Path<ContaboResourceId>,
    page: Page,
) -> Result<HttpResponse, Error> {
    let found = things::find::<Domain>(&staff, *id).await?;
    let lang = page.lang();
    if found.thing.is_over() {
        let why = lang.t("domain-not-here").to_owned();
        return Ok(question(page, found, Some(why)));
    }
    let Some(client) = at_contabo::client(&site, &staff.tenant.rows(), found.account).await? else {
        let why = lang.t("thing-refused-off").to_owned();
        return Ok(question(page, found, Some(why)));
    };
    let request = RequestId::random();
    note(&site, &staff, &found, request).await?;
    let code = match domains::make_code(&client, &found.thing.name, request).await {
        Ok(code) => code.expose_secret().to_owned(),
        Err(why) => {
            let why = no_answer(lang, &why);
            return Ok(question(page, found, Some(why)));
        }
    };
    let (href, name) = (route::AdminDomain { domain: *id }.to_string(), found.thing.name);
    let mut answer = page
        .at(things::AT)
        .ok(move || view! { <ShowCode name=name href=href code=code/> });
    answer
        .headers_mut()
        .insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(answer)
}

async fn note(site: &Site, staff: &Staff, found: &Mirrored<Domain>, request: RequestId) -> Result<(), Error> {
    let rows = site.db.begin(staff.tenant.tenant.id).await?;
    let subject = Subject {
        kind: Thing::Domain.words(),
        id: Some(found.id.0),
        name: &found.thing.name,
    };
    let after = json!({ "request": request.to_string() });
    let now = site.clock.now();
    audit::record(
        &rows,
        &staff.actor(),
        now,
        "domain.make_code",
        subject,
        None,
        Some(after),
    )
    .await?;
    Ok(rows.commit().await?)
}
