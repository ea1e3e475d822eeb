//! Object storages: whose they are, who may have the keys, how they are reached.
//!
//! What is in a storage is not known here: Contabo's API tells its size and use alone, buckets are reached over S3.

mod change;
mod examples;
mod keys;

use chrono::{DateTime, Utc};
use entity::{
    ClientId, ContaboAccountId, ContaboResourceId, Db, Tenant, TenantId, client, contabo_account,
    contabo_resource::{self, Column},
};
use sea_orm::{ActiveValue::Set, ColumnTrait, DbErr, Order};
use serde_json::json;

pub(super) use self::change::{allow_change, shows};
pub use self::{
    change::{Room, quote, region_word, steps, steps_of},
    examples::{Examples, REGION, endpoint},
    keys::{Closed, allow, are_allowed, are_open, may_have},
};
use super::{
    quotas::{self, Full},
    resources::{Kind, Storage},
};
use crate::domain::{
    audit::{self, Actor, Subject},
    typed::{ChangeError, Rejected},
};

/// A storage as it was last seen at Contabo.
#[derive(Clone, Debug)]
pub struct Kept {
    pub id: ContaboResourceId,
    pub account: ContaboAccountId,
    pub client: Option<ClientId>,
    pub storage: Storage,
}

/// What may be wrong with what was chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// No client of this tenant, or one that is archived.
    NoSuchClient,
    /// Clients may have the keys of the account, and another client has a storage there.
    KeysOpenAnothers,
    /// The client may have no more than so many steps of 250 GB.
    QuotaFull(i32),
}

/// Why nothing was changed.
pub type Error = ChangeError<Reason>;

/// All storages of accounts that are not archived, by name.
///
/// # Errors
/// When the database does not answer.
pub async fn list(rows: &Tenant<'_>) -> Result<Vec<Kept>, DbErr> {
    let accounts = rows.find::<contabo_account::Entity>();
    let accounts = accounts
        .filter(contabo_account::Column::ArchivedAt.is_null())
        .all()
        .await?;
    let found = rows
        .find::<contabo_resource::Entity>()
        .filter(Column::Kind.eq(Storage::NAME))
        .filter(Column::GoneAt.is_null())
        .filter(Column::ContaboAccountId.is_in(accounts.into_iter().map(|account| account.id)))
        .order_by(Column::Name, Order::Asc)
        .order_by(Column::Id, Order::Asc)
        .all()
        .await?;
    Ok(found.into_iter().filter_map(kept).collect())
}

/// Those of the clients.
///
/// # Errors
/// When the database does not answer.
pub async fn of_clients(rows: &Tenant<'_>, clients: &[ClientId]) -> Result<Vec<Kept>, DbErr> {
    let mut all = list(rows).await?;
    all.retain(|one| one.client.is_some_and(|client| clients.contains(&client)));
    Ok(all)
}

fn kept(row: contabo_resource::Model) -> Option<Kept> {
    Some(Kept {
        id: row.id,
        account: row.contabo_account_id,
        client: row.client_id,
        storage: serde_json::from_value(row.details).ok()?,
    })
}

/// Gives the storage to `client`, whoever had it; none takes it back.
///
/// # Errors
/// When one of them is not there.
pub async fn assign(
    db: &Db,
    tenant: TenantId,
    actor: &Actor,
    now: DateTime<Utc>,
    id: ContaboResourceId,
    client: Option<ClientId>,
) -> Result<(), Error> {
    let rows = db.begin(tenant).await?;
    let seen = rows.get::<contabo_resource::Entity>(id).await?;
    let seen = seen.ok_or(ChangeError::NotFound)?;
    // The account first, as a reading does: what it has just read would give the storage back to whoever had it.
    rows.lock::<contabo_account::Entity>(seen.contabo_account_id).await?;
    let old = rows.lock::<contabo_resource::Entity>(id).await?;
    let old = old
        .filter(|row| row.kind == Storage::NAME && row.gone_at.is_none())
        .ok_or(ChangeError::NotFound)?;
    if let Some(client) = client {
        let there = rows.lock::<client::Entity>(client).await?;
        if there.is_none_or(|row| row.archived_at.is_some()) {
            return Err(Rejected::one("client", Reason::NoSuchClient).into());
        }
    }
    if old.client_id == client {
        return Ok(());
    }
    if let Some(client) = client
        && let Some(Full::Storage(most)) = quotas::full_for_storage(&rows, client, &old).await?
    {
        return Err(Rejected::one("client", Reason::QuotaFull(most)).into());
    }
    // Whoever has had the keys would open what is given to somebody else now.
    if client.is_some() && are_allowed(&rows, old.contabo_account_id).await? {
        let all = list(&rows).await?;
        let mut others = all
            .iter()
            .filter(|one| one.account == old.contabo_account_id && one.id != id);
        if others.any(|one| one.client.is_some() && one.client != client) {
            return Err(Rejected::one("client", Reason::KeysOpenAnothers).into());
        }
    }
    let row = contabo_resource::ActiveModel {
        id: Set(id),
        client_id: Set(client),
        assigned_at: Set(client.map(|_| now)),
        ..Default::default()
    };
    rows.update(row).await?;
    let subject = Subject {
        kind: "object storage",
        id: Some(id.0),
        name: &old.name,
    };
    let (before, after) = (json!({ "client": old.client_id }), json!({ "client": client }));
    audit::record(&rows, actor, now, "storage.assign", subject, Some(before), Some(after)).await?;
    rows.servers_changed().await?;
    Ok(rows.commit().await?)
}
