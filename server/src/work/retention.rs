//! The worker that deletes sealed days which are older than their tenant keeps them. Which those are is said in
//! `domain/links/retention.rs`.

use chrono::{DateTime, Duration, Utc};
use chrono_tz::Tz;
use entity::{day_summary, link, sample_block, tenant};
use sea_orm::{ColumnTrait, Condition, DbErr, EntityTrait};
use uuid::Uuid;

use crate::{
    domain::links::{block::Day, retention},
    site::Site,
    work::{lease, runner::Worked},
};

/// How often it is done.
const EVERY: Duration = Duration::hours(6);

/// Does it, if it is this process's turn: the lease is not given back, so that nobody does it again at once.
///
/// # Errors
/// When the database does not answer; the rest is deleted the next time.
pub async fn step(site: &Site) -> anyhow::Result<Worked> {
    let now = site.clock.now();
    // A holder of its own for each turn: the same process must wait for the end of the lease, too.
    let turn = Uuid::new_v5(&site.process, &now.timestamp_millis().to_be_bytes());
    if !lease::try_hold(&site.db, "retention", turn, now, EVERY).await? {
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
    for link in outside.find::<link::Entity>().all().await? {
        let old = outside
            .find::<sample_block::Entity>()
            .filter(blocks_before(&link, first));
        if old.limit(1).one().await?.is_none() {
            continue;
        }
        let rows = site.db.begin(tenant.id).await?;
        // Nobody opens one of the days meanwhile.
        rows.lock::<link::Entity>(link.id).await?;
        let days = rows
            .delete_where::<sample_block::Entity>(blocks_before(&link, first))
            .await?;
        let summaries = Condition::all()
            .add(day_summary::Column::LinkId.eq(link.id))
            .add(day_summary::Column::Day.lt(first.number()));
        rows.delete_where::<day_summary::Entity>(summaries).await?;
        rows.commit().await?;
        tracing::info!(tenant = %tenant.slug, link = %link.id, days, "days were deleted that are older than they are kept");
    }
    Ok(())
}

fn blocks_before(link: &link::Model, first: Day) -> Condition {
    Condition::all()
        .add(sample_block::Column::LinkId.eq(link.id))
        .add(sample_block::Column::Day.lt(first.number()))
}
