//! The task that owns a connection: it writes commands, reads replies, and hands each part to the
//! command whose tag it carries.
//!
//! One loop does everything and never waits for a single command: whole replies are gathered here and
//! handed over at their end, streams are dropped when their reader falls behind. It decides nothing
//! about reconnecting.

mod running;

use crate::codec::Sentence;
use crate::reader::Reader;
use crate::reply::{self, Word};
use crate::target::BoxStream;
use crate::{Command, Error, Options, Stage};
pub(crate) use running::{Running, Sink};
use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;
use tokio::io::{AsyncWriteExt, WriteHalf};
use tokio::sync::mpsc::UnboundedReceiver;
use tokio::time::{Instant, sleep_until};

/// What the client asks of the task.
pub(crate) enum Order {
    Start {
        tag: u64,
        command: Command,
        running: Box<Running>,
    },
    /// Nobody waits for this command any more.
    Cancel { tag: u64 },
}

/// What the client and the task both see.
#[derive(Debug, Default)]
pub(crate) struct Shared {
    /// The newest tag. Tags are never used twice on a connection, so a late reply can't be taken for
    /// another command's.
    newest_tag: AtomicU64,
    /// Why the connection ended.
    pub(crate) end: OnceLock<Error>,
}

impl Shared {
    pub(crate) fn tag(&self) -> u64 {
        self.newest_tag.fetch_add(1, Ordering::Relaxed) + 1
    }

    pub(crate) fn ended(&self) -> Error {
        self.end.get().cloned().unwrap_or(Error::Closed)
    }
}

pub(crate) struct Connection {
    reader: Reader,
    writer: WriteHalf<BoxStream>,
    orders: UnboundedReceiver<Order>,
    shared: Arc<Shared>,
    options: Options,
    running: HashMap<u64, Running>,
    outgoing: Outgoing,
    /// When the router was last heard of.
    heard: Instant,
}

/// Bytes on their way out.
struct Outgoing {
    bytes: Vec<u8>,
    written: usize,
    unflushed: bool,
    /// By when the next bytes must be gone.
    by: Instant,
    /// Writing failed. The router may have said why: reading goes on for a moment.
    failed: Option<Error>,
}

impl Outgoing {
    fn is_waiting(&self) -> bool {
        self.failed.is_none() && (self.unflushed || !self.bytes.is_empty())
    }

    fn deadline(&self) -> Option<Instant> {
        (self.is_waiting() || self.failed.is_some()).then_some(self.by)
    }

    /// Writes one piece or flushes. Dropping the future loses nothing.
    async fn step(&mut self, writer: &mut WriteHalf<BoxStream>) -> std::io::Result<()> {
        if self.bytes.is_empty() {
            writer.flush().await?;
            self.unflushed = false;
            return Ok(());
        }
        let size = writer.write(&self.bytes[self.written..]).await?;
        if size == 0 {
            return Err(std::io::ErrorKind::WriteZero.into());
        }
        self.unflushed = true;
        self.written += size;
        if self.written == self.bytes.len() {
            self.bytes.clear();
            self.written = 0;
        }
        Ok(())
    }
}

impl Connection {
    pub(crate) fn new(
        reader: Reader,
        writer: WriteHalf<BoxStream>,
        orders: UnboundedReceiver<Order>,
        shared: Arc<Shared>,
        options: Options,
    ) -> Self {
        let now = Instant::now();
        Self {
            reader,
            writer,
            orders,
            shared,
            options,
            running: HashMap::new(),
            outgoing: Outgoing {
                bytes: Vec::new(),
                written: 0,
                unflushed: false,
                by: now,
                failed: None,
            },
            heard: now,
        }
    }

    /// Serves the connection to its end, and tells every command why it ended.
    pub(crate) async fn run(mut self) {
        let end = loop {
            if let Err(end) = self.step().await {
                break end;
            }
        };
        tracing::debug!(code = end.code(), %end, "router connection ended");
        // Before the commands hear of it, so that whoever starts the next one finds the reason.
        let _ = self.shared.end.set(end.clone());
        self.orders.close();
        for (_, running) in self.running {
            running.finish_with(end.clone());
        }
    }

    async fn step(&mut self) -> Result<(), Error> {
        let deadline = self.deadline();
        tokio::select! {
            sentence = self.reader.next() => match sentence {
                Ok(sentence) => self.take(sentence),
                Err(end) => Err(self.outgoing.failed.take().unwrap_or(end)),
            },
            order = self.orders.recv() => match order {
                Some(order) => {
                    self.obey(order);
                    Ok(())
                }
                None => Err(Error::Closed),
            },
            outcome = self.outgoing.step(&mut self.writer), if self.outgoing.is_waiting() => {
                match outcome {
                    Ok(()) => self.outgoing.by = Instant::now() + self.options.timeouts.write,
                    Err(error) => {
                        self.outgoing.failed = Some(Error::lost(error.to_string()));
                        self.outgoing.by = Instant::now() + Duration::from_secs(1);
                    }
                }
                Ok(())
            },
            () = sleep_until(deadline.unwrap_or_else(Instant::now)), if deadline.is_some() => {
                self.expire(Instant::now())
            }
        }
    }

    fn obey(&mut self, order: Order) {
        match order {
            Order::Start { tag, command, running } => {
                self.send(tag, &command);
                self.running.insert(tag, *running);
            }
            Order::Cancel { tag } => self.cancel(tag),
        }
    }

    fn send(&mut self, tag: u64, command: &Command) {
        if !self.outgoing.is_waiting() && self.outgoing.failed.is_none() {
            self.outgoing.by = Instant::now() + self.options.timeouts.write;
        }
        command.encode(Some(tag), &mut self.outgoing.bytes);
    }

    /// Asks the router to stop a command. Its tag stays known until its `!done`.
    fn cancel(&mut self, tag: u64) {
        let Some(running) = self.running.get_mut(&tag) else {
            return;
        };
        if running.begin_cancel(Instant::now()) {
            // The answer to this tag is of no interest; the victim's own end is.
            let own = self.shared.tag();
            let command = Command::new("/cancel").with("tag", tag.to_string());
            self.send(own, &command);
        }
    }

    fn take(&mut self, sentence: Sentence) -> Result<(), Error> {
        self.heard = Instant::now();
        let (word, tag) = reply::parse(sentence)?;
        if let Word::Fatal(end) = word {
            return Err(end);
        }
        let tag = self.known(tag)?;
        let held: usize = self.running.values().map(Running::held).sum();
        let Some(running) = self.running.get_mut(&tag) else {
            // A `/cancel`, or a command that was given up.
            return Ok(());
        };
        running.heard(self.heard);
        match word {
            Word::Row(row) => {
                if running.push(row, held, &self.options.limits).is_err() {
                    self.cancel(tag);
                }
            }
            Word::Trap(error) => running.trapped(error),
            Word::Done { ret } => {
                if let Some(running) = self.running.remove(&tag) {
                    running.finish(ret);
                }
            }
            Word::Fatal(_) | Word::Other => {}
        }
        Ok(())
    }

    /// The tag of a reply, which must be one that was sent.
    fn known(&self, tag: Option<u64>) -> Result<u64, Error> {
        tag.filter(|tag| *tag <= self.shared.newest_tag.load(Ordering::Relaxed))
            .ok_or_else(|| Error::malformed("a reply that belongs to no command"))
    }

    fn deadline(&self) -> Option<Instant> {
        let cancel = self.options.timeouts.cancel;
        let commands = self.running.values().filter_map(|r| r.deadline(cancel));
        commands.chain(self.outgoing.deadline()).min()
    }

    fn expire(&mut self, now: Instant) -> Result<(), Error> {
        if self.outgoing.deadline().is_some_and(|by| by <= now) {
            return Err(self.outgoing.failed.take().unwrap_or(Error::TimedOut {
                stage: Stage::Sending,
                after: self.options.timeouts.write,
            }));
        }
        let cancel = self.options.timeouts.cancel;
        let due = |running: &Running| running.deadline(cancel).is_some_and(|by| by <= now);
        let tags: Vec<u64> = (self.running.iter())
            .filter_map(|(tag, running)| due(running).then_some(*tag))
            .collect();
        for tag in tags {
            let Some(running) = self.running.get_mut(&tag) else {
                continue;
            };
            let Some(cancelled) = running.cancelled() else {
                running.expire(now);
                self.cancel(tag);
                continue;
            };
            if self.heard <= cancelled {
                return Err(Error::lost("the router stopped answering"));
            }
            if let Some(running) = self.running.remove(&tag) {
                running.finish_with(Error::TimedOut {
                    stage: Stage::Whole("/cancel".to_owned()),
                    after: cancel,
                });
            }
        }
        Ok(())
    }
}
