//! `/tool/netwatch`: what the router itself measured, every ten seconds.

use super::print::print as answer;
use crate::router::device::{Device, Target};
use crate::router::format;
use crate::router::reply::{Reply, Row, Trap};
use crate::router::request::Request;
use crate::router::server::Shared;
use crate::router::spec::Behaviour;

const INTERVAL_MS: i64 = 10_000;
/// Echoes in one test.
const ECHOES: u64 = 10;

pub(crate) fn print(shared: &Shared, request: &Request) -> Result<Reply, Trap> {
    let now = shared.clock.now_ms();
    let device = shared.device();
    let watched = device.targets.iter().filter(|target| target.netwatch);
    let rows = watched.enumerate();
    let rows = rows.map(|(n, target)| row(n, target, &device, now));
    answer(rows.collect(), request, device.spec.version)
}

fn row(n: usize, target: &Target, device: &Device, now: i64) -> Row {
    let latency = match device.behaviour_of(&target.address) {
        Behaviour::Answers(latency) | Behaviour::Duplicates { latency, .. } => Some(latency),
        _ => None,
    };
    let mut row = Row::default();
    row.push(".id", format!("*{:X}", n + 1));
    row.push("host", target.address.as_str());
    row.push("interval", "10s");
    row.push("status", if latency.is_some() { "up" } else { "down" });
    let since = device.started_ms + i64::from(device.spec.gmt_offset_minutes) * 60_000;
    row.push("since", format::stamp(since, device.spec.version.iso_dates()));
    row.push("disabled", "false");
    if !device.spec.version.is_v7() {
        return row;
    }
    let via = device.interfaces.iter().find(|one| target.via == Some(one.id));
    let down_ms = via.map_or(0, |one| one.down_ms(now));
    let done = ((now - device.started_ms).max(0) / INTERVAL_MS) as u64;
    let failed = ((down_ms / INTERVAL_MS) as u64).min(done);
    let loss_ppm = latency.map_or(1_000_000, |one| u64::from(one.loss_ppm));
    let base_us = latency.map_or(0, |one| u64::from(one.base_us));
    let jitter_us = latency.map_or(0, |one| u64::from(one.jitter_us) / 3);
    row.push("type", "icmp");
    row.push_number("done-tests", done);
    row.push_number("failed-tests", failed);
    row.push_number("sent-count", ECHOES);
    row.push_number("response-count", ECHOES - ECHOES * loss_ppm / 1_000_000);
    row.push_number("loss-percent", loss_ppm / 10_000);
    if latency.is_some() {
        row.push_number("rtt-avg", base_us + jitter_us);
        row.push_number("rtt-jitter", jitter_us);
        row.push_number("rtt-stdev", jitter_us / 2);
    }
    row
}
