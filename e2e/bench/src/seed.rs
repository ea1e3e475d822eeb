//! What is measured upon: a provider with routers, links, people and a past, made through the server's own parts.

use std::path::Path;

use anyhow::Context;
use chrono::{DateTime, Duration, Utc};
use entity::{
    ClientId, InstanceId, LinkId, RouterId, SlaProfileId, SlaProfileVersionId, Tenant, TenantId, account, client,
    instance, link, link_state, router, sample, sla_profile, sla_profile_version, tenant,
};
use fakes::traffic::{Both, Latency, Shape, Traffic};
use sea_orm::{ActiveValue::Set, ColumnTrait, sea_query::Expr};
use secrecy::SecretString;
use server::{
    clock::Clock,
    commands::demo,
    config::{Given, Settings},
    domain::{
        audit::Actor,
        contabo::accounts::{self, Credentials},
        identity::{Appointer, ClientRole, NewPerson, StaffRole},
        links::{
            retention,
            slot::{Sample, SampleState, Slot},
            store,
        },
    },
    site::Site,
    work::collector::password_place,
};

pub(crate) const PASSWORD: &str = "measured-with-care";
pub(crate) const STAFF_MAIL: &str = "alice@bench.example";
pub(crate) const CLIENT_MAIL: &str = "dana@bench.example";

/// How many routers the pages know, and how many links on each.
const ROUTERS: usize = 10;
const LINKS_EACH: usize = 10;

/// Days of samples that one link has.
const DAYS: i32 = 30;

/// How a router is reached.
#[derive(Clone, Debug, serde::Deserialize)]
pub(crate) struct Reached {
    pub(crate) address: std::net::SocketAddr,
    pub(crate) name: String,
    pub(crate) user: String,
    pub(crate) password: String,
}

/// The settings of a process that is measured: those of an installation, with the fake routers on loopback let in.
pub(crate) fn settings(data: &Path, url: &str) -> anyhow::Result<Settings> {
    let given = Given {
        data: Some(data.to_owned()),
        database_url: Some(url.to_owned()),
        listen: Some(crate::child::free_address()?),
        ..Given::default()
    };
    Ok(Settings {
        allow_loopback: true,
        ..Settings::from_given(given)?
    })
}

/// Opens the database at `url`, with its schema.
pub(crate) async fn open(data: &Path, url: &str) -> anyhow::Result<Site> {
    open_at(data, url, Clock::system()).await
}

/// The same with Contabo elsewhere.
pub(crate) async fn open_with_contabo(data: &Path, url: &str, api: &str, sign_in: &str) -> anyhow::Result<Site> {
    let mut settings = settings(data, url)?;
    settings.contabo.api = api.parse()?;
    settings.contabo.sign_in = sign_in.parse()?;
    Site::open(settings, Clock::system(), true).await
}

/// The same with another time.
pub(crate) async fn open_at(data: &Path, url: &str, clock: Clock) -> anyhow::Result<Site> {
    Site::open(settings(data, url)?, clock, true).await
}

/// A hundred links on ten routers, all up, one of them with a past; a staff user and a client user. Gives the link
/// with the past.
pub(crate) async fn pages(site: &Site) -> anyhow::Result<LinkId> {
    let (client, fleet) = network(site, &nowhere(ROUTERS)?, LINKS_EACH, 300).await?;
    let first = *fleet.links.first().context("there are links")?;
    let newest = states(site, &fleet).await?;
    let slots = newest.number() - DAYS * 288 + 1..=newest.number();
    let past = slots.map(|number| store::to_row(fleet.tenant, first, &sample(Slot::from_number(number), 0)));
    let rows = site.db.begin(fleet.tenant).await?;
    rows.insert_all::<sample::Entity, _>(past.collect::<Vec<_>>()).await?;
    rows.commit().await?;
    servers(site, fleet.tenant, client).await?;
    people(site, fleet.tenant, client).await?;
    Ok(first)
}

/// A hundred servers that the client has.
async fn servers(site: &Site, tenant: TenantId, client: ClientId) -> anyhow::Result<()> {
    let now = site.clock.now();
    let credentials = Credentials {
        client_id: "INT-1".to_owned(),
        client_secret: SecretString::from("secret"),
        username: "bench@example.net".to_owned(),
        password: SecretString::from("secret"),
    };
    let (actor, name) = (Actor::system("bench"), "main account".to_owned());
    let account = accounts::create(&site.db, &site.keyring, tenant, &actor, now, name, &credentials).await?;
    let server = |number: u32| instance::ActiveModel {
        id: Set(InstanceId::new()),
        contabo_account_id: Set(account),
        contabo_id: Set(201_000_000 + i64::from(number)),
        name: Set(format!("vmi{}", 1_000_000 + number)),
        display_name: Set(format!("web-{number:03}")),
        status: Set("running".to_owned()),
        error_message: Set(None),
        details: Set(serde_json::json!({
            "product_id": "V154", "product_name": "Cloud VPS 6", "product_type": "ssd", "region": "EU",
            "region_name": "European Union", "data_center": "European Union 1", "os_type": "Linux",
            "default_user": "root", "cpu_cores": 6, "ram": 12_288, "disk": 204_800,
            "ipv4": {"ip": format!("198.51.100.{number}"), "prefix": 24, "gateway": "198.51.100.254"},
            "ipv6": {"ip": format!("2001:db8:40:{number}::1"), "prefix": 64, "gateway": "fe80::1"},
        })),
        client_id: Set(Some(client)),
        assigned_at: Set(Some(now)),
        locked_because: Set(None),
        cancels_on: Set(None),
        status_since: Set(None),
        first_seen_at: Set(now),
        gone_at: Set(None),
        snapshots_read_at: Set(None),
        seq: Set(1),
        ..Default::default()
    };
    let rows = site.db.begin(tenant).await?;
    rows.insert_all((1..=100).map(server)).await?;
    rows.servers_changed().await?;
    rows.commit().await?;
    Ok(())
}

/// Routers that nobody reaches.
pub(crate) fn nowhere(routers: usize) -> anyhow::Result<Vec<Reached>> {
    (0..routers)
        .map(|number| {
            Ok(Reached {
                address: "127.0.0.1:9".parse()?,
                name: format!("edge-{number:04}"),
                user: "mainstay".to_owned(),
                password: "secret".to_owned(),
            })
        })
        .collect()
}

/// A provider with its links, by router.
#[derive(Debug)]
pub(crate) struct Fleet {
    pub(crate) tenant: TenantId,
    pub(crate) links: Vec<LinkId>,
}

/// The given routers, with so many links on each, not asked yet.
pub(crate) async fn fleet(
    site: &Site,
    routers: &[Reached],
    links_each: usize,
    poll_seconds: i32,
) -> anyhow::Result<Fleet> {
    let (_, fleet) = network(site, routers, links_each, poll_seconds).await?;
    Ok(fleet)
}

/// All links as a poll has just found them; gives the slot of their newest samples.
pub(crate) async fn states(site: &Site, fleet: &Fleet) -> anyhow::Result<Slot> {
    let now = site.clock.now();
    let newest = Slot::from_instant(now).plus(-1);
    let states = (0..).zip(&fleet.links);
    let states = states.map(|(seed, link)| state(*link, &sample(newest, seed), now));
    let rows = site.db.begin(fleet.tenant).await?;
    rows.insert_all::<link_state::Entity, _>(states.collect::<Vec<_>>())
        .await?;
    rows.commit().await?;
    Ok(newest)
}

async fn network(
    site: &Site,
    routers: &[Reached],
    links_each: usize,
    poll_seconds: i32,
) -> anyhow::Result<(ClientId, Fleet)> {
    let long_ago = site.clock.now() - Duration::days(500);
    let tenant = TenantId::new();
    let provider = tenant::Model {
        id: tenant,
        slug: "bench".to_owned(),
        name: "Bench Networks".to_owned(),
        host: None,
        zone: "Europe/Berlin".to_owned(),
        poll_seconds,
        accent: None,
        second_colour: None,
        logo: None,
        private_ranges: None,
        sample_months: retention::DEFAULT_MONTHS,
        currency: "EUR".to_owned(),
        created_at: long_ago,
    };
    let rows = site.db.begin_with_new_tenant(provider).await?;
    let profile = profile(&rows, long_ago).await?;
    let client = ClientId::new();
    rows.insert::<client::Entity, _>(client::ActiveModel {
        id: Set(client),
        name: Set("Harbour Hotels".to_owned()),
        reference: Set(Some("C-1001".to_owned())),
        notes: Set(String::new()),
        created_at: Set(long_ago),
        archived_at: Set(None),
        ..Default::default()
    })
    .await?;
    let mut links = Vec::new();
    for (number, reached) in routers.iter().enumerate() {
        let id = RouterId::new();
        let password = SecretString::from(reached.password.as_str());
        let sealed = site.keyring.seal(password_place(tenant, id), &password)?;
        rows.insert_all([router_row(id, reached, sealed, long_ago)]).await?;
        let of_router = (1..=links_each).map(|place| {
            let link = link_row(number, place, client, id, profile, long_ago);
            links.push(*link.id.as_ref());
            link
        });
        let of_router: Vec<_> = of_router.collect();
        rows.insert_all(of_router).await?;
    }
    rows.config_changed().await?;
    rows.commit().await?;
    Ok((client, Fleet { tenant, links }))
}

fn router_row(id: RouterId, reached: &Reached, sealed: Vec<u8>, long_ago: DateTime<Utc>) -> router::ActiveModel {
    router::ActiveModel {
        id: Set(id),
        name: Set(reached.name.clone()),
        site: Set("Berlin, Lützowstraße".to_owned()),
        host: Set(reached.address.ip().to_string()),
        port: Set(i32::from(reached.address.port())),
        tls: Set(router::TlsMode::Off),
        pin_sha256: Set(None),
        ca_pem: Set(None),
        username: Set(reached.user.clone()),
        password_sealed: Set(sealed),
        allow_challenge: Set(true),
        code_page: Set("windows-1252".to_owned()),
        listen: Set(true),
        enabled: Set(true),
        created_at: Set(long_ago),
        archived_at: Set(None),
        ..Default::default()
    }
}

/// As the fake router number `number` has its interfaces and ping targets.
fn link_row(
    number: usize,
    place: usize,
    client: ClientId,
    router: RouterId,
    profile: SlaProfileId,
    long_ago: DateTime<Utc>,
) -> link::ActiveModel {
    let interface = format!("ether{place}");
    link::ActiveModel {
        id: Set(LinkId::new()),
        client_id: Set(client),
        router_id: Set(router),
        name: Set(format!("Harbour Hotels · site {number}-{place}")),
        reference: Set(Some(format!("NW-{}", 20_000 + number * 100 + place))),
        kind: Set("ILL".to_owned()),
        interface_name: Set(interface.clone()),
        interface_id: Set(None),
        default_name: Set(Some(interface)),
        faces: Set(link::Faces::Customer),
        committed_down_bps: Set(500_000_000),
        committed_up_bps: Set(500_000_000),
        sla_profile_id: Set(Some(profile)),
        ping_target: Set(Some(format!("10.{}.{}.{place}", number / 256 % 256, number % 256))),
        activated_at: Set(Some(long_ago)),
        deactivated_at: Set(None),
        created_at: Set(long_ago),
        archived_at: Set(None),
        ..Default::default()
    }
}

async fn profile(rows: &Tenant<'_>, long_ago: DateTime<Utc>) -> anyhow::Result<SlaProfileId> {
    let id = SlaProfileId::new();
    rows.insert::<sla_profile::Entity, _>(sla_profile::ActiveModel {
        id: Set(id),
        name: Set("Gold".to_owned()),
        current_version: Set(1),
        created_at: Set(long_ago),
        archived_at: Set(None),
        ..Default::default()
    })
    .await?;
    rows.insert::<sla_profile_version::Entity, _>(sla_profile_version::ActiveModel {
        id: Set(SlaProfileVersionId::new()),
        sla_profile_id: Set(id),
        version: Set(1),
        uptime_micropercent: Set(99_950_000),
        latency_us: Set(Some(20_000)),
        jitter_us: Set(None),
        loss_micropercent: Set(Some(500_000)),
        service_hours: Set(None),
        unreachable_is: Set(sla_profile_version::UnreachableIs::Unknown),
        disabled_is: Set(sla_profile_version::DisabledIs::Excluded),
        measured_by: Set(sla_profile_version::MeasuredBy::Slots),
        percentile_of: Set(sla_profile_version::PercentileOf::Greater),
        credit_tiers: Set(None),
        credit_most_micropercent: Set(None),
        created_at: Set(long_ago),
        created_by: Set(None),
        ..Default::default()
    })
    .await?;
    Ok(id)
}

/// What a link did in a slot, by the demo's noise. The same seed and slot give the same sample; each link is down for
/// forty minutes in some days of a month.
pub(crate) fn sample(slot: Slot, seed: u64) -> Sample {
    let day = slot.number().div_euclid(288) as u64;
    if (seed + day).is_multiple_of(17) && (100..108).contains(&slot.number().rem_euclid(288)) {
        let mut sample = Sample::new(slot, SampleState::Down);
        sample.probes_sent = 5;
        return sample;
    }
    let traffic = Traffic {
        seed,
        shape: Shape::Office,
        ceiling_bps: Both {
            rx: 500_000_000,
            tx: 500_000_000,
        },
        utc_offset_minutes: 60,
        growth: None,
    };
    let latency = Latency {
        seed,
        base_us: 3_900,
        jitter_us: 1_300,
        loss_ppm: 500,
        shape: Shape::Office,
        utc_offset_minutes: 60,
    };
    demo::sample(slot, &traffic, &latency)
}

fn state(link: LinkId, sample: &Sample, now: DateTime<Utc>) -> link_state::ActiveModel {
    let rate = |octets: Option<u64>| Set(octets.and_then(|octets| i64::try_from(octets * 8 / 300).ok()));
    link_state::ActiveModel {
        link_id: Set(link),
        state: Set(sample::LinkCondition::Up),
        since: Set(now - Duration::days(20)),
        known: Set(None),
        edge_at: Set(None),
        problem: Set(None),
        slot: Set(Some(i64::from(sample.slot.number()))),
        sampled_at: Set(Some(now)),
        rx_bps: rate(sample.counters.rx_octets),
        tx_bps: rate(sample.counters.tx_octets),
        rates_at: Set(Some(now)),
        latency_us: Set(sample.latency.and_then(|latency| i32::try_from(latency.avg_us).ok())),
        sent: Set(Some(5)),
        received: Set(i32::try_from(sample.probes_received).ok()),
        reading: Set(None),
        seq: Set(0),
        ..Default::default()
    }
}

async fn people(site: &Site, tenant: TenantId, client: ClientId) -> anyhow::Result<()> {
    let by = Appointer {
        actor: Actor::system("bench"),
        role: StaffRole::Owner,
    };
    let person = |mail: &str, name: &str| NewPerson {
        mail: mail.to_owned(),
        name: name.to_owned(),
        password: PASSWORD.to_owned(),
        zone: None,
    };
    let identity = &site.identity;
    identity
        .create_staff_user(tenant, &by, person(STAFF_MAIL, "Alice Berger"), StaffRole::Owner)
        .await?;
    identity
        .create_client_user(
            tenant,
            &by,
            &[client],
            person(CLIENT_MAIL, "Dana Novak"),
            ClientRole::Owner,
        )
        .await?;
    let nobody_must = [(account::Column::MustChangePassword, Expr::value(false))];
    let rows = site.db.tenant(tenant);
    rows.update_where::<account::Entity>(account::Column::Id.is_not_null(), nobody_must)
        .await?;
    Ok(())
}
