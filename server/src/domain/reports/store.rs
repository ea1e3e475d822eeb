//! Reports in and out of the database.

use std::collections::HashMap;

use entity::{ClientId, LinkId, SlaReportId, Tenant, sla_report};
use sea_orm::{ActiveValue::Set, ColumnTrait, DbErr, ExprTrait, Order, sea_query::Expr};

use super::{
    Agreed, Document,
    document::Called,
    list::Head,
    packed::{self, Unreadable},
};
use crate::domain::sla::thresholds::Verdict;
use entity::sla_report::ReportVerdict;

/// A report as it is kept.
#[derive(Clone, Debug)]
pub struct Stored {
    pub head: Head,
    pub document: Document,
}

/// Why a stored report can't be had.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error(transparent)]
    Database(#[from] DbErr),
    #[error("report {report} can't be read")]
    Unreadable { report: SlaReportId, source: Unreadable },
}

/// The report with this id; none where there is none of the tenant's.
///
/// # Errors
/// When the database does not answer, or what is kept is no report.
pub async fn find(rows: &Tenant<'_>, id: SlaReportId) -> Result<Option<Stored>, StoreError> {
    rows.get::<sla_report::Entity>(id).await?.map(read).transpose()
}

/// The reports with these ids in their order, as far as they are the tenant's, each with what is wrong with it if it
/// can't be read.
///
/// # Errors
/// When the database does not answer.
pub async fn find_all(rows: &Tenant<'_>, ids: &[SlaReportId]) -> Result<Vec<Result<Stored, StoreError>>, DbErr> {
    let found = rows.get_all::<sla_report::Entity>(ids.iter().copied()).await?;
    let mut found: HashMap<_, _> = found.into_iter().map(|row| (row.id, row)).collect();
    Ok(ids.iter().filter_map(|id| found.remove(id)).map(read).collect())
}

/// The revision that counts of the report of `link` for `month`.
///
/// # Errors
/// As [`find`].
pub async fn current(rows: &Tenant<'_>, link: LinkId, month: &str) -> Result<Option<Stored>, StoreError> {
    of(rows, link, month)
        .filter(sla_report::Column::SupersededAt.is_null())
        .one()
        .await?
        .map(read)
        .transpose()
}

/// Links of a client that have room in one document.
const MOST_LINKS: u64 = 200;

/// The reports of `client` for `month` that count, by the names of their links: the first two hundred that were made,
/// and how many there are besides.
///
/// # Errors
/// As [`find`].
pub async fn of_month(rows: &Tenant<'_>, client: ClientId, month: &str) -> Result<(Vec<Stored>, u64), StoreError> {
    let counting = || {
        rows.find::<sla_report::Entity>()
            .filter(sla_report::Column::ClientId.eq(client))
            .filter(sla_report::Column::Month.eq(month))
            .filter(sla_report::Column::SupersededAt.is_null())
    };
    let first = counting()
        .order_by(sla_report::Column::Id, Order::Asc)
        .limit(MOST_LINKS);
    let mut stored = first
        .all()
        .await?
        .into_iter()
        .map(read)
        .collect::<Result<Vec<_>, _>>()?;
    stored.sort_by_cached_key(|stored| stored.document.link.name.to_lowercase());
    let all = counting().count().await?;
    let left_out = all.saturating_sub(stored.len() as u64);
    Ok((stored, left_out))
}

/// All revisions of the report of `link` for `month`, the newest first.
///
/// # Errors
/// When the database does not answer.
pub async fn revisions(rows: &Tenant<'_>, link: LinkId, month: &str) -> Result<Vec<Head>, DbErr> {
    of(rows, link, month)
        .order_by(sla_report::Column::Revision, Order::Desc)
        .columns::<Head>(Head::COLUMNS)
        .await
}

fn of<'t, 'c>(rows: &'t Tenant<'c>, link: LinkId, month: &str) -> entity::Scoped<'t, 'c, sla_report::Entity> {
    rows.find::<sla_report::Entity>()
        .filter(sla_report::Column::LinkId.eq(link))
        .filter(sla_report::Column::Month.eq(month))
}

fn read(row: sla_report::Model) -> Result<Stored, StoreError> {
    let unreadable = |source| StoreError::Unreadable { report: row.id, source };
    let document = packed::unpack(&row.document, &row.digest).map_err(unreadable)?;
    Ok(Stored {
        head: Head::from(row),
        document,
    })
}

/// Puts another revision in the place of the one that counts, in the transaction `rows`, in which nobody else may do the
/// same: lock the link first.
pub(super) async fn put(
    rows: &Tenant<'_>,
    agreed: &Agreed,
    made_by: Option<entity::AccountId>,
    mut document: Document,
) -> Result<SlaReportId, StoreError> {
    let link = &agreed.link;
    let last = revisions(rows, link.id, &document.month).await?;
    document.revision = last.first().map_or(1, |head| head.revision + 1);
    let counts = sla_report::Column::LinkId
        .eq(link.id)
        .and(sla_report::Column::Month.eq(document.month.as_str()))
        .and(sla_report::Column::SupersededAt.is_null());
    let superseded = [(sla_report::Column::SupersededAt, Expr::value(Some(document.made_at)))];
    rows.update_where::<sla_report::Entity>(counts, superseded).await?;
    let id = SlaReportId::new();
    let unreadable = |source| StoreError::Unreadable { report: id, source };
    let (bytes, digest) = packed::pack(&document).map_err(unreadable)?;
    let uptime = &document.figures.uptime;
    let row = sla_report::ActiveModel {
        id: Set(id),
        tenant_id: Set(rows.id()),
        link_id: Set(link.id),
        client_id: Set(link.client_id),
        router_id: Set(link.router_id),
        sla_profile_version_id: Set(agreed.wording.as_ref().map(|(_, wording)| wording.id)),
        month: Set(document.month.clone()),
        revision: Set(document.revision),
        made_at: Set(document.made_at),
        made_by: Set(made_by),
        superseded_at: Set(None),
        verdict: Set(verdict(document.figures.judgement.verdict)),
        accountable_seconds: Set(uptime.accountable),
        up_seconds: Set(uptime.up),
        down_seconds: Set(uptime.down),
        excluded_seconds: Set(uptime.excluded),
        outages: Set(i32::try_from(uptime.outages.len()).unwrap_or(i32::MAX)),
        credit_minor: Set(document.figures.credit.map_or(0, |credit| credit.amount)),
        currency: Set(document.currency.clone()),
        digest: Set(digest.to_vec()),
        document: Set(bytes),
    };
    rows.insert_all::<sla_report::Entity, _>([row]).await?;
    Ok(id)
}

/// How a month whose verdict was kept is called.
#[must_use]
pub fn called(verdict: ReportVerdict, is_agreed: bool) -> Called {
    let verdict = match verdict {
        ReportVerdict::Met => Verdict::Met,
        ReportVerdict::Breached => Verdict::Breached,
        ReportVerdict::InsufficientData => Verdict::InsufficientData,
        ReportVerdict::NoData => Verdict::NoData,
    };
    Called::of(verdict, is_agreed)
}

/// A verdict as it is kept.
#[must_use]
pub(super) fn verdict(verdict: Verdict) -> ReportVerdict {
    match verdict {
        Verdict::Met => ReportVerdict::Met,
        Verdict::Breached => ReportVerdict::Breached,
        Verdict::InsufficientData => ReportVerdict::InsufficientData,
        Verdict::NoData => ReportVerdict::NoData,
    }
}
