//! The questions of one poll: a batch about the router and all its links' interfaces, then the pings. Nothing is
//! judged here, and nothing of a half answer is kept.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use entity::LinkId;
use futures_util::{StreamExt, stream};
use routeros::{Certificate, Client, Command, Error, Interface, InterfaceFilter, Ping, PingRequest, Resources};
use tokio::time::Instant;

use super::{
    matching,
    memory::{LinkMemory, Memory},
};
use crate::clock::Clock;

/// Pings at once, for routers with few links. More links get more, so that all end within about 15 seconds.
const FEWEST_PINGS: usize = 6;
/// The client runs 16 commands at once.
const MOST_PINGS: usize = 14;
/// Batches of pings, each of a second, that a poll has time for.
const PING_BATCHES: usize = 15;

/// What a router answered, as it said it.
#[derive(Debug)]
pub(super) struct Answer {
    /// When the counters came, on our clock.
    pub(super) at: DateTime<Utc>,
    pub(super) identity: String,
    pub(super) resources: Resources,
    /// The router's clock minus ours.
    pub(super) skew_ms: Option<i64>,
    /// The router's wall clock, by which it stamps, minus our UTC.
    pub(super) ahead: Option<TimeDelta>,
    pub(super) interfaces: Vec<Interface>,
    pub(super) pings: HashMap<LinkId, Result<Ping, Error>>,
    /// bit/s by `.id`, asked only for where a counter may have wrapped.
    pub(super) speeds: HashMap<String, u64>,
    pub(super) certificate: Option<Certificate>,
}

/// Asks everything that a poll needs; pings that have not ended at `pings_until` are left out.
///
/// # Errors
/// The first thing that did not work, but for the clock and single pings, without which the rest is still true.
pub(super) async fn ask(
    client: &Client,
    clock: &Clock,
    memory: &Memory,
    pings_until: Instant,
) -> Result<Answer, Error> {
    let filter = if memory.links.is_empty() {
        InterfaceFilter::Names(Vec::new())
    } else {
        matching::filter(memory.links.iter().map(LinkMemory::known_as))
    };
    let (identity, resources, (skew_ms, ahead), (at, interfaces)) =
        tokio::try_join!(client.identity(), client.resources(), skew(client, clock), async {
            Ok((client.interfaces(&filter).await?, clock.now())).map(|(answer, at)| (at, answer))
        },)?;
    let found = |link: &&LinkMemory| {
        let (chosen, last_id) = link.known_as();
        matching::find(chosen, last_id, &interfaces)
    };
    let is_up = |interface: &&Interface| interface.running == Some(true) && interface.disabled != Some(true);
    let wrapped: Vec<_> = memory
        .links
        .iter()
        .filter_map(|link| found(&link).filter(|interface| link.may_have_wrapped(interface)))
        .collect();
    let speeds = speeds(client, &wrapped).await;
    let requests: Vec<_> = memory
        .links
        .iter()
        // What lies behind a link that is down is not behind it: another way may answer.
        .filter(|link| found(link).as_ref().is_some_and(is_up))
        .filter_map(|link| Some((link.setup.id, PingRequest::new(link.setup.ping_target.as_deref()?))))
        .collect();
    let pings = pings(client, requests, pings_until).await;
    Ok(Answer {
        at,
        identity: identity.as_str().to_owned(),
        resources,
        skew_ms,
        ahead,
        speeds,
        pings,
        interfaces,
        certificate: client.certificate().cloned(),
    })
}

/// The pings that end in time. Those that don't cost their links the latency, never the sample.
async fn pings(
    client: &Client,
    requests: Vec<(LinkId, PingRequest)>,
    until: Instant,
) -> HashMap<LinkId, Result<Ping, Error>> {
    let at_once = requests.len().div_ceil(PING_BATCHES).clamp(FEWEST_PINGS, MOST_PINGS);
    let mut pings = HashMap::with_capacity(requests.len());
    let mut ended = stream::iter(requests)
        .map(async |(link, request)| (link, client.ping(&request).await))
        .buffer_unordered(at_once);
    while let Ok(Some((link, ping))) = tokio::time::timeout_at(until, ended.next()).await {
        pings.insert(link, ping);
    }
    pings
}

/// A router that won't say is no worse for it: its skew is for display alone, and its stamps are not needed.
async fn skew(client: &Client, clock: &Clock) -> Result<(Option<i64>, Option<TimeDelta>), Error> {
    let asked = clock.now();
    match client.clock().await {
        Ok(theirs) => {
            let heard = clock.now();
            let offset = theirs.offset.map(|offset| TimeDelta::seconds(offset.into()));
            let theirs = theirs.local.and_utc();
            let skew = offset.map(|offset| theirs - heard - offset);
            let ahead = ahead(theirs, offset, asked, heard);
            Ok((skew.map(|skew| skew.num_milliseconds()), Some(ahead)))
        }
        Err(Error::Trap { .. } | Error::UnexpectedValue { .. } | Error::Missing { .. }) => Ok((None, None)),
        Err(error) => Err(error),
    }
}

/// How far a wall clock is before UTC that said `theirs` between `asked` and `heard`. It says whole seconds alone, so one
/// that may be right is taken to be right: its stamps have their own seconds then.
fn ahead(theirs: DateTime<Utc>, offset: Option<TimeDelta>, asked: DateTime<Utc>, heard: DateTime<Utc>) -> TimeDelta {
    let may_be_right = |offset: &TimeDelta| {
        let said = theirs - *offset;
        said <= heard && asked < said + TimeDelta::seconds(1)
    };
    offset.filter(may_be_right).unwrap_or(theirs - heard)
}

/// The speeds of Ethernet ports; whatever is no such port, or has no speed now, is not in the answer.
async fn speeds(client: &Client, interfaces: &[&Interface]) -> HashMap<String, u64> {
    let mut speeds = HashMap::new();
    for interface in interfaces {
        let command = Command::new("/interface/ethernet/monitor")
            .with("numbers", interface.name.as_bytes())
            .with("once", "");
        if let Ok(reply) = client.run(command).await
            && let Some(speed) = reply.rows.first().and_then(|row| speed(row.get(b"rate")?))
        {
            speeds.insert(interface.id.clone(), speed);
        }
    }
    speeds
}

/// `100Mbps`, `2.5Gbps`, in bit/s.
fn speed(text: &[u8]) -> Option<u64> {
    let text = std::str::from_utf8(text).ok()?.strip_suffix("bps")?;
    let (number, unit) = [('K', 1_000), ('M', 1_000_000), ('G', 1_000_000_000)]
        .into_iter()
        .find_map(|(letter, unit)| Some((text.strip_suffix(letter)?, unit)))?;
    let (whole, tenths) = number.split_once('.').unwrap_or((number, "0"));
    let (whole, tenths): (u64, u64) = (whole.parse().ok()?, tenths.parse().ok().filter(|tenths| *tenths < 10)?);
    whole.checked_mul(unit)?.checked_add(tenths * unit / 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_that_may_be_right_is_taken_to_be_right() {
        let at = |ms: i64| DateTime::from_timestamp_millis(1_795_000_200_000 + ms).unwrap();
        let hour = TimeDelta::hours(1);
        // It says whole seconds, and the answer was 20 ms on its way.
        for (asked, heard) in [(990, 1_010), (10, 30), (970, 999)] {
            let ahead = ahead(at(0) + hour, Some(hour), at(asked), at(heard));
            assert_eq!(ahead, hour, "{asked} to {heard}");
        }
        let wrong = ahead(at(-30_000) + hour, Some(hour), at(10), at(30));
        assert_eq!(wrong, hour - TimeDelta::milliseconds(30_030));
        assert_eq!(
            ahead(at(0) + hour, None, at(10), at(30)),
            hour - TimeDelta::milliseconds(30)
        );
    }

    #[test]
    fn speeds_are_read_strictly() {
        assert_eq!(speed(b"100Mbps"), Some(100_000_000));
        assert_eq!(speed(b"2.5Gbps"), Some(2_500_000_000));
        for text in ["", "100", "Mbps", "fast", "1.Gbps", "1.25Gbps", "99999999999999999Gbps"] {
            assert_eq!(speed(text.as_bytes()), None, "{text}");
        }
    }
}
