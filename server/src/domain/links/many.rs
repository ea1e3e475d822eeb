//! Reads for many links at once: with a query for each link, asking costs more than what is read.

use std::{
    collections::{BTreeSet, HashMap},
    hash::Hash,
};

use entity::{LinkId, Tenant, day_summary, sample, sample_block};
use sea_orm::{ColumnTrait, Condition, DbErr, ExprTrait, FromQueryResult, Order, QueryResult};

use super::{
    block::Day,
    days::{Judged, Summed},
    slot::{Sample, Slot},
    store,
};

/// Of each of `links` the samples that are rows in the slots from `first` to `last`, in their order.
///
/// # Errors
/// When the database does not answer.
pub async fn rows(
    tenant: &Tenant<'_>,
    links: &[LinkId],
    first: Slot,
    last: Slot,
) -> Result<HashMap<LinkId, Vec<Sample>>, DbErr> {
    let rows = tenant
        .find::<sample::Entity>()
        .filter(sample::Column::LinkId.is_in(links.iter().copied()))
        .filter(sample::Column::Slot.between(i64::from(first.number()), i64::from(last.number())))
        .order_by(sample::Column::Slot, Order::Asc)
        .all()
        .await?;
    Ok(by(rows.iter().map(|row| (row.link_id, store::from_row(row)))))
}

/// Of each of `links` what a service level is judged by of each sealed day from `first` to `last`, in their order.
///
/// # Errors
/// When the database does not answer.
pub async fn judged(
    tenant: &Tenant<'_>,
    links: &[LinkId],
    first: Day,
    last: Day,
) -> Result<HashMap<LinkId, Vec<Summed<Judged>>>, DbErr> {
    struct Row(LinkId, Summed<Judged>);
    impl FromQueryResult for Row {
        fn from_query_result(row: &QueryResult, _: &str) -> Result<Self, DbErr> {
            let link = row.try_get_by_index(Judged::COLUMNS)?;
            Ok(Self(link, Summed::from_query_result(row, "")?))
        }
    }
    let columns = Judged::columns().chain([day_summary::Column::LinkId]);
    let rows = tenant
        .find::<day_summary::Entity>()
        .filter(day_summary::Column::LinkId.is_in(links.iter().copied()))
        .filter(day_summary::Column::Day.between(first.number(), last.number()))
        .order_by(day_summary::Column::Day, Order::Asc)
        .columns::<Row>(columns)
        .await?;
    Ok(by(rows.into_iter().map(|Row(link, day)| (link, day))))
}

/// The blocks of these days of each link, in their order; nothing wanted: nothing is asked of the database.
///
/// # Errors
/// When the database does not answer.
pub async fn packed(
    tenant: &Tenant<'_>,
    wanted: impl IntoIterator<Item = (LinkId, Vec<Day>)>,
) -> Result<HashMap<LinkId, Vec<(Day, Vec<u8>)>>, DbErr> {
    #[derive(FromQueryResult)]
    struct Row {
        link_id: LinkId,
        day: i32,
        bytes: Vec<u8>,
    }
    let mut any = Condition::any();
    let (mut links, mut all) = (Vec::new(), BTreeSet::new());
    for (link, days) in wanted {
        if !days.is_empty() {
            links.push(link);
            all.extend(days.iter().map(|day| day.number()));
            let among = sample_block::Column::Day.is_in(days.iter().map(|day| day.number()));
            any = any.add(sample_block::Column::LinkId.eq(link).and(among));
        }
    }
    if any.is_empty() {
        return Ok(HashMap::new());
    }
    let columns = [
        sample_block::Column::LinkId,
        sample_block::Column::Day,
        sample_block::Column::Bytes,
    ];
    let rows = tenant
        .find::<sample_block::Entity>()
        // By these SQLite finds them by their key; by what either of many says it would go through all of the tenant.
        .filter(sample_block::Column::LinkId.is_in(links))
        .filter(sample_block::Column::Day.is_in(all))
        .filter(any)
        .order_by(sample_block::Column::Day, Order::Asc)
        .columns::<Row>(columns)
        .await?;
    let block = |row: Row| (row.link_id, (Day::from_number(row.day), row.bytes));
    Ok(by(rows.into_iter().map(block)))
}

fn by<K: Hash + Eq, V>(pairs: impl Iterator<Item = (K, V)>) -> HashMap<K, Vec<V>> {
    let mut groups: HashMap<K, Vec<V>> = HashMap::new();
    for (key, value) in pairs {
        groups.entry(key).or_default().push(value);
    }
    groups
}
