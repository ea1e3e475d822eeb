//! `/system`: who the router is, how it feels and what time it thinks it is.

use super::print::print;
use crate::noise;
use crate::router::format;
use crate::router::reply::{Reply, Row, Trap};
use crate::router::request::Request;
use crate::router::server::Shared;

pub(crate) fn identity(shared: &Shared, request: &Request) -> Result<Reply, Trap> {
    let device = shared.device();
    let mut row = Row::default();
    row.push("name", device.spec.identity.as_slice());
    print(vec![row], request, device.spec.version)
}

pub(crate) fn resource(shared: &Shared, request: &Request) -> Result<Reply, Trap> {
    let now = shared.clock.now_ms();
    let device = shared.device();
    let (spec, board) = (&device.spec, &device.spec.board);
    let minute = now.div_euclid(60_000) as u64;
    let load = 3 + noise::below(spec.seed ^ 0xc9, minute, 20);
    let free = board.memory / 100 * (55 + noise::below(spec.seed ^ 0x3e, minute / 30, 25));
    let mut row = Row::default();
    row.push("uptime", format::uptime(now - device.boot_ms));
    row.push("version", spec.version.text());
    row.push("build-time", "Apr/05/2023 09:42:11");
    row.push_number("free-memory", free);
    row.push_number("total-memory", board.memory);
    row.push("cpu", board.architecture.to_uppercase());
    row.push_number("cpu-count", board.cpu_count);
    row.push_number("cpu-frequency", 1_700);
    row.push_number("cpu-load", load);
    row.push_number("free-hdd-space", 97_255_424);
    row.push_number("total-hdd-space", 134_217_728);
    row.push("architecture-name", board.architecture.as_str());
    row.push("board-name", board.name.as_str());
    row.push("platform", "MikroTik");
    print(vec![row], request, spec.version)
}

pub(crate) fn clock(shared: &Shared, request: &Request) -> Result<Reply, Trap> {
    let device = shared.device();
    let spec = &device.spec;
    let local = device.local_ms(shared.clock.now_ms());
    let mut row = Row::default();
    row.push("time", format::time_of_day(local));
    row.push("date", format::date(local, spec.version.iso_dates()));
    row.push("time-zone-autodetect", "false");
    row.push("time-zone-name", spec.zone.as_str());
    row.push("gmt-offset", format::offset(spec.gmt_offset_minutes));
    row.push("dst-active", "false");
    print(vec![row], request, spec.version)
}
