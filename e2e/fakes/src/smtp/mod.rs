//! The fake mail server: real SMTP on a loopback port. It takes mail, keeps it, and breaks at the turn of a switch.
//!
//! Written from RFC 5321, 3207 and 4954. It delivers nothing to anybody.
//!
//! ```no_run
//! # async fn example() -> std::io::Result<()> {
//! use fakes::smtp::{MailServer, MailServerSpec};
//! let server = MailServer::start(MailServerSpec::default()).await?;
//! server.refuse("nobody@example.net");
//! server.wait_for(1).await;
//! println!("{:?}", server.mails()[0].header("Subject"));
//! # Ok(()) }
//! ```

pub mod control;
mod faults;
mod mail;
mod session;

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::{JoinHandle, JoinSet};

pub use crate::certificate::SelfSigned;
pub use mail::{Mail, Part};

use crate::certificate::Certificate;
use faults::Faults;
use session::serve;

/// How the port is kept private.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Privacy {
    #[default]
    None,
    /// It offers STARTTLS, and takes no password before.
    Starttls,
    /// TLS from the first octet.
    Tls,
}

/// A mail server before it is started.
#[derive(Clone, Debug, Default)]
pub struct MailServerSpec {
    /// 0 takes any.
    pub port: u16,
    pub privacy: Privacy,
    /// User and password without which it takes no mail.
    pub account: Option<(String, String)>,
    /// Folder into which each mail is written as a file, too.
    pub keep_in: Option<PathBuf>,
}

/// What all connections share.
pub(crate) struct Shared {
    privacy: Privacy,
    account: Option<(String, String)>,
    certificate: Certificate,
    keep_in: Option<PathBuf>,
    /// What was taken, the oldest first.
    mails: Mutex<Vec<Mail>>,
    faults: Mutex<Faults>,
    /// How many mails were taken; tests wait for a change of it.
    taken: watch::Sender<usize>,
    connections: watch::Sender<usize>,
}

impl Shared {
    pub(crate) fn faults(&self) -> MutexGuard<'_, Faults> {
        self.faults.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps a mail. From here on it counts as taken, whatever becomes of the answer.
    pub(crate) fn take(&self, mail: Mail) -> io::Result<()> {
        let mut mails = self.mails.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(folder) = &self.keep_in {
            std::fs::create_dir_all(folder)?;
            // The first number after those of earlier starts, whatever was deleted of them.
            let before = std::fs::read_dir(folder)?.count();
            let files = (before + 1..).map(|number| folder.join(format!("{number:05}.eml")));
            let mut free = files.skip_while(|file| file.exists());
            let file = free.next().unwrap_or_else(|| folder.join("mail.eml"));
            // Whoever reads the folder sees a mail whole or not at all.
            let draft = file.with_extension("draft");
            std::fs::write(&draft, &mail.raw)?;
            std::fs::rename(draft, file)?;
        }
        mails.push(mail);
        self.taken.send_replace(mails.len());
        Ok(())
    }
}

/// A mail server, until it is dropped.
pub struct MailServer {
    shared: Arc<Shared>,
    address: SocketAddr,
    certificate_pem: String,
    task: JoinHandle<()>,
}

impl Drop for MailServer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl MailServer {
    /// Starts it on loopback.
    pub async fn start(spec: MailServerSpec) -> io::Result<Self> {
        let signed = SelfSigned::new()?;
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, spec.port)).await?;
        let address = listener.local_addr()?;
        let shared = Arc::new(Shared {
            privacy: spec.privacy,
            account: spec.account,
            certificate: Certificate::of(&signed)?,
            keep_in: spec.keep_in,
            mails: Mutex::default(),
            faults: Mutex::default(),
            taken: watch::Sender::default(),
            connections: watch::Sender::default(),
        });
        let task = tokio::spawn(accept(Arc::clone(&shared), listener));
        Ok(Self {
            shared,
            address,
            certificate_pem: signed.certificate,
            task,
        })
    }

    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The certificate that it shows, for whoever shall believe it.
    pub fn certificate_pem(&self) -> &str {
        &self.certificate_pem
    }

    /// All mails that were taken, the oldest first.
    pub fn mails(&self) -> Vec<Mail> {
        self.shared.mails.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Returns when so many mails were taken in all.
    pub async fn wait_for(&self, mails: usize) {
        // The sender lives as long as `self`, so this can't fail.
        let _ = self.shared.taken.subscribe().wait_for(|taken| *taken >= mails).await;
    }

    /// Connections that were opened so far.
    pub fn connections(&self) -> usize {
        *self.shared.connections.borrow()
    }

    /// Refuses each recipient's first mail with 450, as greylisting does.
    pub fn greylist(&self, on: bool) {
        self.shared.faults().greylist = on;
    }

    /// Refuses this recipient for good.
    pub fn refuse(&self, recipient: &str) {
        self.shared.faults().refused.insert(recipient.to_lowercase());
    }

    /// Ends the connection after taking a mail, before saying so; so many times.
    pub fn drop_after_data(&self, times: u32) {
        self.shared.faults().drop_after_data = times;
    }

    /// Answers each line after this pause.
    pub fn slow(&self, pause: Option<Duration>) {
        self.shared.faults().slow = pause;
    }

    /// Closes connections as soon as they are opened.
    pub fn close_at_once(&self, on: bool) {
        self.shared.faults().close_at_once = on;
    }

    /// Takes back every switch.
    pub fn clear(&self) {
        *self.shared.faults() = Faults::default();
    }
}

async fn accept(shared: Arc<Shared>, listener: TcpListener) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            Some(_) = connections.join_next() => {}
            accepted = listener.accept() => {
                let Ok((stream, _)) = accepted else {
                    // Out of file descriptors: accepting at once again would spin.
                    tokio::time::sleep(Duration::from_millis(20)).await;
                    continue;
                };
                shared.connections.send_modify(|count| *count += 1);
                if shared.faults().close_at_once {
                    continue;
                }
                let shared = Arc::clone(&shared);
                // Errors end a connection and nothing else: they are the peer's doing.
                connections.spawn(async move { drop(serve(shared, stream).await) });
            }
        }
    }
}
