//! Facts about one thing: names at the left, values at the right.

use leptos::prelude::*;

use crate::text::Text;

/// A list of [`KeyValue`]s.
#[component]
pub fn KeyValues(children: Children) -> impl IntoView {
    view! { <dl class="key-values">{children()}</dl> }
}

/// One fact; its value is the child.
#[component]
pub fn KeyValue(#[prop(into)] label: Text, children: Children) -> impl IntoView {
    view! { <div><dt>{label}</dt><dd>{children()}</dd></div> }
}
