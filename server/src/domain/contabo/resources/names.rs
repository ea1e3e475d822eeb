//! Names: DNS zones with their records, and the names that addresses have.

use serde::{Deserialize, Serialize};

use super::{Kind, kinds::text};

/// A DNS zone with what is in it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct DnsZone {
    pub name: String,
    pub records: Vec<DnsRecord>,
}

/// One record of a zone.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct DnsRecord {
    pub id: i64,
    /// The whole name, its zone included.
    pub name: String,
    /// As `MX`.
    pub kind: String,
    /// Seconds.
    pub ttl: Option<i64>,
    pub priority: Option<i64>,
    pub data: String,
    /// Of SRV.
    pub port: Option<i64>,
    pub weight: Option<i64>,
    /// Of CAA.
    pub flag: Option<i64>,
    pub tag: Option<String>,
}

impl Kind for DnsZone {
    const NAME: &'static str = "dns_zone";

    fn contabo_id(&self) -> String {
        self.name.clone()
    }

    fn name(&self) -> String {
        self.name.clone()
    }
}

impl DnsZone {
    /// From what Contabo says of it and of its records.
    #[must_use]
    pub fn new(found: &contabo::DnsZone, records: &[contabo::DnsRecord]) -> Self {
        let record = |record: &contabo::DnsRecord| DnsRecord {
            id: record.record_id.0,
            name: record.name.clone(),
            kind: text(record.kind.as_ref()),
            ttl: record.ttl,
            priority: record.prio,
            data: record.data.clone(),
            port: record.port,
            weight: record.weight,
            flag: record.flag,
            tag: record.tag.clone().filter(|tag| !tag.is_empty()),
        };
        Self {
            name: found.zone_name.clone(),
            records: records.iter().map(record).collect(),
        }
    }
}

/// The name that an address has when it is asked for backwards.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ReverseName {
    /// As Contabo writes it: IPv6 with all its zeros.
    pub ip: String,
    /// Empty: none.
    pub ptr: String,
    /// Seconds.
    pub ttl: Option<i64>,
}

impl Kind for ReverseName {
    const NAME: &'static str = "reverse_name";

    fn contabo_id(&self) -> String {
        self.ip.clone()
    }

    fn name(&self) -> String {
        self.ip.clone()
    }
}

impl From<&contabo::PtrRecord> for ReverseName {
    fn from(found: &contabo::PtrRecord) -> Self {
        Self {
            ip: found.ip.clone(),
            ptr: found.ptr.clone().unwrap_or_default(),
            ttl: found.ttl,
        }
    }
}
