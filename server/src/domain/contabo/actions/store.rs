//! Asking for actions, taking them back, reading what became of them.

use chrono::{DateTime, TimeDelta, Utc};
use entity::{
    AccountId, ActionId, ClientId, Db, InstanceId, Tenant, TenantId,
    action::{self, ActionState, Column},
    instance, snapshot,
};
use sea_orm::{ActiveValue::Set, ColumnTrait, DbErr, Order};
use secrecy::SecretString;
use serde_json::json;
use uuid::Uuid;

use super::{
    kinds::{Asked, Kind},
    next::stage,
    passwords,
};
use crate::{
    domain::{
        audit::{self, Actor, Subject},
        contabo::quotas::{self, Full},
        typed::{self, ChangeError, Rejected},
    },
    keyring::{Keyring, KeyringError, Place},
    work::{contabo::Act, queue::enqueue},
};

/// Actions of one instance that may wait at a time.
const MOST_WAITING: usize = 5;

/// Characters of a text for cloud-init.
const MOST_TEXT: usize = 65_536;

/// How long a new password can be shown.
pub(crate) const PASSWORD_KEPT: TimeDelta = TimeDelta::hours(24);

/// What may be wrong with what was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The name of a snapshot: 1 to 30 letters, digits, spaces and hyphens.
    NotASnapshotName,
    /// Another snapshot of the instance is called so.
    SnapshotNameTaken,
    /// There may be no more than so many of an instance.
    SnapshotsFull(i32),
    /// No more than 255 characters, without control characters.
    NotADisplayName,
    /// Cloud-init's text is too long, or holds what no text does.
    NotAText,
    /// The instance's name was not typed as it is.
    NotItsName,
    /// Not the visitor's password.
    WrongPassword,
}

/// Why an action was not asked for.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// What was typed, or what is there.
    #[error(transparent)]
    Change(#[from] ChangeError<Reason>),
    /// The provider has locked the instance; this is why.
    #[error("the instance is locked: {0}")]
    Locked(String),
    /// The same is under way or waits already.
    #[error("this is under way already")]
    AlreadyAsked,
    /// Too many wait already.
    #[error("{MOST_WAITING} actions wait for this instance already")]
    TooMany,
    /// Its contract was cancelled already.
    #[error("the instance is cancelled already")]
    AlreadyCancelled,
    /// The password could not be sealed.
    #[error("a secret can't be sealed")]
    Keyring(#[from] KeyringError),
}

impl From<DbErr> for Error {
    fn from(error: DbErr) -> Self {
        Self::Change(error.into())
    }
}

/// Who asks for what.
#[derive(Debug)]
pub struct Ask<'a> {
    pub instance: InstanceId,
    /// The client for whom it is asked, who must have the instance; none: staff ask, whom no lock holds up.
    pub client: Option<ClientId>,
    pub asked: Asked,
    pub actor: &'a Actor,
}

/// Asks for an action: the row and the job that does it, in one transaction. Wake the queue afterwards.
///
/// # Errors
/// Any [`Error`].
pub async fn ask(
    db: &Db,
    keyring: &Keyring,
    tenant: TenantId,
    now: DateTime<Utc>,
    ask: Ask<'_>,
) -> Result<ActionId, Error> {
    let rows = db.begin(tenant).await?;
    let instance = rows.lock::<instance::Entity>(ask.instance).await?;
    let instance = instance
        .filter(|row| row.gone_at.is_none())
        .ok_or(ChangeError::NotFound)?;
    if let Some(client) = ask.client {
        if instance.client_id != Some(client) {
            return Err(ChangeError::NotFound.into());
        }
        if let Some(because) = instance.locked_because {
            return Err(Error::Locked(because));
        }
    }
    let kind = ask.asked.kind();
    let open = open(&rows, instance.id).await?;
    if open
        .iter()
        .any(|row| Asked::of(row).is_ok_and(|there| there == ask.asked))
    {
        return Err(Error::AlreadyAsked);
    }
    if open.len() >= MOST_WAITING {
        return Err(Error::TooMany);
    }
    if kind == Kind::Cancel && instance.cancels_on.is_some() {
        return Err(Error::AlreadyCancelled);
    }
    let asked = checked(&rows, &instance, ask.client, ask.asked).await?;
    let id = ActionId::new();
    let password = kind.makes_a_password().then(passwords::generate).transpose();
    let password = password.map_err(|_| KeyringError::Random)?;
    let secret = password.map(|password| keyring.seal(secret_place(tenant, id), &password));
    let row = action::ActiveModel {
        id: Set(id),
        contabo_account_id: Set(instance.contabo_account_id),
        instance_id: Set(instance.id),
        client_id: Set(ask.client),
        kind: Set(kind.name().to_owned()),
        arguments: Set(asked.arguments().map_err(|error| DbErr::Json(error.to_string()))?),
        secret_sealed: Set(secret.transpose()?),
        state: Set(ActionState::Queued),
        stage: Set(stage::WAITING.to_owned()),
        request_id: Set(Uuid::new_v4()),
        attempts: Set(0),
        deadline_at: Set(now),
        asked_by: Set(ask.actor.id),
        asked_by_name: Set(ask.actor.name.clone()),
        asked_at: Set(now),
        sent_at: Set(None),
        accepted_at: Set(None),
        ended_at: Set(None),
        error: Set(None),
        ..Default::default()
    };
    rows.insert_all::<action::Entity, _>([row]).await?;
    let subject = Subject {
        kind: "instance",
        id: Some(instance.id.0),
        name: &instance.name,
    };
    let after = json!({ "action": kind.name(), "arguments": without_text(&asked) });
    audit::record(&rows, ask.actor, now, "instance.ask", subject, None, Some(after)).await?;
    enqueue(&rows, &Act { instance: instance.id }, now, Some(Act::key(instance.id))).await?;
    rows.servers_changed().await?;
    rows.commit().await?;
    Ok(id)
}

/// What an audit entry says of it: not the whole of a cloud-init text, which may hold secrets.
fn without_text(asked: &Asked) -> serde_json::Value {
    let mut value = asked.arguments().unwrap_or_default();
    if let Some(fields) = value.as_object_mut() {
        fields.remove("user_data");
        fields.remove("kind");
    }
    value
}

async fn checked(
    rows: &Tenant<'_>,
    instance: &instance::Model,
    client: Option<ClientId>,
    asked: Asked,
) -> Result<Asked, Error> {
    let reject =
        |field, reason| -> Result<Asked, Error> { Err(ChangeError::from(Rejected::one(field, reason)).into()) };
    let snapshots = || {
        rows.find::<snapshot::Entity>()
            .filter(snapshot::Column::InstanceId.eq(instance.id))
            .all()
    };
    match asked {
        Asked::TakeSnapshot { name, description } => {
            let Some(name) = snapshot_name(&name) else {
                return reject("name", Reason::NotASnapshotName);
            };
            if snapshots().await?.iter().any(|there| there.name == name) {
                return reject("name", Reason::SnapshotNameTaken);
            }
            if let Some(Full::Snapshots(most)) = quotas::full_for_snapshot(rows, instance, client).await? {
                return reject("name", Reason::SnapshotsFull(most));
            }
            let description = short(&description, 255);
            Ok(Asked::TakeSnapshot { name, description })
        }
        Asked::RenameSnapshot {
            snapshot,
            name,
            description,
        } => {
            let there = snapshots().await?;
            let Some(name) = snapshot_name(&name) else {
                return reject("name", Reason::NotASnapshotName);
            };
            if !there.iter().any(|one| one.contabo_id == snapshot) {
                return Err(ChangeError::NotFound.into());
            }
            if there.iter().any(|one| one.contabo_id != snapshot && one.name == name) {
                return reject("name", Reason::SnapshotNameTaken);
            }
            let description = short(&description, 255);
            Ok(Asked::RenameSnapshot {
                snapshot,
                name,
                description,
            })
        }
        Asked::RollBack { ref snapshot, .. } | Asked::DeleteSnapshot { ref snapshot, .. } => {
            match snapshots().await?.iter().any(|one| one.contabo_id == *snapshot) {
                true => Ok(asked),
                false => Err(ChangeError::NotFound.into()),
            }
        }
        Asked::Rename { display_name } => {
            let display_name = display_name.trim().to_owned();
            if display_name.chars().count() > 255 || display_name.chars().any(char::is_control) {
                return reject("display_name", Reason::NotADisplayName);
            }
            Ok(Asked::Rename { display_name })
        }
        Asked::Reinstall { ref user_data, .. } if typed::block(user_data, MOST_TEXT).is_err() => {
            reject("user_data", Reason::NotAText)
        }
        other => Ok(other),
    }
}

fn snapshot_name(typed: &str) -> Option<String> {
    let name = typed.trim();
    let fits = |c: char| c.is_ascii_alphanumeric() || c == ' ' || c == '-';
    (!name.is_empty() && name.len() <= 30 && name.chars().all(fits)).then(|| name.to_owned())
}

fn short(typed: &str, most: usize) -> String {
    typed.trim().chars().filter(|c| !c.is_control()).take(most).collect()
}

/// What was asked of the instance and has not ended, oldest first.
///
/// # Errors
/// When the database does not answer.
pub async fn open(rows: &Tenant<'_>, instance: InstanceId) -> Result<Vec<action::Model>, DbErr> {
    rows.find::<action::Entity>()
        .filter(Column::InstanceId.eq(instance))
        .filter(Column::State.is_in([ActionState::Queued, ActionState::Running]))
        .order_by(Column::AskedAt, Order::Asc)
        .order_by(Column::Id, Order::Asc)
        .all()
        .await
}

/// The last actions of the instance, newest first; of a client's point of view those since it has the instance, and
/// none that staff did before that.
///
/// # Errors
/// When the database does not answer.
pub async fn of_instance(
    rows: &Tenant<'_>,
    instance: InstanceId,
    since: Option<DateTime<Utc>>,
    most: u64,
) -> Result<Vec<action::Model>, DbErr> {
    let mut found = rows.find::<action::Entity>().filter(Column::InstanceId.eq(instance));
    if let Some(since) = since {
        found = found.filter(Column::AskedAt.gte(since));
    }
    found
        .order_by(Column::AskedAt, Order::Desc)
        .order_by(Column::Id, Order::Desc)
        .limit(most)
        .all()
        .await
}

/// Takes back an action that has not begun.
///
/// # Errors
/// [`ChangeError::NotFound`], also for another client's; [`ChangeError::Conflict`] when it has begun.
pub async fn withdraw(
    db: &Db,
    tenant: TenantId,
    actor: &Actor,
    now: DateTime<Utc>,
    id: ActionId,
    client: Option<ClientId>,
) -> Result<InstanceId, Error> {
    let rows = db.begin(tenant).await?;
    let row = rows.lock::<action::Entity>(id).await?.ok_or(ChangeError::NotFound)?;
    if client.is_some() && row.client_id != client {
        return Err(ChangeError::NotFound.into());
    }
    if row.state != ActionState::Queued {
        return Err(ChangeError::Conflict.into());
    }
    let change = action::ActiveModel {
        id: Set(id),
        state: Set(ActionState::Withdrawn),
        stage: Set(stage::ENDED.to_owned()),
        secret_sealed: Set(None),
        ended_at: Set(Some(now)),
        ..Default::default()
    };
    rows.update(change).await?;
    let subject = Subject {
        kind: "instance",
        id: Some(row.instance_id.0),
        name: "",
    };
    let after = json!({ "action": row.kind });
    audit::record(&rows, actor, now, "instance.withdraw", subject, None, Some(after)).await?;
    rows.servers_changed().await?;
    rows.commit().await?;
    Ok(row.instance_id)
}

/// Whether [`reveal`] has a password of the action for this account.
#[must_use]
pub fn can_be_revealed(row: &action::Model, account: AccountId, now: DateTime<Utc>) -> bool {
    row.asked_by == Some(account) && row.secret_sealed.is_some() && is_fresh(row, now)
}

fn is_fresh(row: &action::Model, now: DateTime<Utc>) -> bool {
    row.state == ActionState::Done && row.ended_at.is_some_and(|ended| now < ended + PASSWORD_KEPT)
}

/// The new password that an action made, for whoever asked for it, once: it is forgotten with this.
///
/// # Errors
/// [`ChangeError::NotFound`] for anybody else; [`ChangeError::Conflict`] before the action is done, and when the
/// password was shown already or is too old.
pub async fn reveal(
    db: &Db,
    keyring: &Keyring,
    tenant: TenantId,
    actor: &Actor,
    now: DateTime<Utc>,
    id: ActionId,
    account: AccountId,
) -> Result<SecretString, Error> {
    let rows = db.begin(tenant).await?;
    let row = rows.lock::<action::Entity>(id).await?.ok_or(ChangeError::NotFound)?;
    if row.asked_by != Some(account) {
        return Err(ChangeError::NotFound.into());
    }
    let fresh = is_fresh(&row, now);
    let sealed = row.secret_sealed.filter(|_| fresh).ok_or(ChangeError::Conflict)?;
    let password = keyring.open_sealed(secret_place(tenant, id), &sealed)?;
    let change = action::ActiveModel {
        id: Set(id),
        secret_sealed: Set(None),
        ..Default::default()
    };
    rows.update(change).await?;
    let subject = Subject {
        kind: "instance",
        id: Some(row.instance_id.0),
        name: "",
    };
    let after = json!({ "action": row.kind });
    audit::record(&rows, actor, now, "instance.reveal", subject, None, Some(after)).await?;
    rows.servers_changed().await?;
    rows.commit().await?;
    Ok(password)
}

/// Where a new password is sealed for.
#[must_use]
pub fn secret_place(tenant: TenantId, id: ActionId) -> Place {
    Place {
        tenant,
        table: "action",
        column: "secret_sealed",
        row: id.0,
    }
}
