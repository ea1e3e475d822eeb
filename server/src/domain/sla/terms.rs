//! From rows to the terms of a calculation: what an SLA profile, a link and its maintenance windows say of a period.

use entity::{
    link,
    sla_profile_version::{self, DisabledIs, UnreachableIs},
};
use serde_json::Value;

use super::{
    fraction::Percentage,
    intervals::Interval,
    thresholds::Thresholds,
    uptime::{DisabledPolicy, Terms, UnreachablePolicy},
};
use crate::domain::{board::Snapshot, calendar::ServiceHours};

/// When `link` is in service, from its activation on; empty if it was never activated.
#[must_use]
pub fn active(link: &link::Model) -> Interval {
    let end = (link.deactivated_at).map_or(i64::MAX, |at| at.timestamp());
    match link.activated_at {
        Some(at) => Interval::new(at.timestamp(), end),
        None => Interval::new(i64::MIN, i64::MIN),
    }
}

/// The terms for `link` over `period`, by its profile's current version; without a profile: round the clock.
#[must_use]
pub fn of_link(board: &Snapshot, link: &link::Model, period: Interval) -> Terms {
    let mut terms = Terms::over(period);
    let active = active(link);
    (terms.activated, terms.deactivated) = (Some(active.start()), Some(active.end()));
    terms.maintenance = board
        .maintenance
        .iter()
        .filter(|maintenance| maintenance.covers(link))
        .map(|maintenance| Interval::between(maintenance.window.starts_at, maintenance.window.ends_at))
        .collect();
    if let Some(profile) = board.profile_of(link) {
        let promised = &profile.current;
        terms.service_hours =
            service_hours(promised.service_hours.as_ref()).map(|hours| hours.over(period, board.zone));
        terms.unreachable = match promised.unreachable_is {
            UnreachableIs::Unknown => UnreachablePolicy::Unknown,
            UnreachableIs::Down => UnreachablePolicy::Down,
        };
        terms.disabled = match promised.disabled_is {
            DisabledIs::Excluded => DisabledPolicy::NotAccountable,
            DisabledIs::Down => DisabledPolicy::Down,
        };
    }
    terms
}

/// What is promised, for a verdict.
#[must_use]
pub fn thresholds(promised: &sla_profile_version::Model) -> Thresholds {
    let percentage = |millionths: i64| {
        u32::try_from(millionths)
            .ok()
            .and_then(|part| Percentage::from_millionths(part).ok())
    };
    Thresholds {
        uptime: percentage(promised.uptime_micropercent),
        latency_us: promised.latency_us.and_then(|most| u32::try_from(most).ok()),
        jitter_us: None,
        loss: promised.loss_micropercent.and_then(percentage),
    }
}

/// Service hours as they are kept: seven lists, Monday's first, of `[from, to]` in minutes of the day. None: always.
#[must_use]
pub fn service_hours(kept: Option<&Value>) -> Option<ServiceHours> {
    let week: Vec<Vec<(u16, u16)>> = serde_json::from_value(kept?.clone()).ok()?;
    let days: Vec<&[(u16, u16)]> = week.iter().map(Vec::as_slice).collect();
    ServiceHours::new(days.try_into().ok()?).ok()
}
