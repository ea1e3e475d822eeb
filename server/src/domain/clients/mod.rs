//! The tenant's clients: who they are to the provider, and what archiving one means.
//!
//! Their users are in `people` and `identity`, their links in `links`.

pub mod list;
mod store;

pub use store::{archive, change, create, restore};

use super::typed::{BadText, ChangeError, Checks, Rejected, block, line, optional_line};

/// Why a client was not changed.
pub type Error = ChangeError<Reason>;

/// What may be wrong with what was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The text itself.
    Text(BadText),
    /// Another client has the name.
    NameTaken,
}

impl From<BadText> for Reason {
    fn from(bad: BadText) -> Self {
        Self::Text(bad)
    }
}

/// A client as it was typed.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    pub name: String,
    pub reference: String,
    pub notes: String,
}

/// A client as it may be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Details {
    name: String,
    reference: Option<String>,
    notes: String,
}

impl Draft {
    /// What was typed, if all of it can be taken.
    ///
    /// # Errors
    /// What can't, by field: `name`, `reference`, `notes`.
    pub fn check(&self) -> Result<Details, Rejected<Reason>> {
        let mut checks = Checks::default();
        let name = checks.keep("name", line(&self.name, 120));
        let reference = checks.keep("reference", optional_line(&self.reference, 60));
        let notes = checks.keep("notes", block(&self.notes, 4000));
        match (name, reference, notes) {
            (Some(name), Some(reference), Some(notes)) => Ok(Details { name, reference, notes }),
            _ => Err(checks.rejected()),
        }
    }
}
