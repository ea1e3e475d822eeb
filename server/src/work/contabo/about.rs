//! What an action is about, as far as doing it differs: an instance, or another thing of the account.

use chrono::TimeDelta;
use contabo::{Client, Error, RequestId, SecretId};
use entity::{action, instance};
use secrecy::SecretString;

use super::{
    calls,
    reading::{Names, ReadError, Reading},
    things,
};
use crate::{
    domain::contabo::{
        actions::{
            self, Asked, Passwords, ThingAsked,
            next::{self, Progress},
            things::TAKES_AT_MOST,
            ties,
        },
        mirror,
    },
    keyring::{Keyring, KeyringError},
};

pub(super) enum About {
    Instance(Box<instance::Model>, Box<Asked>, calls::Sent),
    Thing(Box<ThingAsked>),
}

/// What was seen of it.
pub(super) enum Found {
    Instance(Box<calls::Found>),
    /// And whether what was asked shows for certain, where that can be told.
    Thing(Names, Option<bool>),
}

/// What a call needs beside what was asked.
#[derive(Default)]
pub(super) struct With {
    /// Contabo's id of a new password.
    password: Option<SecretId>,
    /// The value that is sent.
    value: Option<SecretString>,
}

/// How long Contabo has for an action; nothing where another version asked for it.
pub(super) fn at_most(row: &action::Model) -> TimeDelta {
    let at_most = match row.instance_id {
        Some(_) => Asked::of(row).map(|asked| asked.kind().takes_at_most()),
        None => ThingAsked::of(row).map(|_| TAKES_AT_MOST),
    };
    let at_most = at_most.ok().and_then(|time| TimeDelta::from_std(time).ok());
    at_most.unwrap_or_default()
}

impl About {
    /// Of an action, with what of it was sealed; none where another version asked for it, that knew more.
    ///
    /// # Errors
    /// When what is sealed in it can't be opened.
    pub(super) fn of(
        keyring: &Keyring,
        row: &action::Model,
        instance: Option<instance::Model>,
    ) -> Result<Option<Self>, KeyringError> {
        Ok(match instance {
            Some(instance) => match Asked::of(row) {
                Ok(asked) => Some(Self::Instance(
                    Box::new(instance),
                    Box::new(actions::opened(keyring, row, asked)?),
                    calls::Sent {
                        made: row.thing_id.clone(),
                        at: row.sent_at,
                    },
                )),
                Err(_) => None,
            },
            None => ThingAsked::of(row).ok().map(|asked| Self::Thing(Box::new(asked))),
        })
    }

    /// Makes ready what the call needs. A new password of an instance has to be at Contabo first, by the name `name`.
    pub(super) async fn make_ready(
        &self,
        client: &Client,
        name: &str,
        secret: Option<SecretString>,
    ) -> Result<With, Error> {
        Ok(match (self, secret) {
            (_, None) => With::default(),
            (Self::Instance(..), Some(all)) => match Passwords::of_text(&all).of_system {
                Some(of_system) => With {
                    password: Some(calls::password(client, name, &of_system).await?),
                    value: None,
                },
                None => With::default(),
            },
            (Self::Thing(_), value) => With { password: None, value },
        })
    }

    /// Sends the call. Answers with Contabo's id of what was made, if something was.
    pub(super) async fn send(&self, client: &Client, with: With, request: RequestId) -> Result<Option<String>, Error> {
        match self {
            Self::Instance(row, asked, _) => {
                let id = contabo::InstanceId(row.contabo_id);
                calls::send(client, id, asked, with.password, request).await
            }
            Self::Thing(asked) => things::send(client, asked, with.value.as_ref(), request).await,
        }
    }

    /// Looks at it, and keeps of it what is not kept by [`About::keep`].
    pub(super) async fn look(&self, reading: Reading<'_>) -> Result<Found, ReadError> {
        match self {
            Self::Instance(row, asked, sent) => {
                let id = contabo::InstanceId(row.contabo_id);
                let mut found = calls::look(reading.client, id, asked.kind()).await?;
                if let Some((thing, contabo_id)) = asked.thing() {
                    reading.read_one(thing, &contabo_id).await?;
                    let rows = reading.site.db.tenant(reading.tenant);
                    found.is_tied = ties::shows(&rows, row, asked).await?;
                }
                if let Asked::Remedy { template, .. } = &**asked {
                    let rows = reading.site.db.tenant(reading.tenant);
                    let known = actions::remedies_of(&rows, row.id).await?;
                    found.remedy = calls::remedy(reading.client, id, *template, sent, &known).await?;
                }
                Ok(Found::Instance(Box::new(found)))
            }
            Self::Thing(asked) => {
                let about = asked.about();
                let names = match &about.id {
                    Some(contabo_id) => reading.read_one(about.thing, contabo_id).await?,
                    None => reading.read(about.thing).await?,
                };
                let rows = reading.site.db.tenant(reading.tenant);
                let shows = actions::shows(&rows, reading.account, asked).await?;
                Ok(Found::Thing(names, shows))
            }
        }
    }

    /// Keeps what was seen of an instance once Contabo is at it.
    pub(super) async fn keep(&self, reading: Reading<'_>, found: &Found) -> Result<(), ReadError> {
        let (Self::Instance(row, ..), Found::Instance(found)) = (self, found) else {
            return Ok(());
        };
        let (rows, now) = (reading.site.db.begin(reading.tenant).await?, reading.site.clock.now());
        mirror::keep_one(&rows, row.id, found.instance.as_ref(), now).await?;
        if let Some(snapshots) = &found.snapshots {
            mirror::keep_snapshots(&rows, row.id, snapshots, now).await?;
        }
        Ok(rows.commit().await?)
    }

    /// Whether what was asked shows, so that the call need not be looked for.
    pub(super) fn shows(&self, found: &Found) -> bool {
        match (self, found) {
            (Self::Instance(_, asked, _), Found::Instance(found)) => next::shows(asked, &found.seen()),
            (Self::Thing(_), Found::Thing(_, shows)) => *shows == Some(true),
            _ => false,
        }
    }

    /// Whether sending it twice may make two of it, or cost twice.
    pub(super) fn is_sent_once(&self) -> bool {
        match self {
            Self::Instance(_, asked, _) => asked.is_sent_once(),
            Self::Thing(asked) => asked.is_sent_once(),
        }
    }

    /// What is said of a call whose answer was lost and which is nowhere to be found.
    pub(super) fn lost(&self) -> &'static str {
        match self {
            // Whether Contabo's log has tickets is not known.
            Self::Instance(_, asked, _) if matches!(**asked, Asked::ChangeRegion { .. }) => {
                "Contabo did not answer. Look at its tickets whether there is one before you ask again"
            }
            _ => "Contabo did not answer, and did nothing of what was asked",
        }
    }

    /// Whether a refusal says that it is so already, which is what was asked.
    pub(super) fn is_so_already(&self, error: &Error) -> bool {
        matches!(self, Self::Instance(_, asked, _) if calls::is_so_already(asked, error))
    }

    /// What a refusal means, where Contabo's words alone do not say it.
    pub(super) fn explained(&self, error: &Error) -> Option<&'static str> {
        match self {
            Self::Instance(_, asked, _) => calls::explained(asked, error),
            Self::Thing(_) => None,
        }
    }

    /// What Contabo's log has of the call: Contabo's id of what was made by it, as far as something was.
    pub(super) async fn logged(&self, client: &Client, request: RequestId) -> Result<Option<Option<String>>, Error> {
        match self {
            Self::Instance(_, asked, _) => {
                let is_in_log = calls::is_in_log(client, asked.kind(), request).await?;
                Ok(is_in_log.then_some(None))
            }
            Self::Thing(asked) => things::logged(client, asked, request).await,
        }
    }

    /// How far Contabo is, `since` after it said yes.
    pub(super) fn progress(&self, found: &Found, since: TimeDelta, was_under_way: bool) -> Progress {
        match (self, found) {
            (Self::Instance(_, asked, _), Found::Instance(found)) => {
                next::progress(asked, &found.seen(), since, was_under_way)
            }
            (Self::Thing(asked), Found::Thing(names, shows)) => next::progress_of_thing(asked, names, *shows, since),
            _ => Progress::NotYet,
        }
    }
}

impl Found {
    /// Contabo's number of what was made, where that was found by looking.
    pub(super) fn made(&self) -> Option<String> {
        match self {
            Self::Instance(found) => found.remedy.as_ref().map(|remedy| remedy.remedy_id.to_string()),
            Self::Thing(..) => None,
        }
    }

    /// Contabo's word for the state of the instance; empty where it has none.
    pub(super) fn word(&self) -> String {
        match self {
            Self::Instance(found) => {
                let seen = found.seen();
                let word = seen.remedy.map(|remedy| remedy.word);
                word.or(seen.instance.map(|seen| seen.word)).unwrap_or_default()
            }
            Self::Thing(..) => String::new(),
        }
    }
}
