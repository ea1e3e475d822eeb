//! Where a page is: the way back up, above its heading.

use leptos::prelude::*;

use crate::{t, text::Text};

/// One step of the way.
#[derive(Clone, Debug)]
pub struct Crumb {
    pub label: Text,
    pub href: Text,
}

impl Crumb {
    /// A step that leads to `href`.
    pub fn new(label: impl Into<Text>, href: impl Into<Text>) -> Self {
        Self {
            label: label.into(),
            href: href.into(),
        }
    }
}

/// The pages above this one; the page itself is its heading and not repeated.
#[component]
pub fn Breadcrumbs(crumbs: Vec<Crumb>) -> impl IntoView {
    (!crumbs.is_empty()).then(|| {
        view! {
            <nav class="breadcrumbs" aria-label=t("breadcrumbs")>
                <ol>{crumbs.into_iter().map(|crumb| view! { <li><a href=crumb.href>{crumb.label}</a></li> }).collect_view()}</ol>
            </nav>
        }
    })
}
