//! `kill -9` in the middle of a cycle: no sample that was stored is gone, and after a new start the polls go on by
//! themselves. Real processes, real routers' servers, real time: the only test that has to wait for a lease to end.

#![expect(clippy::unwrap_used, reason = "a test that can't go on fails by panicking")]

use std::{
    collections::BTreeMap,
    env,
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use chrono::Utc;
use entity::{ClientId, LinkId, RouterId, TenantId, client, link, pulse, router, sample, tenant};
use fakes::router::{Fault, Fleet, FleetSpec, Rule};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ConnectionTrait};
use secrecy::SecretString;
use server::{
    clock::Clock,
    config::{Given, Settings},
    database,
    site::Site,
    startup::{Application, Parts},
    work::collector::password_place,
};

const ROUTERS: usize = 12;
const LINKS: usize = 5;

/// Tells the child where the database is.
const FOLDER: &str = "KILL_TEST_FOLDER";
const DATABASE: &str = "KILL_TEST_DATABASE";

/// Longer than a lease and a cycle.
const PATIENCE: Duration = Duration::from_secs(200);

fn settings(folder: &Path, url: Option<String>) -> Settings {
    let given = Given {
        listen: Some(([127, 0, 0, 1], 0).into()),
        data: Some(folder.to_owned()),
        database_url: url,
        ..Given::default()
    };
    Settings {
        allow_loopback: true,
        ..Settings::from_given(given).unwrap()
    }
}

/// Does nothing by itself: the other test runs this one in a process of its own, to kill it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_process_that_is_killed() {
    let Ok(folder) = env::var(FOLDER) else { return };
    let settings = settings(Path::new(&folder), env::var(DATABASE).ok());
    let site = Site::open(settings, Clock::system(), false).await.unwrap();
    Application::build(site, Parts::WorkersOnly)
        .unwrap()
        .run()
        .await
        .unwrap();
}

/// A child that is killed when the test ends, however it ends.
struct Collecting(Child);

impl Collecting {
    fn start(folder: &Path, url: Option<&str>) -> Self {
        let mut command = Command::new(env::current_exe().unwrap());
        command
            .args(["--exact", "the_process_that_is_killed"])
            .env(FOLDER, folder)
            .stdout(Stdio::null());
        if let Some(url) = url {
            command.env(DATABASE, url);
        }
        Self(command.spawn().unwrap())
    }

    /// SIGKILL: no handler runs.
    fn kill(mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}

impl Drop for Collecting {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

type Samples = BTreeMap<(LinkId, i64), sample::Model>;

async fn stored(site: &Site, tenant: TenantId) -> Samples {
    let rows = site.db.tenant(tenant).find::<sample::Entity>().all().await.unwrap();
    rows.into_iter().map(|row| ((row.link_id, row.slot), row)).collect()
}

/// Waits until what is stored is as wanted; what another process stores can only be looked for.
async fn until(site: &Site, tenant: TenantId, what: &str, wanted: impl Fn(&Samples) -> bool) -> Samples {
    let begun = Instant::now();
    loop {
        let samples = stored(site, tenant).await;
        if wanted(&samples) {
            return samples;
        }
        assert!(
            begun.elapsed() < PATIENCE,
            "waited in vain for {what}: {} samples",
            samples.len()
        );
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_killed_collector_loses_nothing_and_its_successor_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let url = match env::var("TEST_DATABASE_URL") {
        Ok(server) => Some(own_database(&server).await),
        Err(_) => None,
    };
    let site = Site::open(settings(folder.path(), url.clone()), Clock::system(), true)
        .await
        .unwrap();
    let spec = FleetSpec {
        routers: ROUTERS as u32,
        links: LINKS as u8,
        seed: 9,
        tls: false,
        first_port: 0,
        user: "mainstay".to_owned(),
        password: "secret".to_owned(),
    };
    let fleet = Fleet::start(&spec, fakes::clock::Clock::system()).await.unwrap();
    // Every other router stops in the middle of its table, so that the kill finds polls half done.
    for router in fleet.routers().iter().skip(1).step_by(2) {
        router.inject(Rule::at("/interface/print", Fault::Hang).after_rows(2));
    }
    let tenant = set_up(&site, &fleet, &spec).await;

    let first = Collecting::start(folder.path(), url.as_deref());
    let half = ROUTERS / 2 * LINKS;
    until(&site, tenant, "the first half", |samples| samples.len() >= half).await;
    first.kill();
    let before = stored(&site, tenant).await;
    assert_eq!(before.len(), half, "those in the middle of their table left no sample");

    for router in fleet.routers() {
        router.clear();
    }
    let second = Collecting::start(folder.path(), url.as_deref());
    let after = until(&site, tenant, "the next cycle of all links", |samples| {
        let newest = before.keys().map(|(_, slot)| *slot).max().unwrap_or(0);
        let again = samples
            .values()
            .filter(|row| row.slot > newest || !before.contains_key(&(row.link_id, row.slot)));
        again
            .map(|row| row.link_id)
            .collect::<std::collections::BTreeSet<_>>()
            .len()
            >= ROUTERS * LINKS - half
    })
    .await;
    second.kill();
    for key in before.keys() {
        assert!(after.contains_key(key), "the sample {key:?} is gone");
    }
}

async fn own_database(server: &str) -> String {
    let name = format!("kill_{}", std::process::id());
    let admin = database::open(server, 1).await.unwrap();
    #[expect(clippy::disallowed_methods, reason = "a database belongs to no tenant")]
    admin
        .across_tenants()
        .execute_unprepared(&format!("CREATE DATABASE {name}"))
        .await
        .unwrap();
    format!("{}/{name}", server.rsplit_once('/').unwrap().0)
}

async fn set_up(site: &Site, fleet: &Fleet, spec: &FleetSpec) -> TenantId {
    let id = TenantId::new();
    #[expect(
        clippy::disallowed_methods,
        reason = "this test waits for real processes and their real time"
    )]
    let now = Utc::now();
    #[expect(clippy::disallowed_methods, reason = "tenants belong to no tenant")]
    let connection = site.db.across_tenants();
    tenant::ActiveModel {
        id: Set(id),
        slug: Set("killed".to_owned()),
        name: Set("Killed".to_owned()),
        host: Set(None),
        zone: Set("UTC".to_owned()),
        poll_seconds: Set(60),
        accent: Set(None),
        private_ranges: Set(None),
        created_at: Set(now),
    }
    .insert(connection)
    .await
    .unwrap();
    pulse::ActiveModel {
        tenant_id: Set(id),
        seq: Set(0),
        config_seq: Set(0),
    }
    .insert(connection)
    .await
    .unwrap();
    let rows = site.db.begin(id).await.unwrap();
    let client = ClientId::new();
    let row = client::ActiveModel {
        id: Set(client),
        name: Set("Client".to_owned()),
        reference: Set(None),
        notes: Set(String::new()),
        created_at: Set(now),
        archived_at: Set(None),
        ..Default::default()
    };
    rows.insert::<client::Entity, _>(row).await.unwrap();
    for (number, fake) in fleet.routers().iter().enumerate() {
        let router = RouterId::new();
        let password = SecretString::from(spec.password.clone());
        let row = router::ActiveModel {
            id: Set(router),
            name: Set(format!("router {number}")),
            site: Set(String::new()),
            host: Set(fake.address().ip().to_string()),
            port: Set(i32::from(fake.address().port())),
            tls: Set(router::TlsMode::Off),
            pin_sha256: Set(None),
            ca_pem: Set(None),
            username: Set(spec.user.clone()),
            password_sealed: Set(site.keyring.seal(password_place(id, router), &password).unwrap()),
            allow_challenge: Set(true),
            code_page: Set("windows-1252".to_owned()),
            listen: Set(true),
            enabled: Set(true),
            created_at: Set(now),
            archived_at: Set(None),
            ..Default::default()
        };
        rows.insert::<router::Entity, _>(row).await.unwrap();
        let links = (1..=LINKS).map(|port| link::ActiveModel {
            id: Set(LinkId::new()),
            client_id: Set(client),
            router_id: Set(router),
            name: Set(format!("link {number}/{port}")),
            reference: Set(None),
            kind: Set("ILL".to_owned()),
            interface_name: Set(format!("ether{port}")),
            interface_id: Set(None),
            default_name: Set(None),
            faces: Set(link::Faces::Customer),
            committed_down_bps: Set(100_000_000),
            committed_up_bps: Set(100_000_000),
            sla_profile_id: Set(None),
            ping_target: Set(None),
            activated_at: Set(Some(now - chrono::Duration::hours(1))),
            deactivated_at: Set(None),
            created_at: Set(now),
            archived_at: Set(None),
            ..Default::default()
        });
        rows.insert_all(links.collect::<Vec<_>>()).await.unwrap();
    }
    rows.config_changed().await.unwrap();
    rows.commit().await.unwrap();
    id
}
