//! Which routers are this process's, and what their tasks should know: looked up each second, for all tenants at once.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
    time::Duration,
};

use chrono::{DateTime, TimeDelta, Utc};
use entity::{LinkId, RouterId, TenantId, pulse};
use sea_orm::{DbErr, EntityTrait};
use tokio::{
    sync::watch,
    task::{Id, JoinSet},
};

use super::{
    Common, Key, claim,
    live::{Live, watched},
    router::{self, End, Orders},
    setup::{self, Loaded, Setup},
};

const NAME: &str = "collector";

const LOOK_EVERY: Duration = Duration::from_secs(1);

/// How often routers are shared out anew, unless something changes.
const SHARE_EVERY: TimeDelta = TimeDelta::seconds(10);

/// Three times within a lease.
const RENEW_EVERY: TimeDelta = TimeDelta::seconds(20);

/// Between the first polls of routers that are taken over together.
const APART: Duration = Duration::from_millis(4);

/// How long tasks have to end at a stop. A transaction under way takes less.
const STOP_WITHIN: Duration = Duration::from_secs(8);

/// Looks each second until the stop, then ends all tasks and gives the routers back.
pub(super) async fn run(common: Common) {
    let (site, me) = (common.site.clone(), common.site.process);
    let mut supervisor = Supervisor::new(common);
    while !site.stop.is_stopped() {
        let now = site.clock.now();
        match supervisor.step(now).await {
            Ok(()) => site.health.succeeded(NAME, now),
            Err(error) => {
                tracing::error!(%error, "the collector can't look after its routers");
                site.health.failed(NAME, now, error.to_string());
            }
        }
        tokio::select! {
            () = site.stop.stopped() => {}
            () = tokio::time::sleep(LOOK_EVERY) => {}
        }
    }
    supervisor.stop().await;
    if let Err(error) = claim::release_all(&site.db, me).await {
        tracing::warn!(%error, "the routers can't be given back: they go on elsewhere after their leases");
    }
}

struct Supervisor {
    common: Common,
    tenants: HashMap<TenantId, Known>,
    running: HashMap<Key, Running>,
    /// To find whose task ended, even in a panic.
    ids: HashMap<Id, Key>,
    tasks: JoinSet<()>,
    shared_at: Option<DateTime<Utc>>,
    renewed_at: Option<DateTime<Utc>>,
}

/// The set-up of a tenant, as of a number of its change sequence.
struct Known {
    /// None: to be read anew.
    config_seq: Option<i64>,
    /// How many tenants there were: a lone one may connect to more than one among many.
    tenants: usize,
    routers: HashMap<RouterId, Arc<Setup>>,
    /// When it is to be read anew, though it did not change.
    until: Option<DateTime<Utc>>,
}

struct Running {
    orders: watch::Sender<Orders>,
}

impl Supervisor {
    fn new(common: Common) -> Self {
        Self {
            common,
            tenants: HashMap::new(),
            running: HashMap::new(),
            ids: HashMap::new(),
            tasks: JoinSet::new(),
            shared_at: None,
            renewed_at: None,
        }
    }

    async fn step(&mut self, now: DateTime<Utc>) -> Result<(), DbErr> {
        let ended = self.reap().await?;
        let changed = self.follow_setup(now).await?;
        if ended || changed || is_over(self.shared_at, SHARE_EVERY, now) {
            self.share(now).await?;
            self.shared_at = Some(now);
        }
        self.follow_pages(now).await?;
        self.common
            .figures
            .held
            .set(i64::try_from(self.running.len()).unwrap_or(i64::MAX));
        Ok(())
    }

    /// Gives back the routers whose tasks have ended.
    async fn reap(&mut self) -> Result<bool, DbErr> {
        let mut ended = false;
        while let Some(task) = self.tasks.try_join_next_with_id() {
            let id = match task {
                Ok((id, ())) => id,
                Err(error) => {
                    tracing::error!(%error, "a router's task failed");
                    error.id()
                }
            };
            ended = true;
            if let Some(key) = self.ids.remove(&id) {
                self.running.remove(&key);
                // If it was to store that its router is switched off, the database says whether it did.
                if let Some(known) = self.tenants.get_mut(&key.0)
                    && known.routers.get(&key.1).is_some_and(|setup| !setup.enabled)
                {
                    known.config_seq = None;
                }
                claim::release(&self.common.site.db, self.common.site.process, key).await?;
            }
        }
        Ok(ended)
    }

    /// Reads the set-up of tenants where it changed, or its time came, and tells the tasks.
    async fn follow_setup(&mut self, now: DateTime<Utc>) -> Result<bool, DbErr> {
        #[expect(clippy::disallowed_methods, reason = "one query a second serves all tenants")]
        let pulses = pulse::Entity::find().all(self.common.site.db.across_tenants()).await?;
        let tenants = pulses.len();
        let mut changed = false;
        for pulse in pulses {
            let known = self.tenants.get(&pulse.tenant_id);
            let is_current = |known: &Known| {
                (known.config_seq, known.tenants) == (Some(pulse.config_seq), tenants)
                    && known.until.is_none_or(|until| now < until)
            };
            if known.is_some_and(is_current) {
                continue;
            }
            let Loaded { mut routers, until } = setup::load(&self.common.site, pulse.tenant_id).await?;
            for (id, new) in &mut routers {
                // What is the same stays the same, so that its task is not woken.
                if let Some(old) = known.and_then(|known| known.routers.get(id)).filter(|old| *old == new) {
                    *new = old.clone();
                }
            }
            changed = true;
            let known = Known {
                config_seq: Some(pulse.config_seq),
                tenants,
                routers,
                until,
            };
            self.tenants.insert(pulse.tenant_id, known);
        }
        if changed {
            for ((tenant, router), running) in &self.running {
                let setup = self.tenants.get(tenant).and_then(|known| known.routers.get(router));
                let setup = setup.filter(|setup| setup.enabled);
                running.orders.send_if_modified(|orders| match setup {
                    None => orders.end.replace(End::SwitchedOff).is_none(),
                    Some(setup) if Arc::ptr_eq(setup, &orders.setup) => false,
                    Some(setup) => {
                        orders.setup = setup.clone();
                        true
                    }
                });
            }
        }
        Ok(changed)
    }

    /// Claims what nobody polls, up to this process's share, and gives up what is beyond it.
    async fn share(&mut self, now: DateTime<Utc>) -> Result<(), DbErr> {
        let site = self.common.site.clone();
        let (db, me) = (&site.db, site.process);
        let processes = claim::be_present(db, me, now).await?.max(1);
        if is_over(self.renewed_at, RENEW_EVERY, now) {
            claim::renew(db, me, now).await?;
            self.renewed_at = Some(now);
        }
        let wanted: usize = self.tenants.values().map(|known| known.routers.len()).sum();
        let share = wanted.div_ceil(usize::try_from(processes).unwrap_or(1));
        let held: HashMap<Key, bool> = claim::held(db, now)
            .await?
            .iter()
            .map(|row| (row.key(), row.holder == me))
            .collect();
        for (key, running) in &self.running {
            if held.get(key) == Some(&false) {
                tracing::warn!(router = %key.1, "another process polls this router by now");
                stop(running);
            }
        }
        let mine = self
            .running
            .values()
            .filter(|running| running.orders.borrow().end.is_none())
            .count();
        if mine > share {
            for running in self
                .running
                .values()
                .filter(|running| running.orders.borrow().end.is_none())
                .take(mine - share)
            {
                stop(running);
            }
            return Ok(());
        }
        let free: Vec<Key> = self
            .tenants
            .values()
            .flat_map(|known| known.routers.values().map(|setup| setup.key()))
            // A lease of this process without a task is as free as none: its task ended a moment ago.
            .filter(|key| !self.running.contains_key(key) && held.get(key) != Some(&false))
            .take(share - mine)
            .collect();
        if free.is_empty() {
            return Ok(());
        }
        claim::claim(db, me, now, &free).await?;
        let got: HashSet<Key> = claim::held(db, now)
            .await?
            .iter()
            .filter(|row| row.holder == me)
            .map(|row| row.key())
            .collect();
        let mut delay = Duration::ZERO;
        for key in free.into_iter().filter(|key| got.contains(key)) {
            self.start(key, delay);
            delay += APART;
        }
        Ok(())
    }

    fn start(&mut self, key: Key, delay: Duration) {
        let Some(setup) = self.tenants.get(&key.0).and_then(|known| known.routers.get(&key.1)) else {
            return;
        };
        let (orders, taken) = watch::channel(Orders {
            setup: setup.clone(),
            live: Live::default(),
            end: (!setup.enabled).then_some(End::SwitchedOff),
        });
        let task = self.tasks.spawn(router::run(self.common.clone(), taken, delay));
        self.ids.insert(task.id(), key);
        self.running.insert(key, Running { orders });
    }

    /// Tells the tasks what is looked at.
    async fn follow_pages(&mut self, now: DateTime<Utc>) -> Result<(), DbErr> {
        let (links, routers) = watched(&self.common.site.db, now).await?;
        let links: HashSet<LinkId> = links.into_iter().collect();
        for (key, running) in &self.running {
            running.orders.send_if_modified(|orders| {
                let of_links = orders.setup.links.iter().map(|link| link.id);
                let live = Live {
                    links: if links.is_empty() {
                        Vec::new()
                    } else {
                        of_links.filter(|id| links.contains(id)).collect()
                    },
                    router: routers.contains(&key.1),
                };
                let changed = orders.live != live;
                orders.live = live;
                changed
            });
        }
        Ok(())
    }

    /// Ends all tasks. One that does not end in time is dropped, which rolls its transaction back.
    async fn stop(&mut self) {
        for running in self.running.values() {
            stop(running);
        }
        let all = async { while self.tasks.join_next().await.is_some() {} };
        if tokio::time::timeout(STOP_WITHIN, all).await.is_err() {
            self.tasks.shutdown().await;
        }
    }
}

/// Whether so much time has passed since, or nobody knows how much: the clock went back.
fn is_over(since: Option<DateTime<Utc>>, pause: TimeDelta, now: DateTime<Utc>) -> bool {
    since.is_none_or(|at| (now - at).abs() >= pause)
}

fn stop(running: &Running) {
    running.orders.send_if_modified(|orders| {
        // One that is to store that its router is switched off ends by itself.
        let goes_on = orders.end.is_none();
        orders.end = orders.end.or(Some(End::HandedOver));
        goes_on
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_done_regularly_is_done_at_once_after_the_clock_went_back() {
        let at = |second| DateTime::from_timestamp(second, 0).unwrap();
        let over = |since: Option<i64>| is_over(since.map(at), SHARE_EVERY, at(1_000));
        assert!(over(None) && over(Some(990)) && over(Some(5_000)));
        assert!(!over(Some(991)) && !over(Some(1_000)));
    }
}
