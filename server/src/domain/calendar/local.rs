//! One moment on a wall clock, as somebody types it into a form, as the instant that it is.
//!
//! Where the clock is changed there may be none or two: then nobody is helped by a guess, and the reason is told.

use chrono::{DateTime, Datelike, LocalResult, NaiveDate, NaiveDateTime, TimeZone, Utc};
use chrono_tz::Tz;

use super::YEARS;

/// No one moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoMoment {
    /// Not a date and time as `2026-11-21T09:30`.
    #[error("not a date and time")]
    Unreadable,
    /// Of no year in [`YEARS`].
    #[error("not within the years 1970 to 9999")]
    OutOfRange,
    /// The clock is put forward over it: it then shows `then` at once.
    #[error("the clock is put forward over this time")]
    Skipped {
        /// The first time that the clock shows after the gap.
        then: NaiveDateTime,
    },
    /// The clock is put back, and shows it twice: at these instants.
    #[error("the clock shows this time twice")]
    Twice {
        /// The earlier one.
        first: DateTime<Utc>,
        /// The later one.
        second: DateTime<Utc>,
    },
}

/// What was typed of a wall clock, as browsers send it.
///
/// # Errors
/// [`NoMoment::Unreadable`], [`NoMoment::OutOfRange`].
pub fn read(typed: &str) -> Result<NaiveDateTime, NoMoment> {
    let local = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"]
        .iter()
        .find_map(|form| NaiveDateTime::parse_from_str(typed.trim(), form).ok())
        .ok_or(NoMoment::Unreadable)?;
    match YEARS.contains(&local.year()) {
        true => Ok(local),
        false => Err(NoMoment::OutOfRange),
    }
}

/// The instant at which a wall clock in `zone` shows what was typed.
///
/// # Errors
/// Any [`NoMoment`].
pub fn moment(typed: &str, zone: Tz) -> Result<DateTime<Utc>, NoMoment> {
    let local = read(typed)?;
    match zone.from_local_datetime(&local) {
        LocalResult::Single(at) => kept(at.to_utc()),
        LocalResult::Ambiguous(first, second) => Err(NoMoment::Twice {
            first: first.to_utc(),
            second: second.to_utc(),
        }),
        LocalResult::None => {
            let then = super::first_instant(local, zone).with_timezone(&zone).naive_local();
            Err(NoMoment::Skipped { then })
        }
    }
}

/// As [`moment`], but an hour that comes twice is the first, and one that is skipped the moment after the gap.
///
/// # Errors
/// [`NoMoment::Unreadable`], [`NoMoment::OutOfRange`].
pub fn first_moment(typed: &str, zone: Tz) -> Result<DateTime<Utc>, NoMoment> {
    kept(super::first_instant(read(typed)?, zone))
}

/// The day that was typed, as browsers send it; none for what is no day of [`YEARS`].
#[must_use]
pub fn day(typed: &str) -> Option<NaiveDate> {
    let day = NaiveDate::parse_from_str(typed.trim(), "%Y-%m-%d").ok();
    day.filter(|day| YEARS.contains(&day.year()))
}

/// The year in UTC may be another than on the wall clock.
fn kept(at: DateTime<Utc>) -> Result<DateTime<Utc>, NoMoment> {
    match YEARS.contains(&at.year()) {
        true => Ok(at),
        false => Err(NoMoment::OutOfRange),
    }
}

/// What a browser's date-time field shows for `at` in `zone`.
#[must_use]
pub fn typed(at: DateTime<Utc>, zone: Tz) -> String {
    at.with_timezone(&zone).format("%Y-%m-%dT%H:%M").to_string()
}

#[cfg(test)]
mod tests {
    use chrono_tz::Europe::Berlin;

    use super::*;

    #[test]
    fn a_moment_is_what_the_wall_clock_of_the_zone_shows() {
        let at = moment("2026-07-01T09:30", Berlin).unwrap();
        assert_eq!(at.to_rfc3339(), "2026-07-01T07:30:00+00:00");
        assert_eq!(typed(at, Berlin), "2026-07-01T09:30");
        assert_eq!(moment("1 July", Berlin), Err(NoMoment::Unreadable));
        assert_eq!(moment("2026-02-30T09:30", Berlin), Err(NoMoment::Unreadable));
    }

    #[test]
    fn no_year_is_taken_that_not_every_database_keeps() {
        for typed in ["1970-01-02T00:00", "9999-12-31T12:00"] {
            assert!(
                moment(typed, Berlin).is_ok() && first_moment(typed, Berlin).is_ok(),
                "{typed}"
            );
        }
        for typed in [
            "1969-12-31T12:00",
            "0001-01-01T00:00",
            "-0044-03-15T12:00",
            "+10000-01-01T00:00",
            "+262142-12-31T23:59",
            "-262143-01-01T00:00",
        ] {
            assert_eq!(moment(typed, Berlin), Err(NoMoment::OutOfRange), "{typed}");
            assert_eq!(first_moment(typed, Berlin), Err(NoMoment::OutOfRange), "{typed}");
            assert_eq!(day(&typed[..typed.len() - 6]), None, "{typed}");
        }
        // In UTC it is another year by then.
        let new_york = chrono_tz::America::New_York;
        assert_eq!(moment("9999-12-31T23:00", new_york), Err(NoMoment::OutOfRange));
        assert_eq!(moment("1970-01-01T00:30", Berlin), Err(NoMoment::OutOfRange));
        assert_eq!(day("9999-12-31").map(|day| day.year()), Some(9999));
        assert_eq!(day("soon"), None);
    }

    #[test]
    fn a_skipped_hour_says_where_the_clock_goes_on() {
        let then = "2026-03-29T03:00:00".parse().unwrap();
        assert_eq!(moment("2026-03-29T02:30", Berlin), Err(NoMoment::Skipped { then }));
    }

    #[test]
    fn an_hour_that_comes_twice_names_both_instants() {
        let Err(NoMoment::Twice { first, second }) = moment("2026-10-25T02:30", Berlin) else {
            panic!("it comes twice");
        };
        assert_eq!((second - first).num_hours(), 1);
        assert_eq!(first.to_rfc3339(), "2026-10-25T00:30:00+00:00");
    }
}
