//! `kill -9` in the middle of a cycle: no sample that was stored is gone, and after a new start the polls go on by
//! themselves. Real processes, real routers' servers, real time, but for the leases, which the test ends.
//!
//! And in the middle of sealing, again and again: each sample is there once, in a row or in a block. And in the middle of
//! a month's reports and the mails about them.

#![expect(clippy::unwrap_used, reason = "a test that can't go on fails by panicking")]

mod reports;

use std::{
    collections::BTreeMap,
    env,
    io::{BufRead, BufReader},
    net::SocketAddr,
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use chrono::{DateTime, Utc};
use entity::{
    ClientId, LinkId, RouterId, TenantId, client, day_summary, lease, link, router, router_lease, sample, sample_block,
    tenant,
};
use fakes::router::{Fault, Fleet, FleetSpec, Rule};
use sea_orm::{ActiveValue::Set, ConnectionTrait, EntityTrait, sea_query::Expr};
use secrecy::SecretString;
use server::{
    clock::Clock,
    config::{Given, Settings},
    database,
    domain::links::{
        block::{self, Day, Part},
        days, retention,
        slot::{Counters, Sample, SampleState},
        store,
        totals::Totals,
    },
    site::Site,
    startup::{Application, Parts},
    work::{collector::password_place, runner::Worked, sealing::Sealing},
};

const ROUTERS: usize = 12;
const LINKS: usize = 5;
const USER: &str = "mainstay";
const PASSWORD: &str = "secret";

/// Tells the child where the database is.
const FOLDER: &str = "KILL_TEST_FOLDER";
const DATABASE: &str = "KILL_TEST_DATABASE";

/// Tells the child that seals what time it is.
const NOW: &str = "KILL_TEST_NOW";

/// Longer than a cycle.
const PATIENCE: Duration = Duration::from_secs(150);

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
        Ok(server) => Some(own_database(&server, "polls").await),
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
        user: USER.to_owned(),
        password: PASSWORD.to_owned(),
    };
    let fleet = Fleet::start(&spec, fakes::clock::Clock::system()).await.unwrap();
    // Every other router stops in the middle of its table, so that the kill finds polls half done.
    for router in fleet.routers().iter().skip(1).step_by(2) {
        router.inject(Rule::at("/interface/print", Fault::Hang).after_rows(2));
    }
    let addresses: Vec<_> = fleet.routers().iter().map(|router| router.address()).collect();
    let (tenant, _) = set_up(&site, &addresses).await;

    let first = Collecting::start(folder.path(), url.as_deref());
    let half = ROUTERS / 2 * LINKS;
    until(&site, tenant, "the first half", |samples| samples.len() >= half).await;
    first.kill();
    let before = stored(&site, tenant).await;
    assert_eq!(before.len(), half, "those in the middle of their table left no sample");

    for router in fleet.routers() {
        router.clear();
    }
    end_leases(&site).await;
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

/// As time would do, in a minute.
async fn end_leases(site: &Site) {
    #[expect(clippy::disallowed_methods, reason = "leases are the processes', not a tenant's")]
    let connection = site.db.write_across_tenants();
    let over = Expr::value(DateTime::UNIX_EPOCH);
    let leases = lease::Entity::update_many().col_expr(lease::Column::Until, over.clone());
    leases.exec(connection).await.unwrap();
    let leases = router_lease::Entity::update_many().col_expr(router_lease::Column::Until, over);
    leases.exec(connection).await.unwrap();
}

async fn own_database(server: &str, test: &str) -> String {
    let name = format!("kill_{test}_{}", std::process::id());
    let admin = database::open(server, 1).await.unwrap();
    #[expect(clippy::disallowed_methods, reason = "a database belongs to no tenant")]
    admin
        .write_across_tenants()
        .execute_unprepared(&format!("CREATE DATABASE {name}"))
        .await
        .unwrap();
    format!("{}/{name}", server.rsplit_once('/').unwrap().0)
}

async fn set_up(site: &Site, routers: &[SocketAddr]) -> (TenantId, Vec<LinkId>) {
    let id = TenantId::new();
    let mut links = Vec::new();
    #[expect(
        clippy::disallowed_methods,
        reason = "this test waits for real processes and their real time"
    )]
    let now = Utc::now();
    let row = tenant::Model {
        id,
        slug: "killed".to_owned(),
        name: "Killed".to_owned(),
        host: None,
        zone: "UTC".to_owned(),
        poll_seconds: 60,
        accent: None,
        second_colour: None,
        logo: None,
        private_ranges: None,
        sample_months: retention::DEFAULT_MONTHS,
        currency: "EUR".to_owned(),
        created_at: now,
    };
    let rows = site.db.begin_with_new_tenant(row).await.unwrap();
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
    for (number, address) in routers.iter().enumerate() {
        let router = RouterId::new();
        let password = SecretString::from(PASSWORD);
        let row = router::ActiveModel {
            id: Set(router),
            name: Set(format!("router {number}")),
            site: Set(String::new()),
            host: Set(address.ip().to_string()),
            port: Set(i32::from(address.port())),
            tls: Set(router::TlsMode::Off),
            pin_sha256: Set(None),
            ca_pem: Set(None),
            username: Set(USER.to_owned()),
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
        let ids: Vec<_> = (0..LINKS).map(|_| LinkId::new()).collect();
        let rows_of_links = ids.iter().zip(1..).map(|(id, port)| link::ActiveModel {
            id: Set(*id),
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
        rows.insert_all(rows_of_links.collect::<Vec<_>>()).await.unwrap();
        links.extend(ids);
    }
    rows.config_changed().await.unwrap();
    rows.commit().await.unwrap();
    (id, links)
}

/// Does nothing by itself either: it seals what is due, to be killed meanwhile.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_process_that_is_killed_while_it_seals() {
    let (Ok(folder), Ok(now)) = (env::var(FOLDER), env::var(NOW)) else {
        return;
    };
    let settings = settings(Path::new(&folder), env::var(DATABASE).ok());
    let clock = Clock::fixed(now.parse().unwrap());
    let site = Site::open(settings, clock, false).await.unwrap();
    let sealing = Sealing::new(site);
    println!("\nsealing");
    while let Worked::More = sealing.step().await.unwrap() {}
    println!("\nsealed");
}

/// A process that seals, of which a line of output was read.
struct Sealer {
    child: Child,
    lines: std::io::Lines<BufReader<std::process::ChildStdout>>,
}

impl Sealer {
    fn start(folder: &Path, url: Option<&str>, now: DateTime<Utc>) -> Self {
        let mut command = Command::new(env::current_exe().unwrap());
        command
            .args(["--exact", "the_process_that_is_killed_while_it_seals", "--nocapture"])
            .env(FOLDER, folder)
            .env(NOW, now.to_rfc3339())
            .stdout(Stdio::piped());
        if let Some(url) = url {
            command.env(DATABASE, url);
        }
        let mut child = command.spawn().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        Self { child, lines }
    }

    fn until(&mut self, said: &str) {
        assert!(
            self.lines.any(|line| line.unwrap() == said),
            "it ended without a word of {said}"
        );
    }

    /// SIGKILL: no handler runs.
    fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

/// Days of each link that are to be sealed.
const DAYS: i32 = 48;

const FIRST_DAY: i32 = 20_089;

fn measured(link: usize, day: i32, slot: i32) -> Sample {
    let octets = Some((link as u64 + 1) * 1_000_000 + day.unsigned_abs() as u64 * 7_919 + slot.unsigned_abs() as u64);
    Sample {
        counters: Counters {
            rx_octets: octets,
            ..Counters::default()
        },
        rate_seconds: Some(300),
        ..Sample::new(Day::from_number(day).first_slot().plus(slot), SampleState::Up)
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_is_killed_while_sealing_loses_no_sample_and_doubles_none() {
    let folder = tempfile::tempdir().unwrap();
    let url = match env::var("TEST_DATABASE_URL") {
        Ok(server) => Some(own_database(&server, "seals").await),
        Err(_) => None,
    };
    let site = Site::open(settings(folder.path(), url.clone()), Clock::system(), true)
        .await
        .unwrap();
    let (tenant, links) = set_up(&site, &[([127, 0, 0, 1], 1).into()]).await;
    let rows = site.db.tenant(tenant);
    let last_day = FIRST_DAY + DAYS - 1;
    let mut put_in: Vec<Vec<Sample>> = Vec::new();
    for (number, link) in links.iter().enumerate() {
        let samples = (FIRST_DAY..=last_day).flat_map(|day| (0..288).step_by(9).map(move |slot| (day, slot)));
        let samples: Vec<_> = samples.map(|(day, slot)| measured(number, day, slot)).collect();
        let new = samples.iter().map(|sample| store::to_row(tenant, *link, sample));
        rows.insert_all::<sample::Entity, _>(new.collect::<Vec<_>>())
            .await
            .unwrap();
        put_in.push(samples);
    }
    let is_there = async |put_in: &[Vec<Sample>]| {
        let (first, last) = (Day::from_number(FIRST_DAY), Day::from_number(last_day));
        for (link, put_in) in links.iter().zip(put_in) {
            let there = store::samples(&rows, *link, first.first_slot(), last.last_slot())
                .await
                .unwrap();
            assert_eq!(&there, put_in);
        }
    };

    // A day long: then the lease of whoever was killed has ended before the next begins.
    let mut now = Day::from_number(last_day + 2).first_slot().start();
    let mut halves = 0;
    let mut longest = Duration::from_millis(50);
    let mut blocks_before = 0;
    for round in 0..24_i32 {
        let mut sealer = Sealer::start(folder.path(), url.as_deref(), now);
        sealer.until("sealing");
        // Nothing tells of the steps in a transaction: the moments are spread over several of them.
        std::thread::sleep(longest * (round.unsigned_abs() * 37 % 101) / 100);
        sealer.kill();
        now += chrono::Duration::days(1);
        is_there(&put_in).await;
        let open = rows.find::<sample::Entity>().count().await.unwrap();
        let blocks = rows.find::<sample_block::Entity>().count().await.unwrap();
        halves += usize::from(open > 0 && blocks > 0);
        if open == 0 {
            // Quicker than the killer: there has to be more to do.
            longest /= 2;
            let transaction = site.db.begin(tenant).await.unwrap();
            for link in &links {
                for day in (FIRST_DAY..=last_day).map(Day::from_number) {
                    days::open(&transaction, *link, day).await.unwrap();
                }
            }
            transaction.commit().await.unwrap();
        } else if blocks == blocks_before {
            longest = longest * 3 / 2;
        }
        blocks_before = blocks;

        // What comes late opens a day again, sealed or not.
        let (number, day) = (round as usize % LINKS, FIRST_DAY + round * 7 % DAYS);
        let late = measured(number, day, round + 1 + i32::from((round + 1) % 9 == 0));
        let transaction = site.db.begin(tenant).await.unwrap();
        days::open(&transaction, links[number], Day::from_number(day))
            .await
            .unwrap();
        let row = store::to_row(tenant, links[number], &late);
        transaction.insert_all::<sample::Entity, _>([row]).await.unwrap();
        transaction.commit().await.unwrap();
        put_in[number].push(late);
        put_in[number].sort_by_key(|sample| sample.slot);
    }
    assert!(halves >= 3, "only {halves} of the rounds ended in the middle");

    let mut last = Sealer::start(folder.path(), url.as_deref(), now);
    last.until("sealed");
    last.child.wait().unwrap();
    is_there(&put_in).await;
    assert_eq!(rows.find::<sample::Entity>().count().await.unwrap(), 0);
    let blocks = rows.find::<sample_block::Entity>().all().await.unwrap();
    assert_eq!(blocks.len(), LINKS * DAYS as usize);
    for kept in blocks {
        let day = Day::from_number(kept.day);
        let samples = block::read(&kept.bytes, day, Part::Whole).unwrap();
        assert_eq!(block::digest(&samples).as_slice(), kept.digest);
        assert_eq!(samples.len() as i32, kept.samples);
        let totals = days::totals(&rows, kept.link_id, day, day).await.unwrap();
        assert_eq!((totals.len(), totals[0].sums), (1, Totals::of(&samples)));
    }
    assert_eq!(
        rows.find::<day_summary::Entity>().count().await.unwrap(),
        (LINKS as i32 * DAYS) as u64
    );
}
