//! The list of routers: who matches, in which order. Pure functions over the board.

use std::{collections::HashMap, sync::Arc};

use entity::{RouterId, router_state::Reach};

use crate::domain::board::{RouterNow, Snapshot};

/// A router in one word. The order is the order of lists: what is wrong comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// No answer, or it would not let us in.
    Unreachable,
    /// It answers, but not so that it could be believed.
    Failing,
    /// Not asked yet.
    New,
    /// The last poll was whole.
    Reachable,
    /// Staff have switched polling off.
    Paused,
}

impl Status {
    /// All of them, worst first.
    pub const ALL: [Self; 5] = [
        Self::Unreachable,
        Self::Failing,
        Self::New,
        Self::Reachable,
        Self::Paused,
    ];

    /// How this router stands.
    #[must_use]
    pub fn of(router: &RouterNow) -> Self {
        if !router.router.enabled {
            return Self::Paused;
        }
        match router.state.as_ref().map(|state| state.reach) {
            None | Some(Reach::New) => Self::New,
            Some(Reach::Reachable) => Self::Reachable,
            Some(Reach::Unreachable) => Self::Unreachable,
            Some(Reach::Failing) => Self::Failing,
        }
    }

    /// The value in a query.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Unreachable => "unreachable",
            Self::Failing => "failing",
            Self::New => "new",
            Self::Reachable => "reachable",
            Self::Paused => "paused",
        }
    }
}

/// What the list is sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// What is wrong first, then by name.
    #[default]
    Status,
    Name,
    Site,
    /// Busiest first when descending.
    Cpu,
    Links,
    LastPoll,
}

/// What is looked for. Empty texts match everything.
#[derive(Clone, Debug, Default)]
pub struct Wanted<'q> {
    /// Part of the name, site, address or identity, in any case.
    pub search: &'q str,
    pub status: Option<Status>,
    pub sort: Sort,
    pub descending: bool,
}

/// One router of the list.
#[derive(Clone, Debug)]
pub struct Listed<'b> {
    pub now: &'b Arc<RouterNow>,
    pub status: Status,
    /// Links that are not archived.
    pub links: usize,
}

/// The routers that match, in order. Archived ones never do.
#[must_use]
pub fn list<'b>(board: &'b Snapshot, wanted: &Wanted<'_>) -> Vec<Listed<'b>> {
    let links = links_by_router(board);
    let search = wanted.search.to_lowercase();
    let mut listed: Vec<Listed<'b>> = board
        .routers
        .values()
        .filter(|now| now.router.archived_at.is_none())
        .map(|now| Listed {
            now,
            status: Status::of(now),
            links: links.get(&now.router.id).copied().unwrap_or(0),
        })
        .filter(|one| wanted.status.is_none_or(|status| status == one.status))
        .filter(|one| search.is_empty() || matches(one.now, &search))
        .collect();
    // By name first: what is equal in the wanted order stays in the order of names.
    listed.sort_by_cached_key(|one| (one.now.router.name.to_lowercase(), one.now.router.id));
    match wanted.sort {
        Sort::Status => listed.sort_by_key(|one| one.status),
        Sort::Name => {}
        Sort::Site => listed.sort_by_cached_key(|one| one.now.router.site.to_lowercase()),
        Sort::Cpu => listed.sort_by_key(|one| one.now.state.as_ref().and_then(|state| state.cpu_percent)),
        Sort::Links => listed.sort_by_key(|one| one.links),
        Sort::LastPoll => listed.sort_by_key(|one| one.now.state.as_ref().and_then(|state| state.last_poll_at)),
    }
    if wanted.descending {
        listed.reverse();
    }
    listed
}

/// How many routers that are not archived have each status, worst first, none left out.
#[must_use]
pub fn counts(board: &Snapshot) -> [(Status, usize); 5] {
    Status::ALL.map(|status| {
        let routers = board
            .routers
            .values()
            .filter(|now| now.router.archived_at.is_none() && Status::of(now) == status);
        (status, routers.count())
    })
}

/// How many links that are not archived hang on each router.
fn links_by_router(board: &Snapshot) -> HashMap<RouterId, usize> {
    let mut links = HashMap::new();
    for now in board.links.values().filter(|now| now.link.archived_at.is_none()) {
        *links.entry(now.link.router_id).or_insert(0) += 1;
    }
    links
}

fn matches(now: &RouterNow, lower: &str) -> bool {
    let router = &now.router;
    let identity = now.state.as_ref().and_then(|state| state.identity.as_deref());
    [router.name.as_str(), &router.site, &router.host, identity.unwrap_or("")]
        .iter()
        .any(|text| text.to_lowercase().contains(lower))
}
