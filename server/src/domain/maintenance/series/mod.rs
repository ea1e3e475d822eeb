//! Planned work that comes again: a first time on the wall clock, a length and a rule. Windows are made of it ahead, each
//! an ordinary one that can be changed or cancelled by itself; what was made is not made again.

mod store;

pub use store::{Series, approve, create, end, going_on, make_ahead, one};

use chrono::{DateTime, Datelike, NaiveDateTime, TimeDelta, Utc};
use chrono_tz::Tz;

use super::{
    Covers, GRACE, LONGEST, Reason, Ticked, needed,
    recurrence::{Rule, WEEKDAYS},
};
use crate::domain::{
    board::Snapshot,
    calendar::local,
    typed::{BadText, Checks, Rejected, block, line},
};

/// How far ahead windows are made.
pub const AHEAD: TimeDelta = TimeDelta::days(90);

/// Within so long a rule must name a day.
const SOME_DAY: TimeDelta = TimeDelta::days(5 * 366);

/// A series as it was typed.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    pub title: String,
    pub notes: String,
    /// When the first window begins, on the wall clock of the tenant's zone.
    pub starts: String,
    pub minutes: String,
    /// `daily`, `weekly`, `monthly` or `rule`.
    pub repeats: String,
    /// Every so many days, weeks or months.
    pub every: String,
    /// Days of the week as rules name them; looked at if it is weekly.
    pub days: Vec<String>,
    /// `never`, `on` or `after`.
    pub ends: String,
    /// The last day; looked at if it ends on one.
    pub until: String,
    /// How many times; looked at if it ends after them.
    pub times: String,
    /// A rule of RFC 5545; looked at instead of all that, if it repeats by a rule.
    pub rule: String,
    pub covers: String,
    pub clients: Vec<String>,
    pub routers: Vec<String>,
    pub links: Vec<String>,
    /// Whether who typed it may approve: then its windows count as soon as they are made.
    pub approves: bool,
}

/// A series as it may be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    title: String,
    notes: String,
    first: NaiveDateTime,
    minutes: i32,
    rule: Rule,
    covers: Covers,
    approves: bool,
}

impl Draft {
    /// What was typed, if all of it can be taken at `now`.
    ///
    /// # Errors
    /// What can't, by field: `title`, `notes`, `starts`, `minutes`, `repeats`, `every`, `days`, `ends`, `until`, `times`,
    /// `rule`, `covers`, `clients`, `routers`, `links`.
    pub fn check(&self, board: &Snapshot, now: DateTime<Utc>) -> Result<Plan, Rejected<Reason>> {
        let mut checks = Checks::default();
        let title = checks.keep("title", line(&self.title, 160));
        let notes = checks.keep("notes", block(&self.notes, 4000));
        let first = checks.keep("starts", self.first(board.zone, now));
        let minutes = checks.keep("minutes", self.minutes());
        let rule = self.rule(&mut checks);
        if let (Some(first), Some(rule)) = (first, &rule)
            && rule.instants(first, board.zone, now - GRACE, now + SOME_DAY).is_empty()
        {
            let field = if self.repeats == "rule" { "rule" } else { "ends" };
            checks.reject(field, Reason::Never);
        }
        let covers = Ticked {
            covers: &self.covers,
            clients: &self.clients,
            routers: &self.routers,
            links: &self.links,
        };
        let covers = covers.check(board, &mut checks);
        let wrong = checks.rejected();
        match (title, notes, first, minutes, rule, covers) {
            (Some(title), Some(notes), Some(first), Some(minutes), Some(rule), Some(covers)) if wrong.0.is_empty() => {
                Ok(Plan {
                    title,
                    notes,
                    first,
                    minutes,
                    rule,
                    covers,
                    approves: self.approves,
                })
            }
            _ => Err(wrong),
        }
    }

    fn first(&self, zone: Tz, now: DateTime<Utc>) -> Result<NaiveDateTime, Reason> {
        match needed(&self.starts, zone)? < now - GRACE {
            true => Err(Reason::Past),
            false => Ok(local::read(&self.starts)?),
        }
    }

    fn minutes(&self) -> Result<i32, Reason> {
        let typed = self.minutes.trim();
        let minutes = typed
            .parse()
            .ok()
            .filter(|minutes| (1..=LONGEST.num_minutes()).contains(minutes));
        minutes
            .and_then(|minutes| i32::try_from(minutes).ok())
            .ok_or(match typed {
                "" => BadText::Missing.into(),
                _ => Reason::NotMinutes,
            })
    }

    fn rule(&self, checks: &mut Checks<Reason>) -> Option<Rule> {
        let mut text = match self.repeats.as_str() {
            "daily" => "FREQ=DAILY".to_owned(),
            "weekly" => "FREQ=WEEKLY".to_owned(),
            "monthly" => "FREQ=MONTHLY".to_owned(),
            "rule" if self.rule.trim().is_empty() => {
                return checks.keep("rule", Err(BadText::Missing));
            }
            "rule" => return checks.keep("rule", self.rule.parse::<Rule>()),
            _ => return checks.keep("repeats", Err(Reason::NotAChoice)),
        };
        let every = checks.keep("every", count(&self.every, 1_000));
        if let Some(every) = every {
            text.push_str(&format!(";INTERVAL={every}"));
        }
        if self.repeats == "weekly" && !self.days.is_empty() {
            let known = |day: &String| WEEKDAYS.iter().any(|(name, _)| name == day);
            if !self.days.iter().all(known) {
                return checks.keep("days", Err(Reason::NotAChoice));
            }
            text.push_str(&format!(";BYDAY={}", self.days.join(",")));
        }
        match self.ends.as_str() {
            "never" => {}
            "on" => {
                let day = checks.keep("until", local::day(&self.until).ok_or(Reason::NotATime))?;
                text.push_str(&format!(";UNTIL={:04}{:02}{:02}", day.year(), day.month(), day.day()));
            }
            "after" => {
                let times = checks.keep("times", count(&self.times, 1_000))?;
                text.push_str(&format!(";COUNT={times}"));
            }
            _ => return checks.keep("ends", Err(Reason::NotAChoice)),
        }
        every?;
        checks.keep("repeats", text.parse::<Rule>())
    }
}

fn count(typed: &str, most: u32) -> Result<u32, Reason> {
    let number = typed.trim().parse().ok();
    number
        .filter(|number| (1..=most).contains(number))
        .ok_or(Reason::NotANumber)
}
