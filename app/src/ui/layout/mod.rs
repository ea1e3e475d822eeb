//! The document around every page, and the frame of each area: roomy for client users, dense for staff.
//!
//! A page is `<Layout title=…>content</Layout>`; which frame it gets, who is signed in and what the
//! navigation holds come from [`crate::Page`].

mod frame;
mod shell;

use leptos::prelude::*;

use super::{Breadcrumbs, Crumb, Notice, OptionalText, Tone};
use crate::{
    page::{Area, page},
    t,
    text::Text,
};

/// A whole page. `title` is its only `<h1>`, and the document's title together with the tenant's name.
#[component]
pub fn Layout(
    #[prop(into)] title: Text,
    /// The way back up.
    #[prop(optional)]
    crumbs: Vec<Crumb>,
    /// A sentence below the heading.
    #[prop(optional, into)]
    lead: OptionalText,
    /// Stands beside the heading: a state badge.
    #[prop(optional)]
    badge: Option<AnyView>,
    /// Stand at the right of the heading: the buttons of the page.
    #[prop(optional)]
    actions: Option<AnyView>,
    children: Children,
) -> impl IntoView {
    let page = page();
    let name = title.clone();
    let head = view! {
        <Breadcrumbs crumbs=crumbs/>
        <div class="page-head">
            <div class="page-title">
                <h1>{title}</h1>
                {badge}
                {lead.0.map(|lead| view! { <p class="page-lead">{lead}</p> })}
            </div>
            {actions.map(|actions| view! { <div class="page-actions">{actions}</div> })}
        </div>
    };
    let flash = page
        .flash
        .clone()
        .map(|flash| view! { <Notice tone=Tone::Success>{flash}</Notice> });
    let main = view! { <main id="main" tabindex="-1">{head}{flash}{children()}</main> }.into_any();
    let body = match page.area {
        Area::Public => frame::public(&page, main).into_any(),
        Area::Portal => frame::portal(&page, main).into_any(),
        Area::Admin | Area::Operator => frame::console(&page, main).into_any(),
    };
    let skip = view! { <a class="skip-link" href="#main">{t("skip-to-content")}</a> };
    shell::document(&page, &name, view! { {skip}{body} })
}
