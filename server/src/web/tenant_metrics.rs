//! `GET /metrics/tenant`: a tenant's links and routers for its own Prometheus, by token; no cookie counts here.

use actix_web::{HttpResponse, http::header::HeaderMap, web::Data};

use super::{
    Error,
    context::Context,
    machines::{OPEN_METRICS, bearer},
    tenant::CurrentTenant,
};
use crate::{
    domain::tenant_metrics::{gauges, tokens},
    site::Site,
};

/// Lets through whoever sends a token of the tenant.
pub(super) async fn admit(context: &Context, headers: &HeaderMap) -> Result<(), Error> {
    let tenant = context.tenant.as_ref().ok_or(Error::NotFound)?;
    let (site, now) = (&context.site, context.site.clock.now());
    // Whoever sends none guesses nothing.
    let token = bearer(headers).ok_or(Error::NoToken)?;
    if let Some(until) = site.identity.tokens_blocked_until(&context.address).await? {
        let seconds = (until - now).num_seconds().max(1);
        return Err(Error::TooManyTries { seconds });
    }
    if tokens::admits(&site.db.tenant(tenant.id), token, now).await? {
        return Ok(());
    }
    site.identity.count_wrong_token(&context.address).await?;
    Err(Error::NoToken)
}

pub(super) async fn get(site: Data<Site>, tenant: CurrentTenant) -> Result<HttpResponse, Error> {
    let now = site.clock.now();
    let board = site.board.snapshot(tenant.tenant.id, now).await?;
    Ok(HttpResponse::Ok()
        .content_type(OPEN_METRICS)
        .body(gauges::text(&board, now)))
}
