//! Changes of clients, each with its audit entry in one transaction.

use chrono::{DateTime, Utc};
use entity::{ClientId, Db, Tenant, TenantId, client, link};
use sea_orm::{ActiveValue::Set, ColumnTrait, Order};
use serde_json::{Value, json};

use super::{Details, Error, Reason};
use crate::domain::audit::{self, Actor, Subject};

/// Adds a client.
///
/// # Errors
/// [`Error::Rejected`] when the name is taken.
pub async fn create(
    db: &Db,
    tenant: TenantId,
    actor: &Actor,
    now: DateTime<Utc>,
    details: Details,
) -> Result<ClientId, Error> {
    let rows = db.begin(tenant).await?;
    let row = client::ActiveModel {
        id: Set(ClientId::new()),
        name: Set(details.name),
        reference: Set(details.reference),
        notes: Set(details.notes),
        created_at: Set(now),
        archived_at: Set(None),
        ..Default::default()
    };
    let row = rows.insert::<client::Entity, _>(row).await.map_err(name_taken)?;
    audit::conclude(
        rows,
        actor,
        now,
        "client.create",
        subject(&row),
        None,
        Some(fields(&row)),
    )
    .await?;
    Ok(row.id)
}

/// Changes a client's details.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Rejected`] when the name is taken.
pub async fn change(
    db: &Db,
    tenant: TenantId,
    actor: &Actor,
    now: DateTime<Utc>,
    id: ClientId,
    details: Details,
) -> Result<(), Error> {
    let rows = db.begin(tenant).await?;
    let before = rows.lock::<client::Entity>(id).await?.ok_or(Error::NotFound)?;
    let row = client::ActiveModel {
        id: Set(id),
        name: Set(details.name),
        reference: Set(details.reference),
        notes: Set(details.notes),
        ..Default::default()
    };
    let after = rows.update::<client::Entity, _>(row).await.map_err(name_taken)?;
    if after == before {
        return Ok(());
    }
    let (old, new) = (Some(fields(&before)), Some(fields(&after)));
    audit::conclude(rows, actor, now, "client.change", subject(&after), old, new).await?;
    Ok(())
}

/// Archives a client with its links: they are no longer polled and no longer count from `now` on, what was measured
/// stays. Its users lose their way to it; those of no other client can't sign in any more.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Conflict`] when it is archived already.
pub async fn archive(db: &Db, tenant: TenantId, actor: &Actor, now: DateTime<Utc>, id: ClientId) -> Result<(), Error> {
    let rows = db.begin(tenant).await?;
    let before = rows.lock::<client::Entity>(id).await?.ok_or(Error::NotFound)?;
    if before.archived_at.is_some() {
        return Err(Error::Conflict);
    }
    archive_links(&rows, actor, now, id).await?;
    let after = set_archived(&rows, id, Some(now)).await?;
    let (old, new) = (Some(json!({ "archived": false })), Some(json!({ "archived": true })));
    audit::conclude(rows, actor, now, "client.archive", subject(&after), old, new).await?;
    Ok(())
}

/// Brings an archived client back, and with it its users. Its links stay archived: whether each is still leased is
/// for staff to say.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Conflict`] when it is not archived.
pub async fn restore(db: &Db, tenant: TenantId, actor: &Actor, now: DateTime<Utc>, id: ClientId) -> Result<(), Error> {
    let rows = db.begin(tenant).await?;
    let before = rows.lock::<client::Entity>(id).await?.ok_or(Error::NotFound)?;
    if before.archived_at.is_none() {
        return Err(Error::Conflict);
    }
    let after = set_archived(&rows, id, None).await?;
    let (old, new) = (Some(json!({ "archived": true })), Some(json!({ "archived": false })));
    audit::conclude(rows, actor, now, "client.restore", subject(&after), old, new).await?;
    Ok(())
}

async fn archive_links(rows: &Tenant<'_>, actor: &Actor, now: DateTime<Utc>, client: ClientId) -> Result<(), Error> {
    let links = rows
        .find::<link::Entity>()
        .filter(link::Column::ClientId.eq(client))
        .filter(link::Column::ArchivedAt.is_null())
        .order_by(link::Column::Id, Order::Asc)
        .locked();
    for link in links.all().await? {
        let ended = link.deactivated_at.filter(|at| *at <= now);
        let row = link::ActiveModel {
            id: Set(link.id),
            deactivated_at: Set(ended.or(link.activated_at.map(|_| now))),
            archived_at: Set(Some(now)),
            ..Default::default()
        };
        rows.update::<link::Entity, _>(row).await?;
        let subject = Subject {
            kind: "link",
            id: Some(link.id.0),
            name: &link.name,
        };
        let (old, new) = (Some(json!({ "archived": false })), Some(json!({ "archived": true })));
        audit::record(rows, actor, now, "link.archive", subject, old, new).await?;
    }
    Ok(())
}

async fn set_archived(rows: &Tenant<'_>, id: ClientId, at: Option<DateTime<Utc>>) -> Result<client::Model, Error> {
    let row = client::ActiveModel {
        id: Set(id),
        archived_at: Set(at),
        ..Default::default()
    };
    Ok(rows.update::<client::Entity, _>(row).await?)
}

fn name_taken(error: sea_orm::DbErr) -> Error {
    Error::or_taken(error, "name", Reason::NameTaken)
}

fn subject(row: &client::Model) -> Subject<'_> {
    Subject {
        kind: "client",
        id: Some(row.id.0),
        name: &row.name,
    }
}

fn fields(row: &client::Model) -> Value {
    json!({ "name": row.name, "reference": row.reference, "notes": row.notes })
}

#[cfg(test)]
mod tests {
    use entity::audit_entry;

    use super::*;
    use crate::{
        domain::{board::Board, clients::Draft},
        testing::{scratch_db, scratch_tenant},
    };

    fn details(name: &str) -> Details {
        Draft {
            name: name.to_owned(),
            ..Draft::default()
        }
        .check()
        .unwrap()
    }

    #[tokio::test]
    async fn a_client_is_added_changed_archived_and_brought_back_with_an_entry_each() {
        let (db, _scratch) = scratch_db().await;
        let tenant = scratch_tenant(&db, "north").await;
        let (actor, now) = (Actor::system("test"), DateTime::UNIX_EPOCH);
        let board = Board::new(db.clone());
        board.snapshot(tenant, now).await.unwrap();
        let id = create(&db, tenant, &actor, now, details("Acme")).await.unwrap();
        change(&db, tenant, &actor, now, id, details("Acme AG")).await.unwrap();
        change(&db, tenant, &actor, now, id, details("Acme AG")).await.unwrap();
        archive(&db, tenant, &actor, now, id).await.unwrap();
        assert!(matches!(
            archive(&db, tenant, &actor, now, id).await,
            Err(Error::Conflict)
        ));
        restore(&db, tenant, &actor, now, id).await.unwrap();
        board.refresh(tenant).await.unwrap();
        let seen = board.snapshot(tenant, now).await.unwrap();
        assert_eq!(seen.clients[&id].name, "Acme AG");
        let entries = db.tenant(tenant).find::<audit_entry::Entity>().all().await.unwrap();
        let mut actions: Vec<_> = entries.into_iter().map(|entry| entry.action).collect();
        actions.sort();
        assert_eq!(
            actions,
            ["client.archive", "client.change", "client.create", "client.restore"]
        );
    }

    #[tokio::test]
    async fn a_name_is_taken_once_in_its_tenant_and_another_tenants_client_is_not_found() {
        let (db, _scratch) = scratch_db().await;
        let (north, south) = (scratch_tenant(&db, "north").await, scratch_tenant(&db, "south").await);
        let (actor, now) = (Actor::system("test"), DateTime::UNIX_EPOCH);
        let id = create(&db, north, &actor, now, details("Acme")).await.unwrap();
        create(&db, south, &actor, now, details("Acme")).await.unwrap();
        let Err(Error::Rejected(rejected)) = create(&db, north, &actor, now, details("Acme")).await else {
            panic!("the name is taken");
        };
        assert_eq!(rejected.0, [("name", Reason::NameTaken)]);
        assert!(matches!(
            change(&db, south, &actor, now, id, details("x")).await,
            Err(Error::NotFound)
        ));
    }
}
