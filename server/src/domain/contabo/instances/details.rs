//! What Contabo says of an instance beside its names and its state: kept as JSON, since only pages read it.

use std::net::IpAddr;

use chrono::{DateTime, Utc};
use entity::instance;
use serde::{Deserialize, Serialize};

/// An address with its network.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    pub ip: IpAddr,
    /// Length of the network's prefix, bits.
    pub prefix: u8,
    pub gateway: Option<IpAddr>,
}

/// All that is absent was not said.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Details {
    pub product_id: String,
    pub product_name: String,
    /// The kind of its disk, or `vds`.
    pub product_type: String,
    /// The region's short name, as `EU`.
    pub region: String,
    pub region_name: String,
    pub data_center: String,
    pub image_id: Option<String>,
    /// `Linux` or `Windows`, as a rule.
    pub os_type: String,
    /// Who signs in at first, as `root`.
    pub default_user: Option<String>,
    pub cpu_cores: Option<u32>,
    /// MiB.
    pub ram: Option<u64>,
    /// MiB.
    pub disk: Option<u64>,
    pub ipv4: Option<Address>,
    pub ipv6: Option<Address>,
    /// Bought beside those.
    pub additional: Vec<Address>,
    pub mac: Option<String>,
    /// Contabo's ids of the keys that were put in.
    pub ssh_keys: Vec<i64>,
    /// Contabo's ids of what was bought with it, and how many.
    pub add_ons: Vec<(i64, i64)>,
    pub created_at: Option<DateTime<Utc>>,
}

impl Details {
    /// Of a row. What can't be read, since another version wrote it, is as if it had not been said; the next reading
    /// writes it anew.
    #[must_use]
    pub fn of(row: &instance::Model) -> Self {
        serde_json::from_value(row.details.clone()).unwrap_or_default()
    }

    /// The addresses that it came with.
    pub fn main_addresses(&self) -> impl Iterator<Item = &Address> {
        [&self.ipv4, &self.ipv6].into_iter().flatten()
    }

    /// All of its addresses, those that it came with first.
    pub fn addresses(&self) -> impl Iterator<Item = &Address> {
        self.main_addresses().chain(&self.additional)
    }

    /// Region and data centre, as far as Contabo says them.
    #[must_use]
    pub fn place(&self) -> String {
        let region = match self.region_name.as_str() {
            "" => &self.region,
            name => name,
        };
        match (region, self.data_center.as_str()) {
            (region, "") => region.to_owned(),
            ("", data_center) => data_center.to_owned(),
            // Contabo names most data centres after their regions, as `European Union 1`.
            (region, data_center) if data_center.starts_with(region) => data_center.to_owned(),
            (region, data_center) => format!("{region}, {data_center}"),
        }
    }
}
