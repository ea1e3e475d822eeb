//! A further word about a term, on hover and on keyboard focus alike.

use leptos::prelude::*;

use crate::text::Text;

/// `label` with its explanation. `id` is unique on the page. Nothing that is needed may stand only in here.
#[component]
pub fn Tooltip(id: &'static str, #[prop(into)] label: Text, #[prop(into)] text: Text) -> impl IntoView {
    view! { <span class="tooltip" tabindex="0" aria-describedby=id>{label}<span class="tooltip-text" id=id role="tooltip">{text}</span></span> }
}
