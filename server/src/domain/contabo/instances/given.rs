//! Giving instances to clients, taking them back, and locking them.

use chrono::{DateTime, Utc};
use entity::{
    ClientId, Db, InstanceId, Tenant, TenantId,
    action::{self, ActionState, Column},
    client, instance,
};
use sea_orm::{ActiveValue::Set, ColumnTrait, DbErr, ExprTrait, sea_query::Expr};
use serde_json::{Value, json};

use crate::{
    domain::{
        audit::{self, Actor, Subject},
        contabo::{
            actions::{self, next::stage},
            letters::News,
            quotas::{self, Full},
            schedules,
        },
        typed::{BadText, ChangeError, Rejected, line},
    },
    work::contabo::TellOfServer,
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
/// of it and has not begun is withdrawn, and what its client had done at fixed times ends.
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
    let rows = db.begin(tenant).await?;
    assign_within(&rows, actor, now, id, client).await?;
    Ok(rows.commit().await?)
}

/// The same in the caller's transaction.
///
/// # Errors
/// As [`assign`].
pub async fn assign_within(
    rows: &Tenant<'_>,
    actor: &Actor,
    now: DateTime<Utc>,
    id: InstanceId,
    client: Option<ClientId>,
) -> Result<(), Error> {
    let Some(old) = give(rows, actor, now, id, client, true).await? else {
        return Ok(());
    };
    if let Some(whose) = old.client_id {
        TellOfServer::enqueue(rows, id, whose, News::TakenBack, now).await?;
    }
    if let Some(whose) = client {
        TellOfServer::enqueue(rows, id, whose, News::Welcome, now).await?;
    }
    Ok(())
}

/// As [`assign`], of an instance that was ordered for the client: its quota was asked when that was confirmed, and it is
/// welcomed to it when that is ready.
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
    let rows = db.begin(tenant).await?;
    give(&rows, actor, now, id, Some(client), false).await?;
    Ok(rows.commit().await?)
}

/// Answers with what it was before; none where nothing had to be changed.
async fn give(
    rows: &Tenant<'_>,
    actor: &Actor,
    now: DateTime<Utc>,
    id: InstanceId,
    client: Option<ClientId>,
    by_quota: bool,
) -> Result<Option<instance::Model>, Error> {
    let old = locked(rows, id).await?;
    if let Some(client) = client {
        let there = rows.lock::<client::Entity>(client).await?;
        if there.is_none_or(|row| row.archived_at.is_some()) {
            return Err(Rejected::one("client", Reason::NoSuchClient).into());
        }
    }
    if old.client_id == client {
        return Ok(None);
    }
    if let Some(client) = client.filter(|_| by_quota)
        && let Some(Full::Instances(most)) = quotas::full_for_client(rows, client).await?
    {
        return Err(Rejected::one("client", Reason::QuotaFull(most)).into());
    }
    withdraw_queued(rows, id, now).await?;
    schedules::forget_clients(rows, actor, now, id).await?;
    let row = instance::ActiveModel {
        id: Set(id),
        client_id: Set(client),
        assigned_at: Set(client.map(|_| now)),
        ..Default::default()
    };
    keep(rows, actor, now, "instance.assign", &old, row).await?;
    Ok(Some(old))
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
    let rows = db.begin(tenant).await?;
    let Some(locked) = lock_within(&rows, actor, now, id, &because).await? else {
        return Ok(());
    };
    if let Some(whose) = locked.client_id {
        TellOfServer::enqueue(&rows, id, whose, News::Locked { because }, now).await?;
    }
    Ok(rows.commit().await?)
}

/// The same in the caller's transaction, who tells the client; none: it was so already.
///
/// # Errors
/// When it is not there.
pub async fn lock_within(
    rows: &Tenant<'_>,
    actor: &Actor,
    now: DateTime<Utc>,
    id: InstanceId,
    because: &str,
) -> Result<Option<instance::Model>, Error> {
    set_lock(rows, actor, now, id, Some(because.to_owned())).await
}

/// Lets its client go on.
///
/// # Errors
/// When it is not there.
pub async fn unlock(db: &Db, tenant: TenantId, actor: &Actor, now: DateTime<Utc>, id: InstanceId) -> Result<(), Error> {
    let rows = db.begin(tenant).await?;
    let Some(unlocked) = unlock_within(&rows, actor, now, id).await? else {
        return Ok(());
    };
    if let Some(whose) = unlocked.client_id {
        TellOfServer::enqueue(&rows, id, whose, News::Unlocked, now).await?;
    }
    Ok(rows.commit().await?)
}

/// The same in the caller's transaction, who tells the client; none: it was so already.
///
/// # Errors
/// When it is not there.
pub async fn unlock_within(
    rows: &Tenant<'_>,
    actor: &Actor,
    now: DateTime<Utc>,
    id: InstanceId,
) -> Result<Option<instance::Model>, Error> {
    set_lock(rows, actor, now, id, None).await
}

async fn set_lock(
    rows: &Tenant<'_>,
    actor: &Actor,
    now: DateTime<Utc>,
    id: InstanceId,
    because: Option<String>,
) -> Result<Option<instance::Model>, Error> {
    let old = locked(rows, id).await?;
    if old.locked_because == because {
        return Ok(None);
    }
    let action = match because {
        Some(_) => "instance.lock",
        None => "instance.unlock",
    };
    if because.is_some() {
        withdraw_queued(rows, id, now).await?;
    }
    let row = instance::ActiveModel {
        id: Set(id),
        locked_because: Set(because),
        ..Default::default()
    };
    keep(rows, actor, now, action, &old, row).await.map(Some)
}

/// Takes back what clients asked of the instance and has not begun: it is no longer theirs to touch.
async fn withdraw_queued(rows: &Tenant<'_>, id: InstanceId, now: DateTime<Utc>) -> Result<(), DbErr> {
    let theirs = Column::InstanceId
        .eq(id)
        .and(Column::State.eq(ActionState::Queued))
        .and(Column::ClientId.is_not_null());
    for row in rows.find::<action::Entity>().filter(theirs).all().await? {
        let mut changes = vec![
            (Column::State, Expr::value(ActionState::Withdrawn)),
            (Column::Stage, Expr::value(stage::ENDED)),
            (Column::EndedAt, Expr::value(now)),
            (Column::SecretSealed, Expr::value(None::<Vec<u8>>)),
        ];
        if let Some(arguments) = actions::without_secrets(&row.arguments) {
            changes.push((Column::Arguments, Expr::value(arguments)));
        }
        // The instance is locked; only a worker that begins it comes between.
        let queued = Column::Id.eq(row.id).and(Column::State.eq(ActionState::Queued));
        rows.update_where::<action::Entity>(queued, changes).await?;
    }
    Ok(())
}

async fn locked(rows: &Tenant<'_>, id: InstanceId) -> Result<instance::Model, Error> {
    let row = rows.lock::<instance::Entity>(id).await?;
    row.filter(|row| row.gone_at.is_none()).ok_or(Error::NotFound)
}

async fn keep(
    rows: &Tenant<'_>,
    actor: &Actor,
    now: DateTime<Utc>,
    action: &str,
    old: &instance::Model,
    row: instance::ActiveModel,
) -> Result<instance::Model, Error> {
    let seq = rows.servers_changed().await?;
    let new = rows.update(instance::ActiveModel { seq: Set(seq), ..row }).await?;
    let subject = Subject {
        kind: "instance",
        id: Some(new.id.0),
        name: &new.name,
    };
    let fields =
        |row: &instance::Model| -> Value { json!({ "client": row.client_id, "locked_because": row.locked_because }) };
    audit::record(rows, actor, now, action, subject, Some(fields(old)), Some(fields(&new))).await?;
    Ok(new)
}

impl From<BadText> for Reason {
    fn from(bad: BadText) -> Self {
        Self::Text(bad)
    }
}
