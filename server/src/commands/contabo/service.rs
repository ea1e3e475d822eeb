//! `mainstay contabo service …`: servers as a billing system runs them, each by the billing system's own id. The same call
//! may come twice; what it prints is the service as it is then.

use std::{process::ExitCode, sync::Arc, time::Duration};

use anyhow::{Context, anyhow, bail, ensure};
use chrono::SecondsFormat;
use clap::{Args, Subcommand};
use entity::{ClientId, ContaboAccountId, Tenant, TenantId, client, contabo_account};
use indicatif::ProgressBar;
use sea_orm::ActiveEnum;
use serde_json::{Value, json};

use super::{Of, act, code};
use crate::{
    commands::Format,
    domain::{
        audit::Actor,
        contabo::{
            accounts, orders,
            services::{self, Create, Ordered, Progress, Shown, Wish},
        },
        templates,
    },
    site::Site,
    work::{
        contabo::{Act, PlaceOrder, TellOfServer},
        queue::Queue,
    },
};

const LOOK_EVERY: Duration = Duration::from_millis(500);

#[derive(Args, Debug)]
pub(super) struct Service {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Order a server for a client, or give it one that is there
    Create(Box<New>),
    /// Stop the server and lock it for its client, who reads why
    Suspend(Box<Suspend>),
    /// Unlock the server and start it
    Unsuspend(Box<Step>),
    /// Cancel the server's contract at its next possible date; can't be taken back
    Terminate(Box<Step>),
    /// Show one service with all that is known of it
    Show(Box<One>),
    /// List the services, the newest first
    List(Box<List>),
}

#[derive(Args, Debug)]
struct One {
    #[command(flatten)]
    of: Of,
    /// The billing system's own id of the service
    #[arg(long, value_name = "ID")]
    id: String,
}

#[derive(Args, Debug)]
struct Step {
    #[command(flatten)]
    one: One,
    /// Wait until it is done; ends with 1 if it failed
    #[arg(long)]
    wait: bool,
}

#[derive(Args, Debug)]
struct Suspend {
    #[command(flatten)]
    step: Step,
    /// Why, as the client reads it
    #[arg(long, value_name = "TEXT")]
    reason: String,
}

#[derive(Args, Debug)]
struct New {
    #[command(flatten)]
    step: Step,
    /// Whose it shall be: the client's name or id
    #[arg(long, value_name = "CLIENT")]
    client: String,
    /// Give this server, which is there: its name, Contabo's name or number of it, or its id
    #[arg(
        long,
        value_name = "SERVER",
        conflicts_with = "product",
        required_unless_present = "product"
    )]
    instance: Option<String>,
    /// Order this product, by Contabo's id
    #[arg(long, value_name = "PRODUCT", requires = "image")]
    product: Option<String>,
    /// The Contabo account to order in, by name, where there are several
    #[arg(long, value_name = "NAME")]
    account: Option<String>,
    /// Where, by the region's short name
    #[arg(long, default_value = "EU", value_name = "REGION")]
    region: String,
    /// The contract's term
    #[arg(long, default_value_t = 1, value_name = "MONTHS")]
    months: i32,
    /// What is installed: an image's name or id
    #[arg(long, value_name = "IMAGE")]
    image: Option<String>,
    /// Who signs in first
    #[arg(long, default_value = "root", value_name = "USER")]
    user: String,
    /// What the server is called; the service's id if nothing else is said
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// An SSH key to put in, by name or Contabo's id; may be given several times
    #[arg(long = "key", value_name = "KEY")]
    keys: Vec<String>,
    /// An add-on to order with it, by its id in the products; may be given several times
    #[arg(long = "add-on", value_name = "ADD-ON")]
    add_ons: Vec<String>,
    /// A template for what the new system is told, by name or id
    #[arg(long, value_name = "TEMPLATE")]
    template: Option<String>,
    /// The value of one of the template's variables; may be given several times
    #[arg(long = "set", value_name = "NAME=VALUE", requires = "template", value_parser = pair)]
    values: Vec<(String, String)>,
    /// Order it although the price list does not say what it costs
    #[arg(long)]
    without_price: bool,
    /// Order it once more where its order failed and brought nothing
    #[arg(long)]
    again: bool,
}

#[derive(Args, Debug)]
struct List {
    #[command(flatten)]
    of: Of,
    /// How to print them
    #[arg(long, default_value = "text", value_name = "FORMAT")]
    format: Format,
}

fn pair(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once('=').ok_or("write it as NAME=VALUE")?;
    Ok((name.trim().to_owned(), value.to_owned()))
}

impl Service {
    pub(super) async fn run(self) -> anyhow::Result<ExitCode> {
        let (step, shown, (site, tenant)) = match self.command {
            Command::Show(one) => {
                let (site, tenant) = one.of.open().await?;
                print(&services::show(&site.db.tenant(tenant), &one.id).await?)?;
                return Ok(ExitCode::SUCCESS);
            }
            Command::List(list) => return list.run().await,
            Command::Create(new) => return Box::pin(new.run()).await,
            Command::Suspend(suspend) => {
                let Suspend { step, reason } = *suspend;
                let (step, at) = step.open().await?;
                let (site, actor) = (&at.0, actor());
                let (db, keyring, now) = (&site.db, &site.keyring, site.clock.now());
                let done = services::suspend(db, keyring, at.1, &actor, now, &step.0, &reason).await;
                (step, done?, at)
            }
            Command::Unsuspend(step) => {
                let (step, at) = step.open().await?;
                let (site, actor) = (&at.0, actor());
                let (db, keyring, now) = (&site.db, &site.keyring, site.clock.now());
                let done = services::unsuspend(db, keyring, at.1, &actor, now, &step.0).await;
                (step, done?, at)
            }
            Command::Terminate(step) => {
                let (step, at) = step.open().await?;
                let (site, actor) = (&at.0, actor());
                let (db, keyring, now) = (&site.db, &site.keyring, site.clock.now());
                let done = services::terminate(db, keyring, at.1, &actor, now, &step.0).await;
                (step, done?, at)
            }
        };
        finish(&site, tenant, shown, step.1).await
    }
}

/// Who does it, as the audit log has it.
fn actor() -> Actor {
    Actor::system("command line")
}

impl Step {
    /// The service's id and whether to wait, with where it is.
    async fn open(self) -> anyhow::Result<((String, bool), (Site, TenantId))> {
        let at = self.one.of.open().await?;
        Ok(((self.one.id, self.wait), at))
    }
}

impl New {
    async fn run(self) -> anyhow::Result<ExitCode> {
        let Self { step, client, .. } = &self;
        let (id, wait) = (step.one.id.clone(), step.wait);
        let (wish, client, values) = (self.wish_of(), client.clone(), self.values.clone());
        let (without_price, again) = (self.without_price, self.again);
        let (site, tenant) = self.step.one.of.open().await?;
        let rows = site.db.tenant(tenant);
        let create = Create {
            reference: &id,
            client: find_client(&rows, &client).await?,
            wish: wish.found(&site, &rows, &id).await?,
            values: &values,
            without_price,
            again,
        };
        let now = site.clock.now();
        let made = services::create(&site.db, &site.keyring, tenant, &actor(), now, create).await;
        finish(&site, tenant, made.map_err(explained)?, wait).await
    }

    fn wish_of(&self) -> Called {
        Called {
            instance: self.instance.clone(),
            product: self.product.clone().unwrap_or_default(),
            account: self.account.clone(),
            region: self.region.clone(),
            months: self.months,
            image: self.image.clone().unwrap_or_default(),
            user: self.user.clone(),
            name: self.name.clone(),
            keys: self.keys.clone(),
            add_ons: self.add_ons.clone(),
            template: self.template.clone(),
        }
    }
}

/// What is wished, by the names that people use.
struct Called {
    instance: Option<String>,
    product: String,
    account: Option<String>,
    region: String,
    months: i32,
    image: String,
    user: String,
    name: Option<String>,
    keys: Vec<String>,
    add_ons: Vec<String>,
    template: Option<String>,
}

impl Called {
    async fn found(self, site: &Site, rows: &Tenant<'_>, id: &str) -> anyhow::Result<Wish> {
        if let Some(called) = self.instance {
            let board = site.board.snapshot(rows.id(), site.clock.now()).await?;
            let instance = Arc::clone(act::find(&board, &called)?).instance.id;
            return Ok(Wish::Given { instance });
        }
        let account = find_account(rows, self.account.as_deref()).await?;
        let choices = orders::choices(rows, account).await?;
        let keys = self.keys.iter().map(|key| chosen(&choices.keys, key, "SSH key"));
        let template = match &self.template {
            Some(called) => {
                let offered = templates::offered(rows, false).await?.into_iter();
                let all = offered.map(|one| (one.id.to_string(), one.name)).collect::<Vec<_>>();
                Some(chosen(&all, called, "template")?.parse().map(entity::TemplateId)?)
            }
            None => None,
        };
        Ok(Wish::Ordered(Ordered {
            account,
            image: chosen(&choices.images, &self.image, "image")?,
            ssh_keys: keys.collect::<anyhow::Result<_>>()?,
            product: self.product,
            region: self.region,
            months: self.months,
            default_user: self.user,
            add_ons: self.add_ons,
            display_name: self.name.unwrap_or_else(|| id.trim().to_owned()),
            template,
        }))
    }
}

/// The id of what is called so, or has that id.
fn chosen(among: &[(String, String)], called: &str, what: &str) -> anyhow::Result<String> {
    let found: Vec<_> = among
        .iter()
        .filter(|(id, name)| id == called || name.eq_ignore_ascii_case(called))
        .collect();
    match found.as_slice() {
        [(id, _)] => Ok(id.clone()),
        [] => bail!("there is no {what} called {called} to choose"),
        several => bail!("{} are called {called}: say which {what} by its id", several.len()),
    }
}

async fn find_client(rows: &Tenant<'_>, called: &str) -> anyhow::Result<ClientId> {
    let all = rows.find::<client::Entity>().all().await?.into_iter();
    let all = all.filter(|row| row.archived_at.is_none());
    let all = all.map(|row| (row.id.to_string(), row.name)).collect::<Vec<_>>();
    Ok(chosen(&all, called, "client")?.parse()?)
}

async fn find_account(rows: &Tenant<'_>, called: Option<&str>) -> anyhow::Result<ContaboAccountId> {
    let all: Vec<contabo_account::Model> = accounts::list(rows).await?;
    let fits = |row: &&contabo_account::Model| match called {
        Some(called) => row.name.eq_ignore_ascii_case(called),
        None => row.enabled,
    };
    let mut fitting = all.iter().filter(fits);
    let one = fitting
        .next()
        .ok_or_else(|| anyhow!("there is no such Contabo account"))?;
    ensure!(
        fitting.next().is_none(),
        "there are several Contabo accounts: say which with --account"
    );
    Ok(one.id)
}

/// What is wrong, where the error itself only says that something is.
fn explained(error: services::Error) -> anyhow::Error {
    let services::Error::Order(order) = &error else {
        return error.into();
    };
    let why = format!("{order:?}");
    anyhow::Error::from(error).context(format!("it can't be ordered: {why}"))
}

/// Prints the service, after its end if that is to be waited for.
async fn finish(site: &Site, tenant: TenantId, shown: Shown, wait: bool) -> anyhow::Result<ExitCode> {
    if !wait {
        print(&shown)?;
        return Ok(ExitCode::SUCCESS);
    }
    let bar = ProgressBar::new_spinner();
    bar.enable_steady_tick(Duration::from_millis(120));
    let queue = Queue::new(site.db.clone(), site.clock.clone(), site.jobs.clone())
        .with::<PlaceOrder>(site.clone())
        .with::<Act>(site.clone())
        .with::<TellOfServer>(site.clone());
    let mut shown = shown;
    while matches!(shown.progress(), Progress::Coming | Progress::UnderWay) {
        queue.step().await?;
        shown = services::show(&site.db.tenant(tenant), &shown.row.reference).await?;
        bar.set_message(stage(&shown));
        tokio::time::sleep(LOOK_EVERY).await;
    }
    bar.finish_and_clear();
    print(&shown)?;
    Ok(code(shown.progress() == Progress::Done))
}

fn stage(shown: &Shown) -> String {
    let order = shown.order.as_ref().filter(|order| orders::is_open(order));
    let of_order = order.map(|order| format!("order: {}", order.stage));
    let of_step = shown.step.as_ref().map(|step| format!("{}: {}", step.kind, step.stage));
    of_order.or(of_step).unwrap_or_default().replace('_', " ")
}

impl List {
    async fn run(self) -> anyhow::Result<ExitCode> {
        let (site, tenant) = self.of.open().await?;
        let all = services::list(&site.db.tenant(tenant)).await?;
        match self.format {
            Format::Json => {
                let all: Vec<Value> = all.iter().map(described).collect();
                println!("{}", serde_json::to_string_pretty(&all)?);
            }
            Format::Text => {
                println!(
                    "{:<24} {:<11} {:<10} {:<24} server",
                    "id", "state", "progress", "client"
                );
                for one in &all {
                    println!(
                        "{:<24} {:<11} {:<10} {:<24} {}",
                        one.row.reference,
                        one.row.state.to_value(),
                        word(&one.progress()),
                        one.client,
                        one.instance.as_ref().map_or("", |server| server.name.as_str()),
                    );
                }
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn print(shown: &Shown) -> anyhow::Result<()> {
    let text = serde_json::to_string_pretty(&described(shown)).context("a service is described by fields")?;
    println!("{text}");
    Ok(())
}

fn word(progress: &Progress) -> &'static str {
    match progress {
        Progress::Coming => "coming",
        Progress::UnderWay => "under_way",
        Progress::Done => "done",
        Progress::Failed(_) => "failed",
    }
}

fn described(shown: &Shown) -> Value {
    let (row, progress) = (&shown.row, shown.progress());
    let error = match &progress {
        Progress::Failed(why) => Some(why),
        _ => None,
    };
    let server = shown.instance.as_ref().map(|server| {
        json!({
            "id": server.id, "name": server.name, "displayName": server.display_name, "status": server.status,
            "contaboId": server.contabo_id, "lockedBecause": server.locked_because, "isGone": server.gone_at.is_some(),
        })
    });
    let step = shown.step.as_ref().map(
        |step| json!({ "action": step.kind, "state": step.state.to_value(), "stage": step.stage, "error": step.error }),
    );
    let machine = |at: chrono::DateTime<chrono::Utc>| at.to_rfc3339_opts(SecondsFormat::Secs, true);
    json!({
        "id": row.reference, "client": shown.client, "state": row.state.to_value(), "progress": word(&progress),
        "error": error, "suspendedBecause": row.suspended_because,
        "endsOn": shown.instance.as_ref().and_then(|server| server.cancels_on),
        "server": server, "order": row.contabo_order_id, "step": step,
        "createdAt": machine(row.created_at), "changedAt": machine(row.changed_at),
    })
}
