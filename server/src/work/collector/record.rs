//! What a poll found, stored in one transaction: all of it or nothing. Only what a reboot proves of days that are over
//! goes before it, a transaction a day.

use std::{
    collections::{HashMap, HashSet},
    error::Error as _,
    ops::Range,
};

use chrono::{DateTime, Utc};
use entity::{
    LinkId, RouterId, StateChangeId, Tenant, link, link_edge, link_state, router, router_lease, router_state, sample,
    sample::LinkCondition, state_change,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, DbErr, ExprTrait, FromQueryResult, IntoActiveModel,
    sea_query::Expr,
};
use tokio::time::Instant;

use super::{
    Common, Key,
    judge::Verdict,
    memory::{LinkMemory, Memory},
};
use crate::{
    domain::links::{
        block::Day,
        days::{self, DaysError},
        slot::{Sample, SampleState, Slot, merge},
        store::{from_row, to_row},
    },
    work::rest,
};

/// Why a verdict was not stored.
#[derive(Debug, thiserror::Error)]
pub(super) enum NotStored {
    /// Another process polls the router by now.
    #[error("another process polls this router")]
    NotOurs,
    /// Staff switched the router off, or moved or archived a link of it, while it was polled.
    #[error("the set-up of this router changed meanwhile")]
    Outdated,
    /// Try again.
    #[error(transparent)]
    Database(#[from] DaysError),
}

impl From<DbErr> for NotStored {
    fn from(error: DbErr) -> Self {
        Self::Database(error.into())
    }
}

/// Stores what is new in `verdict` against `old`.
pub(super) async fn store(common: &Common, key: Key, old: &Memory, verdict: &Verdict) -> Result<(), NotStored> {
    let (tenant, router) = key;
    let today = Day::of(Slot::from_instant(common.site.clock.now()));
    // Each day of a long outage by itself, as it may be many that are sealed. It is the truth whatever becomes of the
    // rest, and is found proven again while that is not stored.
    for (link, slots) in verdict.downs.iter().flat_map(by_day) {
        let day = Day::of(slots.start);
        if day < today {
            let place = common.storing.acquire().await;
            let Some(rows) = begin(common, key, old, verdict).await? else {
                return Ok(());
            };
            let began = Instant::now();
            let row = rows.lock::<link::Entity>(link).await?;
            if !row.is_some_and(|row| row.router_id == router && row.archived_at.is_none()) {
                return Err(NotStored::Outdated);
            }
            open_day(&rows, link, day).await?;
            let proven = store_proven_down(&rows, link, slots).await?;
            rows.commit().await?;
            common.figures.samples.inc_by(proven as u64);
            drop(place);
            rest::after(began, &common.site.db.tenant(tenant)).await;
        }
    }
    let _place = common.storing.acquire().await;
    let Some(rows) = begin(common, key, old, verdict).await? else {
        return Ok(());
    };
    let past = verdict
        .samples
        .iter()
        .filter(|(_, sample)| Day::of(sample.slot) < today);
    let past: Vec<(LinkId, Day)> = past.map(|(link, sample)| (*link, Day::of(sample.slot))).collect();
    // As whoever changes the set-up does it: routers, then links, then the change sequence. In another order two could
    // wait for each other.
    rows.lock::<router::Entity>(router).await?;
    let changed = verdict.changes.iter().filter_map(|change| change.link);
    let changed = changed.chain(verdict.edges.iter().map(|edge| edge.link));
    rows.lock_all::<link::Entity>(changed.chain(past.iter().map(|(link, _)| *link)))
        .await?;
    for (link, day) in past {
        open_day(&rows, link, day).await?;
    }
    store_samples(&rows, &verdict.samples).await?;
    let mut proven = 0;
    for (link, slots) in verdict.downs.iter().flat_map(by_day) {
        if Day::of(slots.start) >= today {
            proven += store_proven_down(&rows, link, slots).await?;
        }
    }
    let seq = match verdict.pin {
        Some(_) => rows.config_changed().await?,
        None => rows.next_seq().await?,
    };
    // A change of the set-up that is not seen here has a later number, and so comes after this.
    let of_router = links_of(&rows, router, verdict).await?;
    let is_here = |link: LinkId| of_router.contains(&link);
    let changes = verdict.changes.iter().filter(|change| change.link.is_none_or(is_here));
    let changes = changes.map(|change| state_change::ActiveModel {
        tenant_id: Set(tenant),
        id: Set(StateChangeId::new()),
        at: Set(change.at),
        router_id: Set(change.link.is_none().then_some(router)),
        link_id: Set(change.link),
        from_state: Set(change.from.to_owned()),
        to_state: Set(change.to.to_owned()),
        reason: Set(change.reason.clone()),
    });
    rows.insert_all::<state_change::Entity, _>(changes.collect::<Vec<_>>())
        .await?;
    let edges = verdict.edges.iter().filter(|edge| is_here(edge.link));
    let edges = edges.map(|edge| link_edge::ActiveModel {
        tenant_id: Set(tenant),
        link_id: Set(edge.link),
        at: Set(edge.at),
        became: Set(edge.became),
        source: Set(edge.source),
    });
    let key = [
        link_edge::Column::LinkId,
        link_edge::Column::At,
        link_edge::Column::Became,
    ];
    rows.upsert_all::<link_edge::Entity, _>(edges.collect::<Vec<_>>(), &key)
        .await?;
    if let Some(pin) = verdict.pin {
        let unpinned = router::Column::Id.eq(router).and(router::Column::PinSha256.is_null());
        let pin = [(router::Column::PinSha256, Expr::value(pin.to_vec()))];
        rows.update_where::<router::Entity>(unpinned, pin).await?;
    }
    let (new, old) = (&verdict.memory, old);
    let changed = (new.links.iter().chain(&new.left))
        .zip(old.links.iter().chain(&old.left))
        .filter(|(new, old)| new.row != old.row || new.baseline != old.baseline)
        .filter(|(new, _)| is_here(new.setup.id));
    let states = changed
        .map(|(link, _)| link_row(link, seq))
        .collect::<Result<Vec<_>, _>>()?;
    rows.upsert_all::<link_state::Entity, _>(states, &[link_state::Column::LinkId])
        .await?;
    let mut row = verdict.memory.router.clone();
    row.seq = seq;
    rows.upsert_all::<router_state::Entity, _>(
        [row.into_active_model().reset_all()],
        &[router_state::Column::RouterId],
    )
    .await?;
    rows.commit().await?;
    common.dirty.mark(tenant);
    common.figures.samples.inc_by((verdict.samples.len() + proven) as u64);
    Ok(())
}

/// A transaction in which nobody else can take the router over; none: the verdict is stored already.
async fn begin(
    common: &Common,
    (tenant, router): Key,
    old: &Memory,
    verdict: &Verdict,
) -> Result<Option<Tenant<'static>>, NotStored> {
    let rows = common.site.db.begin(tenant).await?;
    // Written and not only read, so that nobody can take the router over before this is stored.
    let ours = router_lease::Column::RouterId
        .eq(router)
        .and(router_lease::Column::Holder.eq(common.site.process));
    let same = [(router_lease::Column::Until, Expr::col(router_lease::Column::Until))];
    if rows.update_where::<router_lease::Entity>(ours, same).await? == 0 {
        return Err(NotStored::NotOurs);
    }
    // A try before this one may have been kept without our hearing of it. Whatever else is new there, was stored by
    // somebody who took the router over in between: then what is remembered is too old to count from.
    let stored = rows.get::<router_state::Entity>(router).await?;
    let stored = stored.as_ref().map_or((0, None), last_poll);
    if stored == last_poll(&old.router) {
        Ok(Some(rows))
    } else if stored == last_poll(&verdict.memory.router) {
        Ok(None)
    } else {
        Err(NotStored::NotOurs)
    }
}

/// The links that belong to the router now. What belongs to another by now is that one's to say.
///
/// # Errors
/// When a router or a link was polled that should not have been: nobody would ever store that its state is not known.
async fn links_of(rows: &Tenant<'_>, router: RouterId, verdict: &Verdict) -> Result<HashSet<LinkId>, NotStored> {
    #[derive(FromQueryResult)]
    struct Row {
        id: LinkId,
        archived_at: Option<DateTime<Utc>>,
    }
    let links = rows
        .find::<link::Entity>()
        .filter(link::Column::RouterId.eq(router))
        .columns::<Row>([link::Column::Id, link::Column::ArchivedAt])
        .await?;
    if !verdict.switched_off {
        let enabled = rows
            .find::<router::Entity>()
            .filter(router::Column::Id.eq(router))
            .filter(router::Column::Enabled.eq(true))
            .filter(router::Column::ArchivedAt.is_null());
        let there: HashSet<LinkId> = (links.iter().filter(|row| row.archived_at.is_none()))
            .map(|row| row.id)
            .collect();
        let all_there = verdict.memory.links.iter().all(|link| there.contains(&link.setup.id));
        if !all_there || enabled.count().await? == 0 {
            return Err(NotStored::Outdated);
        }
    }
    Ok(links.into_iter().map(|row| row.id).collect())
}

/// Which poll was stored last, as exactly as all databases keep a time.
fn last_poll(row: &router_state::Model) -> (i64, Option<i64>) {
    let micros = |at: DateTime<Utc>| at.timestamp_micros();
    (row.polls, row.last_poll_at.map(micros))
}

fn link_row(link: &LinkMemory, seq: i64) -> Result<link_state::ActiveModel, DbErr> {
    let reading = link.baseline.as_ref().map(serde_json::to_value).transpose();
    let row = link_state::Model {
        reading: reading.map_err(|error| DbErr::Json(error.to_string()))?,
        seq,
        ..link.row.clone()
    };
    Ok(row.into_active_model().reset_all())
}

/// The parts of `slots` that lie in one day each.
fn by_day((link, slots): &(LinkId, Range<Slot>)) -> impl Iterator<Item = (LinkId, Range<Slot>)> {
    let (link, slots) = (*link, slots.clone());
    let (first, last) = (Day::of(slots.start), Day::of(slots.end.plus(-1)));
    (first.number()..=last.number()).map(Day::from_number).map(move |day| {
        let (start, end) = (day.first_slot(), day.last_slot().plus(1));
        (link, slots.start.max(start)..slots.end.min(end))
    })
}

/// Opens `day`, if it is sealed, to store something in it.
async fn open_day(rows: &Tenant<'_>, link: LinkId, day: Day) -> Result<(), DaysError> {
    match days::open(rows, link, day).await {
        // What is new is kept beside it, and neither a poll nor its other links have to wait for its repair.
        Err(error @ DaysError::Unreadable { .. }) => {
            let cause = error.source().map(ToString::to_string);
            tracing::error!(%link, %error, cause, "a sealed day can't be opened: see `mainstay doctor`");
            Ok(())
        }
        opened => opened,
    }
}

/// Makes those of the link's `slots` that are stored as unknown down, and says how many there were. Whatever else is
/// stored was seen.
async fn store_proven_down(rows: &Tenant<'_>, link: LinkId, slots: Range<Slot>) -> Result<usize, DbErr> {
    let unknown = rows
        .find::<sample::Entity>()
        .filter(sample::Column::LinkId.eq(link))
        .filter(sample::Column::State.eq(LinkCondition::Unknown))
        .filter(sample::Column::Slot.gte(slots.start.number()))
        .filter(sample::Column::Slot.lt(slots.end.number()))
        .all()
        .await?;
    let now_down = unknown.iter().map(|row| {
        let sample = from_row(row);
        (link, merge(sample, Sample::new(sample.slot, SampleState::Down)))
    });
    overwrite_samples(rows, now_down).await?;
    Ok(unknown.len())
}

/// Stores samples of one slot, each merged with what is stored of it already (R15): by another poll of the slot, by
/// another process, or before a clock went back.
async fn store_samples(rows: &Tenant<'_>, samples: &[(LinkId, Sample)]) -> Result<(), DbErr> {
    let Some((_, Sample { slot, .. })) = samples.first() else {
        return Ok(());
    };
    let stored = rows
        .find::<sample::Entity>()
        .filter(sample::Column::Slot.eq(slot.number()))
        .filter(sample::Column::LinkId.is_in(samples.iter().map(|(link, _)| *link)))
        .all()
        .await?;
    let stored: HashMap<LinkId, Sample> = stored.iter().map(|row| (row.link_id, from_row(row))).collect();
    let merged = samples.iter().filter_map(|(link, sample)| match stored.get(link) {
        None => Some((*link, *sample)),
        Some(stored) => Some((*link, merge(*stored, *sample))).filter(|(_, merged)| merged != stored),
    });
    overwrite_samples(rows, merged).await
}

async fn overwrite_samples(
    rows: &Tenant<'_>,
    samples: impl Iterator<Item = (LinkId, Sample)> + Send,
) -> Result<(), DbErr> {
    let key = [sample::Column::LinkId, sample::Column::Slot];
    let samples = samples.map(|(link, sample)| to_row(rows.id(), link, &sample));
    rows.upsert_all::<sample::Entity, _>(samples, &key).await
}
