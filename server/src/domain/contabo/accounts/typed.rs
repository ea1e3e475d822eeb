//! An account as staff type it.

use secrecy::SecretString;

use crate::domain::typed::{BadText, Checks, Rejected, Typed, line};

/// What may be wrong with what was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The text itself.
    Text(BadText),
    /// Another account of the tenant is called so.
    Taken,
    /// Contabo does not take the credentials; in its words.
    Refused(String),
    /// Contabo could not be asked; why.
    NotAsked(String),
}

impl From<BadText> for Reason {
    fn from(bad: BadText) -> Self {
        Self::Text(bad)
    }
}

/// How an account is signed in to.
#[derive(Clone, Debug)]
pub struct Credentials {
    pub client_id: String,
    pub client_secret: SecretString,
    pub username: String,
    pub password: SecretString,
}

/// From the field `name`.
///
/// # Errors
/// A rejection of it.
pub fn label(typed: &Typed) -> Result<String, Rejected<Reason>> {
    line(typed.get("name"), 80).map_err(|bad| Rejected::one("name", bad.into()))
}

/// From the fields `client_id`, `client_secret`, `username` and `password`, all of which are needed: a secret is sent
/// nowhere but with what it was typed for.
///
/// # Errors
/// A rejection by field.
pub fn credentials(typed: &Typed) -> Result<Credentials, Rejected<Reason>> {
    let mut checks = Checks::default();
    let client_id = checks.keep("client_id", line(typed.get("client_id"), 120));
    let client_secret = checks.keep("client_secret", secret(typed.get("client_secret")));
    let username = checks.keep("username", line(typed.get("username"), 254));
    // As it is: a password may begin or end with a space.
    let password = checks.keep("password", secret(typed.exactly("password")));
    match (client_id, client_secret, username, password) {
        (Some(client_id), Some(client_secret), Some(username), Some(password)) => Ok(Credentials {
            client_id,
            client_secret,
            username,
            password,
        }),
        _ => Err(checks.rejected()),
    }
}

fn secret(typed: &str) -> Result<SecretString, BadText> {
    match typed.chars().count() {
        0 => Err(BadText::Missing),
        1..=400 => Ok(SecretString::from(typed)),
        _ => Err(BadText::TooLong { most: 400 }),
    }
}
