//! Changes of maintenance windows, each with its audit entry in one transaction.

use chrono::{DateTime, Utc};
use entity::{Db, MaintenanceWindowId, Tenant, TenantId, maintenance_scope, maintenance_window};
use sea_orm::{ActiveValue::Set, ColumnTrait, DbErr, Order};
use serde_json::json;

use super::{
    Decision, Error, GRACE, Plan,
    after_the_fact::{self, Counted},
    kept::{Of, add_scopes, fields, scopes, subject},
    reason,
};
use crate::domain::{
    audit::{self, Actor},
    board::Maintenance,
    typed::Rejected,
};

/// Plans a window: approved at once by who may approve, else proposed. One in the past needs a reason.
///
/// # Errors
/// [`Error::Rejected`] when what is covered is gone since it was checked, or a reason is missing.
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
        approved_by: Set(actor.id.filter(|_| plan.approves)),
        approved_at: Set(plan.approves.then_some(now)),
        cancelled_at: Set(None),
        ..Default::default()
    };
    let row = rows.insert::<maintenance_window::Entity, _>(row).await?;
    add_scopes(&rows, Of::Window(row.id), &plan.covers).await?;
    if plan.starts_at < now - GRACE {
        let new = Counted::of(&row, plan.covers);
        after_the_fact::record(&rows, actor, now, &row, None, Some(new), &plan.reason).await?;
    }
    let new = fields(&rows, &row, &plan.reason).await?;
    audit::conclude(rows, actor, now, "maintenance.create", subject(&row), None, Some(new)).await?;
    Ok(row.id)
}

/// Changes a window. Who may approve approves it by that; after anybody else it is a proposal again. One that has begun
/// is changed by who may approve alone, and other times or links of it need a reason.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Conflict`] when it is cancelled, or has begun and `plan` is not by who may approve,
/// [`Error::Rejected`] when what is covered is gone since it was checked, or a reason is missing.
pub async fn change(
    db: &Db,
    tenant: TenantId,
    actor: &Actor,
    now: DateTime<Utc>,
    id: MaintenanceWindowId,
    plan: Plan,
) -> Result<(), Error> {
    let rows = db.begin(tenant).await?;
    let before = open(&rows, id, |window| now < window.starts_at || plan.approves).await?;
    let (old, old_counted) = (fields(&rows, &before, "").await?, counted(&rows, &before).await?);
    let this = maintenance_scope::Column::WindowId.eq(id);
    rows.delete_where::<maintenance_scope::Entity>(this).await?;
    add_scopes(&rows, Of::Window(id), &plan.covers).await?;
    let mut row = maintenance_window::ActiveModel {
        id: Set(id),
        title: Set(plan.title),
        notes: Set(plan.notes),
        starts_at: Set(plan.starts_at),
        ends_at: Set(plan.ends_at),
        ..Default::default()
    };
    let is_another = old_counted
        .as_ref()
        .is_some_and(|old| (old.starts_at, old.ends_at) != (plan.starts_at, plan.ends_at) || old.covers != plan.covers);
    // Whoever approved it before has not seen this.
    if before.approved_at.is_none() || !plan.approves || is_another {
        row.approved_by = Set(actor.id.filter(|_| plan.approves));
        row.approved_at = Set(plan.approves.then_some(now));
    }
    let after = rows.update::<maintenance_window::Entity, _>(row).await?;
    let new_counted = plan.approves.then(|| Counted::of(&after, plan.covers));
    let touches_the_past = before.starts_at <= now || after.starts_at < now - GRACE;
    if touches_the_past && old_counted != new_counted {
        after_the_fact::record(&rows, actor, now, &after, old_counted, new_counted, &plan.reason).await?;
    }
    let new = fields(&rows, &after, &plan.reason).await?;
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

/// Cancels a window. One that counted for time that is over is cancelled by who may approve alone, with a reason.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Conflict`] when it is cancelled already, or has begun and `by` may not approve,
/// [`Error::Rejected`] when a reason is missing.
pub async fn cancel(
    db: &Db,
    tenant: TenantId,
    actor: &Actor,
    now: DateTime<Utc>,
    id: MaintenanceWindowId,
    by: Decision,
) -> Result<(), Error> {
    let rows = db.begin(tenant).await?;
    let counts_for_nothing = |window: &maintenance_window::Model| window.approved_at.is_none();
    let before = open(&rows, id, |window| {
        now < window.starts_at || counts_for_nothing(window) || by.approves
    })
    .await?;
    let why = given(&by)?;
    if before.starts_at <= now && !counts_for_nothing(&before) {
        let old = counted(&rows, &before).await?;
        after_the_fact::record(&rows, actor, now, &before, old, None, &why).await?;
    }
    let row = maintenance_window::ActiveModel {
        id: Set(id),
        cancelled_at: Set(Some(now)),
        ..Default::default()
    };
    let after = rows.update::<maintenance_window::Entity, _>(row).await?;
    let (old, mut new) = (json!({ "cancelled": false }), json!({ "cancelled": true }));
    if !why.is_empty() {
        new["reason"] = why.into();
    }
    audit::conclude(
        rows,
        actor,
        now,
        "maintenance.cancel",
        subject(&after),
        Some(old),
        Some(new),
    )
    .await?;
    Ok(())
}

/// Lets a proposed window count. One that has begun needs a reason.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Conflict`] when it is cancelled or approved, or `by` may not approve,
/// [`Error::Rejected`] when a reason is missing.
pub async fn approve(
    db: &Db,
    tenant: TenantId,
    actor: &Actor,
    now: DateTime<Utc>,
    id: MaintenanceWindowId,
    by: Decision,
) -> Result<(), Error> {
    set_approval(db, tenant, actor, now, id, by, true).await
}

/// Makes a window a proposal again, which counts for nothing. One that has begun needs a reason.
///
/// # Errors
/// As [`approve`]; [`Error::Conflict`] when it is no more than a proposal.
pub async fn withdraw(
    db: &Db,
    tenant: TenantId,
    actor: &Actor,
    now: DateTime<Utc>,
    id: MaintenanceWindowId,
    by: Decision,
) -> Result<(), Error> {
    set_approval(db, tenant, actor, now, id, by, false).await
}

async fn set_approval(
    db: &Db,
    tenant: TenantId,
    actor: &Actor,
    now: DateTime<Utc>,
    id: MaintenanceWindowId,
    by: Decision,
    approved: bool,
) -> Result<(), Error> {
    let rows = db.begin(tenant).await?;
    let before = open(&rows, id, |window| {
        by.approves && window.approved_at.is_some() != approved
    })
    .await?;
    let why = given(&by)?;
    let row = maintenance_window::ActiveModel {
        id: Set(id),
        approved_by: Set(actor.id.filter(|_| approved)),
        approved_at: Set(approved.then_some(now)),
        ..Default::default()
    };
    let after = rows.update::<maintenance_window::Entity, _>(row).await?;
    if before.starts_at <= now {
        let (old, new) = (counted(&rows, &before).await?, counted(&rows, &after).await?);
        after_the_fact::record(&rows, actor, now, &after, old, new, &why).await?;
    }
    let (old, mut new) = (json!({ "approved": !approved }), json!({ "approved": approved }));
    if !why.is_empty() {
        new["reason"] = why.into();
    }
    let action = match approved {
        true => "maintenance.approve",
        false => "maintenance.withdraw",
    };
    audit::conclude(rows, actor, now, action, subject(&after), Some(old), Some(new)).await?;
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
    let of = |id| scopes.iter().filter(move |scope| scope.window_id == Some(id)).cloned();
    Ok(windows
        .into_iter()
        .map(|window| Maintenance {
            scopes: of(window.id).collect(),
            window,
        })
        .collect())
}

/// What the window takes out; nothing before it is approved.
async fn counted(rows: &Tenant<'_>, window: &maintenance_window::Model) -> Result<Option<Counted>, DbErr> {
    match window.approved_at {
        None => Ok(None),
        Some(_) => {
            let scopes = scopes(rows, Of::Window(window.id)).await?;
            Ok(Some(Counted::of(window, super::Covers::of(&scopes))))
        }
    }
}

fn given(by: &Decision) -> Result<String, Error> {
    reason(&by.reason).map_err(|bad| Rejected::one("reason", bad.into()).into())
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
