//! On which days something comes again: the recurrence rules of RFC 5545, as far as a day at a fixed time needs them.
//!
//! A rule is read and followed on the calendar of a wall clock, without a zone: which instant a day's time is there is
//! said by `calendar`. Rules by hours, minutes and seconds, of the year's days and weeks are refused, not ignored.

use std::{collections::BTreeSet, fmt, str::FromStr};

use chrono::{DateTime, Datelike, Days, Months, NaiveDate, NaiveDateTime, TimeDelta, Utc, Weekday};
use chrono_tz::Tz;

use crate::domain::calendar::{YEARS, first_instant};

/// The greatest interval, so that no step leaves the calendar.
const MOST_INTERVAL: u32 = 1_000;

/// The longest text that is read.
const MOST_TEXT: usize = 500;

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

impl FromStr for Rule {
    type Err = BadRule;

    /// Reads `FREQ=…;…`, with or without `RRULE:` before it, in any case.
    fn from_str(text: &str) -> Result<Self, BadRule> {
        let text = text.trim().to_ascii_uppercase();
        let text = text.strip_prefix("RRULE:").unwrap_or(&text);
        if text.len() > MOST_TEXT {
            return Err(BadRule::Unreadable);
        }
        let mut rule = Self {
            frequency: Frequency::Daily,
            interval: 1,
            by_day: Vec::new(),
            by_month_day: Vec::new(),
            by_month: Vec::new(),
            by_set_pos: Vec::new(),
            week_starts: Weekday::Mon,
            count: None,
            until: None,
        };
        let mut seen = BTreeSet::new();
        for part in text.split(';').filter(|part| !part.is_empty()) {
            let (name, value) = part.split_once('=').ok_or(BadRule::Unreadable)?;
            if !seen.insert(name) {
                return Err(BadRule::Value(name.to_owned()));
            }
            rule.read(name, value)?;
        }
        if !seen.contains("FREQ") {
            return Err(BadRule::Unreadable);
        }
        rule.agrees_with_itself()?;
        Ok(rule)
    }
}

impl Rule {
    fn read(&mut self, name: &str, value: &str) -> Result<(), BadRule> {
        let bad = || BadRule::Value(name.to_owned());
        match name {
            "FREQ" => {
                self.frequency = match value {
                    "DAILY" => Frequency::Daily,
                    "WEEKLY" => Frequency::Weekly,
                    "MONTHLY" => Frequency::Monthly,
                    "YEARLY" => Frequency::Yearly,
                    _ => return Err(bad()),
                }
            }
            "INTERVAL" => self.interval = number(value, 1, MOST_INTERVAL).ok_or_else(bad)?,
            "COUNT" => self.count = Some(number(value, 1, 100_000).ok_or_else(bad)?),
            "UNTIL" => self.until = Some(until(value).ok_or_else(bad)?),
            "WKST" => self.week_starts = weekday(value).ok_or_else(bad)?,
            "BYMONTH" => self.by_month = list(value, |item| number(item, 1, 12)).ok_or_else(bad)?,
            "BYMONTHDAY" => self.by_month_day = list(value, |item| signed(item, 31)).ok_or_else(bad)?,
            "BYSETPOS" => self.by_set_pos = list(value, |item| signed(item, 366)).ok_or_else(bad)?,
            "BYDAY" => self.by_day = list(value, by_day).ok_or_else(bad)?,
            other => return Err(BadRule::Unsupported(other.chars().take(20).collect())),
        }
        Ok(())
    }

    fn agrees_with_itself(&self) -> Result<(), BadRule> {
        let together = |wrong: bool, one, other| match wrong {
            true => Err(BadRule::Together(one, other)),
            false => Ok(()),
        };
        let has_nth = self.by_day.iter().any(|day| day.nth.is_some());
        let counted = matches!(self.frequency, Frequency::Monthly | Frequency::Yearly);
        let no_days = self.by_day.is_empty() && self.by_month_day.is_empty() && self.by_month.is_empty();
        together(self.count.is_some() && self.until.is_some(), "COUNT", "UNTIL")?;
        together(has_nth && self.frequency == Frequency::Daily, "BYDAY", "FREQ=DAILY")?;
        together(has_nth && !counted, "BYDAY", "FREQ=WEEKLY")?;
        together(
            self.frequency == Frequency::Weekly && !self.by_month_day.is_empty(),
            "BYMONTHDAY",
            "FREQ=WEEKLY",
        )?;
        match !self.by_set_pos.is_empty() && no_days {
            true => Err(BadRule::Value("BYSETPOS".to_owned())),
            false => Ok(()),
        }
    }

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

fn number(text: &str, least: u32, most: u32) -> Option<u32> {
    let is_plain = text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse()
        .ok()
        .filter(|number| is_plain && (least..=most).contains(number))
}

/// From 1 or -1 on.
fn signed(text: &str, most: u32) -> Option<i32> {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => (-1, digits),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    };
    Some(sign * number(digits, 1, most)? as i32)
}

fn list<T>(text: &str, item: impl Fn(&str) -> Option<T>) -> Option<Vec<T>> {
    text.split(',').map(item).collect()
}

fn by_day(text: &str) -> Option<ByDay> {
    let (nth, day) = text.split_at_checked(text.len().checked_sub(2)?)?;
    let nth = match nth {
        "" => None,
        nth => Some(signed(nth, 53)?),
    };
    weekday(day).map(|weekday| ByDay { nth, weekday })
}

/// The days of the week as rules name them, Monday first.
pub const WEEKDAYS: [(&str, Weekday); 7] = [
    ("MO", Weekday::Mon),
    ("TU", Weekday::Tue),
    ("WE", Weekday::Wed),
    ("TH", Weekday::Thu),
    ("FR", Weekday::Fri),
    ("SA", Weekday::Sat),
    ("SU", Weekday::Sun),
];

fn weekday(text: &str) -> Option<Weekday> {
    let found = WEEKDAYS.iter().find(|(name, _)| *name == text);
    found.map(|(_, weekday)| *weekday)
}

fn until(text: &str) -> Option<Until> {
    if let Some(local) = text.strip_suffix('Z') {
        let at = NaiveDateTime::parse_from_str(local, "%Y%m%dT%H%M%S").ok()?;
        return Some(Until::Instant(at.and_utc()));
    }
    let local = NaiveDateTime::parse_from_str(text, "%Y%m%dT%H%M%S").map(Until::Local);
    let day = || NaiveDate::parse_from_str(text, "%Y%m%d").map(Until::Day);
    local.or_else(|_| day()).ok()
}

impl fmt::Display for Rule {
    /// As it is kept: parts in one order, and none that says what is so anyway.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = |weekday: Weekday| WEEKDAYS[weekday.num_days_from_monday() as usize].0;
        f.write_str(match self.frequency {
            Frequency::Daily => "FREQ=DAILY",
            Frequency::Weekly => "FREQ=WEEKLY",
            Frequency::Monthly => "FREQ=MONTHLY",
            Frequency::Yearly => "FREQ=YEARLY",
        })?;
        if self.interval > 1 {
            write!(f, ";INTERVAL={}", self.interval)?;
        }
        write_list(f, "BYMONTH", &self.by_month)?;
        write_list(f, "BYMONTHDAY", &self.by_month_day)?;
        let days = self.by_day.iter().map(|day| match day.nth {
            Some(nth) => format!("{nth}{}", name(day.weekday)),
            None => name(day.weekday).to_owned(),
        });
        write_list(f, "BYDAY", &days.collect::<Vec<_>>())?;
        write_list(f, "BYSETPOS", &self.by_set_pos)?;
        if self.week_starts != Weekday::Mon {
            write!(f, ";WKST={}", name(self.week_starts))?;
        }
        if let Some(count) = self.count {
            write!(f, ";COUNT={count}")?;
        }
        match self.until {
            None => Ok(()),
            Some(Until::Day(day)) => write!(f, ";UNTIL={}", day.format("%Y%m%d")),
            Some(Until::Local(at)) => write!(f, ";UNTIL={}", at.format("%Y%m%dT%H%M%S")),
            Some(Until::Instant(at)) => write!(f, ";UNTIL={}", at.format("%Y%m%dT%H%M%SZ")),
        }
    }
}

fn write_list(f: &mut fmt::Formatter<'_>, name: &str, items: &[impl fmt::Display]) -> fmt::Result {
    for (at, item) in items.iter().enumerate() {
        match at {
            0 => write!(f, ";{name}={item}")?,
            _ => write!(f, ",{item}")?,
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use chrono_tz::{Africa::Casablanca, Europe::Berlin};
    use proptest::prelude::*;

    use super::*;

    fn days(rule: &str, first: &str, last: &str) -> Vec<String> {
        let rule: Rule = rule.parse().unwrap();
        let dates = rule.dates(first.parse().unwrap(), last.parse().unwrap());
        dates.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn days_are_those_of_the_standards_examples() {
        // Each is one of RFC 5545, section 3.8.5.3, which begin on Tuesday 2 September 1997 as a rule.
        for (rule, first, expected) in [
            ("FREQ=DAILY;INTERVAL=10;COUNT=3", "1997-09-02", "09-02 09-12 09-22"),
            ("FREQ=WEEKLY;COUNT=3", "1997-09-02", "09-02 09-09 09-16"),
            (
                "FREQ=WEEKLY;INTERVAL=2;COUNT=5;WKST=SU;BYDAY=TU,TH",
                "1997-09-02",
                "09-02 09-04 09-16 09-18 09-30",
            ),
            (
                "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO",
                "1997-08-05",
                "08-05 08-10 08-19 08-24",
            ),
            (
                "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU",
                "1997-08-05",
                "08-05 08-17 08-19 08-31",
            ),
            ("FREQ=MONTHLY;COUNT=3;BYDAY=1FR", "1997-09-05", "09-05 10-03 11-07"),
            (
                "FREQ=MONTHLY;COUNT=4;BYDAY=-2MO",
                "1997-09-22",
                "09-22 10-20 11-17 12-22",
            ),
            ("FREQ=MONTHLY;COUNT=3;BYMONTHDAY=-3", "1997-09-28", "09-28 10-29 11-28"),
            (
                "FREQ=MONTHLY;COUNT=4;BYMONTHDAY=2,15",
                "1997-09-02",
                "09-02 09-15 10-02 10-15",
            ),
            (
                "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13;COUNT=2",
                "1998-02-13",
                "02-13 03-13",
            ),
            (
                "FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3",
                "1997-09-04",
                "09-04 10-07 11-06",
            ),
            (
                "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2;COUNT=3",
                "1997-09-29",
                "09-29 10-30 11-27",
            ),
            ("FREQ=MONTHLY;COUNT=3", "1997-10-31", "10-31 12-31 01-31"),
            ("FREQ=YEARLY;COUNT=3;BYMONTH=6,7", "1997-06-10", "06-10 07-10 06-10"),
            ("FREQ=YEARLY;BYDAY=20MO;COUNT=2", "1997-05-19", "05-19 05-18"),
            (
                "FREQ=YEARLY;BYMONTH=3;BYDAY=TH;COUNT=3",
                "1997-03-13",
                "03-13 03-20 03-27",
            ),
            ("FREQ=YEARLY;COUNT=2", "1996-02-29", "02-29 02-29"),
        ] {
            let found = days(rule, first, "2005-01-01");
            let found: Vec<_> = found.iter().map(|day| &day[5..]).collect();
            assert_eq!(found.join(" "), expected, "{rule}");
        }
    }

    #[test]
    fn what_can_not_be_followed_is_refused_with_its_name() {
        let wrong = |text: &str| text.parse::<Rule>().unwrap_err();
        for text in ["", "every day", "COUNT=3", "FREQ", "RRULE:"] {
            assert_eq!(wrong(text), BadRule::Unreadable, "{text}");
        }
        assert_eq!(wrong("FREQ=DAILY;BYHOUR=3"), BadRule::Unsupported("BYHOUR".to_owned()));
        assert_eq!(wrong("FREQ=HOURLY"), BadRule::Value("FREQ".to_owned()));
        assert_eq!(wrong("FREQ=DAILY;FREQ=DAILY"), BadRule::Value("FREQ".to_owned()));
        for part in [
            "INTERVAL=0",
            "INTERVAL=-1",
            "INTERVAL=+2",
            "COUNT=0",
            "COUNT=",
            "UNTIL=soon",
            "BYDAY=XX",
            "BYDAY=0MO",
            "BYDAY=54MO",
            "BYDAY=ü",
            "BYMONTH=13",
            "BYMONTHDAY=32",
            "BYMONTHDAY=-0",
            "BYSETPOS=1",
        ] {
            let name = part.split('=').next().unwrap();
            assert_eq!(
                wrong(&format!("FREQ=MONTHLY;{part}")),
                BadRule::Value(name.to_owned()),
                "{part}"
            );
        }
        assert_eq!(
            wrong("FREQ=DAILY;COUNT=2;UNTIL=20260101"),
            BadRule::Together("COUNT", "UNTIL")
        );
        assert_eq!(
            wrong("FREQ=WEEKLY;BYDAY=1MO"),
            BadRule::Together("BYDAY", "FREQ=WEEKLY")
        );
    }

    fn times(rule: &str, first: &str, zone: Tz, from: &str, to: &str) -> Vec<String> {
        let rule: Rule = rule.parse().unwrap();
        let found = rule.instants(first.parse().unwrap(), zone, from.parse().unwrap(), to.parse().unwrap());
        found.iter().map(|at| at.format("%d %H:%M").to_string()).collect()
    }

    #[test]
    fn work_at_night_keeps_its_time_on_the_wall_when_clocks_are_changed() {
        let nightly = |from, to| times("FREQ=DAILY", "2026-01-01T02:30:00", Berlin, from, to);
        // On the 29th the clock goes from 02:00 to 03:00: it begins when the clock goes on.
        let spring = nightly("2026-03-27T12:00:00Z", "2026-03-30T12:00:00Z");
        assert_eq!(spring, ["28 01:30", "29 01:00", "30 00:30"]);
        // On the 25th it shows 02:30 twice: once.
        let autumn = nightly("2026-10-23T12:00:00Z", "2026-10-26T12:00:00Z");
        assert_eq!(autumn, ["24 00:30", "25 00:30", "26 01:30"]);
        // In Ramadan clocks in Morocco are an hour back.
        let ramadan = times(
            "FREQ=WEEKLY",
            "2026-02-13T03:00:00",
            Casablanca,
            "2026-02-10T00:00:00Z",
            "2026-02-28T00:00:00Z",
        );
        assert_eq!(ramadan, ["13 02:00", "20 03:00", "27 03:00"]);
    }

    #[test]
    fn an_end_is_a_day_a_time_on_the_wall_or_an_instant() {
        let count = |end: &str| {
            let rule = format!("FREQ=DAILY;{end}");
            times(
                &rule,
                "2026-06-01T02:00:00",
                Berlin,
                "2026-01-01T00:00:00Z",
                "2027-01-01T00:00:00Z",
            )
            .len()
        };
        assert_eq!(count("UNTIL=20260603"), 3);
        assert_eq!(count("UNTIL=20260603T020000"), 3);
        assert_eq!(count("UNTIL=20260603T015959"), 2);
        assert_eq!(count("UNTIL=20260603T000000Z"), 3);
        assert_eq!(count("UNTIL=20260602T235959Z"), 2);
        assert_eq!(count("COUNT=7"), 7);
        assert_eq!(count("BYMONTH=2;BYMONTHDAY=30"), 0, "and it ends");
    }

    fn any_rule() -> impl Strategy<Value = String> {
        let part = prop::sample::select(vec![
            "INTERVAL=2",
            "INTERVAL=1000",
            "BYDAY=MO,FR",
            "BYMONTH=2,11",
            "BYMONTHDAY=29,-1",
            "BYSETPOS=-1",
            "COUNT=5",
            "UNTIL=20281231",
            "WKST=SU",
        ]);
        let frequency = prop::sample::select(vec!["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]);
        (frequency, prop::collection::vec(part, 0..4)).prop_map(|(frequency, parts)| {
            std::iter::once(format!("FREQ={frequency}"))
                .chain(parts.into_iter().map(str::to_owned))
                .collect::<Vec<_>>()
                .join(";")
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn a_rule_is_kept_as_it_is_meant_and_pieces_of_time_are_the_whole(
            text in any_rule(),
            first in 0..2_000_u64,
            cut in 0..1_000_i64,
        ) {
            let Ok(rule) = text.parse::<Rule>() else { return Ok(()) };
            prop_assert_eq!(rule.to_string().parse::<Rule>().unwrap(), rule.clone());
            let begin: NaiveDate = "2024-01-01".parse().unwrap();
            let first = (begin + Days::new(first)).and_hms_opt(2, 30, 0).unwrap();
            let from: DateTime<Utc> = "2026-01-01T00:00:00Z".parse().unwrap();
            let (cut, to) = (from + TimeDelta::days(cut), from + TimeDelta::days(1_000));
            let of = |from, to| rule.instants(first, Berlin, from, to);
            let whole = of(from, to);
            prop_assert!(whole.is_sorted_by(|a, b| a < b));
            prop_assert_eq!(whole, [of(from, cut), of(cut, to)].concat());
        }
    }
}
