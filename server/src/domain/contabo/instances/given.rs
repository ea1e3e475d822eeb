//! Giving instances to clients, taking them back, and locking them.

use chrono::{DateTime, Utc};
use entity::{
    ClientId, Db, InstanceId, Tenant, TenantId,
    action::{self, ActionState, Column},
    client, instance,
};
use sea_orm::{ActiveValue::Set, ColumnTrait, DbErr, ExprTrait, sea_query::Expr};
use serde_json::{Value, json};

use crate::domain::{
    audit::{self, Actor, Subject},
    contabo::{
        actions::next::stage,
        quotas::{self, Full},
    },
    typed::{BadText, ChangeError, Rejected, line},
};

/// What may be wrong with what was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    Text(BadText),
    /// No client of this tenant, or one that is archived.
    NoSuchClient,
    /// The client may have no more than so many.
    QuotaFull(i32),
}

/// Why nothing was changed.
pub type Error = ChangeError<Reason>;

/// Gives the instance to `client`, whoever had it; none takes it back, so that it is nobody's. What its client had asked
/// of it and has not begun is withdrawn.
///
/// # Errors
/// When one of them is not there, or the client's quota is full.
pub async fn assign(
    db: &Db,
    tenant: TenantId,
    actor: &Actor,
    now: DateTime<Utc>,
    id: InstanceId,
    client: Option<ClientId>,
) -> Result<(), Error> {
    give(db, tenant, actor, now, id, client, true).await
}

/// As [`assign`], of an instance that was ordered for the client: its quota was asked when that was confirmed.
///
/// # Errors
/// When one of them is not there.
pub async fn hand_over(
    db: &Db,
    tenant: TenantId,
    actor: &Actor,
    now: DateTime<Utc>,
    id: InstanceId,
    client: ClientId,
) -> Result<(), Error> {
    give(db, tenant, actor, now, id, Some(client), false).await
}

async fn give(
    db: &Db,
    tenant: TenantId,
    actor: &Actor,
    now: DateTime<Utc>,
    id: InstanceId,
    client: Option<ClientId>,
    by_quota: bool,
) -> Result<(), Error> {
    let rows = db.begin(tenant).await?;
    let old = locked(&rows, id).await?;
    if let Some(client) = client {
        let there = rows.lock::<client::Entity>(client).await?;
        if there.is_none_or(|row| row.archived_at.is_some()) {
            return Err(Rejected::one("client", Reason::NoSuchClient).into());
        }
    }
    if old.client_id == client {
        return Ok(());
    }
    if let Some(client) = client.filter(|_| by_quota)
        && let Some(Full::Instances(most)) = quotas::full_for_client(&rows, client).await?
    {
        return Err(Rejected::one("client", Reason::QuotaFull(most)).into());
    }
    withdraw_queued(&rows, id, now).await?;
    let row = instance::ActiveModel {
        id: Set(id),
        client_id: Set(client),
        assigned_at: Set(client.map(|_| now)),
        ..Default::default()
    };
    keep(rows, actor, now, "instance.assign", &old, row).await
}

/// Locks the instance for its client, who reads why. What its client had asked of it and has not begun is withdrawn.
///
/// # Errors
/// When it is not there, or no reason was typed.
pub async fn lock(
    db: &Db,
    tenant: TenantId,
    actor: &Actor,
    now: DateTime<Utc>,
    id: InstanceId,
    because: &str,
) -> Result<(), Error> {
    let because = line(because, 300).map_err(|bad| Rejected::one("because", Reason::Text(bad)))?;
    set_lock(db, tenant, actor, now, id, Some(because)).await
}

/// Lets its client go on.
///
/// # Errors
/// When it is not there.
pub async fn unlock(db: &Db, tenant: TenantId, actor: &Actor, now: DateTime<Utc>, id: InstanceId) -> Result<(), Error> {
    set_lock(db, tenant, actor, now, id, None).await
}

async fn set_lock(
    db: &Db,
    tenant: TenantId,
    actor: &Actor,
    now: DateTime<Utc>,
    id: InstanceId,
    because: Option<String>,
) -> Result<(), Error> {
    let rows = db.begin(tenant).await?;
    let old = locked(&rows, id).await?;
    let action = match because {
        Some(_) => "instance.lock",
        None => "instance.unlock",
    };
    if because.is_some() {
        withdraw_queued(&rows, id, now).await?;
    }
    let row = instance::ActiveModel {
        id: Set(id),
        locked_because: Set(because),
        ..Default::default()
    };
    keep(rows, actor, now, action, &old, row).await
}

/// Takes back what clients asked of the instance and has not begun: it is no longer theirs to touch.
async fn withdraw_queued(rows: &Tenant<'_>, id: InstanceId, now: DateTime<Utc>) -> Result<(), DbErr> {
    let theirs = Column::InstanceId
        .eq(id)
        .and(Column::State.eq(ActionState::Queued))
        .and(Column::ClientId.is_not_null());
    let changes = [
        (Column::State, Expr::value(ActionState::Withdrawn)),
        (Column::Stage, Expr::value(stage::ENDED)),
        (Column::EndedAt, Expr::value(now)),
        (Column::SecretSealed, Expr::value(None::<Vec<u8>>)),
    ];
    rows.update_where::<action::Entity>(theirs, changes).await.map(drop)
}

async fn locked(rows: &Tenant<'_>, id: InstanceId) -> Result<instance::Model, Error> {
    let row = rows.lock::<instance::Entity>(id).await?;
    row.filter(|row| row.gone_at.is_none()).ok_or(Error::NotFound)
}

async fn keep(
    rows: Tenant<'static>,
    actor: &Actor,
    now: DateTime<Utc>,
    action: &str,
    old: &instance::Model,
    row: instance::ActiveModel,
) -> Result<(), Error> {
    let seq = rows.servers_changed().await?;
    let new = rows.update(instance::ActiveModel { seq: Set(seq), ..row }).await?;
    let subject = Subject {
        kind: "instance",
        id: Some(new.id.0),
        name: &new.name,
    };
    let fields =
        |row: &instance::Model| -> Value { json!({ "client": row.client_id, "locked_because": row.locked_because }) };
    audit::record(
        &rows,
        actor,
        now,
        action,
        subject,
        Some(fields(old)),
        Some(fields(&new)),
    )
    .await?;
    Ok(rows.commit().await?)
}

impl From<BadText> for Reason {
    fn from(bad: BadText) -> Self {
        Self::Text(bad)
    }
}
