//! Settings: flags over environment (`MAINSTAY_…`) over one TOML file over defaults. Read once, then passed on.

use std::{
    fs,
    net::SocketAddr,
    path::{Path, PathBuf},
};

use anyhow::{Context, ensure};
use clap::{Args, ValueEnum};
use contabo::Url;
use ipnet::IpNet;
use secrecy::SecretString;
use serde::Deserialize;
use zeroize::Zeroizing;

use crate::{domain::identity::Cost, telemetry};

/// Settings as they were given, in one of the places where they can be.
#[derive(Args, Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Given {
    /// TOML file with settings; its keys are the long names of the flags, with `_` for `-`
    #[arg(long, env = "MAINSTAY_CONFIG", value_name = "FILE")]
    #[serde(skip)]
    pub config: Option<PathBuf>,
    /// Address and port to answer on
    #[arg(long, env = "MAINSTAY_LISTEN", value_name = "ADDRESS:PORT")]
    pub listen: Option<SocketAddr>,
    /// Folder of the database, the master key and whatever else must last
    #[arg(long, env = "MAINSTAY_DATA", value_name = "FOLDER")]
    pub data: Option<PathBuf>,
    /// `postgres://…` or `sqlite://FILE?mode=rwc`; an SQLite file in the data folder when not given
    #[arg(long, env = "MAINSTAY_DATABASE_URL", value_name = "URL", hide_env_values = true)]
    pub database_url: Option<String>,
    /// File that holds the database's URL, so that its password is in no environment
    #[arg(long, env = "MAINSTAY_DATABASE_URL_FILE", value_name = "FILE")]
    pub database_url_file: Option<PathBuf>,
    /// Connections to the database at most
    #[arg(long, env = "MAINSTAY_DATABASE_CONNECTIONS", value_name = "NUMBER")]
    pub database_connections: Option<u32>,
    /// File of the master key; made in the data folder when not given
    #[arg(long, env = "MAINSTAY_MASTER_KEY_FILE", value_name = "FILE")]
    pub master_key_file: Option<PathBuf>,
    /// How visitors reach the portal, as `https://portal.example.net`; https makes cookies secure
    #[arg(long, env = "MAINSTAY_PUBLIC_URL", value_name = "URL")]
    pub public_url: Option<String>,
    /// Tenant (its slug) whose site every host name is that is no other tenant's
    #[arg(long, env = "MAINSTAY_DEFAULT_TENANT", value_name = "SLUG")]
    pub default_tenant: Option<String>,
    /// Reverse proxies whose forwarded headers are believed (CIDR, comma-separated)
    #[arg(long, env = "MAINSTAY_TRUSTED_PROXIES", value_name = "CIDR", value_delimiter = ',')]
    pub trusted_proxies: Option<Vec<IpNet>>,
    /// Private ranges that every tenant's routers may lie in (CIDR, comma-separated); all of them while the
    /// installation has one tenant
    #[arg(long, env = "MAINSTAY_PRIVATE_RANGES", value_name = "CIDR", value_delimiter = ',')]
    pub private_ranges: Option<Vec<IpNet>>,
    /// File with a token that `/metrics` asks for; without it `/metrics` answers the machine itself only
    #[arg(long, env = "MAINSTAY_METRICS_TOKEN_FILE", value_name = "FILE")]
    pub metrics_token_file: Option<PathBuf>,
    /// Folders with fonts for what is printed, before those of the system (comma-separated)
    #[arg(long, env = "MAINSTAY_FONT_FOLDERS", value_name = "FOLDER", value_delimiter = ',')]
    pub font_folders: Option<Vec<PathBuf>>,
    /// Mail server that sends for every tenant without one of its own; without it such tenants send no mail
    #[arg(long, env = "MAINSTAY_SMTP_HOST", value_name = "HOST")]
    pub smtp_host: Option<String>,
    /// Its port; 587, or 465 with `tls`, or 25 with `none` when not given
    #[arg(long, env = "MAINSTAY_SMTP_PORT", value_name = "PORT")]
    pub smtp_port: Option<u16>,
    /// How the connection to it is encrypted
    #[arg(long, env = "MAINSTAY_SMTP_SECURITY", value_name = "SECURITY")]
    pub smtp_security: Option<SmtpSecurity>,
    /// User to sign in to it as; nobody signs in when not given
    #[arg(long, env = "MAINSTAY_SMTP_USERNAME", value_name = "NAME")]
    pub smtp_username: Option<String>,
    /// File that holds that user's password
    #[arg(long, env = "MAINSTAY_SMTP_PASSWORD_FILE", value_name = "FILE")]
    pub smtp_password_file: Option<PathBuf>,
    /// File with certificates of authorities to believe besides the public ones (PEM)
    #[arg(long, env = "MAINSTAY_SMTP_CA_FILE", value_name = "FILE")]
    pub smtp_ca_file: Option<PathBuf>,
    /// Mail address that mail is sent from
    #[arg(long, env = "MAINSTAY_SMTP_FROM", value_name = "ADDRESS")]
    pub smtp_from: Option<String>,
    /// Where Contabo's API is, for a simulator of it
    #[arg(long, env = "MAINSTAY_CONTABO_API", value_name = "URL")]
    pub contabo_api: Option<String>,
    /// Where tokens for that API are had
    #[arg(long, env = "MAINSTAY_CONTABO_SIGN_IN", value_name = "URL")]
    pub contabo_sign_in: Option<String>,
    /// Threads that answer requests; as many as there are cores when not given
    #[arg(long, env = "MAINSTAY_WEB_THREADS", value_name = "NUMBER")]
    pub web_threads: Option<usize>,
    /// What to log, as `info,server=debug`
    #[arg(long, env = "MAINSTAY_LOG", value_name = "FILTER")]
    pub log: Option<String>,
    /// How to log
    #[arg(long, env = "MAINSTAY_LOG_FORMAT", value_name = "FORMAT")]
    pub log_format: Option<LogFormat>,
}

/// How log lines look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// For people.
    #[default]
    Text,
    /// One JSON object a line.
    Json,
}

/// How the connection to the mail server is kept private.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum SmtpSecurity {
    /// It begins in the open and must become encrypted before anything is said.
    #[default]
    Starttls,
    /// Encrypted from the first octet.
    Tls,
    /// Not at all.
    None,
}

/// The installation's mail server, as far as it was given.
#[derive(Clone, Debug, Default)]
pub struct Smtp {
    pub host: Option<String>,
    pub port: Option<u16>,
    pub security: SmtpSecurity,
    pub username: Option<String>,
    pub password: Option<SecretString>,
    /// Certificates in PEM.
    pub ca_pem: Option<String>,
    pub from: Option<String>,
}

/// Settings with nothing left open.
#[derive(Clone)]
pub struct Settings {
    /// Where to answer; port 0 takes any free one.
    pub listen: SocketAddr,
    /// Where things last.
    pub data: PathBuf,
    /// Which database. May hold a password.
    pub database_url: String,
    /// Connections to it at most.
    pub database_connections: u32,
    /// Where the master key is.
    pub master_key_file: PathBuf,
    /// How visitors reach the portal, without a slash at the end; none: whatever host they ask for.
    pub public_url: Option<String>,
    /// Slug of the tenant that has every host name that is no other tenant's.
    pub default_tenant: Option<String>,
    /// Whose forwarded headers are believed.
    pub trusted_proxies: Vec<IpNet>,
    /// Private ranges open to every tenant's routers.
    pub private_ranges: Vec<IpNet>,
    /// Whether routers on loopback may be asked: in the demo and in tests alone, never by a setting.
    pub allow_loopback: bool,
    /// What hashing a password costs: less in tests alone, never by a setting.
    pub password_cost: Cost,
    /// Whether this is the demo, which has pages for developers.
    pub demo: bool,
    /// What `/metrics` asks for.
    pub metrics_token: Option<String>,
    /// Where fonts are besides the system's folders.
    pub font_folders: Vec<PathBuf>,
    /// The mail server for whoever has none of their own.
    pub smtp: Smtp,
    /// How Contabo is asked.
    pub contabo: contabo::Options,
    /// Threads that answer requests.
    pub web_threads: usize,
    /// What to log.
    pub log: String,
    /// How to log.
    pub log_format: LogFormat,
}

impl std::fmt::Debug for Settings {
    /// Leaves out the database's URL and the token, which may hold secrets.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Settings")
            .field("listen", &self.listen)
            .field("data", &self.data)
            .field("public_url", &self.public_url)
            .field("trusted_proxies", &self.trusted_proxies)
            .field("private_ranges", &self.private_ranges)
            .field("demo", &self.demo)
            .field("web_threads", &self.web_threads)
            .finish_non_exhaustive()
    }
}

impl Settings {
    /// Whether visitors come by https: then cookies are for https alone.
    #[must_use]
    pub fn is_secure(&self) -> bool {
        self.public_url
            .as_deref()
            .is_some_and(|url| url.starts_with("https://"))
    }

    /// What follows from the flags and the environment in `given` and from the file that they name.
    ///
    /// # Errors
    /// When a file can't be read or a value can't be meant.
    pub fn from_given(given: Given) -> anyhow::Result<Self> {
        let file = match &given.config {
            Some(path) => {
                let text = read(path)?;
                toml::from_str::<Given>(&text).with_context(|| format!("{} can't be understood", path.display()))?
            }
            None => Given::default(),
        };
        let data = given
            .data
            .clone()
            .or(file.data.clone())
            .unwrap_or_else(|| PathBuf::from("data"));
        let url = match database_url(&given)? {
            Some(url) => Some(url),
            None => database_url(&file)?,
        };
        let url = url.unwrap_or_else(|| format!("sqlite://{}?mode=rwc", data.join("mainstay.db").display()));
        ensure!(
            url.starts_with("sqlite:") || url.starts_with("postgres:") || url.starts_with("postgresql:"),
            "the database's URL must begin with sqlite: or postgres:"
        );
        let public_url = given
            .public_url
            .or(file.public_url)
            .map(|url| url.trim_end_matches('/').to_owned());
        if let Some(url) = &public_url {
            let host = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
            ensure!(
                host.is_some_and(|host| !host.is_empty() && !host.contains(['/', '?', '#', '@', ' '])),
                "the public URL must be https:// or http:// and a host, without a path"
            );
        }
        let metrics_token = match given.metrics_token_file.or(file.metrics_token_file) {
            Some(path) => {
                let token = read(&path)?.trim().to_owned();
                ensure!(
                    token.len() >= 16,
                    "the token in {} is shorter than 16 characters",
                    path.display()
                );
                Some(token)
            }
            None => None,
        };
        let password = given.smtp_password_file.or(file.smtp_password_file);
        let ca_file = given.smtp_ca_file.or(file.smtp_ca_file);
        let mut contabo = contabo::Options::default();
        if let Some(api) = given.contabo_api.or(file.contabo_api) {
            contabo.api = address(&api)?;
        }
        if let Some(sign_in) = given.contabo_sign_in.or(file.contabo_sign_in) {
            contabo.sign_in = address(&sign_in)?;
        }
        let smtp = Smtp {
            host: given.smtp_host.or(file.smtp_host),
            port: given.smtp_port.or(file.smtp_port),
            security: given.smtp_security.or(file.smtp_security).unwrap_or_default(),
            username: given.smtp_username.or(file.smtp_username),
            password: password.map(|path| secret(&path)).transpose()?,
            ca_pem: ca_file.map(|path| read(&path)).transpose()?,
            from: given.smtp_from.or(file.smtp_from),
        };
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        Ok(Self {
            listen: given
                .listen
                .or(file.listen)
                .unwrap_or_else(|| SocketAddr::from(([127, 0, 0, 1], 8080))),
            database_url: url,
            database_connections: given
                .database_connections
                .or(file.database_connections)
                .unwrap_or(10)
                .max(2),
            master_key_file: given
                .master_key_file
                .or(file.master_key_file)
                .unwrap_or_else(|| data.join("master.key")),
            data,
            public_url,
            default_tenant: given.default_tenant.or(file.default_tenant),
            trusted_proxies: given.trusted_proxies.or(file.trusted_proxies).unwrap_or_default(),
            private_ranges: given.private_ranges.or(file.private_ranges).unwrap_or_default(),
            allow_loopback: false,
            password_cost: Cost::RECOMMENDED,
            demo: false,
            metrics_token,
            font_folders: given.font_folders.or(file.font_folders).unwrap_or_default(),
            smtp,
            contabo,
            web_threads: given.web_threads.or(file.web_threads).unwrap_or(cores).max(1),
            log: given
                .log
                .or(file.log)
                .unwrap_or_else(|| telemetry::DEFAULT_FILTER.to_owned()),
            log_format: given.log_format.or(file.log_format).unwrap_or_default(),
        })
    }
}

/// Given itself or in a file, in one place: either wins over both of what wins less.
fn database_url(given: &Given) -> anyhow::Result<Option<String>> {
    match (&given.database_url, &given.database_url_file) {
        (Some(_), Some(_)) => anyhow::bail!("give the database's URL or a file that holds it, not both"),
        (None, Some(path)) => Ok(Some(read(path)?.trim().to_owned())),
        (url, None) => Ok(url.clone()),
    }
}

/// A secret that is the one line of a file.
fn secret(path: &Path) -> anyhow::Result<SecretString> {
    let text = Zeroizing::new(read(path)?);
    Ok(SecretString::from(text.trim_end_matches(['\r', '\n'])))
}

fn address(typed: &str) -> anyhow::Result<Url> {
    let url = Url::parse(typed).with_context(|| format!("`{typed}` is no address such as https://api.contabo.com"))?;
    ensure!(
        matches!(url.scheme(), "http" | "https") && url.has_host(),
        "`{typed}` is no address such as https://api.contabo.com"
    );
    Ok(url)
}

fn read(path: &Path) -> anyhow::Result<String> {
    fs::read_to_string(path).with_context(|| format!("{} can't be read", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn with_nothing_set_it_runs_on_a_file_in_the_data_folder() {
        let settings = Settings::from_given(Given::default()).unwrap();
        assert_eq!(settings.database_url, "sqlite://data/mainstay.db?mode=rwc");
        assert_eq!(settings.listen.to_string(), "127.0.0.1:8080");
        assert!(!settings.is_secure());
    }

    #[derive(clap::Parser)]
    struct Program {
        #[command(flatten)]
        given: Given,
    }

    /// A setting: its key, a value for a flag and another for the file, and what becomes of it.
    type Row<'v> = (&'static str, &'v str, &'v str, fn(&Settings) -> String);

    #[test]
    fn flags_win_over_the_environment_over_the_file_over_defaults() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| {
            fs::write(folder.path().join(name), text).unwrap();
            folder.path().join(name).display().to_string()
        };
        let (url, other_url) = (write("url", "sqlite://a\n"), write("other-url", "sqlite://b\n"));
        let (token, other_token) = (
            write("token", "aaaaaaaaaaaaaaaa\n"),
            write("other", "bbbbbbbbbbbbbbbb\n"),
        );
        let (secret, other_secret) = (write("secret", "a\n"), write("other-secret", "b\n"));
        let rows: [Row<'_>; 24] = [
            ("listen", "127.0.0.1:1", "127.0.0.1:2", |s| s.listen.to_string()),
            ("data", "/a", "/b", |s| s.data.display().to_string()),
            ("database_url", "sqlite://a", "sqlite://b", |s| s.database_url.clone()),
            ("database_url_file", &url, &other_url, |s| s.database_url.clone()),
            ("database_connections", "3", "4", |s| s.database_connections.to_string()),
            ("master_key_file", "/a", "/b", |s| {
                s.master_key_file.display().to_string()
            }),
            ("public_url", "https://a", "https://b", |s| {
                format!("{:?}", s.public_url)
            }),
            ("default_tenant", "a", "b", |s| format!("{:?}", s.default_tenant)),
            ("trusted_proxies", "10.0.0.0/8", "10.1.0.0/16", |s| {
                format!("{:?}", s.trusted_proxies)
            }),
            ("private_ranges", "10.0.0.0/8", "10.1.0.0/16", |s| {
                format!("{:?}", s.private_ranges)
            }),
            ("metrics_token_file", &token, &other_token, |s| {
                format!("{:?}", s.metrics_token)
            }),
            ("font_folders", "/a", "/b", |s| format!("{:?}", s.font_folders)),
            ("smtp_host", "mail.a", "mail.b", |s| format!("{:?}", s.smtp.host)),
            ("smtp_port", "25", "26", |s| format!("{:?}", s.smtp.port)),
            ("smtp_security", "tls", "none", |s| format!("{:?}", s.smtp.security)),
            ("smtp_username", "a", "b", |s| format!("{:?}", s.smtp.username)),
            ("smtp_password_file", &secret, &other_secret, |s| {
                let password = s.smtp.password.as_ref();
                format!("{:?}", password.map(secrecy::ExposeSecret::expose_secret))
            }),
            ("smtp_ca_file", &secret, &other_secret, |s| {
                format!("{:?}", s.smtp.ca_pem)
            }),
            ("smtp_from", "a@a", "b@b", |s| format!("{:?}", s.smtp.from)),
            ("contabo_api", "http://a/", "http://b/", |s| s.contabo.api.to_string()),
            ("contabo_sign_in", "http://a/", "http://b/", |s| {
                s.contabo.sign_in.to_string()
            }),
            ("web_threads", "31", "32", |s| s.web_threads.to_string()),
            ("log", "debug", "trace", |s| s.log.clone()),
            ("log_format", "json", "text", |s| format!("{:?}", s.log_format)),
        ];
        let command = <Program as clap::CommandFactory>::command();
        let all: Vec<_> = command.get_arguments().map(|arg| arg.get_id().as_str()).collect();
        let rows_with_config = std::iter::once("config").chain(rows.iter().map(|row| row.0));
        assert_eq!(
            all,
            rows_with_config.collect::<Vec<_>>(),
            "each setting is in the table"
        );
        for arg in command.get_arguments() {
            // Which clap reads where there is no flag.
            let variable = format!("MAINSTAY_{}", arg.get_id().as_str().to_uppercase());
            assert_eq!(arg.get_env().unwrap().to_str(), Some(variable.as_str()));
        }

        let settings = |flag: Option<(&str, &str)>, file: Option<(&str, &str)>| {
            let text = file.map_or_else(String::new, |(key, value)| match key {
                "trusted_proxies" | "private_ranges" | "font_folders" => format!("{key} = [\"{value}\"]\n"),
                "database_connections" | "web_threads" | "smtp_port" => format!("{key} = {value}\n"),
                _ => format!("{key} = \"{value}\"\n"),
            });
            let mut arguments = vec![
                "mainstay".to_owned(),
                format!("--config={}", write("mainstay.toml", &text)),
            ];
            arguments.extend(flag.map(|(key, value)| format!("--{}={value}", key.replace('_', "-"))));
            let program = <Program as clap::Parser>::try_parse_from(arguments).unwrap();
            Settings::from_given(program.given)
        };
        for (key, flag, file, shown) in rows {
            let seen = |flag, file| shown(&settings(flag, file).unwrap());
            let by_flag = seen(Some((key, flag)), None);
            let by_file = seen(None, Some((key, file)));
            assert_ne!(by_flag, by_file, "{key}");
            assert_ne!(by_flag, seen(None, None), "{key}");
            assert_eq!(by_flag, seen(Some((key, flag)), Some((key, file))), "{key}");
        }
        // Two ways to give one setting.
        for (flag, file) in [
            (
                ("database_url", "sqlite://a"),
                ("database_url_file", other_url.as_str()),
            ),
            (("database_url_file", url.as_str()), ("database_url", "sqlite://b")),
        ] {
            assert_eq!(settings(Some(flag), Some(file)).unwrap().database_url, "sqlite://a");
        }
        let both = Given {
            database_url: Some("sqlite://a".to_owned()),
            database_url_file: Some(url.into()),
            ..Given::default()
        };
        assert!(Settings::from_given(both).is_err());
    }

    #[test]
    fn the_public_url_is_a_scheme_and_a_host() {
        let settings = |url: &str| {
            Settings::from_given(Given {
                public_url: Some(url.to_owned()),
                ..Given::default()
            })
        };
        let url = settings("https://portal.example.net:8443/").unwrap().public_url;
        assert_eq!(url.as_deref(), Some("https://portal.example.net:8443"));
        for wrong in [
            "portal.example.net",
            "https://",
            "https://portal.example.net/mainstay",
            "ftp://a",
        ] {
            assert!(settings(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_misspelt_key_is_an_error_and_names_it() {
        let file = tempfile::NamedTempFile::new().unwrap();
        fs::write(file.path(), "lisen = \"127.0.0.1:1\"\n").unwrap();
        let given = Given {
            config: Some(file.path().to_owned()),
            ..Given::default()
        };
        let error = format!("{:#}", Settings::from_given(given).unwrap_err());
        assert!(error.contains("lisen"), "{error}");
    }

    #[test]
    fn secrets_are_not_in_the_debug_output() {
        let given = Given {
            database_url: Some("postgres://u:hunter2@h/d".to_owned()),
            ..Given::default()
        };
        let settings = Settings::from_given(given).unwrap();
        assert!(!format!("{settings:?}").contains("hunter2"));
    }
}
