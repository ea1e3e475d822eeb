//! Everything that one customer has, and the lists of who changed what.

use std::collections::{BTreeMap, HashMap};

use serde_json::{Map, Value, json};

use super::agenda::Instances;
use super::clock_text;
use super::credentials::Credential;
use super::dns::Zone;
use super::domains::Domain;
use super::firewalls::Firewall;
use super::handles::Handle;
use super::images::{self, Image};
use super::instance::Instance;
use super::object_storages::ObjectStorage;
use super::private_networks::PrivateNetwork;
use super::secrets::Secret;
use super::snapshots::Snapshot;
use super::spec::AccountSpec;
use super::tags::{Assignment, Tag};
use super::troubleshooting::Run;
use super::users::{self, Role, User};
use super::vips::Vip;
use crate::noise::hash;

/// What a change was made to: the fields by which the audit lists know it.
pub(crate) type Subject = Vec<(&'static str, Value)>;

/// An order that was placed and would be billed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    /// `createInstance`, `createObjectStorage`, `upgradeInstance`, `upgradeObjectStorage` or `orderDomain`.
    pub operation: &'static str,
    /// What it was placed for: the instance's or storage's id, or the domain.
    pub resource: String,
    /// The display name that it was placed with, if any.
    pub display_name: String,
    pub request_id: String,
}

pub(crate) struct Account {
    pub(crate) spec: AccountSpec,
    pub(crate) tenant_id: String,
    pub(crate) customer_id: String,
    /// Of the user who signs in.
    pub(crate) user_id: String,
    pub(crate) instances: Instances,
    pub(crate) snapshots: BTreeMap<i64, Vec<Snapshot>>,
    pub(crate) images: Vec<Image>,
    pub(crate) object_storages: Vec<ObjectStorage>,
    pub(crate) credentials: Vec<Credential>,
    pub(crate) networks: BTreeMap<i64, PrivateNetwork>,
    pub(crate) vips: Vec<Vip>,
    pub(crate) firewalls: Vec<Firewall>,
    pub(crate) secrets: BTreeMap<i64, Secret>,
    pub(crate) tags: BTreeMap<i64, Tag>,
    pub(crate) assignments: Vec<Assignment>,
    pub(crate) users: Vec<User>,
    pub(crate) roles: BTreeMap<i64, Role>,
    pub(crate) zones: Vec<Zone>,
    /// Reverse names by address, with their lifetime in seconds.
    pub(crate) ptrs: BTreeMap<String, (String, i64)>,
    pub(crate) domains: Vec<Domain>,
    pub(crate) handles: Vec<Handle>,
    pub(crate) runs: Vec<Run>,
    pub(crate) orders: Vec<Order>,
    /// By the path of the list, the oldest first.
    pub(crate) audits: HashMap<&'static str, Vec<Value>>,
    numbers: HashMap<&'static str, i64>,
    seed: u64,
}

impl Account {
    /// An account with what each has from the first day.
    pub(crate) fn new(spec: AccountSpec, place: usize) -> Self {
        let (tenant, customer) = spec.client_id.split_once('-').unwrap_or(("INT", "54321"));
        let mut account = Self {
            tenant_id: if tenant == "DE" { "DE" } else { "INT" }.to_owned(),
            customer_id: customer.to_owned(),
            user_id: String::new(),
            instances: Instances::default(),
            snapshots: BTreeMap::new(),
            images: images::standard(),
            object_storages: Vec::new(),
            credentials: Vec::new(),
            networks: BTreeMap::new(),
            vips: Vec::new(),
            firewalls: Vec::new(),
            secrets: BTreeMap::new(),
            tags: BTreeMap::new(),
            assignments: Vec::new(),
            users: Vec::new(),
            roles: users::fixed_roles(),
            zones: Vec::new(),
            ptrs: BTreeMap::new(),
            domains: Vec::new(),
            handles: Vec::new(),
            runs: Vec::new(),
            orders: Vec::new(),
            audits: HashMap::new(),
            numbers: HashMap::new(),
            seed: hash(0xc0_57ab0, place as u64),
            spec,
        };
        account.user_id = account.uuid();
        let owner = User::owner(&account);
        account.users.push(owner);
        account
    }

    /// The next number of a series, from `first`.
    pub(crate) fn number(&mut self, series: &'static str, first: i64) -> i64 {
        let next = self.numbers.entry(series).or_insert(first);
        *next += 1;
        *next - 1
    }

    /// A new UUID of version 4, the same at every start.
    pub(crate) fn uuid(&mut self) -> String {
        let n = self.number("uuid", 1).unsigned_abs();
        let (high, low) = (hash(self.seed, n * 2), hash(self.seed, n * 2 + 1));
        format!(
            "{:08x}-{:04x}-4{:03x}-{:04x}-{:012x}",
            high >> 32,
            (high >> 16) & 0xffff,
            high & 0xfff,
            0x8000 | ((low >> 48) & 0x3fff),
            low & 0xffff_ffff_ffff
        )
    }

    /// A word that looks like a key, of `length` letters.
    pub(crate) fn key(&mut self, length: usize) -> String {
        let mut key = String::new();
        while key.len() < length {
            let n = self.number("key", 1).unsigned_abs();
            key += &format!("{:016x}", hash(self.seed ^ 0x5ec2e7, n));
        }
        key.truncate(length);
        key
    }

    /// Fields with the owner beside them.
    pub(crate) fn entry(&self, fields: Value) -> Value {
        let mut entry = match fields {
            Value::Object(entry) => entry,
            _ => Map::new(),
        };
        entry.insert("tenantId".to_owned(), json!(self.tenant_id));
        entry.insert("customerId".to_owned(), json!(self.customer_id));
        Value::Object(entry)
    }

    /// Lets everything happen that is due.
    pub(crate) fn settle(&mut self, now: i64) {
        for gone in self.instances.settle(now) {
            self.forget(&gone);
        }
        self.settle_remedies(now);
        self.object_storages.retain(|storage| storage.is_listed(now));
        for snapshots in self.snapshots.values_mut() {
            snapshots.retain(|snapshot| snapshot.auto_delete > now);
        }
    }

    /// Takes away what hung on an instance that is no more.
    pub(crate) fn forget(&mut self, instance: &Instance) {
        let id = instance.id;
        self.snapshots.remove(&id);
        for network in self.networks.values_mut() {
            network.members.retain(|member| member.instance != id);
        }
        for firewall in &mut self.firewalls {
            firewall.members.retain(|member| member.instance != id);
        }
        for vip in &mut self.vips {
            if vip.resource == Some(("instances", id)) {
                vip.resource = None;
            }
        }
        let text = id.to_string();
        self.assignments
            .retain(|assignment| assignment.resource_type != "instance" || assignment.resource_id != text);
        self.ptrs.retain(|ip, _| !instance.has_address(ip));
    }

    /// Writes an entry into an audit list, which is named by its path.
    #[expect(clippy::too_many_arguments, reason = "they are the columns of the list")]
    pub(crate) fn note(
        &mut self,
        now: i64,
        list: &'static str,
        action: &'static str,
        subject: Subject,
        changes: Value,
        request_id: &str,
        trace_id: &str,
    ) {
        let id = self.number("audit", 1);
        let mut entry = self.entry(json!({
            "id": id,
            "action": action,
            "timestamp": clock_text::time(now),
            "changedBy": self.user_id,
            "username": self.spec.user,
            "requestId": request_id,
            "traceId": trace_id,
            "changes": changes,
        }));
        for (name, value) in subject {
            entry[name] = value;
        }
        self.audits.entry(list).or_default().push(entry);
    }
}
