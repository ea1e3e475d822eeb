//! `mainstay sla`: service levels, calculated from what is stored.

use std::io::{BufWriter, Write, stdout};

use anyhow::{Context, bail};
use clap::{Args, Subcommand, ValueEnum};
use entity::link;
use serde_json::Value;

use super::{Format, progress::bar};
use crate::{
    clock::Clock,
    config::Given,
    domain::{
        audit::Actor,
        board::{LinkNow, Snapshot},
        calendar::{Month, instant},
        reports::{Again, Agreed, Which, agreed, as_promised, make, run::in_service},
        sla::{
            calculation::{Calculation, TOGETHER, calculate, verdict_name},
            fraction::Fraction,
        },
        typed::line,
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
    /// Calculate a month that is over, for each link that was in service in it, and print the figures
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
    /// Make the reports too, those that are there again as new revisions: why, in words for the clients
    #[arg(long, value_name = "REASON")]
    make: Option<String>,
    /// By which agreement reports that are there are made again
    #[arg(long, value_enum, default_value_t = Agreement::Then, requires = "make")]
    agreement: Agreement,
}

/// What another revision is judged by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Agreement {
    /// What the revision before it was: profile and its wording, fee, client, router, zone and the like
    Then,
    /// What is agreed today: to correct what was wrong then
    Today,
}

impl From<Agreement> for Which {
    fn from(agreement: Agreement) -> Self {
        match agreement {
            Agreement::Then => Self::Then,
            Agreement::Today => Self::Today,
        }
    }
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
        let rows = site.db.tenant(tenant);
        let board = site.board.snapshot(tenant, site.clock.now()).await?;
        let period = self.month.period(board.zone);
        if period.end() > site.clock.now().timestamp() {
            bail!("{} is not over in {}: choose an earlier month", self.month, board.zone);
        }
        let reason = self.make.as_deref().map(|reason| line(reason, 400)).transpose();
        let reason = reason.map_err(|_| anyhow::anyhow!("--make wants a reason of at most 400 characters"))?;
        // Without reports nothing is looked up of each link alone: it is what a first report would say.
        let promised = as_promised(&rows, &board, instant(period.end())).await?;
        let in_service = in_service(&board, self.month);
        let mut links: Vec<&LinkNow> = in_service
            .iter()
            .filter_map(|id| board.links.get(id))
            .map(|now| &**now)
            .collect();
        links.sort_by_cached_key(|now| now.link.name.to_lowercase());
        let bar = bar("Links", links.len() as u64);
        let mut calculated = Vec::with_capacity(links.len());
        for some in links.chunks(TOGETHER) {
            let (mut by, mut wanted) = (Vec::with_capacity(some.len()), Vec::with_capacity(some.len()));
            for now in some {
                let link = &*now.link;
                let agreed = match &reason {
                    None => Agreed::today(&promised, link),
                    Some(_) => agreed(&rows, &board, link, self.month, self.agreement.into())
                        .await
                        .with_context(|| format!("link {}", link.name))?,
                };
                let terms = agreed.terms(&board, self.month.period(agreed.zone));
                wanted.push((link.id, terms, agreed.agreement()));
                by.push(agreed);
            }
            let figures = calculate(&rows, &wanted).await?;
            for agreed in &by {
                if let Some(reason) = &reason {
                    let (actor, at) = (Actor::system("command line"), site.clock.now());
                    let again = Again {
                        reason: reason.clone(),
                        agreement: self.agreement.into(),
                    };
                    let made = make(&site.db, &board, agreed.link.id, self.month, &actor, at, Some(again)).await;
                    made.with_context(|| format!("link {}", agreed.link.name))?;
                }
                bar.inc(1);
            }
            calculated.extend(by.into_iter().zip(figures));
        }
        bar.finish_and_clear();
        let mut out = BufWriter::new(stdout().lock());
        match self.format {
            Format::Json => {
                let all: Vec<Value> = calculated
                    .iter()
                    .map(|(by, figures)| json(&board, by, figures))
                    .collect();
                serde_json::to_writer_pretty(&mut out, &all)?;
                writeln!(out)?;
            }
            Format::Text => {
                for (by, figures) in &calculated {
                    writeln!(out, "{}", summary(&by.link, figures))?;
                }
            }
        }
        Ok(out.flush()?)
    }
}

fn json(board: &Snapshot, by: &Agreed, figures: &Calculation) -> Value {
    let (link, mut all) = (&by.link, figures.to_json());
    let client = board.clients.get(&link.client_id);
    all["link"] = link.name.as_str().into();
    all["reference"] = link.reference.as_deref().into();
    all["client"] = client.map(|client| client.name.as_str()).into();
    all["profile"] = by.wording.as_ref().map(|(profile, _)| profile.as_str()).into();
    all["profile_version"] = by.wording.as_ref().map(|(_, wording)| wording.version).into();
    all
}

fn summary(link: &link::Model, figures: &Calculation) -> String {
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
