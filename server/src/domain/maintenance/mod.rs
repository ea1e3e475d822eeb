//! Maintenance windows: planned time in which downtime does not count, announced to the customers it touches.
//!
//! A window counts once it is approved. What is changed of one that has begun rewrites what was measured: only those who
//! may approve do it, with a reason, and each such change is kept (`after_the_fact`). What a window means for a month is
//! calculated in `sla`.

pub mod after_the_fact;
pub mod announce;
mod kept;
pub mod letters;
pub mod list;
pub mod recurrence;
pub mod series;
mod store;

pub use store::{approve, cancel, cancelled, change, create, end_now, withdraw};

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use entity::{ClientId, LinkId, RouterId, link, maintenance_scope};
use serde::{Deserialize, Serialize};

use super::{
    board::Snapshot,
    calendar::local::{NoMoment, moment},
    typed::{BadText, ChangeError, Checks, Rejected, block, line},
};
use recurrence::BadRule;

/// Why a window was not changed.
pub type Error = ChangeError<Reason>;

/// How long ago a new window may begin: whoever plans one for now takes a while to type it.
const GRACE: TimeDelta = TimeDelta::minutes(10);

/// The longest a window may be.
pub const LONGEST: TimeDelta = TimeDelta::days(31);

/// What may be wrong with what was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
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
    /// It begins in the past, and who typed it may not change the past.
    Past,
    /// It ends before it begins.
    Backwards,
    /// It is longer than [`LONGEST`].
    TooLong,
    /// None of the choices.
    NotAChoice,
    /// Nothing was chosen to be covered.
    NothingChosen,
    /// Not a number of minutes from 1 to [`LONGEST`].
    NotMinutes,
    /// Not a whole number from 1 to 1000.
    NotANumber,
    /// No recurrence rule, or one that can't be followed.
    Rule(BadRule),
    /// The rule names no day in the next years.
    Never,
}

impl From<BadRule> for Reason {
    fn from(bad: BadRule) -> Self {
        Self::Rule(bad)
    }
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
    /// `all`, `clients`, `routers` or `links`.
    pub covers: String,
    /// Ids; looked at if clients are covered.
    pub clients: Vec<String>,
    /// Ids; looked at if routers are covered.
    pub routers: Vec<String>,
    /// Ids; looked at if links are covered.
    pub links: Vec<String>,
    /// Why the past is changed; needed where it is.
    pub reason: String,
    /// Whether who typed it may approve: then it is approved at once.
    pub approves: bool,
    /// When the window that is changed begins and ends until now: forms know no seconds, and what they show of these
    /// changes nothing.
    pub before: Option<(DateTime<Utc>, DateTime<Utc>)>,
}

/// What a window covers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "ids", rename_all = "snake_case")]
pub enum Covers {
    /// All links of the tenant.
    All,
    /// All links of these clients.
    Clients(Vec<ClientId>),
    /// All links of these routers.
    Routers(Vec<RouterId>),
    /// These links.
    Links(Vec<LinkId>),
}

impl Covers {
    /// What these scopes mean.
    #[must_use]
    pub fn of(scopes: &[maintenance_scope::Model]) -> Self {
        fn all<I: Ord>(ids: impl Iterator<Item = I>) -> Option<Vec<I>> {
            let mut ids: Vec<I> = ids.collect();
            ids.sort_unstable();
            (!ids.is_empty()).then_some(ids)
        }
        let clients = all(scopes.iter().filter_map(|scope| scope.client_id)).map(Self::Clients);
        let routers = || all(scopes.iter().filter_map(|scope| scope.router_id)).map(Self::Routers);
        let links = || all(scopes.iter().filter_map(|scope| scope.link_id)).map(Self::Links);
        clients.or_else(routers).or_else(links).unwrap_or(Self::All)
    }

    /// Whether `link` is among it.
    #[must_use]
    pub fn is_of(&self, link: &link::Model) -> bool {
        match self {
            Self::All => true,
            Self::Clients(clients) => clients.contains(&link.client_id),
            Self::Routers(routers) => routers.contains(&link.router_id),
            Self::Links(links) => links.contains(&link.id),
        }
    }
}

/// A window as it may be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    title: String,
    notes: String,
    starts_at: DateTime<Utc>,
    ends_at: DateTime<Utc>,
    covers: Covers,
    reason: String,
    approves: bool,
}

/// Who decides about a window, and why: cancels, approves or withdraws.
#[derive(Clone, Debug, Default)]
pub struct Decision {
    /// Needed where the past is changed.
    pub reason: String,
    /// Whether they may approve.
    pub approves: bool,
}

impl Draft {
    /// What was typed, if all of it can be taken at `now`: times on the wall clock of the board's zone, things of the
    /// board that are not archived.
    ///
    /// # Errors
    /// What can't, by field: `title`, `notes`, `starts`, `ends`, `covers`, `clients`, `routers`, `links`, `reason`.
    pub fn check(&self, board: &Snapshot, now: DateTime<Utc>) -> Result<Plan, Rejected<Reason>> {
        let mut checks = Checks::default();
        let title = checks.keep("title", line(&self.title, 160));
        let notes = checks.keep("notes", block(&self.notes, 4000));
        let starts_at = checks.keep("starts", self.starts(board.zone, now));
        let ends_at = checks.keep("ends", self.ends(board.zone, starts_at));
        let covers = Ticked {
            covers: &self.covers,
            clients: &self.clients,
            routers: &self.routers,
            links: &self.links,
        };
        let covers = covers.check(board, &mut checks);
        let reason = checks.keep("reason", reason(&self.reason));
        match (title, notes, starts_at, ends_at, covers, reason) {
            (Some(title), Some(notes), Some(starts_at), Some(ends_at), Some(covers), Some(reason)) => Ok(Plan {
                title,
                notes,
                starts_at,
                ends_at,
                covers,
                reason,
                approves: self.approves,
            }),
            _ => Err(checks.rejected()),
        }
    }

    fn starts(&self, zone: Tz, now: DateTime<Utc>) -> Result<DateTime<Utc>, Reason> {
        let at = exactly(needed(&self.starts, zone)?, self.before.map(|(starts_at, _)| starts_at));
        match at < now - GRACE && !self.approves {
            true => Err(Reason::Past),
            false => Ok(at),
        }
    }

    fn ends(&self, zone: Tz, starts_at: Option<DateTime<Utc>>) -> Result<DateTime<Utc>, Reason> {
        let at = exactly(needed(&self.ends, zone)?, self.before.map(|(_, ends_at)| ends_at));
        match starts_at {
            Some(starts_at) if at <= starts_at => Err(Reason::Backwards),
            Some(starts_at) if at - starts_at > LONGEST => Err(Reason::TooLong),
            _ => Ok(at),
        }
    }
}

/// What was ticked of what can be covered.
struct Ticked<'d> {
    covers: &'d str,
    clients: &'d [String],
    routers: &'d [String],
    links: &'d [String],
}

impl Ticked<'_> {
    fn check(&self, board: &Snapshot, checks: &mut Checks<Reason>) -> Option<Covers> {
        match self.covers {
            "all" => Some(Covers::All),
            "clients" => checks.keep("clients", self.clients(board)).map(Covers::Clients),
            "routers" => checks.keep("routers", self.routers(board)).map(Covers::Routers),
            "links" => checks.keep("links", self.links(board)).map(Covers::Links),
            _ => checks.keep("covers", Err(Reason::NotAChoice)),
        }
    }

    fn clients(&self, board: &Snapshot) -> Result<Vec<ClientId>, Reason> {
        chosen(self.clients, |id| {
            board.clients.get(id).is_some_and(|client| client.archived_at.is_none())
        })
    }

    fn routers(&self, board: &Snapshot) -> Result<Vec<RouterId>, Reason> {
        chosen(self.routers, |id| {
            board
                .routers
                .get(id)
                .is_some_and(|router| router.router.archived_at.is_none())
        })
    }

    fn links(&self, board: &Snapshot) -> Result<Vec<LinkId>, Reason> {
        chosen(self.links, |id| {
            board.links.get(id).is_some_and(|link| link.link.archived_at.is_none())
        })
    }
}

/// Why the past is changed, as it may be kept.
fn reason(typed: &str) -> Result<String, BadText> {
    block(typed, 1000)
}

/// `before`, if it is in the same minute.
fn exactly(typed: DateTime<Utc>, before: Option<DateTime<Utc>>) -> DateTime<Utc> {
    let same = |before: &DateTime<Utc>| before.timestamp().div_euclid(60) == typed.timestamp().div_euclid(60);
    before.filter(same).unwrap_or(typed)
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

#[cfg(test)]
mod tests;
