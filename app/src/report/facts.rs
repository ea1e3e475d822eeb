//! Everything that a report's page says.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use chrono_tz::Tz;

use super::Verdict;
use crate::{measured::measurements::Measurements, t_with};

/// A month of a link.
#[derive(Clone, Debug)]
pub struct Report {
    pub provider: String,
    pub client: String,
    pub link: String,
    pub reference: Option<String>,
    pub kind: String,
    /// bit/s.
    pub committed_download: f64,
    /// bit/s.
    pub committed_upload: f64,
    /// The month, in `zone`.
    pub begin: DateTime<Utc>,
    pub end: DateTime<Utc>,
    pub zone: Tz,
    /// The link was in service for this part of the month, if not for all of it.
    pub in_service: Option<(DateTime<Utc>, DateTime<Utc>)>,
    pub revision: i32,
    pub made_at: DateTime<Utc>,
    /// None: the monthly run.
    pub made_by: Option<String>,
    /// Why it was made again.
    pub reason: Option<String>,
    pub agreement: Agreement,
    /// Another revision counts.
    pub superseded: bool,
    /// Where that is, for those who may read it.
    pub current_href: Option<String>,
    pub verdict: Verdict,
    /// The SLA profile and which of its versions.
    pub profile: Option<(String, i32)>,
    pub promises: Vec<Promise>,
    /// Percent, cut off; none where nothing is known.
    pub uptime: Option<String>,
    /// Percent of the time that counts of which something is known, cut off.
    pub coverage: Option<String>,
    pub time: TimeSums,
    /// What may be down before the promise of uptime is broken, and what was.
    pub budget: Option<Budget>,
    /// What it would be had staff excluded nothing.
    pub without_exclusions: Option<Without>,
    pub days: Vec<Day>,
    pub outages: Vec<Outage>,
    pub taken_out: Vec<TakenOut>,
    pub changes: Vec<WindowChange>,
    pub traffic: Traffic,
    pub measured: Measurements,
    pub credit: Option<Credit>,
    /// This month and those before it, the oldest first.
    pub months: Vec<MonthBar>,
    pub method: Method,
    pub digests: Digests,
    /// All revisions, the newest first.
    pub revisions: Vec<Revision>,
}

/// By which agreement a month is judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Agreement {
    /// A first report's.
    MonthsEnd,
    /// That of the revision before.
    RevisionBefore,
    /// That of the day on which it was made.
    Today,
}

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Metric {
    Uptime,
    Latency,
    Jitter,
    Loss,
}

/// Whether a promise was kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    Met,
    Breached,
    NoData,
    /// Nothing was promised of it.
    NotAgreed,
}

/// A target beside what was measured, each with its unit.
#[derive(Clone, Debug)]
pub struct Promise {
    pub metric: Metric,
    pub promised: Option<String>,
    pub measured: Option<String>,
    pub kept: Kept,
}

/// What became of the seconds of the month.
#[derive(Clone, Copy, Debug)]
pub struct TimeSums {
    pub accountable: TimeDelta,
    pub up: TimeDelta,
    pub down: TimeDelta,
    pub unknown: TimeDelta,
    /// Maintenance, exclusions and switched off.
    pub excluded: TimeDelta,
    /// Outside of service hours.
    pub unscheduled: TimeDelta,
}

/// How much downtime the promise leaves room for.
#[derive(Clone, Copy, Debug)]
pub struct Budget {
    pub allowed: TimeDelta,
    pub used: TimeDelta,
}

/// The figure beside the one that counts.
#[derive(Clone, Debug)]
pub struct Without {
    pub uptime: Option<String>,
    pub down: TimeDelta,
    pub verdict: Verdict,
}

/// A day on the wall clock of the report's zone.
#[derive(Clone, Debug)]
pub struct Day {
    pub date: NaiveDate,
    /// Percent, cut off; none where nothing is known.
    pub uptime: Option<String>,
    pub accountable: TimeDelta,
    pub down: TimeDelta,
    pub unknown: TimeDelta,
    pub excluded: TimeDelta,
}

/// A stretch in which the link was down.
#[derive(Clone, Debug)]
pub struct Outage {
    pub from: DateTime<Utc>,
    pub to: DateTime<Utc>,
    /// Whether beginning and end are known to the second.
    pub exact: (bool, bool),
    pub counted: TimeDelta,
    pub cause: Option<String>,
    pub comment: Option<String>,
    pub excluded: Option<Exclusion>,
}

/// Why an outage does not count.
#[derive(Clone, Debug)]
pub struct Exclusion {
    pub kind: ExclusionKind,
    pub reason: String,
    pub by: Option<String>,
    pub at: DateTime<Utc>,
}

/// On whose account an outage was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExclusionKind {
    Client,
    ForceMajeure,
    Other,
}

/// A stretch that does not count.
#[derive(Clone, Debug)]
pub struct TakenOut {
    /// Else the interface was switched off.
    pub is_maintenance: bool,
    pub title: Option<String>,
    pub from: DateTime<Utc>,
    pub to: DateTime<Utc>,
    pub span: TimeDelta,
    pub approved: Option<(String, Option<DateTime<Utc>>)>,
}

/// A maintenance window that was changed after it had begun.
#[derive(Clone, Debug)]
pub struct WindowChange {
    pub title: String,
    pub at: DateTime<Utc>,
    pub by: Option<String>,
    pub reason: String,
    /// None: it was recorded after the fact.
    pub before: Option<(DateTime<Utc>, DateTime<Utc>)>,
    /// None: it was withdrawn.
    pub after: Option<(DateTime<Utc>, DateTime<Utc>)>,
}

/// Volumes and the rates that bandwidth is billed by.
#[derive(Clone, Copy, Debug, Default)]
pub struct Traffic {
    /// Bytes.
    pub download: f64,
    pub upload: f64,
    /// bit/s.
    pub download_95: Option<f64>,
    pub upload_95: Option<f64>,
    pub billed_95: Option<f64>,
}

/// What the provider owes for the month. Amounts have their currency.
#[derive(Clone, Debug)]
pub struct Credit {
    pub fee: String,
    /// Percent of the fee.
    pub share: String,
    pub amount: String,
    pub decision: Decision,
    /// On other revisions of the month, the oldest first.
    pub earlier: Vec<Earlier>,
}

/// What was decided on another revision of the month.
#[derive(Clone, Debug)]
pub struct Earlier {
    pub revision: i32,
    /// The amount, with its currency; none: it was declined.
    pub approved: Option<String>,
}

impl Earlier {
    /// In a sentence.
    pub(crate) fn sentence(self) -> String {
        let revision = ("revision", self.revision.into());
        match self.approved {
            Some(amount) => t_with("credit-earlier-approved", &[("amount", amount.into()), revision]),
            None => t_with("credit-earlier-declined", &[revision]),
        }
    }
}

/// What became of a credit.
#[derive(Clone, Debug)]
pub enum Decision {
    /// None is owed.
    Nothing,
    /// Nobody has decided yet.
    Open,
    Approved {
        amount: String,
        note: String,
        at: DateTime<Utc>,
    },
    Declined {
        note: String,
        at: DateTime<Utc>,
    },
}

/// A month in the comparison.
#[derive(Clone, Debug)]
pub struct MonthBar {
    pub begin: DateTime<Utc>,
    pub uptime: Option<String>,
    /// For drawing: from 0 to 100.
    pub share: Option<f64>,
    pub down: TimeDelta,
    pub verdict: Verdict,
    /// None: it is this one.
    pub href: Option<String>,
}

/// How it is counted, as agreed.
#[derive(Clone, Debug)]
pub struct Method {
    /// By the second; else by slots of five minutes.
    pub by_seconds: bool,
    /// Time in which the router did not answer is down; else it is unknown.
    pub unreachable_is_down: bool,
    /// Time in which the interface was switched off is down; else it does not count.
    pub disabled_is_down: bool,
    /// Monday's first, each as "08:00–18:00"; none: always.
    pub service_hours: Option<Vec<String>>,
    /// Both directions together; else the greater one.
    pub percentile_of_sum: bool,
}

/// What proves that nothing was changed.
#[derive(Clone, Debug)]
pub struct Digests {
    pub document: String,
    pub measured: String,
    pub agreed: String,
    pub samples: u64,
}

/// A revision of the report.
#[derive(Clone, Debug)]
pub struct Revision {
    pub revision: i32,
    pub made_at: DateTime<Utc>,
    pub made_by: Option<String>,
    pub reason: Option<String>,
    pub uptime: Option<String>,
    pub down: TimeDelta,
    pub verdict: Verdict,
    /// None: it is this one.
    pub href: Option<String>,
    /// It is the one that counts.
    pub counts: bool,
}

impl Report {
    /// "Apr 2026".
    pub fn month(&self) -> String {
        month_name(self.begin, self.zone)
    }
}

/// The month that begins at `begin`, in words.
pub(crate) fn month_name(begin: DateTime<Utc>, zone: Tz) -> String {
    crate::ui::time::format(begin.with_timezone(&zone), crate::t("format-month"))
}
