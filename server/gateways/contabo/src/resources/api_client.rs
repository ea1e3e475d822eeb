//! The id and secret with which programs sign in for the account, this client among them.

use crate::client::group;
use crate::decode::answer;
use crate::{Error, Hidden, RequestId, operations};

answer! {
    /// What programs sign in with, beside a user and a password.
    ApiCredentials {
        id: Option<String>,
        client_id: Option<String>,
        secret: Option<Hidden>,
    }
}

answer! {
    /// The new secret.
    NewClientSecret {
        secret: Option<Hidden>,
    }
}

group! {
    /// The account's access for programs.
    ApiClient, api_client
}

impl ApiClient<'_> {
    /// Reads it.
    pub async fn get(&self) -> Result<ApiCredentials, Error> {
        self.client.read(&operations::API_CLIENT_GET, &[]).one().await
    }

    /// Makes a new secret. This client goes on with its token and then can't sign in any more: make a new
    /// one with the new secret.
    pub async fn renew_secret(&self, request_id: RequestId) -> Result<NewClientSecret, Error> {
        self.client
            .change(&operations::API_CLIENT_RENEW_SECRET, &[], request_id)
            .one()
            .await
    }
}
