//! What was promised at some time: a month is judged by the wording that was in force when it ended, not by what was
//! agreed later.

use std::{collections::HashMap, sync::Arc};

use chrono::{DateTime, Utc};
use entity::{Tenant, sla_profile_version};
use sea_orm::{DbErr, Order};

use crate::domain::board::Snapshot;

/// `board` with the version of each SLA profile that was in force just before `at`. A profile that is younger has its
/// first: it was meant for what was there already.
///
/// # Errors
/// When the database does not answer.
pub async fn as_promised(rows: &Tenant<'_>, board: &Snapshot, at: DateTime<Utc>) -> Result<Snapshot, DbErr> {
    let mut profiles = HashMap::clone(&board.profiles);
    let versions = rows
        .find::<sla_profile_version::Entity>()
        .order_by(sla_profile_version::Column::Version, Order::Asc)
        .all()
        .await?;
    for version in versions {
        if let Some(profile) = profiles.get_mut(&version.sla_profile_id)
            && (version.version == 1 || version.created_at < at)
        {
            profile.current = version;
        }
    }
    let mut then = board.clone();
    then.profiles = Arc::new(profiles);
    Ok(then)
}
