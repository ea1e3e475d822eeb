//! Maintenance windows by when they are, over the board.

use chrono::{DateTime, Utc};

use crate::domain::board::{Maintenance, Snapshot};

/// When a window is, seen from now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// Under way.
    Now,
    Coming,
    Past,
}

/// When `window` is at `now`.
#[must_use]
pub fn when(window: &Maintenance, now: DateTime<Utc>) -> When {
    if window.is_at(now) {
        When::Now
    } else if now < window.window.starts_at {
        When::Coming
    } else {
        When::Past
    }
}

/// The windows of the tenant that are not cancelled.
#[derive(Debug, Default)]
pub struct Windows<'b> {
    /// What ends first comes first.
    pub now: Vec<&'b Maintenance>,
    /// What begins first comes first.
    pub coming: Vec<&'b Maintenance>,
    /// The newest first.
    pub past: Vec<&'b Maintenance>,
}

/// All windows at `now`. `search` is part of a title, in any case.
#[must_use]
pub fn windows<'b>(board: &'b Snapshot, search: &str, now: DateTime<Utc>) -> Windows<'b> {
    let search = search.trim().to_lowercase();
    let mut found = Windows::default();
    for window in board.maintenance.iter() {
        if !window.window.title.to_lowercase().contains(&search) {
            continue;
        }
        match when(window, now) {
            When::Now => found.now.push(window),
            When::Coming => found.coming.push(window),
            When::Past => found.past.push(window),
        }
    }
    found.now.sort_by_key(|window| window.window.ends_at);
    found.coming.sort_by_key(|window| window.window.starts_at);
    found
        .past
        .sort_by_key(|window| std::cmp::Reverse((window.window.starts_at, window.window.id)));
    found
}
