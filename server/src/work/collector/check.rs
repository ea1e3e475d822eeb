//! A look at one router for staff: who it is, what it runs and which interfaces it has; or why that can't be said.

use std::{net::IpAddr, sync::Arc, time::Duration};

use chrono::{DateTime, TimeDelta, Utc};
use entity::{RouterId, Tenant, TenantId, router, router::TlsMode, router_check};
use routeros::{Certificate, Client, Credentials, Error, Guard, Interface, Options, Target, Tls};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, DbErr,
    sea_query::{Expr, SimpleExpr},
};
use serde::{Deserialize, Serialize};

use super::{
    judge::clean,
    setup::{Access, of_tenant},
    trouble::Trouble,
};
use crate::{
    clock::Clock,
    site::Site,
    work::queue::{Job, JobError, enqueue},
};

/// How long one check may take in all.
const LIMIT: Duration = Duration::from_secs(20);

/// What a router said of itself. Pages read it from `router_check.report`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// When it was said.
    pub at: DateTime<Utc>,
    /// The address that answered.
    pub address: IpAddr,
    pub identity: String,
    /// As in `7.18.2 (stable)`.
    pub version: String,
    pub board: Option<String>,
    pub architecture: Option<String>,
    pub uptime_seconds: u64,
    /// 0 to 100, over all cores.
    pub cpu_percent: Option<i64>,
    pub cpu_count: Option<u64>,
    /// Octets.
    pub memory_free: Option<u64>,
    /// Octets.
    pub memory_total: Option<u64>,
    /// Octets.
    pub disk_free: Option<u64>,
    /// Octets.
    pub disk_total: Option<u64>,
    /// None without TLS.
    pub certificate: Option<SeenCertificate>,
    /// In the router's order.
    pub interfaces: Vec<SeenInterface>,
}

/// The certificate that a router showed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SeenCertificate {
    /// In lower-case hexadecimal, as the router prints it.
    pub sha256: String,
    pub subject: String,
    pub issuer: String,
    pub not_before: Option<DateTime<Utc>>,
    pub not_after: Option<DateTime<Utc>>,
}

/// One interface of a router. What the router does not tell is none, never zero.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SeenInterface {
    /// RouterOS' `.id`.
    pub id: String,
    pub name: String,
    pub default_name: Option<String>,
    /// As `ether`, `vlan`, `pppoe-in`.
    pub kind: Option<String>,
    pub comment: Option<String>,
    pub mac_address: Option<String>,
    pub running: Option<bool>,
    pub disabled: Option<bool>,
    pub rx_octets: Option<u64>,
    pub tx_octets: Option<u64>,
    pub rx_packets: Option<u64>,
    pub tx_packets: Option<u64>,
    pub rx_errors: Option<u64>,
    pub tx_errors: Option<u64>,
    pub rx_drops: Option<u64>,
    pub tx_drops: Option<u64>,
    /// How often the link went down since the router started.
    pub link_downs: Option<u64>,
}

/// Checks one router of the tenant and stores what came of it in `router_check`.
#[derive(Debug, Serialize, Deserialize)]
pub struct RouterCheck {
    router: RouterId,
}

impl Job for RouterCheck {
    const KIND: &'static str = "router.check";
    type Context = Site;

    async fn run(&self, site: &Site, tenant: TenantId) -> Result<(), JobError> {
        let row = site
            .db
            .tenant(tenant)
            .get::<router::Entity>(self.router)
            .await
            .map_err(JobError::retry)?;
        let Some(row) = row else {
            return Err(JobError::fail(anyhow::anyhow!("router {} is gone", self.router)));
        };
        let outcome = check_row(site, &row).await.map_err(JobError::retry)?;
        let now = site.clock.now();
        let stored = async {
            let rows = site.db.begin(tenant).await?;
            match &outcome {
                Ok(report) => keep_report(&rows, self.router, report, now).await?,
                Err(trouble) => keep_trouble(&rows, self.router, trouble, now).await?,
            }
            rows.commit().await?;
            site.board.refresh(tenant).await
        };
        stored.await.map_err(JobError::retry)
    }
}

/// Asks for a check in the caller's transaction: at most one of a router waits or runs. Nudge `site.jobs` after the
/// commit.
///
/// # Errors
/// When the database refuses.
pub async fn request_check(rows: &Tenant<'_>, router: RouterId, now: DateTime<Utc>) -> Result<(), DbErr> {
    enqueue(
        rows,
        &RouterCheck { router },
        now,
        Some(format!("{}/{router}", RouterCheck::KIND)),
    )
    .await?;
    let requested = [(router_check::Column::RequestedAt, Expr::value(now))];
    keep(rows, router, now, requested).await
}

/// Checks a router as this row says, whether it is stored like that or not: new credentials are tried so. It ends
/// within 20 seconds and stores nothing.
///
/// # Errors
/// When the database does not answer; what is in the way on the router's side is the inner error.
pub async fn check_row(site: &Site, row: &router::Model) -> Result<Result<Report, Trouble>, DbErr> {
    let Some((_, addresses)) = of_tenant(site, row.tenant_id).await? else {
        return Err(DbErr::RecordNotFound(format!("tenant {}", row.tenant_id)));
    };
    let access = Access::of(row, &addresses);
    let looked = async {
        let client = access.connect(site, (row.tenant_id, row.id)).await?;
        Ok(Box::pin(look(&client, &site.clock)).await?)
    };
    let outcome = tokio::time::timeout(LIMIT, Box::pin(looked)).await;
    Ok(outcome.unwrap_or(Err(Trouble::Slow(LIMIT))))
}

/// Asks which certificate a router shows now, without signing in: the password is not sent.
///
/// # Errors
/// As [`check_row`].
pub async fn shown_certificate(site: &Site, row: &router::Model) -> Result<Result<SeenCertificate, Trouble>, DbErr> {
    // No certificate has this fingerprint, so the client refuses whichever is shown, and says which it was.
    let none_such = router::Model {
        tls: TlsMode::Pin,
        pin_sha256: Some(vec![0; 32]),
        ..row.clone()
    };
    Ok(match check_row(site, &none_such).await? {
        Err(Trouble::Router(Error::PinMismatch { seen, .. })) => Ok(seen_certificate(&seen)),
        Err(trouble) => Err(trouble),
        Ok(_) => Err(Trouble::Router(Error::Missing {
            what: "its certificate".to_owned(),
        })),
    })
}

/// How to reach a router that is in no database.
#[derive(Debug)]
pub struct Unknown<'a> {
    /// A name or an address.
    pub host: &'a str,
    pub port: u16,
    pub tls: Tls,
    pub credentials: Credentials,
    /// Where it may be.
    pub guard: AnyGuard,
}

/// Which addresses are allowed.
#[derive(Clone)]
pub struct AnyGuard(pub Guard);

impl std::fmt::Debug for AnyGuard {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("AnyGuard")
    }
}

/// Checks a router before it is added. It ends within 20 seconds and touches no database.
///
/// # Errors
/// What is in the way, in plain words, with its [`Trouble::code`].
pub async fn check_address(router: Unknown<'_>, clock: &Clock) -> Result<Report, Trouble> {
    let target = Target {
        host: router.host.to_owned(),
        port: router.port,
        guard: Arc::clone(&router.guard.0),
    };
    let looked = async {
        let options = Options::default();
        let client = Box::pin(Client::connect(&target, &router.tls, &router.credentials, &options)).await?;
        Ok(Box::pin(look(&client, clock)).await?)
    };
    let outcome = tokio::time::timeout(LIMIT, Box::pin(looked)).await;
    outcome.unwrap_or(Err(Trouble::Slow(LIMIT)))
}

/// Asks a router that is connected.
pub(super) async fn look(client: &Client, clock: &Clock) -> Result<Report, Error> {
    let seen = client.test().await?;
    let resources = seen.resources;
    let certificate = client.certificate().map(seen_certificate);
    Ok(Report {
        at: clock.now(),
        address: client.address().ip(),
        identity: clean(seen.identity.as_str()),
        version: clean(&resources.version),
        board: resources.board.as_deref().map(clean),
        architecture: resources.architecture.as_deref().map(clean),
        uptime_seconds: resources.uptime.as_secs(),
        cpu_percent: resources.cpu_load,
        cpu_count: resources.cpu_count,
        memory_free: resources.free_memory,
        memory_total: resources.total_memory,
        disk_free: resources.free_disk,
        disk_total: resources.total_disk,
        certificate,
        interfaces: seen.interfaces.iter().map(seen_interface).collect(),
    })
}

fn seen_certificate(seen: &Certificate) -> SeenCertificate {
    SeenCertificate {
        sha256: routeros::fingerprint(&seen.sha256),
        subject: clean(&seen.subject),
        issuer: clean(&seen.issuer),
        not_before: seen.not_before,
        not_after: seen.not_after,
    }
}

fn seen_interface(interface: &Interface) -> SeenInterface {
    let counters = &interface.counters;
    SeenInterface {
        id: clean(&interface.id),
        name: clean(interface.name.as_str()),
        default_name: interface.default_name.as_ref().map(|name| clean(name.as_str())),
        kind: interface.kind.as_deref().map(clean),
        comment: interface.comment.as_ref().map(|comment| clean(comment.as_str())),
        mac_address: interface.mac_address.as_deref().map(clean),
        running: interface.running,
        disabled: interface.disabled,
        rx_octets: counters.rx_bytes,
        tx_octets: counters.tx_bytes,
        rx_packets: counters.rx_packets,
        tx_packets: counters.tx_packets,
        rx_errors: counters.rx_errors,
        tx_errors: counters.tx_errors,
        rx_drops: counters.rx_drops,
        tx_drops: counters.tx_drops,
        link_downs: interface.link_downs,
    }
}

/// Stores a good answer.
pub(super) async fn keep_report(
    rows: &Tenant<'_>,
    router: RouterId,
    report: &Report,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let report = serde_json::to_value(report).map_err(|error| DbErr::Json(error.to_string()))?;
    let columns = [
        (router_check::Column::FinishedAt, Expr::value(now)),
        (router_check::Column::ReasonCode, Expr::value(None::<String>)),
        (router_check::Column::Reason, Expr::value(None::<String>)),
        (router_check::Column::Report, Expr::value(report)),
    ];
    keep(rows, router, now, columns).await
}

/// Stores why there is none. The last good answer stays.
async fn keep_trouble(rows: &Tenant<'_>, router: RouterId, trouble: &Trouble, now: DateTime<Utc>) -> Result<(), DbErr> {
    let columns = [
        (router_check::Column::FinishedAt, Expr::value(now)),
        (router_check::Column::ReasonCode, Expr::value(trouble.code())),
        (router_check::Column::Reason, Expr::value(trouble.to_string())),
    ];
    keep(rows, router, now, columns).await
}

async fn keep(
    rows: &Tenant<'_>,
    router: RouterId,
    now: DateTime<Utc>,
    columns: impl IntoIterator<Item = (router_check::Column, SimpleExpr)>,
) -> Result<(), DbErr> {
    let seq = rows.next_seq().await?;
    if rows.get::<router_check::Entity>(router).await?.is_none() {
        let new = router_check::ActiveModel {
            tenant_id: Set(rows.id()),
            router_id: Set(router),
            requested_at: Set(now),
            finished_at: Set(None),
            reason_code: Set(None),
            reason: Set(None),
            report: Set(None),
            seq: Set(seq),
        };
        rows.insert_all::<router_check::Entity, _>([new]).await?;
    }
    let columns = columns
        .into_iter()
        .chain([(router_check::Column::Seq, Expr::value(seq))]);
    rows.update_where::<router_check::Entity>(router_check::Column::RouterId.eq(router), columns.collect::<Vec<_>>())
        .await
        .map(drop)
}

/// Whether a check that somebody asked for is still under way.
#[must_use]
pub fn is_under_way(check: &router_check::Model, now: DateTime<Utc>) -> bool {
    let limit = TimeDelta::from_std(LIMIT * 3).unwrap_or_default();
    check.finished_at.is_none_or(|finished| finished < check.requested_at) && now - check.requested_at < limit
}
