//! The outages of all links in a range. Links that were up all the time are not looked at: which were not is asked of
//! indexes that hold nothing else.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use entity::{
    LinkId, Tenant, day_summary, link, link_edge, outage_note, sample,
    sample::LinkCondition,
    sla_profile_version::{DisabledIs, MeasuredBy, UnreachableIs},
};
use sea_orm::{ColumnTrait, DbErr, FromQueryResult, sea_query::Expr};

use super::{Outage, of_link};
use crate::domain::{
    board::Snapshot,
    calendar::instant,
    links::{block::Day, days::DaysError, slot::Slot},
    sla::intervals::Interval,
};

/// All outages that touch `range` of the links that are `wanted`, the newest first.
///
/// # Errors
/// When the database does not answer, or a sealed day can't be read.
pub async fn outages(
    rows: &Tenant<'_>,
    board: &Snapshot,
    range: Interval,
    now: DateTime<Utc>,
    wanted: impl Fn(&link::Model) -> bool,
) -> Result<Vec<Outage>, DaysError> {
    let mut found = Vec::new();
    for id in suspects(rows, board, range).await? {
        let Some(link) = board.links.get(&id).map(|now_of| &now_of.link) else {
            continue;
        };
        if wanted(link) {
            found.extend(of_link(rows, board, link, range, now).await?);
            // A bad month of many links takes a second.
            tokio::task::consume_budget().await;
        }
    }
    found.sort_by_key(|outage| (std::cmp::Reverse(outage.span.start()), outage.link));
    Ok(found)
}

/// The links that may have had an outage in `range`.
async fn suspects(rows: &Tenant<'_>, board: &Snapshot, range: Interval) -> Result<BTreeSet<LinkId>, DbErr> {
    #[derive(FromQueryResult)]
    struct Row {
        link_id: LinkId,
        state: LinkCondition,
    }
    #[derive(FromQueryResult)]
    struct OfDay {
        link_id: LinkId,
        down_slots: Option<i64>,
        disabled_slots: Option<i64>,
        unknown_slots: Option<i64>,
        flaps: Option<i64>,
    }
    #[derive(FromQueryResult)]
    struct OfLink {
        link_id: LinkId,
    }
    let (first, last) = (Slot::from_second(range.start()), Slot::from_second(range.end() - 1));
    let counts = |link: &LinkId| Counts::of(board, *link);
    let mut links = BTreeSet::new();
    let open = rows
        .find::<sample::Entity>()
        .filter(sample::Column::Slot.between(i64::from(first.number()), i64::from(last.number())))
        // As in the index, letter by letter: only then is it used.
        .filter(Expr::cust("state <> 1"))
        .columns::<Row>([sample::Column::LinkId, sample::Column::State])
        .await?;
    let counted = open.into_iter().filter(|row| match row.state {
        LinkCondition::Up => false,
        LinkCondition::Down => true,
        LinkCondition::Disabled => counts(&row.link_id).disabled,
        LinkCondition::Unknown => counts(&row.link_id).unknown,
    });
    links.extend(counted.map(|row| row.link_id));
    let sealed = rows
        .find::<day_summary::Entity>()
        .filter(day_summary::Column::Day.between(Day::of(first).number(), Day::of(last).number()))
        .filter(Expr::cust(
            "(down_slots > 0 OR disabled_slots > 0 OR unknown_slots > 0 OR flaps > 0)",
        ))
        .columns::<OfDay>([
            day_summary::Column::LinkId,
            day_summary::Column::DownSlots,
            day_summary::Column::DisabledSlots,
            day_summary::Column::UnknownSlots,
            day_summary::Column::Flaps,
        ])
        .await?;
    let some = |number: Option<i64>| number.is_some_and(|number| number > 0);
    let counted = sealed.into_iter().filter(|day| {
        let counts = counts(&day.link_id);
        some(day.down_slots)
            || some(day.disabled_slots) && counts.disabled
            || some(day.unknown_slots) && counts.unknown
            || some(day.flaps) && counts.edges
    });
    links.extend(counted.map(|day| day.link_id));
    let edges = rows
        .find::<link_edge::Entity>()
        .filter(link_edge::Column::At.between(instant(range.start()), instant(range.end())))
        .columns::<OfLink>([link_edge::Column::LinkId])
        .await?;
    links.extend(edges.iter().map(|edge| edge.link_id).filter(|link| counts(link).edges));
    let noted = rows
        .find::<outage_note::Entity>()
        .filter(outage_note::Column::StartsAt.lt(instant(range.end())))
        .filter(outage_note::Column::EndsAt.gt(instant(range.start())))
        .columns::<OfLink>([outage_note::Column::LinkId])
        .await?;
    links.extend(noted.into_iter().map(|note| note.link_id));
    Ok(links)
}

/// What makes an outage of a link besides slots that are down.
#[derive(Clone, Copy, Debug, Default)]
struct Counts {
    disabled: bool,
    unknown: bool,
    edges: bool,
}

impl Counts {
    fn of(board: &Snapshot, link: LinkId) -> Self {
        let link = board.links.get(&link);
        let Some(profile) = link.and_then(|now_of| board.profile_of(&now_of.link)) else {
            return Self::default();
        };
        Self {
            disabled: profile.current.disabled_is == DisabledIs::Down,
            unknown: profile.current.unreachable_is == UnreachableIs::Down,
            edges: profile.current.measured_by == MeasuredBy::Edges,
        }
    }
}
