//! Keys for S3. They belong to a user, and open that user's object storages.

use super::lists;
use crate::client::group;
use crate::decode::answer;
use crate::query::filter;
use crate::{CredentialId, Error, Hidden, ObjectStorageId, RequestId, UserId, operations};

answer! {
    /// A pair of keys.
    S3Credential {
        credential_id: CredentialId,
        object_storage_id: Option<ObjectStorageId>,
        access_key: Option<String>,
        secret_key: Option<Hidden>,
        display_name: String,
        region: Option<String>,
    }
}

filter! {
    /// Which keys.
    CredentialFilter {
        object_storage_id: Option<ObjectStorageId>,
        region_name: Option<String>,
        display_name: Option<String>,
    }
}

group! {
    /// Keys for S3.
    Credentials, credentials
}

impl Credentials<'_> {
    lists!(
        CREDENTIALS_LIST,
        CredentialFilter => S3Credential,
        by |pair: &S3Credential| (pair.credential_id, pair.object_storage_id.clone()),
        of user: &UserId
    );

    /// One pair.
    pub async fn get(&self, user: &UserId, storage: &ObjectStorageId, id: CredentialId) -> Result<S3Credential, Error> {
        self.client
            .read(&operations::CREDENTIALS_GET, &[user, storage, &id])
            .one()
            .await
    }

    /// Makes a new secret key; the one before stops working.
    pub async fn renew(
        &self,
        user: &UserId,
        storage: &ObjectStorageId,
        id: CredentialId,
        request_id: RequestId,
    ) -> Result<S3Credential, Error> {
        self.client
            .change(&operations::CREDENTIALS_RENEW, &[user, storage, &id], request_id)
            .one()
            .await
    }
}
