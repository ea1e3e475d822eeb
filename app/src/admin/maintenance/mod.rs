//! Maintenance windows.

pub mod form;
pub mod list;
pub mod show;

use crate::{t, t_count, text::Text};

/// What a window covers, in a few words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Covers {
    All,
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
            Self::Routers(names) | Self::Links(names) if names.len() == 1 => names.concat().into(),
            Self::Routers(names) => t_count("windows-routers", names.len() as u64),
            Self::Links(names) => t_count("windows-links", names.len() as u64),
        }
    }
}
