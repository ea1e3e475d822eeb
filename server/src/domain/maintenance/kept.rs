//! What windows and series share in the database: what they cover, and what the audit log keeps of them.

use std::collections::BTreeSet;

use entity::{
    MaintenanceScopeId, MaintenanceSeriesId, MaintenanceWindowId, Tenant, client, link, maintenance_scope,
    maintenance_window, router,
};
use sea_orm::{ActiveValue::Set, ColumnTrait, DbErr};
use serde_json::{Value, json};

use super::{Covers, Error, Reason};
use crate::domain::{audit::Subject, typed::Rejected};

/// What covers something.
#[derive(Clone, Copy, Debug)]
pub(super) enum Of {
    Window(MaintenanceWindowId),
    Series(MaintenanceSeriesId),
}

/// The scopes of a window or a series.
pub(super) async fn scopes(rows: &Tenant<'_>, of: Of) -> Result<Vec<maintenance_scope::Model>, DbErr> {
    let these = match of {
        Of::Window(id) => maintenance_scope::Column::WindowId.eq(id),
        Of::Series(id) => maintenance_scope::Column::SeriesId.eq(id),
    };
    rows.find::<maintenance_scope::Entity>().filter(these).all().await
}

/// What is covered was not archived since the form was read, and is not before the commit.
pub(super) async fn add_scopes(rows: &Tenant<'_>, of: Of, covers: &Covers) -> Result<(), Error> {
    let gone = |field| Error::from(Rejected::one(field, Reason::NotAChoice));
    match covers {
        Covers::All => {}
        Covers::Clients(ids) => {
            let ids: BTreeSet<_> = ids.iter().copied().collect();
            let clients = rows.lock_all::<client::Entity>(ids.iter().copied()).await?;
            if clients.iter().filter(|row| row.archived_at.is_none()).count() < ids.len() {
                return Err(gone("clients"));
            }
        }
        Covers::Routers(ids) => {
            let ids: BTreeSet<_> = ids.iter().copied().collect();
            let routers = rows.lock_all::<router::Entity>(ids.iter().copied()).await?;
            if routers.iter().filter(|row| row.archived_at.is_none()).count() < ids.len() {
                return Err(gone("routers"));
            }
        }
        Covers::Links(ids) => {
            let ids: BTreeSet<_> = ids.iter().copied().collect();
            let links = rows.lock_all::<link::Entity>(ids.iter().copied()).await?;
            if links.iter().filter(|row| row.archived_at.is_none()).count() < ids.len() {
                return Err(gone("links"));
            }
        }
    }
    put_scopes(rows, of, covers).await?;
    Ok(())
}

/// Without a look at what is archived: of a series whose router went, the others' work goes on.
pub(super) async fn put_scopes(rows: &Tenant<'_>, of: Of, covers: &Covers) -> Result<(), DbErr> {
    let (window, series) = match of {
        Of::Window(id) => (Some(id), None),
        Of::Series(id) => (None, Some(id)),
    };
    let scope = || maintenance_scope::ActiveModel {
        id: Set(MaintenanceScopeId::new()),
        window_id: Set(window),
        series_id: Set(series),
        client_id: Set(None),
        router_id: Set(None),
        link_id: Set(None),
        ..Default::default()
    };
    let scopes: Vec<_> = match covers {
        Covers::All => Vec::new(),
        Covers::Clients(ids) => {
            let of = |id| maintenance_scope::ActiveModel {
                client_id: Set(Some(id)),
                ..scope()
            };
            ids.iter().copied().map(of).collect()
        }
        Covers::Routers(ids) => {
            let of = |id| maintenance_scope::ActiveModel {
                router_id: Set(Some(id)),
                ..scope()
            };
            ids.iter().copied().map(of).collect()
        }
        Covers::Links(ids) => {
            let of = |id| maintenance_scope::ActiveModel {
                link_id: Set(Some(id)),
                ..scope()
            };
            ids.iter().copied().map(of).collect()
        }
    };
    rows.insert_all::<maintenance_scope::Entity, _>(scopes).await
}

pub(super) fn subject(row: &maintenance_window::Model) -> Subject<'_> {
    Subject {
        kind: "maintenance window",
        id: Some(row.id.0),
        name: &row.title,
    }
}

/// What the audit log keeps, with the names of what is covered as they are now.
pub(super) async fn fields(
    rows: &Tenant<'_>,
    window: &maintenance_window::Model,
    reason: &str,
) -> Result<Value, DbErr> {
    let mut fields = json!({
        "title": window.title,
        "notes": window.notes,
        "starts_at": window.starts_at,
        "ends_at": window.ends_at,
        "approved": window.approved_at.is_some(),
        "covers": names(rows, Of::Window(window.id)).await?,
    });
    if !reason.is_empty() {
        fields["reason"] = reason.into();
    }
    Ok(fields)
}

/// What is covered, by name.
pub(super) async fn names(rows: &Tenant<'_>, of: Of) -> Result<Value, DbErr> {
    let scopes = scopes(rows, of).await?;
    let clients = scopes.iter().filter_map(|scope| scope.client_id);
    let clients = rows.get_all::<client::Entity>(clients).await?;
    let routers = scopes.iter().filter_map(|scope| scope.router_id);
    let routers = rows.get_all::<router::Entity>(routers).await?;
    let links = scopes.iter().filter_map(|scope| scope.link_id);
    let links = rows.get_all::<link::Entity>(links).await?;
    let mut names: Vec<_> = clients.into_iter().map(|row| row.name).collect();
    names.extend(routers.into_iter().map(|row| row.name));
    names.extend(links.into_iter().map(|row| row.name));
    names.sort_unstable();
    Ok(match names.is_empty() {
        true => json!("all links"),
        false => json!(names),
    })
}
