//! What every answer tells the browser not to do. The policy is constant: no page has an inline script or style.

use std::sync::Arc;

use actix_web::{
    Error as ActixError, HttpMessage,
    body::{BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::header::{self, HeaderMap, HeaderValue},
    middleware::Next,
};

use super::{context::Context, guard::Admitted};

const POLICY: &str = "default-src 'self'; frame-ancestors 'none'; form-action 'self'; base-uri 'none'";

/// Two years, as browsers' preload lists ask.
const HTTPS_ONLY: &str = "max-age=63072000";

/// Adds the headers to every answer, and keeps what was made for somebody out of all caches.
pub(super) async fn add(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, ActixError> {
    let mut response = next.call(request).await?.map_into_boxed_body();
    let (personal, https) = {
        let extensions = response.request().extensions();
        let context = extensions.get::<Arc<Context>>();
        // Pages of an area differ by who asks even where nobody is signed in: the sign-in page leads on who is.
        let personal = extensions.get::<Admitted>().is_some() || context.is_some_and(|context| context.area.is_some());
        (
            personal,
            context.is_some_and(|context| context.site.settings.is_secure()),
        )
    };
    let headers = response.headers_mut();
    secure(headers);
    if https {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static(HTTPS_ONLY));
    }
    if personal && !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    Ok(response)
}

/// The headers of every answer.
pub(super) fn secure(headers: &mut HeaderMap) {
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("same-origin"));
}
