//! One command between its first word and its `!done`.

use crate::options::Limits;
use crate::row::Row;
use crate::{Category, Error, Reply, Stage};
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, mpsc, oneshot};
use tokio::time::Instant;

/// Where a command's rows go.
pub(crate) enum Sink {
    /// All at once, when the router says that they are all.
    Whole {
        answer: oneshot::Sender<Result<Reply, Error>>,
        rows: Vec<Row>,
        cost: usize,
    },
    /// One by one.
    Stream {
        rows: mpsc::Sender<Row>,
        end: oneshot::Sender<Result<(), Error>>,
    },
}

pub(crate) struct Running {
    path: String,
    /// `None` once the outcome was told.
    sink: Option<Sink>,
    trap: Option<Error>,
    heard: Instant,
    idle: Option<Duration>,
    begun: Instant,
    whole: Option<Duration>,
    cancelled: Option<Instant>,
    /// The place among the commands that run at once. It is free again when the router is done, not
    /// when the caller loses interest.
    _place: OwnedSemaphorePermit,
}

impl Running {
    pub(crate) fn new(
        path: String,
        sink: Sink,
        begun: Instant,
        (idle, whole): (Option<Duration>, Option<Duration>),
        place: OwnedSemaphorePermit,
    ) -> Self {
        Self {
            path,
            sink: Some(sink),
            trap: None,
            heard: Instant::now(),
            idle,
            begun,
            whole,
            cancelled: None,
            _place: place,
        }
    }

    pub(super) fn heard(&mut self, now: Instant) {
        self.heard = now;
    }

    /// When the command was cancelled, if it was.
    pub(super) fn cancelled(&self) -> Option<Instant> {
        self.cancelled
    }

    /// True if this is the first time.
    pub(super) fn begin_cancel(&mut self, now: Instant) -> bool {
        let first = self.cancelled.is_none();
        self.cancelled.get_or_insert(now);
        first
    }

    /// When something must have happened.
    pub(super) fn deadline(&self, cancel: Duration) -> Option<Instant> {
        if let Some(cancelled) = self.cancelled {
            return Some(cancelled + cancel);
        }
        let idle = self.idle.map(|idle| self.heard + idle);
        let whole = self.whole.map(|whole| self.begun + whole);
        idle.into_iter().chain(whole).min()
    }

    /// Memory of the unfinished reply, in bytes.
    pub(super) fn held(&self) -> usize {
        match &self.sink {
            Some(Sink::Whole { cost, .. }) => *cost,
            _ => 0,
        }
    }

    /// Takes a row, or ends the command with an error and asks for it to be cancelled. `held` is the
    /// memory of all unfinished replies of the connection.
    pub(super) fn push(&mut self, row: Row, held: usize, limits: &Limits) -> Result<(), ()> {
        if self.cancelled.is_some() || self.trap.is_some() {
            return Ok(());
        }
        let size = row.cost();
        let too_large = |what, limit| Error::TooLarge { what, limit };
        let refusal = match &mut self.sink {
            None => return Ok(()),
            Some(Sink::Whole { rows, .. }) if rows.len() >= limits.rows => {
                too_large("the number of rows in the router's reply", limits.rows)
            }
            Some(Sink::Whole { cost, .. }) if cost.saturating_add(size) > limits.reply => {
                too_large("the router's reply", limits.reply)
            }
            Some(Sink::Whole { .. }) if held.saturating_add(size) > limits.replies => {
                too_large("what the router answers at once", limits.replies)
            }
            Some(Sink::Whole { rows, cost, .. }) => {
                *cost += size;
                rows.push(row);
                return Ok(());
            }
            // A full backlog of rows takes no more than a reply.
            Some(Sink::Stream { .. }) if size > limits.reply / limits.backlog.max(1) => {
                too_large("a row of the router's reply", limits.reply / limits.backlog.max(1))
            }
            Some(Sink::Stream { rows, .. }) => match rows.try_send(row) {
                Ok(()) => return Ok(()),
                Err(mpsc::error::TrySendError::Full(_)) => Error::FellBehind,
                Err(mpsc::error::TrySendError::Closed(_)) => Error::Closed,
            },
        };
        self.tell(Err(refusal));
        Err(())
    }

    /// Remembers a trap. The command ends at its `!done`, which still comes; the first trap counts.
    pub(super) fn trapped(&mut self, trap: Error) {
        self.trap.get_or_insert(trap);
    }

    /// Time ran out. A trap whose `!done` never came says more than the clock.
    pub(super) fn expire(&mut self, now: Instant) {
        let error = self.trap.take().unwrap_or_else(|| match self.whole {
            Some(whole) if self.begun + whole <= now => Error::TimedOut {
                stage: Stage::Whole(self.path.clone()),
                after: whole,
            },
            _ => Error::TimedOut {
                stage: Stage::Silence(self.path.clone()),
                after: self.idle.unwrap_or_default(),
            },
        });
        self.tell(Err(error));
    }

    /// The router is done.
    pub(super) fn finish(mut self, ret: Option<Vec<u8>>) {
        let interrupted = matches!(
            self.trap,
            Some(Error::Trap {
                category: Some(Category::Interrupted),
                ..
            })
        );
        let outcome = match self.trap.take() {
            // We asked for it.
            Some(_) if interrupted && self.cancelled.is_some() => Ok(ret),
            Some(trap) => Err(trap),
            None => Ok(ret),
        };
        self.tell(outcome);
    }

    /// There will be no `!done`.
    pub(super) fn finish_with(mut self, error: Error) {
        let error = self.trap.take().unwrap_or(error);
        self.tell(Err(error));
    }

    /// Hands the outcome over, once. Nobody need be listening.
    fn tell(&mut self, outcome: Result<Option<Vec<u8>>, Error>) {
        match self.sink.take() {
            Some(Sink::Whole { answer, rows, .. }) => {
                let _ = answer.send(outcome.map(|ret| Reply { rows, ret }));
            }
            Some(Sink::Stream { rows, end }) => {
                // The end first: the reader looks for it when the rows stop.
                let _ = end.send(outcome.map(|_| ()));
                drop(rows);
            }
            None => {}
        }
    }
}
