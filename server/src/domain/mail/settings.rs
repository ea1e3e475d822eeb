//! How a tenant sends its mail: by a server of its own, or by the installation's; under which name.

use chrono::{DateTime, Utc};
use entity::{
    Db, Tenant, TenantId,
    mail_settings::{self, MailSecurity},
};
use lettre::Address;
use sea_orm::{ActiveValue::Set, DbErr};
use secrecy::SecretString;
use serde_json::{Value, json};

use crate::{
    domain::{
        audit::{self, Actor, Subject},
        problem::Problem,
        routers::setup::host,
        typed::{BadText, ChangeError, Checks, Rejected, Typed, line, optional_line},
    },
    keyring::{Keyring, KeyringError, Place},
};

/// What may be wrong with what was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The text itself, the host, or none of the choices.
    Problem(Problem),
    /// No mail address, or one that not every mail server takes.
    NotAnAddress,
    /// The password is kept for the server and user that it was typed for.
    PasswordAgain,
}

impl<P: Into<Problem>> From<P> for Reason {
    fn from(problem: P) -> Self {
        Self::Problem(problem.into())
    }
}

/// Why settings were not changed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// What was typed.
    #[error(transparent)]
    Change(#[from] ChangeError<Reason>),
    /// The password could not be sealed.
    #[error("the password can't be sealed")]
    Keyring(#[from] KeyringError),
}

impl From<DbErr> for Error {
    fn from(error: DbErr) -> Self {
        Self::Change(error.into())
    }
}

/// The value in forms.
#[must_use]
pub fn security_name(security: MailSecurity) -> &'static str {
    match security {
        MailSecurity::Starttls => "starttls",
        MailSecurity::Tls => "tls",
        MailSecurity::None => "none",
    }
}

/// The port that servers have for it, as a rule.
#[must_use]
pub fn usual_port(security: MailSecurity) -> u16 {
    match security {
        MailSecurity::Starttls => 587,
        MailSecurity::Tls => 465,
        MailSecurity::None => 25,
    }
}

/// What is kept; none where nothing was ever changed.
///
/// # Errors
/// When the database does not answer.
pub async fn kept(rows: &Tenant<'_>) -> Result<Option<mail_settings::Model>, DbErr> {
    rows.find::<mail_settings::Entity>().one().await
}

/// Where a tenant's password is sealed for.
#[must_use]
pub fn password_place(tenant: TenantId) -> Place {
    Place {
        tenant,
        table: "mail_settings",
        column: "password_sealed",
        row: tenant.0,
    }
}

/// A mail address that can be written into a header and said to a mail server as it is.
#[must_use]
pub fn address(typed: &str) -> Option<Address> {
    let fits = typed.is_ascii() && typed.len() <= 254 && !typed.contains(['"', '<', '>', ' ']);
    typed.parse().ok().filter(|_| fits)
}

/// Settings as they may be kept.
#[derive(Clone, Debug)]
struct Settings {
    server: Option<Server>,
    from_name: Option<String>,
    reply_to: Option<String>,
}

#[derive(Clone, Debug)]
struct Server {
    host: String,
    port: u16,
    security: MailSecurity,
    username: Option<String>,
    /// None: the one that is kept.
    password: Option<SecretString>,
    from_address: String,
}

/// From the fields `server` (`own` or `installation`), `host`, `port`, `security`, `username`, `password`,
/// `from_address`, `from_name` and `reply_to`.
fn check(typed: &Typed) -> Result<Settings, Rejected<Reason>> {
    let mut checks = Checks::default();
    let server = match typed.get("server") {
        "own" => check_server(typed, &mut checks).map(Some),
        "installation" => Some(None),
        _ => checks.keep("server", Err(Problem::NotAChoice)),
    };
    let from_name = checks.keep("from_name", optional_line(typed.get("from_name"), 120));
    let reply_to = match typed.get("reply_to") {
        "" => Some(None),
        text => checks
            .keep("reply_to", address(text).ok_or(Reason::NotAnAddress))
            .map(Some),
    };
    match (server, from_name, reply_to) {
        (Some(server), Some(from_name), Some(reply_to)) => Ok(Settings {
            server,
            from_name,
            reply_to: reply_to.map(|address| address.to_string()),
        }),
        _ => Err(checks.rejected()),
    }
}

fn check_server(typed: &Typed, checks: &mut Checks<Reason>) -> Option<Server> {
    let host = checks.keep("host", host(typed.get("host")));
    let security = [MailSecurity::Starttls, MailSecurity::Tls, MailSecurity::None]
        .into_iter()
        .find(|security| security_name(*security) == typed.get("security"));
    let security = checks.keep("security", security.ok_or(Problem::NotAChoice));
    let port = match typed.get("port") {
        "" => Some(usual_port(security.unwrap_or_default())),
        text => {
            let port = text.parse().ok().filter(|port: &u16| *port > 0);
            checks.keep("port", port.ok_or(Problem::NotAPort))
        }
    };
    let username = checks.keep("username", optional_line(typed.get("username"), 254));
    let password = match typed.exactly("password") {
        "" => Ok(None),
        long if long.chars().count() > 200 => Err(BadText::TooLong { most: 200 }),
        fine => Ok(Some(SecretString::from(fine))),
    };
    let password = checks.keep("password", password);
    let from = line(typed.get("from_address"), 254).map_err(Reason::from);
    let from = from.and_then(|text| address(&text).ok_or(Reason::NotAnAddress));
    let from_address = checks.keep("from_address", from);
    Some(Server {
        host: host?,
        port: port?,
        security: security?,
        username: username?,
        password: password?,
        from_address: from_address?.to_string(),
    })
}

/// Changes the settings to what was typed.
///
/// # Errors
/// A rejection by field: a server's password must be given again when the server or its user is another one, so that
/// it is sent nowhere that it was not typed for.
pub async fn change(
    db: &Db,
    keyring: &Keyring,
    tenant: TenantId,
    actor: &Actor,
    now: DateTime<Utc>,
    typed: &Typed,
) -> Result<(), Error> {
    let wanted = check(typed).map_err(ChangeError::from)?;
    let rows = db.begin(tenant).await?;
    // It locks the sequence until the commit, so that of two changes at once the second sees the first.
    rows.next_seq().await?;
    let before = kept(&rows).await?;
    let mut row = mail_settings::Model {
        tenant_id: tenant,
        host: None,
        port: None,
        security: MailSecurity::default(),
        username: None,
        password_sealed: None,
        from_address: None,
        from_name: wanted.from_name,
        reply_to: wanted.reply_to,
        changed_at: now,
    };
    if let Some(server) = wanted.server {
        row.host = Some(server.host);
        row.port = Some(i32::from(server.port));
        row.security = server.security;
        row.from_address = Some(server.from_address);
        row.password_sealed = match (&server.username, server.password) {
            (None, _) => None,
            (Some(_), Some(password)) => Some(keyring.seal(password_place(tenant), &password)?),
            (Some(username), None) => {
                let same = before.clone().filter(|old| {
                    let server = (&old.host, old.port, old.security) == (&row.host, row.port, row.security);
                    server && old.username.as_ref() == Some(username)
                });
                let kept = same.and_then(|old| old.password_sealed);
                let again = || ChangeError::from(Rejected::one("password", Reason::PasswordAgain));
                Some(kept.ok_or_else(again)?)
            }
        };
        row.username = server.username;
    }
    let (old, new) = (before.as_ref().map(fields), fields(&row));
    let new_password = row.password_sealed != before.and_then(|old| old.password_sealed);
    let active = mail_settings::ActiveModel {
        tenant_id: Set(tenant),
        host: Set(row.host),
        port: Set(row.port),
        security: Set(row.security),
        username: Set(row.username),
        password_sealed: Set(row.password_sealed),
        from_address: Set(row.from_address),
        from_name: Set(row.from_name),
        reply_to: Set(row.reply_to),
        changed_at: Set(now),
    };
    if old.as_ref() == Some(&new) && !new_password {
        return Ok(());
    }
    rows.upsert_all::<mail_settings::Entity, _>([active], &[]).await?;
    let mut new = new;
    if let (true, Value::Object(fields)) = (new_password, &mut new) {
        fields.insert("password_changed".to_owned(), true.into());
    }
    let subject = Subject {
        kind: "mail settings",
        id: None,
        name: "",
    };
    audit::record(&rows, actor, now, "mail_settings.change", subject, old, Some(new)).await?;
    rows.commit().await?;
    Ok(())
}

fn fields(row: &mail_settings::Model) -> Value {
    json!({
        "host": row.host,
        "port": row.port,
        "tls": row.host.as_ref().map(|_| security_name(row.security)),
        "username": row.username,
        "from_address": row.from_address,
        "from_name": row.from_name,
        "reply_to": row.reply_to,
    })
}
