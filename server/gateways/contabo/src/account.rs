//! Whose account it is.

use secrecy::SecretString;

/// The four parts of an account's access, as the customer panel shows them under API.
#[derive(Clone, Debug)]
pub struct Account {
    /// `DE-54321` or `INT-54321`.
    pub client_id: String,
    pub client_secret: SecretString,
    /// The API user: a mail address.
    pub user: String,
    /// The API password, which is not the one of the panel.
    pub password: SecretString,
}
