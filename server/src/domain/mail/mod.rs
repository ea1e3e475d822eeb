//! Mail to people: what is written, to whom, and that it is sent once the change that caused it is committed.
//!
//! Who wants to tell people something does this, in this order:
//!
//! 1. [`preferences::recipients`] says who at a client wants that kind of mail, and whether with the report as PDF.
//! 2. [`Letterhead::of`] reads what all mails of the tenant have in common. Before a transaction: it may make a key.
//! 3. A [`Letter`] is the content, once: paragraphs, facts, a small table, a button. [`Letterhead::write`]
//!    paints it as HTML and as plain text, with why somebody gets it and how to stop it below, and gives a [`Message`].
//! 4. [`outbox::queue`] stores the message and the job that sends it in the caller's transaction. With the same
//!    `dedup_key` nothing is stored a second time: a job that is run twice writes to nobody twice.
//! 5. After the commit `site.mails.nudge()`.
//!
//! Files are attached by reference ([`Attachment`]); they are made when the mail is sent. How it is sent is
//! `work::mail`; nothing here opens a connection.

pub mod letter;
mod letterhead;
pub mod outbox;
pub mod preferences;
pub mod settings;
#[cfg(test)]
mod tests;

use entity::{AccountId, ClientId, mail::MailKind};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use self::letter::{Letter, Part};

pub use letterhead::{Error, Letterhead};

/// The kinds that people choose whether they want, in the order of their page.
pub const CHOSEN: [MailKind; 4] = [
    MailKind::Breach,
    MailKind::Report,
    MailKind::Maintenance,
    MailKind::Server,
];

/// The kind's name in forms, tokens and queries.
#[must_use]
pub fn kind_name(kind: MailKind) -> &'static str {
    match kind {
        MailKind::Breach => "breach",
        MailKind::Report => "report",
        MailKind::Maintenance => "maintenance",
        MailKind::Server => "server",
        MailKind::Test => "test",
    }
}

/// The kind of this name.
#[must_use]
pub fn kind_named(name: &str) -> Option<MailKind> {
    let all = CHOSEN.into_iter().chain([MailKind::Test]);
    all.into_iter().find(|kind| kind_name(*kind) == name)
}

/// Whether there is a report that can be attached to such mails as PDF.
#[must_use]
pub fn has_pdf(kind: MailKind) -> bool {
    match kind {
        MailKind::Breach | MailKind::Report => true,
        MailKind::Maintenance | MailKind::Server | MailKind::Test => false,
    }
}

/// The letter by which somebody tries out whether mail works.
#[must_use]
pub fn test_letter(letterhead: &Letterhead) -> Letter {
    let lang = letterhead.lang();
    let tenant = [("tenant", letterhead.tenant().into())];
    Letter {
        kind: MailKind::Test,
        subject: lang.t_with("mail-test-subject", &tenant),
        preview: lang.t("mail-test-preview").to_owned(),
        title: lang.t("mail-test-title").to_owned(),
        parts: vec![
            Part::Paragraph(lang.t("mail-test-text").to_owned()),
            Part::Button {
                label: lang.t("mail-test-button").to_owned(),
                url: letterhead.url("/admin/mail"),
            },
        ],
        attachments: Vec::new(),
    }
}

/// Somebody who is written to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Addressee {
    pub account: AccountId,
    /// The customer whom it concerns; none for staff.
    pub client: Option<ClientId>,
    pub name: String,
    pub address: String,
}

/// A file to attach, by what it is made of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Attachment {
    /// An SLA report, as PDF.
    Report(Uuid),
    /// Several of a client and month, as one PDF.
    Reports {
        reports: Vec<Uuid>,
        /// How many there are besides.
        left_out: u64,
    },
}

/// A mail that is written and not sent. [`Letterhead::write`] makes it.
#[derive(Clone, Debug)]
pub struct Message {
    kind: MailKind,
    to: Addressee,
    subject: String,
    text: String,
    html: String,
    attachments: Vec<Attachment>,
    unsubscribe_url: Option<String>,
    /// What its Message-ID ends with.
    host: String,
}

impl Message {
    /// What mail programs show that show no HTML.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What the others show.
    #[must_use]
    pub fn html(&self) -> &str {
        &self.html
    }
}

/// What may stand in one line of a header: names are typed by people, and a line break would begin another header.
fn one_line(text: &str) -> String {
    let shown = text.chars().map(|c| if c.is_control() { ' ' } else { c });
    shown
        .collect::<String>()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}
