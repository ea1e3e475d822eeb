//! The demo's fake routers: real servers on loopback that speak RouterOS' API and count by the cast's traffic.

use std::{collections::BTreeMap, fs, io, path::PathBuf};

use chrono::{DateTime, Utc};
use fakes::{
    clock::Clock,
    router::{Behaviour, Board, InterfaceSpec, PingTarget, Router, RouterSpec, SelfSigned, Version},
};
use serde::{Deserialize, Serialize};

use super::{
    cast::{self, Provider},
    history,
};

/// What every fake router lets in.
pub(super) const USER: &str = "mainstay";

/// The password of that user.
pub(super) const PASSWORD: &str = "routers-of-the-demo";

/// Ports and certificates of the fakes, kept from one start to the next: a router that a visitor has added is then
/// still where it was, and shows the certificate that was trusted.
#[derive(Debug)]
pub(super) struct Places {
    file: PathBuf,
    kept: BTreeMap<String, Place>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Place {
    port: u16,
    certificate: String,
    key: String,
}

impl Places {
    /// What an earlier start wrote into `file`; nothing where that can't be read.
    pub(super) fn read(file: PathBuf) -> Self {
        let kept = fs::read(&file).ok();
        let kept = kept.and_then(|text| serde_json::from_slice(&text).ok());
        Self {
            file,
            kept: kept.unwrap_or_default(),
        }
    }

    /// Starts a router where `name` was, or on a new port if that is taken by now, and remembers where.
    async fn start(&mut self, name: &str, spec: RouterSpec, clock: Clock) -> io::Result<Router> {
        let kept = self.kept.get(name).cloned();
        let signed = match &kept {
            Some(place) => SelfSigned {
                certificate: place.certificate.clone(),
                key: place.key.clone(),
            },
            None => SelfSigned::new()?,
        };
        let at = |port| RouterSpec {
            plain_port: spec.plain_port.map(|_| port),
            tls_port: spec.tls_port.map(|_| port),
            certificate: Some(signed.clone()),
            ..spec.clone()
        };
        let router = match Router::start(at(kept.map_or(0, |place| place.port)), clock.clone()).await {
            Ok(router) => router,
            Err(_) => Router::start(at(0), clock).await?,
        };
        let place = Place {
            port: router.address().port(),
            certificate: signed.certificate,
            key: signed.key,
        };
        self.kept.insert(name.to_owned(), place);
        fs::write(&self.file, serde_json::to_vec_pretty(&self.kept)?)?;
        Ok(router)
    }
}

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
/// When no port can be had, or it can't be kept.
pub(super) async fn start(
    places: &mut Places,
    provider: &'static Provider,
    begun: DateTime<Utc>,
    now: DateTime<Utc>,
) -> io::Result<Vec<Fake>> {
    let mut fakes = Vec::new();
    for (index, router) in provider.routers.iter().enumerate().filter(|(_, router)| router.alive) {
        let spec = spec(provider, router, index, begun, now);
        fakes.push(Fake {
            name: router.name,
            router: places.start(router.name, spec, Clock::system()).await?,
        });
    }
    Ok(fakes)
}

/// A router that is in nobody's list yet: to be added by whoever tries that out.
///
/// # Errors
/// When no port can be had, or it can't be kept.
pub(super) async fn start_spare(places: &mut Places) -> io::Result<Router> {
    let spec = RouterSpec {
        user: USER.to_owned(),
        password: PASSWORD.to_owned(),
        tls_port: Some(0),
        plain_port: None,
        identity: b"spare-edge-9".to_vec(),
        ..RouterSpec::generated(2026, 9, 6)
    };
    places.start("spare-edge-9", spec, Clock::system()).await
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
        let interface = InterfaceSpec::ether(number).carrying(link.traffic(provider, begun));
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

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_spare_router_is_where_it_was_at_the_start_before() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("routers.json");
        let first = start_spare(&mut Places::read(file.clone())).await.unwrap();
        let (address, sha256) = (first.address(), first.certificate_sha256());
        let beside = start_spare(&mut Places::read(file.clone())).await.unwrap();
        assert_ne!(beside.address(), address, "the port was taken");
        assert_eq!(beside.certificate_sha256(), sha256);
        let moved = beside.address();
        beside.set_reachable(false).await;
        let again = start_spare(&mut Places::read(file.clone())).await.unwrap();
        assert_eq!((again.address(), again.certificate_sha256()), (moved, sha256));
        fs::write(&file, "{").unwrap();
        start_spare(&mut Places::read(file)).await.unwrap();
    }
}
