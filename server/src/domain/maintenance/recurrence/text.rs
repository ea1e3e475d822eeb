//! Recurrence rules as text: read part by part, and written in one order.

use std::{collections::BTreeSet, fmt, str::FromStr};

use chrono::{NaiveDate, NaiveDateTime, Weekday};

use super::{BadRule, ByDay, Frequency, Rule, Until};

/// The greatest interval, so that no step leaves the calendar.
const MOST_INTERVAL: u32 = 1_000;

/// The longest text that is read.
const MOST_TEXT: usize = 500;

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
