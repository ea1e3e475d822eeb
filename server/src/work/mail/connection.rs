//! Connections to mail servers: opened to addresses that the tenant may use, kept for the next mail, thrown away at the
//! first doubt. A connection that was left in the middle of something is never used again, since its answers would be
//! taken for those of the next mail.
//!
//! A server that does not answer is left alone for a while, so that the mails that wait for it hold up no other work.

use std::{
    collections::HashMap,
    net::SocketAddr,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use entity::{TenantId, mail_settings::MailSecurity};
use lettre::{
    address::Envelope,
    transport::smtp::{
        authentication::{Credentials, Mechanism},
        client::{AsyncSmtpConnection, TlsParameters},
        extension::ClientId,
    },
};
use secrecy::ExposeSecret;
use tokio::time::timeout;

use super::route::{Server, certificates};

/// How long it may take until one address answers.
const CONNECT: Duration = Duration::from_secs(10);

/// How long it may take in all until mail can be sent.
const GREET: Duration = Duration::from_secs(30);

/// How long a server may take for one mail. With [`GREET`] less than a job's lease.
const SEND: Duration = Duration::from_secs(60);

/// How long a mail waits for those before it. With what it takes itself less than a job's lease.
const TURN: Duration = Duration::from_secs(25);

/// How long an idle connection may take to show that it lives.
const WAKE: Duration = Duration::from_secs(5);

/// How long a connection is kept without a mail. Servers close idle ones after minutes.
const IDLE: Duration = Duration::from_secs(30);

/// Mails over one connection. Servers have a limit of their own, and answer the next one with 421.
const MAILS: u32 = 50;

/// How long a server is left alone after it did not answer.
const SILENCE: Duration = Duration::from_secs(30);

/// Why a mail was not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// Another try may help: the server is away, busy, greylists, or its settings are wrong.
    Later(String),
    /// The server refuses this mail for good.
    Never(String),
}

/// The connections of this process. Clones share them.
#[derive(Clone, Default)]
pub struct Mailer(Arc<Mutex<HashMap<Option<TenantId>, Known>>>);

impl std::fmt::Debug for Mailer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Mailer")
    }
}

/// What is known of the server of one owner.
#[derive(Default)]
struct Known {
    /// Of which server; with other settings it is all forgotten.
    fingerprint: [u8; 32],
    idle: Vec<Idle>,
    /// Since when it has not answered, and why.
    silent: Option<(Instant, String)>,
    /// Whose turn it is to hand a mail over.
    turn: Arc<tokio::sync::Mutex<()>>,
}

struct Idle {
    connection: AsyncSmtpConnection,
    since: Instant,
    mails: u32,
}

/// The turn to hand a mail to a server, until it is dropped.
pub(super) type Turn = tokio::sync::OwnedMutexGuard<()>;

impl Mailer {
    /// Waits for the turn to hand a mail to `server`. Whoever has it keeps it until it is stored that the mail was taken:
    /// so a process that is killed leaves one mail at most of which nobody knows whether it was.
    ///
    /// # Errors
    /// When others take too long.
    pub(super) async fn turn(&self, server: &Server) -> Result<Turn, Failure> {
        let turn = self.know(server, |known| known.turn.clone());
        let waited = timeout(TURN, turn.lock_owned()).await;
        waited.map_err(|_| Failure::Later("the mail server is busy with other mails".to_owned()))
    }

    /// Sends one mail.
    ///
    /// # Errors
    /// When the server did not take it. After [`Failure::Later`] it may still have: a connection can end between its
    /// taking it and its saying so.
    pub async fn send(&self, server: &Server, envelope: &Envelope, mail: &[u8]) -> Result<(), Failure> {
        let (mut connection, mails) = self.connection(server).await?;
        let sent = timeout(SEND, Box::pin(connection.send(envelope, mail))).await;
        let Ok(sent) = sent else {
            return Err(Failure::Later("the mail server takes too long".to_owned()));
        };
        match sent {
            Ok(_) => {
                if mails + 1 < MAILS {
                    self.keep(server, connection, mails + 1);
                }
                Ok(())
            }
            // What is wrong with the mail itself, as an address in a script that the server does not know.
            Err(error) if error.is_client() => Err(Failure::Never(error.to_string())),
            Err(error) if error.is_permanent() && !is_about_signing_in(&error) => {
                Err(Failure::Never(error.to_string()))
            }
            Err(error) => Err(Failure::Later(error.to_string())),
        }
    }

    /// Connects and signs in, and sends nothing: whether the settings are right.
    ///
    /// # Errors
    /// What is in the way.
    pub async fn try_out(&self, server: &Server) -> Result<(), String> {
        let mut connection = connect(server).await?;
        let _ = timeout(WAKE, connection.quit()).await;
        Ok(())
    }

    async fn connection(&self, server: &Server) -> Result<(AsyncSmtpConnection, u32), Failure> {
        while let Some(mut idle) = self.take(server)? {
            let lives = timeout(WAKE, idle.connection.test_connected()).await;
            if lives == Ok(true) {
                return Ok((idle.connection, idle.mails));
            }
        }
        match connect(server).await {
            Ok(connection) => Ok((connection, 0)),
            Err(reason) => {
                self.know(server, |known| known.silent = Some((Instant::now(), reason.clone())));
                Err(Failure::Later(reason))
            }
        }
    }

    /// A connection that waits, if there is one and the server is not left alone.
    fn take(&self, server: &Server) -> Result<Option<Idle>, Failure> {
        self.know(server, |known| {
            if let Some((since, reason)) = &known.silent
                && since.elapsed() < SILENCE
            {
                return Err(Failure::Later(reason.clone()));
            }
            known.silent = None;
            known.idle.retain(|idle| idle.since.elapsed() < IDLE);
            Ok(known.idle.pop())
        })
    }

    fn keep(&self, server: &Server, connection: AsyncSmtpConnection, mails: u32) {
        let since = Instant::now();
        self.know(server, |known| {
            known.idle.push(Idle {
                connection,
                since,
                mails,
            });
        });
    }

    fn know<T>(&self, server: &Server, then: impl FnOnce(&mut Known) -> T) -> T {
        let fingerprint = server.fingerprint();
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let known = all.entry(server.owner).or_default();
        if known.fingerprint != fingerprint {
            *known = Known {
                fingerprint,
                ..Known::default()
            };
        }
        then(known)
    }
}

/// A refusal of us rather than of the mail: the user, the password, or that there is none.
fn is_about_signing_in(error: &lettre::transport::smtp::Error) -> bool {
    let code = error.status().map(u16::from);
    matches!(code, Some(530 | 534 | 535 | 538))
}

/// A connection over which mail can be sent; or in words why there is none.
async fn connect(server: &Server) -> Result<AsyncSmtpConnection, String> {
    let connecting = timeout(GREET, Box::pin(connect_without_limit(server))).await;
    connecting.unwrap_or_else(|_| Err("the mail server takes too long".to_owned()))
}

async fn connect_without_limit(server: &Server) -> Result<AsyncSmtpConnection, String> {
    let said = |error: lettre::transport::smtp::Error| error.to_string();
    let addresses = allowed(server).await?;
    let hello = ClientId::default();
    let tls = || {
        let mut parameters = TlsParameters::builder(server.host.clone());
        if let Some(pem) = &server.ca_pem {
            for certificate in certificates(pem).map_err(|error| error.to_string())? {
                parameters = parameters.add_root_certificate(certificate);
            }
        }
        parameters.build_rustls().map_err(said)
    };
    let at_once = (server.security == MailSecurity::Tls).then(tls).transpose()?;
    let connecting = AsyncSmtpConnection::connect_tokio1(&addresses[..], Some(CONNECT), &hello, at_once, None);
    let mut connection = connecting.await.map_err(said)?;
    if server.security == MailSecurity::Starttls {
        connection.starttls(tls()?, &hello).await.map_err(said)?;
    }
    if let Some((user, password)) = &server.credentials {
        let credentials = Credentials::new(user.clone(), password.expose_secret().to_owned());
        let mechanisms = [Mechanism::Plain, Mechanism::Login];
        connection.auth(&mechanisms, &credentials).await.map_err(said)?;
    }
    Ok(connection)
}

/// The addresses of the server that may be connected to: judged after resolving, and no other is asked.
async fn allowed(server: &Server) -> Result<Vec<SocketAddr>, String> {
    let resolved = tokio::net::lookup_host((server.host.as_str(), server.port)).await;
    let resolved = resolved.map_err(|error| format!("{} has no address: {error}", server.host))?;
    let (mut allowed, mut refused) = (Vec::new(), None);
    for address in resolved {
        match server.addresses.check(address.ip()) {
            Ok(()) => allowed.push(address),
            Err(why) => refused = Some(format!("{} may not be connected to: {why}", address.ip())),
        }
    }
    match (allowed.is_empty(), refused) {
        (false, _) => Ok(allowed),
        (true, Some(refused)) => Err(refused),
        (true, None) => Err(format!("{} has no address", server.host)),
    }
}
