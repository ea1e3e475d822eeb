//! What every link and router of a tenant is now, kept in memory: lists and dashboards are drawn from it without a
//! query.
//!
//! Each process has its own board. It reads the change sequences each second and fetches what has changed, so what
//! another process stored is seen within a second; what this process stored it sees at once, because whoever commits
//! a change calls [`Board::refresh`]. History is not here: that is in the samples.

mod servers;
mod snapshot;

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use chrono::{DateTime, Duration, Utc};
use entity::{Db, LinkId, RouterId, TenantId, pulse};
use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter};
use tokio::sync::broadcast;

pub use servers::InstanceNow;
pub use snapshot::{LinkNow, Maintenance, Profile, RouterNow, Snapshot};

use crate::work::runner::Worked;

/// A tenant that nobody has asked for is dropped from memory after this.
const FORGET_AFTER: Duration = Duration::minutes(15);

/// Changes that a slow listener may be behind before it has to look at everything.
const BACKLOG: usize = 256;

/// What changed on the board of one tenant.
#[derive(Clone, Debug)]
pub struct Change {
    /// Whose board.
    pub tenant: TenantId,
    /// Links whose state or figures changed.
    pub links: Arc<[LinkId]>,
    /// Routers whose state changed, or of which a check ended.
    pub routers: Arc<[RouterId]>,
    /// Whether the set-up changed, or time brought a maintenance window, an activation or a figure that is too old:
    /// then anything may look different.
    pub config: bool,
    /// Whether an instance changed, or an action on one.
    pub servers: bool,
    /// Whether the state of something changed, rather than figures alone.
    pub states: bool,
}

/// The boards of all tenants that somebody looks at. Clones share them.
#[derive(Clone, Debug)]
pub struct Board {
    db: Db,
    tenants: Arc<Mutex<HashMap<TenantId, Loaded>>>,
    /// One refresh at a time, so that a newer snapshot is never replaced by an older one.
    refreshing: Arc<tokio::sync::Mutex<()>>,
    changes: broadcast::Sender<Change>,
}

#[derive(Clone, Debug)]
struct Loaded {
    snapshot: Arc<Snapshot>,
    asked_at: DateTime<Utc>,
    /// Up to when it was looked whether time alone changes something.
    edges_seen_at: DateTime<Utc>,
}

impl Board {
    /// An empty board.
    #[must_use]
    pub fn new(db: Db) -> Self {
        Self {
            db,
            tenants: Arc::default(),
            refreshing: Arc::default(),
            changes: broadcast::Sender::new(BACKLOG),
        }
    }

    /// What is known of the tenant now, at most a second old.
    ///
    /// # Errors
    /// When it has to be loaded and the database does not answer.
    pub async fn snapshot(&self, tenant: TenantId, now: DateTime<Utc>) -> Result<Arc<Snapshot>, DbErr> {
        if let Some(loaded) = self.loaded().get_mut(&tenant) {
            loaded.asked_at = now;
            return Ok(loaded.snapshot.clone());
        }
        let _one = self.refreshing.lock().await;
        let known = self.loaded().get(&tenant).map(|loaded| loaded.snapshot.clone());
        if let Some(snapshot) = known {
            return Ok(snapshot);
        }
        let snapshot = Arc::new(Snapshot::load(&self.db, tenant).await?);
        self.loaded().insert(
            tenant,
            Loaded {
                snapshot: snapshot.clone(),
                asked_at: now,
                edges_seen_at: now,
            },
        );
        Ok(snapshot)
    }

    /// Tells of changes from now on.
    #[must_use]
    pub fn changes(&self) -> broadcast::Receiver<Change> {
        self.changes.subscribe()
    }

    /// Fetches what the tenant's rows say now. Call it after committing a change, before the answer that leads to a
    /// page that shows it.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn refresh(&self, tenant: TenantId) -> Result<(), DbErr> {
        let _one = self.refreshing.lock().await;
        let row = self.db.tenant(tenant).find::<pulse::Entity>().one().await?;
        match row {
            Some(row) => self.follow(&row).await,
            None => Ok(()),
        }
    }

    /// Fetches what has changed for the tenants in memory, and forgets those that nobody asks for.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn step(&self, now: DateTime<Utc>) -> anyhow::Result<Worked> {
        let ids: Vec<TenantId> = {
            let mut tenants = self.loaded();
            tenants.retain(|_, loaded| now - loaded.asked_at < FORGET_AFTER);
            tenants.keys().copied().collect()
        };
        if ids.is_empty() {
            return Ok(Worked::Idle);
        }
        let _one = self.refreshing.lock().await;
        #[expect(
            clippy::disallowed_methods,
            reason = "one look tells which of all tenants have changed"
        )]
        let connection = self.db.across_tenants();
        let rows = pulse::Entity::find()
            .filter(pulse::Column::TenantId.is_in(ids))
            .all(connection)
            .await?;
        for row in rows {
            self.follow(&row).await?;
        }
        self.follow_time(now);
        Ok(Worked::Idle)
    }

    /// Tells of what became different because its time came, without anybody storing anything.
    fn follow_time(&self, now: DateTime<Utc>) {
        for (tenant, loaded) in self.loaded().iter_mut() {
            let since = std::mem::replace(&mut loaded.edges_seen_at, now);
            if loaded.snapshot.has_edge_between(since, now) {
                let (links, routers) = ([].into(), [].into());
                let _ = self.changes.send(Change {
                    tenant: *tenant,
                    links,
                    routers,
                    config: true,
                    servers: false,
                    states: true,
                });
            }
        }
    }

    async fn follow(&self, pulse: &pulse::Model) -> Result<(), DbErr> {
        let tenant = pulse.tenant_id;
        let Some(old) = self.loaded().get(&tenant).map(|loaded| loaded.snapshot.clone()) else {
            return Ok(());
        };
        if pulse.seq <= old.seq {
            return Ok(());
        }
        let config = pulse.config_seq > old.seq;
        let servers = pulse.servers_seq > old.seq;
        let new = if config {
            Snapshot::load(&self.db, tenant).await?
        } else {
            old.with_changes(&self.db, pulse).await?
        };
        let (links, routers) = new.changed_since(old.seq);
        let states = new.states_differ(&old, &links, &routers);
        if let Some(loaded) = self.loaded().get_mut(&tenant) {
            loaded.snapshot = Arc::new(new);
        }
        // Nobody listening is no error.
        let _ = self.changes.send(Change {
            tenant,
            links: links.into(),
            routers: routers.into(),
            config,
            servers,
            states,
        });
        Ok(())
    }

    fn loaded(&self) -> std::sync::MutexGuard<'_, HashMap<TenantId, Loaded>> {
        self.tenants.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
