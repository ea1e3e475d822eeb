//! Changes of series and the windows that are made of them, each with its audit entry in one transaction.

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use entity::{Db, MaintenanceSeriesId, MaintenanceWindowId, Tenant, TenantId, maintenance_series, maintenance_window};
use sea_orm::{ActiveValue::Set, ColumnTrait, DbErr, Order, sea_query::Expr};
use serde_json::{Value, json};

use super::{
    super::{
        Error, GRACE,
        kept::{Of, add_scopes, names, put_scopes, scopes},
    },
    AHEAD, Covers, Plan, Rule,
};
use crate::domain::audit::{self, Actor, Subject};

/// Two windows of a series are further apart than this, even where the tenant's zone was changed in between.
const APART: TimeDelta = TimeDelta::hours(12);

/// Plans a series, with the windows of the next time: approved at once by who may approve, else proposed.
///
/// # Errors
/// [`Error::Rejected`] when what is covered is gone since it was checked.
pub async fn create(
    db: &Db,
    tenant: TenantId,
    zone: Tz,
    actor: &Actor,
    now: DateTime<Utc>,
    plan: Plan,
) -> Result<MaintenanceSeriesId, Error> {
    let rows = db.begin(tenant).await?;
    let row = maintenance_series::ActiveModel {
        id: Set(MaintenanceSeriesId::new()),
        title: Set(plan.title),
        notes: Set(plan.notes),
        first_starts: Set(plan.first),
        minutes: Set(plan.minutes),
        rule: Set(plan.rule.to_string()),
        created_by: Set(actor.id),
        created_at: Set(now),
        approved_by: Set(actor.id.filter(|_| plan.approves)),
        approved_at: Set(plan.approves.then_some(now)),
        ended_at: Set(None),
        ..Default::default()
    };
    let row = rows.insert::<maintenance_series::Entity, _>(row).await?;
    add_scopes(&rows, Of::Series(row.id), &plan.covers).await?;
    make(&rows, &row, zone, now).await?;
    let new = fields(&rows, &row).await?;
    audit::conclude(
        rows,
        actor,
        now,
        "maintenance_series.create",
        subject(&row),
        None,
        Some(new),
    )
    .await?;
    Ok(row.id)
}

/// Lets the windows of a proposed series count: those that are made, have not begun, and those to come.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Conflict`] when it has ended or is approved already.
pub async fn approve(
    db: &Db,
    tenant: TenantId,
    actor: &Actor,
    now: DateTime<Utc>,
    id: MaintenanceSeriesId,
) -> Result<(), Error> {
    let rows = db.begin(tenant).await?;
    let before = open(&rows, id).await?;
    if before.approved_at.is_some() {
        return Err(Error::Conflict);
    }
    let row = maintenance_series::ActiveModel {
        id: Set(id),
        approved_by: Set(actor.id),
        approved_at: Set(Some(now)),
        ..Default::default()
    };
    let after = rows.update::<maintenance_series::Entity, _>(row).await?;
    let proposed = coming(id, now).add(maintenance_window::Column::ApprovedAt.is_null());
    let approved = [
        (
            maintenance_window::Column::ApprovedBy,
            Expr::value(actor.id.map(|id| id.0)),
        ),
        (maintenance_window::Column::ApprovedAt, Expr::value(now)),
    ];
    let windows = rows
        .update_where::<maintenance_window::Entity>(proposed, approved)
        .await?;
    let (old, new) = (
        json!({ "approved": false }),
        json!({ "approved": true, "windows": windows }),
    );
    audit::conclude(
        rows,
        actor,
        now,
        "maintenance_series.approve",
        subject(&after),
        Some(old),
        Some(new),
    )
    .await?;
    Ok(())
}

/// Ends a series: nothing more is made of it, and its windows that have not begun are cancelled.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Conflict`] when it has ended.
pub async fn end(
    db: &Db,
    tenant: TenantId,
    actor: &Actor,
    now: DateTime<Utc>,
    id: MaintenanceSeriesId,
) -> Result<(), Error> {
    let rows = db.begin(tenant).await?;
    open(&rows, id).await?;
    let row = maintenance_series::ActiveModel {
        id: Set(id),
        ended_at: Set(Some(now)),
        ..Default::default()
    };
    let after = rows.update::<maintenance_series::Entity, _>(row).await?;
    let cancelled = [(maintenance_window::Column::CancelledAt, Expr::value(now))];
    let windows = rows
        .update_where::<maintenance_window::Entity>(coming(id, now), cancelled)
        .await?;
    let new = json!({ "ended_at": now, "cancelled": windows });
    audit::conclude(
        rows,
        actor,
        now,
        "maintenance_series.end",
        subject(&after),
        None,
        Some(new),
    )
    .await?;
    Ok(())
}

/// Makes the windows of the next time of all series of the tenant that lack some, and says how many there were.
///
/// # Errors
/// When the database does not answer; the rest is made the next time.
pub async fn make_ahead(db: &Db, tenant: TenantId, zone: Tz, now: DateTime<Utc>) -> Result<usize, DbErr> {
    let going_on = maintenance_series::Column::EndedAt.is_null();
    let series = db
        .tenant(tenant)
        .find::<maintenance_series::Entity>()
        .filter(going_on)
        .all()
        .await?;
    let mut made = 0;
    for one in series {
        let rows = db.begin(tenant).await?;
        // Nobody ends it or makes the same meanwhile.
        let Some(one) = rows.lock::<maintenance_series::Entity>(one.id).await? else {
            continue;
        };
        let windows = match one.ended_at {
            None => make(&rows, &one, zone, now).await?,
            Some(_) => 0,
        };
        if windows > 0 {
            let new = json!({ "windows": windows });
            let actor = Actor::system("maintenance");
            let action = "maintenance_series.make_windows";
            audit::conclude(rows, &actor, now, action, subject(&one), None, Some(new)).await?;
            made += windows;
        }
    }
    Ok(made)
}

/// What follows on the last window that was made, up to [`AHEAD`].
async fn make(
    rows: &Tenant<'_>,
    series: &maintenance_series::Model,
    zone: Tz,
    now: DateTime<Utc>,
) -> Result<usize, DbErr> {
    let Ok(rule) = series.rule.parse::<Rule>() else {
        tracing::error!(series = %series.id, rule = %series.rule, "the rule of a series can't be read");
        return Ok(0);
    };
    let last = rows
        .find::<maintenance_window::Entity>()
        .filter(maintenance_window::Column::SeriesId.eq(series.id))
        .order_by(maintenance_window::Column::OccursAt, Order::Desc)
        .limit(1)
        .one()
        .await?;
    let from = last.and_then(|window| window.occurs_at).map(|at| at + APART);
    let from = from.max(Some(now - GRACE)).unwrap_or(now);
    let covers = Covers::of(&scopes(rows, Of::Series(series.id)).await?);
    let instants = rule.instants(series.first_starts, zone, from, now + AHEAD);
    for at in &instants {
        let window = maintenance_window::ActiveModel {
            id: Set(MaintenanceWindowId::new()),
            series_id: Set(Some(series.id)),
            occurs_at: Set(Some(*at)),
            title: Set(series.title.clone()),
            notes: Set(series.notes.clone()),
            starts_at: Set(*at),
            ends_at: Set(*at + TimeDelta::minutes(i64::from(series.minutes))),
            created_by: Set(series.created_by),
            created_at: Set(now),
            approved_by: Set(series.approved_by),
            approved_at: Set(series.approved_at),
            cancelled_at: Set(None),
            ..Default::default()
        };
        let window = rows.insert::<maintenance_window::Entity, _>(window).await?;
        put_scopes(rows, Of::Window(window.id), &covers).await?;
    }
    Ok(instants.len())
}

/// A series with what it covers.
#[derive(Clone, Debug)]
pub struct Series {
    pub series: maintenance_series::Model,
    pub covers: Covers,
}

/// One series.
///
/// # Errors
/// When the database does not answer.
pub async fn one(rows: &Tenant<'_>, id: MaintenanceSeriesId) -> Result<Option<Series>, DbErr> {
    let Some(series) = rows.get::<maintenance_series::Entity>(id).await? else {
        return Ok(None);
    };
    let covers = Covers::of(&scopes(rows, Of::Series(id)).await?);
    Ok(Some(Series { series, covers }))
}

/// All series that go on, by their titles.
///
/// # Errors
/// When the database does not answer.
pub async fn going_on(rows: &Tenant<'_>) -> Result<Vec<maintenance_series::Model>, DbErr> {
    rows.find::<maintenance_series::Entity>()
        .filter(maintenance_series::Column::EndedAt.is_null())
        .order_by(maintenance_series::Column::Title, Order::Asc)
        .order_by(maintenance_series::Column::Id, Order::Asc)
        .all()
        .await
}

async fn open(rows: &Tenant<'_>, id: MaintenanceSeriesId) -> Result<maintenance_series::Model, Error> {
    let series = rows.lock::<maintenance_series::Entity>(id).await?;
    let series = series.ok_or(Error::NotFound)?;
    match series.ended_at {
        None => Ok(series),
        Some(_) => Err(Error::Conflict),
    }
}

/// Its windows that have not begun.
fn coming(id: MaintenanceSeriesId, now: DateTime<Utc>) -> sea_orm::Condition {
    sea_orm::Condition::all()
        .add(maintenance_window::Column::SeriesId.eq(id))
        .add(maintenance_window::Column::StartsAt.gt(now))
        .add(maintenance_window::Column::CancelledAt.is_null())
}

fn subject(row: &maintenance_series::Model) -> Subject<'_> {
    Subject {
        kind: "maintenance series",
        id: Some(row.id.0),
        name: &row.title,
    }
}

async fn fields(rows: &Tenant<'_>, row: &maintenance_series::Model) -> Result<Value, DbErr> {
    Ok(json!({
        "title": row.title,
        "notes": row.notes,
        "first_starts": row.first_starts.format("%Y-%m-%d %H:%M").to_string(),
        "minutes": row.minutes,
        "rule": row.rule,
        "approved": row.approved_at.is_some(),
        "covers": names(rows, Of::Series(row.id)).await?,
    }))
}
