//! The worker that deletes sealed days which are older than their tenant keeps them, with the edges of their time. Which
//! days those are is said in `domain/links/retention.rs`.

use chrono::{DateTime, Duration, Utc};
use chrono_tz::Tz;
use entity::{LinkId, Tenant, day_summary, link, link_edge, sample_block, tenant};
use sea_orm::{ColumnTrait, DbErr, EntityTrait, ExprTrait, FromQueryResult, Order};
use tokio::time::Instant;

use crate::{
    domain::links::{block::Day, retention, slot::Slot},
    site::Site,
    work::{lease, rest, runner::Worked},
};

/// How often it is done.
const EVERY: Duration = Duration::hours(6);

/// Days of a transaction, which holds SQLite's write lock.
const DAYS: i32 = 31;

/// Does it, if it is this process's turn.
///
/// # Errors
/// When the database does not answer; the rest is deleted the next time.
pub async fn step(site: &Site) -> anyhow::Result<Worked> {
    let now = site.clock.now();
    if !lease::try_turn(site, "retention", EVERY).await? {
        return Ok(Worked::Idle);
    }
    #[expect(clippy::disallowed_methods, reason = "what is old goes, whose ever it was")]
    let connection = site.db.across_tenants();
    for tenant in tenant::Entity::find().all(connection).await? {
        delete_old(site, &tenant, now).await?;
    }
    Ok(Worked::Idle)
}

async fn delete_old(site: &Site, tenant: &tenant::Model, now: DateTime<Utc>) -> Result<(), DbErr> {
    let Ok(zone) = tenant.zone.parse::<Tz>() else {
        tracing::error!(tenant = %tenant.slug, zone = %tenant.zone, "the zone is unknown: nothing is deleted");
        return Ok(());
    };
    let first = retention::kept_from(now, zone, tenant.sample_months);
    let outside = site.db.tenant(tenant.id);
    for link in outside
        .find::<link::Entity>()
        .columns::<Link>([link::Column::Id])
        .await?
    {
        let mut days = 0;
        while !site.stop.is_stopped()
            && let Some(oldest) = oldest(&outside, link.id).await?
            && oldest < first
        {
            let end = Day::from_number(oldest.number() + DAYS).min(first);
            let rows = site.db.begin(tenant.id).await?;
            let began = Instant::now();
            days += delete(rows, link.id, end).await?;
            rest::after(began, &outside).await;
        }
        if days > 0 {
            tracing::info!(tenant = %tenant.slug, link = %link.id, days, "days were deleted that are older than they are kept");
        }
    }
    Ok(())
}

/// Deletes what is kept of the link's days before `end`, and says how many days had a block.
async fn delete(rows: Tenant<'static>, link: LinkId, end: Day) -> Result<u64, DbErr> {
    // Nobody opens one of the days meanwhile.
    rows.lock::<link::Entity>(link).await?;
    let blocks = sample_block::Column::LinkId.eq(link);
    let blocks = blocks.and(sample_block::Column::Day.lt(end.number()));
    let days = rows.delete_where::<sample_block::Entity>(blocks).await?;
    let summaries = day_summary::Column::LinkId.eq(link);
    let summaries = summaries.and(day_summary::Column::Day.lt(end.number()));
    rows.delete_where::<day_summary::Entity>(summaries).await?;
    let edges = link_edge::Column::LinkId.eq(link);
    let edges = edges.and(link_edge::Column::At.lt(end.first_slot().start()));
    rows.delete_where::<link_edge::Entity>(edges).await?;
    rows.commit().await?;
    Ok(days)
}

/// The oldest day of which anything is kept that goes with time: each found by one look into a key.
async fn oldest(rows: &Tenant<'_>, link: LinkId) -> Result<Option<Day>, DbErr> {
    let block = rows
        .find::<sample_block::Entity>()
        .filter(sample_block::Column::LinkId.eq(link))
        .order_by(sample_block::Column::Day, Order::Asc)
        .limit(1)
        .columns::<Kept>([sample_block::Column::Day]);
    let summary = rows
        .find::<day_summary::Entity>()
        .filter(day_summary::Column::LinkId.eq(link))
        .order_by(day_summary::Column::Day, Order::Asc)
        .limit(1)
        .columns::<Kept>([day_summary::Column::Day]);
    let edge = rows
        .find::<link_edge::Entity>()
        .filter(link_edge::Column::LinkId.eq(link))
        .order_by(link_edge::Column::At, Order::Asc)
        .limit(1)
        .one();
    let days = block.await?.into_iter().chain(summary.await?);
    let days = days.map(|kept| Day::from_number(kept.day));
    let edge = edge.await?.map(|edge| Day::of(Slot::from_instant(edge.at)));
    Ok(days.chain(edge).min())
}

#[derive(FromQueryResult)]
struct Link {
    id: LinkId,
}

#[derive(FromQueryResult)]
struct Kept {
    day: i32,
}
