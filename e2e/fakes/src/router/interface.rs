//! One interface while the router runs: its link, its counters and its stamps.

use super::format;
use super::reply::Row;
use super::spec::{InterfaceSpec, Version};
use crate::traffic::Both;

/// What a row shows that is not the interface's own.
#[derive(Clone, Debug)]
pub(crate) struct View {
    pub(crate) version: Version,
    pub(crate) is_switch: bool,
    /// From Unix time to what the router's clock on the wall says.
    pub(crate) local_offset_ms: i64,
    pub(crate) counters_32_bit: bool,
    pub(crate) counters_lie: Option<String>,
}

#[derive(Clone, Debug)]
pub(crate) struct Interface {
    pub(crate) id: u32,
    pub(crate) spec: InterfaceSpec,
    octets: Both,
    /// Since when traffic is not yet in `octets`; `None` while nothing flows.
    flowing_since: Option<i64>,
    link_downs: u64,
    last_up_ms: Option<i64>,
    last_down_ms: Option<i64>,
    /// Time spent down since the start, for what netwatch counts.
    down_ms: i64,
    down_since: Option<i64>,
}

impl Interface {
    pub(crate) fn new(id: u32, spec: InterfaceSpec, boot_ms: i64, now: i64) -> Self {
        let up = spec.running && !spec.disabled;
        Self {
            id,
            octets: spec.octets,
            flowing_since: up.then(|| spec.counted_from_ms.unwrap_or(now)),
            link_downs: spec.link_downs,
            last_up_ms: up.then_some(boot_ms + 9_000),
            last_down_ms: (up && spec.link_downs > 0).then_some(boot_ms + 7_000),
            down_ms: 0,
            down_since: (!up).then_some(now),
            spec,
        }
    }

    pub(crate) fn is_up(&self) -> bool {
        self.down_since.is_none()
    }

    /// When it last went down and last came up.
    pub(crate) fn stamps(&self) -> [Option<i64>; 2] {
        [self.last_down_ms, self.last_up_ms]
    }

    /// `*` and the number in hexadecimal, as routers write it.
    pub(crate) fn id_text(&self) -> String {
        format!("*{:X}", self.id)
    }

    /// Whether a client's word for an interface means this one.
    pub(crate) fn is_called(&self, word: &str) -> bool {
        self.spec.name == word || self.id_text() == word
    }

    /// Brings the link to what the cable and the provider's switch say; true when it changed.
    pub(crate) fn settle(&mut self, now: i64) -> bool {
        let up = self.spec.running && !self.spec.disabled;
        if up == self.is_up() {
            return false;
        }
        self.count(now);
        if up {
            self.down_ms += now - self.down_since.take().unwrap_or(now);
            self.flowing_since = Some(now);
            self.last_up_ms = Some(now);
        } else {
            self.down_since = Some(now);
            self.flowing_since = None;
            self.last_down_ms = Some(now);
            self.link_downs += 1;
        }
        true
    }

    /// A drop that is already over: it began `length_ms` ago and ended now.
    pub(crate) fn flap(&mut self, length_ms: i64, now: i64) {
        self.link_downs += 1;
        self.last_down_ms = Some(now - length_ms);
        self.last_up_ms = Some(now);
        self.down_ms += length_ms;
    }

    pub(crate) fn reset_counters(&mut self, now: i64) {
        self.set_counters(Both::default(), now);
    }

    pub(crate) fn set_counters(&mut self, octets: Both, now: i64) {
        self.count(now);
        self.octets = octets;
    }

    /// What a reboot does to an interface.
    pub(crate) fn reboot(&mut self, now: i64) {
        self.reset_counters(now);
        self.link_downs = 0;
        self.last_down_ms = None;
        self.last_up_ms = self.is_up().then_some(now);
    }

    /// Counters now.
    pub(crate) fn count(&mut self, now: i64) -> Both {
        if let (Some(traffic), Some(since)) = (self.spec.traffic, self.flowing_since)
            && now > since
        {
            let flown = traffic.octets_between(since, now);
            self.octets = self.octets.wrapping_add(flown);
            self.flowing_since = Some(now);
        }
        self.octets
    }

    /// Bits per second now.
    pub(crate) fn rates(&self, now: i64) -> Both {
        let traffic = self.spec.traffic.filter(|_| self.is_up());
        traffic.map(|one| one.rates_at(now)).unwrap_or_default()
    }

    /// How long it has been down since the start of the router.
    pub(crate) fn down_ms(&self, now: i64) -> i64 {
        self.down_ms + self.down_since.map_or(0, |since| (now - since).max(0))
    }

    pub(crate) fn packets(&self, octets: u64) -> u64 {
        self.spec.traffic.map_or(0, |one| one.packets(octets))
    }

    /// The row of `/interface/print`.
    pub(crate) fn row(&mut self, view: &View, now: i64) -> Row {
        let octets = self.count(now);
        let spec = &self.spec;
        let mut row = Row::default();
        row.push(".id", self.id_text());
        row.push("name", spec.name.as_str());
        if let Some(default_name) = &spec.default_name {
            row.push("default-name", default_name.as_str());
        }
        row.push("type", spec.kind.as_str());
        row.push_number("mtu", spec.mtu);
        row.push_number("actual-mtu", spec.mtu);
        if spec.kind == "ether" {
            row.push_number("l2mtu", 1_598);
            row.push_number("max-l2mtu", 4_074);
        }
        row.push("mac-address", format::mac(spec.mac));
        let stamp = |at: i64| format::stamp(at + view.local_offset_ms, view.version.iso_dates());
        if let Some(at) = self.last_down_ms {
            row.push("last-link-down-time", stamp(at));
        }
        if let Some(at) = self.last_up_ms {
            row.push("last-link-up-time", stamp(at));
        }
        row.push_number("link-downs", self.link_downs);
        self.push_counters(&mut row, octets, view);
        row.push("running", format::flag(self.is_up()));
        row.push("disabled", format::flag(spec.disabled));
        if !spec.comment.is_empty() {
            row.push("comment", spec.comment.as_slice());
        }
        row
    }

    fn push_counters(&self, row: &mut Row, octets: Both, view: &View) {
        let shown = |count: u64| match view.counters_32_bit {
            true => (count & 0xffff_ffff).to_string(),
            false => count.to_string(),
        };
        let shown_octets = |count| view.counters_lie.clone().unwrap_or_else(|| shown(count));
        let packets = Both {
            rx: self.packets(octets.rx),
            tx: self.packets(octets.tx),
        };
        let bad = |packets: u64| {
            let bad = u128::from(packets) * u128::from(self.spec.error_ppm) / 1_000_000;
            shown(bad as u64)
        };
        row.push("rx-byte", shown_octets(octets.rx));
        row.push("tx-byte", shown_octets(octets.tx));
        row.push("rx-packet", shown(packets.rx));
        row.push("tx-packet", shown(packets.tx));
        if !view.is_switch {
            row.push("rx-drop", bad(packets.rx / 2));
        }
        row.push("tx-drop", bad(packets.tx / 3));
        if view.version.is_v7() {
            row.push("tx-queue-drop", bad(packets.tx / 5));
        }
        if !view.is_switch {
            row.push("rx-error", bad(packets.rx));
        }
        row.push("tx-error", bad(packets.tx / 7));
        row.push("fp-rx-byte", shown_octets(octets.rx));
        row.push("fp-tx-byte", shown_octets(octets.tx));
    }
}
