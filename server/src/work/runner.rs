//! The loops: each worker is a step that is called again and again, woken by a signal, with a poll each second as the
//! safety net. No other place of the program loops.
//!
//! A stop lets the step that runs finish, so that nothing is half done.

use std::{future::Future, panic::AssertUnwindSafe, sync::Arc, time::Duration};

use futures_util::FutureExt;
use tokio::{
    sync::{Notify, watch},
    task::JoinSet,
};

use crate::{clock::Clock, work::health::Health};

/// How long an idle worker waits for a signal before it looks by itself.
const SAFETY_NET: Duration = Duration::from_secs(1);

/// How long a worker rests after a failed step.
const AFTER_ERROR: Duration = Duration::from_secs(2);

/// Whether a step found something to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Worked {
    /// There may be more: call again at once.
    More,
    /// Nothing to do now.
    Idle,
}

/// Wakes a worker from elsewhere in the process.
#[derive(Clone, Debug, Default)]
pub struct Nudge(Arc<Notify>);

impl Nudge {
    /// Wakes the worker, or lets it not fall asleep if it is about to.
    pub fn nudge(&self) {
        self.0.notify_one();
    }

    /// Returns when somebody does, or did since the last time.
    pub async fn nudged(&self) {
        self.0.notified().await;
    }
}

/// Says to all workers of a process when to stop. Clones share it.
#[derive(Clone, Debug)]
pub struct Stop(watch::Sender<bool>);

impl Default for Stop {
    fn default() -> Self {
        Self(watch::Sender::new(false))
    }
}

impl Stop {
    /// Asks all workers to stop.
    pub fn stop(&self) {
        self.0.send_replace(true);
    }

    /// Whether they were asked.
    #[must_use]
    pub fn is_stopped(&self) -> bool {
        *self.0.borrow()
    }

    /// Returns when they are asked.
    pub async fn stopped(&self) {
        // The sender lives as long as `self`, so this can't fail.
        let _ = self.0.subscribe().wait_for(|stopped| *stopped).await;
    }
}

/// The workers of one process.
#[derive(Debug)]
pub struct Runner {
    clock: Clock,
    health: Health,
    stop: Stop,
    tasks: JoinSet<()>,
}

impl Runner {
    /// No workers yet.
    #[must_use]
    pub fn new(clock: Clock, health: Health, stop: Stop) -> Self {
        Self {
            clock,
            health,
            stop,
            tasks: JoinSet::new(),
        }
    }

    /// Starts a worker that calls `step` until the stop.
    pub fn start<F, Fut>(&mut self, name: &'static str, nudge: Nudge, step: F)
    where
        F: Fn() -> Fut + Send + 'static,
        Fut: Future<Output = anyhow::Result<Worked>> + Send,
    {
        let (clock, health, stop) = (self.clock.clone(), self.health.clone(), self.stop.clone());
        self.tasks.spawn(async move {
            while !stop.is_stopped() {
                // A panic ends its step, never the worker.
                let stepped = AssertUnwindSafe(step()).catch_unwind().await;
                let rest = match stepped.unwrap_or_else(|_| Err(anyhow::anyhow!("it panicked; the log says where"))) {
                    Ok(Worked::More) => {
                        health.succeeded(name, clock.now());
                        continue;
                    }
                    Ok(Worked::Idle) => {
                        health.succeeded(name, clock.now());
                        SAFETY_NET
                    }
                    Err(error) => {
                        tracing::error!(worker = name, error = format!("{error:#}"), "a worker's step failed");
                        health.failed(name, clock.now(), format!("{error:#}"));
                        AFTER_ERROR
                    }
                };
                tokio::select! {
                    () = stop.stopped() => {}
                    () = nudge.nudged() => {}
                    () = tokio::time::sleep(rest) => {}
                }
            }
        });
    }

    /// Starts a task that looks after its own loop and ends by itself after the stop, as the collector does.
    pub fn start_task(&mut self, task: impl Future<Output = ()> + Send + 'static) {
        self.tasks.spawn(task);
    }

    /// Waits until all workers have stopped. Ask them first.
    pub async fn finished(mut self) {
        while let Some(ended) = self.tasks.join_next().await {
            if let Err(error) = ended {
                tracing::error!(%error, "a worker panicked");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_step_that_panics_is_a_failed_one_and_the_worker_goes_on() {
        let stop = Stop::default();
        let mut runner = Runner::new(Clock::system(), Health::default(), stop.clone());
        let steps = Arc::new(AtomicUsize::new(0));
        let (counted, last) = (steps.clone(), stop.clone());
        runner.start("fragile", Nudge::default(), move || {
            let step = counted.fetch_add(1, Ordering::SeqCst);
            let last = last.clone();
            async move {
                assert!(step > 0, "the first step fails");
                last.stop();
                Ok(Worked::Idle)
            }
        });
        runner.finished().await;
        assert_eq!(steps.load(Ordering::SeqCst), 2);
    }
}
