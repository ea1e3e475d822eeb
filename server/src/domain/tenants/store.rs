//! Making tenants, and counting what they have over all of them.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entity::{Db, TenantId, account, link, router, tenant};
use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde_json::json;

use super::{Error, NewTenant, Reason};
use crate::domain::{
    audit::{self, Actor, Subject},
    links::retention,
};

/// How often a new tenant polls, in seconds.
const POLL_SECONDS: i32 = 300;

/// A tenant with how many of what it has; what is archived or disabled is not counted.
#[derive(Clone, Debug)]
pub struct Overview {
    pub tenant: tenant::Model,
    pub links: i64,
    pub routers: i64,
    pub users: i64,
}

/// Makes a tenant with nothing in it but the entry in its audit log.
///
/// # Errors
/// [`Error::Rejected`] when slug or host is taken.
pub async fn create(db: &Db, actor: &Actor, now: DateTime<Utc>, new: NewTenant) -> Result<TenantId, Error> {
    let row = tenant::Model {
        id: TenantId::new(),
        slug: new.slug,
        name: new.name,
        host: new.host,
        zone: new.zone.name().to_owned(),
        poll_seconds: POLL_SECONDS,
        accent: None,
        second_colour: None,
        logo: None,
        private_ranges: None,
        sample_months: retention::DEFAULT_MONTHS,
        currency: "EUR".to_owned(),
        created_at: now,
    };
    let fields = json!({ "slug": row.slug, "name": row.name, "host": row.host, "zone": row.zone });
    let (id, name) = (row.id, row.name.clone());
    let rows = db
        .begin_with_new_tenant(row)
        .await
        .map_err(|error| Error::or_taken(error, "slug", Reason::Taken))?;
    let subject = Subject {
        kind: "tenant",
        id: Some(id.0),
        name: &name,
    };
    audit::record(&rows, actor, now, "tenant.create", subject, None, Some(fields)).await?;
    rows.commit().await?;
    Ok(id)
}

/// All tenants by name.
///
/// # Errors
/// When the database does not answer.
pub async fn overview(db: &Db) -> Result<Vec<Overview>, DbErr> {
    #[expect(
        clippy::disallowed_methods,
        reason = "the operator sees how many of what each tenant has, and no more"
    )]
    let connection = db.across_tenants();
    let tenants = tenant::Entity::find()
        .order_by_asc(tenant::Column::Name)
        .all(connection)
        .await?;
    let count = |rows: Vec<(TenantId, i64)>| rows.into_iter().collect::<HashMap<_, _>>();
    let links = link::Entity::find()
        .filter(link::Column::ArchivedAt.is_null())
        .select_only()
        .column(link::Column::TenantId)
        .column_as(link::Column::Id.count(), "count")
        .group_by(link::Column::TenantId);
    let links = count(links.into_tuple().all(connection).await?);
    let routers = router::Entity::find()
        .filter(router::Column::ArchivedAt.is_null())
        .select_only()
        .column(router::Column::TenantId)
        .column_as(router::Column::Id.count(), "count")
        .group_by(router::Column::TenantId);
    let routers = count(routers.into_tuple().all(connection).await?);
    let users = account::Entity::find()
        .filter(account::Column::DisabledAt.is_null())
        .select_only()
        .column(account::Column::TenantId)
        .column_as(account::Column::Id.count(), "count")
        .group_by(account::Column::TenantId);
    let users = count(users.into_tuple().all(connection).await?);
    let of = |counts: &HashMap<TenantId, i64>, id| counts.get(&id).copied().unwrap_or(0);
    Ok(tenants
        .into_iter()
        .map(|tenant| Overview {
            links: of(&links, tenant.id),
            routers: of(&routers, tenant.id),
            users: of(&users, tenant.id),
            tenant,
        })
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{domain::tenants::Draft, testing::scratch_db};

    #[tokio::test]
    async fn a_tenant_is_made_once_and_can_be_written_to() {
        let (db, _scratch) = scratch_db().await;
        let (actor, now) = (Actor::system("test"), DateTime::UNIX_EPOCH);
        let draft = Draft {
            slug: "north".to_owned(),
            name: "Northbridge".to_owned(),
            zone: "Europe/Berlin".to_owned(),
            host: "portal.north.example".to_owned(),
        };
        let id = create(&db, &actor, now, draft.check().unwrap()).await.unwrap();
        let rows = db.begin(id).await.unwrap();
        assert_eq!(rows.config_changed().await.unwrap(), 1);
        rows.commit().await.unwrap();
        let taken = create(&db, &actor, now, draft.check().unwrap()).await;
        assert!(matches!(taken, Err(Error::Rejected(_))));
        let all = overview(&db).await.unwrap();
        assert_eq!(all.len(), 1);
        assert_eq!(
            (all[0].tenant.slug.as_str(), all[0].links, all[0].users),
            ("north", 0, 0)
        );
    }
}
