//! What was down, as exactly as it is known: outages of whole slots (R8) with the seconds of the interface's edges, and
//! drops between two polls, which no slot tells of.
//!
//! Edges date and add; which slots are down is never theirs to say, and what counts only where it is agreed (R20).

use chrono::{DateTime, TimeDelta, Utc};
use entity::{
    LinkId, Tenant,
    link_edge::{self, EdgeSource},
    sample::LinkCondition,
    sla_profile_version::MeasuredBy,
};
use sea_orm::{ColumnTrait, DbErr, Order};

use super::{
    slot::{SampleState, Slot},
    store,
};
use crate::domain::{
    calendar::instant,
    sla::{
        intervals::Interval,
        outages::Outage,
        uptime::{Edge, Terms},
    },
};

/// A stretch in which the link was down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Interruption {
    pub from: DateTime<Utc>,
    /// The end of what is known of it.
    pub to: DateTime<Utc>,
    /// Whether the beginning and the end are those of the interface, and not of slots.
    pub exact: (bool, bool),
    /// Seconds that count against the service level; none of a drop between two polls, unless its seconds are agreed on.
    pub counted_seconds: i64,
    /// The outage as it was measured; none of a drop that is not measured.
    pub span: Option<Interval>,
}

impl Interruption {
    /// Whether it is a drop of which neither an end nor a slot is known yet: it goes on if the link is still down.
    #[must_use]
    pub fn is_open_drop(&self) -> bool {
        self.span.is_none() && !self.exact.1
    }
}

/// The interface went down and came back, or has not come back yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Stretch {
    from: DateTime<Utc>,
    to: Option<DateTime<Utc>>,
}

/// The edges of `link` that may date what happened in `whole`, in their order.
///
/// # Errors
/// When the database does not answer.
pub async fn edges(tenant: &Tenant<'_>, link: LinkId, whole: Interval) -> Result<Vec<link_edge::Model>, DbErr> {
    let (first, last) = (instant(whole.start() - Slot::SECONDS), instant(whole.end()));
    tenant
        .find::<link_edge::Entity>()
        .filter(link_edge::Column::LinkId.eq(link))
        .filter(link_edge::Column::At.between(first, last))
        .order_by(link_edge::Column::At, Order::Asc)
        // Two of one moment have an order, too: the same at each reading.
        .order_by(link_edge::Column::Became, Order::Asc)
        .all()
        .await
}

/// The edges by which the uptime of `link` is measured; none where its terms go by slots.
///
/// # Errors
/// When the database does not answer.
pub async fn counted_edges(tenant: &Tenant<'_>, link: LinkId, terms: &Terms) -> Result<Vec<Edge>, DbErr> {
    match terms.measured_by {
        MeasuredBy::Slots => Ok(Vec::new()),
        MeasuredBy::Edges => Ok(seconds(&edges(tenant, link, terms.window()).await?)),
    }
}

/// `edges` by their seconds, of which what is begun counts.
#[must_use]
pub fn seconds(edges: &[link_edge::Model]) -> Vec<Edge> {
    let edge = |edge: &link_edge::Model| Edge {
        second: edge.at.timestamp(),
        became: store::state(edge.became),
        is_exact: edge.source != EdgeSource::Poll,
    };
    edges.iter().map(edge).collect()
}

/// All of what was down in `whole`, by its beginning. `edges` ascend; the outages were measured by the same.
#[must_use]
pub fn interruptions(
    whole: Interval,
    outages: &[Outage],
    measured_by: MeasuredBy,
    edges: &[link_edge::Model],
) -> Vec<Interruption> {
    let (drops, seconds) = (drops(edges), seconds(edges));
    let dated = |outage| match measured_by {
        MeasuredBy::Slots => dated(outage, &drops),
        MeasuredBy::Edges => as_measured(outage, &seconds),
    };
    let mut all: Vec<Interruption> = outages.iter().map(dated).collect();
    let inside = |drop: &&Stretch| whole.start() <= drop.from.timestamp() && drop.from.timestamp() < whole.end();
    let short = drops.iter().filter(inside).filter_map(|drop| {
        let to = drop.to.or_else(|| DateTime::from_timestamp(whole.end(), 0))?;
        let next = all.partition_point(|other| other.to <= drop.from);
        let known = all.get(next).is_some_and(|other| other.from < to);
        (!known && drop.from < to).then_some(Interruption {
            from: drop.from,
            to,
            exact: (true, drop.to.is_some()),
            counted_seconds: 0,
            span: None,
        })
    });
    let short: Vec<_> = short.collect();
    all.extend(short);
    all.sort_by_key(|interruption| interruption.from);
    all
}

/// An outage with the seconds of the drop that the poll of its first slot saw, and of that which the last one's saw.
fn dated(outage: &Outage, drops: &[Stretch]) -> Interruption {
    let slot = TimeDelta::seconds(Slot::SECONDS);
    let (from, to) = (instant(outage.span.start()), instant(outage.span.end()));
    // A poll is somewhere in its slot: what it saw began no earlier than the slot before, and ended no later than in
    // the slot after.
    let over = |from, to| {
        let last = drops[..drops.partition_point(|drop| drop.from < to)].last();
        last.filter(|drop| drop.to.is_none_or(|ended| ended > from))
    };
    let began = over(from, from + slot)
        .map(|drop| drop.from)
        .filter(|at| *at > from - slot);
    let ended = over(to - slot, to)
        .and_then(|drop| drop.to)
        .filter(|at| *at < to + slot);
    let (first, last) = (began.unwrap_or(from), ended.unwrap_or(to));
    Interruption {
        from: first.min(last),
        to: last,
        exact: (began.is_some(), ended.is_some()),
        counted_seconds: outage.counted_seconds,
        span: Some(outage.span),
    }
}

/// An outage that has the seconds of edges already, wherever there were any.
fn as_measured(outage: &Outage, edges: &[Edge]) -> Interruption {
    let (from, to) = (outage.span.start(), outage.span.end());
    let is_edge = |second, is_down: bool| {
        let at = edges.partition_point(|edge| edge.second < second);
        let mut there = edges[at..].iter().take_while(|edge| edge.second == second);
        there.any(|edge| edge.is_exact && (edge.became == SampleState::Down) == is_down)
    };
    Interruption {
        from: instant(from),
        to: instant(to),
        exact: (is_edge(from, true), is_edge(to, false)),
        counted_seconds: outage.counted_seconds,
        span: Some(outage.span),
    }
}

fn drops(edges: &[link_edge::Model]) -> Vec<Stretch> {
    let mut drops: Vec<Stretch> = Vec::new();
    for edge in edges {
        let open = drops.last_mut().filter(|drop| drop.to.is_none());
        match (edge.became, open) {
            (LinkCondition::Down, None) => drops.push(Stretch {
                from: edge.at,
                to: None,
            }),
            (LinkCondition::Up | LinkCondition::Disabled, Some(drop)) => drop.to = Some(edge.at),
            _ => {}
        }
    }
    drops
}

#[cfg(test)]
mod tests {
    use entity::TenantId;

    use super::*;
    use crate::domain::sla::uptime::Uptime;

    const BEGIN: i64 = 1_795_255_500;

    fn at(second: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(BEGIN + second, 0).unwrap()
    }

    fn edges(all: &[(i64, LinkCondition)]) -> Vec<link_edge::Model> {
        let link_id = LinkId::new();
        let edge = |(second, became): &(i64, LinkCondition)| link_edge::Model {
            tenant_id: TenantId::new(),
            link_id,
            at: at(*second),
            became: *became,
            source: EdgeSource::Listen,
        };
        all.iter().map(edge).collect()
    }

    fn outage(from: i64, to: i64) -> Outage {
        Outage {
            span: Interval::new(BEGIN + from, BEGIN + to),
            counted_seconds: to - from,
        }
    }

    fn shown(outages: &[Outage], all: &[(i64, LinkCondition)]) -> Vec<(i64, i64, (bool, bool), i64)> {
        let whole = Interval::new(BEGIN, BEGIN + 7_200);
        let shown = interruptions(whole, outages, MeasuredBy::Slots, &edges(all)).into_iter();
        let second = |at: DateTime<Utc>| at.timestamp() - BEGIN;
        shown
            .map(|one| (second(one.from), second(one.to), one.exact, one.counted_seconds))
            .collect()
    }

    use LinkCondition::{Down, Up};

    #[test]
    fn an_outage_has_the_seconds_of_its_edges_and_counts_its_slots() {
        // Down before the poll of the second slot, up after that of the third.
        let whole = [(430, Down), (1_130, Up)];
        assert_eq!(shown(&[outage(300, 1_200)], &whole), [(430, 1_130, (true, true), 900)]);
        let earlier = [(290, Down), (1_210, Up)];
        assert_eq!(
            shown(&[outage(300, 1_200)], &earlier),
            [(290, 1_210, (true, true), 900)]
        );
    }

    #[test]
    fn where_no_edge_is_known_slots_say_it() {
        assert_eq!(shown(&[outage(300, 1_200)], &[]), [(300, 1_200, (false, false), 900)]);
        assert_eq!(
            shown(&[outage(300, 1_200)], &[(350, Down)]),
            [(350, 1_200, (true, false), 900)]
        );
    }

    #[test]
    fn a_drop_between_two_polls_is_there_and_counts_nothing() {
        assert_eq!(shown(&[], &[(610, Down), (630, Up)]), [(610, 630, (true, true), 0)]);
        let both = shown(
            &[outage(900, 1_200)],
            &[(610, Down), (630, Up), (950, Down), (1_150, Up)],
        );
        assert_eq!(both, [(610, 630, (true, true), 0), (950, 1_150, (true, true), 300)]);
    }

    #[test]
    fn a_link_that_flaps_around_a_poll_is_down_as_the_poll_saw_it() {
        let flaps = [(910, Down), (920, Up), (950, Down), (1_150, Up)];
        assert_eq!(
            shown(&[outage(900, 1_200)], &flaps),
            [(910, 920, (true, true), 0), (950, 1_150, (true, true), 300)]
        );
    }

    #[test]
    fn a_drop_that_has_no_end_yet_is_there_before_a_slot_says_so() {
        assert_eq!(shown(&[], &[(610, Down)]), [(610, 7_200, (true, false), 0)]);
        assert_eq!(
            shown(&[outage(600, 900)], &[(610, Down)]),
            [(610, 900, (true, false), 300)],
            "and once"
        );
        let again = [(610, Down), (880, Up), (905, Down)];
        assert_eq!(
            shown(&[outage(600, 900)], &again),
            [(610, 880, (true, true), 300), (905, 7_200, (true, false), 0)]
        );
    }

    #[test]
    fn what_is_measured_by_seconds_has_them_and_counts_short_drops() {
        let whole = Interval::new(BEGIN, BEGIN + 7_200);
        let terms = Terms {
            measured_by: MeasuredBy::Edges,
            ..Terms::over(whole)
        };
        // The poll of the slot from 900 found the link down, and of its end nothing told but a poll.
        let mut edges = edges(&[(610, Down), (630, Up), (950, Down), (1_210, Up)]);
        edges[3].source = EdgeSource::Poll;
        let state = |number| {
            if number == 3 {
                SampleState::Down
            } else {
                SampleState::Up
            }
        };
        let first = Slot::from_second(BEGIN);
        let states = (0..24).map(|number| (first.plus(number), state(number)));
        let outages = Uptime::measure(&terms, states, &seconds(&edges)).outages;
        let shown = interruptions(whole, &outages, MeasuredBy::Edges, &edges);
        let shown: Vec<_> = shown
            .iter()
            .map(|one| (one.from, one.to, one.exact, one.counted_seconds))
            .collect();
        assert_eq!(
            shown,
            [
                (at(610), at(630), (true, true), 20),
                (at(950), at(1_200), (true, false), 250)
            ]
        );
    }
}
