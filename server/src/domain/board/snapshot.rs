//! One tenant's board at one moment. It never changes: a change makes a new one that shares what stayed.

use std::{collections::HashMap, sync::Arc};

use crate::domain::{
    contabo::features::Features,
    links::status,
    sla::intervals::{Interval, Intervals},
};
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use entity::{
    ClientId, Db, InstanceId, LinkId, RouterId, SlaProfileId, Tenant, TenantId, client, link, link_state,
    maintenance_scope, maintenance_window, outage_note, pulse, router, router_check, router_state, sla_profile,
    sla_profile_version, tenant,
};
use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter};

use super::servers::{self, InstanceNow};

/// All that lists and dashboards of one tenant are drawn from.
#[derive(Clone, Debug)]
pub struct Snapshot {
    /// The tenant itself.
    pub tenant: Arc<tenant::Model>,
    /// The zone of its months and service hours.
    pub zone: Tz,
    /// All clients, archived ones too.
    pub clients: Arc<HashMap<ClientId, client::Model>>,
    /// All SLA profiles, each with its current version.
    pub profiles: Arc<HashMap<SlaProfileId, Profile>>,
    /// All maintenance windows that are not cancelled, proposed ones too.
    pub maintenance: Arc<Vec<Maintenance>>,
    /// Of each link what staff excluded as outages that do not count (R19).
    exclusions: Arc<HashMap<LinkId, Intervals>>,
    /// All routers, archived ones too.
    pub routers: HashMap<RouterId, Arc<RouterNow>>,
    /// All links, archived ones too.
    pub links: HashMap<LinkId, Arc<LinkNow>>,
    /// All instances that are not gone.
    pub instances: Arc<HashMap<InstanceId, Arc<InstanceNow>>>,
    /// What clients may do with their servers at all.
    pub features: Arc<Features>,
    /// Whether the tenant has an account at Contabo, so that clients may get servers.
    pub has_contabo: bool,
    /// Up to where in the change sequence this is true.
    pub(super) seq: i64,
    /// Where the set-up stands in it.
    pub config_seq: i64,
    /// What `seq` was when an instance, or an action on one, last changed.
    pub servers_seq: i64,
}

/// A router with what was last seen of it.
#[derive(Clone, Debug)]
pub struct RouterNow {
    /// As staff set it up. Its password stays sealed.
    pub router: Arc<router::Model>,
    /// As the collector last saw it.
    pub state: Option<router_state::Model>,
    /// Where the last check for staff stands in the change sequence.
    check_seq: i64,
}

/// A link with what was last seen of it.
#[derive(Clone, Debug)]
pub struct LinkNow {
    /// As staff set it up.
    pub link: Arc<link::Model>,
    /// As the collector last saw it, without the reading that only the collector needs.
    pub state: Option<link_state::Model>,
}

/// An SLA profile with its current version.
#[derive(Clone, Debug)]
pub struct Profile {
    /// What all versions share.
    pub profile: sla_profile::Model,
    /// What is promised now.
    pub current: sla_profile_version::Model,
}

/// A maintenance window with what it covers.
#[derive(Clone, Debug)]
pub struct Maintenance {
    /// When and why.
    pub window: maintenance_window::Model,
    /// What it covers; empty: all links of the tenant.
    pub scopes: Vec<maintenance_scope::Model>,
}

impl Maintenance {
    /// Whether it covers this link at any time.
    #[must_use]
    pub fn covers(&self, link: &link::Model) -> bool {
        let is_meant = |scope: &maintenance_scope::Model| {
            scope.link_id == Some(link.id)
                || scope.router_id == Some(link.router_id)
                || scope.client_id == Some(link.client_id)
        };
        self.scopes.is_empty() || self.scopes.iter().any(is_meant)
    }

    /// Whether it was approved: what is only proposed takes nothing out, and no customer reads of it.
    #[must_use]
    pub fn is_approved(&self) -> bool {
        self.window.approved_at.is_some()
    }

    /// Whether it is the time of it.
    #[must_use]
    pub fn is_at(&self, now: DateTime<Utc>) -> bool {
        self.window.starts_at <= now && now < self.window.ends_at
    }
}

impl Snapshot {
    /// Reads everything of `tenant`.
    pub(super) async fn load(db: &Db, id: TenantId) -> Result<Self, DbErr> {
        #[expect(
            clippy::disallowed_methods,
            reason = "the row of the tenant itself belongs to no tenant"
        )]
        let tenant = tenant::Entity::find()
            .filter(tenant::Column::Id.eq(id))
            .one(db.across_tenants())
            .await?
            .ok_or_else(|| DbErr::RecordNotFound(format!("tenant {id}")))?;
        let rows = db.tenant(id);
        // The sequence first: what changes while the rest is read is read again, never missed.
        let (seq, config_seq, servers_seq) = rows
            .find::<pulse::Entity>()
            .one()
            .await?
            .map_or((0, 0, 0), |row| (row.seq, row.config_seq, row.servers_seq));
        let checks = rows
            .find::<router_check::Entity>()
            .columns::<CheckSeq>(CheckSeq::COLUMNS)
            .await?;
        let checks: HashMap<_, _> = checks.into_iter().map(|check| (check.router_id, check.seq)).collect();
        let mut router_states = by(rows.find::<router_state::Entity>().all().await?, |row| row.router_id);
        let mut link_states = by(rows.find::<link_state::Entity>().all().await?, |row| row.link_id);
        let routers = rows.find::<router::Entity>().all().await?.into_iter().map(|router| {
            let (state, check_seq) = (
                router_states.remove(&router.id),
                checks.get(&router.id).copied().unwrap_or(0),
            );
            (
                router.id,
                Arc::new(RouterNow {
                    state,
                    check_seq,
                    router: Arc::new(router),
                }),
            )
        });
        let links = rows.find::<link::Entity>().all().await?.into_iter().map(|link| {
            let state = link_states.remove(&link.id).map(without_reading);
            (
                link.id,
                Arc::new(LinkNow {
                    state,
                    link: Arc::new(link),
                }),
            )
        });
        Ok(Self {
            zone: tenant.zone.parse().unwrap_or(Tz::UTC),
            tenant: Arc::new(tenant),
            routers: routers.collect(),
            links: links.collect(),
            clients: Arc::new(by(rows.find::<client::Entity>().all().await?, |row| row.id)),
            profiles: Arc::new(profiles(&rows).await?),
            maintenance: Arc::new(maintenance(&rows).await?),
            exclusions: Arc::new(exclusions(&rows).await?),
            instances: Arc::new(servers::load(&rows).await?),
            features: Arc::new(Features::load(&rows).await?),
            has_contabo: servers::has_account(&rows).await?,
            seq,
            config_seq,
            servers_seq,
        })
    }

    /// The same with the states that are newer, true up to `seq`.
    pub(super) async fn with_changes(&self, db: &Db, pulse: &pulse::Model) -> Result<Self, DbErr> {
        let rows = db.tenant(self.tenant.id);
        let mut new = self.clone();
        new.seq = pulse.seq;
        if pulse.servers_seq > self.seq {
            new.instances = Arc::new(servers::with_changes(&rows, &self.instances, self.seq).await?);
            new.has_contabo = servers::has_account(&rows).await?;
        }
        new.servers_seq = pulse.servers_seq;
        let newer = rows
            .find::<link_state::Entity>()
            .filter(link_state::Column::Seq.gt(self.seq))
            .all()
            .await?;
        for state in newer {
            if let Some(old) = new.links.get_mut(&state.link_id) {
                *old = Arc::new(LinkNow {
                    link: old.link.clone(),
                    state: Some(without_reading(state)),
                });
            }
        }
        let newer = rows
            .find::<router_state::Entity>()
            .filter(router_state::Column::Seq.gt(self.seq))
            .all()
            .await?;
        for state in newer {
            if let Some(old) = new.routers.get_mut(&state.router_id) {
                *old = Arc::new(RouterNow {
                    router: old.router.clone(),
                    state: Some(state),
                    check_seq: old.check_seq,
                });
            }
        }
        let newer = rows
            .find::<router_check::Entity>()
            .filter(router_check::Column::Seq.gt(self.seq));
        for check in newer.columns::<CheckSeq>(CheckSeq::COLUMNS).await? {
            if let Some(old) = new.routers.get_mut(&check.router_id) {
                *old = Arc::new(RouterNow {
                    check_seq: check.seq,
                    ..RouterNow::clone(old)
                });
            }
        }
        Ok(new)
    }

    /// Up to where in the change sequence this is true: what has a higher number came later.
    #[must_use]
    pub fn seq(&self) -> i64 {
        self.seq
    }

    /// The links and routers that changed after `seq`.
    #[must_use]
    pub fn changed_since(&self, seq: i64) -> (Vec<LinkId>, Vec<RouterId>) {
        let links = self
            .links
            .values()
            .filter(|now| now.state.as_ref().is_some_and(|state| state.seq > seq));
        let routers = self
            .routers
            .values()
            .filter(|now| now.check_seq > seq || now.state.as_ref().is_some_and(|state| state.seq > seq));
        (
            links.map(|now| now.link.id).collect(),
            routers.map(|now| now.router.id).collect(),
        )
    }

    /// Whether one of these links or routers is in another state than it was on the `old` board.
    pub(super) fn states_differ(&self, old: &Self, links: &[LinkId], routers: &[RouterId]) -> bool {
        let link = |board: &Self, id| {
            board
                .links
                .get(id)
                .and_then(|now| now.state.as_ref().map(|state| state.state))
        };
        let router = |board: &Self, id| {
            board
                .routers
                .get(id)
                .and_then(|now| now.state.as_ref().map(|state| state.reach))
        };
        links.iter().any(|id| link(self, id) != link(old, id))
            || routers.iter().any(|id| router(self, id) != router(old, id))
    }

    /// Whether something looks different at `now` than it did at `since`, though nothing was stored: a maintenance
    /// window or a link's service began or ended, or a figure became too old to be believed.
    pub(super) fn has_edge_between(&self, since: DateTime<Utc>, now: DateTime<Utc>) -> bool {
        let within = |at: DateTime<Utc>| since < at && at <= now;
        let windows = self
            .maintenance
            .iter()
            .flat_map(|one| [one.window.starts_at, one.window.ends_at]);
        let links = self.links.values().flat_map(|one| {
            let sampled = one.state.as_ref().and_then(|state| state.sampled_at);
            let stale = sampled.map(|at| status::fresh_until(self, at));
            [one.link.activated_at, one.link.deactivated_at, stale]
                .into_iter()
                .flatten()
        });
        windows.chain(links).any(within)
    }

    /// The windows that were approved: what is taken out of SLA figures, and what customers read of.
    pub fn approved_maintenance(&self) -> impl Iterator<Item = &Maintenance> {
        self.maintenance.iter().filter(|window| window.is_approved())
    }

    /// What staff excluded of `link` as outages that do not count (R19).
    #[must_use]
    pub fn exclusions_of(&self, link: LinkId) -> Intervals {
        self.exclusions.get(&link).cloned().unwrap_or_default()
    }

    /// The approved maintenance that covers `link` at `now`, if any.
    #[must_use]
    pub fn maintenance_of(&self, link: &link::Model, now: DateTime<Utc>) -> Option<&Maintenance> {
        self.approved_maintenance()
            .find(|window| window.is_at(now) && window.covers(link))
    }

    /// What is promised of `link`.
    #[must_use]
    pub fn profile_of(&self, link: &link::Model) -> Option<&Profile> {
        link.sla_profile_id.and_then(|id| self.profiles.get(&id))
    }
}

/// What the board keeps of a check: that there is a newer one. The report itself is read by its page.
#[derive(sea_orm::FromQueryResult)]
struct CheckSeq {
    router_id: RouterId,
    seq: i64,
}

impl CheckSeq {
    const COLUMNS: [router_check::Column; 2] = [router_check::Column::RouterId, router_check::Column::Seq];
}

fn without_reading(state: link_state::Model) -> link_state::Model {
    link_state::Model { reading: None, ..state }
}

fn by<K: std::hash::Hash + Eq, V>(rows: Vec<V>, key: impl Fn(&V) -> K) -> HashMap<K, V> {
    rows.into_iter().map(|row| (key(&row), row)).collect()
}

async fn profiles(rows: &Tenant<'_>) -> Result<HashMap<SlaProfileId, Profile>, DbErr> {
    let mut versions = by(rows.find::<sla_profile_version::Entity>().all().await?, |row| {
        (row.sla_profile_id, row.version)
    });
    let profiles = rows.find::<sla_profile::Entity>().all().await?.into_iter();
    Ok(profiles
        .filter_map(|profile| {
            let current = versions.remove(&(profile.id, profile.current_version))?;
            Some((profile.id, Profile { profile, current }))
        })
        .collect())
}

async fn maintenance(rows: &Tenant<'_>) -> Result<Vec<Maintenance>, DbErr> {
    let windows = rows
        .find::<maintenance_window::Entity>()
        .filter(maintenance_window::Column::CancelledAt.is_null());
    let mut scopes: HashMap<_, Vec<_>> = HashMap::new();
    let of_windows = rows
        .find::<maintenance_scope::Entity>()
        .filter(maintenance_scope::Column::WindowId.is_not_null());
    for scope in of_windows.all().await? {
        scopes.entry(scope.window_id).or_default().push(scope);
    }
    let windows = windows.all().await?.into_iter();
    Ok(windows
        .map(|window| Maintenance {
            scopes: scopes.remove(&Some(window.id)).unwrap_or_default(),
            window,
        })
        .collect())
}

async fn exclusions(rows: &Tenant<'_>) -> Result<HashMap<LinkId, Intervals>, DbErr> {
    let excluded = rows
        .find::<outage_note::Entity>()
        .filter(outage_note::Column::Exclusion.is_not_null());
    let mut spans: HashMap<LinkId, Vec<Interval>> = HashMap::new();
    for note in excluded.all().await? {
        let span = Interval::between(note.starts_at, note.ends_at);
        spans.entry(note.link_id).or_default().push(span);
    }
    let merged = |(link, spans): (LinkId, Vec<Interval>)| (link, spans.into_iter().collect());
    Ok(spans.into_iter().map(merged).collect())
}
