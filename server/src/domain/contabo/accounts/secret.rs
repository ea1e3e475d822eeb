//! A new client secret of an account. That one is asked for is stored before the call leaves, since from then on the old one
//! may open nothing any more; it is forgotten again once it is known what became of it.

use chrono::{DateTime, Utc};
use entity::{ContaboAccountId, Db, TenantId, contabo_account};
use sea_orm::ActiveValue::Set;
use secrecy::SecretString;
use serde_json::json;
use uuid::Uuid;

use super::{Error, SECRET, due, locked, place, record};
use crate::{
    domain::{
        audit::{self, Actor, Subject},
        typed::ChangeError,
    },
    keyring::Keyring,
};

/// Notes that a new secret is asked for with this request, and gives the account as it is kept then.
///
/// # Errors
/// When it is not there; a conflict while one was asked for and nobody knows what became of it, or the account is off.
pub async fn asked_for(
    db: &Db,
    tenant: TenantId,
    actor: &Actor,
    now: DateTime<Utc>,
    id: ContaboAccountId,
    request: Uuid,
) -> Result<contabo_account::Model, Error> {
    let rows = db.begin(tenant).await?;
    let old = locked(&rows, id).await?;
    if !old.enabled || old.secret_asked_at.is_some() {
        return Err(ChangeError::Conflict.into());
    }
    let asked = contabo_account::ActiveModel {
        id: Set(id),
        secret_asked_at: Set(Some(now)),
        ..Default::default()
    };
    let new = rows.update::<contabo_account::Entity, _>(asked).await?;
    let subject = Subject {
        kind: "contabo account",
        id: Some(id.0),
        name: &new.name,
    };
    let after = json!({ "request": request.to_string() });
    let action = "contabo_account.renew_secret";
    audit::record(&rows, actor, now, action, subject, None, Some(after)).await?;
    rows.servers_changed().await?;
    rows.commit().await?;
    Ok(new)
}

/// Keeps the secret that Contabo has now, sealed; the account is read with it at once. `asked`: the account when the
/// secret was asked for to which this is the answer.
///
/// # Errors
/// When it is not there, or it can't be sealed; a conflict where credentials were given or another secret was asked for
/// since.
pub async fn keep_secret(
    db: &Db,
    keyring: &Keyring,
    tenant: TenantId,
    actor: &Actor,
    now: DateTime<Utc>,
    asked: &contabo_account::Model,
    secret: &SecretString,
) -> Result<(), Error> {
    let kept = contabo_account::ActiveModel {
        api_client_secret_sealed: Set(keyring.seal(place(tenant, asked.id, SECRET), secret)?),
        changed_at: Set(now),
        ..Default::default()
    };
    end(db, tenant, actor, now, asked, kept).await
}

/// Notes that no new secret was made: the old one is still valid. `asked` as in [`keep_secret`].
///
/// # Errors
/// When it is not there; a conflict as in [`keep_secret`].
pub async fn not_made(
    db: &Db,
    tenant: TenantId,
    actor: &Actor,
    now: DateTime<Utc>,
    asked: &contabo_account::Model,
) -> Result<(), Error> {
    end(db, tenant, actor, now, asked, contabo_account::ActiveModel::default()).await
}

async fn end(
    db: &Db,
    tenant: TenantId,
    actor: &Actor,
    now: DateTime<Utc>,
    asked: &contabo_account::Model,
    kept: contabo_account::ActiveModel,
) -> Result<(), Error> {
    let rows = db.begin(tenant).await?;
    let old = locked(&rows, asked.id).await?;
    if old.secret_asked_at.is_none() || old.secret_asked_at != asked.secret_asked_at {
        return Err(ChangeError::Conflict.into());
    }
    let row = contabo_account::ActiveModel {
        id: Set(asked.id),
        secret_asked_at: Set(None),
        ..kept
    };
    let new = rows.update::<contabo_account::Entity, _>(row).await?;
    record(&rows, actor, now, "contabo_account.change", Some(&old), &new).await?;
    due(&rows, asked.id, now).await?;
    Ok(rows.commit().await?)
}
