//! Maintenance windows: planned time in which downtime does not count, announced to the customers it touches.
//!
//! A window that has begun is history in the making and only ends; nobody can plan the past, which would rewrite what
//! was measured. What a window means for a month is calculated in `sla`.

pub mod list;
mod store;

pub use store::{cancel, cancelled, change, create, end_now};

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use entity::{LinkId, RouterId};

use super::{
    board::Snapshot,
    calendar::local::{NoMoment, moment},
    typed::{BadText, ChangeError, Checks, Rejected, block, line},
};

/// Why a window was not changed.
pub type Error = ChangeError<Reason>;

/// How long ago a new window may begin: whoever plans one for now takes a while to type it.
const GRACE: TimeDelta = TimeDelta::minutes(10);

/// The longest a window may be.
pub const LONGEST: TimeDelta = TimeDelta::days(31);

/// What may be wrong with what was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The text itself.
    Text(BadText),
    /// Not a date and time.
    NotATime,
    /// Of a year that is not kept.
    OutOfRange,
    /// The clock is put forward over it, to this.
    Skipped {
        /// The first time that the clock shows after the gap.
        then: NaiveDateTime,
    },
    /// The clock shows it twice.
    Twice {
        /// The earlier instant.
        first: DateTime<Utc>,
        /// The later one.
        second: DateTime<Utc>,
    },
    /// It begins in the past.
    Past,
    /// It ends before it begins.
    Backwards,
    /// It is longer than [`LONGEST`].
    TooLong,
    /// None of the choices.
    NotAChoice,
    /// Nothing was chosen to be covered.
    NothingChosen,
}

impl From<BadText> for Reason {
    fn from(bad: BadText) -> Self {
        Self::Text(bad)
    }
}

impl From<NoMoment> for Reason {
    fn from(reason: NoMoment) -> Self {
        match reason {
            NoMoment::Unreadable => Self::NotATime,
            NoMoment::OutOfRange => Self::OutOfRange,
            NoMoment::Skipped { then } => Self::Skipped { then },
            NoMoment::Twice { first, second } => Self::Twice { first, second },
        }
    }
}

/// A window as it was typed.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    pub title: String,
    pub notes: String,
    /// On the wall clock of the tenant's zone.
    pub starts: String,
    pub ends: String,
    /// `all`, `routers` or `links`.
    pub covers: String,
    /// Ids; looked at if routers are covered.
    pub routers: Vec<String>,
    /// Ids; looked at if links are covered.
    pub links: Vec<String>,
}

/// What a window covers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Covers {
    /// All links of the tenant.
    All,
    /// All links of these routers.
    Routers(Vec<RouterId>),
    /// These links.
    Links(Vec<LinkId>),
}

/// A window as it may be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    title: String,
    notes: String,
    starts_at: DateTime<Utc>,
    ends_at: DateTime<Utc>,
    covers: Covers,
}

impl Draft {
    /// What was typed, if all of it can be taken at `now`: times on the wall clock of the board's zone, things of the
    /// board that are not archived.
    ///
    /// # Errors
    /// What can't, by field: `title`, `notes`, `starts`, `ends`, `covers`, `routers`, `links`.
    pub fn check(&self, board: &Snapshot, now: DateTime<Utc>) -> Result<Plan, Rejected<Reason>> {
        let mut checks = Checks::default();
        let title = checks.keep("title", line(&self.title, 160));
        let notes = checks.keep("notes", block(&self.notes, 4000));
        let starts_at = checks.keep("starts", starts(&self.starts, board.zone, now));
        let ends_at = checks.keep("ends", ends(&self.ends, board.zone, starts_at));
        let covers = match self.covers.as_str() {
            "all" => Some(Covers::All),
            "routers" => checks.keep("routers", self.routers(board)).map(Covers::Routers),
            "links" => checks.keep("links", self.links(board)).map(Covers::Links),
            _ => checks.keep("covers", Err(Reason::NotAChoice)),
        };
        match (title, notes, starts_at, ends_at, covers) {
            (Some(title), Some(notes), Some(starts_at), Some(ends_at), Some(covers)) => Ok(Plan {
                title,
                notes,
                starts_at,
                ends_at,
                covers,
            }),
            _ => Err(checks.rejected()),
        }
    }

    fn routers(&self, board: &Snapshot) -> Result<Vec<RouterId>, Reason> {
        chosen(&self.routers, |id| {
            board
                .routers
                .get(id)
                .is_some_and(|router| router.router.archived_at.is_none())
        })
    }

    fn links(&self, board: &Snapshot) -> Result<Vec<LinkId>, Reason> {
        chosen(&self.links, |id| {
            board.links.get(id).is_some_and(|link| link.link.archived_at.is_none())
        })
    }
}

fn starts(typed: &str, zone: Tz, now: DateTime<Utc>) -> Result<DateTime<Utc>, Reason> {
    let at = needed(typed, zone)?;
    if at < now - GRACE { Err(Reason::Past) } else { Ok(at) }
}

fn ends(typed: &str, zone: Tz, starts_at: Option<DateTime<Utc>>) -> Result<DateTime<Utc>, Reason> {
    let at = needed(typed, zone)?;
    match starts_at {
        Some(starts_at) if at <= starts_at => Err(Reason::Backwards),
        Some(starts_at) if at - starts_at > LONGEST => Err(Reason::TooLong),
        _ => Ok(at),
    }
}

fn needed(typed: &str, zone: Tz) -> Result<DateTime<Utc>, Reason> {
    if typed.trim().is_empty() {
        return Err(BadText::Missing.into());
    }
    Ok(moment(typed, zone)?)
}

/// The ids that were ticked. One that is not there was not on the form: it is another tenant's, or gone.
fn chosen<I: std::str::FromStr + Ord>(typed: &[String], is_there: impl Fn(&I) -> bool) -> Result<Vec<I>, Reason> {
    let ids = typed.iter().map(|id| id.parse().ok().filter(&is_there));
    let mut ids: Vec<I> = ids.collect::<Option<_>>().ok_or(Reason::NotAChoice)?;
    ids.sort_unstable();
    ids.dedup();
    if ids.is_empty() {
        Err(Reason::NothingChosen)
    } else {
        Ok(ids)
    }
}
