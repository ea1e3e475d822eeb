//! An instance as a state machine on the clock: what it is now follows from what was asked of it and how much time has
//! passed since. Nothing here waits.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::account::Account;
use super::clock_text;
use super::products::{Product, Region};
use super::spec::{Behaviour, OrderOutcome, ms};
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
    generation: u32,
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

/// What happens to an instance at a time.
#[derive(Clone, Debug)]
enum Step {
    Appear,
    /// The disk is being written; the addresses are known from here on.
    Install,
    Become(&'static str),
    Fail(String),
    Vanish,
}

#[derive(Clone, Debug)]
struct Event {
    instance: i64,
    /// `None` happens whatever is asked meanwhile.
    generation: Option<u32>,
    step: Step,
}

/// All instances of an account, ordered by id, so that a page is a slice.
#[derive(Default)]
pub(crate) struct Instances {
    listed: Vec<Instance>,
    /// Ordered, but not to be found yet.
    hidden: Vec<Instance>,
    agenda: BTreeMap<(i64, u64), Event>,
    planned: u64,
}

impl Instances {
    pub(crate) fn listed(&self) -> &[Instance] {
        &self.listed
    }

    /// Those that can't be found yet, too.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Instance> {
        self.listed.iter().chain(&self.hidden)
    }

    pub(crate) fn get(&self, id: i64) -> Option<&Instance> {
        let place = self.place(id)?;
        self.listed.get(place)
    }

    pub(crate) fn get_mut(&mut self, id: i64) -> Option<&mut Instance> {
        let place = self.place(id)?;
        self.listed.get_mut(place)
    }

    fn place(&self, id: i64) -> Option<usize> {
        self.listed.binary_search_by_key(&id, |instance| instance.id).ok()
    }

    fn plan(&mut self, at: i64, instance: i64, generation: Option<u32>, step: Step) {
        self.planned += 1;
        let event = Event {
            instance,
            generation,
            step,
        };
        self.agenda.insert((at, self.planned), event);
    }

    /// Puts an instance there that is finished.
    pub(crate) fn put(&mut self, instance: Instance) {
        match self.listed.binary_search_by_key(&instance.id, |known| known.id) {
            Ok(place) => self.listed[place] = instance,
            Err(place) => self.listed.insert(place, instance),
        }
    }

    /// Takes one away at once.
    pub(crate) fn remove(&mut self, id: i64) -> Option<Instance> {
        let place = self.place(id)?;
        Some(self.listed.remove(place))
    }

    /// Takes an order.
    pub(crate) fn order(&mut self, mut instance: Instance, outcome: &OrderOutcome, now: i64, behaviour: &Behaviour) {
        let id = instance.id;
        instance.status = outcome.status().to_owned();
        if behaviour.hidden.is_zero() {
            self.put(instance);
        } else {
            self.hidden.push(instance);
            self.plan(now + ms(behaviour.hidden), id, None, Step::Appear);
        }
        match outcome {
            OrderOutcome::Delivered => self.deliver(id, 0, now, behaviour),
            OrderOutcome::Fails(message) => {
                let at = now + ms(behaviour.provision);
                self.plan(at, id, Some(0), Step::Fail(message.clone()));
            }
            _ => {}
        }
    }

    fn deliver(&mut self, id: i64, generation: u32, now: i64, behaviour: &Behaviour) {
        let provisioned = now + ms(behaviour.provision);
        self.plan(provisioned, id, Some(generation), Step::Install);
        let installed = provisioned + ms(behaviour.install);
        self.plan(installed, id, Some(generation), Step::Become("running"));
    }

    /// Goes on with one that waited for a person.
    pub(crate) fn release(&mut self, id: i64, now: i64, behaviour: &Behaviour) -> bool {
        let Some(generation) = self.begin(id, Some("provisioning")) else {
            return false;
        };
        self.deliver(id, generation, now, behaviour);
        true
    }

    /// Whatever was under way no longer happens. Gives the number under which new things may be planned.
    fn begin(&mut self, id: i64, status: Option<&str>) -> Option<u32> {
        let instance = self.get_mut(id)?;
        instance.generation += 1;
        if let Some(status) = status {
            status.clone_into(&mut instance.status);
        }
        Some(instance.generation)
    }

    /// Changes the state after a while, and shows `meanwhile` until then.
    pub(crate) fn change(&mut self, id: i64, meanwhile: Option<&str>, at: i64, then: &'static str) {
        if let Some(generation) = self.begin(id, meanwhile) {
            self.plan(at, id, Some(generation), Step::Become(then));
        }
    }

    /// Changes the state now.
    pub(crate) fn set(&mut self, id: i64, status: &str) -> bool {
        self.begin(id, Some(status)).is_some()
    }

    /// Ends the contract at a time.
    pub(crate) fn cancel(&mut self, id: i64, end: i64) {
        if let Some(instance) = self.get_mut(id) {
            instance.cancelled = Some(end);
            self.plan(end, id, None, Step::Vanish);
        }
    }

    /// Does what is due, in order, and gives those that ended.
    pub(crate) fn settle(&mut self, now: i64) -> Vec<Instance> {
        let mut gone = Vec::new();
        while let Some(first) = self.agenda.first_entry() {
            if first.key().0 > now {
                break;
            }
            let event = first.remove();
            let hidden = self.hidden.iter().position(|instance| instance.id == event.instance);
            if let (Step::Appear, Some(place)) = (&event.step, hidden) {
                let instance = self.hidden.swap_remove(place);
                self.put(instance);
                continue;
            }
            let instance = match hidden {
                Some(place) => self.hidden.get_mut(place),
                None => self.get_mut(event.instance),
            };
            let Some(instance) = instance else { continue };
            if event.generation.is_some_and(|asked| asked != instance.generation) {
                continue;
            }
            match event.step {
                Step::Appear => {}
                Step::Install => {
                    "installing".clone_into(&mut instance.status);
                    instance.addressed = true;
                }
                Step::Become(status) => status.clone_into(&mut instance.status),
                Step::Fail(message) => {
                    "error".clone_into(&mut instance.status);
                    instance.error = Some(message);
                }
                // Somebody may have revoked the cancellation meanwhile.
                Step::Vanish if instance.cancelled.is_some_and(|end| end <= now) => {
                    gone.extend(self.remove(event.instance));
                }
                Step::Vanish => {}
            }
        }
        gone
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::products::{PRODUCTS, REGIONS};
    use super::super::spec::AccountSpec;
    use super::*;

    fn account() -> (Account, i64) {
        let mut account = Account::new(AccountSpec::default(), 0, 0);
        let instance = Instance::new(&mut account, &PRODUCTS[0], &REGIONS[0], 0);
        let id = instance.id;
        let outcome = OrderOutcome::Delivered;
        account.instances.order(instance, &outcome, 0, &Behaviour::default());
        (account, id)
    }

    proptest! {
        /// However time is cut into pieces, what becomes of an instance is the same.
        #[test]
        fn the_state_follows_from_the_time_alone(steps in prop::collection::vec(1_i64..40_000, 1..40)) {
            let (mut often, id) = account();
            let mut now = 0;
            for step in steps {
                now += step;
                often.settle(now);
            }
            let (mut once, _) = account();
            once.settle(now);
            let state = |account: &Account| account.instances.get(id).map(|one| (one.status.clone(), one.addressed));
            prop_assert_eq!(state(&often), state(&once));
        }

        /// What was asked last wins, and once it had its time nothing changes any more.
        #[test]
        fn everything_settles(asked in prop::collection::vec((0_usize..3, 0_i64..20_000), 1..20)) {
            let states = ["running", "stopped", "rescue"];
            let (mut account, id) = account();
            let mut now = 200_000;
            account.settle(now);
            let mut last = "running";
            for (state, wait) in asked {
                last = states[state];
                account.instances.change(id, None, now + 10_000, last);
                now += wait;
                account.settle(now);
            }
            account.settle(now + 10_000);
            let status = |account: &Account| account.instances.get(id).map(|one| one.status.clone());
            prop_assert_eq!(status(&account), Some(last.to_owned()));
            account.settle(now + 1_000_000_000);
            prop_assert_eq!(status(&account), Some(last.to_owned()));
        }
    }
}
