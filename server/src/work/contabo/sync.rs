//! The reading of each Contabo account: all of it every few minutes, one process at a time.

use chrono::{DateTime, Duration, Utc};
use contabo::{AuditFilter, AuditList, Client, InstanceFilter, RequestId, SnapshotFilter};
use entity::{
    ActionId, ContaboAccountId, ContaboOrderId, Tenant, TenantId, action, contabo_account, contabo_change,
    contabo_order,
    contabo_sync::{self, Column},
    instance,
};
use futures_util::{StreamExt, stream};
use sea_orm::{ColumnTrait, EntityTrait, ExprTrait, Order, QueryFilter, QueryOrder, sea_query::Expr};

use super::{
    calls::SECRET_PREFIX,
    reading::{ReadError, Reading},
};
use crate::{
    domain::contabo::{
        mirror::{self, Kept},
        resources::{self, Thing},
    },
    site::Site,
    work::{lease, runner::Worked},
};

/// How often an account is read.
const EVERY: Duration = Duration::minutes(3);

/// How often everything beside instances is read where nothing goes on with it.
const RESOURCES_EVERY: Duration = Duration::minutes(30);

/// The longest rest of an account that can't be read.
const LONGEST_REST: Duration = Duration::minutes(30);

/// How long one process has for one reading, before another may.
const LEASE: Duration = Duration::minutes(10);

/// Accounts that are read at once, so that one that answers slowly does not keep the others waiting.
const AT_ONCE: usize = 8;

/// Instances whose snapshots are read in one go; the next go takes the next ones.
const SNAPSHOTS_OF: u64 = 20;

/// Changes of one reading of which it is looked up who made them: each is a call.
const LOOKED_UP: u64 = 20;

/// Instances that are asked for one by one when a list lacks them; the next reading asks for the next ones.
const ASKED_FOR: usize = 50;

/// Reads the accounts whose time has come.
///
/// # Errors
/// When the database does not answer. What Contabo does not answer is kept with the account.
pub async fn step(site: &Site) -> anyhow::Result<Worked> {
    let now = site.clock.now();
    #[expect(clippy::disallowed_methods, reason = "one worker reads the accounts of all tenants")]
    let connection = site.db.across_tenants();
    let due = contabo_sync::Entity::find()
        .filter(Column::DueAt.lte(now))
        .order_by_asc(Column::DueAt)
        .all(connection)
        .await?;
    let read = stream::iter(due).map(|sync| read_in_turn(site, sync));
    // All are waited for, whatever one of them meets: each gives its lease back.
    let ended: Vec<anyhow::Result<()>> = read.buffer_unordered(AT_ONCE).collect().await;
    ended.into_iter().collect::<anyhow::Result<()>>()?;
    Ok(Worked::Idle)
}

async fn read_in_turn(site: &Site, sync: contabo_sync::Model) -> anyhow::Result<()> {
    let lease = format!("contabo-sync:{}", sync.contabo_account_id);
    if site.stop.is_stopped() || !lease::try_hold(&site.db, &lease, site.process, site.clock.now(), LEASE).await? {
        return Ok(());
    }
    let read = read(site, sync.tenant_id, sync.contabo_account_id).await;
    lease::release(&site.db, &lease, site.process).await?;
    read
}

async fn read(site: &Site, tenant: TenantId, id: ContaboAccountId) -> anyhow::Result<()> {
    let outside = site.db.tenant(tenant);
    let sync = outside.get::<contabo_sync::Entity>(id).await?;
    // Another process may have read it since it was found to be due.
    let Some(sync) = sync.filter(|sync| sync.due_at <= site.clock.now()) else {
        return Ok(());
    };
    let account = outside.get::<contabo_account::Entity>(id).await?;
    let begun = site.clock.now();
    let Some(account) = account.filter(|account| account.enabled) else {
        // Looked at again when it is switched on, which makes it due.
        let never = begun + Duration::days(365);
        return next_at(site, &sync, never).await;
    };
    note(site, tenant, id, vec![(Column::BegunAt, Expr::value(begun))]).await?;
    let outcome = match site.contabo.of(&site.keyring, &account) {
        Ok(client) => Box::pin(mirror_all(site, tenant, id, &client)).await,
        Err(error) => Err(error),
    };
    let ended = site.clock.now();
    let mut changes = vec![(Column::EndedAt, Expr::value(ended))];
    let due = match outcome {
        Ok(kept) => {
            tracing::info!(account = %id, ?kept, "a Contabo account was read");
            changes.extend([
                (Column::SucceededAt, Expr::value(ended)),
                (Column::Failures, Expr::value(0)),
                (Column::LastError, Expr::value(None::<String>)),
            ]);
            ended + EVERY
        }
        Err(error) => {
            tracing::warn!(account = %id, error = format!("{error:#}"), "a Contabo account can't be read");
            let failures = sync.failures.saturating_add(1);
            changes.extend([
                (Column::Failures, Expr::value(failures)),
                (Column::LastError, Expr::value(format!("{error:#}"))),
            ]);
            ended + rest(failures)
        }
    };
    note(site, tenant, id, changes).await?;
    next_at(site, &sync, due).await
}

/// Lets the account be read at `due`, unless somebody wanted it sooner while it was read.
async fn next_at(site: &Site, sync: &contabo_sync::Model, due: DateTime<Utc>) -> anyhow::Result<()> {
    let same = Column::ContaboAccountId
        .eq(sync.contabo_account_id)
        .and(Column::DueAt.eq(sync.due_at));
    let rows = site.db.tenant(sync.tenant_id);
    rows.update_where::<contabo_sync::Entity>(same, [(Column::DueAt, Expr::value(due))])
        .await?;
    Ok(())
}

/// Three minutes, then twice as long with each failure in a row, up to half an hour.
fn rest(failures: i32) -> Duration {
    (EVERY * (1 << failures.clamp(1, 5).saturating_sub(1))).min(LONGEST_REST)
}

async fn mirror_all(site: &Site, tenant: TenantId, account: ContaboAccountId, client: &Client) -> anyhow::Result<Kept> {
    let begun = site.clock.now();
    let mut found = client.instances().list(&InstanceFilter::default()).await?;
    let missing = mirror::missing(&site.db.tenant(tenant), account, &found).await?;
    let mut gone = Vec::new();
    for id in missing.into_iter().take(ASKED_FOR) {
        match client.instances().get(id).await {
            Ok(there) => found.push(there),
            Err(error) if error.is_not_found() => gone.push(id),
            Err(error) => return Err(error.into()),
        }
    }
    let (rows, now) = (site.db.begin(tenant).await?, site.clock.now());
    // It may have been put away, or switched off, while it was read.
    let there = rows.lock::<contabo_account::Entity>(account).await?;
    if there.is_none_or(|account| !account.enabled) {
        return Ok(Kept::default());
    }
    let kept = mirror::keep(&rows, account, &found, &gone, (begun, now)).await?;
    rows.commit().await?;
    if kept != Kept::default() {
        // What a role may not see is said in the log, and keeps nothing else from being read.
        match who_did_it(site, tenant, account, client, (begun, now)).await {
            Err(error) if is_refused(&error) => {
                tracing::warn!(account = %account, error = format!("{error:#}"), "Contabo does not let its log be read");
            }
            outcome => outcome?,
        }
    }
    snapshots(site, tenant, account, client).await?;
    things(site, tenant, account, client).await?;
    Ok(kept)
}

fn is_refused(error: &anyhow::Error) -> bool {
    matches!(
        error.downcast_ref::<contabo::Error>(),
        Some(contabo::Error::Refused { .. })
    )
}

/// Looks up in Contabo's log who made the changes that were found at `at`, as far as it says.
async fn who_did_it(
    site: &Site,
    tenant: TenantId,
    account: ContaboAccountId,
    client: &Client,
    (begun, at): (DateTime<Utc>, DateTime<Utc>),
) -> anyhow::Result<()> {
    use contabo_change::Column;
    let outside = site.db.tenant(tenant);
    let changes = outside
        .find::<contabo_change::Entity>()
        .filter(Column::ContaboAccountId.eq(account))
        .filter(Column::FoundAt.eq(at))
        .limit(LOOKED_UP)
        .all()
        .await?;
    for change in changes {
        let filter = AuditFilter {
            subject: Some(change.contabo_id),
            start_date: Some((begun - LONGEST_REST).date_naive()),
            ..AuditFilter::default()
        };
        let entries = client.audits().list(AuditList::Instances, &filter).await?;
        // What is older than the reading before has been told of already.
        let since = begun - LONGEST_REST;
        let recent = entries
            .into_iter()
            .filter(|entry| entry.timestamp.is_some_and(|at| at >= since));
        let last = recent.max_by_key(|entry| entry.timestamp);
        if let Some(name) = last.and_then(|entry| entry.username) {
            let this = Column::Id.eq(change.id);
            let named = [(Column::DoneBy, Expr::value(name))];
            outside.update_where::<contabo_change::Entity>(this, named).await?;
        }
    }
    Ok(())
}

/// Those of all instances, a few at a time, the longest unread first.
async fn snapshots(site: &Site, tenant: TenantId, account: ContaboAccountId, client: &Client) -> anyhow::Result<()> {
    let outside = site.db.tenant(tenant);
    let next = outside
        .find::<instance::Entity>()
        .filter(instance::Column::ContaboAccountId.eq(account))
        .filter(instance::Column::GoneAt.is_null())
        .order_by(instance::Column::SnapshotsReadAt.is_not_null(), Order::Asc)
        .order_by(instance::Column::SnapshotsReadAt, Order::Asc)
        .limit(SNAPSHOTS_OF)
        .all()
        .await?;
    for row in next {
        let id = contabo::InstanceId(row.contabo_id);
        let begun = site.clock.now();
        match client.snapshots().list(id, &SnapshotFilter::default()).await {
            Ok(found) => {
                let rows = site.db.begin(tenant).await?;
                mirror::keep_snapshots(&rows, row.id, &found, begun).await?;
                rows.commit().await?;
            }
            // It is the others' turn all the same.
            Err(error @ contabo::Error::Refused { .. }) => {
                tracing::warn!(instance = %row.id, %error, "the snapshots of an instance can't be read");
                let tried = [(instance::Column::SnapshotsReadAt, Expr::value(begun))];
                let this = instance::Column::Id.eq(row.id);
                outside.update_where::<instance::Entity>(this, tried).await?;
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

/// Everything else, when its time has come, and each time the kinds with which Contabo is not done yet: kind by kind, so
/// that one that a role may not see, or that is answered badly, leaves the others.
async fn things(site: &Site, tenant: TenantId, account: ContaboAccountId, client: &Client) -> anyhow::Result<()> {
    let now = site.clock.now();
    let outside = site.db.tenant(tenant);
    let sync = outside.get::<contabo_sync::Entity>(account).await?;
    let read_at = sync.and_then(|sync| sync.resources_read_at);
    let is_all_due = read_at.is_none_or(|at| now >= at + RESOURCES_EVERY);
    let due = match is_all_due {
        true => Thing::ALL.to_vec(),
        false => resources::unsettled(&outside, account).await?,
    };
    let reading = Reading {
        site,
        tenant,
        account,
        client,
        yields: true,
    };
    for thing in due {
        match reading.read(thing).await {
            Ok(_) => {}
            Err(ReadError::Contabo(error)) if leaves_the_others(&error) => {
                let what = thing.name();
                tracing::warn!(account = %account, what, %error, "this can't be read of a Contabo account");
            }
            Err(ReadError::Contabo(error)) => return Err(error.into()),
            Err(ReadError::Database(error)) => return Err(error.into()),
        }
    }
    if !is_all_due {
        return Ok(());
    }
    forget_passwords(&outside, client).await?;
    note(site, tenant, account, vec![(Column::ResourcesReadAt, Expr::value(now))]).await
}

/// Whether what was answered is about this list alone, and the next may well be read.
fn leaves_the_others(error: &contabo::Error) -> bool {
    use contabo::Error::{Invalid, Refused, Unclear, Unreadable};
    matches!(
        error,
        Refused { .. } | Unreadable { .. } | Invalid { .. } | Unclear { .. }
    )
}

/// Deletes the passwords at Contabo that an action or an order left behind: those of what has ended.
async fn forget_passwords(rows: &Tenant<'_>, client: &Client) -> anyhow::Result<()> {
    let filter = contabo::SecretFilter {
        name: Some(SECRET_PREFIX.to_owned()),
        ..contabo::SecretFilter::default()
    };
    let found = match client.secrets().list(&filter).await {
        Ok(found) => found,
        // The reading of what is kept there has said so.
        Err(error) if leaves_the_others(&error) => return Ok(()),
        Err(error) => return Err(error.into()),
    };
    for secret in found {
        let id = secret.name.strip_prefix(SECRET_PREFIX).and_then(|id| id.parse().ok());
        let Some(id) = id else { continue };
        let action = rows.get::<action::Entity>(ActionId(id)).await?;
        let order = rows.get::<contabo_order::Entity>(ContaboOrderId(id)).await?;
        let is_over = action.is_some_and(|action| action.ended_at.is_some());
        if is_over || order.is_some_and(|order| order.ended_at.is_some()) {
            client.secrets().delete(secret.secret_id, RequestId::random()).await?;
        }
    }
    Ok(())
}

async fn note(
    site: &Site,
    tenant: TenantId,
    id: ContaboAccountId,
    changes: Vec<(Column, sea_orm::sea_query::SimpleExpr)>,
) -> anyhow::Result<()> {
    let rows = site.db.begin(tenant).await?;
    rows.update_where::<contabo_sync::Entity>(Column::ContaboAccountId.eq(id), changes)
        .await?;
    rows.servers_changed().await?;
    rows.commit().await?;
    Ok(())
}

/// When an account was last read whole; for pages.
#[must_use]
pub fn is_late(sync: &contabo_sync::Model, now: DateTime<Utc>) -> bool {
    sync.succeeded_at.is_none_or(|at| now - at > EVERY * 3)
}
