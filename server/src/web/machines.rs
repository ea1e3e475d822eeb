//! What machines ask: whether the process lives, whether it can serve, and its figures.

use actix_web::{
    HttpRequest, HttpResponse,
    http::header::{self, HeaderMap},
    web::Data,
};
use subtle::ConstantTimeEq;

use super::Error;
use crate::{database, site::Site};

/// The type of figures.
pub(super) const OPEN_METRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// `GET /healthz`: the process lives. It asks nothing of the database, so that a database that is away does not get
/// the process killed.
pub(super) async fn healthz() -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/plain; charset=utf-8")
        .body("ok\n")
}

/// `GET /readyz`: the database answers, and its schema is this binary's.
pub(super) async fn readyz(site: Data<Site>) -> HttpResponse {
    let (mut answer, text) = match database::is_ready(&site.db).await {
        _ if site.stop.is_stopped() => (HttpResponse::ServiceUnavailable(), "stopping\n"),
        Ok(true) => (HttpResponse::Ok(), "ready\n"),
        Ok(false) => (
            HttpResponse::ServiceUnavailable(),
            "the schema is not up to date: run `mainstay migrate`\n",
        ),
        Err(error) => {
            tracing::warn!(error = &error as &dyn std::error::Error, "not ready");
            (HttpResponse::ServiceUnavailable(), "the database does not answer\n")
        }
    };
    answer.content_type("text/plain; charset=utf-8").body(text)
}

/// `GET /metrics`: the figures of this process, for whoever has the token; without one in the settings, for the
/// machine itself. To anybody else there is nothing here.
pub(super) async fn metrics(site: Data<Site>, request: HttpRequest) -> Result<HttpResponse, Error> {
    let may_see = match &site.settings.metrics_token {
        Some(token) => bearer(request.headers()).is_some_and(|given| given.as_bytes().ct_eq(token.as_bytes()).into()),
        None => is_local(&request),
    };
    if !may_see {
        return Err(Error::NotFound);
    }
    Ok(HttpResponse::Ok()
        .content_type(OPEN_METRICS)
        .body(site.metrics.to_text()))
}

/// The token that was sent.
pub(super) fn bearer(headers: &HeaderMap) -> Option<&str> {
    headers
        .get(header::AUTHORIZATION)?
        .to_str()
        .ok()?
        .strip_prefix("Bearer ")
}

/// From this machine and through no proxy: a proxy on the same machine speaks for the whole world.
fn is_local(request: &HttpRequest) -> bool {
    let forwarded = ["x-forwarded-for", "forwarded", "via"]
        .iter()
        .any(|name| request.headers().contains_key(*name));
    !forwarded
        && request
            .peer_addr()
            .is_some_and(|peer| peer.ip().to_canonical().is_loopback())
}
