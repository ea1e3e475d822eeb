//! What staff decide on the credit that a report proposes. It is decided once a report; another revision proposes anew.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entity::{AccountId, CreditDecisionId, Db, SlaReportId, Tenant, TenantId, credit_decision, sla_report};
use sea_orm::{ActiveValue::Set, ColumnTrait, DbErr, Order, SqlErr};
use serde_json::json;

use super::{document::Document, list::Head};
use crate::domain::{
    audit::{self, Actor, Subject},
    money::{BadAmount, Currency, Money},
    typed::{BadText, ChangeError, Checks, Rejected, block},
};

pub use entity::credit_decision::Decision;

/// Why nothing was decided.
pub type Error = ChangeError<Reason>;

/// The longest note, in characters.
const NOTE: usize = 500;

/// What may be wrong with what was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    Text(BadText),
    Amount(BadAmount),
    /// More than the fee of the month.
    MoreThanTheFee,
    /// A credit is declined without a word why.
    NoteNeeded,
    /// Neither approved nor declined.
    NotAChoice,
}

impl From<BadText> for Reason {
    fn from(bad: BadText) -> Self {
        Self::Text(bad)
    }
}

impl From<BadAmount> for Reason {
    fn from(bad: BadAmount) -> Self {
        Self::Amount(bad)
    }
}

/// A decision as it was typed.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    /// `approved` or `declined`.
    pub decision: String,
    pub amount: String,
    pub note: String,
}

/// A decision as it may be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decided {
    decision: Decision,
    amount: Money,
    note: String,
}

impl Draft {
    /// What was typed, if all of it can be taken for the report.
    ///
    /// # Errors
    /// What can't, by field: `amount`, `note`.
    pub fn check(&self, document: &Document) -> Result<Decided, Rejected<Reason>> {
        let mut checks = Checks::default();
        let currency = Currency::of_kept(&document.currency);
        let fee = document.figures.credit.map_or(0, |credit| credit.prorated_fee);
        let decision = match self.decision.as_str() {
            "approved" => Some(Decision::Approved),
            "declined" => Some(Decision::Declined),
            _ => checks.keep("amount", Err(Reason::NotAChoice)),
        };
        let amount = match decision {
            Some(Decision::Declined) => Some(Money::new(0, currency)),
            _ => checks.keep("amount", amount(&self.amount, fee, currency)),
        };
        let note = checks.keep("note", block(&self.note, NOTE));
        let note = note.and_then(|note| match note.is_empty() && decision == Some(Decision::Declined) {
            true => checks.keep("note", Err(Reason::NoteNeeded)),
            false => Some(note),
        });
        match (decision, amount, note) {
            (Some(decision), Some(amount), Some(note)) => Ok(Decided { decision, amount, note }),
            _ => Err(checks.rejected()),
        }
    }
}

fn amount(typed: &str, fee: i64, currency: Currency) -> Result<Money, Reason> {
    let amount = Money::read(typed, currency)?;
    if amount.minor > fee {
        return Err(Reason::MoreThanTheFee);
    }
    Ok(amount)
}

/// What was decided on a report; none as long as nothing was.
///
/// # Errors
/// When the database does not answer.
pub async fn of(rows: &Tenant<'_>, report: SlaReportId) -> Result<Option<credit_decision::Model>, DbErr> {
    let found = rows.find::<credit_decision::Entity>();
    found.filter(credit_decision::Column::ReportId.eq(report)).one().await
}

/// What was decided on some reports.
///
/// # Errors
/// When the database does not answer.
pub async fn of_all(
    rows: &Tenant<'_>,
    reports: impl IntoIterator<Item = SlaReportId>,
) -> Result<Vec<credit_decision::Model>, DbErr> {
    let found = rows.find::<credit_decision::Entity>();
    found
        .filter(credit_decision::Column::ReportId.is_in(reports))
        .all()
        .await
}

/// A decision on one of the revisions of a month of a link.
#[derive(Clone, Debug)]
pub struct OnRevision {
    pub head: Head,
    pub made: credit_decision::Model,
}

impl OnRevision {
    /// Whether it is on another revision of what `head` is of, and so may have been given for it before.
    #[must_use]
    pub fn is_beside(&self, head: &Head) -> bool {
        let of = |head: &Head| (head.link_id, head.client_id, head.month.clone());
        self.head.id != head.id && of(&self.head) == of(head)
    }
}

/// What was decided on any revision of the months of these reports, the oldest first.
///
/// # Errors
/// When the database does not answer.
pub async fn on_revisions(rows: &Tenant<'_>, heads: &[Head]) -> Result<Vec<OnRevision>, DbErr> {
    let found = rows
        .find::<sla_report::Entity>()
        .filter(sla_report::Column::LinkId.is_in(heads.iter().map(|head| head.link_id)))
        .filter(sla_report::Column::Month.is_in(heads.iter().map(|head| head.month.as_str())))
        .filter(sla_report::Column::CreditMinor.gt(0))
        .order_by(sla_report::Column::Revision, Order::Asc)
        .columns::<Head>(Head::COLUMNS)
        .await?;
    let decided = of_all(rows, found.iter().map(|head| head.id)).await?;
    let mut decided: HashMap<_, _> = decided.into_iter().map(|made| (made.report_id, made)).collect();
    let found = found.into_iter();
    let found = found.filter_map(|head| {
        Some(OnRevision {
            made: decided.remove(&head.id)?,
            head,
        })
    });
    Ok(found.collect())
}

/// Decides on the credit of a report.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Conflict`] when it was decided before, proposes nothing, or counts no longer.
pub async fn decide(
    db: &Db,
    tenant: TenantId,
    (actor, account): (&Actor, AccountId),
    now: DateTime<Utc>,
    (report, name): (SlaReportId, &str),
    decided: Decided,
) -> Result<(), Error> {
    let rows = db.begin(tenant).await?;
    let row = rows.lock::<sla_report::Entity>(report).await?.ok_or(Error::NotFound)?;
    if row.superseded_at.is_some() || row.credit_minor == 0 {
        return Err(Error::Conflict);
    }
    let kept = credit_decision::ActiveModel {
        id: Set(CreditDecisionId::new()),
        report_id: Set(report),
        decision: Set(decided.decision),
        amount_minor: Set(decided.amount.minor),
        note: Set(decided.note.clone()),
        decided_by: Set(Some(account)),
        decided_at: Set(now),
        ..Default::default()
    };
    let kept = rows.insert::<credit_decision::Entity, _>(kept).await;
    kept.map_err(|error| match error.sql_err() {
        Some(SqlErr::UniqueConstraintViolation(_)) => Error::Conflict,
        _ => error.into(),
    })?;
    let subject = Subject {
        kind: "report",
        id: Some(report.0),
        name,
    };
    let after = json!({
        "month": row.month,
        "decision": match decided.decision {
            Decision::Approved => "approved",
            Decision::Declined => "declined",
        },
        "amount": decided.amount.to_string(),
        "note": decided.note,
    });
    audit::record(&rows, actor, now, "report.decide_credit", subject, None, Some(after)).await?;
    rows.commit().await?;
    Ok(())
}
