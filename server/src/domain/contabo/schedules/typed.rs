//! A schedule as it is typed.

use chrono::{NaiveTime, Timelike};
use chrono_tz::Tz;
use entity::schedule::Scheduled;

use super::{
    ALL, name,
    times::{EVERY_DAY, Times},
};
use crate::domain::{
    maintenance::recurrence::WEEKDAYS,
    typed::{Checks, Rejected, Typed},
};

/// The most snapshots that one can keep.
const MOST: i32 = 50;

/// What is done when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plan {
    pub what: Scheduled,
    /// How many snapshots are kept; 0 where none are taken.
    pub keep: i32,
    pub times: Times,
}

/// What may be wrong with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    NotAChoice,
    /// Not as `03:30`.
    NotATime,
    /// Not a whole number from 1.
    NotANumber,
    /// There may be no more than so many snapshots, and one more than are kept is there while the next is taken.
    TooManyKept(i32),
    /// There may be no more than so many schedules of a server.
    TooMany(usize),
}

/// From the fields `what`, `keep`, `time`, `days` and `zone`. No day ticked: every day.
///
/// # Errors
/// What can't be taken, by field.
pub fn read(typed: &Typed) -> Result<Plan, Rejected<Reason>> {
    let mut checks = Checks::default();
    let what = ALL.into_iter().find(|what| name(*what) == typed.get("what"));
    let what = checks.keep("what", what.ok_or(Reason::NotAChoice));
    let keep = match what {
        Some(Scheduled::Snapshots) => checks.keep("keep", number(typed.get("keep"))),
        _ => Some(0),
    };
    let time = ["%H:%M", "%H:%M:%S"]
        .iter()
        .find_map(|form| NaiveTime::parse_from_str(typed.get("time"), form).ok());
    let time = checks.keep("time", time.ok_or(Reason::NotATime));
    let weekdays = typed.all("days").iter().try_fold(0, |all, day| {
        let at = WEEKDAYS.iter().position(|(known, _)| known == day);
        at.map(|at| all | 1 << at).ok_or(Reason::NotAChoice)
    });
    let weekdays = checks.keep("days", weekdays);
    let zone = typed.get("zone").parse::<Tz>().map_err(|_| Reason::NotAChoice);
    let zone = checks.keep("zone", zone);
    match (what, keep, time, weekdays, zone) {
        (Some(what), Some(keep), Some(time), Some(weekdays), Some(zone)) => Ok(Plan {
            what,
            keep,
            times: Times {
                // Below 1440.
                minute: (time.hour() * 60 + time.minute()).cast_signed(),
                weekdays: if weekdays == 0 { EVERY_DAY } else { weekdays },
                zone,
            },
        }),
        _ => Err(checks.rejected()),
    }
}

fn number(typed: &str) -> Result<i32, Reason> {
    let number = typed.parse().ok().filter(|number| (1..=MOST).contains(number));
    number.ok_or(Reason::NotANumber)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(pairs: &[(&str, &str)]) -> Result<Plan, Rejected<Reason>> {
        read(&Typed::new(
            pairs
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned())),
        ))
    }

    #[test]
    fn a_schedule_is_read_and_what_is_wrong_is_named() {
        let plan = typed(&[
            ("what", "snapshots"),
            ("keep", "3"),
            ("time", "03:30"),
            ("days", "MO"),
            ("days", "SU"),
            ("zone", "Europe/Berlin"),
        ])
        .unwrap();
        assert_eq!((plan.what, plan.keep), (Scheduled::Snapshots, 3));
        assert_eq!((plan.times.minute, plan.times.weekdays), (210, 0b100_0001));
        let plan = typed(&[("what", "stop"), ("keep", "x"), ("time", "23:59"), ("zone", "UTC")]).unwrap();
        assert_eq!(
            (plan.keep, plan.times.weekdays),
            (0, EVERY_DAY),
            "what is not asked for is not looked at"
        );
        let wrong = typed(&[
            ("what", "reinstall"),
            ("time", "25:00"),
            ("days", "XX"),
            ("zone", "Mars"),
        ])
        .unwrap_err();
        let fields: Vec<_> = wrong.0.iter().map(|(field, _)| *field).collect();
        assert_eq!(fields, ["what", "time", "days", "zone"]);
        let wrong = typed(&[("what", "snapshots"), ("keep", "0"), ("time", "1:00"), ("zone", "UTC")]).unwrap_err();
        assert_eq!(wrong.0, [("keep", Reason::NotANumber)]);
    }
}
