//! The worker that makes the windows of recurring maintenance ahead. Which those are is said in
//! `domain/maintenance/series.rs`.

use chrono::Duration;
use chrono_tz::Tz;
use entity::tenant;
use sea_orm::EntityTrait;

use crate::{
    domain::maintenance::series,
    site::Site,
    work::{lease, runner::Worked},
};

/// How often it is looked whether some are lacking.
const EVERY: Duration = Duration::hours(1);

/// Makes them, if it is this process's turn.
///
/// # Errors
/// When the database does not answer; the rest is made the next time.
pub async fn step(site: &Site) -> anyhow::Result<Worked> {
    let now = site.clock.now();
    if !lease::try_turn(site, "maintenance", EVERY).await? {
        return Ok(Worked::Idle);
    }
    #[expect(clippy::disallowed_methods, reason = "each tenant's time comes, whose ever it is")]
    let connection = site.db.across_tenants();
    for tenant in tenant::Entity::find().all(connection).await? {
        let Ok(zone) = tenant.zone.parse::<Tz>() else {
            tracing::error!(tenant = %tenant.slug, zone = %tenant.zone, "the zone is unknown: no windows are made");
            continue;
        };
        let made = series::make_ahead(&site.db, tenant.id, zone, now).await?;
        if made > 0 {
            tracing::info!(tenant = %tenant.slug, windows = made, "maintenance windows were made ahead");
        }
    }
    Ok(Worked::Idle)
}
