//! `GET` and `POST /share/{token}`, and `/share/{token}.pdf`: a report for whoever has the link, and nothing else.
//!
//! What is no token of ours is 404. A link that has ended says so with 410, and nothing of its report.

use actix_web::{
    HttpRequest, HttpResponse,
    cookie::{Cookie, SameSite, time::Duration},
    http::{
        StatusCode,
        header::{HeaderName, HeaderValue},
    },
    web,
};
use app::public::share::{Locked, ShareLocked, ShareOver, SharedReport};
use entity::{ShareLinkId, share_link, share_use::Shared};
use leptos::prelude::*;

use crate::{
    domain::{
        identity::Guess,
        reports::{self, Stored},
        shares::{self, is_open},
        signing::Signer,
    },
    print::Audience,
    site::Site,
    web::{
        Error, Page,
        context::Visit,
        form::{Field, FormState},
        reports::{Place, page_of, pdf, zone},
        route, see_other,
        tenant::CurrentTenant,
    },
};

/// Says that the password was typed. For all shares at once: it names the link it is for.
const COOKIE: &str = "mainstay_share";

/// The one field of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::web) enum Unlocking {
    Password,
}

impl Field for Unlocking {
    const ALL: &'static [Self] = &[Self::Password];

    fn name(self) -> &'static str {
        "password"
    }

    fn is_secret(self) -> bool {
        true
    }
}

/// What a token leads to.
enum Found {
    Open(share_link::Model),
    Locked(share_link::Model),
    Over,
}

/// The page of the report, or the question for its password.
pub(in crate::web) async fn get(
    site: web::Data<Site>,
    tenant: CurrentTenant,
    visit: Visit,
    request: HttpRequest,
    token: web::Path<String>,
    page: Page,
) -> Result<HttpResponse, Error> {
    let link = match find(&site, &tenant, &request, &token).await? {
        Found::Over => return Ok(over(page)),
        Found::Locked(_) => return Ok(locked(page, StatusCode::OK, None)),
        Found::Open(link) => link,
    };
    let stored = used(&site, &tenant, &visit, &link, Shared::Page).await?;
    let mut report = page_of(&tenant.rows(), &stored, Place::Portal).await?;
    // One report was shared: what leads to others stays inside.
    report.current_href = None;
    report.months.clear();
    report.revisions.clear();
    report.credit = None;
    let pdf = route::SharePdf {
        share: token.into_inner(),
    }
    .to_string();
    let expires_at = link.expires_at;
    let page = page.in_zone(zone(&stored)).wide();
    Ok(private(page.ok(
        move || view! { <SharedReport report=report pdf=pdf expires_at=expires_at/> },
    )))
}

/// The PDF.
pub(in crate::web) async fn get_pdf(
    site: web::Data<Site>,
    tenant: CurrentTenant,
    visit: Visit,
    request: HttpRequest,
    token: web::Path<String>,
    page: Page,
) -> Result<HttpResponse, Error> {
    match find(&site, &tenant, &request, &token).await? {
        Found::Over => Ok(over(page)),
        Found::Locked(_) => Ok(private(see_other(route::Share {
            share: token.into_inner(),
        }))),
        Found::Open(link) => {
            let stored = used(&site, &tenant, &visit, &link, Shared::Pdf).await?;
            Ok(private(
                pdf::one(&site, &tenant.rows(), stored, page.lang(), Audience::Anyone).await?,
            ))
        }
    }
}

/// Takes the password.
pub(in crate::web) async fn post(
    site: web::Data<Site>,
    tenant: CurrentTenant,
    visit: Visit,
    request: HttpRequest,
    token: web::Path<String>,
    form: FormState<Unlocking>,
    page: Page,
) -> Result<HttpResponse, Error> {
    let here = route::Share {
        share: token.to_string(),
    }
    .to_string();
    let (link, hash) = match find(&site, &tenant, &request, &token).await? {
        Found::Over => return Ok(over(page)),
        Found::Open(_) => return Ok(private(see_other(here))),
        Found::Locked(link) => (link.id, link.password_hash.unwrap_or_default()),
    };
    let password = form.raw(Unlocking::Password).to_owned();
    let address = &visit.0.address;
    match site.identity.try_share_password(link, hash, password, address).await? {
        Guess::Right => unlocked(&site, &tenant, link, here).await,
        Guess::Wrong => Ok(locked(page, StatusCode::UNPROCESSABLE_ENTITY, Some(Locked::Wrong))),
        Guess::TooMany { until } => {
            let seconds = (until - site.clock.now()).num_seconds().max(1);
            let minutes = u32::try_from(seconds).unwrap_or(60).div_ceil(60);
            let why = Locked::TooMany { minutes };
            Ok(locked(page, StatusCode::TOO_MANY_REQUESTS, Some(why)))
        }
    }
}

/// Back to the page, with the sign that the password was right.
async fn unlocked(site: &Site, tenant: &CurrentTenant, link: ShareLinkId, here: String) -> Result<HttpResponse, Error> {
    let now = site.clock.now();
    let signer = Signer::of(&site.db, &site.keyring, tenant.tenant.id, now).await?;
    let sign = shares::unlock(&signer, link, now);
    let cookie = Cookie::build(COOKIE, sign)
        .path("/share")
        .secure(site.settings.is_secure())
        .http_only(true)
        .same_site(SameSite::Lax)
        .max_age(Duration::hours(1))
        .finish();
    let mut response = see_other(here);
    response.add_cookie(&cookie).map_err(Error::internal)?;
    Ok(private(response))
}

async fn find(site: &Site, tenant: &CurrentTenant, request: &HttpRequest, token: &str) -> Result<Found, Error> {
    let (rows, now) = (tenant.rows(), site.clock.now());
    let link = shares::open(&rows, &site.keyring, token)
        .await?
        .ok_or(Error::NotFound)?;
    let link = rows.get::<share_link::Entity>(link).await?.ok_or(Error::NotFound)?;
    if !is_open(&link, now) {
        return Ok(Found::Over);
    }
    let typed = match request.cookie(COOKIE) {
        Some(sign) => shares::is_unlocked(&rows, &site.keyring, link.id, now, sign.value()).await?,
        None => false,
    };
    Ok(match link.password_hash.is_some() && !typed {
        true => Found::Locked(link),
        false => Found::Open(link),
    })
}

async fn used(
    site: &Site,
    tenant: &CurrentTenant,
    visit: &Visit,
    link: &share_link::Model,
    what: Shared,
) -> Result<Stored, Error> {
    let stored = reports::find(&tenant.rows(), link.report_id)
        .await?
        .ok_or(Error::NotFound)?;
    let now = site.clock.now();
    shares::used(&site.db, tenant.tenant.id, now, link.id, what, &visit.0.address).await?;
    Ok(stored)
}

fn locked(page: Page, status: StatusCode, why: Option<Locked>) -> HttpResponse {
    private(page.with_status(status, move || view! { <ShareLocked why=why/> }))
}

fn over(page: Page) -> HttpResponse {
    private(page.with_status(StatusCode::GONE, || view! { <ShareOver/> }))
}

/// Kept out of caches and of search engines.
fn private(mut response: HttpResponse) -> HttpResponse {
    let headers = response.headers_mut();
    headers.insert(
        HeaderName::from_static("x-robots-tag"),
        HeaderValue::from_static("noindex, nofollow"),
    );
    headers.insert(
        actix_web::http::header::CACHE_CONTROL,
        HeaderValue::from_static("no-store"),
    );
    response
}
