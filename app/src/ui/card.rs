//! Boxes: a titled card, tiles with one figure each, and what stands where nothing is yet.

use leptos::prelude::*;

use super::{Icon, OptionalText, Pictogram};
use crate::text::Text;

/// A section with a heading. `actions` stand at its right.
#[component]
pub fn Card(
    #[prop(optional, into)] title: OptionalText,
    #[prop(optional)] actions: Option<AnyView>,
    /// Its content reaches the edges, as a table does.
    #[prop(optional)]
    flush: bool,
    children: Children,
) -> impl IntoView {
    let head = (title.0.is_some() || actions.is_some()).then(|| {
        view! {
            <header class="card-head">
                {title.0.map(|title| view! { <h2>{title}</h2> })}
                {actions.map(|actions| view! { <div class="card-actions">{actions}</div> })}
            </header>
        }
    });
    view! {
        <section class=if flush { "card card-flush" } else { "card" }>{head}<div class="card-body">{children()}</div></section>
    }
}

/// A row of [`Stat`]s.
#[component]
pub fn Stats(children: Children) -> impl IntoView {
    view! { <dl class="stats">{children()}</dl> }
}

/// One figure with its name; `note` says what it is measured against. The figure is the child.
#[component]
pub fn Stat(
    #[prop(into)] label: Text,
    #[prop(optional, into)] note: OptionalText,
    children: Children,
) -> impl IntoView {
    view! {
        <div class="stat">
            <dt>{label}</dt>
            <dd class="stat-value">{children()}</dd>
            {note.0.map(|note| view! { <dd class="stat-note">{note}</dd> })}
        </div>
    }
}

/// Stands where a list would be: what this place is for, and as a child the button that starts it.
#[component]
pub fn EmptyState(
    #[prop(into)] title: Text,
    #[prop(into)] text: Text,
    #[prop(default = Icon::Document)] icon: Icon,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty">
            <Pictogram icon=icon/>
            <p class="empty-title">{title}</p>
            <p>{text}</p>
            {children.map(|children| view! { <div class="empty-actions">{children()}</div> })}
        </div>
    }
}
