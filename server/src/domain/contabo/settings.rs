//! The one row of a tenant that says how it sells what it rents: each part of the program sets its own columns and leaves the
//! others as they are, also where two do so in one moment.

use chrono::{DateTime, Utc};
use entity::{
    Tenant,
    hosting_settings::{self, Column},
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, DbErr,
    sea_query::{Expr, SimpleExpr},
};

/// Sets these columns; where there is no row yet, there is one then.
pub(super) async fn set(
    rows: &Tenant<'_>,
    now: DateTime<Utc>,
    changes: impl IntoIterator<Item = (Column, SimpleExpr)>,
) -> Result<(), DbErr> {
    let first = hosting_settings::ActiveModel {
        shows_prices: Set(false),
        instances: Set(None),
        storage_steps: Set(None),
        snapshots: Set(None),
        changed_at: Set(now),
        ..Default::default()
    };
    rows.insert_unless_there::<hosting_settings::Entity, _>(first).await?;
    let changed = (Column::ChangedAt, Expr::value(now));
    let this = Column::TenantId.eq(rows.id());
    rows.update_where::<hosting_settings::Entity>(this, changes.into_iter().chain([changed]))
        .await
        .map(drop)
}
