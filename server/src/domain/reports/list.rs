//! Lists of reports, without what each says in full.

use chrono::{DateTime, Utc};
use entity::{
    AccountId, ClientId, LinkId, RouterId, SlaProfileVersionId, SlaReportId, Tenant, credit_decision,
    sla_report::{self, Column, ReportVerdict},
};
use sea_orm::{ColumnTrait, DbErr, FromQueryResult, Order, sea_query::Query as Select};

use crate::domain::sla::fraction::Fraction;

/// A report's row without its document.
#[derive(Clone, Debug, PartialEq, FromQueryResult)]
pub struct Head {
    pub id: SlaReportId,
    pub link_id: LinkId,
    pub client_id: ClientId,
    pub router_id: RouterId,
    pub sla_profile_version_id: Option<SlaProfileVersionId>,
    /// As `2026-04`.
    pub month: String,
    pub revision: i32,
    pub made_at: DateTime<Utc>,
    pub made_by: Option<AccountId>,
    /// Since when another revision counts.
    pub superseded_at: Option<DateTime<Utc>>,
    pub verdict: ReportVerdict,
    pub accountable_seconds: i64,
    pub up_seconds: i64,
    pub down_seconds: i64,
    pub excluded_seconds: i64,
    pub outages: i32,
    pub credit_minor: i64,
    pub currency: String,
    /// SHA-256 of the document.
    pub digest: Vec<u8>,
}

impl Head {
    pub(super) const COLUMNS: [Column; 19] = [
        Column::Id,
        Column::LinkId,
        Column::ClientId,
        Column::RouterId,
        Column::SlaProfileVersionId,
        Column::Month,
        Column::Revision,
        Column::MadeAt,
        Column::MadeBy,
        Column::SupersededAt,
        Column::Verdict,
        Column::AccountableSeconds,
        Column::UpSeconds,
        Column::DownSeconds,
        Column::ExcludedSeconds,
        Column::Outages,
        Column::CreditMinor,
        Column::Currency,
        Column::Digest,
    ];

    /// Up seconds of the known ones; none if none is known.
    #[must_use]
    pub fn share(&self) -> Option<Fraction> {
        let seconds = |seconds: i64| u64::try_from(seconds).unwrap_or(0);
        Fraction::new(seconds(self.up_seconds), seconds(self.up_seconds + self.down_seconds))
    }

    /// Known seconds of the accountable ones; none if none is accountable.
    #[must_use]
    pub fn coverage(&self) -> Option<Fraction> {
        let seconds = |seconds: i64| u64::try_from(seconds).unwrap_or(0);
        Fraction::new(
            seconds(self.up_seconds + self.down_seconds),
            seconds(self.accountable_seconds),
        )
    }
}

impl From<sla_report::Model> for Head {
    fn from(row: sla_report::Model) -> Self {
        Self {
            id: row.id,
            link_id: row.link_id,
            client_id: row.client_id,
            router_id: row.router_id,
            sla_profile_version_id: row.sla_profile_version_id,
            month: row.month,
            revision: row.revision,
            made_at: row.made_at,
            made_by: row.made_by,
            superseded_at: row.superseded_at,
            verdict: row.verdict,
            accountable_seconds: row.accountable_seconds,
            up_seconds: row.up_seconds,
            down_seconds: row.down_seconds,
            excluded_seconds: row.excluded_seconds,
            outages: row.outages,
            credit_minor: row.credit_minor,
            currency: row.currency,
            digest: row.digest,
        }
    }
}

/// Which reports are wanted, of the revisions that count.
#[derive(Clone, Debug, Default)]
pub struct Query {
    /// Of these clients alone; none: of all.
    pub clients: Option<Vec<ClientId>>,
    pub link: Option<LinkId>,
    /// As `2026-04`.
    pub month: Option<String>,
    /// Of months before this one.
    pub before: Option<String>,
    pub verdict: Option<ReportVerdict>,
    /// Whether a service level was agreed; none: either.
    pub agreed: Option<bool>,
    /// Only those that propose a credit on which nobody has decided.
    pub undecided: bool,
}

impl Query {
    fn select<'t, 'c>(&self, rows: &'t Tenant<'c>) -> entity::Scoped<'t, 'c, sla_report::Entity> {
        let mut found = rows.find::<sla_report::Entity>().filter(Column::SupersededAt.is_null());
        if let Some(clients) = &self.clients {
            found = found.filter(Column::ClientId.is_in(clients.iter().copied()));
        }
        if let Some(link) = self.link {
            found = found.filter(Column::LinkId.eq(link));
        }
        if let Some(month) = &self.month {
            found = found.filter(Column::Month.eq(month.as_str()));
        }
        if let Some(month) = &self.before {
            found = found.filter(Column::Month.lt(month.as_str()));
        }
        if let Some(agreed) = self.agreed {
            found = found.filter(match agreed {
                true => Column::SlaProfileVersionId.is_not_null(),
                false => Column::SlaProfileVersionId.is_null(),
            });
        }
        if let Some(verdict) = self.verdict {
            found = found.filter(Column::Verdict.eq(verdict));
        }
        if self.undecided {
            let decided = Select::select()
                .column(credit_decision::Column::ReportId)
                .from(credit_decision::Entity)
                .and_where(credit_decision::Column::TenantId.eq(rows.id()))
                .to_owned();
            found = found.filter(Column::Id.not_in_subquery(decided));
            found = found.filter(Column::CreditMinor.gt(0));
        }
        found
    }
}

/// How many there are.
///
/// # Errors
/// When the database does not answer.
pub async fn count(rows: &Tenant<'_>, query: &Query) -> Result<u64, DbErr> {
    query.select(rows).count().await
}

/// Some of them: the newest month first, then by id, so that pages don't overlap.
///
/// # Errors
/// When the database does not answer.
pub async fn page(rows: &Tenant<'_>, query: &Query, first: u64, most: u64) -> Result<Vec<Head>, DbErr> {
    query
        .select(rows)
        .order_by(Column::Month, Order::Desc)
        .order_by(Column::Id, Order::Desc)
        .offset(first)
        .limit(most)
        .columns::<Head>(Head::COLUMNS)
        .await
}

/// The clients that have reports of `month`.
///
/// # Errors
/// When the database does not answer.
pub async fn clients(rows: &Tenant<'_>, month: &str) -> Result<Vec<ClientId>, DbErr> {
    #[derive(FromQueryResult)]
    struct Client {
        client_id: ClientId,
    }
    let query = Query {
        month: Some(month.to_owned()),
        ..Query::default()
    };
    let found = query.select(rows).distinct();
    let found = found.order_by(Column::ClientId, Order::Asc);
    let clients = found.columns::<Client>([Column::ClientId]).await?;
    Ok(clients.into_iter().map(|row| row.client_id).collect())
}

/// The months of which there are reports of these clients, the newest first; none: of all.
///
/// # Errors
/// When the database does not answer.
pub async fn months(rows: &Tenant<'_>, clients: Option<&[ClientId]>) -> Result<Vec<String>, DbErr> {
    #[derive(FromQueryResult)]
    struct Month {
        month: String,
    }
    let query = Query {
        clients: clients.map(<[_]>::to_vec),
        ..Query::default()
    };
    let found = query.select(rows).distinct();
    let months = found
        .order_by(Column::Month, Order::Desc)
        .columns::<Month>([Column::Month])
        .await?;
    Ok(months.into_iter().map(|row| row.month).collect())
}
