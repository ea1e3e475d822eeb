//! What staff set up, as the collector needs it: how a router is reached and which of its interfaces are links.

use std::{collections::HashMap, sync::Arc};

use entity::{LinkId, RouterId, TenantId, link, router, router::TlsMode, tenant};
use routeros::{CodePage, Credentials, Login, Options, Target, Timeouts, Tls};
use sea_orm::{ColumnTrait, DbErr, EntityTrait, ExprTrait, PaginatorTrait, QueryFilter};
use secrecy::ExposeSecret;
use serde::{Deserialize, Serialize};
use std::time::Duration;

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
    pub(super) links: Vec<LinkSetup>,
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
    /// ask that was not asked before.
    pub(super) fn is_news(&self, old: &Self) -> bool {
        self.access != old.access || self.links.iter().any(|link| !old.links.contains(link))
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

/// What the tenant's routers may be connected to, and how often they are polled.
pub(super) async fn of_tenant(site: &Site, id: TenantId) -> Result<Option<(tenant::Model, Arc<AddressPolicy>)>, DbErr> {
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

/// All routers of the tenant that are to be polled.
pub(super) async fn load(site: &Site, id: TenantId) -> Result<HashMap<RouterId, Arc<Setup>>, DbErr> {
    let Some((tenant, addresses)) = of_tenant(site, id).await? else {
        return Ok(HashMap::new());
    };
    let rows = site.db.tenant(id);
    let now = site.clock.now();
    let mut links: HashMap<RouterId, Vec<LinkSetup>> = HashMap::new();
    let all = rows
        .find::<link::Entity>()
        .filter(link::Column::ArchivedAt.is_null())
        .filter(
            link::Column::DeactivatedAt
                .is_null()
                .or(link::Column::DeactivatedAt.gt(now)),
        )
        .all();
    for link in all.await? {
        links.entry(link.router_id).or_default().push(LinkSetup {
            id: link.id,
            interface: Chosen {
                id: link.interface_id,
                name: link.interface_name,
                default_name: link.default_name,
            },
            ping_target: link.ping_target.filter(|target| !target.is_empty()),
        });
    }
    let routers = rows
        .find::<router::Entity>()
        .filter(router::Column::Enabled.eq(true))
        .filter(router::Column::ArchivedAt.is_null())
        .all()
        .await?;
    let setups = routers.into_iter().map(|router| {
        let setup = Setup {
            tenant: id,
            router: router.id,
            access: Access::of(&router, &addresses),
            schedule: Schedule::new(router.id, tenant.poll_seconds),
            links: links.remove(&router.id).unwrap_or_default(),
        };
        (router.id, Arc::new(setup))
    });
    Ok(setups.collect())
}
