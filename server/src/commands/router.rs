//! `mainstay router check`: connects to a router, signs in and prints who it is, in the database or before it is added.
//!
//! It ends with 0 and the report, or with 1 and the reason, within 20 seconds.

use std::{path::PathBuf, process::ExitCode};

use anyhow::{Context, bail};
use clap::{Args, Subcommand, ValueEnum};
use entity::router;
use routeros::{Credentials, Tls, fingerprint};
use sea_orm::ColumnTrait;
use secrecy::ExposeSecret;

use super::Format;
use crate::{
    clock::Clock,
    config::Given,
    domain::addresses::AddressPolicy,
    keyring::unhex,
    site::Site,
    work::collector::{
        Trouble,
        check::{AnyGuard, Report, SeenInterface, Unknown, check_address},
        password_place,
    },
};

#[derive(Args, Debug)]
pub(super) struct Router {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Connect, sign in, and print identity, version, resources and interfaces
    Check(Box<Check>),
}

#[derive(Args, Debug)]
struct Check {
    #[command(flatten)]
    given: Given,
    /// Name of a router that is in the database
    #[arg(required_unless_present = "address", conflicts_with = "address")]
    name: Option<String>,
    /// The tenant's short name, where there are several
    #[arg(long, value_name = "SLUG", conflicts_with = "address")]
    tenant: Option<String>,
    /// A router that is in no database
    #[arg(long, value_name = "HOST:PORT", requires_all = ["user", "password_file"])]
    address: Option<String>,
    /// The user to sign in as
    #[arg(long, value_name = "NAME")]
    user: Option<String>,
    /// File with that user's password
    #[arg(long, value_name = "FILE")]
    password_file: Option<PathBuf>,
    /// How to protect the connection
    #[arg(long, default_value = "pin", value_name = "MODE")]
    tls: TlsWord,
    /// SHA-256 of the certificate to expect, in hexadecimal; without it whichever is shown is accepted and printed
    #[arg(long, value_name = "SHA256")]
    pin: Option<String>,
    /// PEM file with the authority that signed the certificate, for `--tls ca`
    #[arg(long, value_name = "FILE", required_if_eq("tls", "ca"))]
    ca_file: Option<PathBuf>,
    /// How to print the report
    #[arg(long, default_value = "text", value_name = "FORMAT")]
    format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum TlsWord {
    /// TLS with one certificate, by its fingerprint
    Pin,
    /// TLS with a certificate of your own authority
    Ca,
    /// No TLS: the password travels in clear
    Off,
}

impl Router {
    pub(super) async fn run(self) -> anyhow::Result<ExitCode> {
        match self.command {
            Command::Check(check) => check.run().await,
        }
    }
}

impl Check {
    async fn run(self) -> anyhow::Result<ExitCode> {
        let format = self.format;
        let outcome = match (&self.address, &self.name) {
            (Some(address), _) => self.unknown(address).await?,
            (None, Some(name)) => self.known(name).await?,
            (None, None) => bail!("give a router's name, or --address with --user and --password-file"),
        };
        match (outcome, format) {
            (Ok(report), Format::Text) => print_text(&report),
            (Ok(report), Format::Json) => println!("{}", serde_json::to_string_pretty(&report)?),
            (Err(trouble), Format::Text) => {
                eprintln!("{trouble} ({})", trouble.code());
                return Ok(ExitCode::FAILURE);
            }
            (Err(trouble), Format::Json) => {
                let error = serde_json::json!({ "code": trouble.code(), "reason": trouble.to_string() });
                println!(
                    "{}",
                    serde_json::to_string_pretty(&serde_json::json!({ "error": error }))?
                );
                return Ok(ExitCode::FAILURE);
            }
        }
        Ok(ExitCode::SUCCESS)
    }

    async fn unknown(&self, address: &str) -> anyhow::Result<Result<Report, Trouble>> {
        let (host, port) = address
            .rsplit_once(':')
            .context("the address lacks its port: give HOST:PORT")?;
        let port = port.parse().with_context(|| format!("{port} is no port"))?;
        let host = host.trim_start_matches('[').trim_end_matches(']');
        let (Some(user), Some(file)) = (&self.user, &self.password_file) else {
            bail!("give --user and --password-file");
        };
        let password = std::fs::read_to_string(file).with_context(|| format!("{} can't be read", file.display()))?;
        let tls = match self.tls {
            TlsWord::Off => {
                eprintln!("Without TLS the password travels in clear: use it inside a VPN only.");
                Tls::Off
            }
            TlsWord::Pin => Tls::Pin {
                sha256: self.pin.as_deref().map(parse_pin).transpose()?,
            },
            TlsWord::Ca => {
                let file = self.ca_file.as_ref().context("give --ca-file")?;
                let pem = std::fs::read_to_string(file).with_context(|| format!("{} can't be read", file.display()))?;
                Tls::Ca { pem }
            }
        };
        let router = Unknown {
            host,
            port,
            tls,
            credentials: Credentials::new(user.as_str(), password.trim_end_matches(['\r', '\n'])),
            guard: AnyGuard(AddressPolicy::of_the_operator().guard()),
        };
        Ok(check_address(router, &Clock::system()).await)
    }

    async fn known(&self, name: &str) -> anyhow::Result<Result<Report, Trouble>> {
        let site = Site::open(super::settings(self.given.clone())?, Clock::system(), false).await?;
        let tenant = super::find_tenant(&site.db, self.tenant.as_deref()).await?;
        let rows = site.db.tenant(tenant);
        let Some(row) = rows
            .find::<router::Entity>()
            .filter(router::Column::Name.eq(name))
            .one()
            .await?
        else {
            bail!("there is no router named {name}");
        };
        let password = site
            .keyring
            .open_sealed(password_place(tenant, row.id), &row.password_sealed)?;
        let tls = match row.tls {
            router::TlsMode::Off => Tls::Off,
            router::TlsMode::Ca => Tls::Ca {
                pem: row.ca_pem.clone().unwrap_or_default(),
            },
            // A pin of another length matches nothing, rather than being taken for none.
            router::TlsMode::Pin => Tls::Pin {
                sha256: row.pin_sha256.as_deref().map(|pin| pin.try_into().unwrap_or([0; 32])),
            },
        };
        let router = Unknown {
            host: &row.host,
            port: u16::try_from(row.port).with_context(|| format!("{} is no port", row.port))?,
            tls,
            credentials: Credentials::new(row.username.as_str(), password.expose_secret()),
            guard: AnyGuard(AddressPolicy::of_the_operator().guard()),
        };
        Ok(check_address(router, &site.clock).await)
    }
}

fn parse_pin(text: &str) -> anyhow::Result<[u8; 32]> {
    let digits: String = text.chars().filter(|character| *character != ':').collect();
    let bytes = unhex(&digits).and_then(|bytes| bytes.try_into().ok());
    bytes.context("the pin is not a SHA-256: give 64 hexadecimal digits")
}

fn print_text(report: &Report) {
    let line = |label: &str, value: String| println!("{label:<14}{value}");
    line("identity", report.identity.clone());
    line("version", report.version.clone());
    line("board", report.board.clone().unwrap_or_else(|| "not told".to_owned()));
    let uptime = report.uptime_seconds;
    line(
        "uptime",
        format!(
            "{} d {} h {} min",
            uptime / 86_400,
            uptime / 3_600 % 24,
            uptime / 60 % 60
        ),
    );
    if let Some(cpu) = report.cpu_percent {
        line("CPU", format!("{cpu} %"));
    }
    if let (Some(free), Some(total)) = (report.memory_free, report.memory_total) {
        line("memory", format!("{} of {} MiB free", free >> 20, total >> 20));
    }
    line("address", report.address.to_string());
    if let Some(certificate) = &report.certificate {
        let shown = unhex(&certificate.sha256).and_then(|bytes| bytes.try_into().ok());
        line(
            "certificate",
            shown.map_or_else(|| certificate.sha256.clone(), |bytes: [u8; 32]| fingerprint(&bytes)),
        );
        line("", certificate.subject.clone());
    }
    println!(
        "\n{:<24} {:<12} {:<9} {:>20} {:>20}  comment",
        "interface", "type", "state", "rx octets", "tx octets"
    );
    for interface in &report.interfaces {
        let count = |octets: Option<u64>| octets.map_or_else(|| "not told".to_owned(), |octets| octets.to_string());
        println!(
            "{:<24} {:<12} {:<9} {:>20} {:>20}  {}",
            interface.name,
            interface.kind.as_deref().unwrap_or(""),
            state(interface),
            count(interface.rx_octets),
            count(interface.tx_octets),
            interface.comment.as_deref().unwrap_or(""),
        );
    }
}

fn state(interface: &SeenInterface) -> &'static str {
    match (interface.disabled, interface.running) {
        (Some(true), _) => "disabled",
        (_, Some(true)) => "running",
        (_, Some(false)) => "down",
        (_, None) => "not told",
    }
}
