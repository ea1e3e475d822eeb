//! SLA reports for pages and files of clients and of staff: the words of the domain as those of the page.
//!
//! Whose report it is has been decided before.

mod facts;
pub(super) mod files;
mod listed;
pub(super) mod pdf;

use app::{
    measured::range::{Asked, Range},
    portal::reports::Files,
    report,
};
use chrono_tz::Tz;
use entity::{LinkId, ShareLinkId, SlaReportId, Tenant};

pub(super) use facts::{earlier, month_start, percent, verdict};
pub(super) use listed::{choices_of, month_choices, read_verdict, row};

use super::{Error, route};
use crate::domain::{
    calendar::{Month, instant},
    reports::{
        self, StoreError, Stored, credits,
        list::{self, Head, Query},
    },
};

/// How many months a month is compared with.
const MONTHS: u64 = 12;

/// How many revisions are read for their reasons.
const REVISIONS: usize = 12;

/// Where a report's page and its files are, in one of the areas.
#[derive(Clone, Copy, Debug)]
pub(super) enum Place {
    Portal,
    Admin,
}

impl Place {
    pub(super) fn page(self, report: SlaReportId) -> String {
        match self {
            Self::Portal => route::PortalReport { report }.to_string(),
            Self::Admin => route::AdminReport { report }.to_string(),
        }
    }

    pub(super) fn pdf(self, report: SlaReportId) -> String {
        match self {
            Self::Portal => route::PortalReportPdf { report }.to_string(),
            Self::Admin => route::AdminReportPdf { report }.to_string(),
        }
    }

    /// Where share links are made.
    pub(super) fn shares(self, report: SlaReportId) -> String {
        match self {
            Self::Portal => route::PortalShares { report }.to_string(),
            Self::Admin => route::AdminShares { report }.to_string(),
        }
    }

    /// Where one is taken back.
    pub(super) fn unshare(self, report: SlaReportId, share_link: ShareLinkId) -> String {
        match self {
            Self::Portal => route::PortalUnshare { report, share_link }.to_string(),
            Self::Admin => route::AdminUnshare { report, share_link }.to_string(),
        }
    }

    /// Where those of mails are taken back.
    pub(super) fn unshare_mailed(self, report: SlaReportId) -> String {
        match self {
            Self::Portal => route::PortalUnshareMailed { report }.to_string(),
            Self::Admin => route::AdminUnshareMailed { report }.to_string(),
        }
    }

    /// Where a link is as it is now.
    pub(super) fn link(self, link: LinkId) -> String {
        match self {
            Self::Portal => route::PortalLink { link }.to_string(),
            Self::Admin => route::AdminLink { link }.to_string(),
        }
    }

    /// The samples that a report was made from, as they are now: those of its month.
    pub(super) fn samples(self, stored: &Stored) -> String {
        let link = stored.head.link_id;
        let path = match self {
            Self::Portal => route::PortalLinkSamples { link }.to_string(),
            Self::Admin => route::AdminLinkSamples { link }.to_string(),
        };
        let period = stored.document.figures.uptime.period;
        let (from, to) = (instant(period.start()), instant(period.end()));
        let range = Range::Chosen { from, to };
        Asked { range, compare: None }.uncompared_on(&path)
    }

    /// The files. What leads to the link is not among them: not everybody may go there.
    pub(super) fn files(self, report: SlaReportId) -> Files {
        let (csv, json) = match self {
            Self::Portal => (
                route::PortalReportCsv { report }.to_string(),
                route::PortalReportJson { report }.to_string(),
            ),
            Self::Admin => (
                route::AdminReportCsv { report }.to_string(),
                route::AdminReportJson { report }.to_string(),
            ),
        };
        Files {
            pdf: self.pdf(report),
            csv,
            json,
            link: None,
            samples: None,
        }
    }
}

/// The zone in which a report is read: its own.
pub(super) fn zone(stored: &Stored) -> Tz {
    stored.document.zone.parse().unwrap_or(chrono_tz::UTC)
}

/// Everything that a report's page says, with what stands around it in the database; `place` is where it is read.
pub(super) async fn page_of(rows: &Tenant<'_>, stored: &Stored, place: Place) -> Result<report::Report, Error> {
    let head = &stored.head;
    let decision = credits::of(rows, head.id).await?;
    let mut earlier = credits::on_revisions(rows, std::slice::from_ref(head)).await?;
    earlier.retain(|made| made.is_beside(head));
    let others = others(rows, head).await?;
    let around = facts::Around {
        decision,
        earlier,
        months: months(rows, head).await?,
        revisions: revisions(rows, others).await?,
        place,
    };
    Ok(facts::report(stored, around))
}

/// All revisions of the same month that are the same client's.
async fn others(rows: &Tenant<'_>, head: &Head) -> Result<Vec<Head>, Error> {
    let mut all = reports::revisions(rows, head.link_id, &head.month).await?;
    all.retain(|other| other.client_id == head.client_id);
    Ok(all)
}

/// The month and those before it, the oldest first, in the revisions that count; but of this month this very one.
async fn months(rows: &Tenant<'_>, head: &Head) -> Result<Vec<Head>, Error> {
    let query = Query {
        clients: Some(vec![head.client_id]),
        link: Some(head.link_id),
        before: Some(head.month.clone()),
        ..Query::default()
    };
    let mut months = list::page(rows, &query, 0, MONTHS).await?;
    months.reverse();
    months.push(head.clone());
    Ok(months)
}

/// The revisions with who made them and why, which only their documents say.
async fn revisions(rows: &Tenant<'_>, heads: Vec<Head>) -> Result<Vec<facts::Made>, Error> {
    let heads: Vec<Head> = heads.into_iter().take(REVISIONS).collect();
    let ids: Vec<SlaReportId> = heads.iter().map(|head| head.id).collect();
    let found = reports::find_all(rows, &ids).await?;
    let mut made = Vec::with_capacity(heads.len());
    for found in found {
        let Stored { head, document } = found?;
        made.push(facts::Made {
            head,
            by: document.made_by,
            reason: document.reason,
        });
    }
    Ok(made)
}

/// As it is kept: `2026-04`.
pub(super) fn read_month(typed: &str) -> Option<String> {
    typed.parse::<Month>().ok().map(|month| month.to_string())
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Database(error) => error.into(),
            StoreError::Unreadable { .. } => Self::internal(error),
        }
    }
}
