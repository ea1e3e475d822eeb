//! One sentence about what was just done, told once by the page that the change leads to.
//!
//! It travels in a cookie of a minute as a key of the catalogue: no text of a visitor's making can be shown this way.

use actix_web::{
    HttpRequest, HttpResponse,
    cookie::{Cookie, SameSite, time::Duration},
};

use super::see_other;

const COOKIE: &str = "mainstay_done";

/// After a change: the browser asks for this page with GET, and it tells `key` (as `done-link-created`).
pub fn see_other_telling(to: impl ToString, key: &'static str) -> HttpResponse {
    with_cookie(see_other(to), cookie(key, Duration::minutes(1)))
}

/// What the page that is asked for shall tell.
pub(super) fn told(request: &HttpRequest) -> Option<String> {
    let cookie = request.cookie(COOKIE)?;
    app::text::current().done(cookie.value())
}

/// The page that tells it, so that no other does.
pub(super) fn forget(response: HttpResponse) -> HttpResponse {
    with_cookie(response, cookie("", Duration::ZERO))
}

fn cookie(key: &'static str, age: Duration) -> Cookie<'static> {
    Cookie::build(COOKIE, key)
        .path("/")
        .max_age(age)
        .http_only(true)
        .same_site(SameSite::Lax)
        .finish()
}

fn with_cookie(mut response: HttpResponse, cookie: Cookie<'_>) -> HttpResponse {
    if let Err(error) = response.add_cookie(&cookie) {
        // The change is made; that nothing tells so is no reason to fail.
        tracing::warn!(%error, "the sentence about a change could not be sent");
    }
    response
}
