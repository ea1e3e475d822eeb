//! The two ports of a fake Contabo, which can be closed and opened again.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;

use super::exchange::{Door, Shared};
use super::http::Connection;

/// Whether a server can be reached, and whether its port is open by now.
pub(crate) struct Gate {
    pub(crate) open: watch::Sender<bool>,
    pub(crate) listening: watch::Sender<bool>,
}

impl Default for Gate {
    fn default() -> Self {
        Self {
            open: watch::Sender::new(true),
            listening: watch::Sender::new(true),
        }
    }
}

/// Binds a port of the loopback address; 0 takes any.
pub(crate) async fn bind(port: u16) -> io::Result<TcpListener> {
    TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port))).await
}

/// Serves one port until it is dropped; while the gate is shut the port is closed.
pub(crate) async fn listen(shared: Arc<Shared>, door: Door, gate: Arc<Gate>, listener: TcpListener, port: u16) {
    let mut open = gate.open.subscribe();
    let mut listener = Some(listener);
    loop {
        if let Some(bound) = listener.take() {
            gate.listening.send_replace(true);
            accept(&shared, door, bound, &mut open).await;
            gate.listening.send_replace(false);
        }
        if open.wait_for(|open| *open).await.is_err() {
            return;
        }
        match bind(port).await {
            Ok(again) => listener = Some(again),
            // Somebody else has the port for a moment.
            Err(_) => tokio::time::sleep(Duration::from_millis(20)).await,
        }
    }
}

/// Accepts connections until the gate shuts. All of them end with it.
async fn accept(shared: &Arc<Shared>, door: Door, listener: TcpListener, open: &mut watch::Receiver<bool>) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            changed = open.changed() => {
                if changed.is_err() || !*open.borrow_and_update() {
                    connections.shutdown().await;
                    return;
                }
            }
            Some(_) = connections.join_next() => {}
            accepted = listener.accept() => {
                if let Ok((stream, _)) = accepted {
                    connections.spawn(serve(Arc::clone(shared), door, stream));
                }
            }
        }
    }
}

async fn serve(shared: Arc<Shared>, door: Door, stream: TcpStream) {
    let mut connection = Connection::new(stream);
    while let Ok(Some(request)) = connection.read().await {
        let ending = shared.exchange(door, &request).await;
        if !matches!(connection.write(&request, ending).await, Ok(true)) {
            return;
        }
    }
}
