//! Power, rescue system and lost passwords.

use super::Instances;
use crate::operation::Operation;
use crate::{Error, Hidden, InstanceId, RequestId, SecretId, operations};
use serde::Serialize;

/// How one gets into the rescue system, which runs from memory until the next restart.
#[derive(Debug, Clone, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Rescue {
    pub root_password: Option<SecretId>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ssh_keys: Vec<SecretId>,
    pub user_data: Option<Hidden>,
}

/// The new access of an installed Linux.
#[derive(Debug, Clone, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ResetPassword {
    pub root_password: Option<SecretId>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ssh_keys: Vec<SecretId>,
    pub user_data: Option<Hidden>,
}

impl Instances<'_> {
    /// Powers on; nothing happens where it is on.
    pub async fn start(&self, id: InstanceId, request_id: RequestId) -> Result<(), Error> {
        self.act(&operations::INSTANCES_START, id, request_id).await
    }

    /// Restarts.
    pub async fn restart(&self, id: InstanceId, request_id: RequestId) -> Result<(), Error> {
        self.act(&operations::INSTANCES_RESTART, id, request_id).await
    }

    /// Cuts the power, so that what was not written is lost.
    pub async fn stop(&self, id: InstanceId, request_id: RequestId) -> Result<(), Error> {
        self.act(&operations::INSTANCES_STOP, id, request_id).await
    }

    /// Presses the power button. The system may ignore it.
    pub async fn shutdown(&self, id: InstanceId, request_id: RequestId) -> Result<(), Error> {
        self.act(&operations::INSTANCES_SHUTDOWN, id, request_id).await
    }

    /// Starts the rescue system.
    pub async fn rescue(&self, id: InstanceId, access: &Rescue, request_id: RequestId) -> Result<(), Error> {
        self.client
            .change(&operations::INSTANCES_RESCUE, &[&id], request_id)
            .body(access)
            .done()
            .await
    }

    /// Sets a new password or keys.
    pub async fn reset_password(
        &self,
        id: InstanceId,
        access: &ResetPassword,
        request_id: RequestId,
    ) -> Result<(), Error> {
        self.client
            .change(&operations::INSTANCES_RESET_PASSWORD, &[&id], request_id)
            .body(access)
            .done()
            .await
    }

    async fn act(&self, operation: &'static Operation, id: InstanceId, request_id: RequestId) -> Result<(), Error> {
        self.client.change(operation, &[&id], request_id).done().await
    }
}
