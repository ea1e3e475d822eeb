//! Open event streams: how many there are, and how many there may be. What is sent on them is in `live`.
//!
//! An account with too many loses its oldest, not the newest: that a page was left is only noticed when something is
//! sent to it, so the oldest are likely to be nobody's any more. A page whose stream ends asks for another by itself.

use std::{
    collections::{HashMap, VecDeque},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use entity::AccountId;
use prometheus_client::metrics::gauge::Gauge;
use tokio::sync::oneshot;

use crate::metrics::Metrics;

/// Of one account, in all of its browsers. Pages that nobody sees hold none.
const OF_ONE_ACCOUNT: usize = 20;

/// Of one process. Each is a connection, and a look at its session every few seconds.
const OF_ALL: i64 = 5_000;

/// The streams of one process. Clones share them.
#[derive(Clone, Debug)]
pub struct Streams {
    /// What ends each stream of an account when it is dropped, oldest first.
    ends: Arc<Mutex<HashMap<AccountId, VecDeque<oneshot::Sender<()>>>>>,
    open: Gauge,
}

impl Streams {
    pub(crate) fn register(metrics: &Metrics) -> Self {
        let streams = Self {
            ends: Arc::default(),
            open: Gauge::default(),
        };
        let open = streams.open.clone();
        metrics.register(|registry| {
            let registry = registry.sub_registry_with_prefix("http");
            registry.register("event_streams", "Event streams of open pages", open);
        });
        streams
    }

    /// A place for one more; none when the process has as many as it takes.
    pub(super) fn enter(&self, account: AccountId) -> Option<Place> {
        let mut ends = self.lock();
        if self.open.get() >= OF_ALL {
            return None;
        }
        let (end, ended) = oneshot::channel();
        let own = ends.entry(account).or_default();
        if own.len() >= OF_ONE_ACCOUNT {
            own.pop_front();
        }
        own.push_back(end);
        self.open.inc();
        Some(Place {
            streams: self.clone(),
            account,
            ended,
        })
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<AccountId, VecDeque<oneshot::Sender<()>>>> {
        self.ends.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A stream's place among the others, until it is dropped.
#[derive(Debug)]
pub(super) struct Place {
    streams: Streams,
    account: AccountId,
    ended: oneshot::Receiver<()>,
}

impl Place {
    /// Waits until a newer stream takes the place.
    pub(super) async fn taken(&mut self) {
        // Nothing is ever sent: the other half is dropped.
        let _ = (&mut self.ended).await;
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.ended.close();
        let mut ends = self.streams.lock();
        if let Some(own) = ends.get_mut(&self.account) {
            own.retain(|end| !end.is_closed());
            if own.is_empty() {
                ends.remove(&self.account);
            }
        }
        self.streams.open.dec();
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt;

    use super::*;

    #[test]
    fn an_account_with_too_many_streams_loses_its_oldest() {
        let metrics = Metrics::new();
        let streams = Streams::register(&metrics);
        let (alice, bob) = (AccountId::new(), AccountId::new());
        let mut of_bob = streams.enter(bob).unwrap();
        let mut places: Vec<Place> = (0..OF_ONE_ACCOUNT).map(|_| streams.enter(alice).unwrap()).collect();
        // One that has ended makes room.
        drop(places.remove(5));
        places.push(streams.enter(alice).unwrap());
        let is_taken = |place: &mut Place| place.taken().now_or_never().is_some();
        assert!(!places.iter_mut().any(is_taken));
        places.push(streams.enter(alice).unwrap());
        let taken: Vec<bool> = places.iter_mut().map(is_taken).collect();
        assert_eq!(taken.iter().position(|taken| *taken), Some(0));
        assert_eq!(taken.iter().filter(|taken| **taken).count(), 1);
        assert!(!is_taken(&mut of_bob));
        let figures = metrics.to_text();
        assert!(figures.contains("mainstay_http_event_streams 22"), "{figures}");
        drop(places);
        assert_eq!(streams.lock().len(), 1, "only Bob is left");
    }

    #[test]
    fn a_process_takes_no_more_streams_than_it_can_serve() {
        let streams = Streams::register(&Metrics::new());
        let mut places: Vec<Place> = (0..OF_ALL).map(|_| streams.enter(AccountId::new()).unwrap()).collect();
        assert!(streams.enter(AccountId::new()).is_none());
        places.pop();
        assert!(streams.enter(AccountId::new()).is_some());
    }
}
