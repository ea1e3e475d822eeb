//! The collector: asks every router of every tenant once a cycle, and keeps what the answers prove.
//!
//! One supervisor a process shares the routers with other processes (`claim`), notices what staff change and what
//! pages look at, each with one query a second for all tenants, and gives each router that is its own a task
//! (`router`). A task owns one long-lived connection, asks (`ask`), judges (`judge`, pure) and stores (`record`, one
//! transaction). A router that is dead, slow or lying costs its own task time, and no other router anything.
//!
//! What two readings prove is in `domain/links`; how a router is spoken to, in the `routeros` crate.

mod ask;
pub mod check;
mod claim;
mod edges;
mod figures;
mod judge;
mod live;
mod matching;
mod memory;
mod record;
mod router;
mod schedule;
mod setup;
mod supervisor;
mod trouble;

#[cfg(test)]
mod tests;

use std::{
    collections::HashSet,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use entity::{RouterId, TenantId};
use tokio::sync::{Notify, Semaphore};

pub use memory::stored_reading;
pub(in crate::work) use setup::of_tenant as tenant_and_addresses;
pub use setup::password_place;
pub use trouble::Trouble;

use crate::site::Site;
use figures::Figures;

/// Which router.
type Key = (TenantId, RouterId);

/// What a page shows is at most so much older than what is stored.
const REFRESH_EVERY: Duration = Duration::from_millis(250);

/// Collects until the site stops, then gives its routers back. Dropping it ends everything at once, as a kill would.
pub async fn run(site: Site) {
    let common = Common::new(site);
    tokio::select! {
        () = supervisor::run(common.clone()) => {}
        () = common.refresh_boards() => {}
    }
    // What was stored last should not wait for the board's own look.
    common.refresh_dirty().await;
}

/// What all tasks of the collector share.
#[derive(Clone, Debug)]
struct Common {
    site: Site,
    figures: Figures,
    /// Places for transactions: pages need connections, too.
    storing: Arc<Semaphore>,
    dirty: Dirty,
}

/// Tenants of which something was stored that the board has not fetched yet: many polls make one look.
#[derive(Clone, Debug, Default)]
struct Dirty {
    tenants: Arc<Mutex<HashSet<TenantId>>>,
    some: Arc<Notify>,
}

impl Dirty {
    fn mark(&self, tenant: TenantId) {
        self.tenants
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(tenant);
        self.some.notify_one();
    }

    fn take(&self) -> HashSet<TenantId> {
        std::mem::take(&mut self.tenants.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Common {
    fn new(site: Site) -> Self {
        let places = (site.settings.database_connections / 2).max(1);
        Self {
            figures: Figures::register(&site.metrics),
            storing: Arc::new(Semaphore::new(places as usize)),
            dirty: Dirty::default(),
            site,
        }
    }

    async fn refresh_boards(&self) {
        loop {
            self.dirty.some.notified().await;
            self.refresh_dirty().await;
            tokio::time::sleep(REFRESH_EVERY).await;
        }
    }

    async fn refresh_dirty(&self) {
        for tenant in self.dirty.take() {
            if let Err(error) = self.site.board.refresh(tenant).await {
                // The board's own look each second does it again.
                tracing::warn!(%tenant, %error, "a board can't be refreshed");
            }
        }
    }
}
