//! Asking for actions, taking them back, reading what became of them.

use base64::{Engine, engine::general_purpose::STANDARD};
use chrono::{DateTime, TimeDelta, Utc};
use entity::{
    AccountId, ActionId, ClientId, ContaboAccountId, Db, InstanceId, Tenant, TenantId,
    action::{self, ActionState, Column},
    instance,
};
use sea_orm::{ActiveValue::Set, ColumnTrait, DbErr, Order};
use secrecy::{ExposeSecret, SecretString};
use serde_json::json;
use uuid::Uuid;

use super::{
    add_ons,
    kinds::{Asked, Kind},
    next::stage,
    passwords::{self, Passwords},
    things::ThingAsked,
    ties,
};
use crate::{
    domain::{
        audit::{self, Actor, Subject},
        contabo::{
            catalogue::REGIONS,
            features::Features,
            instances::Details,
            mirror,
            quotas::{self, Full},
            resources::{self, Thing},
        },
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
    /// Networks are of one region.
    OtherRegion,
    /// It is as it was asked for already, or another has it.
    SoAlready,
    /// No address of the instance.
    NotItsAddress,
    /// No name of the domain system.
    NotADomain,
    /// Another of its kind in the account is called so.
    NameTaken,
    /// Room is only ever bought, never given back.
    NotBigger,
    /// What grows by itself grows to more than it has.
    CeilingTooLow,
    /// The domain has left the account, or its contract has ended.
    NotHereAnyMore,
    /// Nobody wants to take the domain away, or that was answered.
    NothingToAnswer,
    /// There may be no more storage than so many steps of 250 GB.
    StorageFull(i32),
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
    /// The client's people may not do this.
    #[error("the client may not do this")]
    SwitchedOff,
    /// The same is under way or waits already.
    #[error("this is under way already")]
    AlreadyAsked,
    /// Too many wait already.
    #[error("too much waits already")]
    TooMany,
    /// Its contract was cancelled already.
    #[error("it is cancelled already")]
    AlreadyCancelled,
    /// It would take access away from the user as whom Mainstay signs in, or it is what nobody may change.
    #[error("it is Mainstay's own access")]
    Own,
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
    /// The client for whom it is asked, who must have the instance; none: staff ask, whom no lock and no switch holds up.
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
    ask_with(db, keyring, tenant, now, ask, Vec::new()).await
}

/// As [`ask`], with passwords that were made up for cloud-init's text: they are shown with the system's.
///
/// # Errors
/// Any [`Error`].
pub async fn ask_with(
    db: &Db,
    keyring: &Keyring,
    tenant: TenantId,
    now: DateTime<Utc>,
    ask: Ask<'_>,
    others: Vec<(String, SecretString)>,
) -> Result<ActionId, Error> {
    let rows = db.begin(tenant).await?;
    let id = ask_within(&rows, keyring, now, ask, others).await?;
    rows.commit().await?;
    Ok(id)
}

/// As [`ask_with`], in the caller's transaction, which goes on whether it is asked for or refused.
///
/// # Errors
/// Any [`Error`].
pub async fn ask_within(
    rows: &Tenant<'_>,
    keyring: &Keyring,
    now: DateTime<Utc>,
    ask: Ask<'_>,
    others: Vec<(String, SecretString)>,
) -> Result<ActionId, Error> {
    let tenant = rows.id();
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
        if !Features::load(rows).await?.allows_kind(client, ask.asked.kind()) {
            return Err(Error::SwitchedOff);
        }
    }
    let kind = ask.asked.kind();
    // What is compared and kept is what the rows say: names are filled in, and addresses written as Contabo does.
    let asked = checked(rows, &instance, ask.client, ask.asked).await?;
    let open = open(rows, instance.id).await?;
    // A server moves to one region at a time.
    let moves = kind == Kind::ChangeRegion && open.iter().any(|row| row.kind == kind.name());
    if moves || open.iter().any(|row| is_there(row, &asked)) || has_ticket(rows, instance.id, &asked, now).await? {
        return Err(Error::AlreadyAsked);
    }
    if open.len() >= MOST_WAITING {
        return Err(Error::TooMany);
    }
    if matches!(kind, Kind::Cancel | Kind::BuyAddOn) && instance.cancels_on.is_some() {
        return Err(Error::AlreadyCancelled);
    }
    let id = ActionId::new();
    let password = kind.makes_a_password().then(passwords::generate).transpose();
    let password = password.map_err(|_| KeyringError::Random)?;
    let secret = password.map(|of_system| {
        let all = Passwords {
            of_system: Some(of_system),
            others,
        };
        keyring.seal(secret_place(tenant, id), &all.to_text())
    });
    let (kept, audited) = (sealed(keyring, tenant, id, asked.clone())?, asked);
    let new = New {
        account: instance.contabo_account_id,
        instance: Some(instance.id),
        thing: audited.thing().map(|(thing, id)| (thing, Some(id))),
        client: ask.client,
        kind: kind.name().to_owned(),
        arguments: kept.arguments().map_err(|error| DbErr::Json(error.to_string()))?,
        secret: secret.transpose()?,
    };
    let row = new_row(id, new, ask.actor, now);
    rows.insert_all::<action::Entity, _>([row]).await?;
    let subject = Subject {
        kind: "instance",
        id: Some(instance.id.0),
        name: &instance.name,
    };
    let after = json!({ "action": kind.name(), "arguments": without_text(&audited) });
    audit::record(rows, ask.actor, now, "instance.ask", subject, None, Some(after)).await?;
    enqueue(rows, &Act { instance: instance.id }, now, Some(Act::key(instance.id))).await?;
    rows.servers_changed().await?;
    Ok(id)
}

/// Whether a row asks for the same; or for the same to be done with the same other thing, be it with other words.
fn is_there(row: &action::Model, asked: &Asked) -> bool {
    let has_this_thing = asked.thing().is_some_and(|(thing, id)| {
        row.kind == asked.kind().name()
            && row.thing_kind.as_deref() == Some(thing.name())
            && row.thing_id.as_deref() == Some(id.as_str())
    });
    has_this_thing || Asked::of(row).is_ok_and(|there| there.without_text() == asked.clone().without_text())
}

/// For how long the same move is taken for the same request: Contabo makes a ticket of each, and where the server is
/// changes only once its people have moved it.
const SAME_MOVE: TimeDelta = TimeDelta::hours(1);

/// Whether Contabo has just made a ticket of this move.
async fn has_ticket(rows: &Tenant<'_>, instance: InstanceId, asked: &Asked, now: DateTime<Utc>) -> Result<bool, DbErr> {
    if asked.kind() != Kind::ChangeRegion {
        return Ok(false);
    }
    let moves = rows
        .find::<action::Entity>()
        .filter(Column::InstanceId.eq(instance))
        .filter(Column::Kind.eq(Kind::ChangeRegion.name()))
        .filter(Column::State.eq(ActionState::Done))
        .filter(Column::EndedAt.gt(now - SAME_MOVE))
        .all()
        .await?;
    Ok(moves.iter().any(|row| is_there(row, asked)))
}

/// What is new about an action that is asked for.
pub(super) struct New {
    pub(super) account: ContaboAccountId,
    pub(super) instance: Option<InstanceId>,
    /// What it is about, with Contabo's id of it.
    pub(super) thing: Option<(Thing, Option<String>)>,
    pub(super) client: Option<ClientId>,
    pub(super) kind: String,
    pub(super) arguments: serde_json::Value,
    pub(super) secret: Option<Vec<u8>>,
}

/// The row of an action that waits for its turn.
pub(super) fn new_row(id: ActionId, new: New, actor: &Actor, now: DateTime<Utc>) -> action::ActiveModel {
    let (thing, thing_id) = new.thing.unzip();
    action::ActiveModel {
        id: Set(id),
        contabo_account_id: Set(new.account),
        instance_id: Set(new.instance),
        thing_kind: Set(thing.map(|thing| thing.name().to_owned())),
        thing_id: Set(thing_id.flatten()),
        client_id: Set(new.client),
        kind: Set(new.kind),
        arguments: Set(new.arguments),
        secret_sealed: Set(new.secret),
        state: Set(ActionState::Queued),
        stage: Set(stage::WAITING.to_owned()),
        request_id: Set(Uuid::new_v4()),
        attempts: Set(0),
        deadline_at: Set(now),
        asked_by: Set(actor.id),
        asked_by_name: Set(actor.name.clone()),
        asked_at: Set(now),
        sent_at: Set(None),
        accepted_at: Set(None),
        ended_at: Set(None),
        error: Set(None),
        ..Default::default()
    }
}

/// What was asked with cloud-init's text sealed, which may hold passwords.
fn sealed(keyring: &Keyring, tenant: TenantId, id: ActionId, mut asked: Asked) -> Result<Asked, KeyringError> {
    if let Asked::Reinstall { user_data, .. } = &mut asked
        && !user_data.is_empty()
    {
        let text = SecretString::from(std::mem::take(user_data));
        *user_data = STANDARD.encode(keyring.seal(text_place(tenant, id), &text)?);
    }
    Ok(asked)
}

/// What was asked with cloud-init's text as it was, to be sent.
///
/// # Errors
/// When the text was not sealed for this row.
pub fn opened(keyring: &Keyring, row: &action::Model, mut asked: Asked) -> Result<Asked, KeyringError> {
    if let Asked::Reinstall { user_data, .. } = &mut asked
        && !user_data.is_empty()
    {
        let sealed = STANDARD
            .decode(user_data.as_bytes())
            .map_err(|_| KeyringError::Forged)?;
        let text = keyring.open_sealed(text_place(row.tenant_id, row.id), &sealed)?;
        text.expose_secret().clone_into(user_data);
    }
    Ok(asked)
}

/// Where cloud-init's text is sealed for.
fn text_place(tenant: TenantId, id: ActionId) -> Place {
    Place {
        tenant,
        table: "action",
        column: "arguments",
        row: id.0,
    }
}

/// What is kept of the arguments once it has ended, if that is less: cloud-init's text may hold secrets, and is of no
/// more use.
#[must_use]
pub fn without_secrets(arguments: &serde_json::Value) -> Option<serde_json::Value> {
    let mut arguments = arguments.clone();
    let text = arguments.as_object_mut()?.remove("user_data")?;
    (text != "").then_some(arguments)
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
    let snapshots = || mirror::snapshots_of(rows, instance.id);
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
        Asked::BuyAddOn { add_on, .. } => add_ons::checked(rows, instance, add_on).await,
        Asked::ChangeRegion { ref region } => {
            let is_elsewhere = *region != Details::of(instance).region;
            match REGIONS.contains(&region.as_str()) && is_elsewhere {
                true => Ok(asked),
                false => reject("thing", Reason::SoAlready),
            }
        }
        other => ties::checked(rows, instance, other).await,
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

/// Contabo's numbers of the remedies that were asked for here.
///
/// # Errors
/// When the database does not answer.
pub async fn remedies_of(rows: &Tenant<'_>, instance: InstanceId) -> Result<Vec<String>, DbErr> {
    let asked = rows
        .find::<action::Entity>()
        .filter(Column::InstanceId.eq(instance))
        .filter(Column::Kind.eq(Kind::Remedy.name()))
        .all()
        .await?;
    Ok(asked.into_iter().filter_map(|row| row.thing_id).collect())
}

/// Those with these ids that are there, in the order of asking.
///
/// # Errors
/// When the database does not answer.
pub async fn by_ids(rows: &Tenant<'_>, ids: Vec<ActionId>) -> Result<Vec<action::Model>, DbErr> {
    rows.get_all::<action::Entity>(ids).await
}

/// The actions that failed since then, the newest first: `most` of them, and how many there are.
///
/// # Errors
/// When the database does not answer.
pub async fn failed_since(
    rows: &Tenant<'_>,
    since: DateTime<Utc>,
    most: u64,
) -> Result<(Vec<action::Model>, u64), DbErr> {
    let failed = || {
        rows.find::<action::Entity>()
            .filter(Column::State.eq(ActionState::Failed))
            .filter(Column::EndedAt.gte(since))
    };
    let newest = failed()
        .order_by(Column::EndedAt, Order::Desc)
        .limit(most)
        .all()
        .await?;
    let all = match (newest.len() as u64) < most {
        true => newest.len() as u64,
        false => failed().count().await?,
    };
    Ok((newest, all))
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
) -> Result<(), Error> {
    let rows = db.begin(tenant).await?;
    let row = rows.lock::<action::Entity>(id).await?.ok_or(ChangeError::NotFound)?;
    if client.is_some() && row.client_id != client {
        return Err(ChangeError::NotFound.into());
    }
    if row.state != ActionState::Queued {
        return Err(ChangeError::Conflict.into());
    }
    // What was to be run on it is of no more use.
    let mut arguments = row.arguments.clone();
    if let Some(fields) = arguments.as_object_mut() {
        fields.remove("user_data");
    }
    let change = action::ActiveModel {
        id: Set(id),
        arguments: Set(arguments),
        state: Set(ActionState::Withdrawn),
        stage: Set(stage::ENDED.to_owned()),
        secret_sealed: Set(None),
        ended_at: Set(Some(now)),
        ..Default::default()
    };
    rows.update(change).await?;
    let after = json!({ "action": row.kind });
    let action = match row.instance_id {
        Some(_) => "instance.withdraw",
        None => "contabo.withdraw",
    };
    let asked = ThingAsked::of(&row).ok().filter(|_| row.instance_id.is_none());
    let about = asked.as_ref().map(ThingAsked::about);
    let mut subject = subject_of(&row);
    if let Some(about) = &about {
        subject.name = about.name;
        if let Some(thing) = &about.id {
            let there = resources::row_of(&rows, row.contabo_account_id, about.thing, thing).await?;
            subject.id = there.map(|there| there.id.0);
        }
    }
    audit::record(&rows, actor, now, action, subject, None, Some(after)).await?;
    rows.servers_changed().await?;
    Ok(rows.commit().await?)
}

/// What an action is about, as the audit log has it.
fn subject_of(row: &action::Model) -> Subject<'static> {
    let thing = row.thing_kind.as_deref().and_then(Thing::named);
    Subject {
        kind: match (row.instance_id, thing) {
            (None, Some(thing)) => thing.words(),
            _ => "instance",
        },
        id: row.instance_id.map(|id| id.0),
        name: "",
    }
}

/// Whether [`reveal`] has a password of the action for this account.
#[must_use]
pub fn can_be_revealed(row: &action::Model, account: AccountId, now: DateTime<Utc>) -> bool {
    row.instance_id.is_some() && row.asked_by == Some(account) && row.secret_sealed.is_some() && is_fresh(row, now)
}

fn is_fresh(row: &action::Model, now: DateTime<Utc>) -> bool {
    row.state == ActionState::Done && row.ended_at.is_some_and(|ended| now < ended + PASSWORD_KEPT)
}

/// The new passwords that an action made, for whoever asked for it, once: it is forgotten with this.
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
) -> Result<Passwords, Error> {
    let rows = db.begin(tenant).await?;
    let row = rows.lock::<action::Entity>(id).await?.ok_or(ChangeError::NotFound)?;
    // What was typed for a thing of the account is never shown again.
    if row.asked_by != Some(account) || row.instance_id.is_none() {
        return Err(ChangeError::NotFound.into());
    }
    let fresh = is_fresh(&row, now);
    let sealed = row
        .secret_sealed
        .as_ref()
        .filter(|_| fresh)
        .ok_or(ChangeError::Conflict)?;
    let passwords = Passwords::of_text(&keyring.open_sealed(secret_place(tenant, id), sealed)?);
    let change = action::ActiveModel {
        id: Set(id),
        secret_sealed: Set(None),
        ..Default::default()
    };
    rows.update(change).await?;
    let (subject, after) = (subject_of(&row), json!({ "action": row.kind }));
    audit::record(&rows, actor, now, "instance.reveal", subject, None, Some(after)).await?;
    rows.servers_changed().await?;
    rows.commit().await?;
    Ok(passwords)
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
