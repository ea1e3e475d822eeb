//! On which days something comes again: the recurrence rules of RFC 5545, as far as a day at a fixed time needs them.
//!
//! A rule is read and followed on the calendar of a wall clock, without a zone: which instant a day's time is there is
//! said by `calendar`. Rules by hours, minutes and seconds, of the year's days and weeks are refused, not ignored.

mod text;

pub use text::WEEKDAYS;

use std::collections::BTreeSet;

use chrono::{DateTime, Datelike, Days, Months, NaiveDate, NaiveDateTime, TimeDelta, Utc, Weekday};
use chrono_tz::Tz;

use crate::domain::calendar::{YEARS, first_instant};

/// What is wrong with a rule.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadRule {
    /// It is none: no `FREQ`, or a part that is no `NAME=VALUE`.
    #[error("not a recurrence rule")]
    Unreadable,
    /// A part that no day's work needs.
    #[error("{0} is not supported")]
    Unsupported(String),
    /// A value that the part can't have, or twice the same part.
    #[error("{0} can't be read")]
    Value(String),
    /// Parts that exclude each other, such as `COUNT` and `UNTIL`.
    #[error("{0} can't stand beside {1}")]
    Together(&'static str, &'static str),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Frequency {
    Daily,
    Weekly,
    Monthly,
    Yearly,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Until {
    /// The whole of it.
    Day(NaiveDate),
    Local(NaiveDateTime),
    Instant(DateTime<Utc>),
}

/// A day of the week, perhaps the nth of its month or year; negative: from the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct ByDay {
    nth: Option<i32>,
    weekday: Weekday,
}

/// A recurrence rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    frequency: Frequency,
    interval: u32,
    by_day: Vec<ByDay>,
    by_month_day: Vec<i32>,
    by_month: Vec<u32>,
    by_set_pos: Vec<i32>,
    week_starts: Weekday,
    count: Option<u32>,
    until: Option<Until>,
}

impl Rule {
    /// When it is at or after `from` and before `to`: the first at `first`'s time, all on the wall clock of `zone`. A
    /// time that the clock skips on a day is when it goes on; one that it shows twice is the first.
    #[must_use]
    pub fn instants(
        &self,
        first: NaiveDateTime,
        zone: Tz,
        from: DateTime<Utc>,
        to: DateTime<Utc>,
    ) -> Vec<DateTime<Utc>> {
        // No zone is further from UTC than this.
        let last = (to.naive_utc() + TimeDelta::hours(16)).date();
        let mut found = Vec::new();
        for date in self.dates(first.date(), last) {
            let local = date.and_time(first.time());
            let at = first_instant(local, zone);
            let is_over = match self.until {
                None => false,
                Some(Until::Day(day)) => date > day,
                Some(Until::Local(end)) => local > end,
                Some(Until::Instant(end)) => at > end,
            };
            if is_over || at >= to {
                break;
            }
            if from <= at {
                found.push(at);
            }
        }
        found
    }

    /// The days from `first` to `last`, without regard to an end by time.
    fn dates(&self, first: NaiveDate, last: NaiveDate) -> Vec<NaiveDate> {
        let most = self.count.map_or(usize::MAX, |count| count as usize);
        let mut dates = Vec::new();
        for period in 0.. {
            let Some((begins, candidates)) = self.period(first, period) else {
                break;
            };
            if begins > last || begins.year() > *YEARS.end() {
                break;
            }
            let chosen = self.positions(candidates);
            dates.extend(chosen.into_iter().filter(|date| (first..=last).contains(date)));
            if dates.len() >= most {
                break;
            }
        }
        dates.truncate(most);
        dates
    }

    /// The day on which a period begins, and all days in it that the rule names.
    fn period(&self, first: NaiveDate, number: u32) -> Option<(NaiveDate, BTreeSet<NaiveDate>)> {
        let steps = number.checked_mul(self.interval)?;
        match self.frequency {
            Frequency::Daily => {
                let day = first.checked_add_days(Days::new(u64::from(steps)))?;
                let is_meant = self.is_in_months(day) && self.is_on_month_day(day) && self.is_on_weekday(day);
                Some((day, is_meant.then_some(day).into_iter().collect()))
            }
            Frequency::Weekly => {
                let since = first.weekday().days_since(self.week_starts);
                let week = first.checked_sub_days(Days::new(u64::from(since)))?;
                let week = week.checked_add_days(Days::new(7 * u64::from(steps)))?;
                let days = week.iter_days().take(7).filter(|day| self.is_in_months(*day));
                let days = days.filter(|day| match self.by_day.is_empty() {
                    true => day.weekday() == first.weekday(),
                    false => self.is_on_weekday(*day),
                });
                Some((week, days.collect()))
            }
            Frequency::Monthly => {
                let month = first.with_day(1)?.checked_add_months(Months::new(steps))?;
                let days = match self.is_in_months(month) {
                    true => self.of_month(month, first.day()),
                    false => BTreeSet::new(),
                };
                Some((month, days))
            }
            Frequency::Yearly => {
                let year = NaiveDate::from_ymd_opt(first.year().checked_add_unsigned(steps)?, 1, 1)?;
                Some((year, self.of_year(year, first)))
            }
        }
    }

    /// The days of a month that the rule names; `usual` if it names none.
    fn of_month(&self, month: NaiveDate, usual: u32) -> BTreeSet<NaiveDate> {
        let days: Vec<_> = month
            .iter_days()
            .take_while(|day| day.month() == month.month())
            .collect();
        let is_meant = |day: &NaiveDate| match (self.by_month_day.is_empty(), self.by_day.is_empty()) {
            (true, true) => day.day() == usual,
            _ => self.is_on_month_day(*day) && self.is_on_nth(*day, &days),
        };
        days.iter().copied().filter(is_meant).collect()
    }

    fn of_year(&self, year: NaiveDate, first: NaiveDate) -> BTreeSet<NaiveDate> {
        if !self.by_month.is_empty() {
            let months = (0..12).filter_map(|month| year.checked_add_months(Months::new(month)));
            let months = months.filter(|month| self.is_in_months(*month));
            return months.flat_map(|month| self.of_month(month, first.day())).collect();
        }
        let days: Vec<_> = year.iter_days().take_while(|day| day.year() == year.year()).collect();
        let is_meant = |day: &NaiveDate| match (self.by_month_day.is_empty(), self.by_day.is_empty()) {
            (true, true) => (day.month(), day.day()) == (first.month(), first.day()),
            _ => self.is_on_month_day(*day) && self.is_on_nth(*day, &days),
        };
        days.iter().copied().filter(is_meant).collect()
    }

    fn is_in_months(&self, day: NaiveDate) -> bool {
        self.by_month.is_empty() || self.by_month.contains(&day.month())
    }

    fn is_on_month_day(&self, day: NaiveDate) -> bool {
        let length = i32::from(day.num_days_in_month());
        let (forward, back) = (day.day() as i32, day.day() as i32 - length - 1);
        self.by_month_day.is_empty() || self.by_month_day.iter().any(|wanted| [forward, back].contains(wanted))
    }

    fn is_on_weekday(&self, day: NaiveDate) -> bool {
        self.by_day.is_empty() || self.by_day.iter().any(|wanted| wanted.weekday == day.weekday())
    }

    /// Whether it is the nth such weekday of `all`, which ascend and are side by side.
    fn is_on_nth(&self, day: NaiveDate, all: &[NaiveDate]) -> bool {
        let (Some(first), Some(last)) = (all.first(), all.last()) else {
            return false;
        };
        let forward = (day - *first).num_days() as i32 / 7 + 1;
        let back = -((*last - day).num_days() as i32 / 7 + 1);
        self.by_day.is_empty()
            || self.by_day.iter().any(|wanted| {
                let nth = wanted.nth.is_none_or(|nth| [forward, back].contains(&nth));
                wanted.weekday == day.weekday() && nth
            })
    }

    fn positions(&self, days: BTreeSet<NaiveDate>) -> Vec<NaiveDate> {
        if self.by_set_pos.is_empty() {
            return days.into_iter().collect();
        }
        let length = days.len() as i32;
        let at = |place: i32| [place + 1, place - length];
        let chosen = (0..).zip(days);
        let chosen = chosen.filter(|(place, _)| self.by_set_pos.iter().any(|wanted| at(*place).contains(wanted)));
        chosen.map(|(_, day)| day).collect()
    }
}

#[cfg(test)]
mod tests;
