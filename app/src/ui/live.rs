//! Parts of a page that change while one looks at it.
//!
//! `Page::live_url` is an event stream (`text/event-stream`). The script understands two events on it:
//!
//! - `fragment` with the data `{"id": "link-now", "html": "<div id=\"link-now\" …>"}`, where the HTML is this
//!   component rendered with [`crate::render`]: it takes the place of the element with that id;
//! - `refresh` with the data `["link-now", "outages"]`: the page fetches its own address again and takes
//!   these parts out of the answer.
//!
//! Without scripts a part is what it was when the page was loaded. Whoever types in a part or has
//! selected text in it is not interrupted.

use leptos::prelude::*;

use crate::text::Text;

/// A block that can be replaced by its `id`, which is unique on its page and constant between renders.
#[component]
pub fn Live(#[prop(into)] id: Text, children: Children) -> impl IntoView {
    let marker = id.clone();
    view! { <div id=id data-live=marker class="live-part">{children()}</div> }
}
