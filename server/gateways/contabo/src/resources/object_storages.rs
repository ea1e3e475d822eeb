//! Object storages: rented room for S3. What is in them is reached over S3 itself, with the keys of
//! [`credentials`](crate::Client::credentials).

use super::lists;
use crate::client::group;
use crate::decode::{answer, words};
use crate::query::filter;
use crate::{Error, ObjectStorageId, Region, RequestId, operations};
use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;

words! {
    /// What a storage is doing.
    StorageStatus {
        Ready = "READY",
        Provisioning = "PROVISIONING",
        Upgrading = "UPGRADING",
        Cancelled = "CANCELLED",
        Error = "ERROR",
        Disabled = "DISABLED",
        ManualProvisioning = "MANUAL_PROVISIONING",
        ProductNotAvailable = "PRODUCT_NOT_AVAILABLE",
        LimitExceeded = "LIMIT_EXCEEDED",
        VerificationRequired = "VERIFICATION_REQUIRED",
        OrderProcessing = "ORDER_PROCESSING",
        PendingPayment = "PENDING_PAYMENT",
        Unknown = "UNKNOWN",
    }
}

words! {
    /// Whether a storage grows by itself.
    AutoScalingState {
        Enabled = "enabled",
        Disabled = "disabled",
        Error = "error",
    }
}

answer! {
    /// A storage.
    ObjectStorage {
        object_storage_id: ObjectStorageId,
        display_name: String,
        status: Option<StorageStatus>,
        total_purchased_space_tb: Option<f64> = "totalPurchasedSpaceTB",
        auto_scaling: Option<AutoScaling>,
        s3_url: Option<String>,
        /// Part of public links.
        s3_tenant_id: Option<String>,
        /// The region's name, which is not the word that requests use.
        region: Option<String>,
        data_center: Option<String>,
        created_date: Option<DateTime<Utc>>,
        /// The day on which it ends, once it is cancelled.
        cancel_date: Option<NaiveDate>,
    }
}

answer! {
    /// How a storage grows by itself.
    AutoScaling {
        state: Option<AutoScalingState>,
        /// Up to this.
        size_limit_tb: Option<f64> = "sizeLimitTB",
        error_message: Option<String>,
    }
}

answer! {
    /// What is used of a storage. It lags behind.
    StorageStats {
        used_space_tb: Option<f64> = "usedSpaceTB",
        /// 0 to 100.
        used_space_percentage: Option<f64>,
        number_of_objects: Option<i64>,
    }
}

answer! {
    /// A contract that ends.
    CancelledStorage {
        object_storage_id: ObjectStorageId,
        cancel_date: Option<NaiveDate>,
        display_name: String,
    }
}

filter! {
    /// Which storages.
    ObjectStorageFilter {
        data_center_name: Option<String>,
        s3_tenant_id: Option<String>,
        region: Option<String>,
        display_name: Option<String>,
    }
}

/// The order of a storage, which is binding and paid for.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct NewObjectStorage {
    pub region: Region,
    /// Sold in steps of 0.25 TB.
    #[serde(rename = "totalPurchasedSpaceTB")]
    pub total_purchased_space_tb: f64,
    /// Unique in the account.
    pub display_name: Option<String>,
    pub auto_scaling: Option<AutoScalingChange>,
}

/// How a storage should grow by itself.
#[derive(Debug, Clone, Serialize)]
pub struct AutoScalingChange {
    pub state: AutoScalingState,
    #[serde(rename = "sizeLimitTB")]
    pub size_limit_tb: f64,
}

/// More room, or another way to grow. There is no way to have less.
#[derive(Debug, Clone, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Resize {
    #[serde(rename = "totalPurchasedSpaceTB")]
    pub total_purchased_space_tb: Option<f64>,
    pub auto_scaling: Option<AutoScalingChange>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Rename<'a> {
    display_name: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Cancel {
    cancel_date: Option<DateTime<Utc>>,
}

group! {
    /// Object storages.
    ObjectStorages, object_storages
}

impl ObjectStorages<'_> {
    lists!(
        OBJECT_STORAGES_LIST,
        ObjectStorageFilter => ObjectStorage,
        by |storage: &ObjectStorage| storage.object_storage_id.clone()
    );

    /// One storage.
    pub async fn get(&self, id: &ObjectStorageId) -> Result<ObjectStorage, Error> {
        self.client.read(&operations::OBJECT_STORAGES_GET, &[id]).one().await
    }

    /// Orders a storage, which costs money.
    pub async fn create(&self, order: &NewObjectStorage, request_id: RequestId) -> Result<ObjectStorage, Error> {
        self.client
            .change(&operations::OBJECT_STORAGES_CREATE, &[], request_id)
            .body(order)
            .one()
            .await
    }

    /// Changes the display name, which must be unique.
    pub async fn rename(&self, id: &ObjectStorageId, display_name: &str, request_id: RequestId) -> Result<(), Error> {
        self.client
            .change(&operations::OBJECT_STORAGES_RENAME, &[id], request_id)
            .body(&Rename { display_name })
            .done()
            .await
    }

    /// Buys more room or changes how it grows.
    pub async fn resize(
        &self,
        id: &ObjectStorageId,
        resize: &Resize,
        request_id: RequestId,
    ) -> Result<ObjectStorage, Error> {
        self.client
            .change(&operations::OBJECT_STORAGES_RESIZE, &[id], request_id)
            .body(resize)
            .one()
            .await
    }

    /// What is used of it.
    pub async fn stats(&self, id: &ObjectStorageId) -> Result<StorageStats, Error> {
        self.client.read(&operations::OBJECT_STORAGES_STATS, &[id]).one().await
    }

    /// Ends the contract at the next possible day, or at a wanted one. The API can't take it back.
    pub async fn cancel(
        &self,
        id: &ObjectStorageId,
        cancel_date: Option<DateTime<Utc>>,
        request_id: RequestId,
    ) -> Result<CancelledStorage, Error> {
        self.client
            .change(&operations::OBJECT_STORAGES_CANCEL, &[id], request_id)
            .body(&Cancel { cancel_date })
            .one()
            .await
    }
}
