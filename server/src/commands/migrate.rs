//! `mainstay migrate`: brings the schema up to date, for those who do it apart from starting.

use anyhow::Context;
use clap::Args;

use crate::{config::Given, database, folder};

#[derive(Args, Debug)]
pub(super) struct Migrate {
    #[command(flatten)]
    given: Given,
}

impl Migrate {
    pub(super) async fn run(self) -> anyhow::Result<()> {
        let settings = super::settings(self.given)?;
        if settings.database_url.starts_with("sqlite:") {
            folder::create_private(&settings.data)
                .with_context(|| format!("the data folder {} can't be made", settings.data.display()))?;
        }
        let db = database::open(&settings.database_url, 2)
            .await
            .context("the database can't be opened")?;
        database::migrate(&db)
            .await
            .context("the schema can't be brought up to date")?;
        println!("The schema is up to date.");
        Ok(())
    }
}
