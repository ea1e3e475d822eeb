//! `mainstay contabo order list` and `… show`: what was ordered, without asking Contabo. Ordering is for people who have
//! seen the sum.

use std::process::ExitCode;

use anyhow::{Context, bail};
use chrono::{DateTime, SecondsFormat, Utc};
use clap::{Args, Subcommand};
use entity::{client, contabo_account, contabo_order};
use sea_orm::ActiveEnum;
use serde_json::{Value, json};

use super::Of;
use crate::{
    commands::Format,
    domain::contabo::{
        catalogue::{Amount, Side},
        orders::{self, Wanted},
    },
};

#[derive(Args, Debug)]
pub(super) struct Order {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// List the orders, the newest first
    List(Box<List>),
    /// Show one order with all that is known of it
    Show(Box<Show>),
}

#[derive(Args, Debug)]
struct List {
    #[command(flatten)]
    of: Of,
    /// Only those from which something is still to come
    #[arg(long)]
    open: bool,
    /// How to print them
    #[arg(long, default_value = "text", value_name = "FORMAT")]
    format: Format,
}

#[derive(Args, Debug)]
struct Show {
    #[command(flatten)]
    of: Of,
    /// The order: its id, or the name of what was ordered
    order: String,
}

impl Order {
    pub(super) async fn run(self) -> anyhow::Result<ExitCode> {
        match self.command {
            Command::List(list) => list.run().await,
            Command::Show(show) => show.run().await,
        }
    }
}

impl List {
    async fn run(self) -> anyhow::Result<ExitCode> {
        let (site, tenant) = self.of.open().await?;
        let rows = site.db.tenant(tenant);
        let mut all = orders::list(&rows).await?;
        all.retain(|row| !self.open || orders::is_open(row));
        match self.format {
            Format::Json => {
                let all: Vec<Value> = all.iter().map(described).collect();
                println!("{}", serde_json::to_string_pretty(&all)?);
            }
            Format::Text => {
                println!(
                    "{:<38} {:<24} {:<10} {:<11} {:<21} error",
                    "id", "name", "state", "stage", "ordered"
                );
                for row in &all {
                    println!(
                        "{:<38} {:<24} {:<10} {:<11} {:<21} {}",
                        row.id.to_string(),
                        row.display_name,
                        row.state.to_value(),
                        row.stage,
                        machine(row.ordered_at),
                        row.error.as_deref().unwrap_or_default()
                    );
                }
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}

impl Show {
    async fn run(self) -> anyhow::Result<ExitCode> {
        let (site, tenant) = self.of.open().await?;
        let rows = site.db.tenant(tenant);
        let called = |row: &contabo_order::Model| row.id.to_string() == self.order || row.display_name == self.order;
        let found: Vec<_> = orders::list(&rows).await?.into_iter().filter(called).collect();
        let row = match found.as_slice() {
            [] => bail!(
                "there is no order {}: `mainstay contabo order list` shows those that there are",
                self.order
            ),
            [one] => one,
            several => {
                let ids: Vec<String> = several.iter().map(|row| row.id.to_string()).collect();
                bail!(
                    "several orders are called so: say which by its id, {}",
                    ids.join(" or ")
                )
            }
        };
        let account = rows.get::<contabo_account::Entity>(row.contabo_account_id).await?;
        let client = match row.client_id {
            Some(id) => rows.get::<client::Entity>(id).await?,
            None => None,
        };
        let mut shown = described(row);
        let fields = shown.as_object_mut().context("an order is described by fields")?;
        fields.insert("account".to_owned(), json!(account.map(|row| row.name)));
        fields.insert("client".to_owned(), json!(client.map(|row| row.name)));
        println!("{}", serde_json::to_string_pretty(&shown)?);
        Ok(ExitCode::SUCCESS)
    }
}

fn machine(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

fn described(row: &contabo_order::Model) -> Value {
    let price = orders::price(row);
    let amount = |amount: Amount| {
        json!({
            "currency": amount.currency, "month": amount.month().typed(), "setup": amount.setup().typed(),
            "firstMonth": amount.first_month().typed(),
        })
    };
    json!({
        "id": row.id, "name": row.display_name, "wanted": Wanted::of(row).ok(),
        "state": row.state.to_value(), "stage": row.stage, "contaboSays": row.contabo_says, "error": row.error,
        "cost": price.total(Side::Cost).ok().map(amount), "price": price.total(Side::Sales).ok().map(amount),
        "orderedBy": row.ordered_by_name, "orderedAt": machine(row.ordered_at),
        "confirmedBy": row.confirmed_by_name, "confirmedAt": row.confirmed_at.map(machine),
        "sentAt": row.sent_at.map(machine), "acceptedAt": row.accepted_at.map(machine),
        "endedAt": row.ended_at.map(machine), "requestId": row.request_id,
        "contaboId": row.contabo_id, "server": row.instance_id,
    })
}
