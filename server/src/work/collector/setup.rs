//! What staff set up, as the collector needs it: how a router is reached and which of its interfaces are links.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
    time::Duration,
};

use chrono::{DateTime, Utc};
use entity::{
    LinkId, RouterId, Tenant, TenantId, link, link_state, router, router::TlsMode, router_state, router_state::Reach,
    sample::LinkCondition, tenant,
};
use routeros::{CodePage, Credentials, Login, Options, Target, Timeouts, Tls};
use sea_orm::{ColumnTrait, DbErr, EntityTrait, ExprTrait, FromQueryResult, PaginatorTrait, QueryFilter};
use secrecy::ExposeSecret;
use serde::{Deserialize, Serialize};

use super::{Key, schedule::Schedule, trouble::Trouble};
use crate::{domain::addresses::AddressPolicy, keyring::Place, site::Site};

/// Shorter than the client's own, so that a poll has time to connect anew and ask again.
const TIMEOUTS: Timeouts = Timeouts {
    resolve: Duration::from_secs(3),
    connect: Duration::from_secs(5),
    tls: Duration::from_secs(5),
    login: Duration::from_secs(5),
    write: Duration::from_secs(5),
    idle: Duration::from_secs(8),
    whole: Duration::from_secs(25),
    cancel: Duration::from_secs(5),
};

/// One router with its links.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Setup {
    pub(super) tenant: TenantId,
    pub(super) router: RouterId,
    pub(super) access: Access,
    pub(super) schedule: Schedule,
    /// Whether it is to tell of changes beside the polls.
    pub(super) listen: bool,
    /// Whether it is to be polled. One that is not is here only until what is stored of it says so.
    pub(super) enabled: bool,
    pub(super) links: Vec<LinkSetup>,
    /// Links of it that are polled no more, of which a state is stored that nobody knows any longer.
    pub(super) left: Vec<LinkSetup>,
}

/// How a router is reached. When this changes, the connection is another one.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Access {
    pub(super) host: String,
    pub(super) port: i32,
    pub(super) tls: TlsMode,
    pub(super) pin: Option<Vec<u8>>,
    ca_pem: Option<String>,
    username: String,
    password_sealed: Vec<u8>,
    allow_challenge: bool,
    code_page: String,
    addresses: Arc<AddressPolicy>,
}

/// One link as far as polling goes.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct LinkSetup {
    pub(super) id: LinkId,
    pub(super) interface: Chosen,
    pub(super) ping_target: Option<String>,
}

impl From<link::Model> for LinkSetup {
    fn from(link: link::Model) -> Self {
        Self {
            id: link.id,
            interface: Chosen {
                id: link.interface_id,
                name: link.interface_name,
                default_name: link.default_name,
            },
            ping_target: link.ping_target.filter(|target| !target.is_empty()),
        }
    }
}

/// Which interface staff chose for a link.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Chosen {
    pub(super) id: Option<String>,
    pub(super) name: String,
    pub(super) default_name: Option<String>,
}

impl Setup {
    pub(super) fn key(&self) -> Key {
        (self.tenant, self.router)
    }

    /// Whether a poll should not wait for its turn: the router is reached in another way, or there is something to
    /// ask or to store that was not before.
    pub(super) fn is_news(&self, old: &Self) -> bool {
        let more = |new: &[LinkSetup], old: &[LinkSetup]| new.iter().any(|link| !old.contains(link));
        self.access != old.access
            || self.listen != old.listen
            || more(&self.links, &old.links)
            || more(&self.left, &old.left)
    }
}

impl Access {
    pub(super) fn of(router: &router::Model, addresses: &Arc<AddressPolicy>) -> Self {
        Self {
            host: router.host.clone(),
            port: router.port,
            tls: router.tls,
            pin: router.pin_sha256.clone(),
            ca_pem: router.ca_pem.clone(),
            username: router.username.clone(),
            password_sealed: router.password_sealed.clone(),
            allow_challenge: router.allow_challenge,
            code_page: router.code_page.clone(),
            addresses: addresses.clone(),
        }
    }

    /// Connects and signs in.
    pub(super) async fn connect(&self, site: &Site, (tenant, router): Key) -> Result<routeros::Client, Trouble> {
        let place = password_place(tenant, router);
        let password = site.keyring.open_sealed(place, &self.password_sealed)?;
        let target = Target {
            host: self.host.clone(),
            port: u16::try_from(self.port).map_err(|_| Trouble::Port(self.port))?,
            guard: self.addresses.guard(),
        };
        let tls = match self.tls {
            TlsMode::Off => Tls::Off,
            TlsMode::Ca => Tls::Ca {
                pem: self.ca_pem.clone().unwrap_or_default(),
            },
            TlsMode::Pin => Tls::Pin {
                // A pin of another length matches nothing, rather than being taken for none.
                sha256: (self.pin.as_deref()).map(|pin| pin.try_into().unwrap_or([0; 32])),
            },
        };
        let options = Options {
            timeouts: TIMEOUTS,
            login: match self.allow_challenge {
                true => Login::AnswerChallenge,
                false => Login::RefuseChallenge,
            },
            code_page: CodePage::named(&self.code_page).unwrap_or_default(),
            ..Options::default()
        };
        let credentials = Credentials::new(self.username.as_str(), password.expose_secret());
        let client = Box::pin(routeros::Client::connect(&target, &tls, &credentials, &options)).await?;
        Ok(client)
    }
}

/// Where a router's password is sealed for.
#[must_use]
pub fn password_place(tenant: TenantId, router: RouterId) -> Place {
    Place {
        tenant,
        table: "router",
        column: "password_sealed",
        row: router.0,
    }
}

/// The tenant, and what it may make us connect to.
pub(in crate::work) async fn of_tenant(
    site: &Site,
    id: TenantId,
) -> Result<Option<(tenant::Model, Arc<AddressPolicy>)>, DbErr> {
    #[expect(clippy::disallowed_methods, reason = "tenants belong to no tenant")]
    let connection = site.db.across_tenants();
    let tenants = tenant::Entity::find().count(connection).await?;
    let tenant = tenant::Entity::find()
        .filter(tenant::Column::Id.eq(id))
        .one(connection)
        .await?;
    Ok(tenant.map(|tenant| {
        let addresses = AddressPolicy::of_tenant(&site.settings, &tenant, tenants);
        (tenant, Arc::new(addresses))
    }))
}

/// The set-up of a tenant.
#[derive(Default)]
pub(super) struct Loaded {
    /// All routers that are to be polled, and those that are not, but as they are stored still seem to be: whoever was to
    /// store that they were switched off did not get to it.
    pub(super) routers: HashMap<RouterId, Arc<Setup>>,
    /// When it is another one, though nobody changes it: the next link is no longer in service.
    pub(super) until: Option<DateTime<Utc>>,
}

pub(super) async fn load(site: &Site, id: TenantId) -> Result<Loaded, DbErr> {
    let Some((tenant, addresses)) = of_tenant(site, id).await? else {
        return Ok(Loaded::default());
    };
    let rows = site.db.tenant(id);
    let is_enabled = |router: &router::Model| router.enabled && router.archived_at.is_none();
    let routers = rows.find::<router::Entity>().all().await?;
    let enabled: HashSet<RouterId> = (routers.iter().filter(|router| is_enabled(router)))
        .map(|router| router.id)
        .collect();
    let now = site.clock.now();
    let active = rows
        .find::<link::Entity>()
        .filter(link::Column::ArchivedAt.is_null())
        .filter(
            link::Column::DeactivatedAt
                .is_null()
                .or(link::Column::DeactivatedAt.gt(now)),
        )
        .all()
        .await?;
    let until = active.iter().filter_map(|link| link.deactivated_at).min();
    let mut links: HashMap<RouterId, Vec<LinkSetup>> = HashMap::new();
    let mut polled = HashSet::new();
    for link in active.into_iter().filter(|link| enabled.contains(&link.router_id)) {
        polled.insert(link.id);
        links.entry(link.router_id).or_default().push(link.into());
    }
    let (seen, known) = stored(&rows).await?;
    let mut left: HashMap<RouterId, Vec<LinkSetup>> = HashMap::new();
    for link in rows.get_all::<link::Entity>(known.difference(&polled).copied()).await? {
        left.entry(link.router_id).or_default().push(link.into());
    }
    let setups = routers.into_iter().filter_map(|router| {
        let enabled = is_enabled(&router);
        if !enabled && !seen.contains(&router.id) && !left.contains_key(&router.id) {
            return None;
        }
        let setup = Setup {
            tenant: id,
            router: router.id,
            access: Access::of(&router, &addresses),
            schedule: Schedule::new(router.id, tenant.poll_seconds),
            listen: router.listen,
            enabled,
            links: links.remove(&router.id).unwrap_or_default(),
            left: left.remove(&router.id).unwrap_or_default(),
        };
        Some((router.id, Arc::new(setup)))
    });
    Ok(Loaded {
        routers: setups.collect(),
        until,
    })
}

/// The routers and the links of which a state is stored.
async fn stored(rows: &Tenant<'_>) -> Result<(HashSet<RouterId>, HashSet<LinkId>), DbErr> {
    #[derive(FromQueryResult)]
    struct Seen {
        router_id: RouterId,
    }
    #[derive(FromQueryResult)]
    struct Known {
        link_id: LinkId,
    }
    let seen = rows
        .find::<router_state::Entity>()
        .filter(router_state::Column::Reach.ne(Reach::New))
        .columns::<Seen>([router_state::Column::RouterId])
        .await?;
    let known = rows
        .find::<link_state::Entity>()
        .filter(link_state::Column::State.ne(LinkCondition::Unknown))
        .columns::<Known>([link_state::Column::LinkId])
        .await?;
    Ok((
        seen.iter().map(|row| row.router_id).collect(),
        known.iter().map(|row| row.link_id).collect(),
    ))
}
