//! Share links in and out of the database, and who used them.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use entity::{
    AccountId, ClientId, Db, ShareLinkId, ShareUseId, SlaReportId, Tenant, TenantId, client_member, share_link,
    share_use::{self, Shared},
    sla_report,
};
use sea_orm::{ActiveValue::Set, ColumnTrait, DbErr, ExprTrait, Order, sea_query::Expr};
use serde_json::json;

use super::{Error, MOST, Reason, Wanted, Whose, is_open};
use crate::domain::{
    audit::{self, Actor, Subject},
    typed::Rejected,
};

/// Makes a link to a report. `password_hash` is of the password that was wanted, if one was.
///
/// # Errors
/// [`Error::NotFound`] without such a report, [`Error::Rejected`] when there are enough.
pub async fn create(
    db: &Db,
    tenant: TenantId,
    (actor, account): (&Actor, AccountId),
    now: DateTime<Utc>,
    report: SlaReportId,
    (wanted, password_hash): (Wanted, Option<String>),
) -> Result<ShareLinkId, Error> {
    let rows = db.begin(tenant).await?;
    let row = rows.lock::<sla_report::Entity>(report).await?.ok_or(Error::NotFound)?;
    let there = list(&rows, report).await?;
    // Those of mails have a limit of their own.
    let made = there.iter().filter(|link| link.created_by.is_some());
    if made.filter(|link| is_open(link, now)).count() >= MOST {
        return Err(Rejected::one("made_for", Reason::TooMany).into());
    }
    let id = ShareLinkId::new();
    let link = share_link::ActiveModel {
        id: Set(id),
        report_id: Set(report),
        made_for: Set(wanted.made_for),
        created_by: Set(Some(account)),
        created_at: Set(now),
        expires_at: Set(now + wanted.lasts),
        revoked_at: Set(None),
        password_hash: Set(password_hash),
        uses: Set(0),
        last_used_at: Set(None),
        ..Default::default()
    };
    let link = rows.insert::<share_link::Entity, _>(link).await?;
    let after = json!({
        "month": row.month,
        "made_for": link.made_for,
        "expires_at": link.expires_at,
        "with_a_lock": link.password_hash.is_some(),
    });
    record(&rows, actor, now, "report.share", (report, &link), Some(after)).await?;
    rows.commit().await?;
    Ok(id)
}

/// Makes a link for a mail to `made_for`, in the transaction that stores the mail. Nobody asked for it by name, so no
/// entry is written: the mail is one.
///
/// # Errors
/// When the database refuses.
pub async fn create_for_mail(
    rows: &Tenant<'_>,
    report: SlaReportId,
    made_for: &str,
    now: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<ShareLinkId, DbErr> {
    let id = ShareLinkId::new();
    let link = share_link::ActiveModel {
        id: Set(id),
        tenant_id: Set(rows.id()),
        report_id: Set(report),
        made_for: Set(made_for.to_owned()),
        created_by: Set(None),
        created_at: Set(now),
        expires_at: Set(until),
        revoked_at: Set(None),
        password_hash: Set(None),
        uses: Set(0),
        last_used_at: Set(None),
    };
    rows.insert_all::<share_link::Entity, _>([link]).await?;
    Ok(id)
}

/// Takes a link of `report` back: it opens nothing any more.
///
/// # Errors
/// [`Error::NotFound`], also when it is not among `whose`; [`Error::Conflict`] when it was taken back before.
pub async fn revoke(
    db: &Db,
    tenant: TenantId,
    actor: &Actor,
    now: DateTime<Utc>,
    (report, link): (SlaReportId, ShareLinkId),
    whose: &Whose,
) -> Result<(), Error> {
    let rows = db.begin(tenant).await?;
    let there = rows.lock::<share_link::Entity>(link).await?;
    let there = there
        .filter(|link| link.report_id == report && whose.has(link))
        .ok_or(Error::NotFound)?;
    if there.revoked_at.is_some() {
        return Err(Error::Conflict);
    }
    let row = share_link::ActiveModel {
        id: Set(link),
        revoked_at: Set(Some(now)),
        ..Default::default()
    };
    let revoked = rows.update::<share_link::Entity, _>(row).await?;
    let after = json!({ "made_for": revoked.made_for });
    record(&rows, actor, now, "report.unshare", (report, &revoked), Some(after)).await?;
    rows.commit().await?;
    Ok(())
}

/// Takes back all links of `report` that went out with mails. `name` is what the report is of.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Conflict`] when none of them is open.
pub async fn revoke_mailed(
    db: &Db,
    tenant: TenantId,
    actor: &Actor,
    now: DateTime<Utc>,
    (report, name): (SlaReportId, &str),
) -> Result<(), Error> {
    let rows = db.begin(tenant).await?;
    let row = rows.lock::<sla_report::Entity>(report).await?.ok_or(Error::NotFound)?;
    let open = (share_link::Column::ReportId.eq(report))
        .and(share_link::Column::CreatedBy.is_null())
        .and(share_link::Column::RevokedAt.is_null())
        .and(share_link::Column::ExpiresAt.gt(now));
    let ended = [(share_link::Column::RevokedAt, Expr::value(Some(now)))];
    let links = rows.update_where::<share_link::Entity>(open, ended).await?;
    if links == 0 {
        return Err(Error::Conflict);
    }
    let subject = Subject {
        kind: "report",
        id: Some(report.0),
        name,
    };
    let after = json!({ "month": row.month, "links": links });
    audit::record(&rows, actor, now, "report.unshare_mailed", subject, None, Some(after)).await?;
    rows.commit().await?;
    Ok(())
}

async fn record(
    rows: &Tenant<'_>,
    actor: &Actor,
    now: DateTime<Utc>,
    action: &str,
    (report, link): (SlaReportId, &share_link::Model),
    after: Option<serde_json::Value>,
) -> Result<(), DbErr> {
    let subject = Subject {
        kind: "report",
        id: Some(report.0),
        name: &link.made_for,
    };
    audit::record(rows, actor, now, action, subject, None, after).await
}

/// All links of a report, the newest first.
///
/// # Errors
/// When the database does not answer.
pub async fn list(rows: &Tenant<'_>, report: SlaReportId) -> Result<Vec<share_link::Model>, DbErr> {
    let found = rows.find::<share_link::Entity>();
    let found = found.filter(share_link::Column::ReportId.eq(report));
    found.order_by(share_link::Column::Id, Order::Desc).all().await
}

/// Those with a place at the client.
///
/// # Errors
/// When the database does not answer.
pub async fn people_of(rows: &Tenant<'_>, client: ClientId) -> Result<HashSet<AccountId>, DbErr> {
    let found = rows.find::<client_member::Entity>();
    let found = found.filter(client_member::Column::ClientId.eq(client)).all().await?;
    Ok(found.into_iter().map(|member| member.account_id).collect())
}

/// How many uses are read for all links of a page together. How often each was used is in its row.
const NEWEST: u64 = 500;

/// The last uses of some links, up to `most` of each, the newest first.
///
/// # Errors
/// When the database does not answer.
pub async fn uses(
    rows: &Tenant<'_>,
    links: impl IntoIterator<Item = ShareLinkId>,
    most: usize,
) -> Result<HashMap<ShareLinkId, Vec<share_use::Model>>, DbErr> {
    let found = rows.find::<share_use::Entity>();
    let found = found.filter(share_use::Column::ShareLinkId.is_in(links));
    let found = found.order_by(share_use::Column::At, Order::Desc).limit(NEWEST);
    let mut uses: HashMap<_, Vec<_>> = HashMap::new();
    for used in found.all().await? {
        let of_link = uses.entry(used.share_link_id).or_default();
        if of_link.len() < most {
            of_link.push(used);
        }
    }
    Ok(uses)
}

/// Notes that a link was used.
///
/// # Errors
/// When the database does not answer.
pub async fn used(
    db: &Db,
    tenant: TenantId,
    now: DateTime<Utc>,
    link: ShareLinkId,
    what: Shared,
    address: &str,
) -> Result<(), DbErr> {
    let rows = db.begin(tenant).await?;
    let counted = [
        (share_link::Column::Uses, Expr::col(share_link::Column::Uses).add(1)),
        (share_link::Column::LastUsedAt, Expr::value(Some(now))),
    ];
    rows.update_where::<share_link::Entity>(share_link::Column::Id.eq(link), counted)
        .await?;
    let row = share_use::ActiveModel {
        tenant_id: Set(tenant),
        id: Set(ShareUseId::new()),
        share_link_id: Set(link),
        at: Set(now),
        address: Set(Some(address.to_owned())),
        what: Set(what),
    };
    rows.insert_all::<share_use::Entity, _>([row]).await?;
    rows.commit().await
}
