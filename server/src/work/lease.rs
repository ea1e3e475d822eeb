//! Leases: rows that say which process does a piece of work that only one may do.
//!
//! A process that is killed loses its leases when they end; one that stops gives them back. No lock of the database's
//! own is held, so a pooler in between is fine.

use chrono::{DateTime, Duration, Utc};
use entity::{Db, lease};
use sea_orm::{
    ColumnTrait, DbErr, EntityTrait, ExprTrait, QueryFilter,
    sea_query::{Expr, OnConflict},
};
use uuid::Uuid;

use crate::site::Site;

/// Takes or renews the lease `name` for `holder` until `now + length`. False: somebody else has it.
///
/// # Errors
/// When the database does not answer; then nobody may take the lease for granted.
pub async fn try_hold(db: &Db, name: &str, holder: Uuid, now: DateTime<Utc>, length: Duration) -> Result<bool, DbErr> {
    #[expect(
        clippy::disallowed_methods,
        reason = "leases belong to the installation's processes, not to a tenant"
    )]
    let connection = db.write_across_tenants();
    let until = now + length;
    let mine_or_free = lease::Column::Holder.eq(holder).or(lease::Column::Until.lte(now));
    let updated = lease::Entity::update_many()
        .col_expr(lease::Column::Holder, Expr::value(holder))
        .col_expr(lease::Column::Until, Expr::value(until))
        .filter(lease::Column::Name.eq(name))
        .filter(mine_or_free)
        .exec(connection)
        .await?;
    if updated.rows_affected == 1 {
        return Ok(true);
    }
    let row = lease::ActiveModel {
        name: sea_orm::ActiveValue::Set(name.to_owned()),
        holder: sea_orm::ActiveValue::Set(holder),
        until: sea_orm::ActiveValue::Set(until),
    };
    let inserted = lease::Entity::insert(row)
        .on_conflict(OnConflict::column(lease::Column::Name).do_nothing().to_owned())
        .exec_without_returning(connection)
        .await?;
    Ok(inserted == 1)
}

/// Takes the lease `name` for `length`, for something that is to be done once in that time. It is not given back, and
/// the process that had it must wait for its end like any other.
///
/// # Errors
/// As [`try_hold`].
pub async fn try_turn(site: &Site, name: &str, length: Duration) -> Result<bool, DbErr> {
    let now = site.clock.now();
    let turn = Uuid::new_v5(&site.process, &now.timestamp_millis().to_be_bytes());
    try_hold(&site.db, name, turn, now, length).await
}

/// Gives the lease back, if it is still `holder`'s.
///
/// # Errors
/// When the database does not answer: then it ends by itself.
pub async fn release(db: &Db, name: &str, holder: Uuid) -> Result<(), DbErr> {
    #[expect(
        clippy::disallowed_methods,
        reason = "leases belong to the installation's processes, not to a tenant"
    )]
    let connection = db.write_across_tenants();
    lease::Entity::delete_many()
        .filter(lease::Column::Name.eq(name))
        .filter(lease::Column::Holder.eq(holder))
        .exec(connection)
        .await
        .map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::scratch_db;

    #[tokio::test]
    async fn one_holds_it_until_it_ends_or_is_given_back() {
        let (db, _keep) = scratch_db().await;
        let (a, b) = (Uuid::now_v7(), Uuid::now_v7());
        let start = DateTime::UNIX_EPOCH;
        let length = Duration::seconds(30);
        assert!(try_hold(&db, "x", a, start, length).await.unwrap());
        assert!(
            try_hold(&db, "x", a, start + Duration::seconds(20), length)
                .await
                .unwrap(),
            "renewed"
        );
        assert!(
            !try_hold(&db, "x", b, start + Duration::seconds(40), length)
                .await
                .unwrap(),
            "still held"
        );
        assert!(
            try_hold(&db, "x", b, start + Duration::seconds(50), length)
                .await
                .unwrap(),
            "ended"
        );
        release(&db, "x", a).await.unwrap();
        assert!(
            !try_hold(&db, "x", a, start + Duration::seconds(51), length)
                .await
                .unwrap(),
            "b's is not a's to give"
        );
        release(&db, "x", b).await.unwrap();
        assert!(
            try_hold(&db, "x", a, start + Duration::seconds(52), length)
                .await
                .unwrap()
        );
    }
}
