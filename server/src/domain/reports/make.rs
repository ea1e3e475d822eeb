//! Making a report: drawn up outside of any transaction, put in its place in a short one.

use chrono::{DateTime, Utc};
use entity::{Db, LinkId, SlaReportId, Tenant, TenantId, link, report_trouble, sla_report};
use sea_orm::{ActiveValue::Set, ColumnTrait, DbErr, ExprTrait};
use serde_json::json;

use super::{
    Agreed, Document, Occasion, Which, agreed, digest, draw_up,
    store::{self, StoreError},
};
use crate::domain::{
    audit::{self, Actor, Subject},
    board::Snapshot,
    calendar::{Month, instant},
    links::{block::Day, days::DaysError, retention, slot::Slot},
    sla::{calculation::Inputs, intervals::Interval, terms},
};

/// Why there is no report.
#[derive(Debug, thiserror::Error)]
pub enum MakeError {
    #[error("the month ends {}", .0.format("%Y-%m-%d %H:%M UTC"))]
    NotOver(DateTime<Utc>),
    #[error("the link was not in service in the month")]
    NotInService,
    #[error("the month's samples are no longer kept: they were deleted as old")]
    NoLongerKept,
    #[error("somebody else made another revision meanwhile")]
    Meanwhile,
    #[error("there is no such link")]
    NotFound,
    #[error("its samples can't be read")]
    Samples(#[from] DaysError),
    #[error("it can't be kept")]
    Store(#[from] StoreError),
}

impl From<DbErr> for MakeError {
    fn from(error: DbErr) -> Self {
        Self::Store(error.into())
    }
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Made {
    /// A first report, or another revision.
    New(SlaReportId),
    /// Somebody else made the first one meanwhile, or long ago.
    There(SlaReportId),
}

/// Why a report is made again, and by which agreement.
#[derive(Clone, Debug)]
pub struct Again {
    /// The client reads it.
    pub reason: String,
    pub agreement: Which,
}

/// Makes the report of `link` for `month`: the first one, or another revision for a reason, which counts from then on.
/// Nothing of a report that is there is changed. Where there is none to be made again, a first one is made.
///
/// # Errors
/// When the month is not over, the link was not in service in it, or what is stored can't be read or the report not
/// kept; [`MakeError::Meanwhile`] when somebody else made another revision at the same time.
pub async fn make(
    db: &Db,
    board: &Snapshot,
    link: LinkId,
    month: Month,
    actor: &Actor,
    now: DateTime<Utc>,
    again: Option<Again>,
) -> Result<Made, MakeError> {
    let row = &board.links.get(&link).ok_or(MakeError::NotFound)?.link;
    let outside = db.tenant(board.tenant.id);
    let before = agreed::last(&outside, link, month).await?;
    let agreed = match (before, &again) {
        (Some(there), None) => return Ok(Made::There(there)),
        (Some(before), Some(again)) => {
            let before = (before, again.agreement);
            agreed::after(&outside, board, row, month, Some(before)).await?
        }
        (None, _) => agreed::after(&outside, board, row, month, None).await?,
    };
    let period = month.period(agreed.zone);
    if period.end() > now.timestamp() {
        return Err(MakeError::NotOver(instant(period.end())));
    }
    if terms::active(row).intersect(period).is_empty() {
        return Err(MakeError::NotInService);
    }
    if !is_kept(board, period, now) {
        return Err(MakeError::NoLongerKept);
    }
    let reason = again.map(|again| again.reason);
    let occasion = Occasion {
        at: now,
        by: actor.id.map(|_| actor.name.clone()),
        reason: reason.clone(),
    };
    let document = draw_up(&outside, board, &agreed, month, occasion).await?;
    let rows = db.begin(board.tenant.id).await?;
    rows.lock::<link::Entity>(link).await?.ok_or(MakeError::NotFound)?;
    let key = month.to_string();
    let there = store::revisions(&rows, link, &key).await?;
    match (there.first(), &reason) {
        (Some(head), None) => return Ok(Made::There(head.id)),
        // What it was to keep the agreement of, or to take the place of, is no longer the last.
        (head, _) if head.map(|head| head.id) != before => return Err(MakeError::Meanwhile),
        _ => {}
    }
    let (verdict, agreement) = (document.figures.judgement.verdict, document.agreement);
    let id = put(&rows, &agreed, actor, document).await?;
    // The run's own are told of by their rows.
    if reason.is_some() || actor.id.is_some() {
        let subject = Subject {
            kind: "report",
            id: Some(id.0),
            name: &row.name,
        };
        let after = json!({
            "month": key,
            "revision": there.len() + 1,
            "reason": reason,
            "agreement": agreement,
            "verdict": verdict,
        });
        audit::record(&rows, actor, now, "report.make", subject, None, Some(after)).await?;
    }
    rows.commit().await?;
    Ok(Made::New(id))
}

async fn put(rows: &Tenant<'_>, agreed: &Agreed, actor: &Actor, document: Document) -> Result<SlaReportId, MakeError> {
    let of_month = report_trouble::Column::LinkId
        .eq(agreed.link.id)
        .and(report_trouble::Column::Month.eq(document.month.as_str()));
    rows.delete_where::<report_trouble::Entity>(of_month).await?;
    Ok(store::put(rows, agreed, actor.id, document).await?)
}

/// Keeps why there is no report, for staff to see; unless somebody made it meanwhile.
///
/// # Errors
/// When the database does not answer.
pub async fn note_trouble(
    db: &Db,
    tenant: TenantId,
    link: LinkId,
    month: Month,
    now: DateTime<Utc>,
    reason: String,
) -> Result<(), DbErr> {
    let rows = db.begin(tenant).await?;
    rows.lock::<link::Entity>(link).await?;
    let month = month.to_string();
    let there = rows
        .find::<sla_report::Entity>()
        .filter(sla_report::Column::LinkId.eq(link))
        .filter(sla_report::Column::Month.eq(month.as_str()));
    if there.count().await? > 0 {
        return Ok(());
    }
    let row = report_trouble::ActiveModel {
        tenant_id: Set(rows.id()),
        link_id: Set(link),
        month: Set(month),
        at: Set(now),
        reason: Set(reason),
    };
    let key = [report_trouble::Column::LinkId, report_trouble::Column::Month];
    rows.upsert_all::<report_trouble::Entity, _>([row], &key).await?;
    rows.commit().await
}

/// What became of the samples under a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Samples {
    /// They are what it was calculated from.
    Unchanged,
    Changed,
    /// They were deleted as old: nothing can be said of them.
    NoLongerKept,
}

/// What became of the samples under the report of `link`.
///
/// # Errors
/// When the database does not answer, or a sealed day can't be read.
pub async fn samples(
    rows: &Tenant<'_>,
    board: &Snapshot,
    link: LinkId,
    document: &Document,
    now: DateTime<Utc>,
) -> Result<Samples, DaysError> {
    if !is_kept(board, document.figures.uptime.period, now) {
        return Ok(Samples::NoLongerKept);
    }
    let read = Inputs::read(rows, link, document.figures.uptime.window).await?;
    Ok(match digest::measured(&read) == document.inputs.measured {
        true => Samples::Unchanged,
        false => Samples::Changed,
    })
}

/// Whether the samples of a month are all kept still.
fn is_kept(board: &Snapshot, period: Interval, now: DateTime<Utc>) -> bool {
    let first = Day::of(Slot::from_second(period.start()));
    first >= retention::kept_from(now, board.zone, board.tenant.sample_months)
}
