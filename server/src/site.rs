//! What every part of the running program shares: settings, clock, database, key ring and figures.

use std::{
    net::SocketAddr,
    sync::{Arc, OnceLock},
};

use entity::{Db, tenant};
use paper::Fonts;
use uuid::Uuid;

use crate::{
    clock::Clock,
    config::Settings,
    database,
    domain::{
        board::Board,
        identity::{Identity, Passwords},
        links::{history::History, recent::RecentPast, trend::Trends},
    },
    folder,
    keyring::{Keyring, MasterKey},
    metrics::Metrics,
    web::{self, Requests, Streams, tenant::Directory},
    work::{
        contabo::Clients,
        health::Health,
        mail::{Mailer, route},
        runner::{Nudge, Stop},
    },
};

/// The running installation. Clones share it.
#[derive(Clone, Debug)]
pub struct Site(Arc<Parts>);

/// The parts of a [`Site`], each set once at the start.
#[derive(Debug)]
pub struct Parts {
    /// What was asked for.
    pub settings: Settings,
    /// The time, for everything.
    pub clock: Clock,
    /// All rows.
    pub db: Db,
    /// What every link and router is now.
    pub board: Board,
    /// What cards and lists show of the past.
    pub recent: RecentPast,
    /// What graphs show of it.
    pub history: History,
    /// Where the use of links is going.
    pub trends: Trends,
    /// Fonts of what is printed.
    pub fonts: Fonts,
    /// People: who they are and what they may do.
    pub identity: Identity,
    /// Whose site a request is for.
    pub tenants: Directory,
    /// Seals secrets at rest.
    pub keyring: Keyring,
    /// Figures for machines.
    pub metrics: Metrics,
    /// What is counted of requests.
    pub requests: Requests,
    /// Which pages hold a stream of changes.
    pub streams: Streams,
    /// How the workers of this process fare.
    pub health: Health,
    /// Connections to mail servers.
    pub mailer: Mailer,
    /// Clients of Contabo, one an account.
    pub contabo: Clients,
    /// Where this process answers, once it does: what links lead to where no public URL is set.
    pub answers_at: OnceLock<SocketAddr>,
    /// Tells workers and open streams to end.
    pub stop: Stop,
    /// Wakes the worker of the job queue.
    pub jobs: Nudge,
    /// Wakes the worker that sends mails.
    pub mails: Nudge,
    /// This process among those on the same database: the holder of its leases.
    pub process: Uuid,
}

impl std::ops::Deref for Site {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}

impl Site {
    /// Opens the database, brings its schema up to date if `migrate`, and opens the key ring.
    ///
    /// # Errors
    /// When one of them can't be opened; the message says which and what to do.
    pub async fn open(settings: Settings, clock: Clock, migrate: bool) -> anyhow::Result<Self> {
        use anyhow::Context as _;
        if settings.database_url.starts_with("sqlite:") {
            folder::create_private(&settings.data)
                .with_context(|| format!("the data folder {} can't be made", settings.data.display()))?;
        }
        // A mistake in it shall be seen at the start, and not by the first mail.
        route::installation(&settings.smtp)?;
        let db = database::open(&settings.database_url, settings.database_connections)
            .await
            .context("the database can't be opened: check its URL and that it runs")?;
        if migrate {
            database::migrate(&db)
                .await
                .context("the schema can't be brought up to date")?;
        }
        let master = MasterKey::read_or_create(&settings.master_key_file)?;
        let keyring = Keyring::open(&db, &master, clock.now()).await?;
        let passwords = Passwords::new(settings.password_cost)?;
        let (metrics, health) = (Metrics::new(), Health::default());
        metrics.register(|registry| registry.register_collector(health.figures()));
        Ok(Self(Arc::new(Parts {
            requests: Requests::register(&metrics),
            streams: Streams::register(&metrics),
            identity: Identity::new(db.clone(), clock.clone(), passwords),
            tenants: Directory::new(db.clone(), settings.default_tenant.clone()),
            fonts: Fonts::load(&settings.font_folders),
            contabo: Clients::new(settings.contabo.clone()),
            settings,
            clock,
            board: Board::new(db.clone()),
            recent: RecentPast::new(db.clone()),
            history: History::new(db.clone()),
            trends: Trends::new(db.clone()),
            db,
            keyring,
            metrics,
            health,
            mailer: Mailer::default(),
            answers_at: OnceLock::new(),
            stop: Stop::default(),
            jobs: Nudge::default(),
            mails: Nudge::default(),
            process: Uuid::now_v7(),
        })))
    }

    /// Scheme, host and port under which visitors find the tenant's site, for links that are no answer to a request.
    #[must_use]
    pub fn origin_of(&self, tenant: &tenant::Model) -> String {
        let at = self.answers_at.get().copied().unwrap_or(self.settings.listen);
        let asked_for = match &tenant.host {
            Some(host) => format!("{host}:{}", at.port()),
            None if at.ip().is_unspecified() => format!("localhost:{}", at.port()),
            None => at.to_string(),
        };
        web::origin(self.settings.public_url.as_deref(), tenant.host.as_deref(), &asked_for)
    }
}
