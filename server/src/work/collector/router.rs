//! One router of this process: its connection, what is known of it, and its turn.

use std::{sync::Arc, time::Duration};

use chrono::{DateTime, TimeDelta, Utc};
use entity::router_state::{Listening, Reach};
use routeros::Client;
use sea_orm::DbErr;
use tokio::{sync::watch, time::Instant};

use super::{
    Common,
    ask::{Answer, ask},
    edges::Listener,
    judge::{self, Times},
    live::{LOOK_EVERY, Live},
    memory::Memory,
    record::{self, NotStored},
    setup::Setup,
    trouble::Trouble,
};
use crate::{domain::links::slot::Slot, work::runner::Stop};

/// How long a live look may take.
const LONGEST_LOOK: Duration = Duration::from_secs(8);

/// With less time than this before a poll, a live look is not begun: what it can't finish costs the connection.
const SHORTEST_LOOK: Duration = Duration::from_secs(1);

/// How long to wait before the database is asked again.
const AFTER_DATABASE_ERROR: Duration = Duration::from_secs(2);

/// By then the supervisor has told of a change of the set-up, unless it was taken back.
const SOON: Duration = Duration::from_secs(2);

/// What the supervisor wants of a router's task.
#[derive(Clone, Debug)]
pub(super) struct Orders {
    pub(super) setup: Arc<Setup>,
    pub(super) live: Live,
    pub(super) end: Option<End>,
}

/// Why a task ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// Another process, or the next start of this one, goes on with the router.
    HandedOver,
    /// Staff switched the router off: nobody knows any more what its links are.
    SwitchedOff,
}

/// What became of a poll.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Polled {
    Stored,
    /// The database did not take it before its slot was over. The next poll counts from the reading before.
    GivenUp,
    /// Something more urgent came.
    Dropped,
    /// The set-up changed meanwhile, of which this task will hear in a moment.
    Outdated,
    /// Another process polls the router by now.
    NotOurs,
}

/// A router with its connection.
pub(super) struct Poller {
    pub(super) common: Common,
    pub(super) setup: Arc<Setup>,
    pub(super) memory: Memory,
    pub(super) client: Option<Client>,
    /// Of this connection; none until it was asked to tell.
    pub(super) listener: Option<Listener>,
    /// How often listening ended since it last lasted.
    pub(super) listens_ended: u32,
}

/// Polls the router until it is told to stop. `delay` keeps it apart from others that are taken over together.
pub(super) async fn run(common: Common, mut orders: watch::Receiver<Orders>, delay: Duration) {
    let mut seen = orders.borrow_and_update().setup.clone();
    let mut poller = loop {
        match Poller::load(common.clone(), seen.clone()).await {
            Ok(poller) => break poller,
            Err(error) => tracing::warn!(router = %seen.router, %error, "what is known of a router can't be read"),
        }
        tokio::time::sleep(AFTER_DATABASE_ERROR).await;
        if orders.borrow().end.is_some() {
            return;
        }
    };
    let clock = common.site.clock.clone();
    let mut due = poller.first_due(delay);
    if due <= clock.now() {
        tokio::select! {
            _ = orders.changed() => {}
            () = tokio::time::sleep(delay) => {}
        }
    }
    let mut live = Live::default();
    let mut look: Option<DateTime<Utc>> = None;
    loop {
        let new = orders.borrow_and_update().clone();
        if new.end == Some(End::SwitchedOff) {
            poller.store_switched_off(&common.site.stop).await;
        }
        if new.end.is_some() || orders.has_changed().is_err() {
            return;
        }
        let now = clock.now();
        if !Arc::ptr_eq(&new.setup, &seen) {
            match poller.set_up(new.setup.clone()).await {
                Ok(true) => due = now,
                Ok(false) => {}
                Err(error) => {
                    tracing::warn!(router = %seen.router, %error, "a changed router can't be read");
                    tokio::time::sleep(AFTER_DATABASE_ERROR).await;
                    continue;
                }
            }
            seen = new.setup;
        }
        // A clock that went back must not put it off.
        due = due.min(poller.setup.schedule.next_after(now));
        if new.live != live {
            let more = new.live.has_more_than(&live);
            live = new.live;
            look = if live.is_empty() {
                None
            } else if more {
                Some(now)
            } else {
                look
            };
        }
        look = look.map(|look| look.min(now + LOOK_EVERY));
        let limit = look_limit(now, due);
        // Where there is no time for a look any more, the poll comes first.
        let wake = look.filter(|_| limit.is_some()).map_or(due, |look| look.min(due));
        if wake > now {
            let rest = (wake - now).to_std().unwrap_or_default();
            tokio::select! {
                changed = orders.changed() => if changed.is_err() { return },
                () = tokio::time::sleep(rest) => {}
                heard = Listener::heard(&mut poller.listener) => {
                    poller.hear(heard).await;
                    due = due.min(poller.next_due());
                }
            }
        } else if due <= now {
            match Box::pin(poller.poll(due, &mut orders)).await {
                Polled::NotOurs => return,
                Polled::Dropped => {}
                Polled::Outdated => {
                    let unheard = |orders: &Orders| orders.end.is_none() && Arc::ptr_eq(&orders.setup, &seen);
                    let _ = tokio::time::timeout(SOON, orders.wait_for(|orders| !unheard(orders))).await;
                }
                Polled::Stored | Polled::GivenUp => due = poller.next_due(),
            }
        } else if let Some(limit) = limit {
            tokio::select! {
                biased;
                () = cut_short(&mut orders, &seen) => {}
                looked = poller.look(&live, limit) => if let Err(error) = looked {
                    tracing::debug!(router = %seen.router, %error, "a live look failed");
                }
            }
            due = due.min(poller.next_due());
            look = Some(clock.now() + LOOK_EVERY);
        }
    }
}

impl Poller {
    pub(super) async fn load(common: Common, setup: Arc<Setup>) -> Result<Self, DbErr> {
        Ok(Self {
            memory: Memory::load(&common.site, &setup).await?,
            common,
            setup,
            client: None,
            listener: None,
            listens_ended: 0,
        })
    }

    /// Takes over another set-up, and says whether the router is to be polled at once.
    pub(super) async fn set_up(&mut self, setup: Arc<Setup>) -> Result<bool, DbErr> {
        self.memory.follow(&self.common.site, &setup).await?;
        if setup.access != self.setup.access {
            self.client = None;
            self.listener = None;
        }
        let news = setup.is_news(&self.setup);
        self.setup = setup;
        Ok(news)
    }

    /// Its first turn; sooner where it failed, or is to tell of its changes, by then `delay` later than it would be.
    pub(super) fn first_due(&self, delay: Duration) -> DateTime<Utc> {
        // One that was switched off and on again is as good as new.
        let known = self.memory.router.reach != Reach::New;
        let last_poll = self.memory.router.last_poll_at.filter(|_| known);
        let turn = self.setup.schedule.first(last_poll, self.common.site.clock.now());
        turn.min(self.next_due() + delay)
    }

    /// Its next turn; sooner where nobody knows how it is, or hears of its changes.
    pub(super) fn next_due(&self) -> DateTime<Utc> {
        let now = self.common.site.clock.now();
        match self.memory.router.failures_in_a_row {
            0 if self.setup.listen && self.listener.is_none() => self.setup.schedule.reconnect(self.listens_ended, now),
            0 => self.setup.schedule.next_after(now),
            failures => self.setup.schedule.retry(failures.unsigned_abs(), now),
        }
    }

    /// Asks the router, judges and stores. An order to stop or to go elsewhere ends the asking, never the storing.
    pub(super) async fn poll(&mut self, due: DateTime<Utc>, orders: &mut watch::Receiver<Orders>) -> Polled {
        let clock = self.common.site.clock.clone();
        let figures = self.common.figures.clone();
        let started = clock.now();
        figures.lag_seconds.observe(seconds(started - due));
        let (limit, setup) = (self.setup.schedule.limit(), self.setup.clone());
        let (common, memory) = (self.common.clone(), self.memory.clone());
        let client = self.client.take();
        let mut asking = Box::pin(tokio::time::timeout(
            limit,
            ask_router(&common, &setup, &memory, client),
        ));
        let asked = loop {
            tokio::select! {
                biased;
                () = cut_short(orders, &setup) => return Polled::Dropped,
                asked = &mut asking => break asked,
                heard = Listener::heard(&mut self.listener) => self.hear(heard).await,
            }
        };
        drop(asking);
        let times = Times {
            due,
            started,
            ended: clock.now(),
        };
        // Without an answer in time, what is on the wire belongs to no question any more.
        let asked = asked.unwrap_or_else(|_| Asked {
            client: None,
            anew: true,
            answer: Err(Trouble::Slow(limit)),
        });
        self.client = asked.client;
        if asked.anew {
            self.listener = None;
            self.memory.router.listening = Listening::Off;
        }
        let asked = asked.answer;
        figures.poll_seconds.observe(seconds(times.ended - started));
        figures.polled(asked.as_ref().map_or_else(Trouble::code, |_| "ok"));
        let verdict = match &asked {
            Ok(answer) => judge::of_answer(&self.memory, &setup, times, answer),
            Err(trouble) => {
                tracing::debug!(router = %setup.router, code = trouble.code(), %trouble, "a poll failed");
                judge::of_trouble(&self.memory, &setup, times, trouble)
            }
        };
        if verdict.memory.router.overruns > self.memory.router.overruns {
            figures.overruns.inc();
            tracing::warn!(router = %setup.router, "a poll was not over when the next was due");
        }
        let until = Slot::from_instant(started).end();
        loop {
            match record::store(&self.common, setup.key(), &self.memory, &verdict).await {
                Ok(()) => break,
                Err(NotStored::NotOurs) => return Polled::NotOurs,
                Err(NotStored::Outdated) => return Polled::Outdated,
                Err(NotStored::Database(error)) => {
                    figures.store_failures.inc();
                    tracing::warn!(router = %setup.router, %error, "a poll can't be stored yet");
                }
            }
            if clock.now() >= until || orders.borrow().end.is_some() {
                return Polled::GivenUp;
            }
            tokio::time::sleep(AFTER_DATABASE_ERROR).await;
        }
        if let Some(pin) = verdict.pin {
            let mut pinned = Setup::clone(&setup);
            pinned.access.pin = Some(pin.to_vec());
            self.setup = Arc::new(pinned);
        }
        self.memory = verdict.memory;
        self.start_listening().await;
        Polled::Stored
    }

    /// Stores that nobody asks the router any more, however often that takes.
    async fn store_switched_off(&mut self, stop: &Stop) {
        let verdict = judge::of_switched_off(&self.memory, self.common.site.clock.now());
        if verdict.changes.is_empty() {
            return;
        }
        while let Err(NotStored::Database(error)) =
            record::store(&self.common, self.setup.key(), &self.memory, &verdict).await
        {
            tracing::warn!(router = %self.setup.router, %error, "that a router is switched off can't be stored yet");
            tokio::select! {
                () = stop.stopped() => return,
                () = tokio::time::sleep(AFTER_DATABASE_ERROR) => {}
            }
        }
    }
}

/// What came of asking a router.
struct Asked {
    client: Option<Client>,
    /// Whether the connection is another one than before, or none.
    anew: bool,
    answer: Result<Answer, Trouble>,
}

/// Asks over `client`, the connection that is there; over a new one where it turns out to be gone.
async fn ask_router(common: &Common, setup: &Setup, memory: &Memory, client: Option<Client>) -> Asked {
    let clock = &common.site.clock;
    let pings_until = Instant::now() + setup.schedule.pings_limit();
    if let Some(client) = client.filter(|client| client.ended().is_none()) {
        match Box::pin(ask(&client, clock, memory, pings_until)).await {
            Err(error) if Trouble::ends_connection(&error) => {
                tracing::debug!(router = %setup.router, %error, "connecting anew");
            }
            answer => {
                return Asked {
                    client: Some(client),
                    anew: false,
                    answer: answer.map_err(Trouble::from),
                };
            }
        }
    }
    let (client, answer) = match setup.access.connect(&common.site, setup.key()).await {
        Err(trouble) => (None, Err(trouble)),
        Ok(client) => {
            let answer = Box::pin(ask(&client, clock, memory, pings_until)).await;
            let lost = answer.as_ref().is_err_and(Trouble::ends_connection);
            (Some(client).filter(|_| !lost), answer.map_err(Trouble::from))
        }
    };
    Asked {
        client,
        anew: true,
        answer,
    }
}

/// Returns when a poll under way is of no more use.
async fn cut_short(orders: &mut watch::Receiver<Orders>, setup: &Setup) {
    loop {
        if orders.changed().await.is_err() {
            // Nobody can say stop any more.
            return;
        }
        let new = orders.borrow_and_update();
        if new.end.is_some() || new.setup.access != setup.access {
            return;
        }
    }
}

/// How long a live look may take at `now`, so that the poll that is due at `due` is not late; none: it is too late for one.
fn look_limit(now: DateTime<Utc>, due: DateTime<Utc>) -> Option<Duration> {
    let rest = (due - now).to_std().ok().filter(|rest| *rest >= SHORTEST_LOOK)?;
    Some(rest.min(LONGEST_LOOK))
}

fn seconds(time: TimeDelta) -> f64 {
    time.num_milliseconds().max(0) as f64 / 1000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_live_look_ends_before_the_poll_is_due() {
        let at = |ms| DateTime::from_timestamp_millis(ms).unwrap();
        for (rest, limit) in [
            (300_000, Some(8_000)),
            (8_001, Some(8_000)),
            (4_000, Some(4_000)),
            (1_000, Some(1_000)),
            (999, None),
            (0, None),
            (-5_000, None),
        ] {
            let found = look_limit(at(7), at(7 + rest));
            assert_eq!(found, limit.map(Duration::from_millis), "{rest} ms");
        }
    }
}
