//! How the workers of this process fare: last success, errors and lag, for the admin dashboard and `/metrics`.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};

use chrono::{DateTime, Utc};
use prometheus_client::{
    collector::Collector,
    encoding::{DescriptorEncoder, EncodeMetric},
    metrics::{MetricType, counter::ConstCounter, gauge::ConstGauge},
};

/// What is known of one worker.
#[derive(Clone, Debug, Default)]
pub struct WorkerHealth {
    /// When a step last ended well.
    pub last_success: Option<DateTime<Utc>>,
    /// Why the last failing step failed, and when.
    pub last_error: Option<(DateTime<Utc>, String)>,
    /// Steps that ended well, since the start of the process.
    pub steps: u64,
    /// Steps that failed.
    pub errors: u64,
}

/// The health of all workers of this process. Clones share it.
#[derive(Clone, Debug, Default)]
pub struct Health(Arc<Mutex<BTreeMap<&'static str, WorkerHealth>>>);

impl Health {
    /// A step of `worker` ended well.
    pub fn succeeded(&self, worker: &'static str, now: DateTime<Utc>) {
        self.change(worker, |health| {
            health.last_success = Some(now);
            health.steps += 1;
        });
    }

    /// A step of `worker` failed.
    pub fn failed(&self, worker: &'static str, now: DateTime<Utc>, error: String) {
        self.change(worker, |health| {
            health.last_error = Some((now, error));
            health.errors += 1;
        });
    }

    /// All workers, by name.
    #[must_use]
    pub fn all(&self) -> BTreeMap<&'static str, WorkerHealth> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// What `/metrics` says of the workers.
    #[must_use]
    pub fn figures(&self) -> Box<dyn Collector> {
        Box::new(self.clone())
    }

    fn change(&self, worker: &'static str, change: impl FnOnce(&mut WorkerHealth)) {
        change(
            self.0
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .entry(worker)
                .or_default(),
        );
    }
}

impl Collector for Health {
    fn encode(&self, mut encoder: DescriptorEncoder<'_>) -> Result<(), std::fmt::Error> {
        let workers = self.all();
        let mut told = encoder.encode_descriptor(
            "worker_last_success_timestamp_seconds",
            "When a worker's step last ended well",
            None,
            MetricType::Gauge,
        )?;
        for (name, worker) in &workers {
            let at = worker.last_success.map_or(0, |at| at.timestamp());
            ConstGauge::new(at).encode(told.encode_family(&[("worker", *name)])?)?;
        }
        let mut told = encoder.encode_descriptor(
            "worker_errors",
            "Steps of a worker that failed",
            None,
            MetricType::Counter,
        )?;
        for (name, worker) in &workers {
            ConstCounter::new(worker.errors).encode(told.encode_family(&[("worker", *name)])?)?;
        }
        Ok(())
    }
}
