//! What is remembered of a router between two polls, and how it comes back after a restart.

use chrono::{DateTime, TimeDelta, Utc};
use entity::{
    LinkId, RouterId, TenantId, link, link_state, router, router_state,
    router_state::{Listening, Reach},
    sample::LinkCondition,
};
use routeros::Interface;
use sea_orm::DbErr;
use serde::{Deserialize, Serialize};

use super::setup::{Chosen, LinkSetup, Setup};
use crate::{domain::links::counters::Reading, site::Site};

/// A router as it was when it was last polled. What is stored of it is always the same or older by one try.
#[derive(Clone, Debug)]
pub(super) struct Memory {
    pub(super) router: router_state::Model,
    pub(super) links: Vec<LinkMemory>,
    /// Links that are polled no more, until that is stored.
    pub(super) left: Vec<LinkMemory>,
    /// The router's wall clock minus our UTC, as of the last poll.
    pub(super) ahead: Option<TimeDelta>,
}

/// One of its links.
#[derive(Clone, Debug)]
pub(super) struct LinkMemory {
    pub(super) setup: LinkSetup,
    /// The row of `link_state`, without its reading.
    pub(super) row: link_state::Model,
    pub(super) baseline: Option<Baseline>,
    /// The last reading, if its counters did not follow from the baseline: once another follows from it, the baseline
    /// was wrong.
    pub(super) suspect: Option<Reading>,
    /// The interface's name as the router's bytes.
    pub(super) name: Option<Vec<u8>>,
    /// The `.id` under which the router told of its interface since the last poll, where that may change.
    pub(super) told_id: Option<String>,
    /// When the rates of the row last came from a live look.
    pub(super) live_at: Option<DateTime<Utc>>,
}

/// The reading from which the next sample is counted, as it is stored in `link_state.reading`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Baseline {
    pub(super) reading: Reading,
    /// For which choice of staff: once they choose another interface, it counts for nothing.
    pub(super) of: Chosen,
    /// Who said so: what another router counts has nothing to do with it.
    pub(super) from: Source,
}

/// Which router, and where it was reached.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Source {
    router: RouterId,
    host: String,
    port: i32,
}

impl Source {
    pub(super) fn of(setup: &Setup) -> Self {
        Self {
            router: setup.router,
            host: setup.access.host.clone(),
            port: setup.access.port,
        }
    }
}

/// How `reading` of the interface of `router` that staff chose for `link` is stored, so that the next poll counts from it.
#[must_use]
pub fn stored_reading(link: &link::Model, router: &router::Model, reading: Reading) -> serde_json::Value {
    let of = Chosen {
        id: link.interface_id.clone(),
        name: link.interface_name.clone(),
        default_name: link.default_name.clone(),
    };
    let from = Source {
        router: router.id,
        host: router.host.clone(),
        port: router.port,
    };
    serde_json::json!(Baseline { reading, of, from })
}

impl Memory {
    /// What the database has of it. What it has not, begins new.
    pub(super) async fn load(site: &Site, setup: &Setup) -> Result<Self, DbErr> {
        let rows = site.db.tenant(setup.tenant);
        let now = site.clock.now();
        let router = rows
            .get::<router_state::Entity>(setup.router)
            .await?
            .unwrap_or_else(|| new_router(setup.tenant, setup.router, now));
        let mut memory = Self {
            router,
            links: Vec::new(),
            left: Vec::new(),
            ahead: None,
        };
        memory.follow(site, setup).await?;
        Ok(memory)
    }

    /// Takes over another set of links: those that stay keep what is known of them.
    pub(super) async fn follow(&mut self, site: &Site, setup: &Setup) -> Result<(), DbErr> {
        let rows = site.db.tenant(setup.tenant);
        let known = |id: LinkId| self.links.iter().find(|link| link.setup.id == id);
        let new = (setup.links.iter().chain(&setup.left)).map(|link| link.id);
        let new = new.filter(|id| known(*id).is_none());
        let states = rows.get_all::<link_state::Entity>(new).await?;
        let now = site.clock.now();
        let source = Source::of(setup);
        let remembered = |link: &LinkSetup| {
            if let Some(known) = known(link.id) {
                let same = known.setup.interface == link.interface;
                let counts = |baseline: &Baseline| same && baseline.from == source;
                return LinkMemory {
                    setup: link.clone(),
                    baseline: known.baseline.clone().filter(counts),
                    suspect: None,
                    name: known.name.clone().filter(|_| same),
                    told_id: known.told_id.clone().filter(|_| same),
                    ..known.clone()
                };
            }
            let row = states.iter().find(|row| row.link_id == link.id);
            let mut row = row.cloned().unwrap_or_else(|| new_link(setup.tenant, link.id, now));
            // A reading of an older form is as good as none.
            let baseline = row
                .reading
                .take()
                .and_then(|json| serde_json::from_value::<Baseline>(json).ok());
            LinkMemory {
                setup: link.clone(),
                row,
                baseline: baseline.filter(|baseline| baseline.of == link.interface && baseline.from == source),
                suspect: None,
                name: None,
                told_id: None,
                live_at: None,
            }
        };
        let remembered = |link: &LinkSetup| {
            let mut link = remembered(link);
            if link.baseline.is_none() {
                // Of another interface there is nothing to change from.
                (link.row.known, link.row.edge_at) = (None, None);
            }
            link
        };
        let links = setup.links.iter().map(remembered).collect();
        let left = setup.left.iter().map(remembered).collect();
        (self.links, self.left) = (links, left);
        Ok(())
    }
}

impl LinkMemory {
    /// What staff chose, and the `.id` that it last had.
    pub(super) fn known_as(&self) -> (&Chosen, Option<&str>) {
        let last_id = self
            .baseline
            .as_ref()
            .map(|baseline| baseline.reading.interface_id.as_str());
        (&self.setup.interface, last_id)
    }

    /// Whether an octet counter fell as one of 32 bits does: from its upper half, while another counter went on. A
    /// reset takes all along. Where this is so, the port's speed decides.
    pub(super) fn may_have_wrapped(&self, interface: &Interface) -> bool {
        let Some(baseline) = &self.baseline else { return false };
        let (before, after) = (&baseline.reading.counters, &interface.counters);
        let octets = [(before.rx_octets, after.rx_bytes), (before.tx_octets, after.tx_bytes)];
        let packets = [
            (before.rx_packets, after.rx_packets),
            (before.tx_packets, after.tx_packets),
        ];
        let upper_half = u64::from(u32::MAX / 2)..=u64::from(u32::MAX);
        let fell = octets
            .iter()
            .filter_map(|(before, after)| before.zip(*after))
            .any(|(before, after)| after < before && upper_half.contains(&before));
        let went_on = octets
            .iter()
            .chain(&packets)
            .filter_map(|(before, after)| before.zip(*after))
            .any(|(before, after)| before > 0 && after >= before);
        fell && went_on
    }
}

fn new_router(tenant_id: TenantId, router_id: RouterId, now: DateTime<Utc>) -> router_state::Model {
    router_state::Model {
        tenant_id,
        router_id,
        reach: Reach::New,
        listening: Listening::Off,
        reason_code: None,
        reason: None,
        since: now,
        identity: None,
        version: None,
        board: None,
        architecture: None,
        uptime_seconds: None,
        cpu_percent: None,
        memory_free: None,
        memory_total: None,
        clock_skew_ms: None,
        certificate_sha256: None,
        certificate_text: None,
        last_poll_at: None,
        last_success_at: None,
        poll_ms: None,
        polls: 0,
        failures: 0,
        failures_in_a_row: 0,
        silent_since: None,
        overruns: 0,
        seq: 0,
    }
}

fn new_link(tenant_id: TenantId, link_id: LinkId, now: DateTime<Utc>) -> link_state::Model {
    link_state::Model {
        tenant_id,
        link_id,
        state: LinkCondition::Unknown,
        since: now,
        known: None,
        edge_at: None,
        problem: None,
        slot: None,
        sampled_at: None,
        rx_bps: None,
        tx_bps: None,
        rates_at: None,
        latency_us: None,
        sent: None,
        received: None,
        reading: None,
        seq: 0,
    }
}
