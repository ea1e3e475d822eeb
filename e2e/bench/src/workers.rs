//! `mainstay serve --workers-only` with routers on loopback let in, which no setting of the real binary does.

use std::path::PathBuf;

use clap::Args;
use server::{
    clock::Clock,
    site::Site,
    startup::{Application, Parts},
    telemetry,
};

use crate::seed;

#[derive(Args, Debug)]
pub(crate) struct Workers {
    #[arg(long)]
    data: PathBuf,
    #[arg(long)]
    database_url: String,
}

impl Workers {
    pub(crate) async fn run(self) -> anyhow::Result<()> {
        // As the real binary does first of all.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let settings = seed::settings(&self.data, &self.database_url)?;
        telemetry::init(&settings.log, settings.log_format)?;
        let site = Site::open(settings, Clock::system(), false).await?;
        Application::build(site, Parts::WorkersOnly)?.run().await
    }
}
