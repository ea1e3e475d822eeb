//! An instance and how it is shown. What becomes of it as time passes is in [`super::agenda`].

use serde_json::{Value, json};

use super::account::Account;
use super::clock_text;
use super::products::{Product, Region};
use super::spec::Behaviour;
use crate::noise::hash;

/// A VPS or VDS.
#[derive(Clone, Debug)]
pub(crate) struct Instance {
    pub(crate) id: i64,
    /// Counts the instances of the account; addresses follow from it.
    pub(crate) number: u32,
    pub(crate) display_name: String,
    pub(crate) product: &'static Product,
    pub(crate) region: &'static Region,
    pub(crate) image_id: Option<String>,
    pub(crate) os_type: String,
    pub(crate) default_user: String,
    pub(crate) application_id: Option<String>,
    pub(crate) created: i64,
    /// Of the contract, in months.
    pub(crate) period: u32,
    /// When it ends, once it was cancelled.
    pub(crate) cancelled: Option<i64>,
    pub(crate) status: String,
    pub(crate) error: Option<String>,
    /// Whether it was given its addresses.
    pub(crate) addressed: bool,
    pub(crate) additional_ips: Vec<String>,
    pub(crate) ssh_keys: Vec<i64>,
    pub(crate) add_ons: Vec<(i64, i64)>,
    /// What came with the last installation. Contabo never gives it back; tests ask for it.
    pub(crate) user_data: Option<String>,
    pub(crate) root_password: Option<i64>,
    /// How often it was installed.
    pub(crate) installations: u32,
    /// Grows with each thing asked of it, so that what was asked before no longer happens.
    pub(crate) generation: u32,
}

impl Instance {
    pub(crate) fn new(account: &mut Account, product: &'static Product, region: &'static Region, created: i64) -> Self {
        let number = u32::try_from(account.number("instance", 1)).unwrap_or(u32::MAX);
        Self {
            id: 201_000_000 + i64::from(number) * 7,
            number,
            display_name: String::new(),
            product,
            region,
            image_id: None,
            os_type: "Linux".to_owned(),
            default_user: "admin".to_owned(),
            application_id: None,
            created,
            period: 1,
            cancelled: None,
            status: "provisioning".to_owned(),
            error: None,
            addressed: false,
            additional_ips: Vec::new(),
            ssh_keys: Vec::new(),
            add_ons: Vec::new(),
            user_data: None,
            root_password: None,
            installations: 0,
            generation: 0,
        }
    }

    /// Contabo's name for it.
    pub(crate) fn name(&self) -> String {
        let kind = if self.product.kind == "vds" { "vmd" } else { "vmi" };
        format!("{kind}{}", 1_200_000 + self.number)
    }

    pub(crate) fn has(&self, add_on: i64) -> bool {
        self.add_ons.iter().any(|(id, _)| *id == add_on)
    }

    /// Of the ranges for documents; where they are used up, of the one for measurements.
    pub(crate) fn v4(&self) -> String {
        let n = self.number;
        match n / 200 {
            net @ 0..=2 => format!(
                "{}.{}",
                ["192.0.2", "198.51.100", "203.0.113"][net as usize],
                10 + n % 200
            ),
            _ => format!("198.{}.{}.{}", 18 + (n >> 16) % 2, (n >> 8) % 256, n % 256),
        }
    }

    fn v4_gateway(&self) -> String {
        let address = self.v4();
        let net = address.rsplit_once('.').map_or("", |(net, _)| net);
        format!("{net}.1")
    }

    /// Uncompressed, as live answers have it.
    pub(crate) fn v6(&self) -> String {
        format!(
            "2001:0db8:{:04x}:{:04x}:0000:0000:0000:0001",
            self.number >> 16,
            self.number & 0xffff
        )
    }

    pub(crate) fn has_address(&self, ip: &str) -> bool {
        self.addressed && (ip == self.v4() || ip == self.v6()) || self.additional_ips.iter().any(|known| known == ip)
    }

    pub(crate) fn ip_config(&self, behaviour: &Behaviour) -> Option<Value> {
        let (v4, gateway, v6) = match (self.addressed, behaviour.documented) {
            (true, _) => (self.v4(), self.v4_gateway(), self.v6()),
            (false, true) => ("0.0.0.0".to_owned(), "0.0.0.0".to_owned(), "::".to_owned()),
            (false, false) => return None,
        };
        Some(json!({
            "v4": { "ip": v4, "netmaskCidr": 24, "gateway": gateway },
            "v6": { "ip": v6, "netmaskCidr": 64, "gateway": "fe80::1" },
        }))
    }

    pub(crate) fn add_ons(&self) -> Vec<Value> {
        let show = |(id, quantity): &(i64, i64)| json!({ "id": id, "quantity": quantity });
        self.add_ons.iter().map(show).collect()
    }

    /// As it is listed, but for the owner.
    pub(crate) fn show(&self, behaviour: &Behaviour) -> Value {
        let additional = |ip: &String| json!({ "v4": { "ip": ip, "netmaskCidr": 24, "gateway": self.v4_gateway() } });
        let host = hash(0x7057, u64::from(self.number)) % 900;
        // Live answers have nulls where the document promises texts.
        let text = |value: Option<&String>| match (value, behaviour.documented) {
            (Some(text), _) => json!(text),
            (None, true) => json!(""),
            (None, false) => Value::Null,
        };
        let mut shown = json!({
            "additionalIps": self.additional_ips.iter().map(additional).collect::<Vec<_>>(),
            "name": self.name(),
            "displayName": self.display_name,
            "instanceId": self.id,
            "dataCenter": self.region.data_center,
            "region": self.region.slug,
            "regionName": self.region.name,
            "productId": self.product.id,
            "imageId": self.image_id,
            "macAddress": format!("00:50:56:{:02x}:{:02x}:{:02x}", (self.number >> 16) & 0xff, (self.number >> 8) & 0xff, self.number & 0xff),
            "ramMb": self.product.ram_gb * 1_024,
            "cpuCores": self.product.cores,
            "osType": self.os_type,
            "diskMb": self.product.disk_gb * 1_024,
            "sshKeys": self.ssh_keys,
            "createdDate": clock_text::time(self.created),
            "cancelDate": match (self.cancelled, behaviour.documented) {
                (Some(end), _) => json!(clock_text::date(end)),
                // The document knows no instance without an end; this one is far enough.
                (None, true) => json!("2099-12-31"),
                (None, false) => Value::Null,
            },
            "status": self.status,
            "vHostId": 1 + host,
            "vHostNumber": 10_000 + host,
            "vHostName": format!("m{}", 10_000 + host),
            "addOns": self.add_ons(),
            "errorMessage": text(self.error.as_ref()),
            "productType": self.product.kind,
            "productName": self.product.name,
            "defaultUser": self.default_user,
            "applicationId": text(self.application_id.as_ref()),
        });
        if let Some(ip_config) = self.ip_config(behaviour) {
            shown["ipConfig"] = ip_config;
        }
        shown
    }
}
