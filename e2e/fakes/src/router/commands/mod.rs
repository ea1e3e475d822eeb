//! The commands of the API: each looks at the device and gives an answer, or a stream that goes
//! on until it is cancelled.

mod ethernet;
mod interface;
mod netwatch;
mod ping;
mod print;
mod system;

use std::sync::Arc;

use tokio::sync::mpsc;

use super::reply::{Emission, Emitter, End, Reply, Then, Trap};
use super::request::Request;
use super::server::Shared;

/// What a command turned out to be.
pub(crate) enum Outcome {
    /// Answered at once.
    Reply(Reply),
    /// Goes on beside other commands.
    Stream(Stream),
}

/// A command that takes time.
pub(crate) enum Stream {
    Ping(ping::Ping),
    Monitor(interface::Monitor),
    Listen(interface::Listen),
    EthernetMonitor(ethernet::Monitor),
}

/// Starts a command of a client that is logged in.
pub(crate) fn start(shared: &Shared, request: &Request) -> Result<Outcome, Trap> {
    let reply = match request.command.as_str() {
        "/interface/print" | "/interface/getall" => interface::print(shared, request)?,
        "/interface/reset-counters" => interface::reset_counters(shared, request)?,
        "/interface/monitor-traffic" => return interface::monitor_traffic(shared, request),
        "/interface/listen" => return interface::listen(shared, request),
        "/interface/ethernet/print" | "/interface/ethernet/getall" => ethernet::print(shared, request)?,
        "/interface/ethernet/monitor" => return ethernet::monitor(shared, request),
        "/ping" | "/tool/ping" => return ping::ping(shared, request),
        "/system/identity/print" | "/system/identity/getall" => system::identity(shared, request)?,
        "/system/resource/print" | "/system/resource/getall" => system::resource(shared, request)?,
        "/system/clock/print" | "/system/clock/getall" => system::clock(shared, request)?,
        "/tool/netwatch/print" | "/tool/netwatch/getall" => netwatch::print(shared, request)?,
        _ => return Err(Trap::missing("no such command prefix")),
    };
    Ok(Outcome::Reply(reply))
}

/// Where a stream's pieces go. `send` is false when the stream has to stop.
pub(crate) struct Outlet {
    pub(crate) emitter: Emitter,
    pub(crate) run: u64,
    pub(crate) sender: mpsc::Sender<(u64, Emission)>,
}

impl Outlet {
    async fn row(&mut self, row: &super::reply::Row) -> bool {
        let piece = self.emitter.row(row);
        let goes_on = piece.then == Then::More;
        self.sender.send((self.run, piece)).await.is_ok() && goes_on
    }

    async fn end(mut self, end: &End) {
        let piece = self.emitter.end(end);
        // A closed channel means that the connection is gone, and the answer with it.
        let _ = self.sender.send((self.run, piece)).await;
    }
}

/// Runs a stream to its end, or until it is dropped.
pub(crate) async fn run(stream: Stream, shared: Arc<Shared>, outlet: Outlet) {
    match stream {
        Stream::Ping(ping) => ping.run(&shared, outlet).await,
        Stream::Monitor(monitor) => monitor.run(&shared, outlet).await,
        Stream::Listen(listen) => listen.run(&shared, outlet).await,
        Stream::EthernetMonitor(monitor) => monitor.run(&shared, outlet).await,
    }
}
