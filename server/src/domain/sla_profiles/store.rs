//! Changes of SLA profiles. A change of what is promised is a new version; the old ones stay readable for ever.

use chrono::{DateTime, Utc};
use entity::{
    Db, SlaProfileId, SlaProfileVersionId, Tenant, TenantId, account, link, sla_profile,
    sla_profile_version::{self, DisabledIs, MeasuredBy, PercentileOf, UnreachableIs},
};
use sea_orm::{ActiveValue::Set, ColumnTrait, DbErr, FromQueryResult, Order};
use serde_json::{Value, json};

use super::{Details, Error, Promise, Reason, milliseconds, week::Week};
use crate::domain::{
    audit::{self, Actor, Subject},
    sla::{fraction::Percentage, terms},
};

/// A version with who made it.
#[derive(Clone, Debug)]
pub struct Version {
    pub number: i32,
    pub promise: Promise,
    pub created_at: DateTime<Utc>,
    /// None: made by the system, or by an account that is gone.
    pub created_by: Option<String>,
}

/// Adds a profile with its first version.
///
/// # Errors
/// [`Error::Rejected`] when the name is taken.
pub async fn create(
    db: &Db,
    tenant: TenantId,
    actor: &Actor,
    now: DateTime<Utc>,
    details: Details,
) -> Result<SlaProfileId, Error> {
    let rows = db.begin(tenant).await?;
    let row = sla_profile::ActiveModel {
        id: Set(SlaProfileId::new()),
        name: Set(details.name),
        current_version: Set(1),
        created_at: Set(now),
        archived_at: Set(None),
        ..Default::default()
    };
    let row = rows.insert::<sla_profile::Entity, _>(row).await.map_err(name_taken)?;
    add_version(&rows, actor, now, row.id, 1, &details.promise).await?;
    let new = fields(&row.name, 1, &details.promise);
    audit::conclude(rows, actor, now, "sla_profile.create", subject(&row), None, Some(new)).await?;
    Ok(row.id)
}

/// Changes a profile that still has the version `seen`. Another name is no new version, since it promises nothing.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Rejected`] when the name is taken, [`Error::Conflict`] when somebody made a version
/// since, or the profile is archived.
pub async fn change(
    db: &Db,
    tenant: TenantId,
    actor: &Actor,
    now: DateTime<Utc>,
    id: SlaProfileId,
    seen: i32,
    details: Details,
) -> Result<(), Error> {
    let rows = db.begin(tenant).await?;
    let before = rows.lock::<sla_profile::Entity>(id).await?.ok_or(Error::NotFound)?;
    if before.current_version != seen || before.archived_at.is_some() {
        return Err(Error::Conflict);
    }
    let current = rows
        .find::<sla_profile_version::Entity>()
        .filter(sla_profile_version::Column::SlaProfileId.eq(id))
        .filter(sla_profile_version::Column::Version.eq(seen))
        .one()
        .await?
        .ok_or(Error::NotFound)?;
    let promised = promise(&current);
    let next = if promised == details.promise { seen } else { seen + 1 };
    if next == seen && before.name == details.name {
        return Ok(());
    }
    // Two who save at once: the second finds the version taken, or waits for the first and finds another number.
    if next != seen {
        let added = add_version(&rows, actor, now, id, next, &details.promise).await;
        added.map_err(|error| match error.sql_err() {
            Some(sea_orm::SqlErr::UniqueConstraintViolation(_)) => Error::Conflict,
            _ => error.into(),
        })?;
    }
    let row = sla_profile::ActiveModel {
        id: Set(id),
        name: Set(details.name),
        current_version: Set(next),
        ..Default::default()
    };
    let after = rows.update::<sla_profile::Entity, _>(row).await.map_err(name_taken)?;
    let old = fields(&before.name, seen, &promised);
    let new = fields(&after.name, next, &details.promise);
    audit::conclude(
        rows,
        actor,
        now,
        "sla_profile.change",
        subject(&after),
        Some(old),
        Some(new),
    )
    .await?;
    Ok(())
}

/// Archives a profile that no link has.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Conflict`] when a link has it, or it is archived already.
pub async fn archive(
    db: &Db,
    tenant: TenantId,
    actor: &Actor,
    now: DateTime<Utc>,
    id: SlaProfileId,
) -> Result<(), Error> {
    let rows = db.begin(tenant).await?;
    let before = rows.lock::<sla_profile::Entity>(id).await?.ok_or(Error::NotFound)?;
    let used = rows
        .find::<link::Entity>()
        .filter(link::Column::SlaProfileId.eq(id))
        .filter(link::Column::ArchivedAt.is_null());
    if before.archived_at.is_some() || used.count().await? > 0 {
        return Err(Error::Conflict);
    }
    let row = sla_profile::ActiveModel {
        id: Set(id),
        archived_at: Set(Some(now)),
        ..Default::default()
    };
    let after = rows.update::<sla_profile::Entity, _>(row).await?;
    let (old, new) = (Some(json!({ "archived": false })), Some(json!({ "archived": true })));
    audit::conclude(rows, actor, now, "sla_profile.archive", subject(&after), old, new).await?;
    Ok(())
}

/// All versions of a profile, the newest first.
///
/// # Errors
/// When the database does not answer.
pub async fn versions(rows: &Tenant<'_>, id: SlaProfileId) -> Result<Vec<Version>, DbErr> {
    #[derive(FromQueryResult)]
    struct Maker {
        id: entity::AccountId,
        name: String,
    }
    let versions = rows
        .find::<sla_profile_version::Entity>()
        .filter(sla_profile_version::Column::SlaProfileId.eq(id))
        .order_by(sla_profile_version::Column::Version, Order::Desc)
        .all()
        .await?;
    let makers = versions.iter().filter_map(|version| version.created_by);
    let makers = rows
        .find::<account::Entity>()
        .filter(account::Column::Id.is_in(makers))
        .columns::<Maker>([account::Column::Id, account::Column::Name])
        .await?;
    let name = |id| {
        makers
            .iter()
            .find(|maker| maker.id == id)
            .map(|maker| maker.name.clone())
    };
    Ok(versions
        .into_iter()
        .map(|version| Version {
            number: version.version,
            promise: promise(&version),
            created_at: version.created_at,
            created_by: version.created_by.and_then(name),
        })
        .collect())
}

/// What a version promises.
#[must_use]
pub fn promise(version: &sla_profile_version::Model) -> Promise {
    let share = |millionths: i64| {
        let known = u32::try_from(millionths).ok();
        known.and_then(|millionths| Percentage::from_millionths(millionths).ok())
    };
    Promise {
        uptime: share(version.uptime_micropercent).unwrap_or_default(),
        latency_us: version.latency_us,
        jitter_us: version.jitter_us,
        loss: version.loss_micropercent.and_then(share),
        hours: version.service_hours.as_ref().and_then(Week::from_kept),
        unreachable_is: version.unreachable_is,
        disabled_is: version.disabled_is,
        measured_by: version.measured_by,
        percentile_of: version.percentile_of,
        credit: terms::credit(version),
    }
}

async fn add_version(
    rows: &Tenant<'_>,
    actor: &Actor,
    now: DateTime<Utc>,
    profile: SlaProfileId,
    version: i32,
    promise: &Promise,
) -> Result<(), DbErr> {
    let row = sla_profile_version::ActiveModel {
        id: Set(SlaProfileVersionId::new()),
        sla_profile_id: Set(profile),
        version: Set(version),
        uptime_micropercent: Set(promise.uptime.millionths().into()),
        latency_us: Set(promise.latency_us),
        jitter_us: Set(promise.jitter_us),
        loss_micropercent: Set(promise.loss.map(|share| share.millionths().into())),
        service_hours: Set(promise.hours.as_ref().map(Week::to_kept)),
        unreachable_is: Set(promise.unreachable_is),
        disabled_is: Set(promise.disabled_is),
        measured_by: Set(promise.measured_by),
        percentile_of: Set(promise.percentile_of),
        credit_tiers: Set(promise.credit.to_kept()),
        credit_most_micropercent: Set(promise.credit.most.map(|most| most.millionths().into())),
        created_at: Set(now),
        created_by: Set(actor.id),
        ..Default::default()
    };
    rows.insert::<sla_profile_version::Entity, _>(row).await.map(drop)
}

fn name_taken(error: DbErr) -> Error {
    Error::or_taken(error, "name", Reason::NameTaken)
}

fn subject(row: &sla_profile::Model) -> Subject<'_> {
    Subject {
        kind: "sla profile",
        id: Some(row.id.0),
        name: &row.name,
    }
}

fn fields(name: &str, version: i32, promise: &Promise) -> Value {
    json!({
        "name": name,
        "version": version,
        "uptime_percent": promise.uptime.to_string(),
        "latency_ms": promise.latency_us.map(milliseconds),
        "jitter_ms": promise.jitter_us.map(milliseconds),
        "loss_percent": promise.loss.map(|share| share.to_string()),
        "service_hours": promise.hours.as_ref().map(Week::to_typed),
        "unreachable_is": match promise.unreachable_is {
            UnreachableIs::Unknown => "unknown",
            UnreachableIs::Down => "down",
        },
        "disabled_is": match promise.disabled_is {
            DisabledIs::Excluded => "excluded",
            DisabledIs::Down => "down",
        },
        "measured_by": match promise.measured_by {
            MeasuredBy::Slots => "slots",
            MeasuredBy::Edges => "edges",
        },
        "percentile_of": match promise.percentile_of {
            PercentileOf::Greater => "greater",
            PercentileOf::Sum => "sum",
        },
        "credit_tiers_percent": promise.credit.tiers.iter().map(|tier| {
            format!("{}: {}", tier.below, tier.credit)
        }).collect::<Vec<_>>(),
        "credit_most_percent": promise.credit.most.map(|most| most.to_string()),
    })
}

#[cfg(test)]
mod tests {
    use super::{super::tests::draft, *};
    use crate::{
        domain::sla_profiles::Draft,
        testing::{scratch_db, scratch_tenant},
    };

    #[tokio::test]
    async fn a_change_of_the_promise_is_a_new_version_and_a_change_of_the_name_is_not() {
        let (db, _scratch) = scratch_db().await;
        let tenant = scratch_tenant(&db, "north").await;
        let (actor, now) = (Actor::system("test"), DateTime::UNIX_EPOCH);
        let id = create(&db, tenant, &actor, now, draft().check().unwrap())
            .await
            .unwrap();
        let renamed = Draft {
            name: "Silver".to_owned(),
            ..draft()
        };
        change(&db, tenant, &actor, now, id, 1, renamed.check().unwrap())
            .await
            .unwrap();
        let stricter = Draft {
            uptime: "99.999999".to_owned(),
            latency: "2.5".to_owned(),
            ..renamed
        };
        change(&db, tenant, &actor, now, id, 1, stricter.check().unwrap())
            .await
            .unwrap();
        let stale = change(&db, tenant, &actor, now, id, 1, draft().check().unwrap()).await;
        assert!(matches!(stale, Err(Error::Conflict)));
        let versions = versions(&db.tenant(tenant), id).await.unwrap();
        let promised: Vec<_> = versions
            .iter()
            .map(|v| (v.number, v.promise.uptime.to_string(), v.promise.latency_us))
            .collect();
        assert_eq!(
            promised,
            [(2, "99.999999".to_owned(), Some(2_500)), (1, "99.95".to_owned(), None)]
        );
    }

    #[tokio::test]
    async fn an_archived_profile_is_changed_no_more() {
        let (db, _scratch) = scratch_db().await;
        let tenant = scratch_tenant(&db, "north").await;
        let (actor, now) = (Actor::system("test"), DateTime::UNIX_EPOCH);
        let id = create(&db, tenant, &actor, now, draft().check().unwrap())
            .await
            .unwrap();
        archive(&db, tenant, &actor, now, id).await.unwrap();
        assert!(matches!(
            archive(&db, tenant, &actor, now, id).await,
            Err(Error::Conflict)
        ));
        let changed = change(&db, tenant, &actor, now, id, 1, draft().check().unwrap()).await;
        assert!(matches!(changed, Err(Error::Conflict)));
    }
}
