//! What a visitor sees when there is no page: a sentence, a way on, and the number to tell us.
//!
//! Never the error itself; that is in the log under the same number.

use leptos::prelude::*;

use crate::{
    page::{Area, page},
    samples::{self, Sample},
    t,
    ui::{Code, Kind, Layout, LinkButton},
};

/// Which kind of answer this is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    /// 404: it does not exist, or not for this visitor.
    NotFound,
    /// 403: it exists and is not allowed.
    Forbidden,
    /// 409: someone else changed it meanwhile.
    Conflict,
    /// 413: what was sent is larger than anything there is a form for.
    TooLarge,
    /// 429: too many requests.
    TooMany,
    /// 503: busy or restarting.
    Unavailable,
    /// 500: our fault.
    Internal,
}

/// The page of one problem; `home` is where the visitor can go on.
#[component]
pub fn ErrorPage(problem: Problem, #[prop(into)] home: String) -> impl IntoView {
    let (title, text) = match problem {
        Problem::NotFound => (t("error-not-found"), t("error-not-found-text")),
        Problem::Forbidden => (t("error-forbidden"), t("error-forbidden-text")),
        Problem::Conflict => (t("error-conflict"), t("error-conflict-text")),
        Problem::TooLarge => (t("error-too-large"), t("error-too-large-text")),
        Problem::TooMany => (t("error-too-many"), t("error-too-many-text")),
        Problem::Unavailable => (t("error-unavailable"), t("error-unavailable-text")),
        Problem::Internal => (t("error-internal"), t("error-internal-text")),
    };
    let id = page().request_id.clone();
    view! {
        <Layout title=title lead=text>
            <div class="stack">
                <div><LinkButton label=t("error-home") href=home kind=Kind::Primary/></div>
                {(!id.is_empty()).then(|| view! { <p class="muted small">{t("error-request")}" "<Code text=id/></p> })}
            </div>
        </Layout>
    }
}

/// The page as it could be served.
pub fn samples() -> Vec<Sample> {
    let sample = |name, area, problem| {
        Sample::new(
            name,
            samples::page(area),
            move || view! { <ErrorPage problem=problem home="/portal"/> },
        )
    };
    vec![
        sample("error-not-found", Area::Portal, Problem::NotFound),
        sample("error-forbidden", Area::Admin, Problem::Forbidden),
        sample("error-conflict", Area::Admin, Problem::Conflict),
        sample("error-too-large", Area::Admin, Problem::TooLarge),
        sample("error-too-many", Area::Public, Problem::TooMany),
        sample("error-unavailable", Area::Public, Problem::Unavailable),
        sample("error-internal", Area::Public, Problem::Internal),
    ]
}
