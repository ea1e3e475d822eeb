//! How a link stands, in the words that its customer reads.

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use crate::{
    t,
    ui::{State, StateBadge, When},
};

/// A link's state, or why it has none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Not active yet; from when, where that is known.
    Planned { from: Option<DateTime<Utc>> },
    /// Measured, and since when it has been like this.
    Active { state: State, since: Option<DateTime<Utc>> },
    /// No longer active.
    Ended { since: DateTime<Utc> },
}

impl Standing {
    /// The state of a link that is active.
    pub fn state(self) -> Option<State> {
        match self {
            Self::Active { state, .. } => Some(state),
            Self::Planned { .. } | Self::Ended { .. } => None,
        }
    }

    /// Since when, where that is known and past.
    pub fn since(self) -> Option<DateTime<Utc>> {
        match self {
            Self::Active { since, .. } => since,
            Self::Ended { since } => Some(since),
            Self::Planned { .. } => None,
        }
    }
}

/// The one word.
#[component]
pub fn StandingBadge(standing: Standing) -> impl IntoView {
    match standing {
        Standing::Active { state, .. } => view! { <StateBadge state=state/> },
        Standing::Planned { .. } => view! { <StateBadge state=State::Disabled label=t("standing-planned")/> },
        Standing::Ended { .. } => view! { <StateBadge state=State::Disabled label=t("standing-ended")/> },
    }
}

/// The same in a sentence, with since when.
#[component]
pub fn StandingSentence(standing: Standing) -> impl IntoView {
    let (sentence, at) = match standing {
        Standing::Active { state, since } => (state_sentence(state), since),
        Standing::Planned { from } => (
            t(if from.is_some() {
                "standing-planned-from"
            } else {
                "standing-planned-text"
            }),
            from,
        ),
        Standing::Ended { since } => (t("standing-ended-text"), Some(since)),
    };
    let label = match standing {
        Standing::Planned { .. } => "",
        _ => t("standing-since"),
    };
    view! {
        <p class="standing">
            <span>{sentence}</span>
            {at.map(|at| view! { " "<span class="muted">{label}" "<When at=at/></span> })}
        </p>
    }
}

fn state_sentence(state: State) -> &'static str {
    match state {
        State::Up => t("standing-up-text"),
        State::Down => t("standing-down-text"),
        State::Degraded => t("standing-degraded-text"),
        State::Unknown => t("standing-unknown-text"),
        State::Maintenance => t("standing-maintenance-text"),
        State::Disabled => t("standing-disabled-text"),
    }
}
