//! An account as somebody sees and moves it who uses Contabo's own panel, past the API: what a client of the API finds
//! changed the next time that it looks. Also what only Contabo's people can do, such as releasing an order.
//!
//! The audit lists name the same user as for the API, since most accounts have but one: what was done here is told apart
//! by its request ids, which no client has sent.

use std::error::Error;
use std::fmt;
use std::sync::MutexGuard;

use serde_json::{Value, json};

use super::account::{Account, Subject};
use super::exchange::World;
use super::instance::Instance;
use super::products::{PRODUCTS, Product, REGIONS, Region};
use super::spec::Behaviour;
use super::{FakeContabo, clock_text, images, instances};

/// One account of a [`FakeContabo`].
#[derive(Clone, Copy)]
pub struct Panel<'a> {
    contabo: &'a FakeContabo,
    account: usize,
}

/// An instance as it is now, with what the API never gives back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InstanceView {
    pub id: i64,
    pub display_name: String,
    pub status: String,
    pub image_id: Option<String>,
    /// The cloud-init of the last installation.
    pub user_data: Option<String>,
    /// The number of the secret that was set last.
    pub root_password: Option<i64>,
    pub ssh_keys: Vec<i64>,
    /// How often it was installed.
    pub installations: u32,
    pub cancelled: bool,
    pub v4: Option<String>,
    pub snapshots: usize,
}

/// What was to be changed is not there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotThere(pub String);

impl fmt::Display for NotThere {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "there is no {}", self.0)
    }
}

impl Error for NotThere {}

impl<'a> Panel<'a> {
    pub(crate) fn new(contabo: &'a FakeContabo, account: usize) -> Self {
        Self { contabo, account }
    }

    fn world(&self) -> MutexGuard<'a, World> {
        self.contabo.shared.world()
    }

    fn read<T>(&self, read: impl FnOnce(&Account) -> T) -> T {
        read(&self.world().accounts[self.account])
    }

    /// Changes the account and notes it as the panel does.
    fn change<T>(
        &self,
        list: &'static str,
        action: &'static str,
        change: impl FnOnce(&mut Account, i64, &Behaviour) -> Result<(T, Subject, Value), NotThere>,
    ) -> Result<T, NotThere> {
        let now = self.contabo.now_ms();
        let mut world = self.world();
        let world = &mut *world;
        let account = &mut world.accounts[self.account];
        let (result, subject, changes) = change(account, now, &world.behaviour)?;
        let request_id = account.uuid();
        account.note(now, list, action, subject, changes, &request_id, "panel");
        Ok(result)
    }

    /// Changes an instance and notes it.
    fn change_instance(
        &self,
        id: i64,
        action: &'static str,
        changes: Value,
        change: impl FnOnce(&mut Account, i64, &Behaviour),
    ) -> Result<(), NotThere> {
        self.change(instances::AUDITS, action, |account, now, behaviour| {
            if account.instances.get(id).is_none() {
                return Err(NotThere(format!("instance {id}")));
            }
            change(account, now, behaviour);
            Ok(((), vec![("instanceId", json!(id))], changes))
        })
    }

    /// An instance, if it can be found.
    pub fn instance(&self, id: i64) -> Option<InstanceView> {
        self.read(|account| {
            let instance = account.instances.get(id)?;
            Some(InstanceView {
                id,
                display_name: instance.display_name.clone(),
                status: instance.status.clone(),
                image_id: instance.image_id.clone(),
                user_data: instance.user_data.clone(),
                root_password: instance.root_password,
                ssh_keys: instance.ssh_keys.clone(),
                installations: instance.installations,
                cancelled: instance.cancelled.is_some(),
                v4: instance.addressed.then(|| instance.v4()),
                snapshots: account.snapshots.get(&id).map_or(0, Vec::len),
            })
        })
    }

    /// What programs sign in with now, as the panel shows it.
    pub fn client_secret(&self) -> String {
        self.read(|account| account.spec.client_secret.clone())
    }

    /// The ids of all instances that are listed.
    pub fn instance_ids(&self) -> Vec<i64> {
        self.read(|account| account.instances.listed().iter().map(|instance| instance.id).collect())
    }

    /// The instance with this display name.
    pub fn find(&self, display_name: &str) -> Option<InstanceView> {
        let id = self.read(|account| {
            let mut all = account.instances.listed().iter();
            all.find(|instance| instance.display_name == display_name)
                .map(|instance| instance.id)
        });
        self.instance(id?)
    }

    /// The entries of an audit list, which is named by its path; the oldest first.
    pub fn audits(&self, list: &str) -> Vec<Value> {
        self.read(|account| account.audits.get(list).cloned().unwrap_or_default())
    }

    /// A new instance that runs already. What is not sold is taken to be the smallest plan, in Europe.
    pub fn new_instance(&self, display_name: &str, product: &str, region: &str) -> i64 {
        let product: &'static Product = Product::find(product).unwrap_or(&PRODUCTS[0]);
        let region: &'static Region = Region::find(region).unwrap_or(&REGIONS[0]);
        let made = self.change(instances::AUDITS, "CREATED", |account, now, _| {
            let mut instance = Instance::new(account, product, region, now);
            display_name.clone_into(&mut instance.display_name);
            instance.image_id = Some(images::DEFAULT.to_owned());
            "running".clone_into(&mut instance.status);
            instance.addressed = true;
            instance.installations = 1;
            let id = instance.id;
            account.put(instance);
            Ok((
                id,
                vec![("instanceId", json!(id))],
                json!({ "new": { "displayName": display_name } }),
            ))
        });
        made.unwrap_or_default()
    }

    pub fn rename(&self, id: i64, name: &str) -> Result<(), NotThere> {
        let changes = json!({ "new": { "displayName": name } });
        self.change_instance(id, "UPDATED", changes, |account, _, _| {
            if let Some(instance) = account.instances.get_mut(id) {
                name.clone_into(&mut instance.display_name);
            }
        })
    }

    /// Puts it into a state at once; whatever was under way no longer happens.
    pub fn set_status(&self, id: i64, status: &str) -> Result<(), NotThere> {
        let changes = json!({ "new": { "status": status } });
        self.change_instance(id, "UPDATED", changes, |account, _, _| {
            account.instances.set(id, status);
        })
    }

    pub fn stop(&self, id: i64) -> Result<(), NotThere> {
        self.set_status(id, "stopped")
    }

    pub fn start(&self, id: i64) -> Result<(), NotThere> {
        self.set_status(id, "running")
    }

    /// Puts it into the state `error`.
    pub fn fail(&self, id: i64, message: &str) -> Result<(), NotThere> {
        self.set_status(id, "error")?;
        self.change_instance(id, "UPDATED", json!({}), |account, _, _| {
            if let Some(instance) = account.instances.get_mut(id) {
                instance.error = Some(message.to_owned());
            }
        })
    }

    /// Takes it away at once, as after a withdrawal.
    pub fn delete(&self, id: i64) -> Result<(), NotThere> {
        self.change_instance(id, "DELETED", json!({}), |account, _, _| {
            if let Some(gone) = account.instances.remove(id) {
                account.forget(&gone);
            }
        })
    }

    /// Cancels it for the end of its term.
    pub fn cancel(&self, id: i64) -> Result<(), NotThere> {
        self.change_instance(
            id,
            "UPDATED",
            json!({ "new": { "cancelDate": "end of term" } }),
            |account, now, _| {
                if let Some(instance) = account.instances.get(id) {
                    let end = clock_text::end_of_term(instance.created, instance.period, now);
                    account.instances.cancel(id, end);
                }
            },
        )
    }

    /// Takes a cancellation back, which only the panel can.
    pub fn revoke_cancellation(&self, id: i64) -> Result<(), NotThere> {
        self.change_instance(
            id,
            "UPDATED",
            json!({ "new": { "cancelDate": null } }),
            |account, _, _| {
                if let Some(instance) = account.instances.get_mut(id) {
                    instance.cancelled = None;
                }
            },
        )
    }

    /// Goes on with an order that waited for a payment or a person.
    pub fn release(&self, id: i64) -> Result<(), NotThere> {
        self.change_instance(
            id,
            "UPDATED",
            json!({ "new": { "status": "provisioning" } }),
            |account, now, behaviour| {
                account.instances.release(id, now, behaviour);
            },
        )
    }

    /// Gives it an add-on, such as [`super::PRIVATE_NETWORKING`].
    pub fn add_on(&self, id: i64, add_on: i64) -> Result<(), NotThere> {
        let changes = json!({ "new": { "addonsIds": [add_on] } });
        self.change_instance(id, "UPDATED", changes, |account, _, _| {
            if let Some(instance) = account.instances.get_mut(id) {
                instance.add_ons.push((add_on, 1));
            }
        })
    }

    /// Buys an additional or floating address; gives it.
    pub fn new_vip(&self, kind: &'static str, region: &str) -> String {
        let region = Region::find(region).unwrap_or(&REGIONS[0]);
        let made = self.change("/v1/vips/audits", "CREATED", |account, _, _| {
            let vip = super::seed::vip(account, kind, region);
            let (id, ip) = (vip.id.clone(), vip.ip.clone());
            account.vips.push(vip);
            Ok((ip, vec![("vipId", json!(id))], json!({})))
        });
        made.unwrap_or_default()
    }

    /// Somebody stores objects over S3. With auto-scaling the storage grows.
    pub fn fill_storage(&self, id: &str, used_tb: f64, objects: i64) -> Result<(), NotThere> {
        let list = "/v1/object-storages/audits";
        self.change(list, "UPDATED", |account, _, _| {
            let mut all = account.object_storages.iter_mut();
            let storage = all.find(|storage| storage.id == id);
            let storage = storage.ok_or_else(|| NotThere(format!("object storage {id}")))?;
            storage.fill(used_tb, objects);
            Ok(((), vec![("objectStorageId", json!(id))], json!({})))
        })
    }

    /// Shows a state of an object storage, such as `ERROR`; `None` goes back to the true one.
    pub fn set_storage_status(&self, id: &str, status: Option<&str>) -> Result<(), NotThere> {
        let list = "/v1/object-storages/audits";
        self.change(list, "UPDATED", |account, _, _| {
            let mut all = account.object_storages.iter_mut();
            let storage = all.find(|storage| storage.id == id);
            let storage = storage.ok_or_else(|| NotThere(format!("object storage {id}")))?;
            storage.state = status.map(str::to_owned);
            Ok(((), vec![("objectStorageId", json!(id))], json!({})))
        })
    }

    /// The new installation that a private network asks for has failed.
    pub fn fail_network(&self, network: i64, instance: i64, message: &str) -> Result<(), NotThere> {
        self.change("/v1/private-networks/audits", "UPDATED", |account, _, _| {
            let members = account.networks.get_mut(&network).map(|network| &mut network.members);
            let mut members = members.into_iter().flatten();
            let member = members.find(|member| member.instance == instance);
            let member = member.ok_or_else(|| NotThere(format!("instance {instance} in network {network}")))?;
            member.failure = Some(message.to_owned());
            Ok(((), vec![("privateNetworkId", json!(network))], json!({})))
        })
    }

    /// A firewall could not be put before an instance.
    pub fn fail_firewall(&self, firewall: &str, instance: i64, message: &str) -> Result<(), NotThere> {
        self.change("/v1/firewalls/audits", "UPDATED", |account, _, _| {
            let members = account.firewalls.iter_mut().filter(|known| known.id == firewall);
            let mut members = members.flat_map(|known| &mut known.members);
            let member = members.find(|member| member.instance == instance);
            let member = member.ok_or_else(|| NotThere(format!("instance {instance} behind firewall {firewall}")))?;
            member.failure = Some(message.to_owned());
            Ok(((), vec![("firewallId", json!(firewall))], json!({})))
        })
    }

    /// The download of a custom image has failed.
    pub fn fail_image(&self, image: &str, message: &str) -> Result<(), NotThere> {
        self.change("/v1/compute/images/audits", "UPDATED", |account, _, _| {
            let mut all = account.images.iter_mut();
            let known = all.find(|known| known.id == image && !known.standard);
            let known = known.ok_or_else(|| NotThere(format!("custom image {image}")))?;
            known.error = Some(message.to_owned());
            Ok(((), vec![("imageId", json!(image))], json!({})))
        })
    }

    /// Somebody asks to take a domain to another registrar, which waits for a yes or a no.
    pub fn begin_transfer_out(&self, domain: &str) -> Result<(), NotThere> {
        self.change("/v1/domains/audits", "UPDATED", |account, now, _| {
            let known = account.domains.iter_mut().find(|known| known.name == domain);
            let known = known.ok_or_else(|| NotThere(format!("domain {domain}")))?;
            known.leaving = Some((now, None));
            Ok(((), vec![("domain", json!(domain))], json!({})))
        })
    }

    /// A domain is no more in the account.
    pub fn delete_domain(&self, domain: &str) -> Result<(), NotThere> {
        self.change("/v1/domains/audits", "DELETED", |account, _, _| {
            let place = account.domains.iter().position(|known| known.name == domain);
            account
                .domains
                .remove(place.ok_or_else(|| NotThere(format!("domain {domain}")))?);
            Ok(((), vec![("domain", json!(domain))], json!({})))
        })
    }
}
