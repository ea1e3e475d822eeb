//! `mainstay contabo sync`: has accounts read now, by this process or by one that runs, whichever is first.

use std::{process::ExitCode, time::Duration};

use anyhow::{bail, ensure};
use chrono::{DateTime, TimeDelta, Utc};
use clap::Args;
use entity::{
    ContaboAccountId, TenantId, contabo_account,
    contabo_change::{self, ChangeOf},
    contabo_sync,
};
use sea_orm::ColumnTrait;

use super::{Of, code};
use crate::{
    commands::progress::bar,
    domain::contabo::{accounts, mirror::INSTANCE},
    site::Site,
    work::contabo::sync,
};

/// Longer than one process may hold an account.
const PATIENCE: TimeDelta = TimeDelta::minutes(11);

const LOOK_EVERY: Duration = Duration::from_millis(300);

#[derive(Args, Debug)]
pub(super) struct Sync {
    #[command(flatten)]
    of: Of,
    /// The account's name; without it, all that are switched on
    name: Option<String>,
}

impl Sync {
    pub(super) async fn run(self) -> anyhow::Result<ExitCode> {
        let (site, tenant) = self.of.open().await?;
        let mut wanted = accounts::list(&site.db.tenant(tenant)).await?;
        match &self.name {
            Some(name) => {
                wanted.retain(|row| row.name.eq_ignore_ascii_case(name));
                ensure!(!wanted.is_empty(), "there is no account named {name}");
                ensure!(
                    wanted.iter().all(|row| row.enabled),
                    "the account {name} is switched off"
                );
            }
            None => wanted.retain(|row| row.enabled),
        }
        ensure!(!wanted.is_empty(), "there is no account that is switched on");
        let bar = bar("Reading", wanted.len() as u64);
        let mut lines = Vec::new();
        let mut is_fine = true;
        for row in wanted {
            bar.set_message("Reading");
            let asked = site.clock.now();
            accounts::sync_now(&site.db, tenant, asked, row.id).await?;
            let ended = read(&site, tenant, row.id, asked).await?;
            is_fine &= ended.failures == 0;
            lines.push(told(&site, tenant, &row, &ended, asked).await?);
            bar.inc(1);
        }
        bar.finish_and_clear();
        for line in lines {
            println!("{line}");
        }
        Ok(code(is_fine))
    }
}

/// Reads, unless another process does so already, until a reading has ended that was asked for then or later.
async fn read(
    site: &Site,
    tenant: TenantId,
    id: ContaboAccountId,
    asked: DateTime<Utc>,
) -> anyhow::Result<contabo_sync::Model> {
    loop {
        Box::pin(sync::step(site)).await?;
        let row = site.db.tenant(tenant).get::<contabo_sync::Entity>(id).await?;
        if let Some(row) = row
            && row.ended_at.is_some_and(|at| at >= asked)
        {
            return Ok(row);
        }
        if site.clock.now() - asked > PATIENCE {
            bail!("another process reads this account and does not come to an end");
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
}

/// One line about what was found.
async fn told(
    site: &Site,
    tenant: TenantId,
    row: &contabo_account::Model,
    ended: &contabo_sync::Model,
    asked: DateTime<Utc>,
) -> anyhow::Result<String> {
    if ended.failures > 0 {
        let why = ended.last_error.as_deref().unwrap_or("for no reason that was kept");
        return Ok(format!("{}: can't be read: {why}", row.name));
    }
    site.board.refresh(tenant).await?;
    let board = site.board.snapshot(tenant, site.clock.now()).await?;
    let servers = board.instances.values();
    let servers = servers.filter(|one| one.instance.contabo_account_id == row.id).count();
    let changes = site
        .db
        .tenant(tenant)
        .find::<contabo_change::Entity>()
        .filter(contabo_change::Column::ContaboAccountId.eq(row.id))
        .filter(contabo_change::Column::FoundAt.gte(asked))
        .filter(contabo_change::Column::Kind.eq(INSTANCE))
        .all()
        .await?;
    let count = |what| changes.iter().filter(|change| change.what == what).count();
    Ok(format!(
        "{}: {servers} servers; {} new, {} changed, {} gone",
        row.name,
        count(ChangeOf::Appeared),
        count(ChangeOf::Changed),
        count(ChangeOf::Vanished)
    ))
}
