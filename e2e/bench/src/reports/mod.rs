//! SLA reports on both databases: the month of many links calculated from sealed days, a report made and kept, and one
//! printed, beside plain SQL over the same samples and WeasyPrint on an equal document.
//!
//! Some links have a month of the demo's noise; the others have copies of their sealed days, since to make and seal ten
//! thousand months takes hours and reads the same.

mod figures;
mod html;
mod month;
mod paper;
mod plain;

use anyhow::Context;
use entity::{LinkId, TenantId};
use server::{
    clock::Clock,
    domain::{board::Snapshot, calendar::Month, reports::Document},
    site::Site,
};

use crate::{postgres::Postgres, scratch::Scratch, seed, table::Table};

use figures::Figures;

/// Links with a month of their own.
const MADE: usize = 50;

const LINKS_EACH: usize = 10;

/// What is measured upon.
struct Measured<'a> {
    name: &'static str,
    site: &'a Site,
    /// The server, where the database is one.
    postgres: Option<&'a Postgres>,
    tenant: TenantId,
    links: &'a [LinkId],
    month: Month,
    board: &'a Snapshot,
}

/// Measures the month before this one of so many links.
pub(crate) async fn measure(links: usize) -> anyhow::Result<Vec<Table>> {
    let mut figures = Figures::new();
    {
        let scratch = Scratch::new("reports")?;
        let report = on(&mut figures, "SQLite", &scratch, &scratch.sqlite_url(), None, links).await?;
        figures.paper(&report)?;
    }
    let postgres = Postgres::start()?;
    let scratch = Scratch::new("reports")?;
    on(
        &mut figures,
        "PostgreSQL",
        &scratch,
        postgres.url(),
        Some(&postgres),
        links,
    )
    .await?;
    postgres.stop()?;
    Ok(figures.tables())
}

/// Measures one database; gives a report of it.
async fn on(
    figures: &mut Figures,
    name: &'static str,
    scratch: &Scratch,
    url: &str,
    postgres: Option<&Postgres>,
    links: usize,
) -> anyhow::Result<Document> {
    let site = seed::open_at(scratch.path(), url, Clock::fixed(Clock::system().now())).await?;
    let routers = links.max(MADE).div_ceil(LINKS_EACH);
    let fleet = seed::fleet(&site, &seed::nowhere(routers)?, LINKS_EACH, 300).await?;
    let now = site.clock.now();
    let board = site.board.snapshot(fleet.tenant, now).await?;
    let measured = Measured {
        name,
        site: &site,
        postgres,
        tenant: fleet.tenant,
        links: &fleet.links,
        month: Month::at(now, board.zone).previous(),
        board: &board,
    };
    month::fill(&measured).await?;
    month::measure(figures, &measured).await?;
    if let Some(postgres) = postgres {
        plain::measure(figures, &measured, postgres).await?;
    }
    month::make(figures, &measured).await?.context("no report was made")
}
