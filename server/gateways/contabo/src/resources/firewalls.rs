//! Firewalls before instances: what may come in. What goes out, and the private network, is not filtered.

use super::lists;
use crate::client::group;
use crate::decode::{answer, words};
use crate::query::filter;
use crate::{Error, FirewallId, InstanceId, IpConfig, ProductId, RequestId, operations};
use chrono::{DateTime, Utc};
use serde::Serialize;

words! {
    /// Whether a firewall or a rule is in force.
    OnOff {
        Active = "active",
        Inactive = "inactive",
    }
}

words! {
    /// What a rule is about.
    Protocol {
        Tcp = "tcp",
        Udp = "udp",
        Icmp = "icmp",
        Any = "",
    }
}

words! {
    /// What a rule does. Contabo says that it supports only accepting.
    RuleAction {
        Accept = "accept",
        Drop = "drop",
    }
}

words! {
    /// How far the firewall is with an instance.
    FirewallInstanceState {
        Ok = "ok",
        Processing = "processing",
        Deleting = "deleting",
        ErrorProcessing = "error_processing",
        ErrorDeleting = "error_deleting",
    }
}

answer! {
    /// A firewall.
    Firewall {
        firewall_id: FirewallId,
        name: String,
        description: String,
        status: Option<OnOff>,
        rules: Option<FirewallRules>,
        instances: Vec<FirewallInstance>,
        instance_status: Vec<FirewallInstanceStatus>,
        created_date: Option<DateTime<Utc>>,
        updated_date: Option<DateTime<Utc>>,
    }
}

answer! {
    /// The rules, of which one must match for a packet to come in.
    #[derive(Default, Serialize)]
    #[serde(rename_all = "camelCase")]
    FirewallRules {
        inbound: Vec<FirewallRule>,
    }
}

answer! {
    /// One rule.
    #[derive(Serialize)]
    #[serde(rename_all = "camelCase")]
    FirewallRule {
        protocol: Protocol,
        /// Up to 15 of `80` or `80-90`; none for ICMP.
        dest_ports: Vec<String>,
        src_cidr: Option<Sources>,
        action: Option<RuleAction>,
        status: Option<OnOff>,
        display_name: Option<String>,
    }
}

answer! {
    /// Where from: networks, or `AnyIPv4` and `AnyIPv6`.
    #[derive(Default, Serialize)]
    #[serde(rename_all = "camelCase")]
    Sources {
        ipv4: Vec<String>,
        ipv6: Vec<String>,
    }
}

answer! {
    /// An instance behind a firewall.
    FirewallInstance {
        instance_id: InstanceId,
        name: String,
        display_name: String,
        product_id: Option<ProductId>,
        ip_config: Option<IpConfig>,
        region_slug: Option<String>,
        region_name: Option<String>,
        data_center_slug: Option<String>,
        data_center_name: Option<String>,
    }
}

answer! {
    /// How far it is with an instance.
    FirewallInstanceStatus {
        instance_id: InstanceId,
        status: Option<FirewallInstanceState>,
        error_message: Option<String>,
    }
}

answer! {
    /// Ready-made rules.
    PresetRule {
        name: String,
        rules: Option<FirewallRules> = "macro",
    }
}

filter! {
    /// Which firewalls.
    FirewallFilter {
        name: Option<String>,
        instance_ids: Vec<InstanceId>,
    }
}

filter! {
    /// Which ready-made rules.
    PresetRuleFilter {
        name: Option<String>,
    }
}

/// A firewall to make.
#[derive(Debug, Clone, Serialize)]
pub struct NewFirewall {
    /// 1 to 255 characters.
    pub name: String,
    pub description: Option<String>,
    pub status: OnOff,
    pub rules: FirewallRules,
}

/// What changes of it, its rules apart.
#[derive(Debug, Clone, Default, Serialize)]
pub struct FirewallChange {
    pub name: Option<String>,
    pub description: Option<String>,
    pub status: Option<OnOff>,
}

#[derive(Serialize)]
struct Rules<'a> {
    rules: &'a FirewallRules,
}

group! {
    /// Firewalls and who is behind them.
    Firewalls, firewalls
}

impl Firewalls<'_> {
    lists!(FIREWALLS_LIST, FirewallFilter => Firewall, by |firewall: &Firewall| firewall.firewall_id.clone());

    /// One firewall.
    pub async fn get(&self, id: &FirewallId) -> Result<Firewall, Error> {
        self.client.read(&operations::FIREWALLS_GET, &[id]).one().await
    }

    /// Makes a firewall.
    pub async fn create(&self, new: &NewFirewall, request_id: RequestId) -> Result<Firewall, Error> {
        self.client
            .change(&operations::FIREWALLS_CREATE, &[], request_id)
            .body(new)
            .one()
            .await
    }

    /// Changes its name or switches it on and off.
    pub async fn update(&self, id: &FirewallId, change: &FirewallChange, request_id: RequestId) -> Result<(), Error> {
        self.client
            .change(&operations::FIREWALLS_UPDATE, &[id], request_id)
            .body(change)
            .done()
            .await
    }

    /// Puts these rules in the place of all that are there.
    pub async fn replace_rules(
        &self,
        id: &FirewallId,
        rules: &FirewallRules,
        request_id: RequestId,
    ) -> Result<(), Error> {
        self.client
            .change(&operations::FIREWALLS_REPLACE_RULES, &[id], request_id)
            .body(&Rules { rules })
            .done()
            .await
    }

    /// Deletes it. Refused while an instance is behind it.
    pub async fn delete(&self, id: &FirewallId, request_id: RequestId) -> Result<(), Error> {
        self.client
            .change(&operations::FIREWALLS_DELETE, &[id], request_id)
            .done()
            .await
    }

    /// Puts an instance behind it.
    pub async fn assign(&self, id: &FirewallId, instance: InstanceId, request_id: RequestId) -> Result<(), Error> {
        self.client
            .change(&operations::FIREWALLS_ASSIGN, &[id, &instance], request_id)
            .done()
            .await
    }

    /// Takes an instance away from behind it.
    pub async fn unassign(&self, id: &FirewallId, instance: InstanceId, request_id: RequestId) -> Result<(), Error> {
        self.client
            .change(&operations::FIREWALLS_UNASSIGN, &[id, &instance], request_id)
            .done()
            .await
    }

    /// Contabo's ready-made rules.
    pub async fn preset_rules(&self, filter: &PresetRuleFilter) -> Result<Vec<PresetRule>, Error> {
        let client = self.client;
        crate::page::Listing::new(filter.pairs(), || client.read(&operations::FIREWALLS_PRESET_RULES, &[]))
            .all(|rule: &PresetRule| rule.name.clone())
            .await
    }
}
