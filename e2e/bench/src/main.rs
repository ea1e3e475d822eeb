//! `mainstay-bench`: measures Mainstay and prints tables, each figure beside that of something else in the same run.
//!
//! Work is measured as CPU time of one process, since that is hardly changed by whatever else the machine does; wall
//! time is shown beside it. What is slow and why is not found out here: that is for `perf`.

mod child;
mod contabo;
mod cycle;
mod hello;
mod idle;
mod librouteros;
mod machine;
mod pages;
mod postgres;
mod python;
mod reports;
mod samples;
mod scratch;
mod seed;
mod table;
mod visitor;
mod work;
mod workers;
mod wrk;

use std::{path::PathBuf, process::ExitCode};

use anyhow::Context;
use clap::{Parser, Subcommand};
use mimalloc::MiMalloc;

/// As the real binary has it: the workers of `cycle` run in this one.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// Measures Mainstay beside something else in the same run.
#[derive(Debug, Parser)]
struct Bench {
    #[command(subcommand)]
    what: Option<What>,
    /// Seconds that each page is asked for
    #[arg(long, default_value_t = 8, global = true)]
    seconds: u32,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Pages of a signed-in visitor on both databases, beside a plain actix-web
    Pages {
        /// Only those whose name contains this, as "list of" or "link, 24 h, SQLite"
        #[arg(long, value_name = "TEXT", default_value = "")]
        only: String,
    },
    /// The demo when nobody looks
    Idle,
    /// Poll cycles of 1,000 fake routers, beside librouteros
    Cycle,
    /// What samples take, and how fast they are sealed and read, beside plain PostgreSQL and RRDtool
    Samples {
        /// Routers with ten links each
        #[arg(long, default_value_t = 1_000)]
        routers: usize,
    },
    /// SLA months, and the reports that are made and printed of them, beside plain SQL and WeasyPrint
    Reports {
        /// How many links have a month
        #[arg(long, default_value_t = 10_000)]
        links: usize,
    },
    /// The reading of an account at Contabo with 5,000 instances, beside a script
    Contabo,
    /// The floor of `pages`, in a process of its own
    #[command(hide = true)]
    Hello(hello::Hello),
    /// What `cycle` measures, in a process of its own
    #[command(hide = true)]
    Workers(workers::Workers),
}

#[tokio::main]
async fn main() -> ExitCode {
    match run(Bench::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("mainstay-bench: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn run(bench: Bench) -> anyhow::Result<()> {
    match bench.what {
        Some(What::Hello(hello)) => return hello.run().await,
        Some(What::Workers(workers)) => return Box::pin(workers.run()).await,
        _ => {}
    }
    child::build()?;
    let mut report = machine::describe()?;
    println!("{report}");
    let wanted = |this: fn(&What) -> bool| bench.what.as_ref().is_none_or(this);
    if wanted(|what| matches!(what, What::Pages { .. })) {
        let only = match &bench.what {
            Some(What::Pages { only }) => only,
            _ => "",
        };
        add(&mut report, &Box::pin(pages::measure(bench.seconds, only)).await?);
    }
    if wanted(|what| matches!(what, What::Idle)) {
        add(&mut report, &idle::measure()?);
    }
    if wanted(|what| matches!(what, What::Cycle)) {
        add(&mut report, &Box::pin(cycle::measure()).await?);
    }
    if wanted(|what| matches!(what, What::Samples { .. })) {
        let routers = match &bench.what {
            Some(What::Samples { routers }) => *routers,
            _ => 1_000,
        };
        for table in Box::pin(samples::measure(routers)).await? {
            add(&mut report, &table);
        }
    }
    if wanted(|what| matches!(what, What::Reports { .. })) {
        let links = match &bench.what {
            Some(What::Reports { links }) => *links,
            _ => 10_000,
        };
        for table in Box::pin(reports::measure(links)).await? {
            add(&mut report, &table);
        }
    }
    if wanted(|what| matches!(what, What::Contabo)) {
        add(&mut report, &Box::pin(contabo::measure()).await?);
    }
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("results");
    std::fs::create_dir_all(&folder)?;
    let file = folder.join(format!("{}.md", machine::time_stamp()));
    std::fs::write(&file, report).with_context(|| format!("{} can't be written", file.display()))?;
    println!("Kept in {}", file.display());
    Ok(())
}

/// Shows a table when it is there, and keeps it for the file.
fn add(report: &mut String, table: &table::Table) {
    let text = table.to_string();
    println!("{text}");
    report.push('\n');
    report.push_str(&text);
}
