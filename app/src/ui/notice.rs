//! A sentence that must be seen: what was done, what to know, what went wrong.

use leptos::prelude::*;

use super::{Icon, OptionalText, Pictogram};

/// What a notice is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    #[default]
    Info,
    Success,
    Warning,
    Danger,
}

/// A box with a sign, perhaps a title, and its children. A danger is announced at once by screen readers.
#[component]
pub fn Notice(
    #[prop(optional)] tone: Tone,
    #[prop(optional, into)] title: OptionalText,
    children: Children,
) -> impl IntoView {
    let (class, icon) = match tone {
        Tone::Info => ("notice notice-info", Icon::Info),
        Tone::Success => ("notice notice-success", Icon::Check),
        Tone::Warning => ("notice notice-warning", Icon::Warning),
        Tone::Danger => ("notice notice-danger", Icon::StateDown),
    };
    let role = if tone == Tone::Danger { "alert" } else { "status" };
    view! {
        <div class=class role=role>
            <Pictogram icon=icon/>
            <div class="notice-text">{title.0.map(|title| view! { <p><strong>{title}</strong></p> })}<div>{children()}</div></div>
        </div>
    }
}
