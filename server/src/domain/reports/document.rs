//! Everything that a report says.
//!
//! Its shape is a format: what was stored must be read for ever. A field may be added with a default; nothing is
//! renamed or removed without another number in [`FORMAT`] and a reader for the old one.

use chrono::{DateTime, NaiveDate, Utc};
use entity::{
    link::Faces,
    sla_profile_version::{DisabledIs, MeasuredBy, PercentileOf, UnreachableIs},
};
use serde::{Deserialize, Serialize};

use super::AgreementOf;
use crate::domain::sla::{
    budget::down_allowed,
    calculation::Calculation,
    credit::CreditTerms,
    intervals::Interval,
    thresholds::{Thresholds, Verdict},
};

/// The format that is written.
pub const FORMAT: u16 = 1;

/// A month's report of one link.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Document {
    pub format: u16,
    /// The names as they were when it was made.
    pub provider: String,
    pub client: String,
    pub link: LinkFacts,
    /// As `2026-04`.
    pub month: String,
    /// IANA name of the zone in which the month and its days lie.
    pub zone: String,
    pub revision: i32,
    pub made_at: DateTime<Utc>,
    /// None: the monthly run.
    pub made_by: Option<String>,
    /// Why it was made again; none for the first.
    pub reason: Option<String>,
    /// Where what it was judged by is from.
    #[serde(default)]
    pub agreement: AgreementOf,
    /// None: nothing was promised.
    pub promised: Option<Promised>,
    /// Of the month as a whole.
    pub figures: Calculation,
    /// The same had nothing been excluded by staff; none where nothing was (R19).
    pub without_exclusions: Option<Calculation>,
    /// The days of the month, which add up to it.
    pub days: Vec<DayFigures>,
    /// By their beginning; excluded ones too.
    pub outages: Vec<OutageFacts>,
    /// Maintenance and time in which the interface was switched off, by their beginning.
    pub taken_out: Vec<TakenOut>,
    /// What was changed of maintenance after it had begun.
    #[serde(default)]
    pub changes: Vec<WindowChange>,
    pub graph: Graph,
    /// What was paid for a whole month, in minor units; none: nothing.
    #[serde(default)]
    pub monthly_fee_minor: Option<i64>,
    /// ISO 4217, of the fee and of the credit in `figures`.
    pub currency: String,
    pub inputs: Inputs,
}

/// The link as it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkFacts {
    pub name: String,
    pub reference: Option<String>,
    pub kind: String,
    /// `customer` or `network`: which way is down.
    pub faces: FacesWord,
    /// bit/s.
    pub committed_down_bps: i64,
    pub committed_up_bps: i64,
}

/// Which side of the router's interface the customer is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FacesWord {
    /// What the router sends is the customer's download.
    Customer,
    /// What it receives is.
    Network,
}

impl From<FacesWord> for Faces {
    fn from(faces: FacesWord) -> Self {
        match faces {
            FacesWord::Customer => Self::Customer,
            FacesWord::Network => Self::Network,
        }
    }
}

impl From<Faces> for FacesWord {
    fn from(faces: Faces) -> Self {
        match faces {
            Faces::Customer => Self::Customer,
            Faces::Network => Self::Network,
        }
    }
}

impl FacesWord {
    /// What the router received and sent, as download and upload.
    pub fn down_up<T>(self, rx: T, tx: T) -> (T, T) {
        match self {
            Self::Customer => (tx, rx),
            Self::Network => (rx, tx),
        }
    }
}

/// How a month is called in every place that speaks of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Called {
    Met,
    Breached,
    /// Less than half of the time that counts is known.
    InsufficientData,
    NoData,
    /// Nothing was promised, so nothing was kept.
    NotAgreed,
}

impl Called {
    /// As `verdict` says, where something was promised.
    #[must_use]
    pub fn of(verdict: Verdict, is_agreed: bool) -> Self {
        match verdict {
            Verdict::Met if !is_agreed => Self::NotAgreed,
            Verdict::Met => Self::Met,
            Verdict::Breached => Self::Breached,
            Verdict::InsufficientData => Self::InsufficientData,
            Verdict::NoData => Self::NoData,
        }
    }
}

impl Document {
    /// How its month is called.
    #[must_use]
    pub fn called(&self) -> Called {
        Called::of(self.figures.judgement.verdict, self.promised.is_some())
    }
}

/// What was promised, and how it was agreed to be counted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Promised {
    /// The SLA profile's name and which of its versions.
    pub profile: String,
    pub version: i32,
    pub thresholds: Thresholds,
    /// Seven lists, Monday's first, of `[from, to]` in minutes of the day; none: always.
    pub service_hours: Option<[Vec<(u16, u16)>; 7]>,
    pub unreachable_is: UnreachableIs,
    pub disabled_is: DisabledIs,
    pub measured_by: MeasuredBy,
    pub percentile_of: PercentileOf,
    pub credit: CreditTerms,
}

impl Promised {
    /// How many seconds may be down of those that are known, before the promise of uptime is broken; none where no
    /// uptime is promised.
    #[must_use]
    pub fn down_allowed(&self, known_seconds: i64) -> Option<i64> {
        Some(down_allowed(self.thresholds.uptime?, known_seconds))
    }
}

/// A day on the wall clock of the zone. `up + down + unknown = accountable`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayFigures {
    pub date: NaiveDate,
    /// The day as far as the link was in service.
    pub window: Interval,
    pub accountable_seconds: i64,
    pub up_seconds: i64,
    pub down_seconds: i64,
    pub unknown_seconds: i64,
    /// Maintenance, exclusions and, by default, switched off.
    pub excluded_seconds: i64,
}

/// A stretch in which the link was down.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutageFacts {
    pub from: DateTime<Utc>,
    pub to: DateTime<Utc>,
    /// Whether the interface itself told when it began, and when it ended; else the slots did.
    pub exact: (bool, bool),
    /// Seconds that count against the service level.
    pub counted_seconds: i64,
    /// Seconds that would count if nothing were excluded.
    pub seconds_without_exclusions: i64,
    pub cause: Option<String>,
    /// In the provider's words, for the client.
    pub comment: Option<String>,
    pub excluded: Option<Exclusion>,
}

/// Why an outage does not count (R19).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exclusion {
    /// `client`, `force_majeure` or `other`.
    pub kind: String,
    pub reason: String,
    pub by: Option<String>,
    pub at: DateTime<Utc>,
}

/// Why time does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// An approved maintenance window.
    Maintenance,
    /// The provider had switched the interface off.
    Disabled,
}

/// A stretch that does not count.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TakenOut {
    pub cause: Cause,
    pub from: DateTime<Utc>,
    pub to: DateTime<Utc>,
    /// Seconds of the month that it takes out by itself; what overlaps is counted with each.
    pub seconds: i64,
    /// What was done, for maintenance.
    pub title: Option<String>,
    pub approved_by: Option<String>,
    pub approved_at: Option<DateTime<Utc>>,
}

/// A change of a maintenance window after it had begun.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WindowChange {
    pub title: String,
    pub at: DateTime<Utc>,
    pub by: Option<String>,
    pub reason: String,
    /// What it was before; none: it was recorded after the fact.
    pub before: Option<(DateTime<Utc>, DateTime<Utc>)>,
    /// What it is; none: it was withdrawn.
    pub after: Option<(DateTime<Utc>, DateTime<Utc>)>,
}

/// The least, mean and greatest of a bucket, in whole units.
pub type Summary = [i64; 3];

/// What is drawn.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Graph {
    pub buckets: Vec<GraphBucket>,
    pub outages: Vec<Interval>,
    pub disabled: Vec<Interval>,
    pub missing: Vec<Interval>,
    pub maintenance: Vec<Interval>,
}

/// A bucket of the graphs; none where nothing is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GraphBucket {
    pub span: Interval,
    /// bit/s that the router received and sent.
    pub rx: Option<Summary>,
    pub tx: Option<Summary>,
    /// Microseconds.
    pub latency: Option<Summary>,
    /// Millionths of the probes.
    pub loss: Option<Summary>,
}

/// What the figures were calculated from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inputs {
    pub samples: usize,
    /// SHA-256 over the samples and the interface's edges, in hexadecimal.
    pub measured: String,
    /// SHA-256 over what was agreed and what was taken out, in hexadecimal.
    pub agreed: String,
}
