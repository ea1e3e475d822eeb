//! The tenant's accounts at Contabo: what may be typed of them, and what is kept.
//!
//! That the credentials are right is tried before they are kept, by whoever calls: here is no network.

mod secret;
mod typed;

use chrono::{DateTime, Utc};
use entity::{ContaboAccountId, Db, Tenant, TenantId, contabo_account, contabo_resource, contabo_sync, instance};
use sea_orm::{ActiveValue::Set, ColumnTrait, DbErr, ExprTrait, Order, sea_query::Expr};
use secrecy::SecretString;
use serde_json::{Value, json};

pub use self::{
    secret::{asked_for, keep_secret, not_made},
    typed::{Credentials, Reason, credentials, label},
};
use crate::{
    domain::{
        audit::{self, Actor, Subject},
        typed::ChangeError,
    },
    keyring::{Keyring, KeyringError, Place},
};

/// Why an account was not changed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// What was typed, or what is there.
    #[error(transparent)]
    Change(#[from] ChangeError<Reason>),
    /// Instances of clients hang on it.
    #[error("{0} instances of clients are in the account")]
    HasInstances(u64),
    /// A secret could not be sealed.
    #[error("a secret can't be sealed")]
    Keyring(#[from] KeyringError),
}

impl From<DbErr> for Error {
    fn from(error: DbErr) -> Self {
        Self::Change(error.into())
    }
}

/// The accounts that are not archived, by name.
///
/// # Errors
/// When the database does not answer.
pub async fn list(rows: &Tenant<'_>) -> Result<Vec<contabo_account::Model>, DbErr> {
    rows.find::<contabo_account::Entity>()
        .filter(contabo_account::Column::ArchivedAt.is_null())
        .order_by(contabo_account::Column::Name, Order::Asc)
        .all()
        .await
}

/// How the mirror of each account fares.
///
/// # Errors
/// When the database does not answer.
pub async fn syncs(rows: &Tenant<'_>) -> Result<Vec<contabo_sync::Model>, DbErr> {
    rows.find::<contabo_sync::Entity>().all().await
}

/// Adds an account, to be read at once.
///
/// # Errors
/// When the name is taken, or the database or the key ring fail.
pub async fn create(
    db: &Db,
    keyring: &Keyring,
    tenant: TenantId,
    actor: &Actor,
    now: DateTime<Utc>,
    name: String,
    credentials: &Credentials,
) -> Result<ContaboAccountId, Error> {
    let id = ContaboAccountId::new();
    let rows = db.begin(tenant).await?;
    let row = contabo_account::ActiveModel {
        id: Set(id),
        name: Set(name),
        enabled: Set(true),
        created_at: Set(now),
        archived_at: Set(None),
        ..sealed(keyring, tenant, id, credentials, now)?
    };
    let row = rows.insert(row).await.map_err(taken)?;
    let sync = contabo_sync::ActiveModel {
        contabo_account_id: Set(id),
        due_at: Set(now),
        begun_at: Set(None),
        ended_at: Set(None),
        succeeded_at: Set(None),
        failures: Set(0),
        last_error: Set(None),
        resources_read_at: Set(None),
        ..Default::default()
    };
    rows.insert(sync).await?;
    record(&rows, actor, now, "contabo_account.create", None, &row).await?;
    rows.servers_changed().await?;
    rows.commit().await?;
    Ok(id)
}

/// What an account becomes.
#[derive(Debug)]
pub struct Changed<'a> {
    pub name: String,
    /// None: they stay as they are.
    pub credentials: Option<&'a Credentials>,
}

/// Changes the name, and the credentials where new ones are given.
///
/// # Errors
/// As [`create`], and when it is not there.
pub async fn change(
    db: &Db,
    keyring: &Keyring,
    tenant: TenantId,
    actor: &Actor,
    now: DateTime<Utc>,
    id: ContaboAccountId,
    changed: Changed<'_>,
) -> Result<(), Error> {
    let rows = db.begin(tenant).await?;
    let old = locked(&rows, id).await?;
    let row = match changed.credentials {
        Some(credentials) => sealed(keyring, tenant, id, credentials, now)?,
        None => contabo_account::ActiveModel::default(),
    };
    let row = contabo_account::ActiveModel {
        id: Set(id),
        name: Set(changed.name),
        ..row
    };
    let new = rows.update(row).await.map_err(taken)?;
    record(&rows, actor, now, "contabo_account.change", Some(&old), &new).await?;
    due(&rows, id, now).await?;
    rows.commit().await?;
    Ok(())
}

/// Lets an account be asked, or not.
///
/// # Errors
/// When it is not there, or the database fails.
pub async fn enable(
    db: &Db,
    tenant: TenantId,
    actor: &Actor,
    now: DateTime<Utc>,
    id: ContaboAccountId,
    enabled: bool,
) -> Result<(), Error> {
    let rows = db.begin(tenant).await?;
    let old = locked(&rows, id).await?;
    let row = contabo_account::ActiveModel {
        id: Set(id),
        enabled: Set(enabled),
        ..Default::default()
    };
    let new = rows.update(row).await?;
    record(&rows, actor, now, "contabo_account.enable", Some(&old), &new).await?;
    due(&rows, id, now).await?;
    rows.commit().await?;
    Ok(())
}

/// Puts an account away: it is asked no more, its credentials are forgotten, and what was mirrored of it is shown no
/// more. Nothing at Contabo changes.
///
/// # Errors
/// While clients have instances of it; when it is not there, or the database fails.
pub async fn archive(
    db: &Db,
    keyring: &Keyring,
    tenant: TenantId,
    actor: &Actor,
    now: DateTime<Utc>,
    id: ContaboAccountId,
) -> Result<(), Error> {
    let rows = db.begin(tenant).await?;
    let old = locked(&rows, id).await?;
    let given = rows
        .find::<instance::Entity>()
        .filter(instance::Column::ContaboAccountId.eq(id))
        .filter(instance::Column::ClientId.is_not_null())
        .filter(instance::Column::GoneAt.is_null())
        .count()
        .await?;
    if given > 0 {
        return Err(Error::HasInstances(given));
    }
    let none = Credentials {
        client_id: old.api_client_id.clone(),
        client_secret: SecretString::default(),
        username: old.username.clone(),
        password: SecretString::default(),
    };
    let row = contabo_account::ActiveModel {
        id: Set(id),
        enabled: Set(false),
        archived_at: Set(Some(now)),
        ..sealed(keyring, tenant, id, &none, now)?
    };
    let new = rows.update(row).await?;
    record(&rows, actor, now, "contabo_account.archive", Some(&old), &new).await?;
    // Nobody reads them any more, so nothing true can be shown of them. Locked before the sequence, as everybody does.
    let of_account = instance::Column::ContaboAccountId.eq(id);
    rows.find::<instance::Entity>()
        .filter(of_account)
        .order_by(instance::Column::Id, Order::Asc)
        .locked()
        .all()
        .await?;
    let seq = rows.servers_changed().await?;
    let its_own = instance::Column::ContaboAccountId
        .eq(id)
        .and(instance::Column::GoneAt.is_null());
    let gone = [
        (instance::Column::GoneAt, Expr::value(now)),
        (instance::Column::Seq, Expr::value(seq)),
    ];
    rows.update_where::<instance::Entity>(its_own, gone).await?;
    let its_own = contabo_resource::Column::ContaboAccountId
        .eq(id)
        .and(contabo_resource::Column::GoneAt.is_null());
    let gone = [(contabo_resource::Column::GoneAt, Expr::value(now))];
    rows.update_where::<contabo_resource::Entity>(its_own, gone).await?;
    rows.commit().await?;
    Ok(())
}

/// Lets the account be read again at once.
///
/// # Errors
/// When it is not there or not asked at all, or the database fails.
pub async fn sync_now(db: &Db, tenant: TenantId, now: DateTime<Utc>, id: ContaboAccountId) -> Result<(), Error> {
    let rows = db.begin(tenant).await?;
    if !locked(&rows, id).await?.enabled {
        return Err(ChangeError::Conflict.into());
    }
    due(&rows, id, now).await?;
    rows.commit().await?;
    Ok(())
}

/// The account with its secrets opened.
///
/// # Errors
/// When the key ring can't open them.
pub fn open(keyring: &Keyring, row: &contabo_account::Model) -> Result<Credentials, KeyringError> {
    let open = |column, sealed| keyring.open_sealed(place(row.tenant_id, row.id, column), sealed);
    Ok(Credentials {
        client_id: row.api_client_id.clone(),
        client_secret: open(SECRET, &row.api_client_secret_sealed)?,
        username: row.username.clone(),
        password: open(PASSWORD, &row.password_sealed)?,
    })
}

const SECRET: &str = "api_client_secret_sealed";
const PASSWORD: &str = "password_sealed";

fn place(tenant: TenantId, id: ContaboAccountId, column: &'static str) -> Place {
    Place {
        tenant,
        table: "contabo_account",
        column,
        row: id.0,
    }
}

fn sealed(
    keyring: &Keyring,
    tenant: TenantId,
    id: ContaboAccountId,
    credentials: &Credentials,
    now: DateTime<Utc>,
) -> Result<contabo_account::ActiveModel, KeyringError> {
    let seal = |column, secret| keyring.seal(place(tenant, id, column), secret);
    Ok(contabo_account::ActiveModel {
        api_client_id: Set(credentials.client_id.clone()),
        api_client_secret_sealed: Set(seal(SECRET, &credentials.client_secret)?),
        username: Set(credentials.username.clone()),
        password_sealed: Set(seal(PASSWORD, &credentials.password)?),
        secret_asked_at: Set(None),
        changed_at: Set(now),
        ..Default::default()
    })
}

async fn locked(rows: &Tenant<'_>, id: ContaboAccountId) -> Result<contabo_account::Model, Error> {
    let row = rows.lock::<contabo_account::Entity>(id).await?;
    let row = row.filter(|row| row.archived_at.is_none());
    Ok(row.ok_or(ChangeError::NotFound)?)
}

async fn due(rows: &Tenant<'_>, id: ContaboAccountId, now: DateTime<Utc>) -> Result<(), DbErr> {
    let row = contabo_sync::ActiveModel {
        contabo_account_id: Set(id),
        due_at: Set(now),
        ..Default::default()
    };
    rows.update(row).await?;
    rows.servers_changed().await.map(drop)
}

fn taken(error: DbErr) -> Error {
    ChangeError::or_taken(error, "name", Reason::Taken).into()
}

async fn record(
    rows: &Tenant<'_>,
    actor: &Actor,
    now: DateTime<Utc>,
    action: &str,
    old: Option<&contabo_account::Model>,
    new: &contabo_account::Model,
) -> Result<(), DbErr> {
    let subject = Subject {
        kind: "contabo account",
        id: Some(new.id.0),
        name: &new.name,
    };
    audit::record(rows, actor, now, action, subject, old.map(fields), Some(fields(new))).await
}

fn fields(row: &contabo_account::Model) -> Value {
    json!({
        "name": row.name,
        "api_client_id": row.api_client_id,
        "username": row.username,
        "switched_on": row.enabled,
        "credentials_changed_at": row.changed_at,
        "secret_asked_at": row.secret_asked_at,
    })
}
