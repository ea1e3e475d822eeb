//! `/interface`: the table, its changes, and the rates of this second.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::broadcast::{self, error::RecvError};

use super::print::{print as answer, proplist};
use super::{Outcome, Outlet, Stream};
use crate::router::reply::{End, Reply, Row, Trap};
use crate::router::request::Request;
use crate::router::server::Shared;
use crate::traffic::Both;

/// A router measures rates over one second.
const PERIOD: Duration = Duration::from_secs(1);

pub(crate) fn print(shared: &Shared, request: &Request) -> Result<Reply, Trap> {
    let now = shared.clock.now_ms();
    let mut device = shared.device();
    let version = device.spec.version;
    answer(device.rows(now), request, version)
}

pub(crate) fn reset_counters(shared: &Shared, request: &Request) -> Result<Reply, Trap> {
    request.accepts(&[".id", "numbers"])?;
    let now = shared.clock.now_ms();
    let mut device = shared.device();
    let mut names = request.list(".id");
    names.extend(request.list("numbers"));
    if names.is_empty() || names.iter().any(|name| device.find(name).is_none()) {
        return Err(Trap::missing("no such item"));
    }
    for name in &names {
        device.reset_counters(Some(name), now);
    }
    Ok(Reply::end(End::Done))
}

/// `/interface/monitor-traffic` without `once`.
pub(crate) struct Monitor {
    names: Vec<String>,
    proplist: Option<Vec<String>>,
}

pub(crate) fn monitor_traffic(shared: &Shared, request: &Request) -> Result<Outcome, Trap> {
    request.accepts(&["interface", "once", "interval", ".proplist"])?;
    let monitor = Monitor {
        names: request.list("interface"),
        proplist: proplist(request),
    };
    let rows = monitor.rows(shared)?;
    Ok(match request.has("once") {
        true => Outcome::Reply(Reply { rows, end: End::Done }),
        false => Outcome::Stream(Stream::Monitor(monitor)),
    })
}

impl Monitor {
    fn rows(&self, shared: &Shared) -> Result<Vec<Row>, Trap> {
        let now = shared.clock.now_ms();
        let device = shared.device();
        if self.names.is_empty() {
            return Err(Trap::argument("missing value(s) of argument(s) interface"));
        }
        let row = |name: &String| {
            let found = device
                .find(name)
                .map(|place| &device.interfaces[place])
                .filter(|one| one.spec.name == *name)
                .ok_or_else(|| Trap::argument("input does not match any value of interface"))?;
            let rates = found.rates(now);
            let packets = Both {
                rx: found.packets(rates.rx / 8),
                tx: found.packets(rates.tx / 8),
            };
            let mut row = Row::default();
            row.push("name", name.as_str());
            row.push_number("rx-packets-per-second", packets.rx);
            row.push_number("rx-bits-per-second", rates.rx);
            row.push_number("fp-rx-packets-per-second", packets.rx);
            row.push_number("fp-rx-bits-per-second", rates.rx);
            row.push("rx-drops-per-second", "0");
            row.push("rx-errors-per-second", "0");
            row.push_number("tx-packets-per-second", packets.tx);
            row.push_number("tx-bits-per-second", rates.tx);
            row.push_number("fp-tx-packets-per-second", packets.tx);
            row.push_number("fp-tx-bits-per-second", rates.tx);
            row.push("tx-drops-per-second", "0");
            if device.spec.version.is_v7() {
                row.push("tx-queue-drops-per-second", "0");
            }
            row.push("tx-errors-per-second", "0");
            row.keep(self.proplist.as_deref());
            Ok(row)
        };
        self.names.iter().map(row).collect()
    }

    pub(crate) async fn run(self, shared: &Shared, mut outlet: Outlet) {
        loop {
            match self.rows(shared) {
                Ok(rows) => {
                    for row in &rows {
                        if !outlet.row(row).await {
                            return;
                        }
                    }
                }
                // The interface was removed while somebody looked at it.
                Err(trap) => return outlet.end(&End::Trap(trap)).await,
            }
            tokio::time::sleep(PERIOD).await;
        }
    }
}

/// `/interface/listen`.
pub(crate) struct Listen {
    changes: broadcast::Receiver<Arc<Row>>,
    proplist: Option<Vec<String>>,
}

pub(crate) fn listen(shared: &Shared, request: &Request) -> Result<Outcome, Trap> {
    request.accepts(&[".proplist"])?;
    if shared.device().switches.refuse_listen {
        return Err(Trap::missing("no such command"));
    }
    Ok(Outcome::Stream(Stream::Listen(Listen {
        changes: shared.device().changes.subscribe(),
        proplist: proplist(request).map(|mut list| {
            // That an item went away is said whatever was asked for.
            list.push(".dead".to_owned());
            list
        }),
    })))
}

impl Listen {
    pub(crate) async fn run(mut self, shared: &Shared, mut outlet: Outlet) {
        loop {
            match self.changes.recv().await {
                Ok(change) => {
                    let mut row = Row::clone(&change);
                    row.keep(self.proplist.as_deref());
                    loop {
                        if !outlet.row(&row).await {
                            return;
                        }
                        if !shared.device().switches.flood_listeners {
                            break;
                        }
                    }
                }
                // A listener that is too slow misses changes; the documentation promises none.
                Err(RecvError::Lagged(_)) => {}
                Err(RecvError::Closed) => return,
            }
        }
    }
}
