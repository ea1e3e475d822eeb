//! Where the fakes take the time from, so that a test can hold it still or let a month pass.
//!
//! Only what a fake *says* (counters, stamps, uptime) follows this clock. Pauses on the wire, such
//! as the interval between two pings, are real time.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

/// A source of Unix time in milliseconds. Cloning shares it.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> i64 + Send + Sync>);

impl Clock {
    /// The clock of the machine.
    pub fn system() -> Self {
        Self::from_fn(|| {
            let since_epoch = SystemTime::now().duration_since(UNIX_EPOCH);
            since_epoch.map_or(0, |elapsed| i64::try_from(elapsed.as_millis()).unwrap_or(i64::MAX))
        })
    }

    /// A clock that asks `now` for the Unix time in milliseconds.
    pub fn from_fn(now: impl Fn() -> i64 + Send + Sync + 'static) -> Self {
        Self(Arc::new(now))
    }

    /// A clock that stands at `start_ms` until its owner moves it.
    pub fn manual(start_ms: i64) -> (Self, ManualClock) {
        let hands = ManualClock(Arc::new(AtomicI64::new(start_ms)));
        let read = hands.clone();
        (Self::from_fn(move || read.0.load(Ordering::SeqCst)), hands)
    }

    /// Unix time in milliseconds.
    pub fn now_ms(&self) -> i64 {
        (self.0)()
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Clock({} ms)", self.now_ms())
    }
}

/// The hands of a [`Clock::manual`].
#[derive(Clone, Debug)]
pub struct ManualClock(Arc<AtomicI64>);

impl ManualClock {
    /// Moves the clock by `ms`; backwards too, which real clocks also do.
    pub fn advance_ms(&self, ms: i64) {
        self.0.fetch_add(ms, Ordering::SeqCst);
    }
}
