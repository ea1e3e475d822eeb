//! Changes of links. Each is one transaction with its audit entry, and the board shows it before the caller goes on.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use entity::{LinkId, Tenant, TenantId, client, link, router, sla_profile};
use sea_orm::{ActiveValue::Set, DbErr, SqlErr};
use serde_json::{Value, json};

use super::{
    days::DaysError,
    setup::{Bandwidth, SetUp, faces_name},
    store,
};
use crate::{
    domain::{
        audit::{self, Actor, Subject},
        money::{Currency, Money},
        problem::Problem,
        typed::Rejected,
    },
    site::Site,
};

/// Why a change of a link did not happen.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// It is not there, or another tenant's.
    #[error("there is no such link")]
    NotFound,
    /// Something typed can't be kept; with the number of the link in a form of several.
    #[error("something typed can't be taken")]
    Rejected(usize, Rejected<Problem>),
    /// It is not in the state from which this leads on.
    #[error("it changed meanwhile")]
    Changed,
    /// The database did not answer.
    #[error("the link can't be changed")]
    Database(#[from] DbErr),
    /// What was measured can't be read.
    #[error("the link's past can't be read")]
    Past(#[from] DaysError),
}

/// A link to be made.
#[derive(Clone, Debug)]
pub struct NewLink {
    pub setup: SetUp,
    /// RouterOS' `.id` of the interface, where it was picked from a check.
    pub interface_id: Option<String>,
    /// The name the interface left the factory with, likewise.
    pub default_name: Option<String>,
    /// Since when it counts; none: not yet.
    pub activated_at: Option<DateTime<Utc>>,
}

/// Makes all of the links or none.
///
/// # Errors
/// When a name or an interface is taken, or the database fails.
pub async fn create(site: &Site, tenant: TenantId, actor: &Actor, new: Vec<NewLink>) -> Result<Vec<LinkId>, Error> {
    let rows = site.db.begin(tenant).await?;
    lock_parents(&rows, new.iter().map(|new| &new.setup)).await?;
    let mut ids = Vec::with_capacity(new.len());
    for (at, new) in new.into_iter().enumerate() {
        let row = link::ActiveModel {
            id: Set(LinkId::new()),
            interface_id: Set(new.interface_id),
            default_name: Set(new.default_name),
            activated_at: Set(new.activated_at),
            deactivated_at: Set(None),
            created_at: Set(site.clock.now()),
            archived_at: Set(None),
            ..columns(new.setup)
        };
        let row = rows.insert(row).await.map_err(|error| taken(at, error))?;
        record(&rows, site, actor, "link.create", None, &row).await?;
        ids.push(row.id);
    }
    finish(site, rows).await?;
    Ok(ids)
}

/// Changes everything but since when it counts. With another router or interface, what was known of the old interface
/// is forgotten; what was measured on it stays.
///
/// # Errors
/// When it is not there, a name or interface is taken, or the database fails.
pub async fn update(site: &Site, tenant: TenantId, actor: &Actor, id: LinkId, setup: SetUp) -> Result<(), Error> {
    let rows = site.db.begin(tenant).await?;
    lock_parents(&rows, [&setup]).await?;
    let old = unarchived(&rows, id).await?;
    if old.client_id != setup.client_id && has_a_past(&rows, &old).await? {
        return Err(Error::Rejected(0, Rejected::one("client", Problem::HasAPast)));
    }
    let same = old.router_id == setup.router_id && old.interface_name == setup.interface_name;
    let row = link::ActiveModel {
        id: Set(id),
        interface_id: Set(old.interface_id.clone().filter(|_| same)),
        default_name: Set(old.default_name.clone().filter(|_| same)),
        ..columns(setup)
    };
    let new = rows.update(row).await.map_err(|error| taken(0, error))?;
    record(&rows, site, actor, "link.update", Some(&old), &new).await?;
    finish(site, rows).await
}

/// Whether something was measured or promised for its client already: with another client, that one would see it.
async fn has_a_past(rows: &Tenant<'_>, link: &link::Model) -> Result<bool, DaysError> {
    Ok(link.activated_at.is_some() || store::newest(rows, link.id).await?.is_some())
}

/// Lets it count from `at` on, past or future. A deactivation is taken back: what was measured between counts again.
///
/// # Errors
/// When it is not there or the database fails.
pub async fn activate(
    site: &Site,
    tenant: TenantId,
    actor: &Actor,
    id: LinkId,
    at: DateTime<Utc>,
) -> Result<(), Error> {
    let rows = site.db.begin(tenant).await?;
    let old = unarchived(&rows, id).await?;
    let row = link::ActiveModel {
        activated_at: Set(Some(at)),
        deactivated_at: Set(None),
        ..key(id)
    };
    let new = rows.update(row).await?;
    record(&rows, site, actor, "link.activate", Some(&old), &new).await?;
    finish(site, rows).await
}

/// Lets it no longer count from `at` on, past or future.
///
/// # Errors
/// When it is not there, was never activated or only later, or the database fails.
pub async fn deactivate(
    site: &Site,
    tenant: TenantId,
    actor: &Actor,
    id: LinkId,
    at: DateTime<Utc>,
) -> Result<(), Error> {
    let rows = site.db.begin(tenant).await?;
    let old = unarchived(&rows, id).await?;
    let since = old.activated_at.ok_or(Error::Changed)?;
    if at <= since {
        return Err(Error::Rejected(0, Rejected::one("at", Problem::EndsBeforeStart)));
    }
    let row = link::ActiveModel {
        deactivated_at: Set(Some(at)),
        ..key(id)
    };
    let new = rows.update(row).await?;
    record(&rows, site, actor, "link.deactivate", Some(&old), &new).await?;
    finish(site, rows).await
}

/// Takes it out of every list; if it counts or would some day, it stops now. What was
/// measured stays.
///
/// # Errors
/// When it is not there or the database fails.
pub async fn archive(site: &Site, tenant: TenantId, actor: &Actor, id: LinkId) -> Result<(), Error> {
    let rows = site.db.begin(tenant).await?;
    let old = unarchived(&rows, id).await?;
    let now = site.clock.now();
    let ends = (old.activated_at).map(|_| old.deactivated_at.map_or(now, |until| until.min(now)));
    let row = link::ActiveModel {
        deactivated_at: Set(ends),
        archived_at: Set(Some(now)),
        ..key(id)
    };
    let new = rows.update(row).await?;
    record(&rows, site, actor, "link.archive", Some(&old), &new).await?;
    finish(site, rows).await
}

fn key(id: LinkId) -> link::ActiveModel {
    link::ActiveModel {
        id: Set(id),
        ..Default::default()
    }
}

fn columns(setup: SetUp) -> link::ActiveModel {
    link::ActiveModel {
        client_id: Set(setup.client_id),
        router_id: Set(setup.router_id),
        name: Set(setup.name),
        reference: Set(setup.reference),
        kind: Set(setup.kind),
        interface_name: Set(setup.interface_name),
        faces: Set(setup.faces),
        committed_down_bps: Set(setup.down.bps()),
        committed_up_bps: Set(setup.up.bps()),
        sla_profile_id: Set(setup.sla_profile_id),
        ping_target: Set(setup.ping_target),
        monthly_fee_minor: Set(setup.monthly_fee.map(|fee| fee.minor)),
        ..Default::default()
    }
}

/// Locked, so that it is not archived before the commit.
async fn unarchived(rows: &Tenant<'_>, id: LinkId) -> Result<link::Model, Error> {
    let row = rows.lock::<link::Entity>(id).await?;
    row.filter(|row| row.archived_at.is_none()).ok_or(Error::NotFound)
}

/// What the links hang on was not archived since the form was read, and is not before the commit.
async fn lock_parents<'s>(rows: &Tenant<'_>, links: impl IntoIterator<Item = &'s SetUp>) -> Result<(), Error> {
    let links: Vec<&SetUp> = links.into_iter().collect();
    let clients = rows.lock_all::<client::Entity>(links.iter().map(|link| link.client_id));
    let clients = clients.await?.into_iter().filter(|row| row.archived_at.is_none());
    let clients: HashSet<_> = clients.map(|row| row.id).collect();
    let routers = rows.lock_all::<router::Entity>(links.iter().map(|link| link.router_id));
    let routers = routers.await?.into_iter().filter(|row| row.archived_at.is_none());
    let routers: HashSet<_> = routers.map(|row| row.id).collect();
    let profiles = rows.lock_all::<sla_profile::Entity>(links.iter().filter_map(|link| link.sla_profile_id));
    let profiles = profiles.await?.into_iter().filter(|row| row.archived_at.is_none());
    let profiles: HashSet<_> = profiles.map(|row| row.id).collect();
    for (at, link) in links.into_iter().enumerate() {
        still_there(at, "client", clients.contains(&link.client_id))?;
        still_there(at, "router", routers.contains(&link.router_id))?;
        let profile = link.sla_profile_id.is_none_or(|id| profiles.contains(&id));
        still_there(at, "profile", profile)?;
    }
    Ok(())
}

fn still_there(at: usize, field: &'static str, there: bool) -> Result<(), Error> {
    match there {
        true => Ok(()),
        false => Err(Error::Rejected(at, Rejected::one(field, Problem::NotAChoice))),
    }
}

/// The name must be the link's own, and so must the interface until the link is archived.
fn taken(at: usize, error: DbErr) -> Error {
    let rejected = match error.sql_err() {
        Some(SqlErr::UniqueConstraintViolation(index)) if index.contains("interface_name") => {
            Rejected::one("interface", Problem::InterfaceTaken)
        }
        Some(SqlErr::UniqueConstraintViolation(_)) => Rejected::one("name", Problem::Taken),
        _ => return error.into(),
    };
    Error::Rejected(at, rejected)
}

async fn record(
    rows: &Tenant<'_>,
    site: &Site,
    actor: &Actor,
    action: &str,
    old: Option<&link::Model>,
    new: &link::Model,
) -> Result<(), DbErr> {
    let subject = Subject {
        kind: "link",
        id: Some(new.id.0),
        name: &new.name,
    };
    let currency = Currency::of_kept(&rows.own().await?.currency);
    let before = old.map(|old| fields(old, currency));
    let after = Some(fields(new, currency));
    audit::record(rows, actor, site.clock.now(), action, subject, before, after).await
}

fn fields(row: &link::Model, currency: Currency) -> Value {
    let mbit = |bps| format!("{} Mbit/s", Bandwidth::from_bps(bps));
    json!({
        "name": row.name,
        "reference": row.reference,
        "client": row.client_id,
        "router": row.router_id,
        "interface": row.interface_name,
        "kind": row.kind,
        "faces": faces_name(row.faces),
        "committed_down": mbit(row.committed_down_bps),
        "committed_up": mbit(row.committed_up_bps),
        "sla_profile": row.sla_profile_id,
        "ping_target": row.ping_target,
        "monthly_fee": row.monthly_fee_minor.map(|minor| Money::new(minor, currency).to_string()),
        "activated_at": row.activated_at,
        "deactivated_at": row.deactivated_at,
        "archived_at": row.archived_at,
    })
}

async fn finish(site: &Site, rows: Tenant<'static>) -> Result<(), Error> {
    let tenant = rows.id();
    rows.config_changed().await?;
    rows.commit().await?;
    site.board.refresh(tenant).await?;
    Ok(())
}
