//! `/interface/ethernet`: the ports themselves.

use std::time::Duration;

use super::print::print as answer;
use super::{Outcome, Outlet, Stream};
use crate::router::device::Device;
use crate::router::format;
use crate::router::interface::Interface;
use crate::router::reply::{End, Reply, Row, Trap};
use crate::router::request::Request;
use crate::router::server::Shared;

pub(crate) fn print(shared: &Shared, request: &Request) -> Result<Reply, Trap> {
    let now = shared.clock.now_ms();
    let mut device = shared.device();
    let version = device.spec.version;
    let ports = device.interfaces.iter_mut();
    let ports = ports.filter(|one| one.spec.kind == "ether");
    let rows = ports.map(|port| row(port, now)).collect();
    answer(rows, request, version)
}

fn row(port: &mut Interface, now: i64) -> Row {
    let octets = port.count(now);
    let bad = port.packets(octets.rx) / 1_000_000 * u64::from(port.spec.error_ppm);
    let mut row = Row::default();
    row.push(".id", port.id_text());
    row.push("name", port.spec.name.as_str());
    if let Some(default_name) = &port.spec.default_name {
        row.push("default-name", default_name.as_str());
    }
    row.push_number("mtu", port.spec.mtu);
    row.push("mac-address", format::mac(port.spec.mac));
    row.push("auto-negotiation", "true");
    row.push_number("rx-bytes", octets.rx);
    row.push_number("tx-bytes", octets.tx);
    row.push_number("rx-fcs-error", bad);
    row.push("rx-align-error", "0");
    row.push("tx-collision", "0");
    row.push("running", format::flag(port.is_up()));
    row.push("disabled", format::flag(port.spec.disabled));
    row
}

/// `/interface/ethernet/monitor` without `once`.
pub(crate) struct Monitor {
    names: Vec<String>,
}

pub(crate) fn monitor(shared: &Shared, request: &Request) -> Result<Outcome, Trap> {
    request.accepts(&["numbers", ".id", "once", ".proplist"])?;
    let mut names = request.list("numbers");
    names.extend(request.list(".id"));
    let monitor = Monitor { names };
    let rows = monitor.rows(&shared.device())?;
    Ok(match request.has("once") {
        true => Outcome::Reply(Reply { rows, end: End::Done }),
        false => Outcome::Stream(Stream::EthernetMonitor(monitor)),
    })
}

impl Monitor {
    fn rows(&self, device: &Device) -> Result<Vec<Row>, Trap> {
        let port = |name: &String| {
            let found = device.find(name).map(|place| &device.interfaces[place]);
            found.filter(|one| one.spec.kind == "ether")
        };
        let ports: Option<Vec<_>> = self.names.iter().map(port).collect();
        let ports = ports.filter(|ports| !ports.is_empty());
        let ports = ports.ok_or(Trap::missing("no such item"))?;
        Ok(ports.into_iter().map(link).collect())
    }

    pub(crate) async fn run(self, shared: &Shared, mut outlet: Outlet) {
        loop {
            let rows = self.rows(&shared.device());
            match rows {
                Ok(rows) => {
                    for row in &rows {
                        if !outlet.row(row).await {
                            return;
                        }
                    }
                }
                Err(trap) => return outlet.end(&End::Trap(trap)).await,
            }
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
    }
}

fn link(port: &Interface) -> Row {
    let up = port.is_up();
    let mut row = Row::default();
    row.push("name", port.spec.name.as_str());
    row.push("status", if up { "link-ok" } else { "no-link" });
    row.push("auto-negotiation", if up { "done" } else { "incomplete" });
    if up {
        row.push("rate", "1Gbps");
        row.push("full-duplex", "true");
    }
    row
}
