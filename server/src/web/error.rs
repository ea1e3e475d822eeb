//! What becomes of an error: a status, a sentence and the number of the request for the visitor, the chain for the log.
//!
//! Bad input is no error but a page: see `form`.

use std::{panic::AssertUnwindSafe, sync::Arc};

use actix_web::{
    Error as ActixError, HttpMessage, HttpResponse, ResponseError,
    body::{BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::{StatusCode, header},
    middleware::Next,
};
use futures_util::FutureExt;
use sea_orm::DbErr;

use super::{
    area::Area,
    context::Context,
    headers,
    page::{self, Page},
};
use crate::domain::{identity, links::days::DaysError};

/// Why there is no page.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// 404: it is not there, or another tenant's, or another client's.
    #[error("there is nothing here")]
    NotFound,
    /// 303 to the area's sign-in, which leads back to `back`.
    #[error("nobody is signed in")]
    SignedOut { area: Area, back: Option<String> },
    /// 303 to the change of the password, without which nothing works.
    #[error("the first password must be changed")]
    PasswordDue { area: Area },
    /// 403: the role does not allow it.
    #[error("the role does not allow it")]
    Forbidden,
    /// 403: a change that another site asked for.
    #[error("the request comes from another site")]
    OtherSite,
    /// 401: no token, or a wrong one.
    #[error("a token is needed")]
    NoToken,
    /// 429: too many wrong tokens from this address.
    #[error("too many wrong tokens")]
    TooManyTries { seconds: i64 },
    /// 409: what it was about has changed meanwhile.
    #[error("it has changed meanwhile")]
    Conflict,
    /// 503: not now.
    #[error("too busy now")]
    Busy(#[source] DbErr),
    /// 503: as many look at pages as one process takes.
    #[error("too many event streams are open")]
    Full,
    /// 413: more was sent than is taken, or too slowly.
    #[error("too much was sent")]
    TooLarge,
    /// 500: our fault.
    #[error("something failed")]
    Internal(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl Error {
    /// A fault of ours.
    pub fn internal(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Internal(cause.into())
    }

    /// Where to go instead.
    fn location(&self) -> Option<String> {
        match self {
            Self::SignedOut { area, back: Some(back) } => {
                let query = serde_urlencoded::to_string([("next", back)]).unwrap_or_default();
                Some([area.sign_in().as_str(), "?", &query].concat())
            }
            Self::SignedOut { area, back: None } => Some(area.sign_in()),
            Self::PasswordDue { area } => Some(area.password()),
            _ => None,
        }
    }
}

impl ResponseError for Error {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::SignedOut { .. } | Self::PasswordDue { .. } => StatusCode::SEE_OTHER,
            Self::NoToken => StatusCode::UNAUTHORIZED,
            Self::TooManyTries { .. } => StatusCode::TOO_MANY_REQUESTS,
            Self::Forbidden | Self::OtherSite => StatusCode::FORBIDDEN,
            Self::Conflict => StatusCode::CONFLICT,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Busy(_) | Self::Full => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// Without the page, which `show` puts in: here nothing is known of the request.
    fn error_response(&self) -> HttpResponse<BoxBody> {
        let mut response = HttpResponse::build(self.status_code());
        if let Some(location) = self.location() {
            response.insert_header((header::LOCATION, location));
        }
        if matches!(self, Self::NoToken) {
            response.insert_header((header::WWW_AUTHENTICATE, "Bearer realm=\"metrics\""));
        }
        let again_after = match self {
            Self::Busy(_) => Some(5),
            Self::Full => Some(30),
            Self::TooManyTries { seconds } => Some(*seconds),
            _ => None,
        };
        if let Some(seconds) = again_after {
            response.insert_header((header::RETRY_AFTER, seconds));
        }
        response.finish()
    }
}

impl From<DbErr> for Error {
    fn from(error: DbErr) -> Self {
        match error {
            DbErr::ConnectionAcquire(_) => Self::Busy(error),
            _ => Self::internal(error),
        }
    }
}

impl From<DaysError> for Error {
    fn from(error: DaysError) -> Self {
        match error {
            DaysError::Database(error) => error.into(),
            DaysError::Unreadable { .. } => Self::internal(error),
        }
    }
}

/// What several requests waited for failed for all of them.
impl From<Arc<DaysError>> for Error {
    fn from(error: Arc<DaysError>) -> Self {
        match Arc::try_unwrap(error) {
            Ok(error) => error.into(),
            Err(shared) => match &*shared {
                DaysError::Database(DbErr::ConnectionAcquire(cause)) => Self::Busy(DbErr::ConnectionAcquire(*cause)),
                _ => Self::internal(shared),
            },
        }
    }
}

impl From<identity::Error> for Error {
    fn from(error: identity::Error) -> Self {
        match error {
            identity::Error::NotFound => Self::NotFound,
            identity::Error::NotAllowed => Self::Forbidden,
            identity::Error::Database(error) => error.into(),
            // Forms show these by their fields; what gets here was not expected there.
            identity::Error::MailTaken | identity::Error::LastOwner => Self::Conflict,
            other => Self::internal(other),
        }
    }
}

impl From<tower_sessions_core::session::Error> for Error {
    fn from(error: tower_sessions_core::session::Error) -> Self {
        Self::internal(error)
    }
}

/// Turns errors into pages and panics into errors, and logs each once.
pub(super) async fn show(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, ActixError> {
    let context = request.extensions().get::<Arc<Context>>().cloned();
    let number = context.map(|context| context.request_id.clone()).unwrap_or_default();
    // No clone of the request is held meanwhile: routing would panic (https://github.com/actix/actix-web/issues/2657).
    let answered = AssertUnwindSafe(next.call(request)).catch_unwind().await;
    match answered {
        Ok(Ok(response)) => Ok(with_page(response.map_into_boxed_body(), &number)),
        Ok(Err(error)) => {
            let error: &dyn std::error::Error = &error;
            tracing::error!(request_id = number, error, "a request failed on its way to its handler");
            Err(Lost { number }.into())
        }
        Err(panic) => {
            let message = panic.downcast_ref::<String>().map(String::as_str);
            let message = message
                .or_else(|| panic.downcast_ref::<&str>().copied())
                .unwrap_or_default();
            tracing::error!(request_id = number, message, "a handler panicked");
            Err(Lost { number }.into())
        }
    }
}

fn with_page(response: ServiceResponse<BoxBody>, number: &str) -> ServiceResponse<BoxBody> {
    let status = response.status();
    if status.is_redirection() {
        return response;
    }
    match response.response().error() {
        Some(error) => {
            let ours = error.as_error::<Error>();
            if status == StatusCode::SERVICE_UNAVAILABLE {
                // It is asked for again, and each time is one more of these.
                tracing::warn!(request_id = number, %error, "too busy for a request");
            } else if status.is_server_error() {
                let cause = ours.map_or(error as &dyn std::error::Error, |error| error as &dyn std::error::Error);
                tracing::error!(request_id = number, error = chain(cause), "a request failed");
            } else {
                tracing::debug!(request_id = number, %error, "a request was refused");
            }
        }
        // actix's own answers, such as 405, are empty.
        None if response.response().body().size().is_eof() => {}
        None => return response,
    }
    let Some(problem) = page::problem(status) else {
        return response;
    };
    let html = Page::of(response.request()).problem(problem);
    response.map_body(|head, _| {
        let html_type = header::HeaderValue::from_static("text/html; charset=utf-8");
        head.headers_mut().insert(header::CONTENT_TYPE, html_type);
        BoxBody::new(html)
    })
}

/// The error with all its causes, outermost first.
fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(": ");
        text.push_str(&error.to_string());
        cause = error.source();
    }
    text
}

/// A request that was lost with its handler: nothing is left of it but its number, so the page is a plain one.
#[derive(Debug, thiserror::Error)]
#[error("a request was lost")]
struct Lost {
    number: String,
}

impl ResponseError for Lost {
    fn error_response(&self) -> HttpResponse<BoxBody> {
        let html = [
            "<!DOCTYPE html><html lang=\"en\"><meta charset=\"utf-8\"><title>Something broke</title>",
            "<h1>Something broke</h1><p>It is our fault, and it is in our logs under <code>",
            &self.number,
            "</code>.</p></html>",
        ];
        let mut response = HttpResponse::InternalServerError()
            .content_type("text/html; charset=utf-8")
            .body(html.concat());
        headers::secure(response.headers_mut());
        response
    }
}
