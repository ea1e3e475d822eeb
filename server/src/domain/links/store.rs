//! Samples in and out of the database. What they mean is in the modules beside.

use std::collections::HashSet;

use entity::{LinkId, Tenant, TenantId, sample, sample::LinkCondition, sample_block};
use sea_orm::{ActiveValue::Set, ColumnTrait, DbErr, Order};

use super::slot::{Counters, Jitter, Latency, Sample, SampleState, Slot};
use super::{
    block::{self, Day, Part},
    days::DaysError,
};

/// The samples of `link` in the slots from `first` to `last`, both included, in their order.
///
/// # Errors
/// When the database does not answer, or a sealed day can't be read.
pub async fn samples(tenant: &Tenant<'_>, link: LinkId, first: Slot, last: Slot) -> Result<Vec<Sample>, DaysError> {
    let open = rows(tenant, link, first, last).await?;
    with_sealed(tenant, link, first, last, Part::Whole, open).await
}

/// The same with what graphs are drawn from and nothing else: states, octets, round trips and probes.
///
/// # Errors
/// As [`samples`].
pub async fn measurements(
    tenant: &Tenant<'_>,
    link: LinkId,
    first: Slot,
    last: Slot,
) -> Result<Vec<Sample>, DaysError> {
    #[derive(sea_orm::FromQueryResult)]
    struct Row {
        slot: i64,
        state: LinkCondition,
        rx_octets: Option<i64>,
        tx_octets: Option<i64>,
        rate_seconds: Option<i32>,
        latency_min_us: Option<i32>,
        latency_avg_us: Option<i32>,
        latency_max_us: Option<i32>,
        sent: Option<i32>,
        received: Option<i32>,
    }
    let columns = [
        sample::Column::Slot,
        sample::Column::State,
        sample::Column::RxOctets,
        sample::Column::TxOctets,
        sample::Column::RateSeconds,
        sample::Column::LatencyMinUs,
        sample::Column::LatencyAvgUs,
        sample::Column::LatencyMaxUs,
        sample::Column::Sent,
        sample::Column::Received,
    ];
    let rows = in_order(tenant, link, first, last).columns::<Row>(columns).await?;
    let open = rows.into_iter().map(|row| Sample {
        counters: Counters {
            rx_octets: counted(row.rx_octets),
            tx_octets: counted(row.tx_octets),
            ..Counters::default()
        },
        rate_seconds: row.rate_seconds.map(small),
        latency: latency(row.latency_min_us, row.latency_avg_us, row.latency_max_us),
        probes_sent: row.sent.map_or(0, small),
        probes_received: row.received.map_or(0, small),
        ..Sample::new(slot(row.slot), state(row.state))
    });
    let open = open.collect();
    with_sealed(tenant, link, first, last, Part::Measurements, open).await
}

/// The states alone of the same, for what needs no more.
///
/// # Errors
/// As [`samples`].
pub async fn states(
    tenant: &Tenant<'_>,
    link: LinkId,
    first: Slot,
    last: Slot,
) -> Result<Vec<(Slot, SampleState)>, DaysError> {
    #[derive(sea_orm::FromQueryResult)]
    struct Row {
        slot: i64,
        state: LinkCondition,
    }
    let columns = [sample::Column::Slot, sample::Column::State];
    let rows = in_order(tenant, link, first, last).columns::<Row>(columns).await?;
    let open = rows
        .into_iter()
        .map(|row| Sample::new(slot(row.slot), state(row.state)));
    let open = open.collect();
    let samples = with_sealed(tenant, link, first, last, Part::States, open).await?;
    Ok(samples.into_iter().map(|sample| (sample.slot, sample.state)).collect())
}

/// `open`, the samples that are rows, together with those of the sealed days of the range that are not. The rows have
/// to be read before: a day that was sealed in between is read twice then, and not lacking.
pub(super) async fn with_sealed(
    tenant: &Tenant<'_>,
    link: LinkId,
    first: Slot,
    last: Slot,
    part: Part,
    open: Vec<Sample>,
) -> Result<Vec<Sample>, DaysError> {
    let blocks = packed(tenant, link, Day::of(first), Day::of(last)).await?;
    together(link, blocks, first, last, part, open)
}

/// The samples of `blocks` and `open`, those that are rows, from `first` to `last`, in their order.
///
/// # Errors
/// When a block can't be read.
pub(in crate::domain) fn together(
    link: LinkId,
    blocks: Vec<(Day, Vec<u8>)>,
    first: Slot,
    last: Slot,
    part: Part,
    open: Vec<Sample>,
) -> Result<Vec<Sample>, DaysError> {
    let there: HashSet<Slot> = open.iter().map(|sample| sample.slot).collect();
    let mut samples = Vec::with_capacity(blocks.len() * block::SLOTS as usize + open.len());
    for (day, bytes) in blocks {
        let sealed = block::read(&bytes, day, part).map_err(|source| DaysError::Unreadable { link, day, source })?;
        samples.extend(
            sealed
                .into_iter()
                .filter(|sample| (first..=last).contains(&sample.slot) && !there.contains(&sample.slot)),
        );
    }
    samples.extend(open);
    // A late sample opens a day between sealed ones.
    samples.sort_by_key(|sample| sample.slot);
    Ok(samples)
}

/// The blocks of the days from `first` to `last`, in their order. A slot that has a row is the row's.
pub(super) async fn blocks(
    tenant: &Tenant<'_>,
    link: LinkId,
    first: Day,
    last: Day,
) -> Result<Vec<sample_block::Model>, DbErr> {
    blocks_in_order(tenant, link, first, last).all().await
}

/// The same, without what proves them.
async fn packed(tenant: &Tenant<'_>, link: LinkId, first: Day, last: Day) -> Result<Vec<(Day, Vec<u8>)>, DbErr> {
    bytes_of(blocks_in_order(tenant, link, first, last)).await
}

/// The blocks of these days alone, which ascend; no days: nothing is asked of the database.
///
/// # Errors
/// When the database does not answer.
pub async fn packed_of(tenant: &Tenant<'_>, link: LinkId, days: &[Day]) -> Result<Vec<(Day, Vec<u8>)>, DbErr> {
    let (Some(first), Some(last)) = (days.first(), days.last()) else {
        return Ok(Vec::new());
    };
    let among = sample_block::Column::Day.is_in(days.iter().map(|day| day.number()));
    bytes_of(blocks_in_order(tenant, link, *first, *last).filter(among)).await
}

async fn bytes_of(blocks: entity::Scoped<'_, '_, sample_block::Entity>) -> Result<Vec<(Day, Vec<u8>)>, DbErr> {
    #[derive(sea_orm::FromQueryResult)]
    struct Packed {
        day: i32,
        bytes: Vec<u8>,
    }
    let columns = [sample_block::Column::Day, sample_block::Column::Bytes];
    let blocks = blocks.columns::<Packed>(columns).await?.into_iter();
    Ok(blocks.map(|block| (Day::from_number(block.day), block.bytes)).collect())
}

fn blocks_in_order<'t, 'c>(
    tenant: &'t Tenant<'c>,
    link: LinkId,
    first: Day,
    last: Day,
) -> entity::Scoped<'t, 'c, sample_block::Entity> {
    tenant
        .find::<sample_block::Entity>()
        .filter(sample_block::Column::LinkId.eq(link))
        .filter(sample_block::Column::Day.between(first.number(), last.number()))
        .order_by(sample_block::Column::Day, Order::Asc)
}

/// The samples that are rows: all of a day that is not sealed, and what lies beside the block of one that is.
///
/// # Errors
/// When the database does not answer.
pub async fn rows(tenant: &Tenant<'_>, link: LinkId, first: Slot, last: Slot) -> Result<Vec<Sample>, DbErr> {
    let rows = in_order(tenant, link, first, last).all().await?;
    Ok(rows.iter().map(from_row).collect())
}

/// The slot of the oldest sample that is a row.
pub(super) async fn first_row(tenant: &Tenant<'_>, link: LinkId) -> Result<Option<Slot>, DbErr> {
    outermost_row(tenant, link, Order::Asc).await
}

/// The slot of the newest sample, sealed or not.
///
/// # Errors
/// As [`samples`].
pub async fn newest(tenant: &Tenant<'_>, link: LinkId) -> Result<Option<Slot>, DaysError> {
    let row = outermost_row(tenant, link, Order::Desc).await?;
    let sealed = outermost_sealed(tenant, link, Order::Desc).await?;
    Ok(row.max(sealed.last().copied()))
}

/// The slot of the oldest sample, sealed or not.
///
/// # Errors
/// As [`samples`].
pub async fn oldest(tenant: &Tenant<'_>, link: LinkId) -> Result<Option<Slot>, DaysError> {
    let row = outermost_row(tenant, link, Order::Asc).await?;
    let sealed = outermost_sealed(tenant, link, Order::Asc).await?;
    Ok(row.into_iter().chain(sealed.first().copied()).min())
}

/// The slots of the first or last sealed day.
async fn outermost_sealed(tenant: &Tenant<'_>, link: LinkId, order: Order) -> Result<Vec<Slot>, DaysError> {
    let block = tenant
        .find::<sample_block::Entity>()
        .filter(sample_block::Column::LinkId.eq(link))
        .order_by(sample_block::Column::Day, order)
        .limit(1)
        .one()
        .await?;
    let Some(block) = block else { return Ok(Vec::new()) };
    let day = Day::from_number(block.day);
    let samples =
        block::read(&block.bytes, day, Part::States).map_err(|source| DaysError::Unreadable { link, day, source })?;
    Ok(samples.into_iter().map(|sample| sample.slot).collect())
}

pub(super) async fn outermost_row(tenant: &Tenant<'_>, link: LinkId, order: Order) -> Result<Option<Slot>, DbErr> {
    let row = tenant
        .find::<sample::Entity>()
        .filter(sample::Column::LinkId.eq(link))
        .order_by(sample::Column::Slot, order)
        .limit(1)
        .one()
        .await?;
    Ok(row.map(|row| slot(row.slot)))
}

fn in_order<'t, 'c>(
    tenant: &'t Tenant<'c>,
    link: LinkId,
    first: Slot,
    last: Slot,
) -> entity::Scoped<'t, 'c, sample::Entity> {
    tenant
        .find::<sample::Entity>()
        .filter(sample::Column::LinkId.eq(link))
        .filter(sample::Column::Slot.between(i64::from(first.number()), i64::from(last.number())))
        .order_by(sample::Column::Slot, Order::Asc)
}

/// The row that keeps `sample` for `link`. What is greater than a database's integers is kept as the greatest of them.
#[must_use]
pub fn to_row(tenant: TenantId, link: LinkId, sample: &Sample) -> sample::ActiveModel {
    let counted = |value: Option<u64>| Set(value.map(|value| i64::try_from(value).unwrap_or(i64::MAX)));
    let small = |value: u32| i32::try_from(value).unwrap_or(i32::MAX);
    let counters = sample.counters;
    let probed = sample.probes_sent > 0;
    sample::ActiveModel {
        tenant_id: Set(tenant),
        link_id: Set(link),
        slot: Set(i64::from(sample.slot.number())),
        state: Set(condition(sample.state)),
        rx_octets: counted(counters.rx_octets),
        tx_octets: counted(counters.tx_octets),
        rx_packets: counted(counters.rx_packets),
        tx_packets: counted(counters.tx_packets),
        errors: counted(counters.errors()),
        drops: counted(counters.drops()),
        rate_seconds: Set(sample.rate_seconds.map(small)),
        latency_min_us: Set(sample.latency.map(|latency| small(latency.min_us))),
        latency_avg_us: Set(sample.latency.map(|latency| small(latency.avg_us))),
        latency_max_us: Set(sample.latency.map(|latency| small(latency.max_us))),
        jitter_us: Set(sample.jitter.map(|jitter| small(jitter.mean_us))),
        jitter_count: Set(sample.jitter.map(|jitter| small(jitter.differences))),
        sent: Set(probed.then(|| small(sample.probes_sent))),
        received: Set(probed.then(|| small(sample.probes_received))),
        flaps: Set(sample.flaps.map(small)),
        down_seconds: Set(sample.down_seconds.map(small)),
    }
}

/// The sample that a row keeps. Errors and drops are kept summed: they come back as if all had been received.
#[must_use]
pub fn from_row(row: &sample::Model) -> Sample {
    Sample {
        slot: slot(row.slot),
        state: state(row.state),
        counters: Counters {
            rx_octets: counted(row.rx_octets),
            tx_octets: counted(row.tx_octets),
            rx_packets: counted(row.rx_packets),
            tx_packets: counted(row.tx_packets),
            rx_errors: counted(row.errors),
            tx_errors: None,
            rx_drops: counted(row.drops),
            tx_drops: None,
        },
        rate_seconds: row.rate_seconds.map(small),
        latency: latency(row.latency_min_us, row.latency_avg_us, row.latency_max_us),
        jitter: row.jitter_us.zip(row.jitter_count).map(|(mean, count)| Jitter {
            mean_us: small(mean),
            differences: small(count),
        }),
        probes_sent: row.sent.map_or(0, small),
        probes_received: row.received.map_or(0, small),
        flaps: row.flaps.map(small),
        down_seconds: row.down_seconds.map(small),
    }
}

fn counted(kept: Option<i64>) -> Option<u64> {
    kept.and_then(|value| u64::try_from(value).ok())
}

fn small(kept: i32) -> u32 {
    u32::try_from(kept).unwrap_or(0)
}

fn latency(min: Option<i32>, avg: Option<i32>, max: Option<i32>) -> Option<Latency> {
    Some(Latency {
        min_us: small(min?),
        avg_us: small(avg?),
        max_us: small(max?),
    })
}

/// How a state is kept.
#[must_use]
pub fn condition(state: SampleState) -> LinkCondition {
    match state {
        SampleState::Up => LinkCondition::Up,
        SampleState::Down => LinkCondition::Down,
        SampleState::Disabled => LinkCondition::Disabled,
        SampleState::Unknown => LinkCondition::Unknown,
    }
}

/// The state that was kept.
#[must_use]
pub fn state(kept: LinkCondition) -> SampleState {
    match kept {
        LinkCondition::Up => SampleState::Up,
        LinkCondition::Down => SampleState::Down,
        LinkCondition::Disabled => SampleState::Disabled,
        LinkCondition::Unknown => SampleState::Unknown,
    }
}

pub(super) fn slot(number: i64) -> Slot {
    Slot::from_number(i32::try_from(number).unwrap_or(i32::MAX))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use sea_orm::TryIntoModel;

    use super::*;

    #[test]
    fn what_no_database_can_hold_is_kept_as_the_greatest_it_can() {
        let counters = Counters {
            rx_octets: Some(u64::MAX),
            rx_errors: Some(u64::MAX),
            tx_errors: Some(1),
            ..Counters::default()
        };
        let flaps = Some(u32::MAX);
        let sample = Sample {
            counters,
            flaps,
            ..Sample::new(Slot::from_number(1), SampleState::Up)
        };
        let row = to_row(TenantId::new(), LinkId::new(), &sample)
            .try_into_model()
            .unwrap();
        assert_eq!((row.rx_octets, row.errors), (Some(i64::MAX), Some(i64::MAX)));
        assert_eq!(row.flaps, Some(i32::MAX));
        assert_eq!(from_row(&row).counters.rx_octets, Some(i64::MAX.unsigned_abs()));
    }

    proptest! {
        #[test]
        fn what_was_kept_is_read_back(octets in proptest::option::of(0..i64::MAX as u64), flaps in proptest::option::of(0..1000_u32), number in 0..9_000_000, received in 0..6_u32) {
            let sample = Sample {
                counters: Counters { rx_octets: octets, rx_errors: octets, ..Counters::default() },
                flaps,
                probes_sent: 5,
                probes_received: received.min(5),
                latency: Some(Latency { min_us: 1, avg_us: 2, max_us: 3 }),
                jitter: Some(Jitter { mean_us: 4, differences: 3 }),
                ..Sample::new(Slot::from_number(number), SampleState::Disabled)
            };
            let row = to_row(TenantId::new(), LinkId::new(), &sample).try_into_model().unwrap();
            prop_assert_eq!(from_row(&row), sample);
        }
    }
}
