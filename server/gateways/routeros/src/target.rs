//! Where a router is, and the way there: resolve, ask the guard, connect.

use crate::{Error, Stage, Timeouts};
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::time::{Instant, timeout};

/// Says for an address whether it may be connected to, and if not, why.
pub type Guard = Arc<dyn Fn(IpAddr) -> Result<(), String> + Send + Sync>;

/// Where a router is.
#[derive(Clone)]
pub struct Target {
    /// A name or an address, IPv6 without brackets.
    pub host: String,
    /// 8728 for `api`, 8729 for `api-ssl`, unless the router says otherwise.
    pub port: u16,
    /// Asked for every address that the name resolves to, right before it is connected to. The name
    /// is not resolved again in between, so what was allowed is what is used.
    pub guard: Guard,
}

/// A connection, with or without TLS.
pub(crate) trait Stream: AsyncRead + AsyncWrite + Unpin + Send {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send> Stream for T {}
pub(crate) type BoxStream = Box<dyn Stream>;

/// More addresses of one name than this are not tried.
const MOST_ADDRESSES: usize = 8;

impl std::fmt::Debug for Target {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Target({}:{})", self.host, self.port)
    }
}

impl Target {
    /// Opens the TCP connection to the first allowed address that answers.
    pub(crate) async fn connect(&self, times: &Timeouts) -> Result<(TcpStream, SocketAddr), Error> {
        let addresses = self.allowed(self.resolve(times.resolve).await?)?;
        let deadline = Instant::now() + times.connect;
        let mut outcome = Err(self.unresolvable("it has no address"));
        for (tried, address) in addresses.iter().enumerate() {
            // A dead first address must leave time for the others.
            let left = deadline.saturating_duration_since(Instant::now());
            let share = left / u32::try_from(addresses.len() - tried).unwrap_or(1);
            outcome = match timeout(share, TcpStream::connect(address)).await {
                Ok(Ok(stream)) => {
                    // Commands are small and waited for.
                    let _ = stream.set_nodelay(true);
                    return Ok((stream, *address));
                }
                Ok(Err(error)) => Err(unreachable(*address, &error)),
                Err(_) => Err(Error::TimedOut {
                    stage: Stage::Connecting,
                    after: times.connect,
                }),
            };
        }
        outcome
    }

    async fn resolve(&self, time: Duration) -> Result<Vec<SocketAddr>, Error> {
        if let Ok(address) = self.host.parse::<IpAddr>() {
            return Ok(vec![SocketAddr::new(address, self.port)]);
        }
        let lookup = tokio::net::lookup_host((self.host.as_str(), self.port));
        match timeout(time, lookup).await {
            Ok(Ok(addresses)) => Ok(addresses.take(MOST_ADDRESSES).collect()),
            Ok(Err(error)) => Err(self.unresolvable(&error.to_string())),
            Err(_) => Err(Error::TimedOut {
                stage: Stage::Resolving,
                after: time,
            }),
        }
    }

    /// Keeps the addresses that the guard allows; its last word if it allows none.
    fn allowed(&self, addresses: Vec<SocketAddr>) -> Result<Vec<SocketAddr>, Error> {
        let mut refusal = Err(self.unresolvable("it has no address"));
        let mut allowed = Vec::new();
        for mut address in addresses {
            // `::ffff:127.0.0.1` is 127.0.0.1 in disguise.
            address.set_ip(address.ip().to_canonical());
            match (self.guard)(address.ip()) {
                Ok(()) => allowed.push(address),
                Err(reason) => {
                    refusal = Err(Error::ForbiddenAddress {
                        address: address.ip(),
                        reason,
                    });
                }
            }
        }
        if allowed.is_empty() { refusal } else { Ok(allowed) }
    }

    fn unresolvable(&self, detail: &str) -> Error {
        Error::Unresolvable {
            host: self.host.clone(),
            detail: detail.to_owned(),
        }
    }
}

fn unreachable(address: SocketAddr, error: &std::io::Error) -> Error {
    match error.kind() {
        std::io::ErrorKind::ConnectionRefused => Error::Refused { address },
        _ => Error::Unreachable {
            address,
            detail: error.to_string(),
        },
    }
}
