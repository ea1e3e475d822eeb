//! What follows from the answer of a router, or from its failure: samples, states and their changes. Pure.
//!
//! A sample is made only of what is certain. What can't be believed leaves the slot without one, with the reason
//! beside it, and the reading before stays the one to count from.

use std::ops::Range;

use chrono::{DateTime, Utc};
use entity::{LinkId, link_state, router::TlsMode, router_state::Reach, sample::LinkCondition};
use routeros::{Interface, Ping};

use super::{
    ask::Answer,
    edges::{self, Edge},
    matching,
    memory::{Baseline, LinkMemory, Memory, Source},
    setup::Setup,
    trouble::Trouble,
};
use crate::domain::links::{
    counters::{Counters, Delta, NoRate, Reading, Reboot, Wire},
    slot::{Jitter, Latency, Sample, SampleState, Slot},
    store::condition,
};

/// A round trip of more than a minute is no round trip.
const LONGEST_ROUND_TRIP_US: u32 = 60_000_000;

/// Rates of a live look are not replaced by the mean of a cycle before they are so old, in seconds.
const LIVE_STAYS_SECONDS: i64 = 20;

/// What is to be stored, and remembered once that is done.
#[derive(Debug)]
pub(super) struct Verdict {
    pub(super) memory: Memory,
    /// All of the poll's slot. What is stored of it already is merged in when they are stored.
    pub(super) samples: Vec<(LinkId, Sample)>,
    /// Slots before: where they are stored as unknown, they are now proven to be down.
    pub(super) downs: Vec<(LinkId, Range<Slot>)>,
    pub(super) changes: Vec<Change>,
    pub(super) edges: Vec<Edge>,
    /// The certificate to trust from now on.
    pub(super) pin: Option<[u8; 32]>,
    /// Not from a poll: staff switched the router off.
    pub(super) switched_off: bool,
}

impl Verdict {
    pub(super) fn of(memory: Memory) -> Self {
        Self {
            samples: Vec::with_capacity(memory.links.len()),
            memory,
            downs: Vec::new(),
            changes: Vec::new(),
            edges: Vec::new(),
            pin: None,
            switched_off: false,
        }
    }
}

/// A row of `state_change`.
#[derive(Debug, PartialEq)]
pub(super) struct Change {
    pub(super) at: DateTime<Utc>,
    /// The link; none: the router itself.
    pub(super) link: Option<LinkId>,
    pub(super) from: &'static str,
    pub(super) to: &'static str,
    pub(super) reason: Option<String>,
}

/// When a poll was.
#[derive(Clone, Copy, Debug)]
pub(super) struct Times {
    /// When it should have begun.
    pub(super) due: DateTime<Utc>,
    /// The first question: this decides the slot (R14).
    pub(super) started: DateTime<Utc>,
    pub(super) ended: DateTime<Utc>,
}

impl Times {
    pub(super) fn slot(&self) -> Slot {
        Slot::from_instant(self.started)
    }
}

/// The router answered.
pub(super) fn of_answer(old: &Memory, setup: &Setup, times: Times, answer: &Answer) -> Verdict {
    let mut verdict = begin(old, setup, times);
    let mut lies = Vec::new();
    let source = Source::of(setup);
    for link in &mut verdict.memory.links {
        let found = {
            let (chosen, last_id) = link.known_as();
            matching::find(chosen, last_id, &answer.interfaces)
        };
        let judged = match found {
            None => Err(missing(link)),
            Some(interface) => read(link, interface, answer, times.slot())
                .inspect(|read| lies.extend(read.doubt.clone()))
                .inspect_err(|lie| lies.push(lie.clone())),
        };
        match judged {
            Err(problem) => become_unknown(link, answer.at, Some(problem), &mut verdict.changes),
            Ok(read) => {
                if let (Some(reboot), Some(silent_since)) = (read.reboot, old.router.silent_since)
                    && read.sample.state != SampleState::Disabled
                {
                    let slots = reboot.slots_down(silent_since);
                    let before_this = slots.start..slots.end.min(times.slot());
                    if !before_this.is_empty() {
                        verdict.downs.push((link.setup.id, before_this));
                    }
                }
                let state = condition(read.sample.state);
                // What the router told of after it answered this poll is newer than what the poll read.
                if link.row.edge_at.is_none_or(|edge| edge <= answer.at) {
                    verdict
                        .edges
                        .extend(edges::found(link, &read.reading, state, answer.ahead));
                    become_state(link, answer.at, state, None, &mut verdict.changes);
                    link.row.problem.clone_from(&read.problem);
                }
                verdict
                    .samples
                    .push((link.setup.id, keep(link, &source, read, answer.at)));
            }
        }
    }
    verdict.memory.ahead = answer.ahead;
    let resources = &answer.resources;
    let router = &mut verdict.memory.router;
    router.identity = Some(clean(&answer.identity));
    router.version = Some(clean(&resources.version));
    router.board = resources.board.as_deref().map(clean);
    router.architecture = resources.architecture.as_deref().map(clean);
    router.uptime_seconds = i64::try_from(resources.uptime.as_secs()).ok();
    router.cpu_percent = resources
        .cpu_load
        .filter(|load| (0..=100).contains(load))
        .map(|load| load as i32);
    router.memory_free = resources.free_memory.and_then(|octets| octets.try_into().ok());
    router.memory_total = resources.total_memory.and_then(|octets| octets.try_into().ok());
    router.clock_skew_ms = answer.skew_ms;
    router.last_success_at = Some(times.ended);
    router.failures_in_a_row = 0;
    router.silent_since = None;
    if let Some(seen) = &answer.certificate {
        router.certificate_sha256 = Some(seen.sha256.to_vec());
        let until = seen.not_after.map(|at| at.format(", until %Y-%m-%d").to_string());
        router.certificate_text = Some(clean(&seen.subject) + &until.unwrap_or_default());
        if setup.access.tls == TlsMode::Pin && setup.access.pin.is_none() {
            verdict.pin = Some(seen.sha256);
        }
    }
    let pinned = (verdict.pin.as_ref())
        .map(|pin| format!("trusted on first use: the certificate {}", routeros::fingerprint(pin)));
    let (reach, code, reason) = match lies.into_iter().next() {
        Some(lie) => (Reach::Failing, Some("implausible"), Some(lie)),
        None => match overrun(setup, times) {
            Some(overrun) => (Reach::Reachable, Some("overrun"), Some(overrun)),
            None => (Reach::Reachable, None, None),
        },
    };
    reach_becomes(&mut verdict, answer.at, reach, (code, reason), pinned);
    verdict
}

/// The router gave no answer, or none to be believed.
pub(super) fn of_trouble(old: &Memory, setup: &Setup, times: Times, trouble: &Trouble) -> Verdict {
    let mut verdict = begin(old, setup, times);
    let reason = trouble.to_string();
    for link in &mut verdict.memory.links {
        let problem = link.row.problem.clone();
        become_unknown(link, times.ended, problem, &mut verdict.changes);
        // The link may be well; only the router is to blame.
        if let Some(change) = verdict
            .changes
            .last_mut()
            .filter(|change| change.link == Some(link.setup.id))
        {
            change.reason = Some(reason.clone());
        }
        let slot = Some(times.slot().number().into());
        if trouble.is_silence() && link.row.slot != slot {
            let sample = Sample::new(times.slot(), SampleState::Unknown);
            verdict.samples.push((link.setup.id, sample));
            link.row.slot = slot;
            link.row.sampled_at = Some(times.ended);
        }
    }
    let memory = &mut verdict.memory;
    // Whoever refuses or lies is not absent: only silence without a break can become an outage.
    memory.router.silent_since = (memory.router.silent_since.or(Some(times.started))).filter(|_| trouble.is_silence());
    memory.router.failures += 1;
    memory.router.failures_in_a_row += 1;
    reach_becomes(
        &mut verdict,
        times.ended,
        trouble.reach(),
        (Some(trouble.code()), Some(reason)),
        None,
    );
    verdict
}

/// Staff switched the router off.
pub(super) fn of_switched_off(old: &Memory, now: DateTime<Utc>) -> Verdict {
    let mut verdict = Verdict::of(old.clone());
    verdict.switched_off = true;
    let memory = &mut verdict.memory;
    for link in memory.links.iter_mut().chain(&mut memory.left) {
        let reason = "the router is switched off in its set-up".to_owned();
        become_unknown(link, now, Some(reason), &mut verdict.changes);
    }
    verdict.memory.router.silent_since = None;
    verdict.memory.router.failures_in_a_row = 0;
    reach_becomes(&mut verdict, now, Reach::New, (None, None), None);
    verdict
}

fn begin(old: &Memory, setup: &Setup, times: Times) -> Verdict {
    let mut memory = old.clone();
    let took = (times.ended - times.started).num_milliseconds();
    memory.router.polls += 1;
    memory.router.last_poll_at = Some(times.started);
    memory.router.poll_ms = Some(i32::try_from(took).unwrap_or(i32::MAX));
    memory.router.overruns += i64::from(setup.schedule.overran(times.due, times.ended));
    let mut verdict = Verdict::of(memory);
    for link in &mut verdict.memory.left {
        let reason = "the link is no longer polled".to_owned();
        become_unknown(link, times.ended, Some(reason), &mut verdict.changes);
    }
    verdict
}

fn overrun(setup: &Setup, times: Times) -> Option<String> {
    let took = (times.ended - times.due).num_seconds();
    (setup.schedule.overran(times.due, times.ended))
        .then(|| format!("the last poll was over {took} s after it was due; the next, due before that, was left out"))
}

/// What one interface proves.
struct Read {
    sample: Sample,
    reading: Reading,
    name: Vec<u8>,
    problem: Option<String>,
    /// Why its counters can't follow from the reading before.
    doubt: Option<String>,
    /// Whether its counters follow from the last that were in doubt.
    agrees: bool,
    /// bit/s, received and sent.
    rates: (Option<u64>, Option<u64>),
    reboot: Option<Reboot>,
}

fn read(link: &LinkMemory, interface: &Interface, answer: &Answer, slot: Slot) -> Result<Read, String> {
    let shown = clean(interface.name.as_str());
    let state = match (interface.disabled, interface.running) {
        (Some(true), _) => SampleState::Disabled,
        (_, Some(true)) => SampleState::Up,
        (_, Some(false)) => SampleState::Down,
        (_, None) => return Err(format!("the router does not say whether {shown} is running")),
    };
    let reading = Reading {
        at: answer.at,
        uptime: Some(answer.resources.uptime.as_secs()),
        interface_id: clean(&interface.id),
        counters: counters(&interface.counters),
        link_downs: interface.link_downs,
        last_link_down: interface.last_link_down,
        last_link_up: interface.last_link_up,
    };
    let wire = Wire {
        bits_per_second: answer.speeds.get(&interface.id).copied(),
        may_count_in_32_bits: answer.speeds.contains_key(&interface.id),
    };
    let delta = Delta::between(link.baseline.as_ref().map(|baseline| &baseline.reading), &reading, wire);
    let doubt = (delta.rate_seconds == Err(NoRate::Implausible))
        .then(|| format!("the counters of {shown} rose by more than any line carries"));
    let agrees = |suspect: &Reading| Delta::between(Some(suspect), &reading, wire).rate_seconds.is_ok();
    let mut sample = Sample {
        // Its state is no less true for counters that are not.
        counters: doubt.as_ref().map_or(delta.counters, |_| Counters::default()),
        rate_seconds: delta.rate_seconds.ok(),
        flaps: delta.flaps,
        down_seconds: delta.down_seconds.map(|seconds| seconds.min(Slot::SECONDS as u32)),
        ..Sample::new(slot, state)
    };
    let mut problem = (interface.name.as_str() != link.setup.interface.name).then(|| {
        format!(
            "the interface {} is now called {shown}",
            clean(&link.setup.interface.name)
        )
    });
    match answer.pings.get(&link.setup.id) {
        None => {}
        Some(Ok(ping)) => match round_trips(ping) {
            Some(times) => {
                sample.probes_sent = ping.sent;
                sample.probes_received = ping.received;
                sample.latency = Latency::of(&times);
                sample.jitter = Jitter::of(&times);
            }
            None => problem = Some("the router's answers to the ping can't be believed".to_owned()),
        },
        Some(Err(error)) => problem = Some(format!("the ping target can't be asked: {error}")),
    }
    Ok(Read {
        agrees: link.suspect.as_ref().is_some_and(agrees),
        problem: doubt.clone().or(problem),
        doubt,
        rates: (
            delta.bits_per_second(delta.counters.rx_octets),
            delta.bits_per_second(delta.counters.tx_octets),
        ),
        reboot: delta.reboot,
        name: interface.name.as_bytes().to_vec(),
        sample,
        reading,
    })
}

/// Microseconds of the replies, in their order; none when they can't be true.
fn round_trips(ping: &Ping) -> Option<Vec<u32>> {
    let times: Option<Vec<u32>> = (ping.rtts.iter().flatten())
        .map(|time| {
            u32::try_from(time.as_micros())
                .ok()
                .filter(|us| *us <= LONGEST_ROUND_TRIP_US)
        })
        .collect();
    times.filter(|times| times.len() <= ping.received as usize)
}

/// Remembers what was read, but for the link's state, and gives its sample.
fn keep(link: &mut LinkMemory, source: &Source, read: Read, at: DateTime<Utc>) -> Sample {
    let row = &mut link.row;
    row.slot = Some(read.sample.slot.number().into());
    row.sampled_at = Some(at);
    row.latency_us = read
        .sample
        .latency
        .map(|latency| latency.avg_us.min(i32::MAX as u32) as i32);
    let probed = read.sample.probes_sent > 0;
    row.sent = probed.then_some(read.sample.probes_sent as i32);
    row.received = probed.then_some(read.sample.probes_received as i32);
    if link
        .live_at
        .is_none_or(|live| (at - live).num_seconds() > LIVE_STAYS_SECONDS)
    {
        let rate = |rate: Option<u64>| rate.and_then(|rate| i64::try_from(rate).ok());
        (row.rx_bps, row.tx_bps) = (rate(read.rates.0), rate(read.rates.1));
        row.rates_at = (row.rx_bps.is_some() || row.tx_bps.is_some()).then_some(at);
    }
    (link.name, link.told_id) = (Some(read.name), None);
    if read.doubt.is_some() && !read.agrees {
        link.suspect = Some(read.reading);
    } else {
        link.suspect = None;
        link.baseline = Some(Baseline {
            reading: read.reading,
            of: link.setup.interface.clone(),
            from: source.clone(),
        });
    }
    read.sample
}

/// Why a link is unknown of whose interface the router knows nothing.
pub(super) fn missing(link: &LinkMemory) -> String {
    format!("the router has no interface {}", clean(&link.setup.interface.name))
}

pub(super) fn become_unknown(
    link: &mut LinkMemory,
    at: DateTime<Utc>,
    problem: Option<String>,
    changes: &mut Vec<Change>,
) {
    become_state(link, at, LinkCondition::Unknown, problem.clone(), changes);
    link.row = link_state::Model {
        problem,
        rx_bps: None,
        tx_bps: None,
        rates_at: None,
        latency_us: None,
        sent: None,
        received: None,
        ..link.row.clone()
    };
    link.live_at = None;
}

pub(super) fn become_state(
    link: &mut LinkMemory,
    at: DateTime<Utc>,
    state: LinkCondition,
    reason: Option<String>,
    changes: &mut Vec<Change>,
) {
    if link.row.state != state {
        changes.push(Change {
            at,
            link: Some(link.setup.id),
            from: name_of(link.row.state),
            to: name_of(state),
            reason,
        });
        link.row.state = state;
        link.row.since = at;
    }
}

fn reach_becomes(
    verdict: &mut Verdict,
    at: DateTime<Utc>,
    reach: Reach,
    (code, reason): (Option<&'static str>, Option<String>),
    note: Option<String>,
) {
    let router = &mut verdict.memory.router;
    if router.reach != reach || note.is_some() {
        verdict.changes.push(Change {
            at,
            link: None,
            from: name_of_reach(router.reach),
            to: name_of_reach(reach),
            reason: note.or_else(|| reason.clone()),
        });
    }
    if router.reach != reach {
        router.reach = reach;
        router.since = at;
    }
    router.reason_code = code.map(str::to_owned);
    router.reason = reason;
}

fn counters(theirs: &routeros::Counters) -> Counters {
    // Where the router tells of both, what its queues drop is dropped, too.
    let tx_drops = match (theirs.tx_drops, theirs.tx_queue_drops) {
        (Some(wire), Some(queue)) => Some(wire.saturating_add(queue)),
        (wire, queue) => wire.or(queue),
    };
    Counters {
        rx_octets: theirs.rx_bytes,
        tx_octets: theirs.tx_bytes,
        rx_packets: theirs.rx_packets,
        tx_packets: theirs.tx_packets,
        rx_errors: theirs.rx_errors,
        tx_errors: theirs.tx_errors,
        rx_drops: theirs.rx_drops,
        tx_drops,
    }
}

fn name_of(state: LinkCondition) -> &'static str {
    match state {
        LinkCondition::Unknown => "unknown",
        LinkCondition::Up => "up",
        LinkCondition::Down => "down",
        LinkCondition::Disabled => "disabled",
    }
}

fn name_of_reach(reach: Reach) -> &'static str {
    match reach {
        Reach::New => "new",
        Reach::Reachable => "reachable",
        Reach::Unreachable => "unreachable",
        Reach::Failing => "failing",
    }
}

/// A router's text as it can be stored and shown: a line of at most 200 characters. PostgreSQL takes no NUL.
pub(super) fn clean(text: &str) -> String {
    text.chars().filter(|char| !char.is_control()).take(200).collect()
}
