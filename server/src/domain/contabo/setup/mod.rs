//! What staff type about images, keys, passwords and tags before it is asked of Contabo.
//!
//! Here is what Contabo's API takes and what makes sense; whether Contabo takes it in the end is its own answer.

mod images;
mod secrets;
mod tags;

use contabo::secrets::WeakPassword;

pub use self::{
    images::{Naming, NewImage, new_image},
    secrets::{fingerprint, password, public_key},
    tags::{Tag, tag},
};
use crate::domain::typed::{BadText, Checks, Rejected, Typed, line, optional_line};

/// What may be wrong with what was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    Text(BadText),
    /// None of what there is to choose from.
    NotAChoice,
    /// No address of the web with a host, or one that holds a password.
    NotAnAddress,
    /// It ends in neither `.iso` nor `.qcow2`, which is all that Contabo takes.
    NotAnImageFile,
    /// No public key of OpenSSH.
    NotAKey,
    /// It is a private key.
    PrivateKey,
    /// Contabo does not take such a password.
    Weak(WeakPassword),
    /// Not `#` with three or six hexadecimal digits.
    NotAColor,
    /// No mail address.
    NotAMail,
    /// A role without any permission.
    NothingTicked,
    /// Names that begin with [`OWN_PREFIX`] are not for people.
    OwnPrefix,
}

/// What the names of passwords begin with that are at Contabo for the time of one action.
pub const OWN_PREFIX: &str = "mainstay-";

impl From<BadText> for Reason {
    fn from(bad: BadText) -> Self {
        Self::Text(bad)
    }
}

/// A name and a description, from the fields `name` and `description`.
///
/// # Errors
/// A rejection by field.
pub fn naming(typed: &Typed) -> Result<Naming, Rejected<Reason>> {
    let mut checks = Checks::default();
    let name = checks.keep("name", line(typed.get("name"), 255));
    let description = checks.keep("description", optional_line(typed.get("description"), 255));
    match (name, description) {
        (Some(name), Some(description)) => Ok(Naming {
            name,
            description: description.unwrap_or_default(),
        }),
        _ => Err(checks.rejected()),
    }
}

/// The name of a key or password, from the field `name`.
///
/// # Errors
/// What is wrong with it.
pub fn name(typed: &Typed) -> Result<String, Rejected<Reason>> {
    match line(typed.get("name"), 255) {
        Ok(name) if name.starts_with(OWN_PREFIX) => Err(Rejected::one("name", Reason::OwnPrefix)),
        Ok(name) => Ok(name),
        Err(bad) => Err(Rejected::one("name", bad.into())),
    }
}
