//! One sentence about what was just done, told once by the page that the change leads to.
//!
//! It travels in a cookie of a minute as a key of the catalogue: no text of a visitor's making can be shown this way.

use std::sync::Arc;

use actix_web::{
    Error as ActixError, HttpMessage, HttpRequest, HttpResponse,
    body::{BoxBody, MessageBody},
    cookie::{Cookie, SameSite, time::Duration},
    dev::{ServiceRequest, ServiceResponse},
    middleware::Next,
};

use super::{context::Context, see_other};

const COOKIE: &str = "mainstay_done";

/// What becomes of the sentence with this answer, in its extensions.
#[derive(Clone, Copy)]
enum Flash {
    /// The next page tells this key.
    Tell(&'static str),
    /// This page has told it.
    Told,
}

/// After a change: the browser asks for this page with GET, and it tells `key` (as `done-link-created`).
pub fn see_other_telling(to: impl ToString, key: &'static str) -> HttpResponse {
    with(see_other(to), Flash::Tell(key))
}

/// What the page that is asked for shall tell. A page that is open and fetches itself again has been told: what comes
/// now is meant for the next one that somebody is led to.
pub(super) fn told(request: &HttpRequest) -> Option<String> {
    let mode = request.headers().get("sec-fetch-mode");
    if mode.is_some_and(|mode| mode != "navigate") {
        return None;
    }
    let cookie = request.cookie(COOKIE)?;
    app::text::current().done(cookie.value())
}

/// The page that tells it, so that no other does.
pub(super) fn forget(response: HttpResponse) -> HttpResponse {
    with(response, Flash::Told)
}

fn with(mut response: HttpResponse, flash: Flash) -> HttpResponse {
    response.extensions_mut().insert(flash);
    response
}

/// Sets the cookie that an answer asks for.
pub(super) async fn keep(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, ActixError> {
    let mut response = next.call(request).await?.map_into_boxed_body();
    let flash = response.response().extensions().get::<Flash>().copied();
    if let Some(flash) = flash {
        let context = response.request().extensions().get::<Arc<Context>>().cloned();
        let secure = context.is_some_and(|context| context.site.settings.is_secure());
        let (key, age) = match flash {
            Flash::Tell(key) => (key, Duration::minutes(1)),
            Flash::Told => ("", Duration::ZERO),
        };
        let cookie = Cookie::build(COOKIE, key)
            .path("/")
            .max_age(age)
            .secure(secure)
            .http_only(true)
            .same_site(SameSite::Lax)
            .finish();
        response.response_mut().add_cookie(&cookie)?;
    }
    Ok(response)
}
