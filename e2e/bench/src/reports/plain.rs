//! The same figures by SQL over plain rows, with the columns and the key of ours, in PostgreSQL.

use entity::LinkId;
use sea_orm::{ConnectionTrait, Statement, Value};
use server::domain::links::{slot::Slot, store};

use super::{Measured, figures::Figures, month::days_of};
use crate::{
    postgres::Postgres,
    samples::{ours, plain::line},
    seed,
    work::Begun,
};

/// Links that have rows: what one takes does not depend on how many there are.
const LINKS: usize = 50;

/// Seconds up and down, probes, round trips, volumes and percentiles of a month without maintenance or service hours.
const FIGURES: &str = "select 300 * count(*) filter (where state = 1), 300 * count(*) filter (where state = 2), \
    sum(sent) filter (where state = 1), sum(received) filter (where state = 1), \
    sum(latency_avg_us::bigint * received) filter (where state = 1), \
    sum(jitter_us::bigint * jitter_count) filter (where state = 1), sum(rx_octets), sum(tx_octets), \
    percentile_disc(0.95) within group (order by 8 * rx_octets / rate_seconds), \
    percentile_disc(0.95) within group (order by 8 * tx_octets / rate_seconds) \
    from plain_sample where tenant_id = $1 and link_id = $2 and slot between $3 and $4";

/// Outages: runs of slots that are down with none between that is up.
const OUTAGES: &str = "select min(slot), max(slot) + 1, 300 * count(*) from (\
    select slot, state, count(*) filter (where state = 1) over (order by slot) as run from plain_sample \
    where tenant_id = $1 and link_id = $2 and slot between $3 and $4) runs where state = 2 group by run order by 1";

pub(super) async fn measure(figures: &mut Figures, measured: &Measured<'_>, postgres: &Postgres) -> anyhow::Result<()> {
    let connection = ours::connection(measured.site);
    connection
        .execute_unprepared("create table plain_sample (like sample including all)")
        .await?;
    let links = &measured.links[..LINKS.min(measured.links.len())];
    let (first, last) = days_of(measured);
    let slots = first.first_slot().number()..=last.last_slot().number();
    let rows = (0..).zip(links).flat_map(|(seed, link)| {
        let row = move |number| {
            let sample = seed::sample(Slot::from_number(number), seed);
            line(&store::to_row(measured.tenant, *link, &sample))
        };
        slots.clone().map(row)
    });
    postgres.copy("plain_sample", rows)?;
    connection.execute_unprepared("vacuum analyze plain_sample").await?;
    for link in links {
        read(measured, *link).await?;
    }
    let begun = Begun::now(Some(postgres))?;
    for link in links {
        read(measured, *link).await?;
    }
    figures.month("plain rows and SQL, PostgreSQL", begun.done(links.len())?);
    Ok(())
}

async fn read(measured: &Measured<'_>, link: LinkId) -> anyhow::Result<()> {
    let period = measured.month.period(measured.board.zone);
    let slot = |second| i64::from(Slot::from_second(second).number());
    let values: [Value; 4] = [
        measured.tenant.into(),
        link.into(),
        slot(period.start()).into(),
        slot(period.end() - 1).into(),
    ];
    for statement in [FIGURES, OUTAGES] {
        let statement = Statement::from_sql_and_values(sea_orm::DbBackend::Postgres, statement, values.clone());
        ours::connection(measured.site).query_all_raw(statement).await?;
    }
    Ok(())
}
