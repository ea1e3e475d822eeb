//! A new client secret of an account, made by Contabo while a page waits: the old one stops working at once, so the new one
//! is sealed before anything else is done.
//!
//! Where the answer was lost, Contabo is asked what the secret is now, with the token that there is. Where that does not
//! tell it either, the account says so until somebody looks again or gives credentials.

use chrono::TimeDelta;
use contabo::{Client, Hidden, RequestId};
use entity::{ContaboAccountId, TenantId, contabo_account};
use secrecy::{ExposeSecret, SecretString};
use tokio::time::timeout;

use super::{PAGES_WAIT, calls};
use crate::{
    domain::{audit::Actor, contabo::accounts, typed::ChangeError},
    site::Site,
};

/// How long after a call left it may still be done at Contabo.
pub(crate) const UNSETTLED: TimeDelta = TimeDelta::minutes(2);

/// What became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Renewed {
    /// The new one is kept.
    Done,
    /// None was made, in Contabo's words or ours: the old one holds.
    NotMade(String),
    /// The one that is kept may be the old one, and open nothing.
    Unclear,
    /// One is just being asked for, or was until a moment ago.
    TooSoon,
}

/// Whose secret it is, and who asks.
#[derive(Clone, Debug)]
pub(crate) struct Renewal {
    pub(crate) site: Site,
    pub(crate) tenant: TenantId,
    pub(crate) actor: Actor,
    pub(crate) account: ContaboAccountId,
}

impl Renewal {
    /// Has a new one made; or, where one was asked for already, finds out what became of that.
    ///
    /// # Errors
    /// When the account is not there or off, and when the database or the key ring fail.
    pub(crate) async fn run(self, row: contabo_account::Model) -> anyhow::Result<Renewed> {
        let client = self.site.contabo.of(&self.site.keyring, &row)?;
        let now = self.site.clock.now();
        match row.secret_asked_at {
            Some(at) if now - at < UNSETTLED => return Ok(Renewed::TooSoon),
            Some(_) => return self.look(&client, &row, true).await,
            None => {}
        }
        let request = RequestId::random();
        let (db, number) = (&self.site.db, request.uuid());
        let row = match accounts::asked_for(db, self.tenant, &self.actor, now, self.account, number).await {
            Ok(kept) => kept,
            // Somebody else was faster.
            Err(accounts::Error::Change(ChangeError::Conflict)) => return Ok(Renewed::TooSoon),
            Err(error) => return Err(error.into()),
        };
        match timeout(PAGES_WAIT, client.api_client().renew_secret(request)).await {
            Ok(Ok(made)) => match said(made.secret.as_ref()) {
                Some(secret) => self.keep(&row, &secret).await,
                None => self.look(&client, &row, false).await,
            },
            Ok(Err(error)) if !error.may_have_been_done() => self.not_made(&row, calls::words(&error)).await,
            Ok(Err(_)) | Err(_) => self.look(&client, &row, false).await,
        }
    }

    /// Asks what the secret is now. That it is still the old one says something only once the call can't be done any more.
    async fn look(&self, client: &Client, row: &contabo_account::Model, is_settled: bool) -> anyhow::Result<Renewed> {
        let found = timeout(PAGES_WAIT, client.api_client().get()).await;
        let Some(secret) = found
            .ok()
            .and_then(Result::ok)
            .and_then(|found| said(found.secret.as_ref()))
        else {
            return Ok(Renewed::Unclear);
        };
        let old = accounts::open(&self.site.keyring, row)?.client_secret;
        match secret.expose_secret() == old.expose_secret() {
            false => self.keep(row, &secret).await,
            true if is_settled => self.not_made(row, String::new()).await,
            true => Ok(Renewed::Unclear),
        }
    }

    async fn keep(&self, row: &contabo_account::Model, secret: &SecretString) -> anyhow::Result<Renewed> {
        let (db, keyring, now) = (&self.site.db, &self.site.keyring, self.site.clock.now());
        let kept = accounts::keep_secret(db, keyring, self.tenant, &self.actor, now, row, secret).await;
        ended(kept, Renewed::Done)
    }

    async fn not_made(&self, row: &contabo_account::Model, why: String) -> anyhow::Result<Renewed> {
        let now = self.site.clock.now();
        let noted = accounts::not_made(&self.site.db, self.tenant, &self.actor, now, row).await;
        ended(noted, Renewed::NotMade(why))
    }
}

/// What came of it; what was typed or asked for meanwhile counts more.
fn ended(kept: Result<(), accounts::Error>, came: Renewed) -> anyhow::Result<Renewed> {
    match kept {
        Ok(()) => Ok(came),
        Err(accounts::Error::Change(ChangeError::Conflict)) => Ok(Renewed::TooSoon),
        Err(error) => Err(error.into()),
    }
}

fn said(secret: Option<&Hidden>) -> Option<SecretString> {
    let secret = secret?.expose();
    (!secret.is_empty()).then(|| SecretString::from(secret.to_owned()))
}
