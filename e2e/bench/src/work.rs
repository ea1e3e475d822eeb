//! What a piece of work takes in this process, and in the database that it asks.

use std::time::{Duration, Instant};

use crate::{child, postgres::Postgres};

/// Work that was measured, and how often it was done.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Work {
    pub(crate) done: usize,
    pub(crate) wall: Duration,
    /// In the process that asks, and in that which is asked, if there is one.
    pub(crate) cpu: Duration,
    pub(crate) cpu_asked: Option<Duration>,
}

/// The clocks before some work.
pub(crate) struct Begun<'a> {
    postgres: Option<&'a Postgres>,
    wall: Instant,
    cpu: Duration,
    cpu_asked: Option<Duration>,
}

impl<'a> Begun<'a> {
    pub(crate) fn now(postgres: Option<&'a Postgres>) -> anyhow::Result<Self> {
        Ok(Self {
            postgres,
            cpu_asked: postgres.map(Postgres::cpu).transpose()?,
            cpu: child::own_cpu()?,
            wall: Instant::now(),
        })
    }

    pub(crate) fn done(self, done: usize) -> anyhow::Result<Work> {
        let asked = self.postgres.map(Postgres::cpu).transpose()?;
        Ok(Work {
            done,
            wall: self.wall.elapsed(),
            cpu: child::own_cpu()? - self.cpu,
            cpu_asked: asked.zip(self.cpu_asked).map(|(after, before)| after - before),
        })
    }
}
