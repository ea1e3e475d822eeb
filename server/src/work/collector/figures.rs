//! What `/metrics` says of the collector.

use prometheus_client::{
    encoding::EncodeLabelSet,
    metrics::{counter::Counter, family::Family, gauge::Gauge, histogram::Histogram},
};

use crate::metrics::Metrics;

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Outcome {
    /// `ok`, or the code of what went wrong.
    outcome: String,
}

/// The figures of one process. Clones share them.
#[derive(Clone, Debug)]
pub(super) struct Figures {
    polls: Family<Outcome, Counter>,
    /// Routers that this process polls.
    pub(super) held: Gauge,
    /// Seconds from the first question to the last answer.
    pub(super) poll_seconds: Histogram,
    /// Seconds between the instant that was due and the first question.
    pub(super) lag_seconds: Histogram,
    /// Samples written, those of failed polls included.
    pub(super) samples: Counter,
    /// Polls that were not over when the next was due.
    pub(super) overruns: Counter,
    /// Times that a poll's result could not be stored and was kept for another try.
    pub(super) store_failures: Counter,
}

impl Figures {
    pub(super) fn register(metrics: &Metrics) -> Self {
        let seconds = [0.01, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0];
        let figures = Self {
            polls: Family::default(),
            held: Gauge::default(),
            poll_seconds: Histogram::new(seconds),
            lag_seconds: Histogram::new(seconds),
            samples: Counter::default(),
            overruns: Counter::default(),
            store_failures: Counter::default(),
        };
        let all = figures.clone();
        metrics.register(|registry| {
            let registry = registry.sub_registry_with_prefix("collector");
            registry.register("routers_held", "Routers that this process polls", all.held);
            registry.register("polls", "Polls by outcome", all.polls);
            registry.register("poll_seconds", "How long polls took", all.poll_seconds);
            registry.register("lag_seconds", "How late polls began", all.lag_seconds);
            registry.register("samples", "Samples stored", all.samples);
            registry.register("overruns", "Polls not over when the next was due", all.overruns);
            registry.register("store_failures", "Failed tries to store a poll", all.store_failures);
        });
        figures
    }

    pub(super) fn polled(&self, outcome: &str) {
        let outcome = Outcome {
            outcome: outcome.to_owned(),
        };
        self.polls.get_or_create(&outcome).inc();
    }
}
