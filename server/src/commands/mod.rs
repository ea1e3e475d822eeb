//! The commands of the `mainstay` binary, one file each. What they do is done by the parts that the portal uses, too.

mod demo;
mod migrate;
mod serve;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::{config::Given, telemetry};

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
    /// Bring the schema of the database up to date
    Migrate(migrate::Migrate),
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
            Command::Migrate(migrate) => migrate.run().await,
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
