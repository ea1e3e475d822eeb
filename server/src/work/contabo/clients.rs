//! The clients of the accounts: one each in a process, so that all who ask share its token and its pace.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use chrono::{DateTime, Utc};
use contabo::{Account, Client, Options};
use entity::{ContaboAccountId, contabo_account};

use crate::{
    domain::contabo::accounts::{self, Credentials},
    keyring::Keyring,
};

/// The clients of a process. Clones share them.
#[derive(Clone, Debug)]
pub struct Clients {
    options: Options,
    known: Arc<Mutex<Known>>,
}

/// Each with when its account was changed last.
type Known = HashMap<ContaboAccountId, (DateTime<Utc>, Client)>;

impl Clients {
    /// None yet. `options` say where Contabo is.
    #[must_use]
    pub fn new(options: Options) -> Self {
        Self {
            options,
            known: Arc::default(),
        }
    }

    /// The client of an account, made anew when its credentials have changed.
    ///
    /// # Errors
    /// When its secrets can't be opened, or there is no TLS.
    pub fn of(&self, keyring: &Keyring, row: &contabo_account::Model) -> anyhow::Result<Client> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((changed_at, client)) = known.get(&row.id)
            && *changed_at == row.changed_at
        {
            return Ok(client.clone());
        }
        let client = self.with(&accounts::open(keyring, row)?)?;
        known.insert(row.id, (row.changed_at, client.clone()));
        Ok(client)
    }

    /// A client that nobody shares, to try credentials with.
    ///
    /// # Errors
    /// When there is no TLS.
    pub fn with(&self, credentials: &Credentials) -> Result<Client, contabo::Error> {
        let account = Account {
            client_id: credentials.client_id.clone(),
            client_secret: credentials.client_secret.clone(),
            user: credentials.username.clone(),
            password: credentials.password.clone(),
        };
        Client::new(account, self.options.clone())
    }
}
