//! Sixty days of samples, made from the same functions that the fake routers count by, so that live figures go on
//! where the history ends.

use chrono::{DateTime, Duration, Utc};
use entity::{Db, LinkId, StateChangeId, TenantId, state_change};
use fakes::traffic::{self, Traffic};
use indicatif::ProgressBar;
use sea_orm::ActiveValue::Set;

use super::cast::{Event, Link, MAINTENANCE_NIGHT, Provider};
use crate::domain::links::{
    block::Day,
    counters::Reading,
    days::{self, DaysError},
    slot::{Counters, Jitter, Latency, Sample, SampleState, Slot},
    store,
};

/// How far back the history goes.
pub(super) const DAYS: i64 = 60;

/// Probes of one poll, and the time between them, as the collector does it.
const PROBES: i64 = 5;
const BETWEEN_PROBES_MS: i64 = 200;

/// How long a reboot takes, in minutes.
const REBOOT: i64 = 5;

/// When in the maintenance night all links were down, in minutes from its beginning, and for how many.
const NIGHT_OUTAGE: (i64, i64) = (40, 25);

/// Rows of one statement. The connection keeps each statement prepared for the next time: those of 1,500 rows, as
/// SQLite would allow, took 100 MiB that nobody needed again.
const ROWS: usize = 150;

/// One link whose past is written.
#[derive(Debug)]
pub(super) struct Past<'a> {
    pub(super) tenant: TenantId,
    pub(super) id: LinkId,
    pub(super) provider: &'a Provider,
    pub(super) link: &'a Link,
    /// When its router rebooted, in minutes before `begun`.
    pub(super) rebooted: Option<i64>,
    /// When the demo was first started: what happened is dated from it.
    pub(super) begun: DateTime<Utc>,
}

impl Past<'_> {
    /// Writes the samples of the slots from `first` to `last`, both included, and what changed in them: in one
    /// transaction, so that the disk is waited for once.
    pub(super) async fn write(&self, db: &Db, first: Slot, last: Slot, bar: &ProgressBar) -> Result<(), DaysError> {
        let written = db.begin(self.tenant).await?;
        // The day at which an earlier run stopped may be sealed.
        days::open(&written, self.id, Day::of(first)).await?;
        let mut rows = Vec::with_capacity(ROWS);
        let mut changes = Vec::new();
        let mut before = self
            .sample(first.plus(-1))
            .map_or(SampleState::Up, |sample| sample.state);
        for number in first.number()..=last.number() {
            let slot = Slot::from_number(number);
            let Some(sample) = self.sample(slot) else { continue };
            if sample.state != before {
                changes.push(self.change(slot.start(), before, sample.state));
                before = sample.state;
            }
            rows.push(store::to_row(self.tenant, self.id, &sample));
            if rows.len() == ROWS {
                bar.inc(ROWS as u64);
                written.insert_all(std::mem::take(&mut rows)).await?;
            }
        }
        bar.inc(rows.len() as u64);
        written.insert_all(rows).await?;
        written.insert_all(changes).await?;
        Ok(written.commit().await?)
    }

    /// What the poll of `slot` found; none where nobody looked.
    fn sample(&self, slot: Slot) -> Option<Sample> {
        let at = slot.start();
        let ago = (self.begun - at).num_minutes();
        let within = |from: i64, minutes: i64| ago <= from && ago > from - minutes;
        let missing = |event: &Event| matches!(*event, Event::Missing { ago, minutes } if within(ago, minutes));
        if self.link.events.iter().any(missing) {
            return None;
        }
        let rebooting = self.rebooted.is_some_and(|from| within(from, REBOOT));
        let night = within(MAINTENANCE_NIGHT.0 - NIGHT_OUTAGE.0, NIGHT_OUTAGE.1);
        if rebooting || night || self.link.is_down(ago) {
            let mut sample = Sample::new(slot, SampleState::Down);
            sample.probes_sent = PROBES as u32;
            return Some(sample);
        }
        let mut sample = sample(
            slot,
            &self.link.traffic(self.provider, self.begun),
            &self.link.latency(self.provider),
        );
        // The first poll after a reboot knows a volume, but no rate (rule R11).
        if self.rebooted.is_some_and(|from| within(from - REBOOT, 5)) {
            sample.rate_seconds = None;
        }
        for event in self.link.events {
            if let Event::Flaps { ago, times, seconds } = *event
                && within(ago, 5)
            {
                sample.flaps = Some(times);
                sample.down_seconds = (times == 1).then_some(seconds);
            }
        }
        Some(sample)
    }

    fn change(&self, at: DateTime<Utc>, from: SampleState, to: SampleState) -> state_change::ActiveModel {
        state_change::ActiveModel {
            tenant_id: Set(self.tenant),
            id: Set(StateChangeId::new()),
            at: Set(at),
            router_id: Set(None),
            link_id: Set(Some(self.id)),
            from_state: Set(from.name().to_owned()),
            to_state: Set(to.name().to_owned()),
            reason: Set(None),
        }
    }

    /// What the link's fake router counts at `at`, as a poll would have read it.
    pub(super) fn reading(&self, at: DateTime<Utc>, interface_id: String) -> Reading {
        let counted_from = self.begun - Duration::days(DAYS);
        let traffic = self.link.traffic(self.provider, self.begun);
        let octets = traffic.octets_between(counted_from.timestamp_millis(), at.timestamp_millis());
        let booted = self.begun - Duration::minutes(self.rebooted.unwrap_or(DAYS * 24 * 60));
        Reading {
            at,
            uptime: u64::try_from((at - booted).num_seconds()).ok(),
            interface_id,
            counters: Counters {
                rx_octets: Some(octets.rx),
                tx_octets: Some(octets.tx),
                rx_packets: Some(traffic.packets(octets.rx)),
                tx_packets: Some(traffic.packets(octets.tx)),
                ..Counters::default()
            },
            link_downs: Some(0),
            last_link_down: None,
            last_link_up: None,
        }
    }

    /// Since when the link is in the state that it has at the end of the history.
    pub(super) fn since(&self) -> DateTime<Utc> {
        let night = MAINTENANCE_NIGHT.0 - NIGHT_OUTAGE.0 - NIGHT_OUTAGE.1;
        let changes = self.link.events.iter().filter_map(|event| match *event {
            Event::Outage { ago, minutes } if minutes > ago => Some(ago),
            Event::Outage { ago, minutes } => Some(ago - minutes),
            Event::Flaps { .. } | Event::Missing { .. } => None,
        });
        let latest = changes
            .chain(self.rebooted.map(|ago| ago - REBOOT))
            .chain([night])
            .min();
        self.begun - Duration::minutes(latest.unwrap_or(night))
    }
}

/// What the poll of `slot` finds of a link that is up, has this traffic and answers like this.
pub fn sample(slot: Slot, traffic: &Traffic, latency: &traffic::Latency) -> Sample {
    let octets = traffic.slot_octets(i64::from(slot.number()));
    let at_ms = slot.start().timestamp_millis();
    let probes = (0..PROBES).map(|probe| latency.at(at_ms + probe * BETWEEN_PROBES_MS));
    let replies: Vec<u32> = probes.flatten().collect();
    Sample {
        counters: Counters {
            rx_octets: Some(octets.rx),
            tx_octets: Some(octets.tx),
            rx_packets: Some(traffic.packets(octets.rx)),
            tx_packets: Some(traffic.packets(octets.tx)),
            rx_errors: Some(0),
            tx_errors: Some(0),
            rx_drops: Some(0),
            tx_drops: Some(traffic.packets(octets.tx) / 900_000),
        },
        rate_seconds: Some(300),
        probes_sent: PROBES as u32,
        probes_received: replies.len() as u32,
        latency: Latency::of(&replies),
        jitter: Jitter::of(&replies),
        flaps: Some(0),
        ..Sample::new(slot, SampleState::Up)
    }
}
