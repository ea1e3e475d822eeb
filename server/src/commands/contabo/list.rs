//! `mainstay contabo accounts` and `mainstay contabo list`: what is known, without asking Contabo.

use std::process::ExitCode;

use chrono::{DateTime, SecondsFormat, Utc};
use clap::Args;
use entity::{contabo_account, contabo_sync};
use serde_json::{Value, json};

use super::{Of, code};
use crate::{
    commands::Format,
    domain::contabo::{
        accounts,
        instances::{self, Listed, Wanted},
    },
    work::contabo::sync::is_late,
};

#[derive(Args, Debug)]
pub(super) struct Accounts {
    #[command(flatten)]
    of: Of,
    /// How to print them
    #[arg(long, default_value = "text", value_name = "FORMAT")]
    format: Format,
}

#[derive(Args, Debug)]
pub(super) struct List {
    #[command(flatten)]
    of: Of,
    /// Only those with this in a name, an address or the product
    #[arg(long, default_value = "", value_name = "TEXT")]
    search: String,
    /// Only those in this state, in Contabo's word, as `running`
    #[arg(long, default_value = "", value_name = "WORD")]
    state: String,
    /// How to print them
    #[arg(long, default_value = "text", value_name = "FORMAT")]
    format: Format,
}

impl Accounts {
    pub(super) async fn run(self) -> anyhow::Result<ExitCode> {
        let (site, tenant) = self.of.open().await?;
        let (rows, now) = (site.db.tenant(tenant), site.clock.now());
        let (all, syncs) = (accounts::list(&rows).await?, accounts::syncs(&rows).await?);
        let board = site.board.snapshot(tenant, now).await?;
        let mut is_fine = true;
        let mut described = Vec::new();
        for row in &all {
            let sync = syncs.iter().find(|sync| sync.contabo_account_id == row.id);
            let health = health(row, sync, now);
            is_fine &= health != "failing";
            let servers = board.instances.values();
            let servers = servers.filter(|one| one.instance.contabo_account_id == row.id).count();
            described.push((row, sync, health, servers));
        }
        match self.format {
            Format::Json => {
                let described = described.iter().map(|(row, sync, health, servers)| {
                    json!({
                        "name": row.name, "clientId": row.api_client_id, "user": row.username, "enabled": row.enabled,
                        "health": health, "servers": servers,
                        "lastRead": sync.and_then(|sync| sync.succeeded_at).map(machine),
                        "lastTried": sync.and_then(|sync| sync.ended_at).map(machine),
                        "next": sync.filter(|_| row.enabled).map(|sync| machine(sync.due_at)),
                        "failures": sync.map_or(0, |sync| sync.failures),
                        "error": sync.and_then(|sync| sync.last_error.as_deref()),
                    })
                });
                let described: Vec<Value> = described.collect();
                println!("{}", serde_json::to_string_pretty(&described)?);
            }
            Format::Text => {
                println!(
                    "{:<24} {:<14} {:<8} {:<21} {:>8} {:>8}",
                    "account", "client id", "health", "last read", "failures", "servers"
                );
                for (row, sync, health, servers) in &described {
                    let read = sync.and_then(|sync| sync.succeeded_at);
                    println!(
                        "{:<24} {:<14} {:<8} {:<21} {:>8} {:>8}",
                        row.name,
                        row.api_client_id,
                        health,
                        read.map_or_else(|| "never".to_owned(), machine),
                        sync.map_or(0, |sync| sync.failures),
                        servers
                    );
                    if let Some(error) = sync.and_then(|sync| sync.last_error.as_deref()) {
                        println!("  {error}");
                    }
                }
            }
        }
        Ok(code(is_fine))
    }
}

fn health(row: &contabo_account::Model, sync: Option<&contabo_sync::Model>, now: DateTime<Utc>) -> &'static str {
    match sync {
        _ if !row.enabled => "off",
        Some(sync) if sync.failures > 0 => "failing",
        Some(sync) if sync.succeeded_at.is_none() => "new",
        Some(sync) if is_late(sync, now) => "late",
        Some(_) => "read",
        None => "new",
    }
}

fn machine(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

impl List {
    pub(super) async fn run(self) -> anyhow::Result<ExitCode> {
        let (site, tenant) = self.of.open().await?;
        let board = site.board.snapshot(tenant, site.clock.now()).await?;
        let wanted = Wanted {
            search: &self.search,
            status: &self.state,
            ..Wanted::default()
        };
        let listed = instances::list(&board, &wanted);
        match self.format {
            Format::Json => {
                let all: Vec<Value> = listed.iter().map(described).collect();
                println!("{}", serde_json::to_string_pretty(&all)?);
            }
            Format::Text => {
                println!(
                    "{:<14} {:<24} {:<14} {:<20} {:<16} {:<20} {:<10} cancels on",
                    "id", "server", "state", "client", "address", "product", "region"
                );
                for one in &listed {
                    let (instance, details) = (&one.now.instance, &one.now.details);
                    let cancels = instance.cancels_on.map(|day| day.to_string());
                    println!(
                        "{:<14} {:<24} {:<14} {:<20} {:<16} {:<20} {:<10} {}",
                        instance.contabo_id,
                        one.now.title(),
                        instance.status,
                        one.client,
                        address(one).unwrap_or_default(),
                        details.product_name,
                        details.region,
                        cancels.unwrap_or_default()
                    );
                }
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn address(one: &Listed<'_>) -> Option<String> {
    let details = &one.now.details;
    let address = details.ipv4.as_ref().or(details.ipv6.as_ref())?;
    Some(address.ip.to_string())
}

fn described(one: &Listed<'_>) -> Value {
    let (instance, details) = (&one.now.instance, &one.now.details);
    let open = one.now.open.iter().map(|action| {
        json!({ "id": action.id, "action": action.kind, "stage": action.stage, "askedBy": action.asked_by_name })
    });
    let addresses = details.addresses().map(|address| address.ip);
    json!({
        "id": instance.id, "contaboId": instance.contabo_id, "name": instance.name, "title": one.now.title(),
        "state": instance.status, "error": instance.error_message,
        "client": Some(one.client).filter(|client| !client.is_empty()),
        "addresses": addresses.collect::<Vec<_>>(),
        "product": details.product_name, "region": details.region, "dataCenter": details.data_center,
        "cores": details.cpu_cores, "ramMib": details.ram, "diskMib": details.disk,
        "cancelsOn": instance.cancels_on, "locked": instance.locked_because,
        "underWay": open.collect::<Vec<_>>(),
    })
}
