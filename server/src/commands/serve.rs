//! `mainstay serve`: the portal and the workers.

use clap::Args;

use crate::{
    clock::Clock,
    config::Given,
    site::Site,
    startup::{Application, Parts},
};

#[derive(Args, Debug)]
pub(super) struct Serve {
    #[command(flatten)]
    given: Given,
    /// Answer requests only; another process on the same database does the work
    #[arg(long, conflicts_with = "workers_only")]
    no_workers: bool,
    /// Do the work only, and answer machines (`/healthz`, `/readyz`, `/metrics`)
    #[arg(long)]
    workers_only: bool,
    /// Don't bring the schema up to date first (see `mainstay migrate`)
    #[arg(long)]
    no_migrate: bool,
}

impl Serve {
    pub(super) async fn run(self) -> anyhow::Result<()> {
        let settings = super::settings(self.given)?;
        let parts = match (self.no_workers, self.workers_only) {
            (true, _) => Parts::WebOnly,
            (_, true) => Parts::WorkersOnly,
            _ => Parts::All,
        };
        let site = Site::open(settings, Clock::system(), !self.no_migrate).await?;
        let application = Application::build(site, parts)?;
        tracing::info!(address = %application.address(), "answering");
        application.run().await
    }
}
