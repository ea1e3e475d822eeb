//! Maintenance windows, and series of them.

mod covered;
pub mod decide;
pub mod form;
pub mod list;
pub mod series;
pub mod show;

pub use covered::{Coverable, coverable};

use leptos::prelude::*;

use crate::{t, t_count, text::Text};

/// What a window covers, in a few words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Covers {
    All,
    /// Their names.
    Clients(Vec<String>),
    /// Their names.
    Routers(Vec<String>),
    /// Their names.
    Links(Vec<String>),
}

impl Covers {
    /// The name of one thing, or how many of what.
    fn words(&self) -> Text {
        match self {
            Self::All => t("windows-all").into(),
            Self::Clients(names) | Self::Routers(names) | Self::Links(names) if names.len() == 1 => {
                names.concat().into()
            }
            Self::Clients(names) => t_count("windows-clients", names.len() as u64),
            Self::Routers(names) => t_count("windows-routers", names.len() as u64),
            Self::Links(names) => t_count("windows-links", names.len() as u64),
        }
    }

    /// All names.
    fn listed(self) -> AnyView {
        match self {
            Self::All => view! { {t("windows-all")} }.into_any(),
            Self::Clients(names) | Self::Routers(names) | Self::Links(names) => {
                view! { <ul>{names.into_iter().map(|name| view! { <li>{name}</li> }).collect_view()}</ul> }.into_any()
            }
        }
    }
}
