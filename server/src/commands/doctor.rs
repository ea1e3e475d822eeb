//! `mainstay doctor`: reads back all that is kept and says what is not as it should be. It changes nothing, but for
//! summaries that it is asked to make anew.
//!
//! It ends with 0 when all is well, and with 1 when anything is wrong.

use std::{path::Path, process::ExitCode};

use anyhow::{Context, ensure};
use chrono::TimeDelta;
use clap::Args;
use entity::{contabo_order, link, mail_settings, router, signing_key, tenant};
use sea_orm::{EntityTrait, Order, QueryOrder};
use serde::Serialize;
use tokio::time::timeout;

use super::{Format, progress::bar};
use crate::{
    clock::Clock,
    config::Given,
    database,
    domain::{
        contabo::{
            accounts,
            orders::{secret_place as order_secret_place, user_data_place},
        },
        links::{
            block::Day,
            days::{self, check},
        },
        mail::settings::password_place as mail_password_place,
        signing,
    },
    keyring::Place,
    site::Site,
    work::{
        collector::password_place,
        mail::route::{self, Server},
    },
};

/// Days that are read at once.
const DAYS: i32 = 64;

/// How long a day may be open after it could be sealed: the worker looks for such days each hour.
const PATIENCE: TimeDelta = TimeDelta::hours(2);

/// With less space than this, in bytes, the database's disk is as good as full.
const ENOUGH_SPACE: u64 = 1 << 30;

/// How long Contabo has to answer a sign-in.
const SIGN_IN_TAKES: std::time::Duration = std::time::Duration::from_secs(20);

#[derive(Args, Debug)]
pub(super) struct Doctor {
    #[command(flatten)]
    given: Given,
    /// How to print what was found
    #[arg(long, default_value = "text", value_name = "FORMAT")]
    format: Format,
    /// Make summaries of days anew that do not say what the day's block does; no block is touched
    #[arg(long)]
    repair_summaries: bool,
}

/// What was read, and what is wrong with it.
#[derive(Debug, Default, Serialize)]
struct Report {
    tenants: u64,
    links: u64,
    blocks: u64,
    samples: u64,
    secrets: u64,
    /// Connected to and signed in to.
    mail_servers: u64,
    /// Signed in to.
    contabo_accounts: u64,
    /// Bytes, where the database is a file and the system tells.
    free_space: Option<u64>,
    /// What was wrong and is not any more.
    repaired: Vec<Finding>,
    findings: Vec<Finding>,
}

#[derive(Debug, Serialize)]
struct Finding {
    /// None: the installation.
    tenant: Option<String>,
    /// The link's or router's name.
    of: String,
    day: Option<String>,
    wrong: String,
    remedy: String,
}

impl Doctor {
    pub(super) async fn run(self) -> anyhow::Result<ExitCode> {
        let mut settings = super::settings(self.given)?;
        // Whoever starts Mainstay makes what lacks; here a key that is gone is what is wrong.
        ensure!(
            settings.master_key_file.exists(),
            "there is no master key in {}: restore it from its backup, or say with --data or --master-key-file where it is",
            settings.master_key_file.display()
        );
        settings.database_url = settings.database_url.replace("mode=rwc", "mode=rw");
        let db = database::open(&settings.database_url, 1)
            .await
            .context("the database can't be opened: check its URL and that it runs")?;
        ensure!(
            database::is_ready(&db).await?,
            "the schema is not the one of this version: bring it up to date with `mainstay migrate`"
        );
        let site = Site::open(settings, Clock::system(), false).await?;
        let report = examine(&site, self.repair_summaries).await?;
        match self.format {
            Format::Json => println!("{}", serde_json::to_string_pretty(&report)?),
            Format::Text => {
                for finding in report.repaired.iter().chain(&report.findings) {
                    let place = [finding.tenant.as_deref(), Some(&finding.of), finding.day.as_deref()];
                    let place: Vec<_> = place.into_iter().flatten().collect();
                    println!("{}: {}; {}.", place.join(", "), finding.wrong, finding.remedy);
                }
                if let Some(bytes) = report.free_space {
                    println!("{} of space are free for the database.", gibibytes(bytes));
                }
                if report.mail_servers > 0 {
                    println!("{} mail servers were tried.", report.mail_servers);
                }
                if report.contabo_accounts > 0 {
                    println!("{} Contabo accounts were signed in to.", report.contabo_accounts);
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

async fn examine(site: &Site, repair_summaries: bool) -> anyhow::Result<Report> {
    #[expect(clippy::disallowed_methods, reason = "the operator looks at all tenants")]
    let connection = site.db.across_tenants();
    let tenants = tenant::Entity::find()
        .order_by_asc(tenant::Column::Slug)
        .all(connection)
        .await?;
    let mut report = Report::default();
    if let Some(file) = database::file(&site.settings.database_url) {
        report.free_space = free_space(&file);
        report.findings.extend(report.free_space.and_then(too_little_space));
    }
    if let Some((server, _)) = route::installation(&site.settings.smtp)? {
        let remedy = "check the settings that begin with --smtp, and that the server runs and lets this machine in";
        report.findings.extend(try_mail(site, &server, None, remedy).await);
        report.mail_servers += 1;
    }
    for tenant in tenants {
        report.tenants += 1;
        secrets(site, &tenant, &mut report).await?;
        // What can't be opened is among the secrets.
        let route = route::of_tenant(site, tenant.id).await.ok().flatten();
        if let Some(route) = route.filter(|route| route.server.owner.is_some()) {
            let remedy = "check the tenant's mail settings";
            report
                .findings
                .extend(try_mail(site, &route.server, Some(&tenant.slug), remedy).await);
            report.mail_servers += 1;
        }
        contabo_accounts(site, &tenant, &mut report).await?;
        samples(site, &tenant, repair_summaries, &mut report).await?;
    }
    Ok(report)
}

/// Bytes that may still be written beside `file`, where the system tells.
#[cfg(unix)]
fn free_space(file: &Path) -> Option<u64> {
    let disk = rustix::fs::statvfs(file).inspect_err(|error| {
        tracing::warn!(file = %file.display(), %error, "the system does not say how much space is free");
    });
    disk.ok().map(|disk| disk.f_bavail.saturating_mul(disk.f_frsize))
}

#[cfg(not(unix))]
fn free_space(_: &Path) -> Option<u64> {
    None
}

fn too_little_space(bytes: u64) -> Option<Finding> {
    (bytes < ENOUGH_SPACE).then(|| Finding {
        tenant: None,
        of: "the database's disk".to_owned(),
        day: None,
        wrong: format!("only {} of space are free", gibibytes(bytes)),
        remedy: "make room: once it is full, nothing more is stored".to_owned(),
    })
}

fn gibibytes(bytes: u64) -> String {
    format!("{:.1} GiB", bytes as f64 / (1_u64 << 30) as f64)
}

/// Connects, says hello and signs in, and sends nothing.
async fn try_mail(site: &Site, server: &Server, tenant: Option<&str>, remedy: &str) -> Option<Finding> {
    let wrong = Box::pin(site.mailer.try_out(server)).await.err()?;
    Some(Finding {
        tenant: tenant.map(ToOwned::to_owned),
        of: format!("mail server {}, port {}", server.host, server.port),
        day: None,
        wrong: format!("no mail can be sent: {wrong}"),
        remedy: remedy.to_owned(),
    })
}

/// Opens the secrets of each account, and signs in with those of the accounts that are asked at all.
async fn contabo_accounts(site: &Site, tenant: &tenant::Model, report: &mut Report) -> anyhow::Result<()> {
    let finding = |of: &str, wrong: String, remedy: &str| Finding {
        tenant: Some(tenant.slug.clone()),
        of: format!("Contabo account {of}"),
        day: None,
        wrong,
        remedy: remedy.to_owned(),
    };
    for row in accounts::list(&site.db.tenant(tenant.id)).await? {
        report.secrets += 2;
        let credentials = match accounts::open(&site.keyring, &row) {
            Ok(credentials) => credentials,
            Err(error) => {
                let wrong = format!("its credentials can't be opened: {error}");
                report
                    .findings
                    .push(finding(&row.name, wrong, "enter them again on the account's page"));
                continue;
            }
        };
        if !row.enabled {
            continue;
        }
        report.contabo_accounts += 1;
        let client = site.contabo.with(&credentials)?;
        let outcome = timeout(SIGN_IN_TAKES, client.sign_in()).await;
        let wrong = match outcome {
            Ok(Ok(())) => continue,
            Ok(Err(error)) => error.to_string(),
            Err(_) => "Contabo does not answer".to_owned(),
        };
        let remedy = "check that Contabo can be reached from here, and the credentials on the account's page";
        let wrong = format!("it can't be signed in to: {wrong}");
        report.findings.push(finding(&row.name, wrong, remedy));
    }
    Ok(())
}

/// Opens every secret, and keeps none.
async fn secrets(site: &Site, tenant: &tenant::Model, report: &mut Report) -> anyhow::Result<()> {
    let rows = site.db.tenant(tenant.id);
    let mut open = |place: Place, sealed: &[u8], of: String, what: &str, remedy: &str| {
        report.secrets += 1;
        if let Err(error) = site.keyring.open_sealed(place, sealed) {
            report.findings.push(Finding {
                tenant: Some(tenant.slug.clone()),
                of,
                day: None,
                wrong: format!("{what} can't be opened: {error}"),
                remedy: remedy.to_owned(),
            });
        }
    };
    let routers = rows.find::<router::Entity>().order_by(router::Column::Name, Order::Asc);
    for router in routers.all().await? {
        let place = password_place(tenant.id, router.id);
        let remedy = "enter it again on the router's page";
        open(
            place,
            &router.password_sealed,
            router.name,
            "the router's password",
            remedy,
        );
    }
    if let Some(sealed) = (rows.find::<mail_settings::Entity>().one().await?).and_then(|row| row.password_sealed) {
        let (place, of) = (mail_password_place(tenant.id), "mail settings".to_owned());
        open(
            place,
            &sealed,
            of,
            "the mail server's password",
            "enter it again in the mail settings",
        );
    }
    for key in rows.find::<signing_key::Entity>().all().await? {
        let (place, of) = (signing::place(tenant.id, key.id), "links in mails".to_owned());
        let remedy = "restore the master key that it was sealed under";
        open(place, &key.secret_sealed, of, "the key that signs them", remedy);
    }
    for order in rows.find::<contabo_order::Entity>().all().await? {
        let remedy = "order again what has not been ordered; of what was, set a new password on the server's page";
        let sealed = [
            (
                &order.user_data_sealed,
                user_data_place(tenant.id, order.id),
                "the text for its system",
            ),
            (
                &order.secret_sealed,
                order_secret_place(tenant.id, order.id),
                "its first passwords",
            ),
        ];
        for (sealed, place, what) in sealed {
            if let Some(sealed) = sealed {
                open(place, sealed, format!("order {}", order.display_name), what, remedy);
            }
        }
    }
    Ok(())
}

async fn samples(
    site: &Site,
    tenant: &tenant::Model,
    repair_summaries: bool,
    report: &mut Report,
) -> anyhow::Result<()> {
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
                    let repaired = repair_summaries && fault.is_of_summary();
                    let (list, remedy) = match repaired {
                        true => (&mut report.repaired, "it was made anew from the block"),
                        false => (&mut report.findings, fault.remedy()),
                    };
                    list.push(Finding {
                        tenant: Some(tenant.slug.clone()),
                        of: link.name.clone(),
                        day: Some(date(day)),
                        wrong: fault.to_string(),
                        remedy: remedy.to_owned(),
                    });
                    if repaired {
                        days::summarise(&transaction, link.id, day).await?;
                    }
                }
                transaction.commit().await?;
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn space_that_nobody_tells_is_left_out() {
        assert_eq!(free_space(Path::new("/nowhere/m.db")), None);
    }

    #[test]
    fn a_disk_that_is_nearly_full_is_said() {
        assert!(too_little_space(ENOUGH_SPACE).is_none());
        let finding = too_little_space(300 << 20).unwrap();
        assert_eq!(finding.wrong, "only 0.3 GiB of space are free");
    }
}
