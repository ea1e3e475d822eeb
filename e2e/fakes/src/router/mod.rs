//! The fake router: a real server for the RouterOS API on a loopback port.
//!
//! Written from MikroTik's documentation and from captures of real routers. It is not a model of
//! forwarding: it shows interfaces, counters and pings as a router would, and breaks in every way
//! that was seen or feared, at the turn of a switch.
//!
//! ```no_run
//! # async fn example() -> std::io::Result<()> {
//! use fakes::{clock::Clock, router::{Router, RouterSpec}};
//! let router = Router::start(RouterSpec::generated(1, 0, 10), Clock::system()).await?;
//! println!("{}", router.address());
//! let mut activity = router.activity();
//! // Waits until somebody has polled the interfaces.
//! let _ = activity.wait_for(|seen| seen.interface_prints > 0).await;
//! # Ok(()) }
//! ```

mod codec;
mod commands;
pub mod control;
mod device;
mod faults;
mod fleet;
mod format;
mod interface;
mod query;
mod reply;
mod request;
mod server;
mod session;
mod spec;

use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;
use tokio::task::JoinHandle;

pub use crate::certificate::SelfSigned;
pub use faults::{Fault, Rule};
pub use fleet::{Fleet, FleetSpec};
pub use server::Activity;
pub use spec::{Behaviour, Board, InterfaceSpec, PingTarget, RouterSpec, Version};

use crate::certificate::Certificate;
use crate::clock::Clock;
use crate::traffic::Both;
use device::Device;
use interface::Interface;
use server::Shared;

/// The router has no interface of this name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownInterface(pub String);

impl fmt::Display for UnknownInterface {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no interface {}", self.0)
    }
}

impl std::error::Error for UnknownInterface {}

/// A running router. Dropping it closes its ports and every connection.
pub struct Router {
    shared: Arc<Shared>,
    address: SocketAddr,
    tls_address: Option<SocketAddr>,
    tasks: Vec<JoinHandle<()>>,
}

impl Router {
    /// Binds the ports and begins to serve. Fails when a port is taken, or when the
    /// specification names no port at all.
    pub async fn start(spec: RouterSpec, clock: Clock) -> io::Result<Self> {
        let mut listeners = Vec::new();
        for (port, tls) in [(spec.plain_port, false), (spec.tls_port, true)] {
            if let Some(port) = port {
                let listener = server::bind(port).await?;
                let address = listener.local_addr()?;
                listeners.push((listener, address, tls));
            }
        }
        let Some((_, address, _)) = listeners.first() else {
            return Err(io::Error::other("a router needs a port"));
        };
        let address = *address;
        let tls_listener = listeners.iter().find(|(_, _, tls)| *tls);
        let tls_address = tls_listener.map(|(_, address, _)| *address);
        let certificate = tls_address.map(|_| match &spec.certificate {
            Some(kept) => Certificate::of(kept),
            None => Certificate::of(&SelfSigned::new()?),
        });
        let certificate = certificate.transpose()?;
        let device = Device::new(spec, clock.now_ms());
        let shared = Arc::new(Shared::new(device, certificate, clock));
        let mut tasks = Vec::new();
        for (listener, address, tls) in listeners {
            let shared = Arc::clone(&shared);
            let serving = server::listen(shared, listener, address.port(), tls);
            tasks.push(tokio::spawn(serving));
        }
        let router = Self {
            shared,
            address,
            tls_address,
            tasks,
        };
        router.wait_for_ports(router.tasks.len()).await;
        Ok(router)
    }

    async fn wait_for_ports(&self, count: usize) {
        let mut open = self.shared.open_ports.subscribe();
        // The sender lives as long as `self`.
        let _ = open.wait_for(|ports| *ports == count).await;
    }

    /// Where to connect: the plain port if there is one, otherwise the TLS port.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The TLS port, if there is one.
    pub fn tls_address(&self) -> Option<SocketAddr> {
        self.tls_address
    }

    /// SHA-256 of the certificate (DER) that the TLS port shows now.
    pub fn certificate_sha256(&self) -> Option<[u8; 32]> {
        self.shared.certificate().as_ref().map(|one| one.sha256)
    }

    /// `/system/identity`, as text.
    pub fn identity(&self) -> String {
        String::from_utf8_lossy(&self.shared.device().spec.identity).into_owned()
    }

    /// What the router did so far; wait for a change of it instead of sleeping. Don't keep what
    /// `borrow` or `wait_for` returns: it is a lock, and the router waits for it.
    pub fn activity(&self) -> watch::Receiver<Activity> {
        self.shared.activity.subscribe()
    }

    /// Logins that succeeded.
    pub fn logins(&self) -> u64 {
        self.shared.activity.borrow().logins
    }

    /// How often a command such as `/ping` was answered to its end.
    pub fn commands_served(&self, command: &str) -> u64 {
        let device = self.shared.device();
        device.served.get(command).copied().unwrap_or_default()
    }

    /// Waits until a command is answered to its end once more.
    pub async fn next(&self, command: &str) {
        let mut activity = self.activity();
        let before = self.commands_served(command);
        // The sender lives as long as `self`.
        while self.commands_served(command) == before && activity.changed().await.is_ok() {}
    }

    /// When the link of an interface last went down and last came up, in milliseconds since 1970.
    pub fn stamps(&self, interface: &str) -> Result<[Option<i64>; 2], UnknownInterface> {
        let device = self.shared.device();
        let place = device.find(interface);
        let place = place.ok_or_else(|| UnknownInterface(interface.to_owned()))?;
        Ok(device.interfaces[place].stamps())
    }

    /// Octet counters of an interface now, as a client would read them without faults.
    pub fn octets(&self, interface: &str) -> Option<Both> {
        let now = self.now();
        let mut device = self.shared.device();
        let place = device.find(interface)?;
        Some(device.interfaces[place].count(now))
    }

    /// Closes the ports and every connection, and waits until that is done.
    pub async fn stop(mut self) {
        for task in std::mem::take(&mut self.tasks) {
            task.abort();
            // It ends as cancelled, which is what was asked for.
            let _ = task.await;
        }
    }

    fn now(&self) -> i64 {
        self.shared.clock.now_ms()
    }

    fn change(&self, interface: &str, change: impl FnOnce(&mut Interface)) -> Result<(), UnknownInterface> {
        let now = self.now();
        known(interface, self.shared.device().change(interface, now, change))
    }
}

/// What happens to the router itself.
impl Router {
    /// Uptime and every counter begin again at zero, and all connections end.
    pub fn reboot(&self) {
        self.shared.device().reboot(self.now());
        self.hang_up();
    }

    /// Ends every connection at once; new ones are accepted.
    pub fn hang_up(&self) {
        self.shared.door.send_modify(|door| door.generation += 1);
    }

    /// Closes or opens the ports. Returns when that is done; the ports stay the same.
    pub async fn set_reachable(&self, reachable: bool) {
        self.shared.door.send_modify(|door| {
            door.open = reachable;
            door.generation += 1;
        });
        let ports = if reachable { self.tasks.len() } else { 0 };
        self.wait_for_ports(ports).await;
    }

    /// A new key and certificate for connections from now on.
    pub fn renew_certificate(&self) -> io::Result<()> {
        let mut certificate = self.shared.certificate();
        if certificate.is_some() {
            *certificate = Some(Certificate::of(&SelfSigned::new()?)?);
        }
        Ok(())
    }

    /// Changes the account that is accepted.
    pub fn set_password(&self, password: &str) {
        self.shared.device().spec.password = password.to_owned();
    }

    /// Refuses every login, whatever the password.
    pub fn refuse_login(&self, refuse: bool) {
        self.shared.device().switches.refuse_login = refuse;
    }

    /// Allows nobody to listen for changes of interfaces.
    pub fn refuse_listen(&self, refuse: bool) {
        self.shared.device().switches.refuse_listen = refuse;
    }

    /// Tells whoever listens of its first interface again and again, as fast as they read.
    pub fn flood_listeners(&self, flood: bool) {
        let now = self.now();
        let mut device = self.shared.device();
        device.switches.flood_listeners = flood;
        if flood {
            device.announce(0, now);
        }
    }

    /// How many connections listen for changes of interfaces.
    pub fn listeners(&self) -> usize {
        self.shared.device().changes.receiver_count()
    }

    /// Connections beyond so many are closed as soon as they are accepted; `None` for no limit.
    pub fn limit_sessions(&self, limit: Option<usize>) {
        self.shared.device().switches.max_sessions = limit;
    }

    /// New connections are accepted and never answered, not even with TLS.
    pub fn hang(&self, hang: bool) {
        self.shared.device().switches.hang = hang;
    }

    /// Writes octet by octet with this pause; `None` for full speed.
    pub fn drip(&self, pause: Option<Duration>) {
        self.shared.device().switches.drip = pause;
    }

    /// The router's clock is wrong by so many milliseconds.
    pub fn skew_clock(&self, ms: i64) {
        self.shared.device().switches.skew_ms = ms;
    }

    /// Adds a fault for commands that begin from now on. The oldest matching rule strikes.
    pub fn inject(&self, rule: Rule) {
        self.shared.device().switches.rules.push(rule);
    }

    /// Takes back every switch and fault that lasts. What happened (a reboot, a flap) happened.
    pub fn clear(&self) {
        self.shared.device().switches = faults::Switches::default();
    }

    /// How an address answers to `/ping` from now on; added when it is not known.
    pub fn set_ping(&self, address: &str, behaviour: Behaviour) {
        let mut device = self.shared.device();
        match device.targets.iter_mut().find(|one| one.address == address) {
            Some(target) => target.behaviour = behaviour,
            None => device.targets.push(device::Target {
                address: address.to_owned(),
                behaviour,
                via: None,
                netwatch: false,
            }),
        }
    }
}

/// What happens to its interfaces.
impl Router {
    /// Counters of one interface, or of all, begin again at zero; the uptime goes on.
    pub fn reset_counters(&self, interface: Option<&str>) -> Result<(), UnknownInterface> {
        let done = self.shared.device().reset_counters(interface, self.now());
        known(interface.unwrap_or_default(), done)
    }

    /// Sets the octet counters, for instance close to where they go round.
    pub fn set_counters(&self, interface: &str, octets: Both) -> Result<(), UnknownInterface> {
        let now = self.now();
        self.change(interface, |one| one.set_counters(octets, now))
    }

    /// Shows only the lower 32 bits of every counter.
    pub fn counters_32_bit(&self, narrow: bool) {
        self.shared.device().switches.counters_32_bit = narrow;
    }

    /// Shows this text instead of every octet counter; `None` for the truth.
    pub fn lie_about_counters(&self, text: Option<&str>) {
        self.shared.device().switches.counters_lie = text.map(str::to_owned);
    }

    /// A drop that is already over when this returns: `link-downs` rises by one, and the stamps
    /// say that it began `length` ago and ended now.
    pub fn flap(&self, interface: &str, length: Duration) -> Result<(), UnknownInterface> {
        let ms = i64::try_from(length.as_millis()).unwrap_or(i64::MAX / 2);
        let done = self.shared.device().flap(interface, ms, self.now());
        known(interface, done)
    }

    /// Plugs the cable in or out.
    pub fn set_running(&self, interface: &str, running: bool) -> Result<(), UnknownInterface> {
        self.change(interface, |one| one.spec.running = running)
    }

    /// Switches an interface off or on, as the provider would.
    pub fn set_disabled(&self, interface: &str, disabled: bool) -> Result<(), UnknownInterface> {
        self.change(interface, |one| one.spec.disabled = disabled)
    }

    /// Gives an interface another name; its `.id` and `default-name` stay.
    pub fn rename(&self, interface: &str, name: &str) -> Result<(), UnknownInterface> {
        self.change(interface, |one| one.spec.name = name.to_owned())
    }

    /// Bytes in whatever code page.
    pub fn set_comment(&self, interface: &str, comment: &[u8]) -> Result<(), UnknownInterface> {
        self.change(interface, |one| one.spec.comment = comment.to_vec())
    }

    /// Takes an interface away.
    pub fn remove(&self, interface: &str) -> Result<(), UnknownInterface> {
        known(interface, self.shared.device().remove(interface))
    }

    /// Adds an interface, with an `.id` that no other ever had.
    pub fn add(&self, interface: InterfaceSpec) {
        let now = self.now();
        self.shared.device().add(interface, now);
    }
}

fn known(interface: &str, done: bool) -> Result<(), UnknownInterface> {
    match done {
        true => Ok(()),
        false => Err(UnknownInterface(interface.to_owned())),
    }
}

impl Drop for Router {
    fn drop(&mut self) {
        for task in &self.tasks {
            task.abort();
        }
    }
}
