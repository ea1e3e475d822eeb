//! SSH keys and passwords at Contabo, by name: new systems are set up with them. What a password is, nobody is shown.

pub mod form;
pub mod list;

use crate::{samples::Sample, t, ui::Crumb};

/// What kind of secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sort {
    Key,
    Password,
    /// Another word of Contabo's.
    Other(String),
}

impl Sort {
    fn word(&self) -> String {
        match self {
            Self::Key => t("secret-key").to_owned(),
            Self::Password => t("secret-password").to_owned(),
            Self::Other(word) => word.clone(),
        }
    }
}

fn crumbs() -> Vec<Crumb> {
    vec![Crumb::new(t("secrets"), "/admin/secrets")]
}

/// The samples of all pages here.
pub fn samples() -> Vec<Sample> {
    [list::samples(), form::samples()].into_iter().flatten().collect()
}
