//! Maintenance windows by when they are, over the board.

use std::collections::HashSet;

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
    /// What begins first comes first; of a series that first one alone.
    pub coming: Vec<&'b Maintenance>,
    /// The newest first.
    pub past: Vec<&'b Maintenance>,
}

/// Leaves the first of each series, so that what comes each night hides nothing else; its page has the others.
pub fn keep_first_of_series(windows: &mut Vec<&Maintenance>) {
    let mut seen = HashSet::new();
    windows.retain(|window| window.window.series_id.is_none_or(|id| seen.insert(id)));
}

/// Whether a window is searched for: `search` is part of its title, in any case.
pub fn found(search: &str) -> impl Fn(&Maintenance) -> bool + use<> {
    let search = search.trim().to_lowercase();
    move |window| window.window.title.to_lowercase().contains(&search)
}

/// All windows at `now` that are [`found`].
#[must_use]
pub fn windows<'b>(board: &'b Snapshot, search: &str, now: DateTime<Utc>) -> Windows<'b> {
    let mut windows = Windows::default();
    let found = found(search);
    for window in board.maintenance.iter().filter(|window| found(window)) {
        match when(window, now) {
            When::Now => windows.now.push(window),
            When::Coming => windows.coming.push(window),
            When::Past => windows.past.push(window),
        }
    }
    windows.now.sort_by_key(|window| window.window.ends_at);
    windows.coming.sort_by_key(|window| window.window.starts_at);
    keep_first_of_series(&mut windows.coming);
    windows
        .past
        .sort_by_key(|window| std::cmp::Reverse((window.window.starts_at, window.window.id)));
    windows
}
