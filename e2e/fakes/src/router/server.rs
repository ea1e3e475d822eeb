//! The sockets of a router: its listeners, and what all its connections share.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio_rustls::TlsAcceptor;

use super::device::Device;
use super::session::Session;
use crate::certificate::Certificate;
use crate::clock::Clock;

/// What a router did so far. Tests wait for a change of it instead of sleeping.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Activity {
    /// Connections accepted, refused ones too.
    pub connections: u64,
    /// Connections that are open now.
    pub sessions: usize,
    /// Logins that succeeded.
    pub logins: u64,
    /// Logins that were refused.
    pub refused_logins: u64,
    /// Commands whose whole answer was written.
    pub commands: u64,
    /// `/interface/print` among them: one for each poll of a collector.
    pub interface_prints: u64,
}

/// Whether the router can be reached.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Door {
    pub(crate) open: bool,
    /// A new number ends every connection.
    pub(crate) generation: u64,
}

/// What the listeners, the connections and the handle of a router share.
pub(crate) struct Shared {
    pub(crate) clock: Clock,
    pub(crate) activity: watch::Sender<Activity>,
    pub(crate) door: watch::Sender<Door>,
    pub(crate) open_ports: watch::Sender<usize>,
    device: Mutex<Device>,
    certificate: Mutex<Option<Certificate>>,
}

impl Shared {
    pub(crate) fn new(device: Device, certificate: Option<Certificate>, clock: Clock) -> Self {
        Self {
            clock,
            activity: watch::Sender::default(),
            door: watch::Sender::new(Door {
                open: true,
                generation: 0,
            }),
            open_ports: watch::Sender::default(),
            device: Mutex::new(device),
            certificate: Mutex::new(certificate),
        }
    }

    /// The state of the router. Never held across an `await`.
    pub(crate) fn device(&self) -> MutexGuard<'_, Device> {
        self.device.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn certificate(&self) -> MutexGuard<'_, Option<Certificate>> {
        self.certificate.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn count(&self, change: impl FnOnce(&mut Activity)) {
        self.activity.send_modify(change);
    }
}

/// Binds a port of the loopback address; 0 takes any.
pub(crate) async fn bind(port: u16) -> io::Result<TcpListener> {
    TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port))).await
}

/// Serves one port until it is dropped; while the door is shut the port is closed.
pub(crate) async fn listen(shared: Arc<Shared>, listener: TcpListener, port: u16, tls: bool) {
    let mut door = shared.door.subscribe();
    let mut listener = Some(listener);
    loop {
        if let Some(open) = listener.take() {
            shared.open_ports.send_modify(|ports| *ports += 1);
            accept(&shared, open, &mut door, tls).await;
            shared.open_ports.send_modify(|ports| *ports -= 1);
        }
        if door.wait_for(|door| door.open).await.is_err() {
            return;
        }
        match bind(port).await {
            Ok(again) => listener = Some(again),
            // Somebody else has the port for a moment; the door stays open for another try.
            Err(_) => tokio::time::sleep(Duration::from_millis(20)).await,
        }
    }
}

/// Accepts connections until the door shuts. All of them end with it.
async fn accept(shared: &Arc<Shared>, listener: TcpListener, door: &mut watch::Receiver<Door>, tls: bool) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            changed = door.changed() => {
                connections.shutdown().await;
                if changed.is_err() || !door.borrow_and_update().open {
                    return;
                }
            }
            Some(_) = connections.join_next() => {}
            accepted = listener.accept() => {
                let Ok((stream, _)) = accepted else {
                    // Out of file descriptors: accepting at once again would spin.
                    tokio::time::sleep(Duration::from_millis(20)).await;
                    continue;
                };
                shared.count(|activity| activity.connections += 1);
                if let Some(place) = Place::take(shared) {
                    connections.spawn(connection(Arc::clone(shared), stream, tls, place));
                }
            }
        }
    }
}

/// One of the sessions that the router allows.
struct Place(Arc<Shared>);

impl Place {
    fn take(shared: &Arc<Shared>) -> Option<Self> {
        let limit = shared.device().switches.max_sessions.unwrap_or(usize::MAX);
        let taken = shared.activity.send_if_modified(|activity| {
            let free = activity.sessions < limit;
            activity.sessions += usize::from(free);
            free
        });
        taken.then(|| Self(Arc::clone(shared)))
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.0.count(|activity| activity.sessions -= 1);
    }
}

/// Errors end a connection and nothing else: they are the peer's doing.
async fn connection(shared: Arc<Shared>, mut stream: TcpStream, tls: bool, place: Place) {
    let _place = place;
    let _ = stream.set_nodelay(true);
    let hang = shared.device().switches.hang;
    if hang {
        // Reads so that the end of the connection is noticed, and answers nothing.
        let _ = tokio::io::copy(&mut stream, &mut tokio::io::sink()).await;
        return;
    }
    let config = shared.certificate().as_ref().map(|one| one.config.clone());
    if let Some(config) = config.filter(|_| tls) {
        if let Ok(stream) = TlsAcceptor::from(config).accept(stream).await {
            let _ = Session::new(shared, stream).serve().await;
        }
    } else {
        let _ = Session::new(shared, stream).serve().await;
    }
}
