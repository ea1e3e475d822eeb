//! Poll cycles of a thousand fake routers with ten links each, on both databases, beside librouteros.

use std::{
    io::{BufReader, Lines},
    path::Path,
    process::{ChildStdin, ChildStdout, Command},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, ensure};
use chrono::{DateTime, Utc};
use entity::{TenantId, link_state, router_state, sample};
use sea_orm::ColumnTrait;
use server::site::Site;

use crate::{
    child::{self, Process},
    librouteros,
    postgres::Postgres,
    scratch::Scratch,
    seed::{self, Reached},
    table::{Table, mebibytes, millis, verdict},
};

const ROUTERS: usize = 1_000;
const LINKS_EACH: usize = 10;

/// The shortest cycle that a tenant may have. A slot is 300 s, so five cycles of this write the same samples.
const POLL_SECONDS: i32 = 60;

/// CPU seconds that Mainstay may take for a cycle.
const MOST_CPU: f64 = 10.0;

/// The fake routers in their own process.
struct Fakes {
    process: Process,
    routers: Vec<Reached>,
    #[expect(dead_code, reason = "they stop when their input ends")]
    pipes: (Lines<BufReader<ChildStdout>>, ChildStdin),
}

/// What a cycle did.
#[derive(Debug)]
struct Cycle {
    polls: i64,
    failures: i64,
    /// Links whose newest sample is of this cycle.
    sampled: u64,
    /// All rows of samples.
    stored: u64,
    /// Of the last poll of each router, milliseconds.
    poll_ms: Vec<i32>,
}

pub(crate) async fn measure() -> anyhow::Result<Table> {
    let mut table = Table::new(
        format!("A poll cycle of {ROUTERS} routers with {LINKS_EACH} links each, every {POLL_SECONDS} s"),
        &[
            "who",
            "wall s",
            "CPU s",
            "ms/router",
            "× librouteros",
            "peak MiB",
            "polls",
            "failed",
            "links sampled",
            "poll p50/p99 ms",
            "CPU to reach",
        ],
    );
    let fakes = start_fakes()?;
    let theirs = librouteros::measure(&fakes.routers, LINKS_EACH)?;
    let postgres = Postgres::start()?;
    for (name, on_postgres) in [("SQLite", None), ("PostgreSQL", Some(postgres.url()))] {
        let scratch = Scratch::new("cycle")?;
        let sqlite = scratch.sqlite_url();
        let url = on_postgres.unwrap_or(&sqlite);
        Box::pin(on_database(
            &mut table,
            name,
            scratch.path(),
            url,
            &fakes,
            theirs.cpu_each,
        ))
        .await?;
    }
    postgres.stop()?;
    table.row([
        format!("librouteros, {} routers", theirs.routers),
        format!("{:.1}", theirs.wall.as_secs_f64()),
        format!("{:.2}", theirs.cpu.as_secs_f64()),
        format!("{:.2}", millis(theirs.cpu_each)),
        "1".to_owned(),
        format!("{:.0}", mebibytes(theirs.peak)),
        theirs.routers.to_string(),
        "0".to_owned(),
        "–".to_owned(),
        "–".to_owned(),
        "–".to_owned(),
    ]);
    table.note(
        "Mainstay's wall time is the cycle: it spreads its polls over all of it. The first row of each database holds \
         the start: connecting, signing in and the first reading of every router. librouteros asks the same of some of \
         the routers, one thread each, connections open already, and stores nothing; its CPU is compared per router.",
    );
    Ok(table)
}

fn start_fakes() -> anyhow::Result<Fakes> {
    let mut command = child::with_many_files(child::binary("fake-router")?);
    command.args([
        "--routers",
        &ROUTERS.to_string(),
        "--interfaces",
        &LINKS_EACH.to_string(),
    ]);
    let mut process = Process::start("fake-router", &mut command)?;
    let mut pipes = process.pipes()?;
    let mut routers = Vec::with_capacity(ROUTERS);
    loop {
        let line = pipes.0.next().context("the fake routers ended")??;
        if line == "ready" {
            break;
        }
        routers.push(serde_json::from_str(&line)?);
    }
    ensure!(routers.len() == ROUTERS, "{} fake routers started", routers.len());
    Ok(Fakes {
        process,
        routers,
        pipes,
    })
}

async fn on_database(
    table: &mut Table,
    database: &str,
    data: &Path,
    url: &str,
    fakes: &Fakes,
    theirs: Duration,
) -> anyhow::Result<()> {
    let site = seed::open(data, url).await?;
    let tenant = seed::fleet(&site, &fakes.routers, LINKS_EACH, POLL_SECONDS)
        .await?
        .tenant;
    let begun = (Instant::now(), site.clock.now());
    let mut workers = start_workers(data, url)?;
    loop {
        workers.runs()?;
        let cycle = Cycle::since(&site, tenant, begun.1).await?;
        if cycle.poll_ms.len() == ROUTERS || begun.0.elapsed() > Duration::from_secs(180) {
            let cpu = workers.cpu()?;
            let wall = begun.0.elapsed();
            let name = format!("Mainstay on {database}, start");
            table.row(row(&name, &workers, wall, cpu, &cycle, theirs, None)?);
            break;
        }
        thread::sleep(Duration::from_millis(500));
    }
    let before = Cycle::since(&site, tenant, site.clock.now()).await?;
    let (cpu_before, fakes_before, from) = (workers.cpu()?, fakes.process.cpu()?, site.clock.now());
    let wall = Duration::from_secs(POLL_SECONDS.unsigned_abs().into());
    thread::sleep(wall);
    workers.runs()?;
    let (cpu, fakes_cpu) = (workers.cpu()? - cpu_before, fakes.process.cpu()? - fakes_before);
    let mut cycle = Cycle::since(&site, tenant, from).await?;
    cycle.polls -= before.polls;
    cycle.failures -= before.failures;
    let name = format!("Mainstay on {database}, a cycle");
    table.row(row(&name, &workers, wall, cpu, &cycle, theirs, Some(MOST_CPU))?);
    table.note(format!(
        "On {database} the fake routers took {:.1} s of CPU in that cycle; {} samples are stored.",
        fakes_cpu.as_secs_f64(),
        cycle.stored
    ));
    workers.stop("-TERM")
}

fn start_workers(data: &Path, url: &str) -> anyhow::Result<Process> {
    let mut command: Command = child::with_many_files(child::binary("mainstay-bench")?);
    command.args(["workers", "--database-url", url, "--data"]).arg(data);
    Process::start("the workers", &mut command)
}

fn row(
    name: &str,
    workers: &Process,
    wall: Duration,
    cpu: Duration,
    cycle: &Cycle,
    theirs: Duration,
    target: Option<f64>,
) -> anyhow::Result<Vec<String>> {
    let each = cpu / u32::try_from(cycle.polls.max(1))?;
    let quantile = |part: f64| {
        let at = (cycle.poll_ms.len() as f64 * part) as usize;
        cycle.poll_ms.get(at).copied().unwrap_or_default()
    };
    Ok(vec![
        name.to_owned(),
        format!("{:.1}", wall.as_secs_f64()),
        format!("{:.2}", cpu.as_secs_f64()),
        format!("{:.2}", millis(each)),
        format!("{:.2}", millis(each) / millis(theirs)),
        format!("{:.0}", mebibytes(workers.memory()?.peak)),
        cycle.polls.to_string(),
        cycle.failures.to_string(),
        cycle.sampled.to_string(),
        format!("{}/{}", quantile(0.5), quantile(0.99)),
        target.map_or_else(|| "–".to_owned(), |most| verdict(cpu.as_secs_f64(), most, "s")),
    ])
}

impl Cycle {
    /// What the database knows now of what was done since `from`.
    async fn since(site: &Site, tenant: TenantId, from: DateTime<Utc>) -> anyhow::Result<Self> {
        let rows = site.db.tenant(tenant);
        let routers = rows.find::<router_state::Entity>().all().await?;
        let mut poll_ms: Vec<i32> = routers.iter().filter_map(|router| router.poll_ms).collect();
        poll_ms.sort_unstable();
        let sampled = rows
            .find::<link_state::Entity>()
            .filter(link_state::Column::SampledAt.gte(from))
            .count()
            .await?;
        Ok(Self {
            polls: routers.iter().map(|router| router.polls).sum(),
            failures: routers.iter().map(|router| router.failures).sum(),
            sampled,
            stored: rows.find::<sample::Entity>().count().await?,
            poll_ms,
        })
    }
}
