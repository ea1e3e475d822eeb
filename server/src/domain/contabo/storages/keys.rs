//! Who may have the keys of a storage.
//!
//! Contabo's keys belong to the account's user and open every storage of that user. So a client may have them only where
//! the provider has said so for the account, and where there is nothing in the account that is not this client's.

use chrono::{DateTime, Utc};
use entity::{ClientId, ContaboAccountId, Db, Tenant, TenantId, contabo_account, storage_keys};
use sea_orm::{ActiveValue::Set, ColumnTrait, DbErr};
use serde_json::json;

use super::{Error, Kept};
use crate::domain::{
    audit::{self, Actor, Subject},
    contabo::features::{Feature, Features},
    typed::ChangeError,
};

/// Why a client may not have the keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Closed {
    /// The provider has not said that clients may have those of the account.
    NotAllowed,
    /// They would open what is not the client's.
    OpensOthers,
}

/// Whether `client` may have the keys of storages in `account`, `all` being the storages there are.
///
/// # Errors
/// Why not.
pub fn may_have(all: &[Kept], account: ContaboAccountId, client: ClientId, is_allowed: bool) -> Result<(), Closed> {
    if !is_allowed {
        return Err(Closed::NotAllowed);
    }
    let mut there = all.iter().filter(|one| one.account == account);
    if there.all(|one| one.client == Some(client)) {
        Ok(())
    } else {
        Err(Closed::OpensOthers)
    }
}

/// Whether clients may have the keys of the account, as far as the provider has said.
///
/// # Errors
/// When the database does not answer.
pub async fn are_allowed(rows: &Tenant<'_>, account: ContaboAccountId) -> Result<bool, DbErr> {
    let row = rows.get::<storage_keys::Entity>(account).await?;
    Ok(row.is_some())
}

/// As [`are_allowed`], of the account of this storage, where its client may have keys at all.
///
/// # Errors
/// When the database does not answer.
pub async fn are_open(rows: &Tenant<'_>, one: &Kept) -> Result<bool, DbErr> {
    let by_switch = match one.client {
        Some(client) => Features::load(rows).await?.allows(client, Feature::StorageKeys),
        None => false,
    };
    Ok(by_switch && are_allowed(rows, one.account).await?)
}

/// Says whether clients may have the keys of the account.
///
/// # Errors
/// When the account is not there.
pub async fn allow(
    db: &Db,
    tenant: TenantId,
    actor: &Actor,
    now: DateTime<Utc>,
    account: ContaboAccountId,
    allowed: bool,
) -> Result<(), Error> {
    let rows = db.begin(tenant).await?;
    let there = rows.lock::<contabo_account::Entity>(account).await?;
    let there = there
        .filter(|row| row.archived_at.is_none())
        .ok_or(ChangeError::NotFound)?;
    let was = are_allowed(&rows, account).await?;
    if was == allowed {
        return Ok(());
    }
    if allowed {
        let row = storage_keys::ActiveModel {
            contabo_account_id: Set(account),
            allowed_at: Set(now),
            ..Default::default()
        };
        rows.insert_all::<storage_keys::Entity, _>([row]).await?;
    } else {
        let this = storage_keys::Column::ContaboAccountId.eq(account);
        rows.delete_where::<storage_keys::Entity>(this).await?;
    }
    let subject = Subject {
        kind: "contabo account",
        id: Some(account.0),
        name: &there.name,
    };
    let said = |allowed: bool| Some(json!({ "clients_may_have_storage_access": allowed }));
    audit::record(
        &rows,
        actor,
        now,
        "contabo_account.storage_access",
        subject,
        said(was),
        said(allowed),
    )
    .await?;
    Ok(rows.commit().await?)
}

#[cfg(test)]
mod tests {
    use entity::ContaboResourceId;

    use super::{super::super::resources::Storage, *};

    #[test]
    fn no_client_has_keys_that_open_what_is_not_theirs() {
        let (account, other) = (ContaboAccountId::new(), ContaboAccountId::new());
        let (acme, globex) = (ClientId::new(), ClientId::new());
        let kept = |account, client| Kept {
            id: ContaboResourceId::new(),
            account,
            client,
            storage: Storage::default(),
        };
        let alone = [
            kept(account, Some(acme)),
            kept(account, Some(acme)),
            kept(other, Some(globex)),
        ];
        assert_eq!(may_have(&alone, account, acme, true), Ok(()));
        assert_eq!(may_have(&alone, account, acme, false), Err(Closed::NotAllowed));
        assert_eq!(may_have(&alone, account, globex, true), Err(Closed::OpensOthers));
        for also in [Some(globex), None] {
            let shared = [kept(account, Some(acme)), kept(account, also)];
            assert_eq!(
                may_have(&shared, account, acme, true),
                Err(Closed::OpensOthers),
                "{also:?}"
            );
        }
    }
}
