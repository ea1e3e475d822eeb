//! The demo's rows: tenants, people, clients, routers, links and their past. A demo that was started before keeps its
//! rows; only what has happened since is added.

use chrono::{DateTime, Duration, Utc};
use chrono_tz::Tz;
use entity::{
    ClientId, LinkId, MaintenanceWindowId, RouterId, SlaProfileId, SlaProfileVersionId, Tenant, TenantId, account,
    client, link, link_state, maintenance_window, router, sample, sla_profile, sla_profile_version, tenant,
};
use indicatif::ProgressBar;
use sea_orm::{ActiveValue::Set, ColumnTrait, DbErr, EntityTrait, QueryFilter, sea_query::Expr};
use secrecy::SecretString;

use super::{
    cast::{self, MAINTENANCE_NIGHT, Provider},
    fleet::{self, Fake},
    history::{self, Past},
};
use crate::{
    domain::{
        audit::Actor,
        calendar::Month,
        identity::{Appointer, ClientRole, Created, NewPerson, StaffRole},
        links::{retention, slot::Slot, store},
        reports::months,
    },
    site::Site,
    work::{
        self,
        collector::{password_place, stored_reading},
    },
};

/// The password of everybody in the demo.
pub(super) const PASSWORD: &str = "let-me-look-around";

/// A provider that is there, with when its demo began.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ready {
    pub(super) tenant: TenantId,
    pub(super) begun: DateTime<Utc>,
}

/// Finds the tenant of `provider`, or makes it with all its rows but the past.
pub(super) async fn provider(site: &Site, provider: &'static Provider, host: Option<&str>) -> anyhow::Result<Ready> {
    #[expect(clippy::disallowed_methods, reason = "tenants belong to no tenant")]
    let connection = site.db.across_tenants();
    if let Some(row) = tenant::Entity::find()
        .filter(tenant::Column::Slug.eq(provider.slug))
        .one(connection)
        .await?
    {
        return Ok(Ready {
            tenant: row.id,
            begun: row.created_at,
        });
    }
    let begun = site.clock.now();
    let row = tenant::Model {
        id: TenantId::new(),
        slug: provider.slug.to_owned(),
        name: provider.name.to_owned(),
        host: host.map(str::to_owned),
        zone: provider.zone.to_owned(),
        poll_seconds: 300,
        accent: provider.accent.map(str::to_owned),
        second_colour: None,
        logo: None,
        private_ranges: None,
        sample_months: retention::DEFAULT_MONTHS,
        currency: provider.price.0.to_owned(),
        created_at: begun,
    };
    let tenant = row.id;
    let rows = site.db.begin_with_new_tenant(row).await?;
    set_up(site, &rows, provider, begun).await?;
    rows.config_changed().await?;
    rows.commit().await?;
    Ok(Ready { tenant, begun })
}

async fn set_up(
    site: &Site,
    rows: &Tenant<'static>,
    provider: &'static Provider,
    begun: DateTime<Utc>,
) -> anyhow::Result<()> {
    let long_ago = begun - Duration::days(history::DAYS + 30);
    let mut profiles = Vec::new();
    for profile in cast::PROFILES {
        let id = SlaProfileId::new();
        rows.insert::<sla_profile::Entity, _>(sla_profile::ActiveModel {
            id: Set(id),
            name: Set(profile.name.to_owned()),
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
            uptime_micropercent: Set(profile.uptime),
            latency_us: Set(Some(profile.latency_us)),
            jitter_us: Set(None),
            loss_micropercent: Set(Some(profile.loss)),
            service_hours: Set(None),
            unreachable_is: Set(sla_profile_version::UnreachableIs::Unknown),
            disabled_is: Set(sla_profile_version::DisabledIs::Excluded),
            measured_by: Set(sla_profile_version::MeasuredBy::Slots),
            percentile_of: Set(sla_profile_version::PercentileOf::Greater),
            credit_tiers: Set(Some(serde_json::to_value(profile.credits)?)),
            credit_most_micropercent: Set(None),
            created_at: Set(long_ago),
            created_by: Set(None),
            ..Default::default()
        })
        .await?;
        profiles.push((profile.name, id));
    }
    let mut clients = Vec::new();
    for (name, reference) in provider.clients {
        let id = ClientId::new();
        rows.insert::<client::Entity, _>(client::ActiveModel {
            id: Set(id),
            name: Set((*name).to_owned()),
            reference: Set(Some((*reference).to_owned())),
            notes: Set(String::new()),
            created_at: Set(long_ago),
            archived_at: Set(None),
            ..Default::default()
        })
        .await?;
        clients.push((*name, id));
    }
    let find = |list: &[(&'static str, _)], name: &str| list.iter().position(|(known, _)| *known == name);
    for (index, of_cast) in provider.routers.iter().enumerate() {
        let id = RouterId::new();
        rows.insert::<router::Entity, _>(router::ActiveModel {
            id: Set(id),
            name: Set(of_cast.name.to_owned()),
            site: Set(of_cast.site.to_owned()),
            host: Set("127.0.0.1".to_owned()),
            port: Set(9),
            tls: Set(if of_cast.tls {
                router::TlsMode::Pin
            } else {
                router::TlsMode::Off
            }),
            pin_sha256: Set(None),
            ca_pem: Set(None),
            username: Set(fleet::USER.to_owned()),
            password_sealed: Set(site
                .keyring
                .seal(password_place(rows.id(), id), &SecretString::from(fleet::PASSWORD))?),
            allow_challenge: Set(true),
            code_page: Set("windows-1252".to_owned()),
            listen: Set(true),
            enabled: Set(true),
            created_at: Set(long_ago),
            archived_at: Set(None),
            ..Default::default()
        })
        .await?;
        for (place, link) in provider.links_of(of_cast.name).enumerate() {
            let interface = format!("ether{}", fleet::interface_number(place));
            rows.insert::<link::Entity, _>(link::ActiveModel {
                id: Set(LinkId::new()),
                client_id: Set(clients[find(&clients, link.client).unwrap_or(0)].1),
                router_id: Set(id),
                name: Set(link.name.to_owned()),
                reference: Set(Some(link.reference.to_owned())),
                kind: Set(link.kind.to_owned()),
                interface_name: Set(interface.clone()),
                interface_id: Set(None),
                default_name: Set(Some(interface)),
                faces: Set(link::Faces::Customer),
                committed_down_bps: Set(i64::try_from(link.mbit.0 * 1_000_000)?),
                committed_up_bps: Set(i64::try_from(link.mbit.1 * 1_000_000)?),
                sla_profile_id: Set(profiles
                    .iter()
                    .find(|(name, _)| *name == link.profile)
                    .map(|(_, id)| *id)),
                monthly_fee_minor: Set(Some(provider.price.1 * i64::try_from(link.mbit.0)?)),
                ping_target: Set(Some(fleet::ping_target(index, place))),
                // What was before its history would be a month without data.
                activated_at: Set(Some(begun - Duration::days(history::DAYS))),
                deactivated_at: Set(None),
                created_at: Set(long_ago),
                archived_at: Set(None),
                ..Default::default()
            })
            .await?;
        }
    }
    maintenance(
        rows,
        "Core switch replacement",
        begun - Duration::minutes(MAINTENANCE_NIGHT.0),
        MAINTENANCE_NIGHT.1,
    )
    .await?;
    maintenance(rows, "Power work in the data centre", begun + Duration::days(6), 240).await?;
    Ok(())
}

async fn maintenance(rows: &Tenant<'_>, title: &str, starts_at: DateTime<Utc>, minutes: i64) -> Result<(), DbErr> {
    rows.insert::<maintenance_window::Entity, _>(maintenance_window::ActiveModel {
        id: Set(MaintenanceWindowId::new()),
        title: Set(title.to_owned()),
        notes: Set(String::new()),
        starts_at: Set(starts_at),
        ends_at: Set(starts_at + Duration::minutes(minutes)),
        created_by: Set(None),
        created_at: Set(starts_at - Duration::days(7)),
        approved_at: Set(Some(starts_at - Duration::days(7))),
        cancelled_at: Set(None),
        ..Default::default()
    })
    .await
    .map(drop)
}

/// The mail address of somebody at the provider or at its first client.
pub(super) fn mail(provider: &Provider, name: &str) -> String {
    format!("{name}@{}.example", provider.slug)
}

/// Makes the people, those of them that a start before this one did not get to.
pub(super) async fn people(site: &Site, provider: &'static Provider, tenant: TenantId) -> anyhow::Result<()> {
    use crate::domain::identity::Error;
    let unless_there = |made: Result<Created, Error>| match made {
        Ok(_) | Err(Error::MailTaken) => Ok(()),
        Err(error) => Err(error),
    };
    let by = Appointer {
        actor: Actor::system("demo"),
        role: StaffRole::Owner,
    };
    let zone: Option<Tz> = None;
    let person = |mail_name: &str, name: &str| NewPerson {
        mail: mail(provider, mail_name),
        name: name.to_owned(),
        password: PASSWORD.to_owned(),
        zone,
    };
    let identity = &site.identity;
    for (mail, name, role) in [
        ("alice", "Alice Berger", StaffRole::Owner),
        ("bob", "Bob Lindqvist", StaffRole::Viewer),
    ] {
        unless_there(identity.create_staff_user(tenant, &by, person(mail, name), role).await)?;
    }
    let rows = site.db.tenant(tenant);
    let first = rows
        .find::<client::Entity>()
        .filter(client::Column::Name.eq(provider.clients[0].0));
    if let Some(client) = first.one().await? {
        let (clients, dana) = ([client.id], person("dana", "Dana Novak"));
        let made = identity.create_client_user(tenant, &by, &clients, dana, ClientRole::Owner);
        unless_there(made.await)?;
    }
    // Whoever tries the demo need not choose passwords.
    let nobody_must = [(account::Column::MustChangePassword, Expr::value(false))];
    rows.update_where::<account::Entity>(account::Column::Id.is_not_null(), nobody_must)
        .await?;
    Ok(())
}

/// Writes the address of each fake router into its row: one that found its port taken has another.
pub(super) async fn connect(site: &Site, tenant: TenantId, fakes: &[Fake]) -> Result<(), DbErr> {
    let rows = site.db.begin(tenant).await?;
    for fake in fakes {
        let columns = [
            (
                router::Column::Port,
                Expr::value(i32::from(fake.router.address().port())),
            ),
            (
                router::Column::PinSha256,
                Expr::value(fake.router.certificate_sha256().map(|pin| pin.to_vec())),
            ),
        ];
        rows.update_where::<router::Entity>(router::Column::Name.eq(fake.name), columns)
            .await?;
    }
    rows.config_changed().await?;
    rows.commit().await
}

/// Writes what has happened since the newest sample, or in the last 60 days.
pub(super) async fn past(
    site: &Site,
    provider: &'static Provider,
    ready: Ready,
    bar: &ProgressBar,
) -> anyhow::Result<()> {
    let rows = site.db.tenant(ready.tenant);
    let now = Slot::from_instant(site.clock.now());
    let days = i32::try_from(history::DAYS)?;
    for row in rows.find::<link::Entity>().all().await? {
        let Some(link) = provider.links.iter().find(|link| link.name == row.name) else {
            continue;
        };
        let newest = store::newest(&rows, row.id).await?;
        let oldest = now.plus(-days * 288);
        let after = newest.map(|slot| slot.plus(1));
        let first = after.filter(|after| *after > oldest).unwrap_or(oldest);
        let rebooted = provider
            .routers
            .iter()
            .find(|router| router.name == link.router)
            .and_then(|router| router.rebooted);
        let past = Past {
            tenant: ready.tenant,
            id: row.id,
            provider,
            link,
            rebooted,
            begun: ready.begun,
        };
        let last = now.plus(-1);
        bar.set_message(link.name);
        if first <= last {
            past.write(&site.db, first, last, bar).await?;
            // What was counted before the gap would be counted again from there.
            rows.delete_where::<link_state::Entity>(link_state::Column::LinkId.eq(row.id))
                .await?;
            first_state(&rows, &past, &row, last).await?;
        }
    }
    Ok(())
}

/// Begins with the reports of the first month that has something to tell; the workers go on with the others.
pub(super) async fn reports(site: &Site, provider: &Provider, ready: Ready) -> anyhow::Result<()> {
    let zone: Tz = provider.zone.parse()?;
    let first = Month::at(ready.begun - Duration::days(history::DAYS), zone);
    if first <= months::last_due(site.clock.now(), zone) {
        work::reports::begin(&site.db, ready.tenant, first, site.clock.now()).await?;
    }
    Ok(())
}

/// What the link is when the demo begins, until its first poll goes on from there.
async fn first_state(rows: &Tenant<'_>, past: &Past<'_>, link: &link::Model, newest: Slot) -> Result<(), DbErr> {
    let down = past.link.is_down(0);
    let place = past
        .provider
        .links_of(past.link.router)
        .position(|known| known.name == past.link.name);
    let interface = format!("*{:X}", fleet::interface_number(place.unwrap_or(0)));
    let router = rows.get::<router::Entity>(link.router_id).await?;
    let reading = router
        .filter(|_| !down)
        .map(|router| stored_reading(link, &router, past.reading(newest.end(), interface)));
    let rates = (!down).then(|| {
        past.link
            .traffic(past.provider, past.begun)
            .rates_at(newest.end().timestamp_millis())
    });
    let bps = |rate: Option<u64>| Set(rate.and_then(|rate| i64::try_from(rate).ok()));
    rows.insert_all([link_state::ActiveModel {
        tenant_id: Set(rows.id()),
        link_id: Set(past.id),
        state: Set(if down {
            sample::LinkCondition::Down
        } else {
            sample::LinkCondition::Up
        }),
        since: Set(past.since()),
        known: Set(None),
        edge_at: Set(None),
        problem: Set(None),
        slot: Set(Some(i64::from(newest.number()))),
        sampled_at: Set(Some(newest.end())),
        rx_bps: bps(rates.map(|rates| rates.rx)),
        tx_bps: bps(rates.map(|rates| rates.tx)),
        rates_at: Set(rates.map(|_| newest.end())),
        latency_us: Set(None),
        sent: Set(None),
        received: Set(None),
        reading: Set(reading),
        seq: Set(0),
    }])
    .await
}

/// How many samples a start will write at most, for the progress bar.
pub(super) fn samples_of(provider: &Provider) -> u64 {
    provider.links.len() as u64 * history::DAYS.unsigned_abs() * 288
}
