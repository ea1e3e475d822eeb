//! Changes of windows that had begun: who changed what was measured, when and why. A report of the time shows them.
//!
//! Reports that are made already stay as they are; one that is made again counts by what is so now.

use chrono::{DateTime, Utc};
use entity::{
    MaintenanceChangeId, MaintenanceWindowId, Tenant, link, maintenance_change, maintenance_change::ChangeKind,
    maintenance_window,
};
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition, DbErr, Order};

use super::{Covers, Error, Reason};
use crate::domain::{
    audit::Actor,
    calendar::instant,
    sla::intervals::Interval,
    typed::{BadText, Rejected},
};

/// What a window takes out of figures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    pub starts_at: DateTime<Utc>,
    pub ends_at: DateTime<Utc>,
    pub covers: Covers,
}

impl Counted {
    pub(super) fn of(window: &maintenance_window::Model, covers: Covers) -> Self {
        Self {
            starts_at: window.starts_at,
            ends_at: window.ends_at,
            covers,
        }
    }

    fn touches(&self, link: &link::Model, period: Interval) -> bool {
        let span = Interval::between(self.starts_at, self.ends_at);
        self.covers.is_of(link) && !span.intersect(period).is_empty()
    }
}

/// A change as it was kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub window: MaintenanceWindowId,
    /// The window's title as it is now.
    pub title: String,
    pub at: DateTime<Utc>,
    pub by: String,
    pub kind: ChangeKind,
    pub reason: String,
    pub old: Option<Counted>,
    pub new: Option<Counted>,
}

/// Keeps what was changed, of which one is something.
///
/// # Errors
/// [`Error::Rejected`] without a reason.
pub(super) async fn record(
    rows: &Tenant<'_>,
    actor: &Actor,
    now: DateTime<Utc>,
    window: &maintenance_window::Model,
    old: Option<Counted>,
    new: Option<Counted>,
    reason: &str,
) -> Result<(), Error> {
    if reason.is_empty() {
        return Err(Rejected::one("reason", Reason::Text(BadText::Missing)).into());
    }
    let kind = match (&old, &new) {
        (None, _) => ChangeKind::Recorded,
        (Some(_), Some(_)) => ChangeKind::Changed,
        (Some(_), None) => ChangeKind::Cancelled,
    };
    let covers = |counted: &Option<Counted>| {
        let covers = counted.as_ref().map(|counted| serde_json::to_value(&counted.covers));
        covers.transpose().map_err(|error| DbErr::Json(error.to_string()))
    };
    let row = maintenance_change::ActiveModel {
        id: Set(MaintenanceChangeId::new()),
        window_id: Set(window.id),
        at: Set(now),
        changed_by: Set(actor.id),
        changed_by_name: Set(actor.name.clone()),
        kind: Set(kind),
        reason: Set(reason.to_owned()),
        old_starts_at: Set(old.as_ref().map(|counted| counted.starts_at)),
        old_ends_at: Set(old.as_ref().map(|counted| counted.ends_at)),
        old_covers: Set(covers(&old)?),
        new_starts_at: Set(new.as_ref().map(|counted| counted.starts_at)),
        new_ends_at: Set(new.as_ref().map(|counted| counted.ends_at)),
        new_covers: Set(covers(&new)?),
        ..Default::default()
    };
    rows.insert::<maintenance_change::Entity, _>(row).await?;
    Ok(())
}

/// What was changed after the fact of the maintenance of `link` in `period`, the oldest change first.
///
/// # Errors
/// When the database does not answer.
pub async fn changes(rows: &Tenant<'_>, link: &link::Model, period: Interval) -> Result<Vec<Change>, DbErr> {
    use maintenance_change::Column;
    let within = |starts: Column, ends: Column| {
        let begins = starts.lt(instant(period.end()));
        Condition::all().add(begins).add(ends.gt(instant(period.start())))
    };
    let either = Condition::any()
        .add(within(Column::OldStartsAt, Column::OldEndsAt))
        .add(within(Column::NewStartsAt, Column::NewEndsAt));
    let mut changes = read(rows, either).await?;
    changes.retain(|change| {
        let touches = |counted: &Option<Counted>| counted.as_ref().is_some_and(|one| one.touches(link, period));
        touches(&change.old) || touches(&change.new)
    });
    Ok(changes)
}

/// What was changed of one window after it had begun, the oldest change first.
///
/// # Errors
/// When the database does not answer.
pub async fn of_window(rows: &Tenant<'_>, window: MaintenanceWindowId) -> Result<Vec<Change>, DbErr> {
    let this = Condition::all().add(maintenance_change::Column::WindowId.eq(window));
    read(rows, this).await
}

async fn read(rows: &Tenant<'_>, which: Condition) -> Result<Vec<Change>, DbErr> {
    let found = rows
        .find::<maintenance_change::Entity>()
        .filter(which)
        .order_by(maintenance_change::Column::At, Order::Asc)
        .order_by(maintenance_change::Column::Id, Order::Asc)
        .all_with::<maintenance_window::Entity>(maintenance_change::Column::WindowId, maintenance_window::Column::Id)
        .await?;
    let counted = |starts: Option<_>, ends: Option<_>, covers: Option<serde_json::Value>| {
        Some(Counted {
            starts_at: starts?,
            ends_at: ends?,
            covers: serde_json::from_value(covers?).ok()?,
        })
    };
    let change = |(row, window): (maintenance_change::Model, Option<maintenance_window::Model>)| Change {
        window: row.window_id,
        title: window.map(|window| window.title).unwrap_or_default(),
        at: row.at,
        by: row.changed_by_name,
        kind: row.kind,
        reason: row.reason,
        old: counted(row.old_starts_at, row.old_ends_at, row.old_covers),
        new: counted(row.new_starts_at, row.new_ends_at, row.new_covers),
    };
    Ok(found.into_iter().map(change).collect())
}
