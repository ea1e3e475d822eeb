//! The kinds, each with as much of what Contabo says as pages show. Secrets' values are never among it.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::Kind;

/// What an instance can be installed from.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Image {
    pub id: String,
    pub name: String,
    pub description: String,
    /// `Linux` or `Windows`.
    pub os_type: String,
    pub version: String,
    /// Whether it is Contabo's own.
    pub is_standard: bool,
    /// Of an own image: Contabo's word for how far its download is, and why it failed.
    pub status: String,
    pub error: Option<String>,
    /// MB that have arrived, and that there are.
    pub arrived: Option<u64>,
    pub size: Option<u64>,
    pub created_at: Option<DateTime<Utc>>,
}

impl Kind for Image {
    const NAME: &'static str = "image";
    const RESTLESS: &'static [&'static str] = &["arrived", "status"];

    fn contabo_id(&self) -> String {
        self.id.clone()
    }

    fn name(&self) -> String {
        self.name.clone()
    }

    /// An own image that is still being fetched.
    fn is_settled(&self) -> bool {
        !self.is_arriving()
    }
}

impl From<&contabo::Image> for Image {
    fn from(found: &contabo::Image) -> Self {
        Self {
            id: found.image_id.0.clone(),
            name: found.name.clone(),
            description: found.description.clone(),
            os_type: text(found.os_type.as_ref()),
            version: found.version.clone().unwrap_or_default(),
            is_standard: found.standard_image.unwrap_or_default(),
            status: found.status.clone().unwrap_or_default(),
            error: found.error_message.clone().filter(|error| !error.is_empty()),
            arrived: whole(found.uploaded_size_mb),
            size: whole(found.size_mb),
            created_at: found.creation_date,
        }
    }
}

impl Image {
    /// Whether Contabo is fetching it, by its words of today.
    #[must_use]
    pub fn is_arriving(&self) -> bool {
        let word = self.status.to_lowercase();
        !self.is_standard && self.error.is_none() && matches!(word.as_str(), "pending" | "downloading")
    }
}

/// The room that an account has for its own images. It is read with them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ImageRoom {
    pub images: Option<i64>,
    /// MB.
    pub used: u64,
    pub size: u64,
}

impl Kind for ImageRoom {
    const NAME: &'static str = "image_room";
    const RESTLESS: &'static [&'static str] = &["images", "used"];

    fn contabo_id(&self) -> String {
        Self::NAME.to_owned()
    }

    fn name(&self) -> String {
        Self::NAME.to_owned()
    }
}

impl From<&contabo::CustomImages> for ImageRoom {
    fn from(found: &contabo::CustomImages) -> Self {
        Self {
            images: found.current_images_count,
            used: whole(found.used_size_mb).unwrap_or_default(),
            size: whole(found.total_size_mb).unwrap_or_default(),
        }
    }
}

/// A stored password or public key, without its value.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Secret {
    pub id: i64,
    pub name: String,
    /// `password` or `ssh`.
    pub kind: String,
    pub created_at: Option<DateTime<Utc>>,
    pub updated_at: Option<DateTime<Utc>>,
    /// Of a public key, once it was read.
    pub fingerprint: Option<String>,
}

impl Kind for Secret {
    const NAME: &'static str = "secret";
    const RESTLESS: &'static [&'static str] = &["fingerprint"];

    fn contabo_id(&self) -> String {
        self.id.to_string()
    }

    fn name(&self) -> String {
        self.name.clone()
    }
}

impl From<&contabo::Secret> for Secret {
    fn from(found: &contabo::Secret) -> Self {
        Self {
            id: found.secret_id.0,
            name: found.name.clone(),
            kind: text(found.kind.as_ref()),
            created_at: found.created_at,
            updated_at: found.updated_at,
            fingerprint: None,
        }
    }
}

/// A network between instances of one region.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct PrivateNetwork {
    pub id: i64,
    pub name: String,
    pub description: String,
    /// Given by Contabo, as `10.0.0.0/22`.
    pub cidr: String,
    pub free: Option<i64>,
    pub region: String,
    pub region_name: String,
    pub data_center: String,
    pub members: Vec<Member>,
}

/// An instance in a private network.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Member {
    /// Contabo's id of the instance.
    pub instance: i64,
    /// Its addresses there, with the length of the prefix.
    pub addresses: Vec<(String, i64)>,
    /// `ok`, or what has to be done first: `restart`, `reinstall`.
    pub status: String,
    pub error: Option<String>,
}

impl Kind for PrivateNetwork {
    const NAME: &'static str = "private_network";

    fn contabo_id(&self) -> String {
        self.id.to_string()
    }

    fn name(&self) -> String {
        self.name.clone()
    }

    /// A member waits for Contabo, or for a restart that may come at any time.
    fn is_settled(&self) -> bool {
        let is_passing = |member: &Member| ["installing", "restart"].contains(&member.status.as_str());
        !self.members.iter().any(is_passing)
    }
}

impl From<&contabo::PrivateNetwork> for PrivateNetwork {
    fn from(found: &contabo::PrivateNetwork) -> Self {
        let member = |member: &contabo::Member| Member {
            instance: member.instance_id.0,
            addresses: member
                .private_ip_config
                .iter()
                .flat_map(|config| &config.v4)
                .filter_map(|address| Some((address.ip.clone()?, address.netmask_cidr.unwrap_or(32))))
                .collect(),
            status: text(member.status.as_ref()),
            error: member.error_message.clone().filter(|error| !error.is_empty()),
        };
        Self {
            id: found.private_network_id.0,
            name: found.name.clone(),
            description: found.description.clone(),
            cidr: found.cidr.clone().unwrap_or_default(),
            free: found.available_ips,
            region: text(found.region.as_ref()),
            region_name: found.region_name.clone().unwrap_or_default(),
            data_center: found.data_center.clone().unwrap_or_default(),
            members: found.instances.iter().map(member).collect(),
        }
    }
}

/// A further address, and the instance that it is noted for. What routes it is set up in that instance.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Vip {
    pub id: String,
    pub ip: String,
    pub prefix: Option<i64>,
    pub gateway: Option<String>,
    /// `additional` or `floating`.
    pub kind: String,
    /// Contabo's id of the instance, where it is one.
    pub instance: Option<i64>,
    pub region: String,
}

impl Kind for Vip {
    const NAME: &'static str = "vip";

    fn contabo_id(&self) -> String {
        self.id.clone()
    }

    fn name(&self) -> String {
        self.ip.clone()
    }
}

impl From<&contabo::Vip> for Vip {
    fn from(found: &contabo::Vip) -> Self {
        let net = found.v4.as_ref();
        let is_instance = text(found.resource_type.as_ref()) == "instances";
        let instance = found.resource_id.as_deref().filter(|_| is_instance);
        Self {
            id: found.vip_id.0.clone(),
            ip: net.and_then(|net| net.ip.clone()).unwrap_or_default(),
            prefix: net.and_then(|net| net.netmask_cidr),
            gateway: net.and_then(|net| net.gateway.clone()),
            kind: text(found.kind.as_ref()),
            instance: instance.and_then(|id| id.parse().ok()),
            region: found.region.clone().unwrap_or_default(),
        }
    }
}

/// An object storage.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Storage {
    pub id: String,
    pub name: String,
    pub status: String,
    /// TB that are bought.
    pub size_tb: Option<f64>,
    /// Whether it grows by itself, and up to how many TB.
    pub grows: bool,
    pub grows_to_tb: Option<f64>,
    pub growth_error: Option<String>,
    pub s3_url: String,
    /// Part of public links.
    pub s3_tenant: String,
    /// The region's name: storages have no short one.
    pub region: String,
    pub data_center: String,
    pub created_at: Option<DateTime<Utc>>,
    pub cancels_on: Option<NaiveDate>,
    /// TB that are used and the number of objects, as Contabo last counted them.
    pub used_tb: Option<f64>,
    pub objects: Option<i64>,
}

/// Contabo's words for a storage that it is still at.
const UNDER_WAY: [&str; 6] = [
    "PROVISIONING",
    "UPGRADING",
    "ORDER_PROCESSING",
    "MANUAL_PROVISIONING",
    "PENDING_PAYMENT",
    "VERIFICATION_REQUIRED",
];

impl Kind for Storage {
    const NAME: &'static str = "object_storage";
    const RESTLESS: &'static [&'static str] = &["used_tb", "objects"];

    fn contabo_id(&self) -> String {
        self.id.clone()
    }

    fn name(&self) -> String {
        self.name.clone()
    }

    fn is_settled(&self) -> bool {
        !UNDER_WAY.contains(&self.status.as_str())
    }
}

impl Storage {
    /// From what Contabo says of it and of its use.
    #[must_use]
    pub fn new(found: &contabo::ObjectStorage, used: Option<&contabo::StorageStats>) -> Self {
        let growth = found.auto_scaling.as_ref();
        Self {
            id: found.object_storage_id.0.clone(),
            name: found.display_name.clone(),
            status: text(found.status.as_ref()),
            size_tb: found.total_purchased_space_tb,
            grows: growth.is_some_and(|growth| text(growth.state.as_ref()) == "enabled"),
            grows_to_tb: growth.and_then(|growth| growth.size_limit_tb),
            growth_error: growth.and_then(|growth| growth.error_message.clone()),
            s3_url: found.s3_url.clone().unwrap_or_default(),
            s3_tenant: found.s3_tenant_id.clone().unwrap_or_default(),
            region: found.region.clone().unwrap_or_default(),
            data_center: found.data_center.clone().unwrap_or_default(),
            created_at: found.created_date,
            cancels_on: found.cancel_date,
            used_tb: used.and_then(|used| used.used_space_tb),
            objects: used.and_then(|used| used.number_of_objects),
        }
    }
}

/// A firewall before instances: what is not let in is kept out.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Firewall {
    pub id: String,
    pub name: String,
    pub description: String,
    pub is_active: bool,
    pub rules: Vec<Rule>,
    /// Contabo's ids of the instances behind it.
    pub instances: Vec<i64>,
    /// Those of them that it is not in force for yet, or no more.
    pub states: Vec<Behind>,
}

/// How far a firewall is with an instance.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Behind {
    /// Contabo's id of the instance.
    pub instance: i64,
    /// Contabo's word for it, as `processing`.
    pub state: String,
    pub error: Option<String>,
}

/// What a firewall lets in.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Rule {
    pub name: String,
    /// `tcp`, `udp`, `icmp`; empty: any.
    pub protocol: String,
    /// As `80` or `80-90`; none: all.
    pub ports: Vec<String>,
    /// Networks, or `AnyIPv4` and `AnyIPv6`.
    pub sources: Vec<String>,
    pub action: String,
    pub is_active: bool,
}

impl From<&contabo::FirewallRule> for Rule {
    fn from(found: &contabo::FirewallRule) -> Self {
        let sources = found.src_cidr.iter();
        let sources = sources.flat_map(|sources| sources.ipv4.iter().chain(&sources.ipv6));
        Self {
            name: found.display_name.clone().unwrap_or_default(),
            protocol: found.protocol.to_string(),
            ports: found.dest_ports.clone(),
            sources: sources.cloned().collect(),
            action: text(found.action.as_ref()),
            is_active: text(found.status.as_ref()) == "active",
        }
    }
}

/// Contabo's ready-made rules. They are read with the firewalls.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Presets {
    pub all: Vec<Preset>,
}

/// Rules that belong together, by their name.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Preset {
    pub name: String,
    pub rules: Vec<Rule>,
}

impl Kind for Presets {
    const NAME: &'static str = "preset_rules";
    const RESTLESS: &'static [&'static str] = &["all"];

    fn contabo_id(&self) -> String {
        Self::NAME.to_owned()
    }

    fn name(&self) -> String {
        Self::NAME.to_owned()
    }
}

impl From<&[contabo::PresetRule]> for Presets {
    fn from(found: &[contabo::PresetRule]) -> Self {
        let one = |one: &contabo::PresetRule| {
            let rules = one.rules.iter().flat_map(|rules| &rules.inbound);
            Preset {
                name: one.name.clone(),
                rules: rules.map(Rule::from).collect(),
            }
        };
        Self {
            all: found.iter().map(one).collect(),
        }
    }
}

impl Kind for Firewall {
    const NAME: &'static str = "firewall";
    const RESTLESS: &'static [&'static str] = &["states"];

    fn contabo_id(&self) -> String {
        self.id.clone()
    }

    fn name(&self) -> String {
        self.name.clone()
    }

    fn is_settled(&self) -> bool {
        let is_passing = |behind: &Behind| ["processing", "deleting"].contains(&behind.state.as_str());
        !self.states.iter().any(is_passing)
    }
}

impl Firewall {
    /// How far it is with one of its instances: Contabo's word, empty where all is well, `inactive` where it is in force
    /// for none; and what is wrong.
    #[must_use]
    pub fn state_of(&self, instance: i64) -> (&str, Option<&str>) {
        match self.states.iter().find(|state| state.instance == instance) {
            Some(state) => (&state.state, state.error.as_deref()),
            None if self.is_active => ("", None),
            None => ("inactive", None),
        }
    }
}

impl From<&contabo::Firewall> for Firewall {
    fn from(found: &contabo::Firewall) -> Self {
        let rules = found.rules.iter().flat_map(|rules| &rules.inbound);
        let behind = |one: &contabo::FirewallInstanceStatus| Behind {
            instance: one.instance_id.0,
            state: text(one.status.as_ref()),
            error: one.error_message.clone().filter(|error| !error.is_empty()),
        };
        Self {
            id: found.firewall_id.0.clone(),
            name: found.name.clone(),
            description: found.description.clone(),
            is_active: text(found.status.as_ref()) == "active",
            rules: rules.map(Rule::from).collect(),
            instances: found.instances.iter().map(|one| one.instance_id.0).collect(),
            states: found
                .instance_status
                .iter()
                .map(behind)
                .filter(|one| one.state != "ok")
                .collect(),
        }
    }
}

pub(super) fn text(word: Option<&impl ToString>) -> String {
    word.map(ToString::to_string).unwrap_or_default()
}

fn whole(number: Option<f64>) -> Option<u64> {
    number
        .filter(|number| *number >= 0.0)
        .map(|number| number.round() as u64)
}
