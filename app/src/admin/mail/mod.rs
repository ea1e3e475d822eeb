//! Mail as staff see it: what was sent, one mail, and how it is sent.

pub mod list;
pub mod settings;
pub mod show;

use leptos::prelude::*;

use crate::{
    samples::Sample,
    t,
    ui::{State, StateBadge},
};

/// What a mail is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MailKind {
    Breach,
    Report,
    Maintenance,
    Server,
    Test,
}

impl MailKind {
    /// All of them, in the order of filters.
    pub const ALL: [Self; 5] = [Self::Breach, Self::Report, Self::Maintenance, Self::Server, Self::Test];

    /// The value in queries.
    pub fn name(self) -> &'static str {
        match self {
            Self::Breach => "breach",
            Self::Report => "report",
            Self::Maintenance => "maintenance",
            Self::Server => "server",
            Self::Test => "test",
        }
    }

    /// The word, in the page's language.
    pub fn word(self) -> &'static str {
        match self {
            Self::Breach => t("mail-kind-breach"),
            Self::Report => t("mail-kind-report"),
            Self::Maintenance => t("mail-kind-maintenance"),
            Self::Server => t("mail-kind-server"),
            Self::Test => t("mail-kind-test"),
        }
    }
}

/// What became of a mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MailState {
    Queued,
    /// It was tried and will be tried again.
    Retrying,
    Sent,
    Failed,
}

impl MailState {
    /// Those that one can filter by; one that is tried again is queued, too.
    pub const FILTERS: [Self; 3] = [Self::Queued, Self::Sent, Self::Failed];

    /// The value in queries.
    pub fn name(self) -> &'static str {
        match self {
            Self::Queued | Self::Retrying => "queued",
            Self::Sent => "sent",
            Self::Failed => "failed",
        }
    }

    /// The word, in the page's language.
    pub fn word(self) -> &'static str {
        match self {
            Self::Queued => t("mail-state-queued"),
            Self::Retrying => t("mail-state-retrying"),
            Self::Sent => t("mail-state-sent"),
            Self::Failed => t("mail-state-failed"),
        }
    }

    pub(super) fn badge(self) -> impl IntoView {
        let state = match self {
            Self::Queued => State::Unknown,
            Self::Retrying => State::Degraded,
            Self::Sent => State::Up,
            Self::Failed => State::Down,
        };
        view! { <StateBadge state=state label=self.word()/> }
    }
}

/// The samples of all pages here.
pub fn samples() -> Vec<Sample> {
    [list::samples(), show::samples(), settings::samples()]
        .into_iter()
        .flatten()
        .collect()
}
