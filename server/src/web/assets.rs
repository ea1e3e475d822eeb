//! The embedded files. Under their hashed names browsers may keep them for ever; the few that browsers ask for by a
//! fixed name may be kept for an hour.

use actix_web::{
    HttpRequest, HttpResponse,
    http::header::{self, HeaderValue},
    web::Path,
};
use assets::Asset;

use super::Error;
use crate::domain::settings::accent::Accent;

const FOR_EVER: &str = "public, max-age=31536000, immutable";
const AN_HOUR: &str = "public, max-age=3600";

/// `GET /assets/{name}`: a file by its hashed name.
pub(super) async fn hashed(request: HttpRequest, name: Path<String>) -> Result<HttpResponse, Error> {
    let asset = assets::by_hashed(&name).ok_or(Error::NotFound)?;
    Ok(answer(&request, asset, FOR_EVER))
}

/// `GET /favicon.svg`, `GET /manifest.webmanifest`: a file by its own name.
pub(super) async fn named(request: HttpRequest) -> Result<HttpResponse, Error> {
    let asset = assets::by_name(request.path().trim_start_matches('/')).ok_or(Error::NotFound)?;
    Ok(answer(&request, asset, AN_HOUR))
}

/// `GET /assets/tenant/{style}`: the sheet of a tenant's accent colour. It follows from its name, so whoever has the
/// name may have the sheet.
pub(super) async fn tenant_style(name: Path<String>) -> Result<HttpResponse, Error> {
    let accent = Accent::of_sheet(&name).ok_or(Error::NotFound)?;
    Ok(HttpResponse::Ok()
        .content_type("text/css; charset=utf-8")
        .insert_header((header::CACHE_CONTROL, HeaderValue::from_static(FOR_EVER)))
        .body(accent.stylesheet()))
}

/// Where the file that is called `name` in the repository is answered.
#[must_use]
pub(super) fn url(name: &str) -> String {
    assets::by_name(name)
        .map(|asset| format!("/assets/{}", asset.hashed))
        .unwrap_or_default()
}

/// The file, compressed as the browser likes it best.
fn answer(request: &HttpRequest, asset: &'static Asset, keep: &'static str) -> HttpResponse {
    let accepted = request
        .headers()
        .get(header::ACCEPT_ENCODING)
        .and_then(|value| value.to_str().ok())
        .unwrap_or("");
    let takes = |coding: &str| {
        accepted
            .split(',')
            .any(|part| part.split(';').next().is_some_and(|name| name.trim() == coding))
    };
    let (coding, bytes) = match asset {
        Asset {
            brotli: Some(bytes), ..
        } if takes("br") => (Some("br"), *bytes),
        Asset { gzip: Some(bytes), .. } if takes("gzip") => (Some("gzip"), *bytes),
        Asset { plain, .. } => (None, *plain),
    };
    let mut response = HttpResponse::Ok();
    response
        .content_type(asset.content_type)
        .insert_header((header::CACHE_CONTROL, HeaderValue::from_static(keep)))
        .insert_header((header::VARY, HeaderValue::from_static("accept-encoding")));
    // Named even when it is none, so that nothing compresses it once more.
    response.insert_header((header::CONTENT_ENCODING, coding.unwrap_or("identity")));
    response.body(bytes)
}
