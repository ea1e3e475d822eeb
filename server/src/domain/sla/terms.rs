//! From rows to the terms of a calculation: what an SLA profile, a link and its maintenance windows say of a period.

use chrono_tz::Tz;
use entity::{
    link,
    sla_profile_version::{self, DisabledIs, PercentileOf, UnreachableIs},
};
use serde_json::Value;

use super::{
    calculation::Agreement,
    credit::CreditTerms,
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
    let promised = board.profile_of(link).map(|profile| &profile.current);
    by_wording(board, link, promised, board.zone, period)
}

/// The terms for `link` over `period`, by this wording, whose service hours are on the clock of `zone`.
#[must_use]
pub fn by_wording(
    board: &Snapshot,
    link: &link::Model,
    promised: Option<&sla_profile_version::Model>,
    zone: Tz,
    period: Interval,
) -> Terms {
    let mut terms = Terms::over(period);
    terms.active = active(link);
    terms.maintenance = board
        .approved_maintenance()
        .filter(|maintenance| maintenance.covers(link))
        .map(|maintenance| Interval::between(maintenance.window.starts_at, maintenance.window.ends_at))
        .collect();
    terms.exclusions = board.exclusions_of(link.id);
    if let Some(promised) = promised {
        terms.service_hours = service_hours(promised.service_hours.as_ref()).map(|hours| hours.over(period, zone));
        terms.unreachable = match promised.unreachable_is {
            UnreachableIs::Unknown => UnreachablePolicy::Unknown,
            UnreachableIs::Down => UnreachablePolicy::Down,
        };
        terms.disabled = match promised.disabled_is {
            DisabledIs::Excluded => DisabledPolicy::NotAccountable,
            DisabledIs::Down => DisabledPolicy::Down,
        };
        terms.measured_by = promised.measured_by;
    }
    terms
}

/// What was agreed on `link` besides, by this wording; nothing without one.
#[must_use]
pub fn agreement(link: &link::Model, promised: Option<&sla_profile_version::Model>) -> Agreement {
    Agreement {
        thresholds: promised.map(thresholds).unwrap_or_default(),
        credit: promised.map(credit).unwrap_or_default(),
        monthly_fee: link.monthly_fee_minor,
        percentile_of: promised.map_or(PercentileOf::Greater, |promised| promised.percentile_of),
    }
}

/// What is credited for too little uptime.
#[must_use]
pub fn credit(promised: &sla_profile_version::Model) -> CreditTerms {
    CreditTerms::from_kept(promised.credit_tiers.as_ref(), promised.credit_most_micropercent)
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
        jitter_us: promised.jitter_us.and_then(|most| u32::try_from(most).ok()),
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

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Utc};
    use entity::{ClientId, LinkId, RouterId, TenantId};
    use serde_json::json;

    use super::*;

    fn link(activated: Option<i64>, deactivated: Option<i64>) -> link::Model {
        let at = |second: i64| DateTime::<Utc>::from_timestamp(second, 900_000_000).unwrap();
        link::Model {
            tenant_id: TenantId::new(),
            id: LinkId::new(),
            client_id: ClientId::new(),
            router_id: RouterId::new(),
            name: String::new(),
            reference: None,
            kind: String::new(),
            interface_name: String::new(),
            interface_id: None,
            default_name: None,
            faces: link::Faces::Customer,
            committed_down_bps: 1,
            committed_up_bps: 1,
            sla_profile_id: None,
            monthly_fee_minor: None,
            ping_target: None,
            activated_at: activated.map(at),
            deactivated_at: deactivated.map(at),
            created_at: at(0),
            archived_at: None,
        }
    }

    #[test]
    fn a_link_is_in_service_from_its_activation_to_its_deactivation() {
        let month = Interval::new(1_000, 5_000);
        for (activated, deactivated, window) in [
            (None, None, Interval::new(1_000, 1_000)),
            (None, Some(3_000), Interval::new(1_000, 1_000)),
            (Some(0), None, month),
            (Some(2_000), None, Interval::new(2_000, 5_000)),
            (Some(2_000), Some(3_000), Interval::new(2_000, 3_000)),
            (Some(0), Some(500), Interval::new(1_000, 1_000)),
            (Some(9_000), None, Interval::new(9_000, 9_000)),
            // Archived before it was to begin.
            (Some(4_000), Some(2_000), Interval::new(4_000, 4_000)),
        ] {
            let active = active(&link(activated, deactivated));
            let terms = Terms {
                active,
                ..Terms::over(month)
            };
            assert_eq!(terms.window(), window, "{activated:?} to {deactivated:?}");
            assert_eq!(month.intersect(active), window);
        }
    }

    #[test]
    fn service_hours_are_read_as_they_are_kept_and_no_others() {
        let office = json!([[[480, 1080]], [[480, 1080]], [], [], [], [], []]);
        assert!(service_hours(Some(&office)).is_some());
        assert!(service_hours(None).is_none());
        for broken in [json!(null), json!([[]]), json!([[[9, 8]], [], [], [], [], [], []])] {
            assert!(service_hours(Some(&broken)).is_none(), "{broken}");
        }
    }
}
