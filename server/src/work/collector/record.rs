//! What a poll found, stored in one transaction: all of it or nothing.

use std::ops::Range;

use entity::{
    LinkId, StateChangeId, Tenant, link_state, router, router_lease, router_state, sample, sample::LinkCondition,
    state_change,
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, DbErr, ExprTrait, IntoActiveModel, sea_query::Expr};

use super::{
    Common, Key,
    judge::Verdict,
    memory::{LinkMemory, Memory},
};
use crate::domain::links::slot::{Counters, Jitter, Latency, Sample, SampleState, Slot, merge};

/// Why a poll was not stored.
#[derive(Debug, thiserror::Error)]
pub(super) enum NotStored {
    /// Another process polls the router by now.
    #[error("another process polls this router")]
    NotOurs,
    /// Try again.
    #[error(transparent)]
    Database(#[from] DbErr),
}

/// Stores what is new in `verdict` against `old`.
pub(super) async fn store(common: &Common, key: Key, old: &Memory, verdict: &Verdict) -> Result<(), NotStored> {
    let _place = common.storing.acquire().await;
    let (tenant, router) = key;
    let rows = common.site.db.begin(tenant).await?;
    // Written and not only read, so that nobody can take the router over before this is stored.
    let ours = router_lease::Column::RouterId
        .eq(router)
        .and(router_lease::Column::Holder.eq(common.site.process));
    let same = [(router_lease::Column::Until, Expr::col(router_lease::Column::Until))];
    if rows.update_where::<router_lease::Entity>(ours, same).await? == 0 {
        return Err(NotStored::NotOurs);
    }
    store_samples(
        &rows,
        verdict.samples.iter().map(|(link, sample)| to_row(*link, sample)),
    )
    .await?;
    let proven = store_proven_down(&rows, &verdict.downs).await?;
    let changes = verdict.changes.iter().map(|change| state_change::ActiveModel {
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
    if let Some(pin) = verdict.pin {
        let unpinned = router::Column::Id.eq(router).and(router::Column::PinSha256.is_null());
        let pin = [(router::Column::PinSha256, Expr::value(pin.to_vec()))];
        rows.update_where::<router::Entity>(unpinned, pin).await?;
    }
    let seq = match verdict.pin {
        Some(_) => rows.config_changed().await?,
        None => rows.next_seq().await?,
    };
    let changed = verdict
        .memory
        .links
        .iter()
        .zip(&old.links)
        .filter(|(new, old)| new.row != old.row || new.baseline != old.baseline);
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

fn link_row(link: &LinkMemory, seq: i64) -> Result<link_state::ActiveModel, DbErr> {
    let reading = link.baseline.as_ref().map(serde_json::to_value).transpose();
    let row = link_state::Model {
        reading: reading.map_err(|error| DbErr::Json(error.to_string()))?,
        seq,
        ..link.row.clone()
    };
    Ok(row.into_active_model().reset_all())
}

/// Makes the slots that are stored as unknown down, a link at a time, and says how many there were. Whatever else is
/// stored was seen.
async fn store_proven_down(rows: &Tenant<'_>, downs: &[(LinkId, Range<Slot>)]) -> Result<usize, DbErr> {
    let mut stored = 0;
    for (link, slots) in downs {
        let unknown = rows
            .find::<sample::Entity>()
            .filter(sample::Column::LinkId.eq(*link))
            .filter(sample::Column::State.eq(LinkCondition::Unknown))
            .filter(sample::Column::Slot.gte(slots.start.number()))
            .filter(sample::Column::Slot.lt(slots.end.number()))
            .all()
            .await?;
        stored += unknown.len();
        let now_down = unknown.iter().map(|row| {
            let sample = from_row(row);
            to_row(*link, &merge(sample, Sample::new(sample.slot, SampleState::Down)))
        });
        store_samples(rows, now_down).await?;
    }
    Ok(stored)
}

async fn store_samples(
    rows: &Tenant<'_>,
    samples: impl Iterator<Item = sample::ActiveModel> + Send,
) -> Result<(), DbErr> {
    let key = [sample::Column::LinkId, sample::Column::Slot];
    rows.upsert_all::<sample::Entity, _>(samples, &key).await
}

fn to_row(link: LinkId, sample: &Sample) -> sample::ActiveModel {
    let big = |value: Option<u64>| value.map(|value| i64::try_from(value).unwrap_or(i64::MAX));
    let small = |value: Option<u32>| value.map(|value| i32::try_from(value).unwrap_or(i32::MAX));
    let both = |rx: Option<u64>, tx: Option<u64>| match (rx, tx) {
        (Some(rx), Some(tx)) => Some(rx.saturating_add(tx)),
        (rx, tx) => rx.or(tx),
    };
    let counters = &sample.counters;
    let probed = (sample.probes_sent > 0).then_some(());
    sample::ActiveModel {
        tenant_id: sea_orm::ActiveValue::NotSet,
        link_id: Set(link),
        slot: Set(sample.slot.number().into()),
        state: Set(match sample.state {
            SampleState::Unknown => LinkCondition::Unknown,
            SampleState::Up => LinkCondition::Up,
            SampleState::Down => LinkCondition::Down,
            SampleState::Disabled => LinkCondition::Disabled,
        }),
        rx_octets: Set(big(counters.rx_octets)),
        tx_octets: Set(big(counters.tx_octets)),
        rx_packets: Set(big(counters.rx_packets)),
        tx_packets: Set(big(counters.tx_packets)),
        errors: Set(big(both(counters.rx_errors, counters.tx_errors))),
        drops: Set(big(both(counters.rx_drops, counters.tx_drops))),
        rate_seconds: Set(small(sample.rate_seconds)),
        latency_min_us: Set(small(sample.latency.map(|latency| latency.min_us))),
        latency_avg_us: Set(small(sample.latency.map(|latency| latency.avg_us))),
        latency_max_us: Set(small(sample.latency.map(|latency| latency.max_us))),
        jitter_us: Set(small(sample.jitter.map(|jitter| jitter.mean_us))),
        jitter_count: Set(small(sample.jitter.map(|jitter| jitter.differences))),
        sent: Set(small(probed.map(|()| sample.probes_sent))),
        received: Set(small(probed.map(|()| sample.probes_received))),
        flaps: Set(small(sample.flaps)),
        down_seconds: Set(small(sample.down_seconds)),
    }
}

/// A stored sample. Errors and drops of both directions come back as those of one, which their sums don't mind.
pub(super) fn from_row(row: &sample::Model) -> Sample {
    let big = |value: Option<i64>| value.and_then(|value| u64::try_from(value).ok());
    let small = |value: Option<i32>| value.and_then(|value| u32::try_from(value).ok());
    let latency = || {
        Some(Latency {
            min_us: small(row.latency_min_us)?,
            avg_us: small(row.latency_avg_us)?,
            max_us: small(row.latency_max_us)?,
        })
    };
    let jitter = || {
        Some(Jitter {
            mean_us: small(row.jitter_us)?,
            differences: small(row.jitter_count)?,
        })
    };
    Sample {
        slot: Slot::from_number(i32::try_from(row.slot).unwrap_or_default()),
        state: match row.state {
            LinkCondition::Unknown => SampleState::Unknown,
            LinkCondition::Up => SampleState::Up,
            LinkCondition::Down => SampleState::Down,
            LinkCondition::Disabled => SampleState::Disabled,
        },
        counters: Counters {
            rx_octets: big(row.rx_octets),
            tx_octets: big(row.tx_octets),
            rx_packets: big(row.rx_packets),
            tx_packets: big(row.tx_packets),
            rx_errors: big(row.errors),
            tx_errors: None,
            rx_drops: big(row.drops),
            tx_drops: None,
        },
        rate_seconds: small(row.rate_seconds),
        latency: latency(),
        jitter: jitter(),
        probes_sent: small(row.sent).unwrap_or(0),
        probes_received: small(row.received).unwrap_or(0),
        flaps: small(row.flaps),
        down_seconds: small(row.down_seconds),
    }
}
