//! The only place with a `<textarea>`: leptos 0.8 does not escape what is inside one.
//!
//! leptos 0.9 does, and this must stop doing so on the day we move to it; the test of the pages with
//! hostile texts notices either way.

use leptos::prelude::*;

use super::{OptionalText, field::Labelled};
use crate::text::Text;

/// A field of several lines.
#[component]
pub fn TextAreaField(
    name: &'static str,
    #[prop(into)] label: Text,
    #[prop(optional, into)] value: OptionalText,
    #[prop(optional, into)] hint: OptionalText,
    #[prop(optional, into)] error: OptionalText,
    #[prop(optional)] required: bool,
    #[prop(default = 4)] rows: u8,
    #[prop(optional)] max_length: Option<u32>,
) -> impl IntoView {
    let value = value.0.unwrap_or_default();
    // HTML drops the first line break inside the element, so it is given one that is not the text's own.
    let escaped = format!("\n{}", value.replace('&', "&amp;").replace('<', "&lt;"));
    let (labelled, aria) = Labelled::new(name, label, hint, error, required);
    labelled.around(view! {
        <textarea id=name name=name rows=rows.to_string() required=required maxlength=max_length.map(|n| n.to_string())
            aria-describedby=aria.described_by aria-invalid=aria.invalid>{escaped}</textarea>
    })
}
