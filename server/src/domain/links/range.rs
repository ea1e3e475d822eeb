//! Any range of time, as somebody types its two ends: what is one, and why something is none.
//!
//! And which earlier one it is compared with. Which ranges are a click away, and in which words all that is told, is
//! the page's.

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;

use super::slot::Slot;
use crate::domain::{
    calendar::{
        self,
        local::{self, NoMoment},
    },
    sla::intervals::Interval,
    typed::{Checks, Rejected},
};

const SHORTEST: TimeDelta = TimeDelta::hours(1);

/// Ten years, leap days and all.
const LONGEST: TimeDelta = TimeDelta::days(3_653);

/// The earlier range that one is compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Compare {
    /// The one of the same length that ends where this begins.
    Before,
    /// 52 weeks before, so that weekdays match.
    Year,
}

impl Compare {
    /// How many slots earlier it begins than `range`.
    ///
    /// From there on both run evenly, and are compared by what they are from their begin. A year ago begins at the same
    /// time on the clock in `zone`. Where the clock is changed within one of the two, or between a range and the one
    /// before it, they show times that are an hour apart: the alternative would be an hour that has nothing to be
    /// compared with.
    pub fn slots(self, range: Interval, zone: Tz) -> i64 {
        let seconds = match self {
            Self::Before => range.seconds(),
            Self::Year => {
                let begin = DateTime::from_timestamp(range.start(), 0).unwrap_or_default();
                let local = begin.with_timezone(&zone).naive_local() - TimeDelta::weeks(52);
                range.start() - calendar::first_instant(local, zone).timestamp()
            }
        };
        seconds.div_euclid(Slot::SECONDS)
    }
}

/// Why no range was chosen, by the field that says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    NotATime,
    OutOfRange,
    Future,
    Backwards,
    TooShort,
    TooLong,
}

impl From<NoMoment> for Reason {
    fn from(no: NoMoment) -> Self {
        match no {
            NoMoment::OutOfRange => Self::OutOfRange,
            _ => Self::NotATime,
        }
    }
}

/// From the first moment to the last, which is no later than the end of the slot that runs: what comes after today is
/// not taken, but today need not be over.
///
/// # Errors
/// What is wrong with `from` and `to`, by their names.
pub fn chosen(
    from: &str,
    to: &str,
    zone: Tz,
    now: DateTime<Utc>,
) -> Result<(DateTime<Utc>, DateTime<Utc>), Rejected<Reason>> {
    let mut checks = Checks::default();
    let from = checks.keep("from", moment(from, zone, Interval::start));
    let to = checks.keep("to", moment(to, zone, Interval::end));
    let (Some(from), Some(to)) = (from, to) else {
        return Err(checks.rejected());
    };
    let today = calendar::day(calendar::day_at(now, zone), zone);
    if from >= now {
        checks.reject("from", Reason::Future);
    }
    if to.timestamp() > today.end() {
        checks.reject("to", Reason::Future);
    } else if to <= from {
        checks.reject("to", Reason::Backwards);
    } else if to - from < SHORTEST {
        checks.reject("to", Reason::TooShort);
    } else if to - from > LONGEST {
        checks.reject("from", Reason::TooLong);
    }
    match checks.rejected() {
        Rejected(wrong) if wrong.is_empty() => Ok((from, to.min(Slot::from_instant(now).end()))),
        rejected => Err(rejected),
    }
}

/// A day's first or last moment, a moment in UTC where that is said, or else the first at which the clock in `zone`
/// shows what was typed.
///
/// # Errors
/// [`Reason::NotATime`], [`Reason::OutOfRange`].
pub fn moment(typed: &str, zone: Tz, edge: fn(Interval) -> i64) -> Result<DateTime<Utc>, Reason> {
    if let Some(day) = local::day(typed) {
        return DateTime::from_timestamp(edge(calendar::day(day, zone)), 0).ok_or(Reason::OutOfRange);
    }
    match typed.trim().strip_suffix('Z') {
        Some(utc) => Ok(local::first_moment(utc, Tz::UTC)?),
        None => Ok(local::first_moment(typed, zone)?),
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeZone;
    use chrono_tz::Europe::Berlin;

    use super::*;

    fn now() -> DateTime<Utc> {
        Utc.with_ymd_and_hms(2026, 11, 21, 12, 2, 0).unwrap()
    }

    fn read(from: &str, to: &str) -> Result<[String; 2], Vec<(&'static str, Reason)>> {
        chosen(from, to, Berlin, now())
            .map(|(from, to)| [from, to].map(|at| at.format("%Y-%m-%dT%H:%M").to_string()))
            .map_err(|Rejected(wrong)| wrong)
    }

    #[test]
    fn a_range_is_what_the_clock_of_the_zone_shows_also_where_it_is_changed() {
        let is = |from: &str, to: &str, [first, last]: [&str; 2]| {
            assert_eq!(read(from, to), Ok([first.to_owned(), last.to_owned()]), "{from} {to}");
        };
        is("2026-03-29", "2026-03-29", ["2026-03-28T23:00", "2026-03-29T22:00"]);
        is("2026-10-25", "2026-10-25", ["2026-10-24T22:00", "2026-10-25T23:00"]);
        is(
            "2026-03-29T02:30",
            "2026-03-29T05:00",
            ["2026-03-29T01:00", "2026-03-29T03:00"],
        );
        is(
            "2026-10-25T02:30",
            "2026-10-25T04:00",
            ["2026-10-25T00:30", "2026-10-25T03:00"],
        );
        is(
            "2026-10-25T01:30Z",
            "2026-10-25T04:00Z",
            ["2026-10-25T01:30", "2026-10-25T04:00"],
        );
        is("2026-11-21", "2026-11-21", ["2026-11-20T23:00", "2026-11-21T12:05"]);
    }

    #[test]
    fn a_year_ago_is_the_same_weekday_and_time_on_the_clock() {
        let ago = |range: Interval| {
            let begin = range.start() - Compare::Year.slots(range, Berlin) * Slot::SECONDS;
            let begin = DateTime::from_timestamp(begin, 0).unwrap().with_timezone(&Berlin);
            begin.format("%a %Y-%m-%dT%H:%M").to_string()
        };
        let at = |month, day, hour| Utc.with_ymd_and_hms(2026, month, day, hour, 35, 0).unwrap();
        let week = |from| Interval::between(from, from + TimeDelta::days(7));
        assert_eq!(ago(week(at(5, 4, 7))), "Mon 2025-05-05T09:35");
        // Winter time began on 26 October in 2025, and on the 25th in 2026; summer time on 30 and 29 March.
        assert_eq!(ago(week(at(10, 25, 10))), "Sun 2025-10-26T11:35");
        assert_eq!(ago(week(at(10, 24, 22))), "Sun 2025-10-26T00:35");
        assert_eq!(ago(week(at(10, 25, 0))), "Sun 2025-10-26T02:35");
        assert_eq!(ago(week(at(3, 29, 10))), "Sun 2025-03-30T12:35");
        assert_eq!(ago(week(at(3, 29, 0))), "Sun 2025-03-30T01:35");
    }

    #[test]
    fn the_range_before_ends_where_the_range_begins() {
        let range = Interval::new(2_000_100, 2_000_100 + 745 * 3_600);
        assert_eq!(Compare::Before.slots(range, Berlin) * Slot::SECONDS, range.seconds());
    }

    #[test]
    fn what_is_no_range_is_told_by_its_field() {
        use Reason::*;
        for (from, to, wrong) in [
            ("", "2026-01-01", ("from", NotATime)),
            ("2026-01-01", "soon", ("to", NotATime)),
            ("1969-12-31T10:00", "1970-01-02", ("from", OutOfRange)),
            ("2026-01-01", "10000-01-01T00:00", ("to", NotATime)),
            ("2026-11-01", "2026-11-22", ("to", Future)),
            ("2026-11-21T14:00", "2026-11-21T15:00", ("from", Future)),
            ("2026-11-02", "2026-11-01", ("to", Backwards)),
            ("2026-11-02T10:00", "2026-11-02T10:59", ("to", TooShort)),
            ("2016-11-01", "2026-11-21", ("from", TooLong)),
        ] {
            assert_eq!(read(from, to), Err(vec![wrong]), "{from} {to}");
        }
    }
}
