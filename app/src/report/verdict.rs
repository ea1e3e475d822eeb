//! How a month is called as a whole: always a colour, a shape and a word together.

use leptos::prelude::*;

use crate::{
    t,
    ui::{State, StateBadge},
};

/// The verdict on a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Met,
    Breached,
    /// Less than half of the time that counts is known: nothing is claimed.
    InsufficientData,
    NoData,
    /// Nothing was promised.
    NotAgreed,
}

impl Verdict {
    /// Those that a list is filtered by.
    pub const ALL: [Self; 5] = [
        Self::Met,
        Self::Breached,
        Self::InsufficientData,
        Self::NoData,
        Self::NotAgreed,
    ];

    /// The value in queries and classes.
    pub fn name(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::Breached => "breached",
            Self::InsufficientData => "insufficient_data",
            Self::NoData => "no_data",
            Self::NotAgreed => "not_agreed",
        }
    }

    /// The word, in the page's language.
    pub fn word(self) -> &'static str {
        match self {
            Self::Met => t("report-met"),
            Self::Breached => t("report-breached"),
            Self::InsufficientData => t("report-insufficient"),
            Self::NoData => t("report-no-data"),
            Self::NotAgreed => t("report-not-agreed"),
        }
    }

    /// What it means, in a sentence.
    pub(super) fn meaning(self) -> &'static str {
        match self {
            Self::Met => t("report-met-means"),
            Self::Breached => t("report-breached-means"),
            Self::InsufficientData => t("report-insufficient-means"),
            Self::NoData => t("report-no-data-means"),
            Self::NotAgreed => t("report-not-agreed-means"),
        }
    }

    /// The state whose colour and shape it has.
    pub(super) fn state(self) -> State {
        match self {
            Self::Met => State::Up,
            Self::Breached => State::Down,
            Self::InsufficientData | Self::NoData => State::Unknown,
            Self::NotAgreed => State::Disabled,
        }
    }
}

/// The verdict as a badge.
#[component]
pub fn VerdictBadge(verdict: Verdict) -> impl IntoView {
    view! { <StateBadge state=verdict.state() label=verdict.word()/> }
}
