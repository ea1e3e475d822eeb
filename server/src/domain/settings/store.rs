//! The change of a tenant's settings, with its audit entry in one transaction.

use chrono::{DateTime, Utc};
use entity::{Db, Tenant, TenantId, link, tenant};
use sea_orm::{ActiveValue::Set, ColumnTrait, DbErr, EntityTrait, PaginatorTrait};
use serde_json::{Value, json};

use super::{Error, Reason, Settings};
use crate::domain::{
    audit::{self, Actor, Subject},
    money::Currency,
    typed::Rejected,
};

/// Changes the settings. With another currency, fees keep their number and are of the new one.
///
/// # Errors
/// [`Error::Conflict`] when private ranges are set that are not the tenant's to set; [`Error::Rejected`] when fees of
/// links have other minor units than the new currency, where the same number would be another.
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
    if Currency::of_kept(&before.currency).decimals() != settings.currency.decimals() {
        let fees = links_with_fees(&rows).await?;
        if fees > 0 {
            return Err(Rejected::one("currency", Reason::FeesInOtherUnits(fees)).into());
        }
    }
    let mut row = tenant::ActiveModel {
        name: Set(settings.name),
        zone: Set(settings.zone.name().to_owned()),
        currency: Set(settings.currency.code().to_owned()),
        poll_seconds: Set(settings.poll_seconds),
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

/// Archived ones are owed nothing any more.
async fn links_with_fees(rows: &Tenant<'_>) -> Result<u64, DbErr> {
    let there = rows.find::<link::Entity>().filter(link::Column::ArchivedAt.is_null());
    there.filter(link::Column::MonthlyFeeMinor.is_not_null()).count().await
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
        "currency": row.currency,
        "private_ranges": row.private_ranges,
        "sample_months": row.sample_months,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::settings::Draft,
        testing::{scratch_db, scratch_link, scratch_tenant},
    };

    #[tokio::test]
    async fn only_the_one_tenant_of_an_installation_sets_its_private_ranges() {
        let (db, _scratch) = scratch_db().await;
        let north = scratch_tenant(&db, "north").await;
        let (actor, now) = (Actor::system("test"), DateTime::UNIX_EPOCH);
        let rows = db.tenant(north);
        let mut draft = Draft {
            currency: "CHF".to_owned(),
            ..Draft::of(&rows.own().await.unwrap())
        };
        draft.private_ranges = Some("10.0.0.0/8 192.168.0.0/16".to_owned());
        change(&db, north, &actor, now, draft.check().unwrap()).await.unwrap();
        let row = rows.own().await.unwrap();
        assert_eq!(row.private_ranges.as_deref(), Some("10.0.0.0/8 192.168.0.0/16"));
        assert_eq!(row.currency, "CHF");
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

    #[tokio::test]
    async fn another_currency_leaves_fees_their_number_or_is_refused() {
        let (db, _scratch) = scratch_db().await;
        let north = scratch_tenant(&db, "north").await;
        let (actor, now) = (Actor::system("test"), DateTime::UNIX_EPOCH);
        let rows = db.tenant(north);
        let link = scratch_link(&db, north).await;
        let to = async |code: &str| {
            let draft = Draft {
                currency: code.to_owned(),
                private_ranges: None,
                ..Draft::of(&db.tenant(north).own().await.unwrap())
            };
            change(&db, north, &actor, now, draft.check().unwrap()).await
        };
        to("JPY").await.unwrap();
        to("EUR").await.unwrap();
        let fee = link::ActiveModel {
            id: Set(link),
            monthly_fee_minor: Set(Some(49_900)),
            ..Default::default()
        };
        rows.update::<link::Entity, _>(fee).await.unwrap();
        to("CHF").await.unwrap();
        let refused = to("JPY").await;
        let expected = Rejected::one("currency", Reason::FeesInOtherUnits(1));
        assert!(matches!(refused, Err(Error::Rejected(wrong)) if wrong == expected));
        let kept = rows.get::<link::Entity>(link).await.unwrap().unwrap();
        assert_eq!(kept.monthly_fee_minor, Some(49_900));
        assert_eq!(rows.own().await.unwrap().currency, "CHF");
    }
}
