//! What every link and router of a tenant is now, as gauges in the text format of OpenMetrics 1.0
//! (<https://prometheus.io/docs/specs/om/open_metrics_spec/>). Drawn from the board, without a query.
//!
//! What is not known, or too old to be called current, is left out and never zero: then Prometheus shows a gap. Times
//! of samples and polls stay, so that their age can be watched.

use std::fmt::Write;

use chrono::{DateTime, Utc};
use entity::{
    link::{self, Faces},
    link_state, router_state,
    router_state::Reach,
    sample::LinkCondition,
};

use crate::domain::{
    board::{LinkNow, RouterNow, Snapshot},
    links::status::{self, Status},
};

/// One figure of each thing `T`.
struct Gauge<T> {
    name: &'static str,
    /// The end of the name, too; empty where there is none.
    unit: &'static str,
    help: &'static str,
    value: fn(&T) -> Option<f64>,
}

/// A link with as much of what was seen of it as is current.
struct Link<'a> {
    link: &'a link::Model,
    state: Option<&'a link_state::Model>,
    sample: Option<&'a link_state::Model>,
    rates: Option<&'a link_state::Model>,
    status: Status,
    labels: String,
}

/// A router with as much of what was seen of it as is current.
struct Router<'a> {
    state: Option<&'a router_state::Model>,
    poll: Option<&'a router_state::Model>,
    success: Option<&'a router_state::Model>,
    labels: String,
}

const STATE: &str = "mainstay_link_state";

/// What is said of each link.
fn of_links<'a>() -> [Gauge<Link<'a>>; 8] {
    [
        Gauge {
            name: "mainstay_link_up",
            unit: "",
            help: "Whether the interface of the link runs, whatever was promised or planned.",
            value: |link| match link.sample?.state {
                LinkCondition::Up => Some(1.0),
                LinkCondition::Down | LinkCondition::Disabled => Some(0.0),
                LinkCondition::Unknown => None,
            },
        },
        Gauge {
            name: "mainstay_link_rx_bits_per_second",
            unit: "bits_per_second",
            help: "What the router receives on the link.",
            value: |link| link.rates?.rx_bps.map(whole),
        },
        Gauge {
            name: "mainstay_link_tx_bits_per_second",
            unit: "bits_per_second",
            help: "What the router sends on the link.",
            value: |link| link.rates?.tx_bps.map(whole),
        },
        Gauge {
            name: "mainstay_link_committed_rx_bits_per_second",
            unit: "bits_per_second",
            help: "What the router shall be able to receive on the link, by contract.",
            value: |link| Some(whole(committed(link.link).0)),
        },
        Gauge {
            name: "mainstay_link_committed_tx_bits_per_second",
            unit: "bits_per_second",
            help: "What the router shall be able to send on the link, by contract.",
            value: |link| Some(whole(committed(link.link).1)),
        },
        Gauge {
            name: "mainstay_link_latency_seconds",
            unit: "seconds",
            help: "Mean round trip of the newest sample.",
            value: |link| link.sample?.latency_us.map(|us| f64::from(us) / 1e6),
        },
        Gauge {
            name: "mainstay_link_loss_ratio",
            unit: "ratio",
            help: "Share of the newest sample's probes that was not answered.",
            value: |link| {
                let (sent, received) = link.sample?.sent.zip(link.sample?.received)?;
                (sent > 0).then(|| f64::from(sent - received) / f64::from(sent))
            },
        },
        Gauge {
            name: "mainstay_link_last_sample_timestamp_seconds",
            unit: "seconds",
            help: "When the newest sample was taken.",
            value: |link| link.state?.sampled_at.map(seconds),
        },
    ]
}

/// What is said of each router.
fn of_routers<'a>() -> [Gauge<Router<'a>>; 7] {
    [
        Gauge {
            name: "mainstay_router_up",
            unit: "",
            help: "Whether the last poll of the router was whole.",
            value: |router| match router.poll?.reach {
                Reach::Reachable => Some(1.0),
                Reach::Unreachable | Reach::Failing => Some(0.0),
                Reach::New => None,
            },
        },
        Gauge {
            name: "mainstay_router_cpu_ratio",
            unit: "ratio",
            help: "Load of the router's processors.",
            value: |router| router.success?.cpu_percent.map(|percent| f64::from(percent) / 100.0),
        },
        Gauge {
            name: "mainstay_router_memory_used_bytes",
            unit: "bytes",
            help: "Memory of the router that is in use.",
            value: |router| {
                let state = router.success?;
                Some(whole(state.memory_total? - state.memory_free?))
            },
        },
        Gauge {
            name: "mainstay_router_memory_total_bytes",
            unit: "bytes",
            help: "All memory of the router.",
            value: |router| router.success?.memory_total.map(whole),
        },
        Gauge {
            name: "mainstay_router_uptime_seconds",
            unit: "seconds",
            help: "Since when the router runs.",
            value: |router| router.success?.uptime_seconds.map(whole),
        },
        Gauge {
            name: "mainstay_router_last_poll_timestamp_seconds",
            unit: "seconds",
            help: "When the router was last polled, whether it answered or not.",
            value: |router| router.state?.last_poll_at.map(seconds),
        },
        Gauge {
            name: "mainstay_router_poll_seconds",
            unit: "seconds",
            help: "How long the last poll of the router took.",
            value: |router| router.poll?.poll_ms.map(|ms| f64::from(ms) / 1000.0),
        },
    ]
}

/// The names of all gauges.
pub fn names() -> impl Iterator<Item = &'static str> {
    let links = of_links().map(|gauge| gauge.name);
    let routers = of_routers().map(|gauge| gauge.name);
    links.into_iter().chain([STATE]).chain(routers)
}

/// All that is on the board at `now`, but for what is archived.
#[must_use]
pub fn text(board: &Snapshot, now: DateTime<Utc>) -> String {
    let mut links: Vec<_> = board
        .links
        .values()
        .filter_map(|link| seen_link(board, link, now))
        .collect();
    links.sort_unstable_by(|a, b| a.labels.cmp(&b.labels));
    let routers = board
        .routers
        .values()
        .filter(|router| router.router.archived_at.is_none());
    let mut routers: Vec<_> = routers.map(|router| seen_router(board, router, now)).collect();
    routers.sort_unstable_by(|a, b| a.labels.cmp(&b.labels));

    // About what a line takes beside its labels.
    let line = 60;
    let link_lines: usize = links.iter().map(|link| link.labels.len() + line).sum();
    let router_lines: usize = routers.iter().map(|router| router.labels.len() + line).sum();
    let mut text =
        String::with_capacity(link_lines * (of_links().len() + 1) + router_lines * of_routers().len() + 4096);
    for gauge in of_links() {
        family(&mut text, &gauge, &links, |link| &link.labels);
    }
    head(
        &mut text,
        STATE,
        "",
        "The state of the link in one word, as lists show it: always 1, with the word as a label.",
    );
    for link in &links {
        put(
            &mut text,
            format_args!("{STATE}{{{},state=\"{}\"}} 1\n", link.labels, link.status.name()),
        );
    }
    for gauge in of_routers() {
        family(&mut text, &gauge, &routers, |router| &router.labels);
    }
    text.push_str("# EOF\n");
    text
}

fn family<T>(text: &mut String, gauge: &Gauge<T>, things: &[T], labels: impl Fn(&T) -> &str) {
    head(text, gauge.name, gauge.unit, gauge.help);
    for thing in things {
        if let Some(value) = (gauge.value)(thing) {
            put(text, format_args!("{}{{{}}} {value}\n", gauge.name, labels(thing)));
        }
    }
}

fn head(text: &mut String, name: &str, unit: &str, help: &str) {
    put(text, format_args!("# TYPE {name} gauge\n"));
    if !unit.is_empty() {
        put(text, format_args!("# UNIT {name} {unit}\n"));
    }
    put(text, format_args!("# HELP {name} {help}\n"));
}

fn put(text: &mut String, what: std::fmt::Arguments<'_>) {
    // Writing to a string can't fail.
    let _ = text.write_fmt(what);
}

fn seen_link<'a>(board: &Snapshot, now_of: &'a LinkNow, now: DateTime<Utc>) -> Option<Link<'a>> {
    let link = &*now_of.link;
    if link.archived_at.is_some() {
        return None;
    }
    let state = now_of.state.as_ref();
    let client = board.clients.get(&link.client_id).map(|client| client.name.as_str());
    let router = board.routers.get(&link.router_id);
    let mut labels = String::with_capacity(200);
    label(&mut labels, "link", Some(&link.name));
    label(&mut labels, "client", client);
    label(&mut labels, "router", router.map(|router| router.router.name.as_str()));
    label(&mut labels, "kind", Some(&link.kind));
    label(&mut labels, "reference", link.reference.as_deref());
    put(&mut labels, format_args!(",id=\"{}\"", link.id));
    Some(Link {
        link,
        state,
        sample: state.filter(|state| status::is_fresh(board, state.sampled_at, now)),
        rates: state.filter(|state| status::is_fresh(board, state.rates_at, now)),
        status: status::standing(board, now_of, now).status,
        labels,
    })
}

fn seen_router<'a>(board: &Snapshot, now_of: &'a RouterNow, now: DateTime<Utc>) -> Router<'a> {
    let (router, state) = (&now_of.router, now_of.state.as_ref());
    let mut labels = String::with_capacity(120);
    label(&mut labels, "router", Some(&router.name));
    label(&mut labels, "site", Some(&router.site));
    put(&mut labels, format_args!(",id=\"{}\"", router.id));
    Router {
        state,
        poll: state.filter(|state| status::is_fresh(board, state.last_poll_at, now)),
        success: state.filter(|state| status::is_fresh(board, state.last_success_at, now)),
        labels,
    }
}

/// Committed bandwidth as the router sees it: what it receives, and what it sends.
fn committed(link: &link::Model) -> (i64, i64) {
    match link.faces {
        Faces::Customer => (link.committed_up_bps, link.committed_down_bps),
        Faces::Network => (link.committed_down_bps, link.committed_up_bps),
    }
}

/// Adds a label; an empty one is, to Prometheus, the same as none.
fn label(labels: &mut String, name: &str, value: Option<&str>) {
    let Some(value) = value.filter(|value| !value.is_empty()) else {
        return;
    };
    if !labels.is_empty() {
        labels.push(',');
    }
    labels.push_str(name);
    labels.push_str("=\"");
    for sign in value.chars() {
        match sign {
            '\\' => labels.push_str("\\\\"),
            '"' => labels.push_str("\\\""),
            '\n' => labels.push_str("\\n"),
            other => labels.push(other),
        }
    }
    labels.push('"');
}

fn seconds(at: DateTime<Utc>) -> f64 {
    whole(at.timestamp_millis()) / 1000.0
}

fn whole(value: i64) -> f64 {
    value as f64
}

#[cfg(test)]
mod tests;
