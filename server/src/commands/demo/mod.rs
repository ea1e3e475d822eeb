//! `mainstay demo`: everything at once on one machine, with nothing to set up: fake routers, a fake mail server and a
//! fake Contabo on loopback, an SQLite file with two providers and 60 days of history, the portal and every worker.

mod cast;
mod fleet;
mod history;
mod prices;
mod said;
mod servers;
mod setup;

use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
};

use anyhow::Context;
use clap::Args;
use entity::operator;
use fakes::smtp::{MailServer, MailServerSpec};
use indicatif::{ProgressBar, ProgressStyle};
use sea_orm::{EntityTrait, sea_query::Expr};
use serde_json::json;

pub use self::history::sample;
use self::{
    cast::{PROVIDERS, Provider},
    fleet::Places,
    servers::Servers,
};
use crate::{
    clock::Clock,
    config::{Given, LogFormat, Settings, Smtp, SmtpSecurity},
    domain::identity::{self, NewPerson},
    keyring::hex,
    site::Site,
    startup::{Application, Parts},
    telemetry,
};

/// Quiet: the visitor reads the sign-ins, not the log.
const LOG: &str = "warn";

#[derive(Args, Debug)]
pub(super) struct Demo {
    /// Address and port to answer on; port 0 takes any free one
    #[arg(long, default_value = "127.0.0.1:8080", value_name = "ADDRESS:PORT")]
    listen: SocketAddr,
    /// Folder of the demo's database and of what its fake routers keep
    #[arg(long, default_value = "data/demo", value_name = "FOLDER")]
    data: PathBuf,
    /// Database to use instead of an SQLite file in that folder
    #[arg(long, value_name = "URL")]
    database_url: Option<String>,
    /// Write addresses and sign-ins as JSON into this file when everything answers
    #[arg(long, value_name = "FILE")]
    ready_file: Option<PathBuf>,
    /// What to log, as `info,server=debug`
    #[arg(long, default_value = LOG, value_name = "FILTER")]
    log: String,
}

impl Demo {
    pub(super) async fn run(self) -> anyhow::Result<()> {
        telemetry::init(&self.log, LogFormat::Text)?;
        let mails = self.data.join("mail");
        let mail_server = MailServer::start(MailServerSpec {
            keep_in: Some(mails.clone()),
            ..MailServerSpec::default()
        });
        let mail_server = mail_server.await.context("the fake mail server can't start")?;
        let servers = Servers::start(&self.data).await?;
        let site = Site::open(self.settings(&mail_server, &servers)?, Clock::system(), true).await?;
        let total = PROVIDERS.iter().map(setup::samples_of).sum();
        let bar = progress(total);
        let mut places = Places::read(self.data.join("routers.json"));
        let mut fakes = Vec::new();
        for (index, provider) in PROVIDERS.iter().enumerate() {
            // The first provider has every host name that is nobody else's.
            let host = (index > 0).then(|| host(provider));
            let ready = setup::provider(&site, provider, host.as_deref()).await?;
            let started = fleet::start(&mut places, provider, ready.begun, site.clock.now())
                .await
                .context("a fake router can't start")?;
            setup::people(&site, provider, ready.tenant).await?;
            setup::connect(&site, ready.tenant, &started).await?;
            let tenant = ready.tenant;
            setup::past(&site, provider, ready, &bar).await?;
            if index == 0 {
                said::by_staff(&site, tenant).await?;
                servers.set_up(&site, provider, tenant).await?;
            }
            setup::reports(&site, provider, ready).await?;
            fakes.push(started);
        }
        operator(&site).await?;
        bar.finish_and_clear();
        let spare = fleet::start_spare(&mut places)
            .await
            .context("a fake router can't start")?;
        let application = Application::build(site, Parts::All)?;
        let address = application.address();
        welcome(address, &spare, &servers, &mails);
        if let Some(file) = &self.ready_file {
            let text = serde_json::to_string_pretty(&ready(address, &spare, &servers, &mails))?;
            std::fs::write(file, text).with_context(|| format!("{} can't be written", file.display()))?;
        }
        application.run().await?;
        drop((fakes, mail_server, servers));
        Ok(())
    }

    fn settings(&self, mail_server: &MailServer, servers: &Servers) -> anyhow::Result<Settings> {
        let given = Given {
            listen: Some(self.listen),
            data: Some(self.data.clone()),
            database_url: self.database_url.clone(),
            default_tenant: Some(PROVIDERS[0].slug.to_owned()),
            ..Given::default()
        };
        Ok(Settings {
            demo: true,
            allow_loopback: true,
            contabo: servers.options()?,
            smtp: Smtp {
                host: Some(mail_server.address().ip().to_string()),
                port: Some(mail_server.address().port()),
                security: SmtpSecurity::None,
                from: Some("portal@mainstay.example".to_owned()),
                ..Smtp::default()
            },
            ..Settings::from_given(given)?
        })
    }
}

/// Makes the operator, unless the demo was started before.
async fn operator(site: &Site) -> anyhow::Result<()> {
    let person = NewPerson {
        mail: OPERATOR.to_owned(),
        name: "Olga Petrova".to_owned(),
        password: setup::PASSWORD.to_owned(),
        zone: None,
    };
    match site.identity.create_operator(person).await {
        Ok(_) => {
            #[expect(clippy::disallowed_methods, reason = "operators belong to no tenant")]
            let connection = site.db.write_across_tenants();
            operator::Entity::update_many()
                .col_expr(operator::Column::MustChangePassword, Expr::value(false))
                .exec(connection)
                .await?;
            Ok(())
        }
        Err(identity::Error::MailTaken) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

const OPERATOR: &str = "olga@mainstay.example";

fn progress(total: u64) -> ProgressBar {
    let bar = ProgressBar::new(total);
    if let Ok(style) = ProgressStyle::with_template("Writing 60 days of history  {bar:30} {percent}%  {msg}") {
        bar.set_style(style);
    }
    bar
}

fn host(provider: &Provider) -> String {
    format!("{}.localhost", provider.slug)
}

/// How a provider's site is reached from this machine.
fn url(index: usize, provider: &Provider, address: SocketAddr) -> String {
    let shown = if address.ip().is_unspecified() {
        "127.0.0.1".to_owned()
    } else {
        address.ip().to_string()
    };
    let name = if index == 0 { shown } else { host(provider) };
    format!("http://{name}:{}", address.port())
}

/// One sign-in: area, provider, address of the page, mail address.
fn sign_ins(address: SocketAddr) -> Vec<(&'static str, &'static str, String, String)> {
    let mut list = Vec::new();
    for (index, provider) in PROVIDERS.iter().enumerate() {
        let url = url(index, provider, address);
        list.push((
            "portal",
            provider.slug,
            format!("{url}/portal/sign-in"),
            setup::mail(provider, "dana"),
        ));
        list.push((
            "admin",
            provider.slug,
            format!("{url}/admin/sign-in"),
            setup::mail(provider, "alice"),
        ));
    }
    let url = url(0, &PROVIDERS[0], address);
    list.push(("operator", "", format!("{url}/operator/sign-in"), OPERATOR.to_owned()));
    list
}

fn welcome(address: SocketAddr, spare: &fakes::router::Router, servers: &Servers, mails: &Path) {
    println!("Mainstay's demo answers on {}\n", url(0, &PROVIDERS[0], address));
    for (area, slug, url, mail) in sign_ins(address) {
        let who = match area {
            "portal" => "a customer",
            "admin" => "staff",
            _ => "the operator",
        };
        let of = PROVIDERS
            .iter()
            .find(|provider| provider.slug == slug)
            .map_or("", |provider| provider.name);
        println!("  {who:<13} {of:<20} {url}\n{:36} {mail}", "");
    }
    println!("\n  The password is {} for everybody.", setup::PASSWORD);
    println!(
        "  A router to add yourself: host {}, port {}, user {}, password {}\n",
        spare.address().ip(),
        spare.address().port(),
        fleet::USER,
        fleet::PASSWORD
    );
    let account = servers.spare();
    println!(
        "  A Contabo account to add yourself: client ID {}, client secret {}, user {}, password {}\n",
        account.client_id, account.client_secret, account.user, account.password
    );
    println!("  No mail leaves this machine: each is a file in {}\n", mails.display());
    println!("Stop it with Ctrl-C.");
}

fn ready(address: SocketAddr, spare: &fakes::router::Router, servers: &Servers, mails: &Path) -> serde_json::Value {
    let tenants = PROVIDERS.iter().enumerate();
    json!({
        "address": url(0, &PROVIDERS[0], address),
        "tenants": tenants.map(|(index, provider)| json!({
            "slug": provider.slug, "name": provider.name, "url": url(index, provider, address),
        })).collect::<Vec<_>>(),
        "signIns": sign_ins(address).into_iter().map(|(area, tenant, url, mail)| json!({
            "area": area, "tenant": tenant, "url": url, "mail": mail, "password": setup::PASSWORD,
        })).collect::<Vec<_>>(),
        "mailFolder": mails,
        "contabo": servers.ready(),
        "spareRouter": {
            "host": spare.address().ip().to_string(), "port": spare.address().port(),
            "user": fleet::USER, "password": fleet::PASSWORD,
            "sha256": spare.certificate_sha256().map(|sha256| hex(&sha256)),
        },
    })
}
