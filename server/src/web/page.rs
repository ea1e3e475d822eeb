//! From a handler to a page: the circumstances of the request, and the answer around the markup.
//!
//! The markup itself is in the `app` crate.

use std::{
    future::{Ready, ready},
    sync::Arc,
};

use actix_web::{
    FromRequest, HttpMessage, HttpRequest, HttpResponse,
    dev::Payload,
    http::{StatusCode, header},
};
use leptos::prelude::*;

use super::{Error, account::theme, context::Context, guard::Admitted};

/// The page that a request will get: what every page shows beside its own content. An extractor.
#[derive(Clone, Debug)]
pub struct Page {
    theme: &'static str,
    tenant: String,
    visitor: Option<String>,
    request_id: String,
}

/// Which kind of error page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    NotFound,
    Forbidden,
    Conflict,
    TooMany,
    Unavailable,
    Internal,
    BadRequest,
}

impl Page {
    pub(super) fn of(request: &HttpRequest) -> Self {
        let theme = theme::chosen(request);
        let extensions = request.extensions();
        let context = extensions.get::<Arc<Context>>();
        let visitor = extensions.get::<Admitted>().map(|Admitted(visitor)| visitor);
        Self {
            theme,
            tenant: context
                .and_then(|context| Some(context.tenant.as_ref()?.name.clone()))
                .unwrap_or_default(),
            visitor: visitor.map(|visitor| visitor.name.clone()),
            request_id: context.map(|context| context.request_id.clone()).unwrap_or_default(),
        }
    }

    /// The page.
    pub fn ok<V: IntoView>(self, view: impl FnOnce() -> V) -> HttpResponse {
        self.with_status(StatusCode::OK, view)
    }

    /// The same page again, with what is wrong with its form.
    pub fn unprocessable<V: IntoView>(self, view: impl FnOnce() -> V) -> HttpResponse {
        self.with_status(StatusCode::UNPROCESSABLE_ENTITY, view)
    }

    /// The page with another status.
    pub fn with_status<V: IntoView>(self, status: StatusCode, view: impl FnOnce() -> V) -> HttpResponse {
        HttpResponse::build(status)
            .content_type("text/html; charset=utf-8")
            .body(self.render(view))
    }

    /// The page of an error.
    pub(super) fn problem(self, problem: Problem) -> String {
        let number = self.request_id.clone();
        let sentence = match problem {
            Problem::NotFound => "There is nothing here.",
            Problem::Forbidden => "Your role does not allow this.",
            Problem::Conflict => "This has changed meanwhile.",
            Problem::TooMany => "Too many tries.",
            Problem::Unavailable => "We are too busy just now.",
            Problem::Internal => "Something broke, and it is our fault.",
            Problem::BadRequest => "We could not read that.",
        };
        self.render(move || view! { <h1>{sentence}</h1><p>"Request "<code>{number}</code></p> })
    }

    fn render<V: IntoView>(self, view: impl FnOnce() -> V) -> String {
        let owner = Owner::new_root(None);
        let html = owner.with(|| {
            view! {
                <!DOCTYPE html>
                <html lang="en" data-theme=self.theme>
                    <head><meta charset="utf-8"/><title>{self.tenant.clone()}</title></head>
                    <body><header>{self.tenant}" "{self.visitor}</header><main>{view().into_view()}</main></body>
                </html>
            }
            .to_html()
        });
        owner.unset_with_forced_cleanup();
        html.replace("<!>", "")
    }
}

impl FromRequest for Page {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(Self::of(request)))
    }
}

/// The page for a status that has no error of ours behind it.
pub(super) fn problem(status: StatusCode) -> Option<Problem> {
    match status {
        StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED => Some(Problem::NotFound),
        StatusCode::FORBIDDEN => Some(Problem::Forbidden),
        StatusCode::CONFLICT => Some(Problem::Conflict),
        StatusCode::TOO_MANY_REQUESTS => Some(Problem::TooMany),
        StatusCode::SERVICE_UNAVAILABLE => Some(Problem::Unavailable),
        status if status.is_server_error() => Some(Problem::Internal),
        status if status.is_client_error() => Some(Problem::BadRequest),
        _ => None,
    }
}

/// After a change: the browser asks for this page with GET.
pub fn see_other(to: impl ToString) -> HttpResponse {
    HttpResponse::SeeOther()
        .insert_header((header::LOCATION, to.to_string()))
        .finish()
}
