//! The address without a path, and those without a page.

use std::sync::Arc;

use actix_web::{HttpMessage, HttpRequest, HttpResponse};

use super::{Error, area::Area, context::Context, see_other};

/// `GET /`: to the area where this browser was signed in last, else to the clients' one.
pub(super) async fn get(request: HttpRequest) -> HttpResponse {
    let context = request.extensions().get::<Arc<Context>>().cloned();
    let secure = context
        .as_ref()
        .is_some_and(|context| context.site.settings.is_secure());
    let known = Area::ALL
        .into_iter()
        .find(|area| request.cookie(area.cookie(secure)).is_some());
    let has_tenant = context.is_some_and(|context| context.tenant.is_some());
    let otherwise = if has_tenant { Area::Portal } else { Area::Operator };
    see_other(known.unwrap_or(otherwise).home())
}

/// What no route matches.
pub(super) async fn not_found() -> Result<HttpResponse, Error> {
    Err(Error::NotFound)
}
