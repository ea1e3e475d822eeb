//! When a link's interface changed: told by the router as it happens, over the connection of its polls, or read from
//! its stamps by the next poll. A change makes the link's current state and an edge; samples stay the polls' (R3, R20).
//!
//! Listening makes a change known sooner and is never relied on: a router that does not allow it, or that tells of too
//! much, is polled as before. It begins after a poll, so that what is told is new; where it ends, a poll comes soon.

use std::time::Duration;

use chrono::{DateTime, DurationRound, NaiveDateTime, TimeDelta, Utc};
use entity::{LinkId, link_edge::EdgeSource, router_state::Listening, sample::LinkCondition};
use futures_util::FutureExt;
use routeros::{ChangedInterface, Error, InterfaceChange, InterfaceChanges};
use tokio::time::Instant;

use super::{
    judge::{Verdict, become_state, become_unknown, missing},
    memory::{LinkMemory, Memory},
    record,
    router::Poller,
};
use crate::domain::links::counters::Reading;

/// A row of `link_edge`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Edge {
    pub(super) link: LinkId,
    pub(super) at: DateTime<Utc>,
    pub(super) became: LinkCondition,
    pub(super) source: EdgeSource,
}

/// More rows than this in a minute are no news of links, but work.
const MOST_A_MINUTE: u32 = 240;

/// Rows that are stored together.
const MOST_AT_ONCE: usize = 64;

/// How long a router may take to be asked.
const ASKED_WITHIN: Duration = Duration::from_secs(5);

/// A router that refused, or told of too much, is asked again after this, and each time after twice as long: what it
/// allows may change while its connection lasts, and a flood ends.
const ASK_AGAIN_AFTER: TimeDelta = TimeDelta::minutes(10);

/// At most so often twice as long: five hours.
const MOST_DOUBLINGS: u32 = 5;

/// A router that was listened to for so long is one that can be.
const LASTED: TimeDelta = TimeDelta::seconds(60);

/// A router stamps in whole seconds, and its clock is read over a network: a stamp this close to an edge that is
/// known may be the same.
const SAME_STAMP: TimeDelta = TimeDelta::seconds(2);

/// What a router tells over one connection.
#[derive(Debug)]
pub(super) struct Listener {
    /// None: it refused, or told of too much.
    changes: Option<InterfaceChanges>,
    /// When it began, or ended.
    since: DateTime<Utc>,
    minute: Instant,
    rows: u32,
}

/// What was heard at once.
#[derive(Debug)]
pub(super) struct Heard {
    changes: Vec<InterfaceChange>,
    /// Why there will be no more.
    end: Option<End>,
}

#[derive(Debug)]
enum End {
    Refused,
    TooMuch,
    ConnectionLost,
}

impl Listener {
    fn new(changes: InterfaceChanges, since: DateTime<Utc>) -> Self {
        Self {
            changes: Some(changes),
            since,
            minute: Instant::now(),
            rows: 0,
        }
    }

    /// Whether it may still tell something.
    pub(super) fn is_on(&self) -> bool {
        self.changes.is_some()
    }

    /// Waits for the next changes. Dropping the future loses none.
    pub(super) async fn heard(listener: &mut Option<Self>) -> Heard {
        let Some(Self {
            changes: Some(stream),
            minute,
            rows,
            ..
        }) = listener
        else {
            return std::future::pending().await;
        };
        let mut heard = Heard {
            changes: Vec::new(),
            end: None,
        };
        let mut next = Some(stream.next().await);
        if minute.elapsed() >= Duration::from_secs(60) {
            (*minute, *rows) = (Instant::now(), 0);
        }
        while let Some(told) = next {
            *rows += 1;
            heard.end = match told {
                _ if *rows > MOST_A_MINUTE => Some(End::TooMuch),
                Some(Ok(change)) => {
                    heard.changes.push(change);
                    None
                }
                // One row that says nothing; the next ones still come.
                Some(Err(Error::UnexpectedValue { .. } | Error::Missing { .. })) => None,
                Some(Err(Error::FellBehind)) => Some(End::TooMuch),
                Some(Err(error)) if super::Trouble::ends_connection(&error) => Some(End::ConnectionLost),
                Some(Err(_)) | None => Some(End::Refused),
            };
            if heard.end.is_some() || heard.changes.len() >= MOST_AT_ONCE {
                break;
            }
            next = stream.next().now_or_never();
        }
        heard
    }
}

impl Poller {
    /// Asks the router to tell of changes, after a poll, unless it does already or does not want to.
    pub(super) async fn start_listening(&mut self) {
        if !self.setup.listen {
            self.listener = None;
            return self.listening_is(Listening::Off).await;
        }
        let now = self.common.site.clock.now();
        if let Some(listener) = &self.listener {
            let lasts = (now - listener.since).abs();
            if listener.is_on() {
                if lasts >= LASTED {
                    self.listens_ended = 0;
                }
                return;
            }
            let doublings = self.listens_ended.saturating_sub(1).min(MOST_DOUBLINGS);
            if lasts < ASK_AGAIN_AFTER * (1 << doublings) {
                return;
            }
        }
        let Some(client) = &self.client else { return };
        match tokio::time::timeout(ASKED_WITHIN, client.listen_interfaces()).await {
            Ok(Ok(changes)) => {
                self.listener = Some(Listener::new(changes, now));
                self.listening_is(Listening::On).await;
            }
            _ => {
                self.listener = None;
                self.listens_ended += 1;
                self.listening_is(Listening::Off).await;
            }
        }
    }

    /// Makes what was heard the links' current states, at once.
    pub(super) async fn hear(&mut self, heard: Heard) {
        let verdict = of_changes(&self.memory, &heard.changes, self.common.site.clock.now());
        let mut links = verdict.memory.links.iter().zip(&self.memory.links);
        // What is remembered and not stored, nobody would store: the next poll finds nothing new in it.
        if links.all(|(new, old)| new.row == old.row) {
            self.memory = verdict.memory;
        } else {
            match record::store(&self.common, self.setup.key(), &self.memory, &verdict).await {
                Ok(()) => self.memory = verdict.memory,
                Err(error) => {
                    tracing::warn!(router = %self.setup.router, %error, "a change of a link waits for the next poll");
                }
            }
        }
        let Some(end) = heard.end else { return };
        self.listens_ended += 1;
        let now = self.common.site.clock.now();
        let ended = match end {
            End::ConnectionLost => {
                self.listener = None;
                Listening::Off
            }
            End::Refused | End::TooMuch => {
                if let Some(listener) = &mut self.listener {
                    (listener.changes, listener.since) = (None, now);
                }
                match end {
                    End::TooMuch => Listening::Flooded,
                    _ => Listening::Refused,
                }
            }
        };
        self.listening_is(ended).await;
    }

    async fn listening_is(&mut self, listening: Listening) {
        if self.memory.router.listening == listening {
            return;
        }
        let mut verdict = Verdict::of(self.memory.clone());
        verdict.memory.router.listening = listening;
        if let Err(error) = record::store(&self.common, self.setup.key(), &self.memory, &verdict).await {
            tracing::debug!(router = %self.setup.router, %error, "what a router tells of is stored with its next poll");
        }
        self.memory = verdict.memory;
    }
}

/// What follows from what the router told at `now`.
fn of_changes(old: &Memory, changes: &[InterfaceChange], now: DateTime<Utc>) -> Verdict {
    let mut verdict = Verdict::of(old.clone());
    let now = in_milliseconds(now);
    let ahead = old.ahead;
    for change in changes {
        let interface = match change {
            InterfaceChange::Seen(interface) => interface,
            InterfaceChange::Gone { id } => {
                // Nobody knows whether what is gone is down.
                for link in verdict.memory.links.iter_mut().filter(|link| id_of(link) == Some(id)) {
                    let problem = missing(link);
                    become_unknown(link, now, Some(problem), &mut verdict.changes);
                    link.row.edge_at = Some(after_the_last(link, now));
                }
                continue;
            }
        };
        for link in verdict.memory.links.iter_mut().filter(|link| is_of(link, interface)) {
            if is_dynamic(link) {
                link.told_id = Some(interface.id.clone());
            }
            let Some((known, became)) = link
                .row
                .known
                .and_then(|known| Some((known, condition(known, interface)?)))
            else {
                continue;
            };
            let was_unknown = link.row.state == LinkCondition::Unknown;
            if known == became && !was_unknown {
                continue;
            }
            let at = after_the_last(link, stamped(link, interface, became, ahead, now).unwrap_or(now));
            become_state(link, at, became, None, &mut verdict.changes);
            if was_unknown {
                link.row.problem = None;
            }
            (link.row.known, link.row.edge_at) = (Some(became), Some(at));
            if known == became {
                continue;
            }
            verdict.edges.push(Edge {
                link: link.setup.id,
                at,
                became,
                source: EdgeSource::Listen,
            });
        }
    }
    verdict
}

/// `at`, but after the edge that is known.
fn after_the_last(link: &LinkMemory, at: DateTime<Utc>) -> DateTime<Utc> {
    link.row
        .edge_at
        .map_or(at, |edge| at.max(edge + TimeDelta::milliseconds(1)))
}

/// The router's own stamp of what is told now, if it was long on its way: the line that fails may be the line that tells.
/// A link comes up and goes down with a stamp; switching off what is down has none.
fn stamped(
    link: &LinkMemory,
    interface: &ChangedInterface,
    became: LinkCondition,
    ahead: Option<TimeDelta>,
    now: DateTime<Utc>,
) -> Option<DateTime<Utc>> {
    let was_up = link.row.known? == LinkCondition::Up;
    let stamp = match (was_up, became == LinkCondition::Up) {
        (true, false) => interface.last_link_down,
        (false, true) => interface.last_link_up,
        _ => None,
    };
    let at = in_milliseconds(stamp?.and_utc() - ahead?);
    let polled = link.baseline.as_ref()?.reading.at;
    (polled <= at && at + SAME_STAMP < now).then_some(at)
}

/// A dynamic interface is its name, for its `.id` goes to the next customer.
fn is_dynamic(link: &LinkMemory) -> bool {
    link.setup.interface.name.starts_with('<')
}

/// The `.id` that the link's interface has.
fn id_of(link: &LinkMemory) -> Option<&str> {
    link.told_id.as_deref().or(link.known_as().1)
}

/// Whether the interface is the link's.
fn is_of(link: &LinkMemory, interface: &ChangedInterface) -> bool {
    if is_dynamic(link) {
        let name = interface.name.as_ref().map(|name| name.as_str());
        return name == Some(link.setup.interface.name.as_str());
    }
    id_of(link) == Some(interface.id.as_str())
}

/// What the interface became, given what it was: a row need not tell of both.
fn condition(known: LinkCondition, interface: &ChangedInterface) -> Option<LinkCondition> {
    match (interface.disabled, interface.running) {
        (Some(true), _) => Some(LinkCondition::Disabled),
        (None, _) if known == LinkCondition::Disabled => None,
        (_, Some(true)) => Some(LinkCondition::Up),
        (_, Some(false)) => Some(LinkCondition::Down),
        (_, None) => None,
    }
}

/// The edges that a poll proves and nobody told of: by the router's own stamps where they are new, or at the poll.
/// Remembers what the link is now.
pub(super) fn found(
    link: &mut LinkMemory,
    reading: &Reading,
    now: LinkCondition,
    ahead: Option<TimeDelta>,
) -> Vec<Edge> {
    let at = in_milliseconds(reading.at);
    let edge_at = link.row.edge_at;
    let Some(mut state) = link.row.known.replace(now) else {
        return Vec::new();
    };
    let before = link.baseline.as_ref().map(|baseline| &baseline.reading);
    let stamped = |new: Option<NaiveDateTime>, old: Option<NaiveDateTime>| {
        let stamp = in_milliseconds(new.filter(|_| new != old)?.and_utc() - ahead?);
        let untold = edge_at.is_none_or(|edge| edge + SAME_STAMP < stamp);
        let within = before.is_some_and(|before| before.at - SAME_STAMP <= stamp) && stamp <= at + SAME_STAMP;
        (untold && within).then_some(stamp.min(at))
    };
    let went_down = stamped(reading.last_link_down, before.and_then(|before| before.last_link_down));
    let came_up = stamped(reading.last_link_up, before.and_then(|before| before.last_link_up));
    let mut stamps = [(went_down, LinkCondition::Down), (came_up, LinkCondition::Up)];
    if state != LinkCondition::Up {
        stamps.reverse();
    }
    // Stable: a drop within a second begins with what the link was not.
    stamps.sort_by_key(|(stamp, _)| *stamp);
    let mut edges = Vec::new();
    let mut add = |at, became, source| {
        // What happened within a second has one stamp, and would lose its order.
        let at = after_the_last(link, at);
        link.row.edge_at = Some(at);
        edges.push(Edge {
            link: link.setup.id,
            at,
            became,
            source,
        });
    };
    let last = stamps.len() - 1;
    for (index, (stamp, became)) in stamps.into_iter().enumerate() {
        let became = match became {
            // Switching an interface off takes its link down.
            LinkCondition::Down if index == last && now == LinkCondition::Disabled => now,
            LinkCondition::Down if state == LinkCondition::Disabled => continue,
            became => became,
        };
        if let Some(stamp) = stamp.filter(|_| state != became) {
            add(stamp, became, EdgeSource::LinkDowns);
            state = became;
        }
    }
    if state != now {
        add(at, now, EdgeSource::Poll);
    }
    edges
}

fn in_milliseconds(at: DateTime<Utc>) -> DateTime<Utc> {
    at.duration_trunc(TimeDelta::milliseconds(1)).unwrap_or(at)
}
