//! Changes of routers. Each is one transaction with its audit entry, and the board shows it before the caller goes on.

use entity::{RouterId, Tenant, TenantId, link, router, router::TlsMode};
use sea_orm::{ActiveValue::Set, ColumnTrait, DbErr, SqlErr};
use secrecy::SecretString;
use serde_json::{Value, json};

use super::{
    Error,
    setup::{Credentials, SetUp, tls_name},
};
use crate::{
    domain::{
        audit::{self, Actor, Subject},
        problem::Problem,
        typed::Rejected,
    },
    keyring::hex,
    site::Site,
    work::collector::password_place,
};

/// Adds a router. It is polled from now on; the certificate that it shows first is the one that is trusted.
///
/// # Errors
/// When the name is taken, or the database or the key ring fail.
pub async fn create(
    site: &Site,
    tenant: TenantId,
    actor: &Actor,
    setup: SetUp,
    credentials: &Credentials,
) -> Result<RouterId, Error> {
    let id = RouterId::new();
    let rows = site.db.begin(tenant).await?;
    let row = router::ActiveModel {
        id: Set(id),
        name: Set(setup.name),
        site: Set(setup.site),
        host: Set(setup.host),
        port: Set(i32::from(setup.port)),
        tls: Set(setup.tls),
        pin_sha256: Set(None),
        ca_pem: Set(setup.ca_pem),
        username: Set(credentials.username.clone()),
        password_sealed: Set(seal(site, tenant, id, &credentials.password)?),
        allow_challenge: Set(setup.allow_challenge),
        code_page: Set(setup.code_page),
        listen: Set(setup.listen),
        enabled: Set(true),
        created_at: Set(site.clock.now()),
        archived_at: Set(None),
        ..Default::default()
    };
    let new = rows.insert(row).await.map_err(taken)?;
    record(&rows, site, actor, "router.create", None, &new).await?;
    finish(site, rows).await?;
    Ok(id)
}

/// Changes everything but the credentials and which certificate is trusted. Where the router is reached in another way
/// that no pin vouches for, its password is forgotten rather than sent there: true, and somebody who may must give it
/// anew.
///
/// # Errors
/// When it is not there, the name is taken, or the database fails.
pub async fn update(site: &Site, tenant: TenantId, actor: &Actor, id: RouterId, setup: SetUp) -> Result<bool, Error> {
    let rows = site.db.begin(tenant).await?;
    let old = unarchived(&rows, id).await?;
    let forgets = is_reached_unvouched(&old, &setup);
    let password_sealed = match forgets {
        true => seal(site, tenant, id, &SecretString::default())?,
        false => old.password_sealed.clone(),
    };
    let row = router::ActiveModel {
        name: Set(setup.name),
        site: Set(setup.site),
        host: Set(setup.host),
        port: Set(i32::from(setup.port)),
        tls: Set(setup.tls),
        ca_pem: Set(setup.ca_pem),
        password_sealed: Set(password_sealed),
        allow_challenge: Set(setup.allow_challenge),
        code_page: Set(setup.code_page),
        listen: Set(setup.listen),
        ..key(id)
    };
    let new = rows.update(row).await.map_err(taken)?;
    record(&rows, site, actor, "router.update", Some(&old), &new).await?;
    finish(site, rows).await?;
    Ok(forgets)
}

/// Whether the stored password would go where nobody has said that it may: to another address or in another mode,
/// unless the pinned certificate is asked for there, too.
fn is_reached_unvouched(old: &router::Model, new: &SetUp) -> bool {
    let elsewhere = old.host != new.host || old.port != i32::from(new.port);
    let otherwise = old.tls != new.tls || old.ca_pem != new.ca_pem;
    let vouched = new.tls == TlsMode::Pin && old.pin_sha256.is_some();
    (elsewhere || otherwise) && !vouched
}

/// Stores another user and password. Try them first.
///
/// # Errors
/// When it is not there, or the database or the key ring fail.
pub async fn set_credentials(
    site: &Site,
    tenant: TenantId,
    actor: &Actor,
    id: RouterId,
    credentials: &Credentials,
) -> Result<(), Error> {
    let rows = site.db.begin(tenant).await?;
    let old = unarchived(&rows, id).await?;
    let row = router::ActiveModel {
        username: Set(credentials.username.clone()),
        password_sealed: Set(seal(site, tenant, id, &credentials.password)?),
        ..key(id)
    };
    let new = rows.update(row).await?;
    record(&rows, site, actor, "router.credentials", Some(&old), &new).await?;
    finish(site, rows).await
}

/// Trusts the certificate with this fingerprint and no other.
///
/// # Errors
/// When it is not there, is not pinned at all, or the database fails.
pub async fn trust(site: &Site, tenant: TenantId, actor: &Actor, id: RouterId, sha256: [u8; 32]) -> Result<(), Error> {
    let rows = site.db.begin(tenant).await?;
    let old = unarchived(&rows, id).await?;
    if old.tls != TlsMode::Pin {
        return Err(Error::Changed);
    }
    let row = router::ActiveModel {
        pin_sha256: Set(Some(sha256.to_vec())),
        ..key(id)
    };
    let new = rows.update(row).await?;
    record(&rows, site, actor, "router.trust", Some(&old), &new).await?;
    finish(site, rows).await
}

/// Lets it be polled, or not. Links of a router that is not polled are unknown.
///
/// # Errors
/// When it is not there or the database fails.
pub async fn set_enabled(
    site: &Site,
    tenant: TenantId,
    actor: &Actor,
    id: RouterId,
    enabled: bool,
) -> Result<(), Error> {
    let rows = site.db.begin(tenant).await?;
    let old = unarchived(&rows, id).await?;
    let row = router::ActiveModel {
        enabled: Set(enabled),
        ..key(id)
    };
    let new = rows.update(row).await?;
    let action = if enabled { "router.enable" } else { "router.disable" };
    record(&rows, site, actor, action, Some(&old), &new).await?;
    finish(site, rows).await
}

/// Takes it out of use for good: it is no longer polled and its password is thrown away. What it proved stays.
///
/// # Errors
/// When it is not there, links hang on it, or the database fails.
pub async fn archive(site: &Site, tenant: TenantId, actor: &Actor, id: RouterId) -> Result<(), Error> {
    let rows = site.db.begin(tenant).await?;
    let old = unarchived(&rows, id).await?;
    let links = rows
        .find::<link::Entity>()
        .filter(link::Column::RouterId.eq(id))
        .filter(link::Column::ArchivedAt.is_null())
        .count()
        .await?;
    if links > 0 {
        return Err(Error::HasLinks(usize::try_from(links).unwrap_or(usize::MAX)));
    }
    let row = router::ActiveModel {
        enabled: Set(false),
        password_sealed: Set(Vec::new()),
        archived_at: Set(Some(site.clock.now())),
        ..key(id)
    };
    let new = rows.update(row).await?;
    record(&rows, site, actor, "router.archive", Some(&old), &new).await?;
    finish(site, rows).await
}

fn key(id: RouterId) -> router::ActiveModel {
    router::ActiveModel {
        id: Set(id),
        ..Default::default()
    }
}

/// Locked, so that it is not archived, and gets no link, before the commit.
async fn unarchived(rows: &Tenant<'_>, id: RouterId) -> Result<router::Model, Error> {
    let row = rows.lock::<router::Entity>(id).await?;
    row.filter(|row| row.archived_at.is_none()).ok_or(Error::NotFound)
}

/// Sealed as the collector opens it.
pub(crate) fn seal(site: &Site, tenant: TenantId, id: RouterId, password: &SecretString) -> Result<Vec<u8>, Error> {
    Ok(site.keyring.seal(password_place(tenant, id), password)?)
}

/// The name is the only value of a router that must be its own.
fn taken(error: DbErr) -> Error {
    match error.sql_err() {
        Some(SqlErr::UniqueConstraintViolation(_)) => Rejected::one("name", Problem::Taken).into(),
        _ => error.into(),
    }
}

async fn record(
    rows: &Tenant<'_>,
    site: &Site,
    actor: &Actor,
    action: &str,
    old: Option<&router::Model>,
    new: &router::Model,
) -> Result<(), DbErr> {
    let subject = Subject {
        kind: "router",
        id: Some(new.id.0),
        name: &new.name,
    };
    let before = old.map(|old| fields(old, None));
    let after = fields(new, old);
    audit::record(rows, actor, site.clock.now(), action, subject, before, Some(after)).await
}

/// What the audit log keeps. That another password was set is said, what it is never.
fn fields(row: &router::Model, before: Option<&router::Model>) -> Value {
    let mut fields = json!({
        "name": row.name,
        "site": row.site,
        "host": row.host,
        "port": row.port,
        "tls": tls_name(row.tls),
        "pin": row.pin_sha256.as_deref().map(hex),
        "authority": row.ca_pem,
        "username": row.username,
        "allow_challenge": row.allow_challenge,
        "listen": row.listen,
        "code_page": row.code_page,
        "enabled": row.enabled,
        "archived_at": row.archived_at,
    });
    if before.is_some_and(|before| before.password_sealed != row.password_sealed) {
        fields["password_changed"] = true.into();
    }
    fields
}

async fn finish(site: &Site, rows: Tenant<'static>) -> Result<(), Error> {
    let tenant = rows.id();
    rows.config_changed().await?;
    rows.commit().await?;
    site.board.refresh(tenant).await?;
    Ok(())
}
