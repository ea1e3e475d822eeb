//! How often the account may be asked: a bucket of tokens, and a rest for everybody after a 429.
//!
//! It holds nothing but two moments of Tokio's clock, which a test can stop.

use crate::options::Rate;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use tokio::time::{Instant, sleep_until};

pub(crate) struct Limiter {
    /// Between two requests in the long run.
    interval: Duration,
    /// How far ahead of their time requests may come.
    slack: Duration,
    patience: Duration,
    state: Mutex<State>,
}

struct State {
    /// When the next request would be in time, were they evenly spread. In the past after a rest.
    due: Instant,
    /// Nobody asks before this.
    resting_until: Instant,
}

impl Limiter {
    pub(crate) fn new(rate: &Rate) -> Self {
        let per_second = if rate.per_second.is_finite() {
            rate.per_second.clamp(0.01, 10_000.0)
        } else {
            10_000.0
        };
        let interval = Duration::from_secs_f64(1.0 / per_second);
        let now = Instant::now();
        Self {
            interval,
            slack: interval.saturating_mul(rate.burst.saturating_sub(1)),
            patience: rate.patience,
            state: Mutex::new(State {
                due: now,
                resting_until: now,
            }),
        }
    }

    /// Waits for the caller's turn.
    ///
    /// # Errors
    ///
    /// The moment of its turn, if that is further away than the patience.
    pub(crate) async fn wait(&self) -> Result<(), Instant> {
        let start = Instant::now();
        loop {
            let turn = self.turn(start)?;
            if turn <= Instant::now() {
                return Ok(());
            }
            sleep_until(turn).await;
            // A rest may have begun meanwhile; then the turn is lost, and everybody queues anew.
            if !self.rests() {
                return Ok(());
            }
        }
    }

    /// Everybody rests for this long from now; a longer rest that was ordered before stays.
    pub(crate) fn rest(&self, duration: Duration) {
        let mut state = self.lock();
        state.resting_until = state.resting_until.max(Instant::now() + duration);
        // No burst after the rest: whoever was asked too often should be asked gently.
        state.due = state.resting_until + self.slack;
    }

    fn turn(&self, start: Instant) -> Result<Instant, Instant> {
        let mut state = self.lock();
        let now = Instant::now();
        let due = state.due.max(now);
        let turn = (due.checked_sub(self.slack).unwrap_or(now))
            .max(state.resting_until)
            .max(now);
        if turn.duration_since(start) > self.patience {
            return Err(turn);
        }
        state.due = due + self.interval;
        Ok(turn)
    }

    fn rests(&self) -> bool {
        self.lock().resting_until > Instant::now()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    fn limiter() -> Limiter {
        Limiter::new(&Rate {
            per_second: 4.0,
            burst: 8,
            rest: Duration::from_secs(60),
            patience: Duration::from_secs(120),
        })
    }

    #[tokio::test(start_paused = true)]
    async fn a_burst_passes_at_once_and_the_rest_at_the_rate() {
        let limiter = limiter();
        let start = Instant::now();
        for _ in 0..8 {
            limiter.wait().await.unwrap();
        }
        assert_eq!(start.elapsed(), Duration::ZERO);
        for _ in 0..8 {
            limiter.wait().await.unwrap();
        }
        assert_eq!(start.elapsed().as_secs(), 2);
        tokio::time::sleep(Duration::from_secs(60)).await;
        let start = Instant::now();
        for _ in 0..8 {
            limiter.wait().await.unwrap();
        }
        assert_eq!(start.elapsed(), Duration::ZERO);
    }

    #[tokio::test(start_paused = true)]
    async fn a_rest_holds_everybody_also_who_waits_already() {
        let limiter = Arc::new(limiter());
        for _ in 0..8 {
            limiter.wait().await.unwrap();
        }
        let start = Instant::now();
        let waiting = tokio::spawn({
            let limiter = limiter.clone();
            async move { limiter.wait().await.map(|()| start.elapsed()) }
        });
        tokio::task::yield_now().await;
        limiter.rest(Duration::from_secs(60));
        limiter.rest(Duration::from_secs(1));
        limiter.wait().await.unwrap();
        let first = start.elapsed();
        let second = waiting.await.unwrap().unwrap();
        // Both after the rest, and not both at once.
        assert_eq!(first.min(second).as_secs(), 60);
        assert_ne!(first, second);
    }

    #[tokio::test(start_paused = true)]
    async fn whoever_would_wait_too_long_hears_it_at_once() {
        let limiter = limiter();
        limiter.rest(Duration::from_secs(3600));
        let start = Instant::now();
        let turn = limiter.wait().await.unwrap_err();
        assert_eq!(start.elapsed(), Duration::ZERO);
        assert_eq!(turn.duration_since(start).as_secs(), 3600);
    }
}
