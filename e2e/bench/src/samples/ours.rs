//! Mainstay's side: rows that are sealed, read through the calls that pages use.

use std::{
    fs::File,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::Context;
use entity::{TenantId, sample};
use sea_orm::{ConnectionTrait, Statement};
use server::{
    domain::{
        board::Board,
        links::{
            block::Day,
            csv::{COLUMNS, OPTIONAL, line},
            days,
            series::Span,
        },
        sla::intervals::Interval,
        tenant_metrics::gauges,
    },
    site::Site,
    work::{runner::Worked, sealing::Sealing},
};

use super::{
    bar, parts,
    past::{self, Past},
    report::{Range, Reading, Report},
};
use crate::{
    child::{self, Took},
    postgres::Postgres,
    scratch::Scratch,
    seed::Fleet,
};

/// How long each reading is repeated.
const READING: Duration = Duration::from_secs(2);

/// Rows of a transaction that fills.
const ROWS: usize = 100_000;

/// Where Mainstay keeps its rows.
#[derive(Clone, Copy, Debug)]
pub(super) struct Database<'a> {
    pub(super) name: &'static str,
    pub(super) url: &'a str,
    /// The server, where it is one.
    pub(super) postgres: Option<&'a Postgres>,
}

/// Writes what is there before anything is sealed.
pub(super) async fn fill(site: &Site, fleet: &Fleet, past: &Past) -> anyhow::Result<()> {
    let bar = bar("samples", "SQLite", fleet.links.len() * 288);
    let mut rows = past.recent(fleet).peekable();
    while rows.peek().is_some() {
        let some: Vec<_> = rows.by_ref().take(ROWS).collect();
        bar.inc(some.len() as u64);
        let written = site.db.begin(fleet.tenant).await?;
        written.insert_all::<sample::Entity, _>(some).await?;
        written.commit().await?;
    }
    bar.finish_and_clear();
    Ok(())
}

pub(super) async fn measure(
    report: &mut Report,
    database: Database<'_>,
    scratch: &Scratch,
    site: &Site,
    fleet: &Fleet,
    past: &Past,
) -> anyhow::Result<()> {
    let (samples, values) = counted(site, fleet, past).await?;
    if database.postgres.is_none() {
        let rows = bytes(site, "sample").await?;
        report.size("rows of Mainstay, not sealed yet, SQLite", rows, samples, values, false);
    }
    seal(report, database, site, fleet).await?;
    sizes(report, database, site, (samples, values)).await?;
    seal_year(database, site, fleet, past).await?;
    for range in Range::ALL {
        let reading = read(database, site, fleet, past, range).await?;
        report.reading(range, database.name, &reading);
    }
    state(report, database, site, fleet.tenant).await?;
    import(report, database, scratch, fleet, past)
}

/// Repeats `each` for a while and times it.
pub(super) async fn repeat<T>(
    postgres: Option<&Postgres>,
    mut each: impl AsyncFnMut() -> anyhow::Result<T>,
) -> anyhow::Result<Reading> {
    let asked = || postgres.map(Postgres::cpu).transpose();
    each().await?;
    let (cpu, cpu_asked, begun) = (child::own_cpu()?, asked()?, Instant::now());
    let mut times = Vec::new();
    while begun.elapsed() < READING {
        let begun = Instant::now();
        each().await?;
        times.push(begun.elapsed());
    }
    Ok(Reading {
        each: times,
        cpu: child::own_cpu()? - cpu,
        cpu_asked: asked()?.zip(cpu_asked).map(|(after, before)| after - before),
    })
}

async fn seal(report: &mut Report, database: Database<'_>, site: &Site, fleet: &Fleet) -> anyhow::Result<()> {
    let bar = bar("sealing", database.name, fleet.links.len().div_ceil(16));
    let sealing = Sealing::new(site.clone());
    let asked = || database.postgres.map(Postgres::cpu).transpose();
    let (cpu, cpu_asked, begun) = (child::own_cpu()?, asked()?, Instant::now());
    while matches!(sealing.step().await?, Worked::More) {
        bar.inc(1);
    }
    let took = Took {
        wall: begun.elapsed(),
        cpu: child::own_cpu()? - cpu,
    };
    bar.finish_and_clear();
    let asked = asked()?.zip(cpu_asked).map(|(after, before)| after - before);
    report.sealing(database.name, took, asked, fleet.links.len());
    Ok(())
}

/// Samples of the day, and their values.
async fn counted(site: &Site, fleet: &Fleet, past: &Past) -> anyhow::Result<(u64, u64)> {
    use sea_orm::Iterable;
    let columns =
        sample::Column::iter().filter(|column| !matches!(column, sample::Column::TenantId | sample::Column::LinkId));
    let columns: Vec<String> = columns
        .map(|column| format!("count({})", sea_orm::IdenStatic::as_str(&column)))
        .collect();
    let tenant = fleet.tenant;
    let row = one(
        site,
        &format!(
            "select count(*) as samples, {} as counted from sample where slot <= {}",
            columns.join(" + "),
            past.day.last_slot().number()
        ),
    )
    .await
    .with_context(|| format!("samples of {tenant}"))?;
    let samples: i64 = row.try_get("", "samples")?;
    let values: i64 = row.try_get("", "counted")?;
    Ok((samples.unsigned_abs(), values.unsigned_abs()))
}

async fn sizes(
    report: &mut Report,
    database: Database<'_>,
    site: &Site,
    (samples, values): (u64, u64),
) -> anyhow::Result<()> {
    let name = database.name;
    let blocks = bytes(site, "sample_block").await?;
    let summaries = bytes(site, "day_summary").await?;
    report.size(&format!("sealed days, {name}"), blocks, samples, values, true);
    let both = format!("sealed days with what they come to, {name}");
    report.size(&both, blocks + summaries, samples, values, true);
    let column = one(
        site,
        "select cast(sum(length(bytes)) as bigint) as bytes from sample_block",
    )
    .await?;
    let bytes: i64 = column.try_get("", "bytes")?;
    report.size(
        &format!("packed samples in them, {name}"),
        bytes.unsigned_abs(),
        samples,
        values,
        false,
    );
    Ok(())
}

/// What a table takes with its indexes.
pub(super) async fn bytes(site: &Site, table: &str) -> anyhow::Result<u64> {
    let connection = connection(site);
    let statement = match connection.get_database_backend() {
        sea_orm::DbBackend::Sqlite => format!(
            "select sum(pgsize) as bytes from dbstat where name in (select name from sqlite_schema where tbl_name = '{table}')"
        ),
        _ => {
            connection.execute_unprepared(&format!("vacuum {table}")).await?;
            format!("select pg_total_relation_size('{table}') as bytes")
        }
    };
    let bytes: i64 = one(site, &statement).await?.try_get("", "bytes")?;
    Ok(bytes.unsigned_abs())
}

pub(crate) async fn one(site: &Site, statement: &str) -> anyhow::Result<sea_orm::QueryResult> {
    let connection = connection(site);
    let statement = Statement::from_string(connection.get_database_backend(), statement);
    let row = connection.query_one_raw(statement.clone()).await?;
    row.with_context(|| format!("no row: {statement}"))
}

pub(crate) fn connection(site: &Site) -> &sea_orm::DatabaseConnection {
    #[expect(clippy::disallowed_methods, reason = "files are measured whole")]
    site.db.write_across_tenants()
}

/// The year before, of the links of the first router.
async fn seal_year(database: Database<'_>, site: &Site, fleet: &Fleet, past: &Past) -> anyhow::Result<()> {
    let (links, _) = parts(fleet)?;
    let days = past.year();
    let bar = bar("a year", database.name, days.len());
    for some in days.chunks(16) {
        let rows = site.db.begin(fleet.tenant).await?;
        for day in some {
            for (seed, link) in links.iter().enumerate() {
                days::seal_with(&rows, *link, *day, &past::of_day(*day, seed), past.now).await?;
            }
            bar.inc(1);
        }
        rows.commit().await?;
    }
    bar.finish_and_clear();
    Ok(())
}

async fn read(
    database: Database<'_>,
    site: &Site,
    fleet: &Fleet,
    past: &Past,
    range: Range,
) -> anyhow::Result<Reading> {
    let (links, _) = parts(fleet)?;
    let mut board = (*site.board.snapshot(fleet.tenant, past.now).await?).clone();
    let links: Vec<_> = links.iter().filter_map(|link| board.links.get(link).cloned()).collect();
    let span = match range {
        Range::SealedDay => Span::Chosen(whole(past.day)),
        Range::Day => Span::Day,
        Range::Month => Span::Month,
        Range::Year => Span::Year,
    };
    let mut turn = 0;
    repeat(database.postgres, async || {
        // Another set-up is nothing that is in memory.
        board.config_seq += 1;
        turn = (turn + 1) % links.len();
        Ok(site.history.of(&board, &links[turn], span, None, past.now).await?)
    })
    .await
}

pub(super) fn whole(day: Day) -> Interval {
    Interval::new(day.first_slot().interval().start(), day.last_slot().interval().end())
}

async fn state(report: &mut Report, database: Database<'_>, site: &Site, tenant: TenantId) -> anyhow::Result<()> {
    let (name, now) = (database.name, site.clock.now());
    let loading = repeat(database.postgres, async || {
        Ok(Board::new(site.db.clone()).snapshot(tenant, now).await?)
    });
    report.now(&format!("Mainstay's board, loaded from {name}"), &loading.await?);
    if database.postgres.is_some() {
        return Ok(());
    }
    let from_memory = repeat(None, async || Ok(site.board.snapshot(tenant, now).await?)).await?;
    report.now("Mainstay's board, as it is in memory", &from_memory);
    let board = site.board.snapshot(tenant, now).await?;
    let figures = repeat(None, async || Ok(gauges::text(&board, now))).await?;
    report.now("what /metrics/tenant answers, from the board", &figures);
    Ok(())
}

/// `mainstay samples import`, the command itself.
fn import(
    report: &mut Report,
    database: Database<'_>,
    scratch: &Scratch,
    fleet: &Fleet,
    past: &Past,
) -> anyhow::Result<()> {
    let (before, links) = parts(fleet)?;
    let file = scratch.path().join("samples.csv");
    let mut csv = csv::Writer::from_writer(File::create(&file)?);
    csv.write_record(COLUMNS.iter().chain(&OPTIONAL))?;
    let mut lines = 0;
    for (seed, link) in (before.len()..).zip(links) {
        for sample in past.imported().into_iter().flat_map(|day| past::of_day(day, seed)) {
            csv.write_record(line(&link.to_string(), &sample))?;
            lines += 1;
        }
    }
    csv.flush()?;
    drop(csv);
    let asked = || database.postgres.map(Postgres::cpu).transpose();
    let before = asked()?;
    let mut command = Command::new(child::binary("mainstay")?);
    command
        .args(["samples", "import", "--database-url", database.url, "--data"])
        .args([scratch.path(), &file])
        .stdout(Stdio::null());
    let took = child::run(&mut command)?;
    let asked = asked()?.zip(before).map(|(after, before)| after - before);
    report.import(&format!("Mainstay, {}", database.name), lines, took, asked);
    Ok(())
}
