//! Ordering instances, installing them anew, and ending their contract.
//!
//! An order is binding and paid for. Sent twice it is two servers; the request's number does not prevent
//! that. After an unclear answer, look for it first.

use super::{DefaultUser, Instances, Region};
use crate::decode::{answer, words};
use crate::resources::as_empty_object;
use crate::{
    AddOn, AddOnId, ApplicationId, Error, Hidden, ImageId, InstanceId, InstanceStatus, ProductId, RequestId, SecretId,
    operations,
};
use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;

words! {
    /// A licence that is rented with the instance.
    License {
        CPanel5 = "cPanel5",
        CPanel30 = "cPanel30",
        CPanel50 = "cPanel50",
        CPanel100 = "cPanel100",
        CPanel150 = "cPanel150",
        CPanel200 = "cPanel200",
        CPanel250 = "cPanel250",
        CPanel300 = "cPanel300",
        CPanel350 = "cPanel350",
        CPanel400 = "cPanel400",
        CPanel450 = "cPanel450",
        CPanel500 = "cPanel500",
        CPanel550 = "cPanel550",
        CPanel600 = "cPanel600",
        CPanel650 = "cPanel650",
        CPanel700 = "cPanel700",
        CPanel750 = "cPanel750",
        CPanel800 = "cPanel800",
        CPanel850 = "cPanel850",
        CPanel900 = "cPanel900",
        CPanel950 = "cPanel950",
        CPanel1000 = "cPanel1000",
        PleskAdmin = "PleskAdmin",
        PleskHost = "PleskHost",
        PleskPro = "PleskPro",
    }
}

/// The order of an instance. Everything is named: what Contabo would choose by itself changes over the
/// years.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct NewInstance {
    /// The contract's term in months: 1, 3, 6, 12 or 24, not each for every plan.
    pub period: i64,
    pub product_id: ProductId,
    pub region: Region,
    pub image_id: ImageId,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ssh_keys: Vec<SecretId>,
    pub root_password: Option<SecretId>,
    /// Cloud-init's text as it is; it often holds secrets.
    pub user_data: Option<Hidden>,
    pub license: Option<License>,
    /// At most 255 characters, unique in the account.
    pub display_name: Option<String>,
    pub default_user: DefaultUser,
    pub add_ons: Option<NewAddOns>,
    pub application_id: Option<ApplicationId>,
}

/// Extras of an order.
#[derive(Debug, Clone, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct NewAddOns {
    #[serde(serialize_with = "as_empty_object")]
    pub private_networking: bool,
    /// One more IPv4 address.
    #[serde(serialize_with = "as_empty_object")]
    pub additional_ips: bool,
    /// Daily backups, which only the customer panel can restore.
    #[serde(serialize_with = "as_empty_object")]
    pub backup: bool,
    /// Room for own images, for the whole account.
    #[serde(serialize_with = "as_empty_object")]
    pub custom_image: bool,
    pub extra_storage: Option<ExtraStorage>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub addons_ids: Vec<AddOnOrder>,
}

/// More disks, by the names that Contabo's price list gives them.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ExtraStorage {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ssd: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub nvme: Vec<String>,
}

/// An extra by its number in Contabo's price list.
#[derive(Debug, Clone, Serialize)]
pub struct AddOnOrder {
    pub id: AddOnId,
    pub quantity: i64,
}

answer! {
    /// An instance that was ordered. It has no address yet.
    CreatedInstance {
        instance_id: InstanceId,
        status: Option<InstanceStatus>,
        product_id: Option<ProductId>,
        region: Option<Region>,
        image_id: Option<ImageId>,
        os_type: Option<String>,
        add_ons: Vec<AddOn>,
        ssh_keys: Vec<SecretId>,
        created_date: Option<DateTime<Utc>>,
    }
}

/// What is installed instead of what is there.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Reinstall {
    pub image_id: ImageId,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ssh_keys: Vec<SecretId>,
    pub root_password: Option<SecretId>,
    /// Cloud-init's text; that of the order is not remembered.
    pub user_data: Option<Hidden>,
    /// Always said: without it another account may be left.
    pub default_user: DefaultUser,
    pub application_id: Option<ApplicationId>,
}

/// Extras to buy for an instance that is there. They can't be given back over the API.
#[derive(Debug, Clone, Copy, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct UpgradeInstance {
    #[serde(serialize_with = "as_empty_object")]
    pub private_networking: bool,
    #[serde(serialize_with = "as_empty_object")]
    pub backup: bool,
}

answer! {
    /// A contract that ends.
    CancelledInstance {
        instance_id: InstanceId,
        /// Its last day. Where it is missing, read the instance to know whether it was cancelled.
        cancel_date: Option<NaiveDate>,
    }
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

impl Instances<'_> {
    /// Orders an instance, which costs money.
    pub async fn create(&self, order: &NewInstance, request_id: RequestId) -> Result<CreatedInstance, Error> {
        self.client
            .change(&operations::INSTANCES_CREATE, &[], request_id)
            .body(order)
            .one()
            .await
    }

    /// Changes the display name, which is all that can be changed like this. The empty name takes it away.
    pub async fn rename(&self, id: InstanceId, display_name: &str, request_id: RequestId) -> Result<(), Error> {
        self.client
            .change(&operations::INSTANCES_RENAME, &[&id], request_id)
            .body(&Rename { display_name })
            .done()
            .await
    }

    /// Wipes the disk and installs an image. Addresses and contract stay.
    pub async fn reinstall(&self, id: InstanceId, what: &Reinstall, request_id: RequestId) -> Result<(), Error> {
        self.client
            .change(&operations::INSTANCES_REINSTALL, &[&id], request_id)
            .body(what)
            .done()
            .await
    }

    /// Ends the contract at the next possible day, or at a wanted one. Until then the instance runs and is
    /// paid for. The API can't take it back.
    pub async fn cancel(
        &self,
        id: InstanceId,
        cancel_date: Option<DateTime<Utc>>,
        request_id: RequestId,
    ) -> Result<CancelledInstance, Error> {
        self.client
            .change(&operations::INSTANCES_CANCEL, &[&id], request_id)
            .body(&Cancel { cancel_date })
            .one()
            .await
    }

    /// Buys extras.
    pub async fn upgrade(&self, id: InstanceId, what: UpgradeInstance, request_id: RequestId) -> Result<(), Error> {
        self.client
            .change(&operations::INSTANCES_UPGRADE, &[&id], request_id)
            .body(&what)
            .done()
            .await
    }
}
