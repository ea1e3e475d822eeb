//! Several views of one thing. Each is an address of its own, so these are links and not a script.

use leptos::prelude::*;

use crate::text::Text;

/// One view.
#[derive(Clone, Debug)]
pub struct Tab {
    pub label: Text,
    pub href: Text,
    pub current: bool,
}

impl Tab {
    /// A tab that leads to `href`.
    pub fn new(label: impl Into<Text>, href: impl Into<Text>, current: bool) -> Self {
        Self {
            label: label.into(),
            href: href.into(),
            current,
        }
    }
}

/// The views; `label` names them for screen readers. `compact` is the segmented form, for ranges and the like.
#[component]
pub fn Tabs(#[prop(into)] label: Text, tabs: Vec<Tab>, #[prop(optional)] compact: bool) -> impl IntoView {
    let tabs = tabs.into_iter().map(|tab| {
        view! { <a href=tab.href aria-current=tab.current.then_some("page")>{tab.label}</a> }
    });
    view! { <nav class=if compact { "segments" } else { "tabs" } aria-label=label>{tabs.collect_view()}</nav> }
}
