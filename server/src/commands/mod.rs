//! The commands of the `mainstay` binary, one file each. What they do is done by the parts that the portal uses, too.

mod contabo;
pub mod demo;
mod doctor;
mod health;
mod migrate;
pub mod progress;
mod router;
mod samples;
mod serve;
mod sla;
mod tenant;
mod user;

use std::process::ExitCode;

use anyhow::bail;
use clap::{Parser, Subcommand, ValueEnum};
use entity::{Db, TenantId};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use crate::{config::Given, domain::typed::Rejected, telemetry};

/// The portal between an internet or hosting provider and its customers.
#[derive(Debug, Parser)]
#[command(name = "mainstay", version, propagate_version = true)]
pub struct Mainstay {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Show everything at once: fake routers, 60 days of history, the portal and its workers, nothing to set up
    Demo(demo::Demo),
    /// Answer requests and do the work in the background
    Serve(serve::Serve),
    /// Ask a running Mainstay whether it lives
    Health(health::Health),
    /// Read all samples and secrets back and say what is wrong; ends with 1 if anything is
    Doctor(doctor::Doctor),
    /// Try routers from the command line
    Router(router::Router),
    /// Accounts at Contabo and their servers: list, read, act
    Contabo(contabo::Contabo),
    /// Carry samples in and out as CSV
    Samples(samples::Samples),
    /// Calculate service levels
    Sla(sla::Sla),
    /// Make tenants
    Tenant(tenant::Tenant),
    /// Make sign-ins
    User(user::User),
    /// Bring the schema of the database up to date
    Migrate(migrate::Migrate),
}

/// How a command prints what it found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
}

impl Mainstay {
    /// Does what was asked.
    ///
    /// # Errors
    /// When it can't be done: the message says why and what to do.
    pub async fn run(self) -> anyhow::Result<ExitCode> {
        // rustls is asked for its provider by name everywhere; this is for what asks it for a default.
        let _ = rustls::crypto::ring::default_provider().install_default();
        match self.command {
            Command::Demo(demo) => Box::pin(demo.run()).await,
            Command::Serve(serve) => Box::pin(serve.run()).await,
            Command::Health(health) => health.run().await,
            Command::Samples(samples) => Box::pin(samples.run()).await,
            Command::Sla(sla) => Box::pin(sla.run()).await,
            Command::Tenant(tenant) => Box::pin(tenant.run()).await,
            Command::User(user) => Box::pin(user.run()).await,
            Command::Migrate(migrate) => migrate.run().await,
            Command::Doctor(doctor) => return Box::pin(doctor.run()).await,
            Command::Router(router) => return Box::pin(router.run()).await,
            Command::Contabo(contabo) => return Box::pin(contabo.run()).await,
        }
        .map(|()| ExitCode::SUCCESS)
    }
}

/// Reads the settings and starts logging by them.
fn settings(given: Given) -> anyhow::Result<crate::config::Settings> {
    let settings = crate::config::Settings::from_given(given)?;
    telemetry::init(&settings.log, settings.log_format)?;
    Ok(settings)
}

/// What is wrong, by flag.
fn complaints<R: std::fmt::Display>(rejected: &Rejected<R>) -> String {
    let each = rejected.0.iter().map(|(field, reason)| format!("--{field}: {reason}"));
    each.collect::<Vec<_>>().join("; ")
}

/// The tenant with this short name, or the only one.
async fn find_tenant(db: &Db, slug: Option<&str>) -> anyhow::Result<TenantId> {
    #[expect(clippy::disallowed_methods, reason = "tenants belong to no tenant")]
    let connection = db.across_tenants();
    let mut tenants = entity::tenant::Entity::find();
    if let Some(slug) = slug {
        tenants = tenants.filter(entity::tenant::Column::Slug.eq(slug));
    }
    let tenants = tenants.all(connection).await?;
    match (tenants.as_slice(), slug) {
        ([one], _) => Ok(one.id),
        ([], Some(slug)) => bail!("there is no tenant {slug}"),
        ([], None) => bail!("there is no tenant yet: make one with `mainstay tenant create`"),
        (_, _) => bail!("there are several tenants: say which with --tenant"),
    }
}
