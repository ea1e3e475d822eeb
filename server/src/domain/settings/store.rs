//! The change of a tenant's settings, with its audit entry in one transaction.

use chrono::{DateTime, Utc};
use entity::{Db, TenantId, tenant};
use sea_orm::{ActiveValue::Set, DbErr, EntityTrait, PaginatorTrait};
use serde_json::{Value, json};

use super::{Error, Settings};
use crate::domain::audit::{self, Actor, Subject};

/// Changes the settings.
///
/// # Errors
/// [`Error::Conflict`] when private ranges are set that are not the tenant's to set.
pub async fn change(
    db: &Db,
    tenant: TenantId,
    actor: &Actor,
    now: DateTime<Utc>,
    settings: Settings,
) -> Result<(), Error> {
    if settings.private_ranges.is_some() && !may_set_ranges(db).await? {
        return Err(Error::Conflict);
    }
    let rows = db.begin(tenant).await?;
    let before = rows.own().await?;
    let mut row = tenant::ActiveModel {
        name: Set(settings.name),
        zone: Set(settings.zone.name().to_owned()),
        poll_seconds: Set(settings.poll_seconds),
        accent: Set(settings.accent.map(|accent| accent.to_string())),
        sample_months: Set(settings.sample_months),
        ..Default::default()
    };
    if let Some(ranges) = settings.private_ranges {
        let ranges: Vec<_> = ranges.iter().map(ToString::to_string).collect();
        row.private_ranges = Set((!ranges.is_empty()).then(|| ranges.join(" ")));
    }
    let after = rows.update_own(row).await?;
    if after == before {
        return Ok(());
    }
    let subject = Subject {
        kind: "settings",
        id: None,
        name: &after.name,
    };
    let (old, new) = (Some(fields(&before)), Some(fields(&after)));
    audit::conclude(rows, actor, now, "settings.change", subject, old, new).await?;
    Ok(())
}

/// Whether staff may say which private addresses their routers lie in. Where several tenants share an installation,
/// a private address is in the operator's own network: then only the operator may open it.
///
/// # Errors
/// When the database does not answer.
pub async fn may_set_ranges(db: &Db) -> Result<bool, DbErr> {
    #[expect(
        clippy::disallowed_methods,
        reason = "whether there are others is asked of all tenants"
    )]
    let connection = db.across_tenants();
    Ok(tenant::Entity::find().count(connection).await? == 1)
}

fn fields(row: &tenant::Model) -> Value {
    json!({
        "name": row.name,
        "zone": row.zone,
        "poll_seconds": row.poll_seconds,
        "accent": row.accent,
        "private_ranges": row.private_ranges,
        "sample_months": row.sample_months,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::settings::Draft,
        testing::{scratch_db, scratch_tenant},
    };

    #[tokio::test]
    async fn only_the_one_tenant_of_an_installation_sets_its_private_ranges() {
        let (db, _scratch) = scratch_db().await;
        let north = scratch_tenant(&db, "north").await;
        let (actor, now) = (Actor::system("test"), DateTime::UNIX_EPOCH);
        let rows = db.tenant(north);
        let mut draft = Draft {
            accent: "#8b0000".to_owned(),
            ..Draft::of(&rows.own().await.unwrap())
        };
        draft.private_ranges = Some("10.0.0.0/8 192.168.0.0/16".to_owned());
        change(&db, north, &actor, now, draft.check().unwrap()).await.unwrap();
        let row = rows.own().await.unwrap();
        assert_eq!(row.private_ranges.as_deref(), Some("10.0.0.0/8 192.168.0.0/16"));
        assert_eq!(row.accent.as_deref(), Some("#8b0000"));
        scratch_tenant(&db, "south").await;
        let refused = change(&db, north, &actor, now, draft.check().unwrap()).await;
        assert!(matches!(refused, Err(Error::Conflict)));
        let without = Draft {
            name: "North".to_owned(),
            private_ranges: None,
            ..draft
        };
        change(&db, north, &actor, now, without.check().unwrap()).await.unwrap();
        let row = rows.own().await.unwrap();
        assert_eq!((row.name.as_str(), row.private_ranges.is_some()), ("North", true));
    }
}
