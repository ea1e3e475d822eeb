//! Further addresses and which server they belong to. Contabo only writes down to whom: that the server
//! answers on the address is for its own system to see to.

use super::lists;
use crate::client::group;
use crate::decode::{answer, words};
use crate::query::filter;
use crate::{Error, RequestId, VipId, operations};

words! {
    /// What a VIP belongs to.
    VipResourceType {
        Instances = "instances",
        BareMetal = "bare-metal",
        /// Contabo's word for nothing, which is the text and not the value.
        Nothing = "null",
    }
}

words! {
    /// What kind of address.
    VipType {
        Additional = "additional",
        Floating = "floating",
    }
}

answer! {
    /// A further address. Paths use the address itself.
    Vip {
        vip_id: VipId,
        kind: Option<VipType> = "type",
        ip_version: Option<String>,
        v4: Option<VipNetwork>,
        resource_type: Option<VipResourceType>,
        resource_id: Option<String>,
        resource_name: Option<String>,
        resource_display_name: Option<String>,
        region: Option<String>,
        data_center: Option<String>,
    }
}

answer! {
    /// The address with its network.
    VipNetwork {
        ip: Option<String>,
        gateway: Option<String>,
        netmask_cidr: Option<i64>,
        broadcast: Option<String>,
        net: Option<String>,
    }
}

filter! {
    /// Which addresses.
    VipFilter {
        resource_id: Option<String>,
        resource_type: Option<VipResourceType>,
        resource_name: Option<String>,
        resource_display_name: Option<String>,
        ip_version: Option<String>,
        /// Several whole addresses.
        ips: Vec<String>,
        ip: Option<String>,
        kind: Option<VipType> = "type",
        data_center: Option<String>,
        region: Option<String>,
    }
}

group! {
    /// Further addresses.
    Vips, vips
}

impl Vips<'_> {
    lists!(VIPS_LIST, VipFilter => Vip, by |vip: &Vip| vip.vip_id.clone());

    /// One address.
    pub async fn get(&self, ip: &str) -> Result<Vip, Error> {
        self.client.read(&operations::VIPS_GET, &[&ip]).one().await
    }

    /// Writes down whose it is.
    pub async fn assign(
        &self,
        ip: &str,
        to: &VipResourceType,
        resource_id: &str,
        request_id: RequestId,
    ) -> Result<Vip, Error> {
        self.client
            .change(&operations::VIPS_ASSIGN, &[&ip, to, &resource_id], request_id)
            .one()
            .await
    }

    /// Writes down that it is nobody's.
    pub async fn unassign(
        &self,
        ip: &str,
        from: &VipResourceType,
        resource_id: &str,
        request_id: RequestId,
    ) -> Result<(), Error> {
        self.client
            .change(&operations::VIPS_UNASSIGN, &[&ip, from, &resource_id], request_id)
            .done()
            .await
    }
}
