//! `/admin/sla-profiles`: what is promised of links.

pub(in crate::web) mod archive;
pub(in crate::web) mod edit;
pub(in crate::web) mod list;
pub(in crate::web) mod new;
pub(in crate::web) mod show;

use app::admin::sla_profiles::Promise as Shown;
use entity::{
    SlaProfileId,
    sla_profile_version::{DisabledIs, MeasuredBy, PercentileOf, UnreachableIs},
};

use super::asked::Typed;
use crate::domain::{
    board::Snapshot,
    sla_profiles::{DAYS, Draft, Promise, TIERS, milliseconds, week::Week},
};

const FIELDS: [&str; 28] = [
    "name",
    "uptime",
    "latency",
    "jitter",
    "loss",
    "hours",
    DAYS[0],
    DAYS[1],
    DAYS[2],
    DAYS[3],
    DAYS[4],
    DAYS[5],
    DAYS[6],
    "unreachable",
    "disabled",
    "measured",
    "percentile",
    TIERS[0].0,
    TIERS[0].1,
    TIERS[1].0,
    TIERS[1].1,
    TIERS[2].0,
    TIERS[2].1,
    TIERS[3].0,
    TIERS[3].1,
    TIERS[4].0,
    TIERS[4].1,
    "credit-most",
];

fn draft(typed: &Typed) -> Draft {
    Draft {
        name: typed.text("name"),
        uptime: typed.text("uptime"),
        latency: typed.text("latency"),
        jitter: typed.text("jitter"),
        loss: typed.text("loss"),
        hours: typed.text("hours"),
        days: DAYS.map(|day| typed.text(day)),
        unreachable: typed.text("unreachable"),
        disabled: typed.text("disabled"),
        measured: typed.text("measured"),
        percentile: typed.text("percentile"),
        tiers: TIERS.map(|(below, credit)| (typed.text(below), typed.text(credit))),
        credit_most: typed.text("credit-most"),
    }
}

fn shown(promise: &Promise) -> Shown {
    Shown {
        uptime: promise.uptime.to_string(),
        latency: promise.latency_us.map(milliseconds),
        jitter: promise.jitter_us.map(milliseconds),
        loss: promise.loss.map(|share| share.to_string()),
        hours: promise.hours.as_ref().map(Week::to_typed),
        unreachable_is_down: promise.unreachable_is == UnreachableIs::Down,
        disabled_is_down: promise.disabled_is == DisabledIs::Down,
        is_by_edges: promise.measured_by == MeasuredBy::Edges,
        percentile_is_of_both: promise.percentile_of == PercentileOf::Sum,
        tiers: promise
            .credit
            .tiers
            .iter()
            .map(|tier| (tier.below.to_string(), tier.credit.to_string()))
            .collect(),
        credit_most: promise.credit.most.map(|most| most.to_string()),
    }
}

/// How many links that are not archived have the profile.
fn links_of(board: &Snapshot, profile: SlaProfileId) -> usize {
    let links = board.links.values().filter(|link| link.link.archived_at.is_none());
    links.filter(|link| link.link.sla_profile_id == Some(profile)).count()
}

#[cfg(test)]
mod tests {
    use app::admin::sla_profiles::form;

    use super::*;

    #[test]
    fn the_form_has_an_input_for_each_field() {
        let page = form::samples().remove(0).html();
        for field in FIELDS {
            assert!(page.contains(&format!(" name=\"{field}\"")), "{field}");
        }
    }
}
