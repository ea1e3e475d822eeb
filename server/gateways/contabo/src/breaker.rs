//! The circuit breaker: an account whose calls only fail is left alone for a while, so that its callers
//! hear it at once and a service that is down is not hammered. Then one call tries; the others wait for
//! what becomes of it.

use crate::options::BreakerOptions;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use tokio::time::Instant;

pub(crate) struct Breaker {
    options: BreakerOptions,
    state: Mutex<State>,
}

struct State {
    /// Failures since the last answer.
    failures: u32,
    /// How long the present or the last pause is; nothing while all is well.
    pause: Duration,
    /// Open until this, and then until a call has succeeded.
    open_until: Option<Instant>,
    /// A call is trying whether it works again.
    probing: bool,
}

/// A call that may be made. What becomes of it is told to the breaker; a call that is dropped without a
/// verdict, or never came to be sent, changes nothing.
pub(crate) struct Admission<'a> {
    breaker: &'a Breaker,
    probe: bool,
}

impl Breaker {
    pub(crate) fn new(options: BreakerOptions) -> Self {
        Self {
            options,
            state: Mutex::new(State {
                failures: 0,
                pause: Duration::ZERO,
                open_until: None,
                probing: false,
            }),
        }
    }

    /// Whether a call would be admitted now.
    ///
    /// # Errors
    ///
    /// The moment from which it is worth asking again.
    pub(crate) fn check(&self) -> Result<(), Instant> {
        self.decide(&self.lock()).map(|_| ())
    }

    /// Admits a call.
    ///
    /// # Errors
    ///
    /// The moment from which it is worth asking again.
    pub(crate) fn admit(&self) -> Result<Admission<'_>, Instant> {
        let mut state = self.lock();
        let probe = self.decide(&state)?;
        state.probing |= probe;
        Ok(Admission { breaker: self, probe })
    }

    /// Whether the call is a probe.
    fn decide(&self, state: &State) -> Result<bool, Instant> {
        let now = Instant::now();
        match state.open_until {
            None => Ok(false),
            Some(until) if until > now => Err(until),
            // The probe's fate is known within a call's time; that is worth a short wait.
            Some(_) if state.probing => Err(now + Duration::from_secs(1)),
            Some(_) => Ok(true),
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Admission<'_> {
    /// Contabo answered, and not that it is broken.
    pub(crate) fn succeeded(self) {
        let mut state = self.breaker.lock();
        state.failures = 0;
        state.pause = Duration::ZERO;
        state.open_until = None;
    }

    /// No answer, or a 5xx.
    pub(crate) fn failed(self) {
        let options = &self.breaker.options;
        let mut state = self.breaker.lock();
        state.failures = state.failures.saturating_add(1);
        // Calls that were under way when the breaker opened do not lengthen the pause; a probe does.
        let opens = match state.open_until {
            None => state.failures >= options.failures.max(1),
            Some(_) => self.probe,
        };
        if opens {
            let pause = if state.pause.is_zero() {
                options.pause
            } else {
                state.pause.saturating_mul(2)
            };
            state.pause = pause.min(options.longest_pause);
            state.open_until = Some(Instant::now() + state.pause);
            tracing::warn!(
                failures = state.failures,
                seconds = state.pause.as_secs(),
                "Contabo only fails; calls are held back"
            );
        }
    }
}

impl Drop for Admission<'_> {
    fn drop(&mut self) {
        if self.probe {
            self.breaker.lock().probing = false;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::time::advance;

    fn breaker() -> Breaker {
        Breaker::new(BreakerOptions {
            failures: 5,
            pause: Duration::from_secs(30),
            longest_pause: Duration::from_secs(300),
        })
    }

    fn fail(breaker: &Breaker, times: u32) {
        for _ in 0..times {
            breaker.admit().map(Admission::failed).unwrap();
        }
    }

    #[tokio::test(start_paused = true)]
    async fn five_failures_in_a_row_open_it_and_one_success_closes_it() {
        let breaker = breaker();
        fail(&breaker, 4);
        breaker.admit().map(Admission::succeeded).unwrap();
        fail(&breaker, 5);
        let until = breaker.check().unwrap_err();
        assert_eq!(until - Instant::now(), Duration::from_secs(30));
        advance(Duration::from_secs(30)).await;
        // One probe alone.
        let probe = breaker.admit().unwrap();
        assert!(breaker.admit().is_err());
        probe.succeeded();
        fail(&breaker, 4);
        assert!(breaker.check().is_ok());
    }

    #[tokio::test(start_paused = true)]
    async fn each_failed_probe_doubles_the_pause_up_to_its_limit() {
        let breaker = breaker();
        fail(&breaker, 5);
        for seconds in [30, 60, 120, 240, 300, 300] {
            let until = breaker.check().unwrap_err();
            assert_eq!((until - Instant::now()).as_secs(), seconds);
            advance(Duration::from_secs(seconds)).await;
            fail(&breaker, 1);
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_probe_that_is_dropped_lets_the_next_one_try() {
        let breaker = breaker();
        fail(&breaker, 5);
        advance(Duration::from_secs(30)).await;
        drop(breaker.admit().unwrap());
        assert!(breaker.admit().is_ok());
    }

    #[tokio::test(start_paused = true)]
    async fn calls_under_way_do_not_lengthen_the_pause() {
        let breaker = breaker();
        let calls: Vec<_> = (0..20).map(|_| breaker.admit().unwrap()).collect();
        calls.into_iter().for_each(Admission::failed);
        let until = breaker.check().unwrap_err();
        assert_eq!((until - Instant::now()).as_secs(), 30);
    }
}
