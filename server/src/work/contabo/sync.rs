//! The reading of each Contabo account: all of it every few minutes, one process at a time.

use chrono::{DateTime, Duration, Utc};
use contabo::{AuditFilter, AuditList, Client, InstanceFilter, SnapshotFilter};
use entity::{
    ContaboAccountId, TenantId, contabo_account, contabo_change,
    contabo_sync::{self, Column},
    instance,
};
use sea_orm::{ColumnTrait, EntityTrait, Order, QueryFilter, QueryOrder, sea_query::Expr};

use super::calls::SECRET_PREFIX;
use crate::{
    domain::contabo::{
        mirror::{self, Kept},
        resources::{Firewall, Image, PrivateNetwork, Secret, Storage, Vip, keep},
    },
    site::Site,
    work::{lease, runner::Worked},
};

/// How often an account is read.
const EVERY: Duration = Duration::minutes(3);

/// How often everything beside instances is read.
const RESOURCES_EVERY: Duration = Duration::minutes(30);

/// The longest rest of an account that can't be read.
const LONGEST_REST: Duration = Duration::minutes(30);

/// How long one process has for one reading, before another may.
const LEASE: Duration = Duration::minutes(10);

/// Instances whose snapshots are read in one go; the next go takes the next ones.
const SNAPSHOTS_OF: u64 = 20;

/// Changes of one reading of which it is looked up who made them: each is a call.
const LOOKED_UP: u64 = 20;

/// Instances that are asked for one by one when a list lacks them. More than that at once are believed when the next
/// reading lacks them, too.
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
    for sync in due {
        let lease = format!("contabo-sync:{}", sync.contabo_account_id);
        if !lease::try_hold(&site.db, &lease, site.process, now, LEASE).await? {
            continue;
        }
        let read = read(site, sync).await;
        lease::release(&site.db, &lease, site.process).await?;
        read?;
        if site.stop.is_stopped() {
            break;
        }
    }
    Ok(Worked::Idle)
}

async fn read(site: &Site, sync: contabo_sync::Model) -> anyhow::Result<()> {
    let (tenant, id) = (sync.tenant_id, sync.contabo_account_id);
    let outside = site.db.tenant(tenant);
    let account = outside.get::<contabo_account::Entity>(id).await?;
    let begun = site.clock.now();
    let Some(account) = account.filter(|account| account.enabled) else {
        // Looked at again when it is switched on, which makes it due.
        let never = begun + Duration::days(365);
        return note(site, tenant, id, vec![(Column::DueAt, Expr::value(never))]).await;
    };
    note(site, tenant, id, vec![(Column::BegunAt, Expr::value(begun))]).await?;
    let outcome = match site.contabo.of(&site.keyring, &account) {
        Ok(client) => Box::pin(mirror_all(site, tenant, id, &client)).await,
        Err(error) => Err(error),
    };
    let ended = site.clock.now();
    let mut changes = vec![(Column::EndedAt, Expr::value(ended))];
    match outcome {
        Ok(kept) => {
            tracing::info!(account = %id, ?kept, "a Contabo account was read");
            changes.extend([
                (Column::SucceededAt, Expr::value(ended)),
                (Column::Failures, Expr::value(0)),
                (Column::LastError, Expr::value(None::<String>)),
                (Column::DueAt, Expr::value(ended + EVERY)),
            ]);
        }
        Err(error) => {
            tracing::warn!(account = %id, error = format!("{error:#}"), "a Contabo account can't be read");
            let failures = sync.failures.saturating_add(1);
            changes.extend([
                (Column::Failures, Expr::value(failures)),
                (Column::LastError, Expr::value(format!("{error:#}"))),
                (Column::DueAt, Expr::value(ended + rest(failures))),
            ]);
        }
    }
    note(site, tenant, id, changes).await
}

/// Three minutes, then twice as long with each failure in a row, up to half an hour.
fn rest(failures: i32) -> Duration {
    (EVERY * (1 << failures.clamp(1, 5).saturating_sub(1))).min(LONGEST_REST)
}

async fn mirror_all(site: &Site, tenant: TenantId, account: ContaboAccountId, client: &Client) -> anyhow::Result<Kept> {
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
    let kept = mirror::keep(&rows, account, &found, &gone, now).await?;
    rows.commit().await?;
    if kept != Kept::default() {
        who_did_it(site, tenant, account, client, now).await?;
    }
    snapshots(site, tenant, account, client).await?;
    resources(site, tenant, account, client).await?;
    Ok(kept)
}

/// Looks up in Contabo's log who made the changes that were found at `at`, as far as it says.
async fn who_did_it(
    site: &Site,
    tenant: TenantId,
    account: ContaboAccountId,
    client: &Client,
    at: DateTime<Utc>,
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
            start_date: Some((at - Duration::days(1)).date_naive()),
            ..AuditFilter::default()
        };
        let entries = client.audits().list(AuditList::Instances, &filter).await?;
        let last = entries.into_iter().max_by_key(|entry| entry.timestamp);
        if let Some(name) = last.and_then(|entry| entry.username) {
            let this = Column::Id.eq(change.id);
            let named = [(Column::DoneBy, Expr::value(name))];
            outside.update_where::<contabo_change::Entity>(this, named).await?;
        }
    }
    Ok(())
}

/// Those of the instances that clients have, a few at a time, the longest unread first.
async fn snapshots(site: &Site, tenant: TenantId, account: ContaboAccountId, client: &Client) -> anyhow::Result<()> {
    let outside = site.db.tenant(tenant);
    let next = outside
        .find::<instance::Entity>()
        .filter(instance::Column::ContaboAccountId.eq(account))
        .filter(instance::Column::ClientId.is_not_null())
        .filter(instance::Column::GoneAt.is_null())
        .order_by(instance::Column::SnapshotsReadAt.is_not_null(), Order::Asc)
        .order_by(instance::Column::SnapshotsReadAt, Order::Asc)
        .limit(SNAPSHOTS_OF)
        .all()
        .await?;
    for row in next {
        let id = contabo::InstanceId(row.contabo_id);
        let found = match client.snapshots().list(id, &SnapshotFilter::default()).await {
            Ok(found) => found,
            Err(error) if error.is_not_found() => continue,
            Err(error) => return Err(error.into()),
        };
        let rows = site.db.begin(tenant).await?;
        mirror::keep_snapshots(&rows, row.id, &found, site.clock.now()).await?;
        rows.commit().await?;
    }
    Ok(())
}

/// Everything else, when its time has come.
async fn resources(site: &Site, tenant: TenantId, account: ContaboAccountId, client: &Client) -> anyhow::Result<()> {
    let now = site.clock.now();
    let outside = site.db.tenant(tenant);
    let sync = outside.get::<contabo_sync::Entity>(account).await?;
    let read_at = sync.and_then(|sync| sync.resources_read_at);
    if read_at.is_some_and(|at| now < at + RESOURCES_EVERY) {
        return Ok(());
    }
    let images = client.images().list(&contabo::ImageFilter::default()).await?;
    let secrets = client.secrets().list(&contabo::SecretFilter::default()).await?;
    let networks = client
        .private_networks()
        .list(&contabo::PrivateNetworkFilter::default())
        .await?;
    let vips = client.vips().list(&contabo::VipFilter::default()).await?;
    let firewalls = client.firewalls().list(&contabo::FirewallFilter::default()).await?;
    let mut storages = Vec::new();
    for found in client
        .object_storages()
        .list(&contabo::ObjectStorageFilter::default())
        .await?
    {
        // Of one that is being made nothing is counted yet.
        let used = client.object_storages().stats(&found.object_storage_id).await.ok();
        storages.push(Storage::new(&found, used.as_ref()));
    }
    let rows = site.db.begin(tenant).await?;
    keep(&rows, account, &images.iter().map(Image::from).collect::<Vec<_>>(), now).await?;
    let named = |secret: &&contabo::Secret| !secret.name.starts_with(SECRET_PREFIX);
    let secrets: Vec<Secret> = secrets.iter().filter(named).map(Secret::from).collect();
    keep(&rows, account, &secrets, now).await?;
    keep(
        &rows,
        account,
        &networks.iter().map(PrivateNetwork::from).collect::<Vec<_>>(),
        now,
    )
    .await?;
    keep(&rows, account, &vips.iter().map(Vip::from).collect::<Vec<_>>(), now).await?;
    keep(
        &rows,
        account,
        &firewalls.iter().map(Firewall::from).collect::<Vec<_>>(),
        now,
    )
    .await?;
    keep(&rows, account, &storages, now).await?;
    rows.commit().await?;
    note(site, tenant, account, vec![(Column::ResourcesReadAt, Expr::value(now))]).await
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
