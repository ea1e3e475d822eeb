//! The keys of an object storage, asked of Contabo when somebody wants to see them: they are kept nowhere here.
//!
//! A page waits for this, as for the try of new credentials: there is nothing to show without it.

use contabo::{Client, CredentialFilter, Error, ObjectStorageId, RequestId, S3Credential, UserFilter, UserId};
use secrecy::SecretString;
use tokio::time::timeout;

use super::PAGES_WAIT;

/// A pair of keys.
#[derive(Clone, Debug)]
pub(crate) struct Pair {
    pub(crate) access_key: SecretString,
    pub(crate) secret_key: SecretString,
}

/// Why there are none.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NoKeys {
    /// Contabo has none for this storage and user.
    #[error("Contabo has no keys for this storage")]
    None,
    #[error(transparent)]
    Refused(#[from] Error),
    #[error("Contabo did not answer in time")]
    Late,
    /// There is a storage at Contabo that was not seen before: nobody knows yet whose it is.
    #[error("the account has a storage that is not known yet")]
    Unknown,
}

/// The keys of a storage, of the account's own API user. `known`: the storages of the account that there are; should
/// there be another by now, nothing is shown.
///
/// # Errors
/// Any [`NoKeys`].
pub(crate) async fn read(client: &Client, user: &str, storage: &str, known: &[String]) -> Result<Pair, NoKeys> {
    let read = async {
        let there = client
            .object_storages()
            .list(&contabo::ObjectStorageFilter::default())
            .await?;
        if there.iter().any(|one| !known.contains(&one.object_storage_id.0)) {
            return Err(NoKeys::Unknown);
        }
        let (_, found) = find(client, user, storage).await?;
        pair(&found)
    };
    timeout(PAGES_WAIT, read).await.map_err(|_| NoKeys::Late)?
}

/// Makes a new secret key; the one before stops working. What it is can be read afterwards, also when this answer was
/// lost.
///
/// # Errors
/// Any [`NoKeys`].
pub(crate) async fn renew(client: &Client, user: &str, storage: &str, request: RequestId) -> Result<(), NoKeys> {
    let renew = async {
        let (user, found) = find(client, user, storage).await?;
        let storage = ObjectStorageId::from(storage);
        client
            .credentials()
            .renew(&user, &storage, found.credential_id, request)
            .await?;
        Ok(())
    };
    timeout(PAGES_WAIT, renew).await.map_err(|_| NoKeys::Late)?
}

async fn find(client: &Client, mail: &str, storage: &str) -> Result<(UserId, S3Credential), NoKeys> {
    let filter = UserFilter {
        email: Some(mail.to_owned()),
        ..UserFilter::default()
    };
    // The filter finds parts of addresses, too.
    let users = client.users().list(&filter).await?;
    let user = users.into_iter().find(|user| user.email.eq_ignore_ascii_case(mail));
    let user = user.ok_or(NoKeys::None)?.user_id;
    let filter = CredentialFilter {
        object_storage_id: Some(ObjectStorageId::from(storage)),
        ..CredentialFilter::default()
    };
    let all = client.credentials().list(&user, &filter).await?;
    let mut own = all
        .into_iter()
        .filter(|pair| pair.object_storage_id.as_ref().is_some_and(|id| id.0 == storage));
    Ok((user, own.next().ok_or(NoKeys::None)?))
}

fn pair(found: &S3Credential) -> Result<Pair, NoKeys> {
    let access_key = found
        .access_key
        .clone()
        .filter(|key| !key.is_empty())
        .ok_or(NoKeys::None)?;
    let secret_key = found.secret_key.as_ref().map(|key| key.expose().to_owned());
    let secret_key = secret_key.filter(|key| !key.is_empty()).ok_or(NoKeys::None)?;
    Ok(Pair {
        access_key: SecretString::from(access_key),
        secret_key: SecretString::from(secret_key),
    })
}
