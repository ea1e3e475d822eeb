//! The demo's fake routers: real servers on loopback that speak RouterOS' API and count by the cast's traffic.

use std::io;

use chrono::{DateTime, Utc};
use fakes::{
    clock::Clock,
    router::{Behaviour, Board, InterfaceSpec, PingTarget, Router, RouterSpec, Version},
};

use super::{
    cast::{self, Provider},
    history,
};

/// What every fake router lets in.
pub(super) const USER: &str = "mainstay";

/// The password of that user.
pub(super) const PASSWORD: &str = "routers-of-the-demo";

/// A fake router of the demo.
pub(super) struct Fake {
    /// What staff call it.
    pub(super) name: &'static str,
    /// The server itself; it ends when this is dropped.
    pub(super) router: Router,
}

/// Starts the routers of `provider` that are alive.
///
/// # Errors
/// When no port can be had.
pub(super) async fn start(
    provider: &'static Provider,
    begun: DateTime<Utc>,
    now: DateTime<Utc>,
) -> io::Result<Vec<Fake>> {
    let mut fakes = Vec::new();
    for (index, router) in provider.routers.iter().enumerate().filter(|(_, router)| router.alive) {
        let spec = spec(provider, router, index, begun, now);
        fakes.push(Fake {
            name: router.name,
            router: Router::start(spec, Clock::system()).await?,
        });
    }
    Ok(fakes)
}

/// A router that is in nobody's list yet: to be added by whoever tries that out.
///
/// # Errors
/// When no port can be had.
pub(super) async fn start_spare() -> io::Result<Router> {
    let spec = RouterSpec {
        user: USER.to_owned(),
        password: PASSWORD.to_owned(),
        tls_port: Some(0),
        plain_port: None,
        identity: b"spare-edge-9".to_vec(),
        ..RouterSpec::generated(2026, 9, 6)
    };
    Router::start(spec, Clock::system()).await
}

fn spec(
    provider: &Provider,
    router: &cast::Router,
    index: usize,
    begun: DateTime<Utc>,
    now: DateTime<Utc>,
) -> RouterSpec {
    let counted_from = begun - chrono::Duration::days(history::DAYS);
    let uptime = now - begun + chrono::Duration::minutes(router.rebooted.unwrap_or(history::DAYS * 24 * 60));
    let mut spec = RouterSpec {
        seed: index as u64,
        version: if router.tls { Version::V7_18 } else { Version::V6_49 },
        board: if router.tls { Board::ccr2004() } else { Board::crs326() },
        user: USER.to_owned(),
        password: PASSWORD.to_owned(),
        plain_port: (!router.tls).then_some(0),
        tls_port: router.tls.then_some(0),
        uptime_ms: uptime.num_milliseconds(),
        zone: provider.zone.to_owned(),
        gmt_offset_minutes: provider.utc_offset_minutes,
        interfaces: vec![InterfaceSpec {
            comment: b"Uplink".to_vec(),
            ..InterfaceSpec::ether(1)
        }],
        ..RouterSpec::new(router.name)
    };
    for (place, link) in provider.links_of(router.name).enumerate() {
        let number = interface_number(place);
        let interface = InterfaceSpec::ether(number).carrying(link.traffic(provider));
        spec.targets.push(PingTarget {
            address: ping_target(index, place),
            behaviour: Behaviour::Answers(link.latency(provider)),
            via: Some(interface.name.clone()),
            netwatch: false,
        });
        spec.interfaces.push(InterfaceSpec {
            comment: format!("{} {}", link.reference, link.name).into_bytes(),
            running: !link.is_down(0),
            counted_from_ms: Some(counted_from.timestamp_millis()),
            ..interface
        });
    }
    spec
}

/// The number of the interface of a router's link number `place`: the first is the uplink.
pub(super) fn interface_number(place: usize) -> u8 {
    u8::try_from(place).unwrap_or(u8::MAX - 2) + 2
}

/// What is pinged to measure a router's link number `place`.
pub(super) fn ping_target(router: usize, place: usize) -> String {
    format!("10.77.{router}.{}", place + 2)
}
