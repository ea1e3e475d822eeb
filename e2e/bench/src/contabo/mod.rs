//! The reading of an account at Contabo with thousands of instances, on both databases, beside a script that keeps the
//! same list.

use std::{
    process::{ChildStdin, Command},
    time::Duration,
};

use anyhow::{Context, ensure};
use chrono::Duration as Span;
use entity::{ContaboAccountId, TenantId, instance};
use secrecy::SecretString;
use server::{
    domain::{
        audit::Actor,
        contabo::accounts::{self, Credentials},
    },
    site::Site,
    work::contabo::sync,
};

use crate::{
    child::{self, Process},
    postgres::Postgres,
    scratch::Scratch,
    seed,
    table::{Table, millis},
    work::{Begun, Work},
};

const INSTANCES: u32 = 5_000;

/// Where the fake Contabo is, and who signs in to it.
#[derive(Debug, serde::Deserialize)]
#[serde(rename_all = "camelCase")]
struct Fake {
    api: String,
    sign_in: String,
    client_id: String,
    client_secret: String,
    user: String,
    password: String,
}

/// What the script took.
#[derive(serde::Deserialize)]
struct Said {
    instances: u32,
    wall: f64,
    cpu: f64,
}

/// Reads the account twice on each database, and once with the script.
pub(crate) async fn measure() -> anyhow::Result<Table> {
    let mut table = Table::new(
        format!("The reading of an account with {INSTANCES} instances"),
        &[
            "who",
            "wall s",
            "CPU s",
            "database's CPU s",
            "ms CPU/instance",
            "× script",
        ],
    );
    let mut command = Command::new(child::binary("fake-contabo")?);
    command.args(["--seed", "empty", "--instances", &INSTANCES.to_string()]);
    let mut process = Process::start("fake-contabo", &mut command)?;
    let (mut said, _open): (_, ChildStdin) = process.pipes()?;
    let about = said.next().context("the fake Contabo ended")??;
    let fake: Fake = serde_json::from_str(&about)?;
    let theirs = script(&fake)?;
    let each = theirs.cpu / f64::from(INSTANCES);
    {
        let scratch = Scratch::new("contabo")?;
        Box::pin(on_database(
            &mut table,
            "SQLite",
            &scratch,
            &scratch.sqlite_url(),
            None,
            &fake,
            each,
        ))
        .await?;
    }
    let postgres = Postgres::start()?;
    let scratch = Scratch::new("contabo")?;
    Box::pin(on_database(
        &mut table,
        "PostgreSQL",
        &scratch,
        postgres.url(),
        Some(&postgres),
        &fake,
        each,
    ))
    .await?;
    postgres.stop()?;
    table.row([
        "Python's urllib, json and sqlite3".to_owned(),
        format!("{:.2}", theirs.wall),
        format!("{:.2}", theirs.cpu),
        "–".to_owned(),
        format!("{:.3}", each * 1e3),
        "1".to_owned(),
    ]);
    table.note(
        "A reading asks for 50 pages of 100, at most four a second, which is its wall time, and for the snapshots of 20 \
         instances; the first asks for everything else, too. The first keeps 5,000 new rows; of the second nothing \
         differs. The script reads the same pages as fast as it can, and keeps ten fields of each instance.",
    );
    process.stop("-TERM")?;
    Ok(table)
}

async fn on_database(
    table: &mut Table,
    database: &str,
    scratch: &Scratch,
    url: &str,
    postgres: Option<&Postgres>,
    fake: &Fake,
    theirs: f64,
) -> anyhow::Result<()> {
    let site = seed::open_with_contabo(scratch.path(), url, &fake.api, &fake.sign_in).await?;
    let tenant = seed::fleet(&site, &[], 0, 300).await?.tenant;
    let account = account(&site, tenant, fake).await?;
    for what in ["all of it new", "nothing new"] {
        let begun = Begun::now(postgres)?;
        Box::pin(sync::step(&site)).await?;
        let work = begun.done(INSTANCES as usize)?;
        row(table, &format!("Mainstay, {what}, {database}"), &work, theirs);
        let kept = site.db.tenant(tenant).find::<instance::Entity>().count().await?;
        ensure!(kept == u64::from(INSTANCES), "{kept} instances are kept");
        accounts::sync_now(&site.db, tenant, site.clock.now() - Span::seconds(1), account).await?;
    }
    Ok(())
}

async fn account(site: &Site, tenant: TenantId, fake: &Fake) -> anyhow::Result<ContaboAccountId> {
    let credentials = Credentials {
        client_id: fake.client_id.clone(),
        client_secret: SecretString::from(fake.client_secret.as_str()),
        username: fake.user.clone(),
        password: SecretString::from(fake.password.as_str()),
    };
    let (actor, now) = (Actor::system("bench"), site.clock.now());
    let name = "main account".to_owned();
    Ok(accounts::create(&site.db, &site.keyring, tenant, &actor, now, name, &credentials).await?)
}

fn row(table: &mut Table, who: &str, work: &Work, theirs: f64) {
    let all = work.cpu + work.cpu_asked.unwrap_or_default();
    let each = all.as_secs_f64() / work.done as f64;
    let asked = |cpu: Duration| format!("{:.2}", millis(cpu) / 1e3);
    table.row([
        who.to_owned(),
        format!("{:.1}", work.wall.as_secs_f64()),
        asked(work.cpu),
        work.cpu_asked.map_or_else(|| "–".to_owned(), asked),
        format!("{:.3}", each * 1e3),
        format!("{:.2}", each / theirs),
    ]);
}

fn script(fake: &Fake) -> anyhow::Result<Said> {
    let output = Command::new("python3")
        .args(["-c", include_str!("plain.py"), &fake.api, &fake.sign_in])
        .args([&fake.client_id, &fake.client_secret, &fake.user, &fake.password])
        .stderr(std::process::Stdio::inherit())
        .output()?;
    ensure!(output.status.success(), "the script failed");
    let said: Said = serde_json::from_slice(&output.stdout)?;
    ensure!(
        said.instances == INSTANCES,
        "the script read {} instances",
        said.instances
    );
    Ok(said)
}
