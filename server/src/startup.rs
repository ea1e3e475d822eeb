//! From settings to a running program: listens, answers, works, and stops without leaving anything half done.

use std::{
    net::{SocketAddr, TcpListener},
    sync::Arc,
    time::Duration,
};

use actix_web::{
    App, HttpServer,
    dev::{Server, ServerHandle},
    web::Data,
};
use anyhow::Context;

use crate::{
    site::Site,
    web,
    work::{
        announce,
        collector::{self, check::RouterCheck},
        contabo::{self, Act, ActOnThings, PlaceOrder, RotateSnapshots, RunSchedule, TellOfServer},
        housekeeping,
        mail::{Delivery, SendMail},
        maintenance,
        queue::Queue,
        reports::{self, MakeReports, TellClient, TellClients},
        retention,
        runner::{Nudge, Runner},
        sealing::Sealing,
    },
};

/// How long requests that run at a stop may go on, in seconds.
const SHUTDOWN_SECONDS: u64 = 10;

/// How long a connection without a request is kept.
const KEEP_ALIVE: Duration = Duration::from_secs(75);

/// How long a visitor who is still sending after our answer, such as a form that is too large, has to read it.
const READ_ANSWER: Duration = Duration::from_secs(5);

/// Which parts of the program a process runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Parts {
    /// Portal and workers.
    All,
    /// The portal alone (`--no-workers`).
    WebOnly,
    /// The workers and the addresses for machines (`--workers-only`).
    WorkersOnly,
}

/// The program, listening but not yet answering.
pub struct Application {
    site: Site,
    server: Server,
    runner: Runner,
    address: SocketAddr,
}

impl std::fmt::Debug for Application {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Application")
            .field("address", &self.address)
            .finish_non_exhaustive()
    }
}

impl Application {
    /// Binds the address and starts the workers.
    ///
    /// # Errors
    /// When the address is taken.
    pub fn build(site: Site, parts: Parts) -> anyhow::Result<Self> {
        let listen = site.settings.listen;
        let listener = TcpListener::bind(listen)
            .with_context(|| format!("can't listen on {listen}: choose another with --listen"))?;
        let address = listener.local_addr()?;
        // The same site is never built twice; if it were, the first address would do as well.
        let _ = site.answers_at.set(address);
        let data = Data::new(site.clone());
        let server = HttpServer::new(move || {
            App::new()
                .app_data(data.clone())
                .configure(|config| web::configure(config, parts))
        })
        .workers(site.settings.web_threads)
        // Without it, compressed answers wait for the visitor's delayed acknowledgement.
        .tcp_nodelay(true)
        .keep_alive(KEEP_ALIVE)
        .client_disconnect_timeout(READ_ANSWER)
        .shutdown_timeout(SHUTDOWN_SECONDS)
        .disable_signals()
        .listen(listener)?
        .run();
        let runner = workers(&site, parts);
        Ok(Self {
            site,
            server,
            runner,
            address,
        })
    }

    /// Where it listens; with port 0 in the settings, the port that it got.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// What the parts share.
    #[must_use]
    pub fn site(&self) -> &Site {
        &self.site
    }

    /// Answers until SIGTERM, SIGINT or [`crate::work::runner::Stop::stop`], then lets what runs finish.
    ///
    /// # Errors
    /// When the server itself fails.
    pub async fn run(self) -> anyhow::Result<()> {
        let Self {
            site, server, runner, ..
        } = self;
        let waiting = tokio::spawn(stop_on_signal(site.clone(), server.handle()));
        let ended = server.await;
        site.stop.stop();
        runner.finished().await;
        waiting.abort();
        ended.context("the server failed")
    }
}

fn workers(site: &Site, parts: Parts) -> Runner {
    let mut runner = Runner::new(site.clock.clone(), site.health.clone(), site.stop.clone());
    let board = site.clone();
    runner.start("board", Nudge::default(), move || {
        let site = board.clone();
        async move { site.board.step(site.clock.now()).await }
    });
    if parts == Parts::WebOnly {
        return runner;
    }
    let queue = Queue::new(site.db.clone(), site.clock.clone(), site.jobs.clone())
        .until(site.stop.clone())
        .with::<RouterCheck>(site.clone())
        .with::<Act>(site.clone())
        .with::<ActOnThings>(site.clone())
        .with::<PlaceOrder>(site.clone())
        .with::<RunSchedule>(site.clone())
        .with::<RotateSnapshots>(site.clone())
        .with::<TellOfServer>(site.clone())
        .with::<MakeReports>(site.clone())
        .with::<TellClients>(site.clone())
        .with::<TellClient>(site.clone());
    runner.start("jobs", queue.nudge(), move || {
        let queue = queue.clone();
        async move { queue.step().await }
    });
    // Apart from the other jobs: many mails for a slow server shall hold up none of them.
    let mails = Queue::new(site.db.clone(), site.clock.clone(), site.mails.clone())
        .until(site.stop.clone())
        .with::<SendMail>(Delivery::new(site.clone(), reports::files()));
    runner.start("mail", mails.nudge(), move || {
        let queue = mails.clone();
        async move { queue.step().await }
    });
    let tidy = site.clone();
    runner.start("housekeeping", Nudge::default(), move || {
        let site = tidy.clone();
        async move { housekeeping::step(&site).await }
    });
    let ahead = site.clone();
    runner.start("maintenance", Nudge::default(), move || {
        let site = ahead.clone();
        async move { maintenance::step(&site).await }
    });
    let old = site.clone();
    runner.start("retention", Nudge::default(), move || {
        let site = old.clone();
        async move { retention::step(&site).await }
    });
    let planned = site.clone();
    runner.start("announce", Nudge::default(), move || {
        let site = planned.clone();
        async move { announce::step(&site).await }
    });
    let month = site.clone();
    runner.start("reports", Nudge::default(), move || {
        let site = month.clone();
        async move { reports::step(&site).await }
    });
    let servers = site.clone();
    runner.start("contabo", Nudge::default(), move || {
        let site = servers.clone();
        async move { contabo::sync::step(&site).await }
    });
    let sealing = Arc::new(Sealing::new(site.clone()));
    runner.start("sealing", Nudge::default(), move || {
        let sealing = sealing.clone();
        async move { sealing.step().await }
    });
    runner.start_task(collector::run(site.clone()));
    runner
}

async fn stop_on_signal(site: Site, server: ServerHandle) {
    tokio::select! {
        () = terminated() => tracing::info!("asked to stop: finishing what runs"),
        () = site.stop.stopped() => {}
    }
    site.stop.stop();
    server.stop(true).await;
}

async fn terminated() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = tokio::signal::ctrl_c() => {}
            }
            return;
        }
    }
    // Without a handler only a kill stops the program, as it would have without this.
    let _ = tokio::signal::ctrl_c().await;
}
