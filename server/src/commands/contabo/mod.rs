//! `mainstay contabo`: the accounts at Contabo and their servers from the command line, by what the pages use too.
//!
//! It works beside a running Mainstay and without one: what is asked for is a row, which either of them moves on.

mod act;
mod list;
mod order;
mod service;
mod sync;

use std::process::ExitCode;

use clap::{Args, Subcommand};
use entity::TenantId;

use crate::{clock::Clock, config::Given, site::Site};

#[derive(Args, Debug)]
pub(super) struct Contabo {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// List the accounts and how their readings fare; ends with 1 if one can't be read
    Accounts(Box<list::Accounts>),
    /// Read an account now, or all of them, and say what was found; ends with 1 if one can't be read
    Sync(Box<sync::Sync>),
    /// List the servers as they were last seen
    List(Box<list::List>),
    /// Ask for something on one server and wait until it has ended; ends with 1 if it failed
    Act(Box<act::Act>),
    /// What was ordered: list the orders, or show one
    Order(Box<order::Order>),
    /// Servers as a billing system runs them, each by its own id: create, suspend, unsuspend, terminate, show, list
    Service(Box<service::Service>),
}

/// Whose accounts.
#[derive(Args, Debug)]
struct Of {
    #[command(flatten)]
    given: Given,
    /// The tenant's short name, where there are several
    #[arg(long, value_name = "SLUG")]
    tenant: Option<String>,
}

impl Of {
    async fn open(self) -> anyhow::Result<(Site, TenantId)> {
        let site = Site::open(super::settings(self.given)?, Clock::system(), false).await?;
        let tenant = super::find_tenant(&site.db, self.tenant.as_deref()).await?;
        Ok((site, tenant))
    }
}

impl Contabo {
    pub(super) async fn run(self) -> anyhow::Result<ExitCode> {
        match self.command {
            Command::Accounts(accounts) => accounts.run().await,
            Command::Sync(sync) => Box::pin(sync.run()).await,
            Command::List(list) => list.run().await,
            Command::Act(act) => Box::pin(act.run()).await,
            Command::Order(order) => order.run().await,
            Command::Service(service) => Box::pin(service.run()).await,
        }
    }
}

fn code(is_fine: bool) -> ExitCode {
    match is_fine {
        true => ExitCode::SUCCESS,
        false => ExitCode::FAILURE,
    }
}
