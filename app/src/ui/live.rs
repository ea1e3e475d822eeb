//! Parts of a page that change while one looks at it.
//!
//! The server sends a part again under the same id, or tells the page to fetch it; `public/mainstay.js`
//! swaps it. Without scripts it is what it was when the page was loaded, and the page says when that was.

use leptos::prelude::*;

use crate::text::Text;

/// A block that can be replaced by its `id`, which is unique on its page and constant between renders.
#[component]
pub fn Live(#[prop(into)] id: Text, children: Children) -> impl IntoView {
    let marker = id.clone();
    view! { <div id=id data-live=marker class="live-part">{children()}</div> }
}
