//! Many generated routers in one process.

use std::io;

use super::{Router, RouterSpec};
use crate::clock::Clock;

/// What to start.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FleetSpec {
    /// How many routers.
    pub routers: u32,
    /// Links on each, at most 200.
    pub links: u8,
    /// The same seed makes the same routers.
    pub seed: u64,
    /// TLS ports instead of plain ones.
    pub tls: bool,
    /// The first router's port, the second has the next one; 0 takes any free ports.
    pub first_port: u16,
    /// The account on each.
    pub user: String,
    /// Its password.
    pub password: String,
}

/// Running routers. Dropping it stops them all.
pub struct Fleet {
    routers: Vec<Router>,
}

impl Fleet {
    /// Starts all routers, or none: when one port is taken, those before it are closed again.
    /// Each router takes one file descriptor, and each connection another.
    pub async fn start(spec: &FleetSpec, clock: Clock) -> io::Result<Self> {
        let mut routers = Vec::new();
        for index in 0..spec.routers {
            let port = match spec.first_port {
                0 => 0,
                first => u16::try_from(u32::from(first) + index).map_err(io::Error::other)?,
            };
            let router = RouterSpec {
                user: spec.user.clone(),
                password: spec.password.clone(),
                plain_port: (!spec.tls).then_some(port),
                tls_port: spec.tls.then_some(port),
                ..RouterSpec::generated(spec.seed, index, spec.links)
            };
            routers.push(Router::start(router, clock.clone()).await?);
        }
        Ok(Self { routers })
    }

    /// In the order of their generation.
    pub fn routers(&self) -> &[Router] {
        &self.routers
    }
}
