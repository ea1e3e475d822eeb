//! Changes of maintenance windows, each with its audit entry in one transaction.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use entity::{
    Db, MaintenanceScopeId, MaintenanceWindowId, Tenant, TenantId, link, maintenance_scope, maintenance_window, router,
};
use sea_orm::{ActiveValue::Set, ColumnTrait, DbErr, Order};
use serde_json::{Value, json};

use super::{Covers, Error, Plan, Reason};
use crate::domain::{
    audit::{self, Actor, Subject},
    board::Maintenance,
    typed::Rejected,
};

/// Plans a window.
///
/// # Errors
/// [`Error::Rejected`] when what is covered is gone since it was checked.
pub async fn create(
    db: &Db,
    tenant: TenantId,
    actor: &Actor,
    now: DateTime<Utc>,
    plan: Plan,
) -> Result<MaintenanceWindowId, Error> {
    let rows = db.begin(tenant).await?;
    let row = maintenance_window::ActiveModel {
        id: Set(MaintenanceWindowId::new()),
        title: Set(plan.title),
        notes: Set(plan.notes),
        starts_at: Set(plan.starts_at),
        ends_at: Set(plan.ends_at),
        created_by: Set(actor.id),
        created_at: Set(now),
        cancelled_at: Set(None),
        ..Default::default()
    };
    let row = rows.insert::<maintenance_window::Entity, _>(row).await?;
    add_scopes(&rows, row.id, &plan.covers).await?;
    let new = fields(&rows, &row).await?;
    audit::conclude(rows, actor, now, "maintenance.create", subject(&row), None, Some(new)).await?;
    Ok(row.id)
}

/// Changes a window that has not begun.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Conflict`] when it has begun or is cancelled, [`Error::Rejected`] when what is covered is
/// gone since it was checked.
pub async fn change(
    db: &Db,
    tenant: TenantId,
    actor: &Actor,
    now: DateTime<Utc>,
    id: MaintenanceWindowId,
    plan: Plan,
) -> Result<(), Error> {
    let rows = db.begin(tenant).await?;
    let before = open(&rows, id, |window| now < window.starts_at).await?;
    let old = fields(&rows, &before).await?;
    let this = maintenance_scope::Column::WindowId.eq(id);
    rows.delete_where::<maintenance_scope::Entity>(this).await?;
    add_scopes(&rows, id, &plan.covers).await?;
    let row = maintenance_window::ActiveModel {
        id: Set(id),
        title: Set(plan.title),
        notes: Set(plan.notes),
        starts_at: Set(plan.starts_at),
        ends_at: Set(plan.ends_at),
        ..Default::default()
    };
    let after = rows.update::<maintenance_window::Entity, _>(row).await?;
    let new = fields(&rows, &after).await?;
    audit::conclude(
        rows,
        actor,
        now,
        "maintenance.change",
        subject(&after),
        Some(old),
        Some(new),
    )
    .await?;
    Ok(())
}

/// Ends a window that is under way: what comes now counts again.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Conflict`] when it is not under way.
pub async fn end_now(
    db: &Db,
    tenant: TenantId,
    actor: &Actor,
    now: DateTime<Utc>,
    id: MaintenanceWindowId,
) -> Result<(), Error> {
    let rows = db.begin(tenant).await?;
    let before = open(&rows, id, |window| window.starts_at < now && now < window.ends_at).await?;
    let row = maintenance_window::ActiveModel {
        id: Set(id),
        ends_at: Set(now),
        ..Default::default()
    };
    let after = rows.update::<maintenance_window::Entity, _>(row).await?;
    let (old, new) = (
        json!({ "ends_at": before.ends_at }),
        json!({ "ends_at": after.ends_at }),
    );
    audit::conclude(
        rows,
        actor,
        now,
        "maintenance.end",
        subject(&after),
        Some(old),
        Some(new),
    )
    .await?;
    Ok(())
}

/// Cancels a window that has not begun.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Conflict`] when it has begun or is cancelled already.
pub async fn cancel(
    db: &Db,
    tenant: TenantId,
    actor: &Actor,
    now: DateTime<Utc>,
    id: MaintenanceWindowId,
) -> Result<(), Error> {
    let rows = db.begin(tenant).await?;
    open(&rows, id, |window| now < window.starts_at).await?;
    let row = maintenance_window::ActiveModel {
        id: Set(id),
        cancelled_at: Set(Some(now)),
        ..Default::default()
    };
    let after = rows.update::<maintenance_window::Entity, _>(row).await?;
    let (old, new) = (Some(json!({ "cancelled": false })), Some(json!({ "cancelled": true })));
    audit::conclude(rows, actor, now, "maintenance.cancel", subject(&after), old, new).await?;
    Ok(())
}

/// The windows that were cancelled, which are on no board; what would have begun last comes first.
///
/// # Errors
/// When the database does not answer.
pub async fn cancelled(rows: &Tenant<'_>) -> Result<Vec<Maintenance>, DbErr> {
    let windows = rows
        .find::<maintenance_window::Entity>()
        .filter(maintenance_window::Column::CancelledAt.is_not_null())
        .order_by(maintenance_window::Column::StartsAt, Order::Desc)
        .order_by(maintenance_window::Column::Id, Order::Desc)
        .all()
        .await?;
    let ids = windows.iter().map(|window| window.id);
    let scopes = rows
        .find::<maintenance_scope::Entity>()
        .filter(maintenance_scope::Column::WindowId.is_in(ids))
        .all()
        .await?;
    let of = |id| scopes.iter().filter(move |scope| scope.window_id == id).cloned();
    Ok(windows
        .into_iter()
        .map(|window| Maintenance {
            scopes: of(Some(window.id)).collect(),
            window,
        })
        .collect())
}

async fn open(
    rows: &Tenant<'_>,
    id: MaintenanceWindowId,
    allows: impl Fn(&maintenance_window::Model) -> bool,
) -> Result<maintenance_window::Model, Error> {
    let window = rows
        .lock::<maintenance_window::Entity>(id)
        .await?
        .ok_or(Error::NotFound)?;
    if window.cancelled_at.is_none() && allows(&window) {
        Ok(window)
    } else {
        Err(Error::Conflict)
    }
}

/// What is covered was not archived since the form was read, and is not before the commit.
async fn add_scopes(rows: &Tenant<'_>, window: MaintenanceWindowId, covers: &Covers) -> Result<(), Error> {
    let gone = |field| Error::from(Rejected::one(field, Reason::NotAChoice));
    let pairs: Vec<_> = match covers {
        Covers::All => Vec::new(),
        Covers::Routers(ids) => {
            let ids: BTreeSet<_> = ids.iter().copied().collect();
            let routers = rows.lock_all::<router::Entity>(ids.iter().copied()).await?;
            if routers.iter().filter(|row| row.archived_at.is_none()).count() < ids.len() {
                return Err(gone("routers"));
            }
            ids.into_iter().map(|id| (Some(id), None)).collect()
        }
        Covers::Links(ids) => {
            let ids: BTreeSet<_> = ids.iter().copied().collect();
            let links = rows.lock_all::<link::Entity>(ids.iter().copied()).await?;
            if links.iter().filter(|row| row.archived_at.is_none()).count() < ids.len() {
                return Err(gone("links"));
            }
            ids.into_iter().map(|id| (None, Some(id))).collect()
        }
    };
    let scopes = pairs
        .into_iter()
        .map(|(router_id, link_id)| maintenance_scope::ActiveModel {
            id: Set(MaintenanceScopeId::new()),
            window_id: Set(Some(window)),
            router_id: Set(router_id),
            link_id: Set(link_id),
            ..Default::default()
        });
    rows.insert_all::<maintenance_scope::Entity, _>(scopes).await?;
    Ok(())
}

fn subject(row: &maintenance_window::Model) -> Subject<'_> {
    Subject {
        kind: "maintenance window",
        id: Some(row.id.0),
        name: &row.title,
    }
}

/// What the audit log keeps, with the names of what is covered as they are now.
async fn fields(rows: &Tenant<'_>, window: &maintenance_window::Model) -> Result<Value, DbErr> {
    let scopes = rows
        .find::<maintenance_scope::Entity>()
        .filter(maintenance_scope::Column::WindowId.eq(window.id))
        .all()
        .await?;
    let routers = scopes.iter().filter_map(|scope| scope.router_id);
    let routers = rows.get_all::<router::Entity>(routers).await?;
    let links = scopes.iter().filter_map(|scope| scope.link_id);
    let links = rows.get_all::<link::Entity>(links).await?;
    let mut names: Vec<_> = routers
        .into_iter()
        .map(|row| row.name)
        .chain(links.into_iter().map(|row| row.name))
        .collect();
    names.sort_unstable();
    Ok(json!({
        "title": window.title,
        "notes": window.notes,
        "starts_at": window.starts_at,
        "ends_at": window.ends_at,
        "covers": if names.is_empty() { json!("all links") } else { json!(names) },
    }))
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;
    use crate::{
        domain::{
            board::Board,
            maintenance::{Draft, Reason, list},
            typed::BadText,
        },
        testing::{scratch_db, scratch_tenant},
    };

    /// 21 November 2026, 09:00 UTC, which is 10:00 in Berlin.
    fn now() -> DateTime<Utc> {
        DateTime::from_timestamp(1_795_251_600, 0).unwrap()
    }

    fn draft(starts: &str, ends: &str) -> Draft {
        Draft {
            title: "Fibre work".to_owned(),
            starts: starts.to_owned(),
            ends: ends.to_owned(),
            covers: "all".to_owned(),
            ..Draft::default()
        }
    }

    #[tokio::test]
    async fn what_was_typed_is_checked_against_the_clock_and_the_board() {
        let (db, _scratch) = scratch_db().await;
        let tenant = scratch_tenant(&db, "north").await;
        let board = Board::new(db).snapshot(tenant, now()).await.unwrap();
        let wrong = |draft: Draft| draft.check(&board, now()).unwrap_err().0;
        assert!(
            draft("2026-11-21T10:00", "2026-11-21T11:00")
                .check(&board, now())
                .is_ok()
        );
        assert_eq!(
            wrong(draft("2026-11-21T09:00", "2026-11-21T11:00")),
            [("starts", Reason::Past)]
        );
        assert_eq!(
            wrong(draft("2026-11-22T09:00", "2026-11-22T09:00")),
            [("ends", Reason::Backwards)]
        );
        assert_eq!(
            wrong(draft("2026-12-01T00:00", "2027-02-01T00:00")),
            [("ends", Reason::TooLong)]
        );
        assert_eq!(
            wrong(draft("2026-12-01T00:00", "")),
            [("ends", Reason::Text(BadText::Missing))]
        );
        let gap = wrong(draft("2027-03-28T02:30", "2027-03-28T05:00"));
        assert!(
            matches!(gap.as_slice(), [("starts", Reason::Skipped { .. })]),
            "{gap:?}"
        );
        let stranger = Draft {
            covers: "links".to_owned(),
            links: vec![entity::LinkId::new().to_string()],
            ..draft("2026-12-01T00:00", "2026-12-01T01:00")
        };
        assert_eq!(wrong(stranger.clone()), [("links", Reason::NotAChoice)]);
        assert_eq!(
            wrong(Draft {
                links: vec![],
                ..stranger
            }),
            [("links", Reason::NothingChosen)]
        );
    }

    #[tokio::test]
    async fn a_window_is_changed_before_it_begins_ended_while_it_runs_and_then_left_alone() {
        let (db, _scratch) = scratch_db().await;
        let tenant = scratch_tenant(&db, "north").await;
        let actor = Actor::system("test");
        let board = Board::new(db.clone());
        let seen = board.snapshot(tenant, now()).await.unwrap();
        let plan = |ends: &str| draft("2026-11-21T11:00", ends).check(&seen, now()).unwrap();
        let id = create(&db, tenant, &actor, now(), plan("2026-11-21T12:00"))
            .await
            .unwrap();
        assert!(matches!(
            end_now(&db, tenant, &actor, now(), id).await,
            Err(Error::Conflict)
        ));
        change(&db, tenant, &actor, now(), id, plan("2026-11-21T13:00"))
            .await
            .unwrap();
        let begun = now() + TimeDelta::minutes(90);
        board.refresh(tenant).await.unwrap();
        let during = board.snapshot(tenant, begun).await.unwrap();
        assert_eq!(list::windows(&during, "FIBRE", begun).now.len(), 1);
        let changed = change(&db, tenant, &actor, begun, id, plan("2026-11-21T14:00")).await;
        assert!(matches!(changed, Err(Error::Conflict)));
        assert!(matches!(
            cancel(&db, tenant, &actor, begun, id).await,
            Err(Error::Conflict)
        ));
        end_now(&db, tenant, &actor, begun, id).await.unwrap();
        board.refresh(tenant).await.unwrap();
        let ended = board.snapshot(tenant, begun).await.unwrap();
        assert_eq!(list::windows(&ended, "", begun).past.len(), 1);
        assert!(matches!(
            end_now(&db, tenant, &actor, begun, id).await,
            Err(Error::Conflict)
        ));
    }

    #[tokio::test]
    async fn a_cancelled_window_is_gone_from_the_board() {
        let (db, _scratch) = scratch_db().await;
        let tenant = scratch_tenant(&db, "north").await;
        let actor = Actor::system("test");
        let board = Board::new(db.clone());
        let seen = board.snapshot(tenant, now()).await.unwrap();
        let plan = draft("2026-11-22T11:00", "2026-11-22T12:00")
            .check(&seen, now())
            .unwrap();
        let id = create(&db, tenant, &actor, now(), plan).await.unwrap();
        cancel(&db, tenant, &actor, now(), id).await.unwrap();
        board.refresh(tenant).await.unwrap();
        assert!(board.snapshot(tenant, now()).await.unwrap().maintenance.is_empty());
        let stranger = MaintenanceWindowId::new();
        assert!(matches!(
            cancel(&db, tenant, &actor, now(), stranger).await,
            Err(Error::NotFound)
        ));
    }
}
