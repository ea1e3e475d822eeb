//! The same samples as rows of a plain table with the columns and the key of ours, read with SQL.

use std::time::Instant;

use entity::{LinkId, sample};
use sea_orm::{ActiveModelTrait, ConnectionTrait, Iterable, Statement, Value};
use server::{
    domain::links::{
        series::{Grid, Span},
        slot::Slot,
        store,
    },
    site::Site,
};

use super::{
    bar, ours, parts,
    past::{self, Past},
    report::{Range, Report},
};
use crate::{
    child::{self, Took},
    postgres::Postgres,
    seed::Fleet,
};

/// The buckets of a graph, as [`server::domain::links::series`] has them.
const BUCKETS: &str = "select slot / $4 as bucket, \
    min(8.0 * rx_octets / rate_seconds)::float8, (8.0 * sum(rx_octets) / sum(rate_seconds))::float8, max(8.0 * rx_octets / rate_seconds)::float8, \
    min(8.0 * tx_octets / rate_seconds)::float8, (8.0 * sum(tx_octets) / sum(rate_seconds))::float8, max(8.0 * tx_octets / rate_seconds)::float8, \
    min(latency_min_us), (sum(latency_avg_us::bigint * received) / nullif(sum(received), 0))::float8, max(latency_max_us), \
    (1 - sum(received)::float8 / nullif(sum(sent), 0)) \
    from plain_sample where tenant_id = $1 and link_id = $2 and slot between $3 and $5 group by 1 order by 1";

const PERCENTILES: &str = "select percentile_disc(0.95) within group (order by 8 * rx_octets / rate_seconds), \
    percentile_disc(0.95) within group (order by 8 * tx_octets / rate_seconds) \
    from plain_sample where tenant_id = $1 and link_id = $2 and slot between $3 and $4 and rate_seconds > 0";

const NOT_UP: &str = "select slot, state from plain_sample \
    where tenant_id = $1 and link_id = $2 and slot between $3 and $4 and state <> 1 order by slot";

const NEWEST_BY_SORTING: &str = "select distinct on (link_id) link_id, slot, state, rx_octets, tx_octets, rate_seconds, \
    latency_avg_us, sent, received from plain_sample where tenant_id = $1 order by link_id, slot desc";

const NEWEST_BY_INDEX: &str = "select link.id, newest.* from link cross join lateral (\
    select slot, state, rx_octets, tx_octets, rate_seconds, latency_avg_us, sent, received from plain_sample \
    where tenant_id = link.tenant_id and link_id = link.id order by slot desc limit 1) newest where link.tenant_id = $1";

/// Fills the plain table with everything, and ours with what is there before anything is sealed.
pub(super) async fn fill(postgres: &Postgres, site: &Site, fleet: &Fleet, past: &Past) -> anyhow::Result<()> {
    let connection = ours::connection(site);
    connection
        .execute_unprepared("create table plain_sample (like sample including all)")
        .await?;
    let bar = bar("samples", "PostgreSQL", fleet.links.len() * 288);
    let lines = past.recent(fleet).map(|row| {
        bar.inc(1);
        line(&row)
    });
    postgres.copy("plain_sample", lines)?;
    bar.finish_and_clear();
    // The keys of links need not be looked up for each row.
    connection
        .execute_unprepared(
            "begin; set local session_replication_role = replica; insert into sample select * from plain_sample; commit; \
             analyze sample",
        )
        .await?;
    Ok(())
}

pub(super) async fn measure(
    report: &mut Report,
    postgres: &Postgres,
    site: &Site,
    fleet: &Fleet,
    past: &Past,
) -> anyhow::Result<()> {
    let connection = ours::connection(site);
    let (samples, values) = {
        let mut columns = sample::Column::iter()
            .map(|column| sea_orm::IdenStatic::as_str(&column))
            .skip(2);
        let counts = columns.by_ref().map(|column| format!("count({column})"));
        let counts = counts.collect::<Vec<_>>().join(" + ");
        let row = ours::one(
            site,
            &format!("select count(*) as samples, {counts} as counted from plain_sample"),
        )
        .await?;
        let (samples, values): (i64, i64) = (row.try_get("", "samples")?, row.try_get("", "counted")?);
        (samples.unsigned_abs(), values.unsigned_abs())
    };
    let bytes = ours::bytes(site, "plain_sample").await?;
    report.size("rows of plain PostgreSQL", bytes, samples, values, false);
    postgres.copy("plain_sample", past.long_ago(fleet).map(|row| line(&row)))?;
    connection.execute_unprepared("vacuum analyze plain_sample").await?;

    let (links, imported) = parts(fleet)?;
    for range in Range::ALL {
        let mut turn = 0;
        let reading = ours::repeat(Some(postgres), async || {
            turn = (turn + 1) % links.len();
            read(site, fleet, links[turn], past, range).await
        });
        report.their_reading(range, "plain PostgreSQL", &reading.await?);
    }
    for (name, statement) in [
        ("plain PostgreSQL, newest rows by DISTINCT ON", NEWEST_BY_SORTING),
        ("plain PostgreSQL, newest rows by LATERAL", NEWEST_BY_INDEX),
    ] {
        let statement = Statement::from_sql_and_values(sea_orm::DbBackend::Postgres, statement, [fleet.tenant.into()]);
        let reading = ours::repeat(Some(postgres), async || {
            Ok(connection.query_all_raw(statement.clone()).await?)
        });
        report.now(name, &reading.await?);
    }

    let lines: Vec<String> = (links.len()..)
        .zip(imported)
        .flat_map(|(seed, link)| {
            let samples = past.imported().into_iter().flat_map(move |day| past::of_day(day, seed));
            samples.map(|sample| line(&store::to_row(fleet.tenant, *link, &sample)))
        })
        .collect();
    let count = lines.len();
    let (before, begun) = (postgres.cpu()?, Instant::now());
    let cpu = child::ended_cpu()?;
    postgres.copy("plain_sample", lines.into_iter())?;
    let took = Took {
        wall: begun.elapsed(),
        cpu: child::ended_cpu()? - cpu,
    };
    report.import("plain PostgreSQL, by COPY", count, took, Some(postgres.cpu()? - before));
    Ok(())
}

async fn read(site: &Site, fleet: &Fleet, link: LinkId, past: &Past, range: Range) -> anyhow::Result<usize> {
    let span = match range {
        Range::SealedDay => Span::Chosen(ours::whole(past.day)),
        Range::Day => Span::Day,
        Range::Month => Span::Month,
        Range::Year => Span::Year,
    };
    let grid = Grid::of(span, Slot::from_instant(past.now).plus(-1));
    let first = i64::from(Slot::from_second(grid.interval().start()).number());
    let last = i64::from(Slot::from_second(grid.interval().end() - 1).number());
    let key: [Value; 2] = [fleet.tenant.into(), link.into()];
    let with = |more: Vec<i64>| {
        key.iter()
            .cloned()
            .chain(more.into_iter().map(Value::from))
            .collect::<Vec<_>>()
    };
    let mut rows = 0;
    for (statement, values) in [
        (BUCKETS, with(vec![first, i64::from(grid.slots_per_bucket()), last])),
        (PERCENTILES, with(vec![first, last])),
        (NOT_UP, with(vec![first, last])),
    ] {
        let statement = Statement::from_sql_and_values(sea_orm::DbBackend::Postgres, statement, values);
        rows += ours::connection(site).query_all_raw(statement).await?.len();
    }
    Ok(rows)
}

/// A row as `COPY` reads it.
pub(crate) fn line(row: &sample::ActiveModel) -> String {
    let text = |column| match row.get(column).into_value() {
        Some(Value::Uuid(Some(id))) => id.to_string(),
        Some(Value::BigInt(Some(number))) => number.to_string(),
        Some(Value::Int(Some(number))) => number.to_string(),
        Some(Value::SmallInt(Some(number))) => number.to_string(),
        _ => "\\N".to_owned(),
    };
    sample::Column::iter().map(text).collect::<Vec<_>>().join("\t")
}
