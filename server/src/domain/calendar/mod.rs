//! Wall-clock arithmetic: months, days and service hours of a zone as spans of
//! UTC. The only place where local time is calculated with.
//!
//! It works on stretches in which a zone's offset from UTC is constant. Inside
//! one, local days really have 86,400 seconds; the days that DST makes longer or
//! shorter come out of putting the stretches together. Formatting is not here.

pub mod local;

use std::fmt;
use std::ops::RangeInclusive;
use std::str::FromStr;

use chrono::{DateTime, Datelike, Months, NaiveDate, NaiveDateTime, NaiveTime, Offset, TimeZone, Utc};
use chrono_tz::Tz;

use super::sla::intervals::{Interval, Intervals};

const DAY: i64 = 86_400;

/// No zone changes its offset twice within this many seconds.
const PROBE: i64 = 6 * 3600;

/// No zone is further than this from UTC.
const FURTHEST_OFFSET: i64 = 16 * 3600;

/// The years of all that is kept. Elsewhere are typing errors, and years that not every database can hold.
pub const YEARS: RangeInclusive<i32> = 1970..=9999;

/// A calendar month, in no zone yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month {
    first: NaiveDate,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a month written as 2026-04")]
pub struct NotAMonth;

impl Month {
    /// [`YEARS`], months 1 to 12.
    pub fn new(year: i32, month: u32) -> Result<Self, NotAMonth> {
        NaiveDate::from_ymd_opt(year, month, 1)
            .filter(|_| YEARS.contains(&year))
            .map(|first| Self { first })
            .ok_or(NotAMonth)
    }

    /// The month that a wall clock in `zone` shows at `instant`.
    pub fn at(instant: DateTime<Utc>, zone: Tz) -> Self {
        let today = day_at(instant, zone);
        Self {
            first: today.with_day(1).unwrap_or(today),
        }
    }

    pub fn first_day(self) -> NaiveDate {
        self.first
    }

    pub fn next(self) -> Self {
        Self {
            first: self.first + Months::new(1),
        }
    }

    pub fn previous(self) -> Self {
        Self {
            first: self.first - Months::new(1),
        }
    }

    /// From the month's first midnight in `zone` to the next month's (R1).
    pub fn period(self, zone: Tz) -> Interval {
        Interval::between(start_of_day(self.first, zone), start_of_day(self.next().first, zone))
    }
}

impl FromStr for Month {
    type Err = NotAMonth;

    fn from_str(text: &str) -> Result<Self, NotAMonth> {
        let (year, month) = text.split_once('-').ok_or(NotAMonth)?;
        let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if year.len() != 4 || month.len() != 2 || !digits(year) || !digits(month) {
            return Err(NotAMonth);
        }
        let year = year.parse().map_err(|_| NotAMonth)?;
        Self::new(year, month.parse().map_err(|_| NotAMonth)?)
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.first.year(), self.first.month())
    }
}

/// A Unix second as a moment; the first one for a second that no calendar has.
pub fn instant(second: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(second, 0).unwrap_or_default()
}

/// The date that a wall clock in `zone` shows at `instant`.
pub fn day_at(instant: DateTime<Utc>, zone: Tz) -> NaiveDate {
    instant.with_timezone(&zone).date_naive()
}

/// From a day's first midnight in `zone` to the next day's: 23, 24 or 25 hours
/// as a rule, none for a day that a zone skipped.
pub fn day(date: NaiveDate, zone: Tz) -> Interval {
    let next = date.succ_opt().unwrap_or(date);
    Interval::between(start_of_day(date, zone), start_of_day(next, zone))
}

/// Local midnight; the first one if it comes twice; the first instant after
/// the gap if the clock jumps over it.
pub fn start_of_day(date: NaiveDate, zone: Tz) -> DateTime<Utc> {
    first_instant(date.and_time(NaiveTime::MIN), zone)
}

/// The first instant at which a wall clock in `zone` shows `local` or later,
/// which is what a shift that starts at a skipped or repeated hour means.
pub fn first_instant(local: NaiveDateTime, zone: Tz) -> DateTime<Utc> {
    let shown = local.and_utc().timestamp();
    let around = Interval::new(shown - FURTHEST_OFFSET, shown + FURTHEST_OFFSET);
    let found = stretches(around, zone)
        .into_iter()
        .find(|stretch| stretch.utc.end() + stretch.offset > shown)
        .map_or(shown, |stretch| stretch.utc.start().max(shown - stretch.offset));
    DateTime::from_timestamp(found, 0).unwrap_or(local.and_utc())
}

/// The hours of a week in which a service is owed, on the wall clock. Whether
/// an instant belongs to it is decided by what the clock in the zone shows: an
/// hour that comes twice counts twice, one that is skipped never (R6).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceHours {
    /// Monday first. Local seconds since midnight.
    week: [Intervals; 7],
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("service hours must start before they end, within 00:00 and 24:00")]
pub struct NotServiceHours;

impl ServiceHours {
    /// Per day, Monday first, any number of `[from, to)` in minutes since local
    /// midnight, 0 to 1440. Overlapping ones are merged.
    pub fn new(week: [&[(u16, u16)]; 7]) -> Result<Self, NotServiceHours> {
        let wrong = |&(from, to): &(u16, u16)| from >= to || to > 1440;
        if week.iter().any(|day| day.iter().any(wrong)) {
            return Err(NotServiceHours);
        }
        let span = |&(from, to): &(u16, u16)| Interval::new(i64::from(from) * 60, i64::from(to) * 60);
        Ok(Self {
            week: week.map(|day| day.iter().map(span).collect()),
        })
    }

    /// The seconds of `period` that are service hours in `zone`. The same for
    /// all links of a profile: calculate it once.
    pub fn over(&self, period: Interval, zone: Tz) -> Intervals {
        let mut owed = Vec::new();
        for Stretch { utc, offset } in stretches(period, zone) {
            let first = (utc.start() + offset).div_euclid(DAY);
            let last = (utc.end() + offset).div_euclid(DAY);
            for day in first..=last {
                let midnight = day * DAY - offset;
                for span in self.week[weekday(day)].as_slice() {
                    let hours = Interval::new(midnight + span.start(), midnight + span.end());
                    owed.push(hours.intersect(utc));
                }
            }
        }
        owed.into_iter().collect()
    }
}

/// Monday is 0. Day 0 of Unix time was a Thursday.
fn weekday(day: i64) -> usize {
    (day + 3).rem_euclid(7) as usize
}

/// A span of UTC in which local time is UTC plus `offset` seconds.
struct Stretch {
    utc: Interval,
    offset: i64,
}

/// `span` cut where the zone's offset changes.
fn stretches(span: Interval, zone: Tz) -> Vec<Stretch> {
    let mut found = Vec::with_capacity(2);
    let (mut start, mut reached) = (span.start(), span.start());
    let mut current = offset_at(start, zone);
    while reached < span.end() {
        let probe = (reached + PROBE).min(span.end());
        let next = offset_at(probe, zone);
        if next != current {
            let change = first_change(reached, probe, current, zone);
            found.push(Stretch {
                utc: Interval::new(start, change),
                offset: current,
            });
            (start, current) = (change, next);
        }
        reached = probe;
    }
    found.push(Stretch {
        utc: Interval::new(start, span.end()),
        offset: current,
    });
    found
}

/// The first second after `before` at which the offset is no longer `offset`;
/// it is known to have changed at `after`.
fn first_change(mut before: i64, mut after: i64, offset: i64, zone: Tz) -> i64 {
    while after - before > 1 {
        let middle = before + (after - before) / 2;
        if offset_at(middle, zone) == offset {
            before = middle;
        } else {
            after = middle;
        }
    }
    after
}

/// Seconds to add to UTC for local time.
fn offset_at(second: i64, zone: Tz) -> i64 {
    // Beyond the calendar's 260,000 years any offset will do.
    let utc = DateTime::from_timestamp(second, 0).unwrap_or_default();
    zone.offset_from_utc_datetime(&utc.naive_utc())
        .fix()
        .local_minus_utc()
        .into()
}

#[cfg(test)]
mod tests;
