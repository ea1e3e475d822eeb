//! Samples on both databases, beside the same samples as plain rows of PostgreSQL and in RRDtool: how many bytes they
//! take, what sealing a day costs, how long graphs and the current state take to read, and how fast they come in.
//!
//! The samples are the demo's noise. One day of all links is sealed; the links of the first router have a year and half
//! a day besides, and those of the second take what is imported.

pub(crate) mod ours;
mod past;
pub(crate) mod plain;
mod report;
mod rrd;

use anyhow::Context;
use indicatif::ProgressBar;
use server::{clock::Clock, commands::progress, domain::links::block::Day, site::Site};

use crate::{
    postgres::Postgres,
    scratch::Scratch,
    seed::{self, Fleet},
    table::Table,
};

use past::Past;
use report::Report;

const LINKS_EACH: usize = 10;

/// Measures a provider with so many routers of ten links each.
pub(crate) async fn measure(routers: usize) -> anyhow::Result<Vec<Table>> {
    let past = Past::before(Clock::system().now());
    let mut report = Report::new(routers * LINKS_EACH);
    {
        let scratch = Scratch::new("samples")?;
        let (site, fleet) = open(&scratch, &scratch.sqlite_url(), &past, routers).await?;
        ours::fill(&site, &fleet, &past).await?;
        let database = ours::Database {
            name: "SQLite",
            url: &scratch.sqlite_url(),
            postgres: None,
        };
        ours::measure(&mut report, database, &scratch, &site, &fleet, &past).await?;
    }
    {
        let postgres = Postgres::start()?;
        let scratch = Scratch::new("samples")?;
        let (site, fleet) = open(&scratch, postgres.url(), &past, routers).await?;
        plain::fill(&postgres, &site, &fleet, &past).await?;
        let database = ours::Database {
            name: "PostgreSQL",
            url: postgres.url(),
            postgres: Some(&postgres),
        };
        ours::measure(&mut report, database, &scratch, &site, &fleet, &past).await?;
        plain::measure(&mut report, &postgres, &site, &fleet, &past).await?;
        postgres.stop()?;
    }
    rrd::measure(&mut report, &past)?;
    Ok(report.tables())
}

async fn open(scratch: &Scratch, url: &str, past: &Past, routers: usize) -> anyhow::Result<(Site, Fleet)> {
    let site = seed::open_at(scratch.path(), url, Clock::fixed(past.now)).await?;
    let fleet = seed::fleet(&site, &seed::nowhere(routers.max(2))?, LINKS_EACH, 300).await?;
    seed::states(&site, &fleet).await?;
    Ok((site, fleet))
}

/// How far a part is that takes a while.
pub(crate) fn bar(doing: &'static str, database: &str, total: usize) -> ProgressBar {
    let bar = progress::bar(doing, total as u64);
    bar.set_message(format!("{database}: {doing}"));
    bar
}

/// The links that have a year, and those that wait for what is imported.
fn parts(fleet: &Fleet) -> anyhow::Result<(&[entity::LinkId], &[entity::LinkId])> {
    let first = fleet.links.get(..2 * LINKS_EACH).context("two routers")?;
    Ok(first.split_at(LINKS_EACH))
}

/// The slots of `day`.
fn slots(day: Day) -> std::ops::RangeInclusive<i32> {
    day.first_slot().number()..=day.last_slot().number()
}
