//! Changes are asked for by our own pages: one check of headers that only browsers set, instead of a token in each form.
//!
//! The rule is that of Go 1.25's `http.CrossOriginProtection`, and stricter in one case: a cookie without either header
//! is refused. <https://pkg.go.dev/net/http#CrossOriginProtection>

use std::sync::Arc;

use actix_web::{
    Error as ActixError, HttpMessage,
    body::{BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::{
        Method,
        header::{COOKIE, HOST, HeaderMap, ORIGIN},
    },
    middleware::Next,
};

use super::{
    Error,
    context::Context,
    route::{Route, Unsubscribe},
};

/// Refuses what another site asks for.
pub(super) async fn check(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, ActixError> {
    if is_safe(request.method()) || is_for_mail_programs(request.path()) {
        return Ok(next.call(request).await?.map_into_boxed_body());
    }
    let context = request.extensions().get::<Arc<Context>>().cloned();
    let public_url = context
        .as_ref()
        .and_then(|context| context.site.settings.public_url.as_deref());
    let authority = request.uri().authority().map(|authority| authority.as_str().to_owned());
    if !is_ours(request.headers(), authority.as_deref(), public_url) {
        return Ok(request.error_response(Error::OtherSite));
    }
    Ok(next.call(request).await?.map_into_boxed_body())
}

fn is_safe(method: &Method) -> bool {
    [Method::GET, Method::HEAD, Method::OPTIONS].contains(method)
}

/// Refusing a mail (RFC 8058), which mail programs ask for from their own sites. No cookie counts there: the token in
/// the address says whose mail it is.
fn is_for_mail_programs(path: &str) -> bool {
    let before_token = Unsubscribe::PATH.split('{').next().unwrap_or(Unsubscribe::PATH);
    path.strip_prefix(before_token)
        .is_some_and(|token| !token.contains('/'))
}

fn is_ours(headers: &HeaderMap, authority: Option<&str>, public_url: Option<&str>) -> bool {
    let text = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or("unreadable"));
    match (text("sec-fetch-site"), text(ORIGIN.as_str())) {
        (Some("same-origin" | "none"), _) => true,
        (Some(_), _) => false,
        (None, Some(origin)) => {
            let host = authority.or_else(|| text(HOST.as_str()));
            let asked_for = origin.split_once("://").map(|(_, host)| host);
            public_url == Some(origin) || (asked_for.is_some() && asked_for == host)
        }
        // No browser of this decade; a program, which has no business with a browser's cookie.
        (None, None) => text(COOKIE.as_str()).is_none(),
    }
}

#[cfg(test)]
mod tests {
    use actix_web::http::header::{HeaderName, HeaderValue};

    use super::*;

    fn ours(headers: &[(&str, &str)]) -> bool {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.insert(
                HeaderName::try_from(*name).unwrap(),
                HeaderValue::from_str(value).unwrap(),
            );
        }
        is_ours(&map, None, Some("https://portal.example"))
    }

    #[test]
    fn what_the_browser_says_of_the_site_decides() {
        assert!(ours(&[("sec-fetch-site", "same-origin"), ("cookie", "a=b")]));
        assert!(ours(&[("sec-fetch-site", "none")]));
        assert!(!ours(&[
            ("sec-fetch-site", "same-site"),
            ("origin", "https://portal.example")
        ]));
        assert!(!ours(&[
            ("sec-fetch-site", "cross-site"),
            ("host", "evil.example"),
            ("origin", "https://evil.example")
        ]));
    }

    #[test]
    fn without_it_the_origin_must_be_ours() {
        assert!(ours(&[("origin", "https://portal.example"), ("host", "10.0.0.1:8080")]));
        assert!(ours(&[("origin", "http://10.0.0.1:8080"), ("host", "10.0.0.1:8080")]));
        assert!(!ours(&[("origin", "https://evil.example"), ("host", "portal.example")]));
        assert!(!ours(&[("origin", "null"), ("host", "portal.example")]));
    }

    #[test]
    fn without_both_a_cookie_is_refused() {
        assert!(ours(&[("host", "portal.example")]));
        assert!(!ours(&[("host", "portal.example"), ("cookie", "mainstay_admin=x")]));
    }
}
