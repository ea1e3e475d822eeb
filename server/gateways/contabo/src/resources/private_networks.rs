//! Private networks: instances of one region that reach each other without the internet. Contabo chooses
//! the addresses. An instance needs a paid extra to be in one.

use super::lists;
use crate::client::group;
use crate::decode::{answer, words};
use crate::query::filter;
use crate::{Address, Error, InstanceId, IpConfig, PrivateNetworkId, ProductId, Region, RequestId, operations};
use chrono::{DateTime, Utc};
use serde::Serialize;

words! {
    /// What an instance still needs to be in its network.
    MemberStatus {
        Ok = "ok",
        Restart = "restart",
        Reinstall = "reinstall",
        ReinstallationFailed = "reinstallation failed",
        Installing = "installing",
    }
}

answer! {
    /// A private network.
    PrivateNetwork {
        private_network_id: PrivateNetworkId,
        name: String,
        description: String,
        /// Such as `10.0.0.0/22`.
        cidr: Option<String>,
        available_ips: Option<i64>,
        region: Option<Region>,
        region_name: Option<String>,
        data_center: Option<String>,
        created_date: Option<DateTime<Utc>>,
        instances: Vec<Member>,
    }
}

answer! {
    /// An instance in a private network.
    Member {
        instance_id: InstanceId,
        name: String,
        display_name: String,
        product_id: Option<ProductId>,
        private_ip_config: Option<PrivateIpConfig>,
        ip_config: Option<IpConfig>,
        status: Option<MemberStatus>,
        error_message: Option<String>,
    }
}

answer! {
    /// An instance's addresses in the network.
    PrivateIpConfig {
        v4: Vec<Address>,
    }
}

filter! {
    /// Which networks.
    PrivateNetworkFilter {
        name: Option<String>,
        instance_ids: Vec<InstanceId>,
        region: Option<Region>,
        data_center: Option<String>,
    }
}

/// A network to make.
#[derive(Debug, Clone, Serialize)]
pub struct NewPrivateNetwork {
    /// 1 to 255 letters, digits, colons, dashes and underscores.
    pub name: String,
    pub region: Region,
    /// At most 255 characters.
    pub description: Option<String>,
}

/// What changes of its naming.
#[derive(Debug, Clone, Default, Serialize)]
pub struct PrivateNetworkChange {
    pub name: Option<String>,
    pub description: Option<String>,
}

group! {
    /// Private networks and who is in them.
    PrivateNetworks, private_networks
}

impl PrivateNetworks<'_> {
    lists!(
        PRIVATE_NETWORKS_LIST,
        PrivateNetworkFilter => PrivateNetwork,
        by |network: &PrivateNetwork| network.private_network_id
    );

    /// One network.
    pub async fn get(&self, id: PrivateNetworkId) -> Result<PrivateNetwork, Error> {
        self.client.read(&operations::PRIVATE_NETWORKS_GET, &[&id]).one().await
    }

    /// Makes a network.
    pub async fn create(&self, new: &NewPrivateNetwork, request_id: RequestId) -> Result<PrivateNetwork, Error> {
        self.client
            .change(&operations::PRIVATE_NETWORKS_CREATE, &[], request_id)
            .body(new)
            .one()
            .await
    }

    /// Names it anew.
    pub async fn update(
        &self,
        id: PrivateNetworkId,
        change: &PrivateNetworkChange,
        request_id: RequestId,
    ) -> Result<(), Error> {
        self.client
            .change(&operations::PRIVATE_NETWORKS_UPDATE, &[&id], request_id)
            .body(change)
            .done()
            .await
    }

    /// Deletes it; its instances are taken out.
    pub async fn delete(&self, id: PrivateNetworkId, request_id: RequestId) -> Result<(), Error> {
        self.client
            .change(&operations::PRIVATE_NETWORKS_DELETE, &[&id], request_id)
            .done()
            .await
    }

    /// Puts an instance in. Refused with 402 where the instance lacks the extra, with 409 where it is in.
    pub async fn assign(&self, id: PrivateNetworkId, instance: InstanceId, request_id: RequestId) -> Result<(), Error> {
        self.client
            .change(&operations::PRIVATE_NETWORKS_ASSIGN, &[&id, &instance], request_id)
            .done()
            .await
    }

    /// Takes an instance out.
    pub async fn unassign(
        &self,
        id: PrivateNetworkId,
        instance: InstanceId,
        request_id: RequestId,
    ) -> Result<(), Error> {
        self.client
            .change(&operations::PRIVATE_NETWORKS_UNASSIGN, &[&id, &instance], request_id)
            .done()
            .await
    }
}
