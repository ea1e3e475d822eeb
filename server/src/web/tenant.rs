//! Whose site a request is for: by the host that it names, from memory.
//!
//! It says nothing about who asks: that is `guard`.

use std::{
    collections::HashMap,
    future::{Ready, ready},
    sync::{Arc, RwLock},
    time::{Duration, Instant},
};

use actix_web::{FromRequest, HttpMessage, HttpRequest, dev::Payload};
use entity::{Db, Tenant, tenant};
use sea_orm::{DbErr, EntityTrait};
use tokio::sync::Mutex;

use super::{Error, context::Context};

/// How stale the directory may be: a new tenant or another host name is known everywhere after this.
const REFRESH: Duration = Duration::from_secs(5);

/// All tenants, in memory. Clones share it.
#[derive(Clone, Debug)]
pub struct Directory(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    db: Db,
    /// Slug of the tenant that has every other host.
    default: Option<String>,
    known: RwLock<Known>,
    /// One refreshes, the others go on with what is known.
    refreshing: Mutex<()>,
}

#[derive(Clone, Debug, Default)]
struct Known {
    read_at: Option<Instant>,
    by_host: HashMap<String, Arc<tenant::Model>>,
    /// The tenant of every other host: the only one, or the default.
    otherwise: Option<Arc<tenant::Model>>,
}

impl Directory {
    pub(crate) fn new(db: Db, default: Option<String>) -> Self {
        Self(Arc::new(Inner {
            db,
            default,
            known: RwLock::default(),
            refreshing: Mutex::new(()),
        }))
    }

    /// The tenant whose site `host` is; an installation's only or default tenant has every other host.
    pub(super) async fn find(&self, host: &str) -> Result<Option<Arc<tenant::Model>>, DbErr> {
        let (age, found) = self.look_up(host);
        match age {
            Some(age) if age < REFRESH => return Ok(found),
            // Nothing is known yet: everybody waits.
            None => self.refresh_once().await?,
            // What is known serves on while one refreshes; a database that fails is no reason to forget it.
            Some(_) => {
                if let Ok(_alone) = self.0.refreshing.try_lock()
                    && let Err(error) = self.read().await
                {
                    tracing::warn!(
                        error = &error as &dyn std::error::Error,
                        "the tenants could not be read anew"
                    );
                }
            }
        }
        Ok(self.look_up(host).1)
    }

    /// Reads the tenants anew before the next request. To be called after a change of one.
    pub fn forget(&self) {
        if let Ok(mut known) = self.0.known.write() {
            known.read_at = None;
        }
    }

    fn look_up(&self, host: &str) -> (Option<Duration>, Option<Arc<tenant::Model>>) {
        let Ok(known) = self.0.known.read() else {
            return (None, None);
        };
        let age = known.read_at.map(|at| at.elapsed());
        (age, known.by_host.get(host).or(known.otherwise.as_ref()).cloned())
    }

    async fn refresh_once(&self) -> Result<(), DbErr> {
        let _alone = self.0.refreshing.lock().await;
        if self.look_up("").0.is_some() {
            return Ok(());
        }
        self.read().await
    }

    async fn read(&self) -> Result<(), DbErr> {
        #[expect(
            clippy::disallowed_methods,
            reason = "whose site it is must be found out before there is a tenant"
        )]
        let connection = self.0.db.across_tenants();
        let all: Vec<_> = tenant::Entity::find()
            .all(connection)
            .await?
            .into_iter()
            .map(Arc::new)
            .collect();
        let known = Known {
            read_at: Some(Instant::now()),
            otherwise: all
                .iter()
                .find(|tenant| all.len() == 1 || self.0.default.as_ref() == Some(&tenant.slug))
                .cloned(),
            by_host: all
                .into_iter()
                .filter_map(|tenant| Some((tenant.host.clone()?, tenant)))
                .collect(),
        };
        if let Ok(mut place) = self.0.known.write() {
            *place = known;
        }
        Ok(())
    }
}

/// The tenant of the request, with the database as it sees it.
#[derive(Clone, Debug)]
pub struct CurrentTenant {
    pub tenant: Arc<tenant::Model>,
    db: Db,
}

impl CurrentTenant {
    pub(super) fn new(tenant: Arc<tenant::Model>, db: Db) -> Self {
        Self { tenant, db }
    }

    /// The tenant's rows, each statement on its own.
    #[must_use]
    pub fn rows(&self) -> Tenant<'_> {
        self.db.tenant(self.tenant.id)
    }

    /// The tenant's rows in a transaction, lost unless committed.
    ///
    /// # Errors
    /// When no connection can be had in time.
    pub async fn begin(&self) -> Result<Tenant<'static>, DbErr> {
        self.db.begin(self.tenant.id).await
    }

    /// The zone in which the tenant's months and days lie.
    #[must_use]
    pub fn zone(&self) -> chrono_tz::Tz {
        self.tenant.zone.parse().unwrap_or(chrono_tz::UTC)
    }
}

impl FromRequest for CurrentTenant {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let extensions = request.extensions();
        let context = extensions.get::<Arc<Context>>();
        let found = context.and_then(|context| Some((context.tenant.clone()?, context.site.db.clone())));
        ready(found.map(|(tenant, db)| Self::new(tenant, db)).ok_or(Error::NotFound))
    }
}
