//! Buttons that do something (they post a form) and links that look like them (they go somewhere).

use leptos::prelude::*;

use super::{Icon, OptionalText, Pictogram};
use crate::text::Text;

/// How much a button asks for attention. A page has one primary button at most.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    Primary,
    #[default]
    Secondary,
    /// Destroys something or cuts someone off.
    Danger,
    /// Without a frame, for tool bars and rows.
    Quiet,
}

impl Kind {
    fn class(self) -> &'static str {
        match self {
            Self::Primary => "button button-primary",
            Self::Secondary => "button",
            Self::Danger => "button button-danger",
            Self::Quiet => "button button-quiet",
        }
    }
}

/// Submits its form. `name` and `value` say which of several buttons was pressed.
#[component]
pub fn Button(
    #[prop(into)] label: Text,
    #[prop(optional)] kind: Kind,
    #[prop(optional)] icon: Option<Icon>,
    #[prop(optional, into)] name: OptionalText,
    #[prop(optional, into)] value: OptionalText,
    #[prop(optional)] disabled: bool,
) -> impl IntoView {
    view! {
        <button type="submit" class=kind.class() name=name.0 value=value.0 disabled=disabled>
            {icon.map(|icon| view! { <Pictogram icon=icon/> })}
            <span>{label}</span>
        </button>
    }
}

/// Goes to `href`. With `confirm`, a script opens the [`super::DangerConfirm`] of that page as a dialog.
#[component]
pub fn LinkButton(
    #[prop(into)] label: Text,
    #[prop(into)] href: Text,
    #[prop(optional)] kind: Kind,
    #[prop(optional)] icon: Option<Icon>,
    #[prop(optional)] confirm: bool,
    #[prop(optional)] download: bool,
) -> impl IntoView {
    view! {
        <a class=kind.class() href=href data-confirm=confirm.then_some("") download=download.then_some("")>
            {icon.map(|icon| view! { <Pictogram icon=icon/> })}
            <span>{label}</span>
        </a>
    }
}
