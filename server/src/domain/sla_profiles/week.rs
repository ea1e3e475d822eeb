//! A week of service hours: from what staff type for each day to what is kept, and back.
//!
//! Which seconds of a month these hours are is calculated in `calendar`.

use serde_json::{Value, json};

/// Minutes of a day.
const DAY: u16 = 24 * 60;

/// The hours of one day as minutes since its midnight, apart and in order.
type Day = Vec<(u16, u16)>;

/// Service hours on the wall clock, in at least one day of the week.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Week([Day; 7]);

/// Hours that can't be meant.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadWeek {
    /// Neither hours as `08:00–18:00`, nor several of them with commas between.
    #[error("not hours written as 08:00–18:00")]
    NotHours,
    /// They end before they begin, or at once.
    #[error("hours that end before they begin")]
    Backwards,
    /// No day has any.
    #[error("no hours in the whole week")]
    Empty,
}

impl Week {
    /// Monday first.
    ///
    /// # Errors
    /// [`BadWeek::Empty`].
    pub fn new(days: [Day; 7]) -> Result<Self, BadWeek> {
        if days.iter().all(Vec::is_empty) {
            Err(BadWeek::Empty)
        } else {
            Ok(Self(days))
        }
    }

    /// From what is kept, as `sla::terms` reads it. None for what no version of this program wrote.
    #[must_use]
    pub fn from_kept(kept: &Value) -> Option<Self> {
        serde_json::from_value::<Vec<Day>>(kept.clone())
            .ok()?
            .try_into()
            .ok()
            .map(Self)
    }

    /// What is kept: seven lists, Monday's first, of `[from, to]`.
    #[must_use]
    pub fn to_kept(&self) -> Value {
        json!(self.0)
    }

    /// Each day as it would be typed, Monday first; empty where there are no hours.
    #[must_use]
    pub fn to_typed(&self) -> [String; 7] {
        self.0.each_ref().map(|day| {
            let spans = day.iter().map(|(from, to)| format!("{}–{}", time(*from), time(*to)));
            spans.collect::<Vec<_>>().join(", ")
        })
    }
}

fn time(minute: u16) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

/// The hours of one day: `08:00–18:00`, `8-12, 13-17:30`, `always`; nothing typed: none. What overlaps is merged.
///
/// # Errors
/// [`BadWeek::NotHours`], [`BadWeek::Backwards`].
pub fn day(typed: &str) -> Result<Day, BadWeek> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(Vec::new());
    }
    if typed.eq_ignore_ascii_case("always") {
        return Ok(vec![(0, DAY)]);
    }
    let mut spans = typed.split([',', ';']).map(span).collect::<Result<Day, _>>()?;
    spans.sort_unstable();
    let mut merged: Day = Vec::with_capacity(spans.len());
    for (from, to) in spans {
        match merged.last_mut() {
            Some(last) if from <= last.1 => last.1 = last.1.max(to),
            _ => merged.push((from, to)),
        }
    }
    Ok(merged)
}

fn span(typed: &str) -> Result<(u16, u16), BadWeek> {
    let (from, to) = typed.split_once(['-', '–', '—']).ok_or(BadWeek::NotHours)?;
    let (from, to) = (minute(from)?, minute(to)?);
    if from < to {
        Ok((from, to))
    } else {
        Err(BadWeek::Backwards)
    }
}

fn minute(typed: &str) -> Result<u16, BadWeek> {
    let (hours, minutes) = typed.trim().split_once([':', '.']).unwrap_or((typed.trim(), "00"));
    let digits = |part: &str, lengths: std::ops::RangeInclusive<usize>| {
        lengths.contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    if !digits(hours, 1..=2) || !digits(minutes, 2..=2) {
        return Err(BadWeek::NotHours);
    }
    let (hours, minutes): (u16, u16) = (
        hours.parse().map_err(|_| BadWeek::NotHours)?,
        minutes.parse().map_err(|_| BadWeek::NotHours)?,
    );
    let minute = hours * 60 + minutes;
    if minutes < 60 && minute <= DAY {
        Ok(minute)
    } else {
        Err(BadWeek::NotHours)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::sla::terms;

    #[test]
    fn hours_are_read_as_people_write_them() {
        assert_eq!(day("08:00–18:00"), Ok(vec![(480, 1080)]));
        assert_eq!(day("13-17.30; 8-12"), Ok(vec![(480, 720), (780, 1050)]));
        assert_eq!(day("8-12, 12-14, 13-15"), Ok(vec![(480, 900)]));
        assert_eq!(day("0-24"), day("Always"));
        assert_eq!(day("  "), Ok(vec![]));
        for typed in ["8", "8-25", "8:5-9", "8:60-9", "a-b", "8-9-", "24:01-24:02", "+8-9"] {
            assert_eq!(day(typed), Err(BadWeek::NotHours), "{typed}");
        }
        assert_eq!(day("22-6"), Err(BadWeek::Backwards));
        assert_eq!(day("8-8"), Err(BadWeek::Backwards));
    }

    #[test]
    fn a_week_is_kept_and_typed_back_without_loss() {
        let mut days: [Day; 7] = Default::default();
        assert_eq!(Week::new(days.clone()), Err(BadWeek::Empty));
        days[0] = day("8-12, 13-17:30").unwrap();
        days[6] = day("always").unwrap();
        let week = Week::new(days).unwrap();
        assert_eq!(Week::from_kept(&week.to_kept()), Some(week.clone()));
        assert!(terms::service_hours(Some(&week.to_kept())).is_some());
        let typed = week.to_typed();
        assert_eq!((typed[0].as_str(), typed[1].as_str()), ("08:00–12:00, 13:00–17:30", ""));
        assert_eq!(typed.each_ref().map(|text| day(text).unwrap()), week.0);
    }
}
