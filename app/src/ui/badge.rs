//! The state of a link, router or server: always a colour, a shape and a word together.

use leptos::prelude::*;

use super::{Icon, Markup, OptionalText};
use crate::{
    page::{Page, page},
    t,
};

/// How something is. Ordered from worst to best, so that a list can show first what is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    Down,
    Degraded,
    /// We could not see: nothing is claimed in either direction.
    Unknown,
    Maintenance,
    Up,
    /// Switched off on purpose.
    Disabled,
}

impl State {
    /// All of them, worst first.
    pub const ALL: [Self; 6] = [
        Self::Down,
        Self::Degraded,
        Self::Unknown,
        Self::Maintenance,
        Self::Up,
        Self::Disabled,
    ];

    /// The value in classes and queries.
    pub fn name(self) -> &'static str {
        match self {
            Self::Down => "down",
            Self::Degraded => "degraded",
            Self::Unknown => "unknown",
            Self::Maintenance => "maintenance",
            Self::Up => "up",
            Self::Disabled => "disabled",
        }
    }

    /// The word, in the page's language.
    pub fn word(self) -> &'static str {
        match self {
            Self::Down => t("state-down"),
            Self::Degraded => t("state-degraded"),
            Self::Unknown => t("state-unknown"),
            Self::Maintenance => t("state-maintenance"),
            Self::Up => t("state-up"),
            Self::Disabled => t("state-disabled"),
        }
    }

    /// The shape.
    pub fn icon(self) -> Icon {
        match self {
            Self::Down => Icon::StateDown,
            Self::Degraded => Icon::StateDegraded,
            Self::Unknown => Icon::StateUnknown,
            Self::Maintenance => Icon::StateMaintenance,
            Self::Up => Icon::StateUp,
            Self::Disabled => Icon::StateDisabled,
        }
    }
}

/// `state` as a badge. `label` replaces the word where a finer one is known ("Unreachable").
#[component]
pub fn StateBadge(state: State, #[prop(optional, into)] label: OptionalText) -> impl IntoView {
    let mut html = Markup::default();
    html.badge(&page(), state, label.0.as_deref().unwrap_or_else(|| state.word()));
    html.into_view()
}

impl Markup {
    /// A [`StateBadge`].
    pub fn badge(&mut self, page: &Page, state: State, label: &str) -> &mut Self {
        self.raw("<span class=\"badge badge-")
            .raw(state.name())
            .raw("\">")
            .icon(page, state.icon())
            .text(label)
            .raw("</span>")
    }
}
