//! The demo's servers: a fake Contabo on loopback, the first provider's account there, and what its clients have of it.
//!
//! The fake forgets what was done when it ends; its account is then again as it was when the demo began.

use std::{
    fs,
    path::Path,
    sync::{Arc, OnceLock},
    time::Duration,
};

use anyhow::Context;
use chrono::{DateTime, Utc};
use contabo::{Options, Rate, Url};
use entity::{ClientId, TenantId, client, job, schedule::Scheduled};
use fakes::{
    clock::Clock as FakeClock,
    contabo::{AccountSpec, Behaviour, ContaboSpec, FakeContabo, Seed},
};
use sea_orm::ColumnTrait;
use secrecy::SecretString;
use serde_json::{Value, json};

use super::{cast::Provider, prices};
use crate::{
    clock::Clock,
    domain::{
        audit::Actor,
        contabo::{
            accounts::{self, Credentials},
            instances,
            schedules::{self, EVERY_DAY, Plan, Times},
        },
    },
    folder,
    site::Site,
    work::{
        contabo::{TellOfServer, sync},
        queue::Job,
    },
};

/// What staff call the account.
const ACCOUNT: &str = "Contabo Europe";

/// Which clients have which servers, by place among the provider's clients; the others are nobody's.
const GIVEN: [(usize, &[&str]); 2] = [
    (0, &["web-01", "web-02", "db-01", "build-01"]),
    (1, &["mail", "office-rdp"]),
];

/// What its client may not touch now, and why.
const LOCKED: (&str, &str) = ("mail", "We are moving this server to larger disks tonight.");

/// What is done to which server for its client, with how many snapshots are kept, the minute of the day on the provider's
/// wall clock, and the days of the week.
const SCHEDULED: [(&str, Scheduled, i32, i32, i32); 3] = [
    ("build-01", Scheduled::Snapshots, 3, 3 * 60 + 30, EVERY_DAY),
    ("build-01", Scheduled::Start, 0, 7 * 60, WORKDAYS),
    ("build-01", Scheduled::Shutdown, 0, 20 * 60, WORKDAYS),
];

const WORKDAYS: i32 = 0b1_1111;

/// The fake, with two accounts: the second is in nobody's list yet, to be added by whoever tries that out.
pub(super) struct Servers {
    fake: FakeContabo,
    accounts: [AccountSpec; 2],
}

impl Servers {
    /// Starts it. Its account is as old as the demo, whose beginning the folder `data` keeps: were it made anew at each start,
    /// every server in it would seem to be another one.
    ///
    /// # Errors
    /// When no port can be had, or the folder can't be written to.
    pub(super) async fn start(data: &Path) -> anyhow::Result<Self> {
        let now = Clock::system().now();
        let begun = begun(data, now)?;
        let accounts = [
            AccountSpec {
                seed: Seed::Demo,
                ..AccountSpec::default()
            },
            AccountSpec {
                client_id: "INT-98765".to_owned(),
                user: "spare@example.net".to_owned(),
                instances: 3,
                ..AccountSpec::default()
            },
        ];
        // Its clock stands at the beginning while its account is made, and goes on from now.
        let made = Arc::new(OnceLock::new());
        let is_made = Arc::clone(&made);
        let clock = FakeClock::from_fn(move || match is_made.get() {
            Some(()) => Clock::system().now().timestamp_millis(),
            None => begun.timestamp_millis(),
        });
        let fake = FakeContabo::start(ContaboSpec {
            clock,
            accounts: accounts.to_vec(),
            // Nor for a server that one orders to see how that is.
            behaviour: Behaviour {
                provision: Duration::from_secs(15),
                install: Duration::from_secs(15),
                ..Behaviour::default()
            },
            ..ContaboSpec::default()
        });
        let fake = fake.await.context("the fake Contabo can't start")?;
        made.get_or_init(|| ());
        Ok(Self { fake, accounts })
    }

    /// Where it is, for the settings.
    ///
    /// # Errors
    /// Never: these are addresses.
    pub(super) fn options(&self) -> anyhow::Result<Options> {
        let usual = Options::default();
        Ok(Options {
            api: Url::parse(&self.fake.api())?,
            sign_in: Url::parse(&self.fake.sign_in())?,
            // Nobody has to be spared, and whoever starts the demo shall not wait.
            rate: Rate {
                per_second: 500.0,
                burst: 500,
                rest: usual.rate.rest,
                patience: usual.rate.patience,
            },
            ..usual
        })
    }

    /// Sets the account up, reads it, and gives some of its servers to clients, unless a start before this one did.
    ///
    /// # Errors
    /// When the database does not answer.
    pub(super) async fn set_up(&self, site: &Site, provider: &Provider, tenant: TenantId) -> anyhow::Result<()> {
        let rows = site.db.tenant(tenant);
        if !accounts::list(&rows).await?.is_empty() {
            return Ok(());
        }
        let (actor, now) = (Actor::system("demo"), site.clock.now());
        let account = &self.accounts[0];
        let credentials = Credentials {
            client_id: account.client_id.clone(),
            client_secret: SecretString::from(account.client_secret.as_str()),
            username: account.user.clone(),
            password: SecretString::from(account.password.as_str()),
        };
        let name = ACCOUNT.to_owned();
        accounts::create(&site.db, &site.keyring, tenant, &actor, now, name, &credentials).await?;
        prices::set_up(site, tenant).await?;
        Box::pin(sync::step(site)).await?;
        site.board.refresh(tenant).await?;
        let board = site.board.snapshot(tenant, now).await?;
        for (place, servers) in GIVEN {
            let Some(client) = client_of(site, provider, tenant, place).await? else {
                continue;
            };
            let given = board.instances.values().filter(|now| servers.contains(&now.title()));
            for server in given {
                let id = server.instance.id;
                instances::assign(&site.db, tenant, &actor, now, id, Some(client)).await?;
                if server.title() == LOCKED.0 {
                    instances::lock(&site.db, tenant, &actor, now, id, LOCKED.1).await?;
                }
                for (_, what, keep, minute, weekdays) in
                    SCHEDULED.into_iter().filter(|(name, ..)| *name == server.title())
                {
                    let times = Times {
                        minute,
                        weekdays,
                        zone: board.zone,
                    };
                    let plan = Plan { what, keep, times };
                    schedules::create(&site.db, tenant, &actor, now, id, Some(client), plan).await?;
                }
            }
        }
        // How it was set up is nothing to write to its people about.
        rows.delete_where::<job::Entity>(job::Column::Kind.eq(TellOfServer::KIND))
            .await?;
        site.board.refresh(tenant).await?;
        Ok(())
    }

    /// What one types to add the second account.
    pub(super) fn spare(&self) -> &AccountSpec {
        &self.accounts[1]
    }

    /// The same for programs.
    pub(super) fn ready(&self) -> Value {
        let spare = self.spare();
        json!({
            "api": self.fake.api(), "signIn": self.fake.sign_in(),
            "account": ACCOUNT,
            "spare": {
                "clientId": spare.client_id, "clientSecret": spare.client_secret,
                "user": spare.user, "password": spare.password,
            },
        })
    }
}

async fn client_of(
    site: &Site,
    provider: &Provider,
    tenant: TenantId,
    place: usize,
) -> anyhow::Result<Option<ClientId>> {
    let Some((name, _)) = provider.clients.get(place) else {
        return Ok(None);
    };
    let rows = site.db.tenant(tenant);
    let found = rows.find::<client::Entity>().filter(client::Column::Name.eq(*name));
    Ok(found.one().await?.map(|row| row.id))
}

/// When the demo in this folder began; now, if it begins with this start.
fn begun(data: &Path, now: DateTime<Utc>) -> anyhow::Result<DateTime<Utc>> {
    let file = data.join("contabo.json");
    let kept = fs::read(&file).ok();
    let kept = kept.and_then(|text| serde_json::from_slice::<DateTime<Utc>>(&text).ok());
    if let Some(begun) = kept.filter(|begun| *begun <= now) {
        return Ok(begun);
    }
    folder::create_private(data)?;
    fs::write(&file, serde_json::to_vec(&now)?)?;
    Ok(now)
}

#[cfg(test)]
mod tests {
    use contabo::{Account, Client, InstanceFilter};

    use super::*;

    async fn listed(servers: &Servers) -> Vec<(i64, String, Option<DateTime<Utc>>)> {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let spec = &servers.accounts[0];
        let account = Account {
            client_id: spec.client_id.clone(),
            client_secret: SecretString::from(spec.client_secret.as_str()),
            user: spec.user.clone(),
            password: SecretString::from(spec.password.as_str()),
        };
        let client = Client::new(account, servers.options().unwrap()).unwrap();
        let found = client.instances().list(&InstanceFilter::default()).await.unwrap();
        assert!(found.len() > 10);
        let seen = found
            .into_iter()
            .map(|one| (one.instance_id.0, one.name, one.created_date));
        seen.collect()
    }

    #[tokio::test]
    async fn the_account_is_as_old_at_the_second_start_as_at_the_first() {
        let folder = tempfile::tempdir().unwrap();
        let before = Clock::system().now() - chrono::Duration::days(3);
        begun(folder.path(), before).unwrap();
        assert_eq!(begun(folder.path(), Clock::system().now()).unwrap(), before);
        let servers = Servers::start(folder.path()).await.unwrap();
        let away = Clock::system().now().timestamp_millis() - servers.fake.now_ms();
        assert!(away.abs() < 10_000, "it is now at the fake Contabo, too: {away} ms");
        let again = Servers::start(folder.path()).await.unwrap();
        assert_eq!(listed(&servers).await, listed(&again).await);
    }
}
