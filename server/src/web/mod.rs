//! What the binary answers over HTTP: routes, guards, forms, pages.
//!
//! Handlers take their needs as extractors, call one domain function and answer a page or a redirect. The rules are in
//! `domain`, the markup is in the `app` crate, the socket is opened in `startup`.

pub mod area;
mod context;
pub mod error;
pub mod form;
pub mod guard;
mod headers;
pub mod page;
pub mod route;
pub mod routes;
mod same_origin;
pub mod session;
pub mod tenant;

mod account;
mod home;
mod operator;

use actix_web::{
    middleware::from_fn,
    web::{self, ServiceConfig},
};
use entity::Db;
use ipnet::IpNet;

use crate::{
    clock::Clock,
    domain::identity::{Cost, Identity, Passwords, passwords::HashError},
};

pub use error::Error;
pub use page::{Page, see_other};

/// What handlers need beside the request. One for all threads.
#[derive(Clone, Debug)]
pub struct State {
    pub db: Db,
    pub clock: Clock,
    pub identity: Identity,
    pub tenants: tenant::Directory,
    pub settings: Settings,
}

/// What the installation's settings mean for requests.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// How visitors reach the portal, without a slash at the end; none: whatever host they ask for.
    pub public_url: Option<String>,
    /// Whose forwarded headers are believed.
    pub trusted_proxies: Vec<IpNet>,
}

impl Settings {
    /// Whether visitors come by https: then cookies are for https alone.
    #[must_use]
    pub fn is_secure(&self) -> bool {
        self.public_url
            .as_deref()
            .is_some_and(|url| url.starts_with("https://"))
    }
}

impl State {
    /// For this database; a password's hash costs `cost`.
    ///
    /// # Errors
    /// When argon2 refuses the cost.
    pub fn new(db: Db, clock: Clock, settings: Settings, cost: Cost) -> Result<Self, HashError> {
        Ok(Self {
            identity: Identity::new(db.clone(), clock.clone(), Passwords::new(cost)?),
            tenants: tenant::Directory::new(db.clone()),
            db,
            clock,
            settings,
        })
    }
}

/// All routes with all that stands before them. `startup` puts the log of requests and compression around it.
pub fn configure(state: web::Data<State>) -> impl FnOnce(&mut ServiceConfig) {
    // The last `wrap` is the outermost.
    let site = web::scope("")
        .app_data(web::FormConfig::default().limit(form::MOST_BYTES))
        .wrap(from_fn(session::keep))
        .wrap(from_fn(same_origin::check))
        .wrap(from_fn(error::show))
        .wrap(from_fn(context::provide))
        .wrap(from_fn(headers::add))
        .configure(routes::register)
        .default_service(web::to(home::not_found));
    move |config| {
        config.app_data(state).service(site);
    }
}
