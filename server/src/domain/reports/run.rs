//! A month's run: the reports of all links that were in service in it, each once, however often it is begun.

use std::collections::{BTreeSet, HashSet};

use chrono::{DateTime, Utc};
use entity::{Db, LinkId, Tenant, report_run, report_trouble, sla_report};
use sea_orm::{ActiveValue::Set, ColumnTrait, DbErr, ExprTrait, FromQueryResult, Order, SqlErr, sea_query::Expr};

use super::{MakeError, StoreError, make, note_trouble};
use crate::domain::{audit::Actor, board::Snapshot, calendar::Month, links::days::DaysError, sla::terms};

/// The last month of the tenant that has a run.
///
/// # Errors
/// When the database does not answer.
pub async fn last(rows: &Tenant<'_>) -> Result<Option<Month>, DbErr> {
    let run = rows
        .find::<report_run::Entity>()
        .order_by(report_run::Column::Month, Order::Desc)
        .limit(1)
        .one()
        .await?;
    Ok(run.and_then(|run| run.month.parse().ok()))
}

/// The months whose runs are not finished.
///
/// # Errors
/// When the database does not answer.
pub async fn unfinished(rows: &Tenant<'_>) -> Result<Vec<String>, DbErr> {
    let open = rows
        .find::<report_run::Entity>()
        .filter(report_run::Column::FinishedAt.is_null())
        .order_by(report_run::Column::Month, Order::Asc)
        .all()
        .await?;
    Ok(open.into_iter().map(|run| run.month).collect())
}

/// Begins the run of `month` in the transaction `rows`; false where it was begun before, by whomever: then nothing may be
/// committed.
///
/// # Errors
/// When the database does not answer.
pub async fn begin(rows: &Tenant<'_>, month: Month, now: DateTime<Utc>) -> Result<bool, DbErr> {
    let row = report_run::ActiveModel {
        tenant_id: Set(rows.id()),
        month: Set(month.to_string()),
        started_at: Set(now),
        finished_at: Set(None),
        links: Set(0),
        made: Set(0),
    };
    match rows.insert_all::<report_run::Entity, _>([row]).await {
        Ok(()) => Ok(true),
        Err(error) if matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_))) => Ok(false),
        Err(error) => Err(error),
    }
}

/// How far a run is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// So many links have no report yet.
    Left(usize),
    /// All have one, or a reason why not.
    Finished,
}

/// Goes on with the run of `month`: at most `most` reports. A link that fails does not hold up the others; what failed is
/// kept for staff to see.
///
/// # Errors
/// When the database does not answer. What was made stays.
pub async fn go_on(
    db: &Db,
    board: &Snapshot,
    month: Month,
    now: DateTime<Utc>,
    most: usize,
) -> Result<Progress, DbErr> {
    let rows = db.tenant(board.tenant.id);
    let all = in_service(board, month);
    let done = done(&rows, month).await?;
    let lacking: Vec<LinkId> = all.difference(&done).copied().collect();
    for link in lacking.iter().take(most) {
        let actor = Actor::system("reports");
        match make(db, board, *link, month, &actor, now, None).await {
            Ok(_) => {}
            // The job is tried again: the link has nothing to do with it.
            Err(MakeError::Store(StoreError::Database(error)) | MakeError::Samples(DaysError::Database(error))) => {
                return Err(error);
            }
            Err(error) => {
                tracing::error!(tenant = %board.tenant.slug, %link, %month, error = ?error, "a report can't be made");
                note_trouble(db, board.tenant.id, *link, month, now, chain(&error)).await?;
            }
        }
    }
    let left = lacking.len().saturating_sub(most);
    let count = |links: usize| i32::try_from(links).unwrap_or(i32::MAX);
    let this = report_run::Column::Month
        .eq(month.to_string())
        .and(report_run::Column::FinishedAt.is_null());
    let mut columns = vec![
        (report_run::Column::Links, Expr::value(count(all.len()))),
        (report_run::Column::Made, Expr::value(count(all.len() - left))),
    ];
    if left == 0 {
        columns.push((report_run::Column::FinishedAt, Expr::value(Some(now))));
    }
    rows.update_where::<report_run::Entity>(this, columns).await?;
    Ok(match left {
        0 => Progress::Finished,
        left => Progress::Left(left),
    })
}

/// The links that were in service at some time of `month`.
#[must_use]
pub fn in_service(board: &Snapshot, month: Month) -> BTreeSet<LinkId> {
    let period = month.period(board.zone);
    let links = board.links.values();
    links
        .filter(|now| !terms::active(&now.link).intersect(period).is_empty())
        .map(|now| now.link.id)
        .collect()
}

/// The links that have a report for `month`, or a reason why not.
async fn done(rows: &Tenant<'_>, month: Month) -> Result<BTreeSet<LinkId>, DbErr> {
    #[derive(FromQueryResult)]
    struct Done {
        link_id: LinkId,
    }
    let month = month.to_string();
    let reports = rows
        .find::<sla_report::Entity>()
        .filter(sla_report::Column::Month.eq(month.as_str()))
        .columns::<Done>([sla_report::Column::LinkId])
        .await?;
    let troubles = rows
        .find::<report_trouble::Entity>()
        .filter(report_trouble::Column::Month.eq(month.as_str()))
        .columns::<Done>([report_trouble::Column::LinkId])
        .await?;
    let links: HashSet<LinkId> = reports.into_iter().chain(troubles).map(|row| row.link_id).collect();
    Ok(links.into_iter().collect())
}

/// An error with what caused it, for staff.
#[must_use]
pub fn chain(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(Some(error), |error| error.source());
    causes.map(ToString::to_string).collect::<Vec<_>>().join(": ")
}
