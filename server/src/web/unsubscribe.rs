//! `GET` and `POST /unsubscribe/{token}`: where the link in a mail leads by which mails of its kind are refused.
//!
//! Nobody signs in here: the token says whose mails they are. A mail program posts here by itself when its reader asks
//! for it (RFC 8058), from another site and without cookies, and must not be led elsewhere: the answer is the page.

use actix_web::{
    HttpResponse,
    http::header::{CACHE_CONTROL, HeaderName, HeaderValue},
    web::{self, Bytes},
};
use app::public::unsubscribe::Unsubscribe;
use entity::{account, mail::MailKind};
use leptos::prelude::*;

use super::{Error, Page, context::Visit, portal::notifications::chosen_kind, tenant::CurrentTenant};
use crate::{
    domain::{
        audit::{Actor, ActorKind},
        mail::preferences::{self, Choice},
    },
    site::Site,
};

/// Shows what is sent, and changes nothing: programs follow links in mails to look at them.
pub(super) async fn get(
    site: web::Data<Site>,
    tenant: CurrentTenant,
    token: web::Path<String>,
    page: Page,
) -> Result<HttpResponse, Error> {
    let (account, kind, choice) = find(&site, &tenant, &token).await?;
    answer(page, &account, kind, choice.wanted, false)
}

/// Stops the mails at once, or sends them again where our own page asks for that.
pub(super) async fn post(
    site: web::Data<Site>,
    tenant: CurrentTenant,
    token: web::Path<String>,
    visit: Visit,
    body: Bytes,
    page: Page,
) -> Result<HttpResponse, Error> {
    let (account, kind, choice) = find(&site, &tenant, &token).await?;
    // Mail programs may send the form in either of two encodings; only our own page's matters.
    let pairs: Vec<(String, String)> = serde_urlencoded::from_bytes(&body).unwrap_or_default();
    let wanted = pairs.iter().any(|(name, value)| name == "action" && value == "resume");
    let actor = Actor {
        kind: ActorKind::Client,
        id: Some(account.id),
        name: account.name.clone(),
        address: Some(visit.0.address.clone()),
        request_id: Some(visit.0.request_id.clone()),
    };
    let choices = [(kind, Choice { wanted, ..choice })];
    let (tenant, now) = (tenant.tenant.id, site.clock.now());
    preferences::choose(&site.db, tenant, &actor, now, &account, &choices).await?;
    answer(page, &account, kind, wanted, true)
}

async fn find(site: &Site, tenant: &CurrentTenant, token: &str) -> Result<(account::Model, MailKind, Choice), Error> {
    let rows = tenant.rows();
    let found = preferences::refused_by(&rows, &site.keyring, token).await;
    let (account, kind) = found.map_err(Error::internal)?.ok_or(Error::NotFound)?;
    let role = preferences::strongest_role(&rows, account.id).await?;
    let chosen = preferences::of_account(&rows, account.id, role).await?;
    let choice = chosen.into_iter().find(|(known, _)| *known == kind);
    let (_, choice) = choice.ok_or(Error::NotFound)?;
    Ok((account, kind, choice))
}

fn answer(
    page: Page,
    account: &account::Model,
    kind: MailKind,
    wanted: bool,
    done: bool,
) -> Result<HttpResponse, Error> {
    let (kind, mail) = (chosen_kind(kind).ok_or(Error::NotFound)?, account.mail.clone());
    let mut answer = page.ok(move || view! { <Unsubscribe kind=kind mail=mail wanted=wanted done=done/> });
    let headers = answer.headers_mut();
    headers.insert(
        HeaderName::from_static("x-robots-tag"),
        HeaderValue::from_static("noindex"),
    );
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(answer)
}
