//! The list of links for staff: who matches, in which order. Pure functions over the board, without a query, because
//! this is the page that is looked at most.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use entity::{ClientId, RouterId, SlaProfileId, link::Faces};

use super::status::{Standing, Status, standing};
use crate::domain::board::{LinkNow, Snapshot};

/// What the list is sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// What is wrong first, then by name.
    #[default]
    Status,
    Name,
    Client,
    Router,
    Kind,
    Down,
    Up,
    Latency,
    Loss,
}

/// What is looked for. None and empty match everything.
#[derive(Clone, Debug, Default)]
pub struct Wanted<'q> {
    /// Part of the name, reference, interface, client or router, in any case.
    pub search: &'q str,
    pub status: Option<Status>,
    pub client: Option<ClientId>,
    pub router: Option<RouterId>,
    pub profile: Option<SlaProfileId>,
    pub kind: &'q str,
    pub sort: Sort,
    pub descending: bool,
}

/// One link of the list.
#[derive(Clone, Debug)]
pub struct Listed<'b> {
    pub now: &'b Arc<LinkNow>,
    pub standing: Standing,
}

/// The links that match, in order. Archived ones never do.
#[must_use]
pub fn list<'b>(board: &'b Snapshot, now: DateTime<Utc>, wanted: &Wanted<'_>) -> Vec<Listed<'b>> {
    let search = wanted.search.to_lowercase();
    let mut listed: Vec<Listed<'b>> = board
        .links
        .values()
        .filter(|one| one.link.archived_at.is_none())
        .filter(|one| wanted.client.is_none_or(|client| one.link.client_id == client))
        .filter(|one| wanted.router.is_none_or(|router| one.link.router_id == router))
        .filter(|one| {
            let profile = one.link.sla_profile_id;
            wanted.profile.is_none_or(|wanted| profile == Some(wanted))
        })
        .filter(|one| wanted.kind.is_empty() || one.link.kind == wanted.kind)
        .filter(|one| search.is_empty() || matches(board, one, &search))
        .map(|one| Listed {
            now: one,
            standing: standing(board, one, now),
        })
        .filter(|one| wanted.status.is_none_or(|status| one.standing.status == status))
        .collect();
    // By name first: what is equal in the wanted order stays in the order of names.
    listed.sort_by_cached_key(|one| (one.now.link.name.to_lowercase(), one.now.link.id));
    match wanted.sort {
        Sort::Status => listed.sort_by_key(|one| one.standing.status),
        Sort::Name => {}
        Sort::Client => listed.sort_by_cached_key(|one| client_name(board, one.now).to_lowercase()),
        Sort::Router => listed.sort_by_cached_key(|one| {
            (
                router_name(board, one.now).to_lowercase(),
                one.now.link.interface_name.clone(),
            )
        }),
        Sort::Kind => listed.sort_by_cached_key(|one| one.now.link.kind.to_lowercase()),
        Sort::Down => listed.sort_by_key(|one| rates(one.now).0),
        Sort::Up => listed.sort_by_key(|one| rates(one.now).1),
        Sort::Latency => listed.sort_by_key(|one| one.now.state.as_ref().and_then(|state| state.latency_us)),
        Sort::Loss => listed.sort_by_key(|one| lost_per_million(one.now)),
    }
    if wanted.descending {
        listed.reverse();
    }
    listed
}

/// How many links that are not archived have each status, worst first, none left out.
#[must_use]
pub fn counts(board: &Snapshot, now: DateTime<Utc>) -> [(Status, usize); 7] {
    let mut counts = Status::ALL.map(|status| (status, 0));
    for one in board.links.values().filter(|one| one.link.archived_at.is_none()) {
        let status = standing(board, one, now).status;
        if let Some(count) = counts.iter_mut().find(|(counted, _)| *counted == status) {
            count.1 += 1;
        }
    }
    counts
}

/// Every kind that a link has, by name.
#[must_use]
pub fn kinds(board: &Snapshot) -> Vec<&str> {
    let links = board.links.values().filter(|one| one.link.archived_at.is_none());
    let mut kinds: Vec<&str> = links.map(|one| one.link.kind.as_str()).collect();
    kinds.sort_unstable();
    kinds.dedup();
    kinds
}

/// bit/s down and up now, as the customer sees them.
#[must_use]
pub fn rates(now: &LinkNow) -> (Option<i64>, Option<i64>) {
    let Some(state) = &now.state else {
        return (None, None);
    };
    match now.link.faces {
        Faces::Customer => (state.tx_bps, state.rx_bps),
        Faces::Network => (state.rx_bps, state.tx_bps),
    }
}

/// Probes of the newest sample that were not answered, of a million.
#[must_use]
pub fn lost_per_million(now: &LinkNow) -> Option<i64> {
    let state = now.state.as_ref()?;
    let (sent, received) = state.sent.zip(state.received)?;
    (sent > 0).then(|| i64::from((sent - received).max(0)) * 1_000_000 / i64::from(sent))
}

/// The name of the link's client.
#[must_use]
pub fn client_name<'b>(board: &'b Snapshot, now: &LinkNow) -> &'b str {
    board
        .clients
        .get(&now.link.client_id)
        .map_or("", |client| client.name.as_str())
}

/// The name of the link's router.
#[must_use]
pub fn router_name<'b>(board: &'b Snapshot, now: &LinkNow) -> &'b str {
    board
        .routers
        .get(&now.link.router_id)
        .map_or("", |router| router.router.name.as_str())
}

fn matches(board: &Snapshot, one: &LinkNow, lower: &str) -> bool {
    let link = &one.link;
    [
        link.name.as_str(),
        link.reference.as_deref().unwrap_or(""),
        &link.interface_name,
        client_name(board, one),
        router_name(board, one),
    ]
    .iter()
    .any(|text| text.to_lowercase().contains(lower))
}
