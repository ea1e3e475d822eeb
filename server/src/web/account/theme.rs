//! `POST /theme`: light, dark, or as the device says. Kept in a cookie, since it is the browser's and not the account's.

use actix_web::{
    HttpRequest, HttpResponse,
    cookie::{Cookie, SameSite, time::Duration},
    http::header::REFERER,
};

use super::next;
use crate::web::{
    context::{Visit, without_port},
    form::{Field, FormState},
    see_other,
};

const COOKIE: &str = "mainstay_theme";

/// The values, the first of which is kept by having no cookie.
const THEMES: [&str; 3] = ["auto", "light", "dark"];

/// The one field of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::web) enum Choice {
    Theme,
}

impl Field for Choice {
    const ALL: &'static [Self] = &[Self::Theme];

    fn name(self) -> &'static str {
        "theme"
    }
}

/// Keeps the choice and goes back to the page that it was made on.
pub(in crate::web) async fn post(request: HttpRequest, visit: Visit, form: FormState<Choice>) -> HttpResponse {
    let mut cookie = Cookie::build(COOKIE, known(form.text(Choice::Theme)))
        .path("/")
        .secure(visit.0.site.settings.is_secure())
        .http_only(true)
        .same_site(SameSite::Lax)
        .max_age(Duration::days(365))
        .finish();
    if cookie.value() == THEMES[0] {
        cookie.make_removal();
    }
    let mut response = see_other(came_from(&request, &visit.0.host).unwrap_or("/"));
    // It fails only for values that no cookie can hold, and these are our own.
    drop(response.add_cookie(&cookie));
    response
}

/// The theme that this browser chose.
pub(in crate::web) fn chosen(request: &HttpRequest) -> &'static str {
    request.cookie(COOKIE).map_or(THEMES[0], |cookie| known(cookie.value()))
}

fn known(name: &str) -> &'static str {
    THEMES.into_iter().find(|theme| *theme == name).unwrap_or(THEMES[0])
}

/// The path of the page that the form was on, if it was one of ours.
fn came_from<'r>(request: &'r HttpRequest, host: &str) -> Option<&'r str> {
    let referer = request.headers().get(REFERER)?.to_str().ok()?;
    let (_, rest) = referer.split_once("://")?;
    let (authority, path) = rest.split_at(rest.find('/')?);
    (without_port(authority).eq_ignore_ascii_case(host) && next::is_local(path)).then_some(path)
}
