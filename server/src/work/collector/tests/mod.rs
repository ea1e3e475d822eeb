//! The collector against fake routers, on a clock that the tests move. What runs over real sockets is awaited, never
//! slept for.

mod checks;
mod edges;
mod faults;
mod polls;
mod sharing;
mod storing;

use std::{net::SocketAddr, time::Duration};

use chrono::{DateTime, TimeDelta, Utc};
use entity::{
    ClientId, LinkId, RouterId, TenantId, client, link, link_state,
    router::{self, TlsMode},
    router_state, sample, state_change,
};
use fakes::router::{InterfaceSpec, Router, RouterSpec};
use sea_orm::{ActiveValue::Set, ColumnTrait, Order};
use secrecy::SecretString;
use tokio::sync::watch;

use super::{
    Common, claim,
    edges::Listener,
    live::Live,
    router::{Orders, Polled, Poller},
    schedule::Schedule,
    setup,
};
use crate::{
    clock::Clock,
    site::Site,
    testing::{Scratch, open_site, scratch_tenant, scratch_url},
};

/// A whole slot's start, so that tests can count slots.
const START: i64 = 1_795_000_200;

pub(super) fn start() -> DateTime<Utc> {
    DateTime::from_timestamp(START, 0).unwrap()
}

/// An installation with one tenant, on a clock that stands.
pub(super) struct World {
    pub(super) site: Site,
    pub(super) tenant: TenantId,
    client: ClientId,
    url: String,
    _scratch: Scratch,
    _data: tempfile::TempDir,
}

impl World {
    pub(super) async fn new() -> Self {
        Self::at(Clock::fixed(start())).await
    }

    pub(super) async fn at(clock: Clock) -> Self {
        let (url, scratch) = scratch_url().await;
        let data = tempfile::tempdir().unwrap();
        let site = open_site(&url, data.path(), clock).await;
        let tenant = scratch_tenant(&site.db, "one").await;
        let client = client_of(&site, tenant).await;
        Self {
            site,
            tenant,
            client,
            url,
            _scratch: scratch,
            _data: data,
        }
    }

    /// Another process on the same database.
    pub(super) async fn another_process(&self) -> Site {
        open_site(&self.url, self._data.path(), self.site.clock.clone()).await
    }

    /// The fakes' clock is ours.
    pub(super) fn fakes_clock(&self) -> fakes::clock::Clock {
        let clock = self.site.clock.clone();
        fakes::clock::Clock::from_fn(move || clock.now().timestamp_millis())
    }

    pub(super) async fn fake(&self, spec: RouterSpec) -> Router {
        Router::start(spec, self.fakes_clock()).await.unwrap()
    }

    pub(super) fn pass(&self, seconds: i64) {
        self.site.clock.advance(TimeDelta::seconds(seconds));
    }

    /// The id of a router whose turn is minutes away, so that a test of retries does not meet it.
    fn quiet_id(&self) -> RouterId {
        let now = self.site.clock.now();
        loop {
            let id = RouterId::new();
            if Schedule::new(id, 300).next_after(now) - now > TimeDelta::seconds(120) {
                return id;
            }
        }
    }

    pub(super) async fn add_router(&self, address: SocketAddr, tls: TlsMode) -> RouterId {
        let id = self.quiet_id();
        let place = setup::password_place(self.tenant, id);
        let sealed = self.site.keyring.seal(place, &SecretString::from("secret")).unwrap();
        let rows = self.site.db.begin(self.tenant).await.unwrap();
        let row = router::ActiveModel {
            tenant_id: Set(self.tenant),
            id: Set(id),
            name: Set(id.to_string()),
            site: Set(String::new()),
            host: Set(address.ip().to_string()),
            port: Set(address.port().into()),
            tls: Set(tls),
            pin_sha256: Set(None),
            ca_pem: Set(None),
            username: Set("mainstay".to_owned()),
            password_sealed: Set(sealed),
            allow_challenge: Set(true),
            code_page: Set("windows-1252".to_owned()),
            listen: Set(true),
            enabled: Set(true),
            created_at: Set(start()),
            archived_at: Set(None),
        };
        rows.insert_all::<router::Entity, _>([row]).await.unwrap();
        rows.config_changed().await.unwrap();
        rows.commit().await.unwrap();
        id
    }

    pub(super) async fn add_link(&self, router: RouterId, interface: &str, ping: Option<&str>) -> LinkId {
        let id = LinkId::new();
        let rows = self.site.db.begin(self.tenant).await.unwrap();
        let row = link::ActiveModel {
            tenant_id: Set(self.tenant),
            id: Set(id),
            client_id: Set(self.client),
            router_id: Set(router),
            name: Set(id.to_string()),
            reference: Set(None),
            kind: Set("ILL".to_owned()),
            interface_name: Set(interface.to_owned()),
            interface_id: Set(None),
            default_name: Set(None),
            faces: Set(link::Faces::Customer),
            committed_down_bps: Set(100_000_000),
            committed_up_bps: Set(100_000_000),
            sla_profile_id: Set(None),
            monthly_fee_minor: Set(None),
            ping_target: Set(ping.map(str::to_owned)),
            activated_at: Set(Some(start())),
            deactivated_at: Set(None),
            created_at: Set(start()),
            archived_at: Set(None),
        };
        rows.insert_all::<link::Entity, _>([row]).await.unwrap();
        rows.config_changed().await.unwrap();
        rows.commit().await.unwrap();
        id
    }

    /// A router's task without its loop: the test says when it polls.
    pub(super) async fn poller(&self, router: RouterId) -> Held {
        self.poller_of(&self.site, router).await
    }

    /// The same in another process.
    pub(super) async fn poller_of(&self, site: &Site, router: RouterId) -> Held {
        let now = site.clock.now();
        claim::claim(&site.db, site.process, now, &[(self.tenant, router)])
            .await
            .unwrap();
        let common = Common::new(site.clone());
        let setup = setup::load(site, self.tenant).await.unwrap().routers[&router].clone();
        let (orders, taken) = watch::channel(Orders {
            setup: setup.clone(),
            live: Live::default(),
            end: None,
        });
        let poller = Poller::load(common, setup).await.unwrap();
        Held { poller, orders, taken }
    }

    pub(super) async fn samples(&self, link: LinkId) -> Vec<sample::Model> {
        let rows = self.site.db.tenant(self.tenant);
        let samples = rows.find::<sample::Entity>().filter(sample::Column::LinkId.eq(link));
        samples.order_by(sample::Column::Slot, Order::Asc).all().await.unwrap()
    }

    pub(super) async fn link(&self, link: LinkId) -> link_state::Model {
        self.site
            .db
            .tenant(self.tenant)
            .get::<link_state::Entity>(link)
            .await
            .unwrap()
            .unwrap()
    }

    pub(super) async fn router(&self, router: RouterId) -> router_state::Model {
        self.site
            .db
            .tenant(self.tenant)
            .get::<router_state::Entity>(router)
            .await
            .unwrap()
            .unwrap()
    }

    /// `from>to` of a link or, without one, of routers, oldest first.
    pub(super) async fn changes(&self, link: Option<LinkId>) -> Vec<String> {
        let rows = self.site.db.tenant(self.tenant);
        let mine = match link {
            Some(link) => state_change::Column::LinkId.eq(link),
            None => state_change::Column::LinkId.is_null(),
        };
        let found = rows.find::<state_change::Entity>().filter(mine);
        let found = found
            .order_by(state_change::Column::Id, Order::Asc)
            .all()
            .await
            .unwrap();
        found
            .iter()
            .map(|row| format!("{}>{}", row.from_state, row.to_state))
            .collect()
    }
}

pub(super) struct Held {
    pub(super) poller: Poller,
    #[expect(dead_code, reason = "a poll ends when nobody can say stop any more")]
    orders: watch::Sender<Orders>,
    taken: watch::Receiver<Orders>,
}

impl Held {
    pub(super) async fn poll(&mut self) -> Polled {
        let now = self.poller.common.site.clock.now();
        self.poller.poll(now, &mut self.taken).await
    }

    /// Waits for what the router tells, and stores it.
    pub(super) async fn hear(&mut self) {
        let heard = Listener::heard(&mut self.poller.listener);
        let heard = tokio::time::timeout(Duration::from_secs(20), heard).await;
        self.poller.hear(heard.expect("the router tells something")).await;
    }

    /// Whether the router may tell something.
    pub(super) fn is_listening(&self) -> bool {
        self.poller.listener.as_ref().is_some_and(Listener::is_on)
    }

    pub(super) async fn set_up_anew(&mut self) {
        let (site, key) = (self.poller.common.site.clone(), self.poller.setup.key());
        let setup = setup::load(&site, key.0).await.unwrap().routers[&key.1].clone();
        self.poller.set_up(setup).await.unwrap();
    }
}

/// A router with so many silent ports.
pub(super) fn ports(count: u8) -> RouterSpec {
    RouterSpec {
        interfaces: (1..=count).map(InterfaceSpec::ether).collect(),
        ..RouterSpec::new("edge")
    }
}

/// Waits for something in the database, which other tasks write.
pub(super) async fn until<F, Fut>(what: &str, mut is_so: F)
where
    F: FnMut() -> Fut,
    Fut: Future<Output = bool>,
{
    let waited = tokio::time::timeout(Duration::from_secs(20), async {
        let mut look = tokio::time::interval(Duration::from_millis(20));
        while !is_so().await {
            look.tick().await;
        }
    });
    assert!(waited.await.is_ok(), "{what}");
}

async fn client_of(site: &Site, tenant: TenantId) -> ClientId {
    let id = ClientId::new();
    let row = client::ActiveModel {
        tenant_id: Set(tenant),
        id: Set(id),
        name: Set("Customer".to_owned()),
        reference: Set(None),
        notes: Set(String::new()),
        created_at: Set(start()),
        archived_at: Set(None),
    };
    site.db
        .tenant(tenant)
        .insert_all::<client::Entity, _>([row])
        .await
        .unwrap();
    id
}
