//! Where an instance could move: to other plans, which the API only shows, and to other regions.

use super::{Instances, ProductType, Region};
use crate::decode::answer;
use crate::{Error, InstanceId, OfferId, ProductId, RequestId, operations};
use serde::Serialize;

answer! {
    /// A plan that the instance has or could have. Prices are per month, in the account's currency. To
    /// take the offer, one goes to the customer panel: the API has no operation for it.
    Offer {
        product_id: ProductId,
        name: Option<String>,
        category: Option<ProductType>,
        /// Whether it is the present plan.
        current: Option<bool>,
        offer_id: Option<OfferId>,
        cpu_cores: Option<i64>,
        ram_size_gb: Option<f64>,
        disk_size_gb: Option<f64>,
        /// Mbit/s.
        net_speed: Option<i64>,
        snapshots: Option<i64>,
        vs_price: Option<f64>,
        vs_original_price: Option<f64>,
        windows_price: Option<f64>,
        backup_price: Option<f64>,
        storage_extension_price: Option<f64>,
        location_fee_price: Option<f64>,
        addons_price: Option<f64>,
        price_difference_with_storage_extension: Option<f64>,
        price_difference_without_storage_extension: Option<f64>,
        upgrade_discount: Option<i64>,
        has_storage_extension: Option<bool>,
        has_backup_addon: Option<bool>,
        has_windows: Option<bool>,
        has_location_fee: Option<bool>,
        storage_extension_available: Option<bool>,
        backup_available: Option<bool>,
        location_change_required: Option<bool>,
        /// Whether data can stay while it moves.
        live_migration_available: Option<bool>,
        /// Why not: a word such as `disk_downsize`.
        live_migration_disabled_reason: Option<String>,
        /// What one has to agree to, such as `ip_change`.
        required_confirmations: Vec<String>,
    }
}

/// Whether an instance may move to another place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RegionCheck {
    Possible,
    /// Contabo's reasons why not.
    Impossible(Vec<String>),
}

answer! {
    /// The ticket that moves the instance.
    RegionChange {
        ticket_number: Option<i64>,
    }
}

#[derive(Serialize)]
struct ChangeRegion<'a> {
    region: &'a Region,
    method: &'a str,
}

impl Instances<'_> {
    /// The plans that the instance could have, its own among them.
    pub async fn offers(&self, id: InstanceId) -> Result<Vec<Offer>, Error> {
        self.client.read(&operations::INSTANCES_OFFERS, &[&id]).all().await
    }

    /// Asks whether the instance may move.
    pub async fn check_region_change(&self, id: InstanceId) -> Result<RegionCheck, Error> {
        let checked = self
            .client
            .read(&operations::INSTANCES_CHECK_REGION_CHANGE, &[&id])
            .done()
            .await;
        match checked {
            Ok(()) => Ok(RegionCheck::Possible),
            Err(Error::Refused { status: 400, says, .. }) => Ok(RegionCheck::Impossible(says)),
            Err(error) => Err(error),
        }
    }

    /// Asks for the move, by a ticket that Contabo's people work on. The addresses change. The method is
    /// Contabo's word, such as `installation`.
    pub async fn change_region(
        &self,
        id: InstanceId,
        region: &Region,
        method: &str,
        request_id: RequestId,
    ) -> Result<RegionChange, Error> {
        self.client
            .change(&operations::INSTANCES_CHANGE_REGION, &[&id], request_id)
            .body(&ChangeRegion { region, method })
            .one()
            .await
    }
}
