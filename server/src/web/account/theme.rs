//! `POST /theme`: light, dark, or as the device says. Kept in a cookie, since it is the browser's and not the account's.

use actix_web::{
    HttpRequest, HttpResponse,
    cookie::{Cookie, SameSite, time::Duration},
    http::header::REFERER,
};

use app::page::Theme;

use super::next;
use crate::web::{
    context::{Visit, without_port},
    form::{Field, FormState},
    see_other,
};

const COOKIE: &str = "mainstay_theme";

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
    let theme = Theme::parse(form.text(Choice::Theme)).unwrap_or_default();
    let mut cookie = Cookie::build(COOKIE, theme.name())
        .path("/")
        .secure(visit.0.site.settings.is_secure())
        .http_only(true)
        .same_site(SameSite::Lax)
        .max_age(Duration::days(365))
        .finish();
    if theme == Theme::Auto {
        cookie.make_removal();
    }
    let mut response = see_other(came_from(&request, &visit.0.host).unwrap_or("/"));
    // It fails only for values that no cookie can hold, and these are our own.
    drop(response.add_cookie(&cookie));
    response
}

/// The theme that this browser chose.
pub(in crate::web) fn chosen(request: &HttpRequest) -> Theme {
    let cookie = request.cookie(COOKIE);
    cookie
        .and_then(|cookie| Theme::parse(cookie.value()))
        .unwrap_or_default()
}

/// The path of the page that the form was on, if it was one of ours.
fn came_from<'r>(request: &'r HttpRequest, host: &str) -> Option<&'r str> {
    let referer = request.headers().get(REFERER)?.to_str().ok()?;
    let (_, rest) = referer.split_once("://")?;
    let (authority, path) = rest.split_at(rest.find('/')?);
    (without_port(authority).eq_ignore_ascii_case(host) && next::is_local(path)).then_some(path)
}
