//! Which process polls which router: rows that are claimed by compare-and-set, renewed in bulk and given back.
//!
//! Each process also keeps a lease that says that it is there, so that those there are share the routers.

use chrono::{DateTime, Duration, Utc};
use entity::{Db, RouterId, TenantId, lease, router_lease};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, DbErr, EntityTrait, ExprTrait, FromQueryResult, PaginatorTrait, QueryFilter, QuerySelect,
    sea_query::{Expr, OnConflict},
};
use uuid::Uuid;

use super::Key;
use crate::work::lease::try_hold;

/// After so long without a word, a process's routers are anybody's.
pub(super) const LEASE: Duration = Duration::seconds(60);

/// Rows of one statement: three values each, within SQLite's 32,766.
const BATCH: usize = 2_000;

const PRESENCE: &str = "collector/";

/// One router that somebody polls.
#[derive(Clone, Copy, Debug, FromQueryResult)]
pub(super) struct Held {
    tenant_id: TenantId,
    router_id: RouterId,
    pub(super) holder: Uuid,
}

impl Held {
    pub(super) fn key(&self) -> Key {
        (self.tenant_id, self.router_id)
    }
}

/// Says that this process is there, and how many collectors are.
pub(super) async fn be_present(db: &Db, me: Uuid, now: DateTime<Utc>) -> Result<u64, DbErr> {
    try_hold(db, &format!("{PRESENCE}{me}"), me, now, LEASE).await?;
    #[expect(clippy::disallowed_methods, reason = "processes belong to no tenant")]
    let connection = db.write_across_tenants();
    // Whoever is gone leaves its name behind.
    lease::Entity::delete_many()
        .filter(lease::Column::Name.starts_with(PRESENCE))
        .filter(lease::Column::Until.lte(now))
        .exec(connection)
        .await?;
    let present = lease::Entity::find().filter(lease::Column::Name.starts_with(PRESENCE));
    present.count(connection).await
}

/// All routers that somebody polls now.
pub(super) async fn held(db: &Db, now: DateTime<Utc>) -> Result<Vec<Held>, DbErr> {
    #[expect(
        clippy::disallowed_methods,
        reason = "routers of all tenants are shared out together"
    )]
    let connection = db.across_tenants();
    router_lease::Entity::find()
        .select_only()
        .columns([
            router_lease::Column::TenantId,
            router_lease::Column::RouterId,
            router_lease::Column::Holder,
        ])
        .filter(router_lease::Column::Until.gt(now))
        .into_model()
        .all(connection)
        .await
}

/// Makes all leases of `me` last, those included that ended without anybody noticing.
pub(super) async fn renew(db: &Db, me: Uuid, now: DateTime<Utc>) -> Result<(), DbErr> {
    #[expect(
        clippy::disallowed_methods,
        reason = "routers of all tenants are shared out together"
    )]
    let connection = db.write_across_tenants();
    router_lease::Entity::update_many()
        .col_expr(router_lease::Column::Until, Expr::value(now + LEASE))
        .filter(router_lease::Column::Holder.eq(me))
        .exec(connection)
        .await
        .map(drop)
}

/// Tries to get `wanted`; [`held`] says which were got.
pub(super) async fn claim(db: &Db, me: Uuid, now: DateTime<Utc>, wanted: &[Key]) -> Result<(), DbErr> {
    #[expect(
        clippy::disallowed_methods,
        reason = "routers of all tenants are shared out together"
    )]
    let connection = db.write_across_tenants();
    for batch in wanted.chunks(BATCH) {
        let rows = batch.iter().map(|(tenant, router)| router_lease::ActiveModel {
            tenant_id: Set(*tenant),
            router_id: Set(*router),
            holder: Set(me),
            until: Set(now + LEASE),
        });
        let mut taken = OnConflict::columns([router_lease::Column::TenantId, router_lease::Column::RouterId]);
        taken
            .update_columns([router_lease::Column::Holder, router_lease::Column::Until])
            .action_and_where(Expr::col((router_lease::Entity, router_lease::Column::Until)).lte(now));
        router_lease::Entity::insert_many(rows)
            .on_conflict(taken)
            .exec_without_returning(connection)
            .await?;
    }
    Ok(())
}

/// Gives one router back, if it is still `me`'s.
pub(super) async fn release(db: &Db, me: Uuid, (tenant, router): Key) -> Result<(), DbErr> {
    let mine = Condition::all()
        .add(router_lease::Column::RouterId.eq(router))
        .add(router_lease::Column::Holder.eq(me));
    db.tenant(tenant)
        .delete_where::<router_lease::Entity>(mine)
        .await
        .map(drop)
}

/// Gives everything back: this process ends.
pub(super) async fn release_all(db: &Db, me: Uuid) -> Result<(), DbErr> {
    #[expect(
        clippy::disallowed_methods,
        reason = "routers of all tenants are shared out together"
    )]
    let connection = db.write_across_tenants();
    router_lease::Entity::delete_many()
        .filter(router_lease::Column::Holder.eq(me))
        .exec(connection)
        .await?;
    crate::work::lease::release(db, &format!("{PRESENCE}{me}"), me).await
}
