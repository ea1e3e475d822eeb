//! What accounts have at the start: nothing but what each has, or the [`demo`], and as many plain instances as a bench
//! needs. Addresses are of the ranges for documents.

use super::account::Account;
use super::clock_text::DAY;
use super::demo;
use super::instance::Instance;
use super::products::{PRODUCTS, Product, REGIONS, Region, USUAL};
use super::spec::{Behaviour, Seed};
use super::vips::Vip;

pub(crate) const UBUNTU: &str = "d64d5c6c-9dda-4e38-8174-0ee282474d8a";

/// Fills an account by its specification.
pub(crate) fn fill(account: &mut Account, now: i64, behaviour: &Behaviour) {
    if account.spec.seed == Seed::Demo {
        demo::fill(account, now, behaviour);
    }
    for n in 0..account.spec.instances {
        // A few plans and regions, so that lists have something to choose by.
        let (product, region) = (&PRODUCTS[n % 6], &REGIONS[n % REGIONS.len()]);
        let created = now - (10 + i64::try_from(n % 300).unwrap_or(0)) * DAY;
        let mut instance = running(account, product, region, created);
        instance.display_name = format!("server-{:05}", n + 1);
        instance.image_id = Some(UBUNTU.to_owned());
        account.put(instance);
    }
}

/// One that runs, without a name.
pub(crate) fn running(
    account: &mut Account,
    product: &'static Product,
    region: &'static Region,
    created: i64,
) -> Instance {
    let mut instance = Instance::new(account, product, region, created);
    "running".clone_into(&mut instance.status);
    instance.addressed = true;
    instance.installations = 1;
    instance.add_ons = vec![(USUAL, 1)];
    instance
}

impl Account {
    /// Puts a finished instance there, with the reverse name that Contabo gives.
    pub(crate) fn put(&mut self, instance: Instance) {
        self.name_in_reverse(&instance);
        self.instances.put(instance);
    }

    pub(crate) fn name_in_reverse(&mut self, instance: &Instance) {
        let name = format!("{}.contaboserver.net", instance.name());
        self.ptrs.insert(instance.v4(), (name, 86_400));
    }

    /// The number of the instance with this display name, or 0.
    pub(crate) fn id_of(&self, display_name: &str) -> i64 {
        let mut all = self.instances.listed().iter();
        let found = all.find(|instance| instance.display_name == display_name);
        found.map_or(0, |instance| instance.id)
    }
}

/// An address that was bought, assigned to nothing.
pub(crate) fn vip(account: &mut Account, kind: &'static str, region: &'static Region) -> Vip {
    let n = account.number("vip", 0);
    let ip = match n {
        0..40 => format!("203.0.113.{}", 211 + n),
        _ => format!("198.19.{}.{}", 128 + (n >> 8) % 128, n % 256),
    };
    Vip {
        id: account.uuid(),
        ip,
        kind,
        region,
        resource: None,
    }
}
