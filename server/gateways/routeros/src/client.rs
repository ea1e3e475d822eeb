//! A signed-in connection, and how commands are run on it.

use crate::connection::{Connection, Order, Running, Shared, Sink};
use crate::login::{Credentials, login};
use crate::reader::Reader;
use crate::stream::Rows;
use crate::target::BoxStream;
use crate::tls::Handshake;
use crate::{Certificate, CodePage, Command, Error, Options, Reply, Stage, Target, Tls};
use std::net::SocketAddr;
use std::sync::Arc;
use tokio::sync::{Semaphore, mpsc, oneshot};
use tokio::task::AbortHandle;
use tokio::time::{Instant, timeout, timeout_at};

/// A signed-in connection to one router.
///
/// Any number of commands may run at once through a shared reference; each ends by itself, by its
/// time-out or by being dropped, and none waits for another beyond [`crate::Limits::commands`]. The
/// connection ends when the client is dropped.
#[derive(Debug)]
pub struct Client {
    orders: mpsc::UnboundedSender<Order>,
    places: Arc<Semaphore>,
    shared: Arc<Shared>,
    options: Options,
    address: SocketAddr,
    certificate: Option<Certificate>,
    task: AbortHandle,
}

impl Drop for Client {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Client {
    /// Connects and signs in. Takes at most the sum of the first four [`crate::Timeouts`].
    ///
    /// # Errors
    /// Anything up to and including the login. After a failed TLS handshake nothing is sent in plain
    /// text.
    pub async fn connect(
        target: &Target,
        tls: &Tls,
        credentials: &Credentials,
        options: &Options,
    ) -> Result<Self, Error> {
        let times = &options.timeouts;
        let late = |stage, after| Error::TimedOut { stage, after };
        let handshake = Handshake::prepare(tls)?;
        let (tcp, address) = target.connect(times).await?;
        let (stream, certificate): (BoxStream, _) = match handshake {
            None => (Box::new(tcp), None),
            Some(handshake) => {
                let handshake = Box::pin(handshake.run(&target.host, address.ip(), tcp));
                timeout(times.tls, handshake)
                    .await
                    .map_err(|_| late(Stage::Tls, times.tls))??
            }
        };
        let (reader, mut writer) = tokio::io::split(stream);
        let mut reader = Reader::new(reader);
        let login = Box::pin(login(&mut reader, &mut writer, credentials, options.login));
        timeout(times.login, login)
            .await
            .map_err(|_| late(Stage::Login, times.login))??;

        let (orders, taken) = mpsc::unbounded_channel();
        let shared = Arc::new(Shared::default());
        let connection = Connection::new(reader, writer, taken, shared.clone(), options.clone());
        Ok(Self {
            orders,
            places: Arc::new(Semaphore::new(options.limits.commands.max(1))),
            shared,
            options: options.clone(),
            address,
            certificate,
            task: tokio::spawn(connection.run()).abort_handle(),
        })
    }

    /// The address that answered.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The certificate that the router showed; `None` without TLS.
    pub fn certificate(&self) -> Option<&Certificate> {
        self.certificate.as_ref()
    }

    /// How this router's texts are read.
    pub fn code_page(&self) -> CodePage {
        self.options.code_page
    }

    pub(crate) fn options(&self) -> &Options {
        &self.options
    }

    /// Why the connection ended; `None` while it lives.
    pub fn ended(&self) -> Option<Error> {
        self.orders.is_closed().then(|| self.shared.ended())
    }

    /// Waits for the connection's end.
    pub async fn closed(&self) -> Error {
        self.orders.closed().await;
        self.shared.ended()
    }

    /// Runs a command to its end. Dropping the future cancels the command on the router.
    ///
    /// # Errors
    /// A reply is whole or an error: after a trap, a lost connection, a time-out or a passed ceiling
    /// none of its rows are given.
    pub async fn run(&self, command: Command) -> Result<Reply, Error> {
        self.begin(command).await?.reply().await
    }

    /// Runs a command that gives rows as long as it is not cancelled. No time-out applies unless the
    /// command sets one.
    ///
    /// # Errors
    /// Only those of starting it.
    pub async fn stream(&self, command: Command) -> Result<Rows, Error> {
        let (rows, received) = mpsc::channel(self.options.limits.backlog.max(1));
        let (end, ended) = oneshot::channel();
        let cancel = self.start(command.endless(), Sink::Stream { rows, end }).await?;
        Ok(Rows::new(received, ended, cancel, self.shared.clone()))
    }

    /// Starts a command without waiting for its reply, so that several can run at once.
    pub(crate) async fn begin(&self, command: Command) -> Result<Pending, Error> {
        let (answer, answered) = oneshot::channel();
        let sink = Sink::Whole {
            answer,
            rows: Vec::new(),
            cost: 0,
        };
        Ok(Pending {
            cancel: self.start(command, sink).await?,
            answered,
            shared: self.shared.clone(),
        })
    }

    async fn start(&self, command: Command, sink: Sink) -> Result<CancelOnDrop, Error> {
        if !command.fits() {
            return Err(Error::InvalidRequest {
                detail: format!("the command {} is too long to be sent", command.path),
            });
        }
        let begun = Instant::now();
        let times = &self.options.timeouts;
        let (idle, whole) = (command.idle.or(times.idle), command.whole.or(times.whole));
        let patience = whole.unwrap_or(times.whole);
        let place = match timeout_at(begun + patience, self.places.clone().acquire_owned()).await {
            Ok(Ok(place)) => place,
            // The semaphore is never closed.
            Ok(Err(_)) => return Err(Error::Closed),
            Err(_) => {
                return Err(Error::TimedOut {
                    stage: Stage::Queueing(command.path),
                    after: patience,
                });
            }
        };
        let tag = self.shared.tag();
        let running = Running::new(command.path.clone(), sink, begun, (idle, whole), place);
        let order = Order::Start {
            tag,
            command,
            running: Box::new(running),
        };
        match self.orders.send(order) {
            Ok(()) => Ok(CancelOnDrop {
                tag,
                orders: Some(self.orders.clone()),
            }),
            Err(_) => Err(self.shared.ended()),
        }
    }

    /// Signs out and waits until the router has closed the connection.
    ///
    /// # Errors
    /// Only a time-out; a connection that is gone already is what was wanted.
    pub async fn quit(self) -> Result<(), Error> {
        match self.run(Command::new("/quit")).await {
            Err(error @ Error::TimedOut { .. }) => Err(error),
            // The router answers `!fatal session terminated on request`.
            _ => Ok(()),
        }
    }
}

/// A command that was started and whose reply is not there yet.
pub(crate) struct Pending {
    cancel: CancelOnDrop,
    answered: oneshot::Receiver<Result<Reply, Error>>,
    shared: Arc<Shared>,
}

impl Pending {
    pub(crate) async fn reply(mut self) -> Result<Reply, Error> {
        let outcome = (&mut self.answered).await;
        self.cancel.disarm();
        outcome.unwrap_or_else(|_| Err(self.shared.ended()))
    }
}

/// Tells the connection's task when nobody waits for a command any more.
#[derive(Debug)]
pub(crate) struct CancelOnDrop {
    tag: u64,
    orders: Option<mpsc::UnboundedSender<Order>>,
}

impl CancelOnDrop {
    pub(crate) fn disarm(&mut self) {
        self.orders = None;
    }

    /// Cancels now.
    pub(crate) fn fire(&mut self) {
        if let Some(orders) = self.orders.take() {
            // Where the task is gone, so is the command.
            let _ = orders.send(Order::Cancel { tag: self.tag });
        }
    }
}

impl Drop for CancelOnDrop {
    fn drop(&mut self) {
        self.fire();
    }
}
