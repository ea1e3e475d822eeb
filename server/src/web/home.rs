//! The address without a path, those without a page, and the components' page.

use std::sync::Arc;

use actix_web::{HttpMessage, HttpRequest, HttpResponse, web::Data};
use app::dev::components::Components;
use leptos::prelude::*;

use super::{Error, Page, area::Area, context::Context, see_other};
use crate::site::Site;

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

/// `GET /dev/components`: every component with its states, for developers. In the demo only.
pub(super) async fn components(site: Data<Site>, page: Page) -> Result<HttpResponse, Error> {
    if !site.settings.demo {
        return Err(Error::NotFound);
    }
    Ok(page.ok(|| view! { <Components text="Anything that somebody typed"/> }))
}

/// What no route matches.
pub(super) async fn not_found() -> Result<HttpResponse, Error> {
    Err(Error::NotFound)
}
