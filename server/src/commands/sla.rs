//! `mainstay sla`: service levels, calculated from what is stored.

use std::io::{BufWriter, Write, stdout};

use anyhow::{Context, bail};
use clap::{Args, Subcommand};
use entity::link;
use serde_json::Value;

use super::{Format, progress::bar};
use crate::{
    clock::Clock,
    config::Given,
    domain::{
        board::{LinkNow, Snapshot},
        calendar::Month,
        links::list::client_name,
        sla::{
            calculation::{Calculation, calculate, verdict_name},
            fraction::Fraction,
            terms,
        },
    },
    site::Site,
};

#[derive(Args, Debug)]
pub(super) struct Sla {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Calculate a month that is over, for each link that was in service in it; nothing is stored
    Calculate(Box<Calculate>),
}

#[derive(Args, Debug)]
struct Calculate {
    #[command(flatten)]
    given: Given,
    /// The tenant's short name
    #[arg(long, value_name = "SLUG")]
    tenant: Option<String>,
    /// The month, as 2026-04; it begins and ends in the tenant's zone
    #[arg(long, value_name = "MONTH")]
    month: Month,
    /// How to print it; JSON has every figure
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

impl Sla {
    pub(super) async fn run(self) -> anyhow::Result<()> {
        match self.command {
            Command::Calculate(calculate) => calculate.run().await,
        }
    }
}

impl Calculate {
    async fn run(self) -> anyhow::Result<()> {
        let site = Site::open(super::settings(self.given)?, Clock::system(), true).await?;
        let tenant = super::find_tenant(&site.db, self.tenant.as_deref()).await?;
        let board = site.board.snapshot(tenant, site.clock.now()).await?;
        let period = self.month.period(board.zone);
        if period.end() > site.clock.now().timestamp() {
            bail!("{} is not over in {}: choose an earlier month", self.month, board.zone);
        }
        let in_service = |now: &&LinkNow| !terms::active(&now.link).intersect(period).is_empty();
        let mut links: Vec<&LinkNow> = board.links.values().map(|now| &**now).filter(in_service).collect();
        links.sort_by_cached_key(|now| now.link.name.to_lowercase());
        let bar = bar("Links", links.len() as u64);
        let rows = site.db.tenant(tenant);
        let mut calculated = Vec::with_capacity(links.len());
        for now in links {
            let figures = calculate(&rows, &board, &now.link, self.month).await;
            calculated.push((now, figures.with_context(|| format!("link {}", now.link.name))?));
            bar.inc(1);
        }
        bar.finish_and_clear();
        let mut out = BufWriter::new(stdout().lock());
        match self.format {
            Format::Json => {
                let all: Vec<Value> = calculated
                    .iter()
                    .map(|(now, figures)| json(&board, now, figures))
                    .collect();
                serde_json::to_writer_pretty(&mut out, &all)?;
                writeln!(out)?;
            }
            Format::Text => {
                for (now, figures) in &calculated {
                    writeln!(out, "{}", line(&now.link, figures))?;
                }
            }
        }
        Ok(out.flush()?)
    }
}

fn json(board: &Snapshot, now: &LinkNow, figures: &Calculation) -> Value {
    let (link, mut all) = (&now.link, figures.to_json());
    all["link"] = link.name.as_str().into();
    all["reference"] = link.reference.as_deref().into();
    all["client"] = client_name(board, now).into();
    all["profile"] = board
        .profile_of(link)
        .map(|profile| profile.profile.name.as_str())
        .into();
    all["profile_version"] = board.profile_of(link).map(|profile| profile.current.version).into();
    all
}

fn line(link: &link::Model, figures: &Calculation) -> String {
    let percent = |share: Option<Fraction>| share.map_or_else(|| "-".to_owned(), |share| share.percent_truncated(4));
    let uptime = &figures.uptime;
    format!(
        "{:<40} {:>9} % up  {:>9} % known  {:>7} s down  {:>3} outages  {}",
        link.name,
        percent(uptime.share()),
        percent(uptime.coverage()),
        uptime.down,
        uptime.outages.len(),
        verdict_name(figures.judgement.verdict),
    )
}
