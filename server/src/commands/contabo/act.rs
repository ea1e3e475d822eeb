//! `mainstay contabo act`: asks for something on one server and waits for its end. Whoever breaks off the wait takes
//! nothing back: a running Mainstay goes on with it.

use std::{process::ExitCode, sync::Arc, time::Duration};

use anyhow::{Context, bail};
use clap::{Args, ValueEnum};
use entity::action::{self, ActionState};
use indicatif::ProgressBar;

use super::{Of, code};
use crate::{
    domain::{
        audit::Actor,
        board::{InstanceNow, Snapshot},
        contabo::actions::{self, Ask, Asked},
    },
    site::Site,
    work::{self, queue::Queue},
};

const LOOK_EVERY: Duration = Duration::from_millis(500);

#[derive(Args, Debug)]
pub(super) struct Act {
    #[command(flatten)]
    of: Of,
    /// The server: its name, Contabo's name or number of it, or its id
    server: String,
    /// What to ask for
    #[arg(value_enum)]
    action: Word,
    /// The snapshot's name, for `snapshot`
    #[arg(long, value_name = "NAME", required_if_eq("action", "snapshot"))]
    name: Option<String>,
    /// Ask as the server's client would: its lock, its switches and its quota hold
    #[arg(long)]
    as_client: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Word {
    Start,
    /// As if the plug were pulled
    Stop,
    /// By the power button, which the system may ignore
    Shutdown,
    Restart,
    /// Take a snapshot
    Snapshot,
}

impl Act {
    pub(super) async fn run(self) -> anyhow::Result<ExitCode> {
        let (site, tenant) = self.of.open().await?;
        let now = site.clock.now();
        let board = site.board.snapshot(tenant, now).await?;
        let server = find(&board, &self.server)?;
        let actor = Actor::system("command line");
        let client = match self.as_client {
            true => Some(server.instance.client_id.context("the server is no client's")?),
            false => None,
        };
        let ask = Ask {
            instance: server.instance.id,
            client,
            asked: match self.action {
                Word::Start => Asked::Start,
                Word::Stop => Asked::Stop,
                Word::Shutdown => Asked::Shutdown,
                Word::Restart => Asked::Restart,
                Word::Snapshot => Asked::TakeSnapshot {
                    name: self.name.unwrap_or_default(),
                    description: String::new(),
                },
            },
            actor: &actor,
        };
        let asked = actions::ask(&site.db, &site.keyring, tenant, now, ask).await;
        let id = asked.with_context(|| format!("nothing was asked of {}", server.title()))?;
        let bar = ProgressBar::new_spinner();
        bar.enable_steady_tick(Duration::from_millis(120));
        let queue = Queue::new(site.db.clone(), site.clock.clone(), site.jobs.clone());
        let queue = queue.with::<work::contabo::Act>(site.clone());
        let ended = loop {
            queue.step().await?;
            let row = site.db.tenant(tenant).get::<action::Entity>(id).await?;
            let row = row.context("the action is gone")?;
            if !matches!(row.state, ActionState::Queued | ActionState::Running) {
                break row;
            }
            bar.set_message(format!("{}: {}", row.kind, words(&row)));
            tokio::time::sleep(LOOK_EVERY).await;
        };
        bar.finish_and_clear();
        say(&site, server, &ended);
        Ok(code(ended.state == ActionState::Done))
    }
}

fn words(row: &action::Model) -> String {
    let stage = row.stage.replace('_', " ");
    match &row.error {
        Some(error) => format!("{stage} ({error})"),
        None => stage,
    }
}

fn say(site: &Site, server: &InstanceNow, ended: &action::Model) {
    let seconds = (site.clock.now() - ended.asked_at).num_seconds();
    let (title, kind) = (server.title(), &ended.kind);
    match ended.state {
        ActionState::Done => println!("{title}: {kind} done after {seconds} s"),
        ActionState::Withdrawn => println!("{title}: {kind} was taken back"),
        _ => println!(
            "{title}: {kind} failed: {}",
            ended.error.as_deref().unwrap_or("no reason was kept")
        ),
    }
}

/// The one server that is called so.
pub(super) fn find<'b>(board: &'b Snapshot, called: &str) -> anyhow::Result<&'b Arc<InstanceNow>> {
    let is_called = |now: &&Arc<InstanceNow>| {
        let instance = &now.instance;
        let names = [now.title(), instance.name.as_str()];
        names.iter().any(|name| name.eq_ignore_ascii_case(called))
            || instance.contabo_id.to_string() == called
            || instance.id.to_string() == called
    };
    let found: Vec<_> = board.instances.values().filter(is_called).collect();
    match found.as_slice() {
        [one] => Ok(one),
        [] => bail!("there is no server {called}: `mainstay contabo list` shows those that there are"),
        several => {
            let ids: Vec<_> = several.iter().map(|now| now.instance.contabo_id.to_string()).collect();
            bail!(
                "several servers are called {called}: say which by its number, {}",
                ids.join(" or ")
            )
        }
    }
}
