//! The embedded files. Under their hashed names browsers may keep them for ever; the few that browsers ask for by a
//! fixed name may be kept for an hour.

use actix_web::{
    HttpRequest, HttpResponse,
    http::header::{self, AcceptEncoding, Encoding, Header, HeaderValue},
    web::Path,
};
use assets::Asset;

use entity::{tenant, tenant_logo};

use super::{Error, route, tenant::CurrentTenant};
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

/// `GET /brand/{logo}`: the picture of the tenant whose host was asked for. Its name has its digest, so that browsers
/// may keep it; of another picture there is nothing.
pub(super) async fn logo(tenant: CurrentTenant, name: Path<String>) -> Result<HttpResponse, Error> {
    let own = tenant.rows().own().await?;
    let is_current = logo_name(&own).is_some_and(|current| current == *name);
    let row = tenant.rows().get::<tenant_logo::Entity>(own.id).await?;
    let row = row.filter(|_| is_current).ok_or(Error::NotFound)?;
    Ok(HttpResponse::Ok()
        .content_type(row.media_type)
        .insert_header((header::CACHE_CONTROL, HeaderValue::from_static(FOR_EVER)))
        // A picture is compressed already.
        .insert_header((header::CONTENT_ENCODING, "identity"))
        .body(row.bytes))
}

fn logo_name(tenant: &tenant::Model) -> Option<String> {
    tenant.logo.as_ref().map(|digest| format!("logo-{digest}"))
}

/// Where the tenant's logo is answered, if it has one.
pub(super) fn logo_url(tenant: &tenant::Model) -> Option<String> {
    logo_name(tenant).map(|logo| route::Logo { logo }.to_string())
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
    let forms = [
        Some((Encoding::identity(), asset.plain)),
        asset.brotli.map(|bytes| (Encoding::brotli(), bytes)),
        asset.gzip.map(|bytes| (Encoding::gzip(), bytes)),
    ];
    let accepted = AcceptEncoding::parse(request).ok();
    let best = accepted.and_then(|accepted| accepted.negotiate(forms.iter().flatten().map(|(coding, _)| coding)));
    let chosen = forms
        .into_iter()
        .flatten()
        .find(|(coding, _)| best.as_ref() == Some(coding));
    let (coding, bytes) = chosen.unwrap_or((Encoding::identity(), asset.plain));
    let mut response = HttpResponse::Ok();
    response
        .content_type(asset.content_type)
        .insert_header((header::CACHE_CONTROL, HeaderValue::from_static(keep)))
        .insert_header((header::VARY, HeaderValue::from_static("accept-encoding")));
    // Named even when it is none, so that nothing compresses it once more.
    response.insert_header((header::CONTENT_ENCODING, coding.to_string()));
    response.body(bytes)
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    #[test]
    fn a_file_is_compressed_as_the_browser_likes_it_best() {
        let sheet = assets::by_name("style.css").unwrap();
        for (accepted, coding) in [
            ("", "identity"),
            ("*", "identity"),
            ("zstd", "identity"),
            ("gzip, deflate, br, zstd", "br"),
            ("BR", "br"),
            ("gzip, br;q=0.1", "gzip"),
            ("br;q=0, gzip", "gzip"),
            ("gzip;q=0", "identity"),
        ] {
            let request = TestRequest::default().insert_header((header::ACCEPT_ENCODING, accepted));
            let answer = answer(&request.to_http_request(), sheet, FOR_EVER);
            assert_eq!(
                answer.headers().get(header::CONTENT_ENCODING).unwrap(),
                coding,
                "{accepted:?}"
            );
        }
        let answer = answer(&TestRequest::default().to_http_request(), sheet, FOR_EVER);
        assert_eq!(answer.headers().get(header::CONTENT_ENCODING).unwrap(), "identity");
    }
}
