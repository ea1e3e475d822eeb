//! The staff's pages about the accounts at Contabo. An archived one has none: nothing of it is kept but its name.

pub(in crate::web) mod archive;
pub(in crate::web) mod credentials;
pub(in crate::web) mod edit;
pub(in crate::web) mod enabled;
pub(in crate::web) mod list;
pub(in crate::web) mod new;
pub(in crate::web) mod people;
pub(in crate::web) mod read;
pub(in crate::web) mod secret;
pub(in crate::web) mod show;

use app::{
    admin::contabo::{Account, Health, SignIn},
    text::{Lang, Text},
    ui::FormState,
};
use chrono::{DateTime, Utc};
use entity::{ContaboAccountId, contabo_account, contabo_sync};
use tokio::time::timeout;

use crate::{
    domain::{
        board::Snapshot,
        contabo::accounts::{self, Credentials, Reason},
        typed::{ChangeError, Rejected, Typed},
    },
    site::Site,
    web::{Error, admin, guard::Staff, route},
    work::contabo::{PAGES_WAIT, sync::is_late},
};

/// The fields that are shown again.
const FIELDS: [&str; 3] = ["name", "client_id", "username"];

/// The account, unless it is archived.
async fn find(staff: &Staff, id: ContaboAccountId) -> Result<contabo_account::Model, Error> {
    let row = staff.tenant.rows().get::<contabo_account::Entity>(id).await?;
    row.filter(|row| row.archived_at.is_none()).ok_or(Error::NotFound)
}

fn page_of(contabo_account: ContaboAccountId) -> String {
    route::AdminContaboAccount { contabo_account }.to_string()
}

/// What a page shows of an account.
fn shown(
    board: &Snapshot,
    row: &contabo_account::Model,
    sync: Option<&contabo_sync::Model>,
    now: DateTime<Utc>,
) -> Account {
    let failures = sync.map_or(0, |sync| u64::try_from(sync.failures).unwrap_or(0));
    let error = sync.and_then(|sync| sync.last_error.clone()).filter(|_| failures > 0);
    let read_at = sync.and_then(|sync| sync.succeeded_at);
    let health = match sync {
        _ if !row.enabled => Health::Off,
        None => Health::New,
        Some(_) if failures > 0 => Health::Failing,
        Some(sync) if sync.succeeded_at.is_none() => Health::New,
        Some(sync) if is_late(sync, now) => Health::Late,
        Some(_) => Health::Read,
    };
    let reading = sync.and_then(|sync| {
        let begun = sync.begun_at?;
        sync.ended_at.is_none_or(|ended| ended < begun).then_some(begun)
    });
    Account {
        href: page_of(row.id),
        name: row.name.clone(),
        client_id: row.api_client_id.clone(),
        username: row.username.clone(),
        secret_asked_at: row.secret_asked_at,
        health,
        sign_in: match &error {
            Some(error) if is_about_the_sign_in(error) => SignIn::Refused,
            // Credentials that were not used yet have been tried, and for others nothing is known.
            None if read_at.is_some_and(|at| at >= row.changed_at) => SignIn::Accepted,
            _ => SignIn::Unknown,
        },
        error,
        read_at,
        tried_at: sync.and_then(|sync| sync.ended_at),
        reading_since: reading.filter(|_| row.enabled),
        next_at: sync.map(|sync| sync.due_at).filter(|_| row.enabled),
        failures,
        servers: of_account(board, row.id).count(),
    }
}

/// The instances of an account that are there.
fn of_account(
    board: &Snapshot,
    account: ContaboAccountId,
) -> impl Iterator<Item = &std::sync::Arc<crate::domain::board::InstanceNow>> {
    let all = board.instances.values();
    all.filter(move |now| now.instance.contabo_account_id == account)
}

/// Whether a reading failed since the identity server said no: that is how such an error begins.
fn is_about_the_sign_in(error: &str) -> bool {
    error.starts_with("Contabo refused the sign-in")
}

/// Signs in with these, and with nothing that was signed in to before; or says by field why not.
async fn try_out(site: &Site, credentials: &Credentials) -> Result<Result<(), Rejected<Reason>>, Error> {
    let client = site.contabo.with(credentials).map_err(Error::internal)?;
    let outcome = match timeout(PAGES_WAIT, client.sign_in()).await {
        Ok(outcome) => outcome,
        Err(_) => return Ok(Err(Rejected::one(WHOLE, Reason::NotAsked(String::new())))),
    };
    Ok(outcome.map_err(|error| match &error {
        contabo::Error::SignIn { says, .. } => Rejected::one(field_of(says), Reason::Refused(says.clone())),
        _ => Rejected::one(WHOLE, Reason::NotAsked(error.to_string())),
    }))
}

/// Stands for the form as a whole where a reason is of no field.
const WHOLE: &str = "";

/// Which field the identity server's words are about.
fn field_of(says: &str) -> &'static str {
    match says.split(':').next().unwrap_or_default().trim() {
        "invalid_client" => "client_id",
        "unauthorized_client" => "client_secret",
        // Either of the two; whoever reads it looks at both.
        "invalid_grant" => "password",
        _ => WHOLE,
    }
}

/// A form as it was typed, with what is wrong with it.
fn rejected(typed: &Typed, rejected: Rejected<Reason>, lang: Lang) -> FormState {
    let mut form = typed.shown(&FIELDS);
    for (field, reason) in rejected.0 {
        match (field, reason) {
            (WHOLE, reason) => form.reject_all(whole(lang, reason)),
            (field, reason) => form.reject(field, admin::complaint::of_contabo(lang, reason)),
        }
    }
    form
}

fn whole(lang: Lang, reason: Reason) -> Text {
    match reason {
        Reason::Refused(says) => lang.t_with("contabo-refused-all", &[("says", says.into())]).into(),
        Reason::NotAsked(why) if why.is_empty() => {
            let why = lang.t("contabo-not-asked-time");
            lang.t_with("contabo-not-asked", &[("why", why.into())]).into()
        }
        reason => admin::complaint::of_contabo(lang, reason),
    }
}

impl From<accounts::Error> for Error {
    fn from(error: accounts::Error) -> Self {
        match error {
            accounts::Error::Change(error) => error.into(),
            accounts::Error::HasInstances(_) => Self::Conflict,
            accounts::Error::Keyring(error) => Self::internal(error),
        }
    }
}

/// What was refused of what was typed, for the form; whatever else went wrong is no page of it.
fn refused<T>(outcome: Result<T, accounts::Error>) -> Result<Result<T, Rejected<Reason>>, Error> {
    match outcome {
        Ok(done) => Ok(Ok(done)),
        Err(accounts::Error::Change(ChangeError::Rejected(rejected))) => Ok(Err(rejected)),
        Err(error) => Err(error.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_identity_server_refuses_is_known_again_after_it_was_kept() {
        let error = contabo::Error::SignIn {
            status: 401,
            says: "invalid_grant: Invalid user credentials".to_owned(),
        };
        assert!(is_about_the_sign_in(&error.to_string()));
        assert_eq!(field_of("invalid_grant: Invalid user credentials"), "password");
        assert_eq!(field_of("unauthorized_client: no"), "client_secret");
        assert_eq!(field_of("Bad gateway"), WHOLE);
    }
}
