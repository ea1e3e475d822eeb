//! Stored passwords and public keys, which instances are set up with by their id.

mod password;

pub use password::{WeakPassword, check_password};

use super::lists;
use crate::client::group;
use crate::decode::{answer, words};
use crate::query::filter;
use crate::{Error, Hidden, RequestId, SecretId, operations};
use chrono::{DateTime, Utc};
use serde::Serialize;

words! {
    /// What kind of secret.
    SecretType {
        Password = "password",
        Ssh = "ssh",
    }
}

answer! {
    /// A stored secret.
    Secret {
        secret_id: SecretId,
        name: String,
        kind: Option<SecretType> = "type",
        /// Only where one secret is asked for.
        value: Option<Hidden>,
        created_at: Option<DateTime<Utc>>,
        updated_at: Option<DateTime<Utc>>,
    }
}

filter! {
    /// Which secrets.
    SecretFilter {
        name: Option<String>,
        kind: Option<SecretType> = "type",
    }
}

/// A secret to store.
#[derive(Debug, Clone, Serialize)]
pub struct NewSecret {
    /// 1 to 255 characters.
    pub name: String,
    /// A password that passes [`check_password`], or a public key.
    pub value: Hidden,
    #[serde(rename = "type")]
    pub kind: SecretType,
}

/// What changes of it.
#[derive(Debug, Clone, Default, Serialize)]
pub struct SecretChange {
    pub name: Option<String>,
    pub value: Option<Hidden>,
}

group! {
    /// Stored passwords and public keys.
    Secrets, secrets
}

impl Secrets<'_> {
    lists!(SECRETS_LIST, SecretFilter => Secret, by |secret: &Secret| secret.secret_id);

    /// One secret, with its value.
    pub async fn get(&self, id: SecretId) -> Result<Secret, Error> {
        self.client.read(&operations::SECRETS_GET, &[&id]).one().await
    }

    /// Stores a secret.
    pub async fn create(&self, new: &NewSecret, request_id: RequestId) -> Result<Secret, Error> {
        self.client
            .change(&operations::SECRETS_CREATE, &[], request_id)
            .body(new)
            .one()
            .await
    }

    /// Changes it. What was set up with it stays as it is.
    pub async fn update(&self, id: SecretId, change: &SecretChange, request_id: RequestId) -> Result<(), Error> {
        self.client
            .change(&operations::SECRETS_UPDATE, &[&id], request_id)
            .body(change)
            .done()
            .await
    }

    /// Deletes it.
    pub async fn delete(&self, id: SecretId, request_id: RequestId) -> Result<(), Error> {
        self.client
            .change(&operations::SECRETS_DELETE, &[&id], request_id)
            .done()
            .await
    }
}
