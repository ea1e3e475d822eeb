//! What a link is in one word for people, and which link needs somebody most.

use chrono::{DateTime, Duration, Utc};
use entity::{link, router_state::Reach, sample::LinkCondition};

use crate::domain::board::{LinkNow, Snapshot};

/// A link in one word. The order is the order of lists: what is wrong comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// The interface does not run.
    Down,
    /// It runs, but latency or loss are worse than promised.
    Degraded,
    /// Nobody knows: the router does not answer, or no sample has come for a while.
    Unknown,
    /// Planned work is under way, whatever the interface does.
    Maintenance,
    /// The provider has switched the interface off.
    Disabled,
    /// It runs, and as promised.
    Up,
    /// It is set up, but not activated yet or no longer active.
    Inactive,
}

impl Status {
    /// All of them, worst first.
    pub const ALL: [Self; 7] = [
        Self::Down,
        Self::Degraded,
        Self::Unknown,
        Self::Maintenance,
        Self::Disabled,
        Self::Up,
        Self::Inactive,
    ];

    /// The word in queries and figures.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Down => "down",
            Self::Degraded => "degraded",
            Self::Unknown => "unknown",
            Self::Maintenance => "maintenance",
            Self::Disabled => "disabled",
            Self::Up => "up",
            Self::Inactive => "inactive",
        }
    }
}

/// A status with what explains it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The one word.
    pub status: Status,
    /// Since when, where that is known.
    pub since: Option<DateTime<Utc>>,
    /// Why, where that is known; for staff: it may name the router.
    pub reason: Option<String>,
}

/// How a link stands at `now`, with figures at most two polls old.
#[must_use]
pub fn standing(board: &Snapshot, now_of: &LinkNow, now: DateTime<Utc>) -> Standing {
    let link = &now_of.link;
    if !is_active(link, now) {
        return Standing {
            status: Status::Inactive,
            since: link.deactivated_at,
            reason: None,
        };
    }
    if let Some(maintenance) = board.maintenance_of(link, now) {
        let window = &maintenance.window;
        let (since, reason) = (Some(window.starts_at), Some(window.title.clone()));
        return Standing {
            status: Status::Maintenance,
            since,
            reason,
        };
    }
    let Some(state) = &now_of.state else {
        return Standing {
            status: Status::Unknown,
            since: None,
            reason: None,
        };
    };
    let stale = !is_fresh(board, state.sampled_at, now);
    let router = board
        .routers
        .get(&link.router_id)
        .and_then(|router| router.state.as_ref());
    let router_reason = || {
        router
            .filter(|state| state.reach != Reach::Reachable)
            .and_then(|state| state.reason.clone())
    };
    // A renamed interface or a strange answer to a ping is worth saying, but what the interface does is known.
    let problem = || state.problem.clone();
    let (status, reason) = match state.state {
        LinkCondition::Unknown => (Status::Unknown, problem().or_else(router_reason)),
        _ if stale => (Status::Unknown, router_reason().or_else(problem)),
        LinkCondition::Down => (Status::Down, problem()),
        LinkCondition::Disabled => (Status::Disabled, problem()),
        LinkCondition::Up if breaks_promise(board, now_of) => (Status::Degraded, problem()),
        LinkCondition::Up => (Status::Up, problem()),
    };
    Standing {
        status,
        // What it was before its activation is nobody's state.
        since: link.activated_at.max(Some(state.since)),
        reason,
    }
}

/// Whether the link is in service at `now`.
#[must_use]
pub fn is_active(link: &link::Model, now: DateTime<Utc>) -> bool {
    link.activated_at.is_some_and(|at| at <= now) && link.deactivated_at.is_none_or(|at| now < at)
}

/// Until when what was seen at `seen_at` is current, unless another poll brings something newer: for two that do not.
#[must_use]
pub fn fresh_until(board: &Snapshot, seen_at: DateTime<Utc>) -> DateTime<Utc> {
    seen_at + Duration::seconds(i64::from(board.tenant.poll_seconds) * 2 + 60)
}

/// Whether what was seen at `seen_at` is current.
#[must_use]
pub fn is_fresh(board: &Snapshot, seen_at: Option<DateTime<Utc>>, now: DateTime<Utc>) -> bool {
    seen_at.is_some_and(|at| now <= fresh_until(board, at))
}

/// Whether the newest sample's latency or loss is worse than the SLA profile allows over a month: a hint for people,
/// not a breach.
fn breaks_promise(board: &Snapshot, now_of: &LinkNow) -> bool {
    let (Some(state), Some(profile)) = (&now_of.state, board.profile_of(&now_of.link)) else {
        return false;
    };
    let promised = &profile.current;
    let slow = state
        .latency_us
        .zip(promised.latency_us)
        .is_some_and(|(is, most)| i64::from(is) > most);
    let lossy = state
        .sent
        .zip(state.received)
        .zip(promised.loss_micropercent)
        .is_some_and(|((sent, received), most)| {
            // Of few probes one may be lost by chance: two must be.
            sent - received > 1 && i64::from(sent - received) * 100_000_000 > most * i64::from(sent)
        });
    slow || lossy
}
