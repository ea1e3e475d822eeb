//! `mainstay doctor`: reads back all that is kept and says what is not as it should be. It changes nothing.
//!
//! It ends with 0 when all is well, and with 1 when anything is wrong.

use std::process::ExitCode;

use anyhow::ensure;
use chrono::TimeDelta;
use clap::Args;
use entity::{link, router, tenant};
use sea_orm::{EntityTrait, Order, QueryOrder};
use serde::Serialize;

use super::{Format, progress::bar};
use crate::{
    clock::Clock,
    config::Given,
    database,
    domain::links::{
        block::Day,
        days::{self, check},
    },
    site::Site,
    work::collector::password_place,
};

/// Days that are read at once.
const DAYS: i32 = 64;

/// How long a day may be open after it could be sealed: the worker looks for such days each hour.
const PATIENCE: TimeDelta = TimeDelta::hours(2);

#[derive(Args, Debug)]
pub(super) struct Doctor {
    #[command(flatten)]
    given: Given,
    /// How to print what was found
    #[arg(long, default_value = "text", value_name = "FORMAT")]
    format: Format,
}

/// What was read, and what is wrong with it.
#[derive(Debug, Default, Serialize)]
struct Report {
    tenants: u64,
    links: u64,
    blocks: u64,
    samples: u64,
    secrets: u64,
    findings: Vec<Finding>,
}

#[derive(Debug, Serialize)]
struct Finding {
    tenant: String,
    /// The link's or router's name.
    of: String,
    day: Option<String>,
    wrong: String,
    remedy: String,
}

impl Doctor {
    pub(super) async fn run(self) -> anyhow::Result<ExitCode> {
        let settings = super::settings(self.given)?;
        let db = database::open(&settings.database_url, 1).await?;
        ensure!(
            database::is_ready(&db).await?,
            "the schema is not the one of this version: bring it up to date with `mainstay migrate`"
        );
        let site = Site::open(settings, Clock::system(), false).await?;
        let report = examine(&site).await?;
        match self.format {
            Format::Json => println!("{}", serde_json::to_string_pretty(&report)?),
            Format::Text => {
                for finding in &report.findings {
                    let day = finding.day.iter().map(|day| format!(", {day}")).collect::<String>();
                    println!(
                        "{}, {}{day}: {}; {}.",
                        finding.tenant, finding.of, finding.wrong, finding.remedy
                    );
                }
                println!(
                    "{} samples in {} blocks of {} links and {} secrets were read; {} findings.",
                    report.samples,
                    report.blocks,
                    report.links,
                    report.secrets,
                    report.findings.len()
                );
            }
        }
        Ok(match report.findings.is_empty() {
            true => ExitCode::SUCCESS,
            false => ExitCode::FAILURE,
        })
    }
}

async fn examine(site: &Site) -> anyhow::Result<Report> {
    #[expect(clippy::disallowed_methods, reason = "the operator looks at all tenants")]
    let connection = site.db.across_tenants();
    let tenants = tenant::Entity::find()
        .order_by_asc(tenant::Column::Slug)
        .all(connection)
        .await?;
    let mut report = Report::default();
    for tenant in tenants {
        report.tenants += 1;
        secrets(site, &tenant, &mut report).await?;
        samples(site, &tenant, &mut report).await?;
    }
    Ok(report)
}

/// Opens every secret, and keeps none.
async fn secrets(site: &Site, tenant: &tenant::Model, report: &mut Report) -> anyhow::Result<()> {
    let rows = site.db.tenant(tenant.id);
    let routers = rows.find::<router::Entity>().order_by(router::Column::Name, Order::Asc);
    for router in routers.all().await? {
        report.secrets += 1;
        let place = password_place(tenant.id, router.id);
        if let Err(error) = site.keyring.open_sealed(place, &router.password_sealed) {
            report.findings.push(Finding {
                tenant: tenant.slug.clone(),
                of: router.name,
                day: None,
                wrong: format!("the router's password can't be opened: {error}"),
                remedy: "enter it again on the router's page".to_owned(),
            });
        }
    }
    Ok(())
}

async fn samples(site: &Site, tenant: &tenant::Model, report: &mut Report) -> anyhow::Result<()> {
    let rows = site.db.tenant(tenant.id);
    let due = days::sealed_before(site.clock.now() - PATIENCE);
    let links = rows.find::<link::Entity>().order_by(link::Column::Name, Order::Asc);
    let links = links.all().await?;
    let bar = bar("Reading", links.len() as u64);
    for link in links {
        report.links += 1;
        let Some((first, last)) = check::span(&rows, link.id).await? else {
            bar.inc(1);
            continue;
        };
        for from in (first.number()..=last.number()).step_by(DAYS as usize) {
            let to = Day::from_number((from + DAYS - 1).min(last.number()));
            let checked = check::check(&rows, link.id, Day::from_number(from), to, due).await?;
            report.blocks += checked.blocks;
            report.samples += checked.samples;
            let mut suspected: Vec<_> = checked.faults.into_iter().map(|(day, _)| day).collect();
            suspected.sort_unstable();
            suspected.dedup();
            for day in suspected {
                let transaction = site.db.begin(tenant.id).await?;
                for (day, fault) in check::check_again(&transaction, link.id, day, due).await? {
                    report.findings.push(Finding {
                        tenant: tenant.slug.clone(),
                        of: link.name.clone(),
                        day: Some(date(day)),
                        wrong: fault.to_string(),
                        remedy: fault.remedy().to_owned(),
                    });
                }
            }
        }
        bar.inc(1);
    }
    bar.finish_and_clear();
    Ok(())
}

/// A UTC day as people write it.
fn date(day: Day) -> String {
    day.first_slot().start().date_naive().to_string()
}
