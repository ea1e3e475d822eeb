//! The state of one router, and what can happen to it. Knows no sockets.

use std::collections::HashMap;
use std::sync::Arc;

use tokio::sync::broadcast;

use super::faults::Switches;
use super::interface::{Interface, View};
use super::reply::Row;
use super::spec::{Behaviour, InterfaceSpec, RouterSpec};

/// A ping target with its interface resolved to an identifier, which a rename keeps.
#[derive(Clone, Debug)]
pub(crate) struct Target {
    pub(crate) address: String,
    pub(crate) behaviour: Behaviour,
    pub(crate) via: Option<u32>,
    pub(crate) netwatch: bool,
}

#[derive(Debug)]
pub(crate) struct Device {
    pub(crate) spec: RouterSpec,
    pub(crate) started_ms: i64,
    pub(crate) boot_ms: i64,
    pub(crate) interfaces: Vec<Interface>,
    pub(crate) targets: Vec<Target>,
    pub(crate) switches: Switches,
    /// How often each command was answered.
    pub(crate) served: HashMap<String, u64>,
    /// Rows for `/interface/listen`, as they were when they changed.
    pub(crate) changes: broadcast::Sender<Arc<Row>>,
    next_id: u32,
}

impl Device {
    pub(crate) fn new(mut spec: RouterSpec, now: i64) -> Self {
        let mut device = Self {
            started_ms: now,
            boot_ms: now - spec.uptime_ms,
            interfaces: Vec::new(),
            targets: Vec::new(),
            switches: Switches::default(),
            served: HashMap::new(),
            changes: broadcast::channel(64).0,
            next_id: 1,
            spec: RouterSpec {
                interfaces: Vec::new(),
                targets: Vec::new(),
                ..spec.clone()
            },
        };
        for interface in spec.interfaces.drain(..) {
            device.add(interface, now);
        }
        for target in spec.targets.drain(..) {
            let via = target.via.and_then(|name| device.find(&name));
            device.targets.push(Target {
                address: target.address,
                behaviour: target.behaviour,
                via: via.map(|place| device.interfaces[place].id),
                netwatch: target.netwatch,
            });
        }
        device
    }

    pub(crate) fn add(&mut self, spec: InterfaceSpec, now: i64) {
        let id = self.next_id;
        self.next_id += 1;
        let interface = Interface::new(id, spec, self.boot_ms, now);
        self.interfaces.push(interface);
        self.announce(self.interfaces.len() - 1, now);
    }

    /// The place of the interface with this name or `.id`.
    pub(crate) fn find(&self, word: &str) -> Option<usize> {
        self.interfaces.iter().position(|one| one.is_called(word))
    }

    /// Changes one interface and tells whoever listens; false when there is no such interface.
    pub(crate) fn change(&mut self, name: &str, now: i64, change: impl FnOnce(&mut Interface)) -> bool {
        let Some(place) = self.find(name) else {
            return false;
        };
        change(&mut self.interfaces[place]);
        self.interfaces[place].settle(now);
        self.announce(place, now);
        true
    }

    /// A drop that is already over. Whoever listens hears of both edges.
    pub(crate) fn flap(&mut self, name: &str, length_ms: i64, now: i64) -> bool {
        let Some(place) = self.find(name) else {
            return false;
        };
        self.interfaces[place].flap(length_ms, now);
        let mut down = self.row(place, now);
        down.replace("running", "false");
        self.send(down);
        self.announce(place, now);
        true
    }

    pub(crate) fn remove(&mut self, name: &str) -> bool {
        let Some(place) = self.find(name) else {
            return false;
        };
        let gone = self.interfaces.remove(place);
        let mut row = Row::default();
        row.push(".id", gone.id_text());
        row.push(".dead", "yes");
        self.send(row);
        true
    }

    pub(crate) fn reset_counters(&mut self, name: Option<&str>, now: i64) -> bool {
        match name {
            None => {
                for interface in &mut self.interfaces {
                    interface.reset_counters(now);
                }
                true
            }
            Some(name) => self.change(name, now, |one| one.reset_counters(now)),
        }
    }

    pub(crate) fn reboot(&mut self, now: i64) {
        self.boot_ms = now;
        for interface in &mut self.interfaces {
            interface.reboot(now);
        }
    }

    /// How an address answers now.
    pub(crate) fn behaviour_of(&self, address: &str) -> Behaviour {
        let Some(target) = self.targets.iter().find(|one| one.address == address) else {
            return Behaviour::Silent;
        };
        let reachable = target.via.is_none_or(|id| {
            let interface = self.interfaces.iter().find(|one| one.id == id);
            interface.is_some_and(Interface::is_up)
        });
        if reachable {
            target.behaviour.clone()
        } else {
            Behaviour::Silent
        }
    }

    /// What the router's clock on the wall says, as milliseconds of a zoneless epoch.
    pub(crate) fn local_ms(&self, now: i64) -> i64 {
        now + self.local_offset_ms()
    }

    fn local_offset_ms(&self) -> i64 {
        i64::from(self.spec.gmt_offset_minutes) * 60_000 + self.switches.skew_ms
    }

    pub(crate) fn rows(&mut self, now: i64) -> Vec<Row> {
        let view = self.view();
        let interfaces = self.interfaces.iter_mut();
        interfaces.map(|one| one.row(&view, now)).collect()
    }

    fn row(&mut self, place: usize, now: i64) -> Row {
        let view = self.view();
        self.interfaces[place].row(&view, now)
    }

    fn view(&self) -> View {
        View {
            version: self.spec.version,
            is_switch: self.spec.board.is_switch,
            local_offset_ms: self.local_offset_ms(),
            counters_32_bit: self.switches.counters_32_bit,
            counters_lie: self.switches.counters_lie.clone(),
        }
    }

    /// Tells whoever listens of an interface as it is now, if there is one at `place`.
    pub(crate) fn announce(&mut self, place: usize, now: i64) {
        if self.changes.receiver_count() > 0 && place < self.interfaces.len() {
            let row = self.row(place, now);
            self.send(row);
        }
    }

    fn send(&self, row: Row) {
        // An error means that nobody listens.
        let _ = self.changes.send(Arc::new(row));
    }
}
