//! When a schedule is due: a time of day on some days of the week, on the wall clock of a zone.
//!
//! Where the clock is put forward over the time, it is due at the first moment after the gap; where the clock shows it
//! twice, at the first of the two. So it is due once on each of its days.

use chrono::{DateTime, Datelike, Days, NaiveTime, Utc};
use chrono_tz::Tz;
use entity::schedule;

use crate::domain::calendar::{day_at, first_instant};

/// Days that are looked through for the next one. A week would do, but for days that zones skip.
const LOOKED_THROUGH: u64 = 16;

/// All days of the week.
pub const EVERY_DAY: i32 = 127;

/// A time of day on some days of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Times {
    /// Minutes since midnight, 0 to 1439.
    pub minute: i32,
    /// One bit a day, Monday the lowest: 1 to 127.
    pub weekdays: i32,
    pub zone: Tz,
}

impl Times {
    /// Those of a row. A zone that this version does not know is UTC.
    #[must_use]
    pub fn of(row: &schedule::Model) -> Self {
        Self {
            minute: row.minute,
            weekdays: row.weekdays,
            zone: row.zone.parse().unwrap_or(Tz::UTC),
        }
    }

    /// The first moment after `after` at which it is due; none where no day is chosen.
    #[must_use]
    pub fn next(&self, after: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let seconds = u32::try_from(self.minute).ok()?.checked_mul(60)?;
        let time = NaiveTime::from_num_seconds_from_midnight_opt(seconds, 0)?;
        let today = day_at(after, self.zone);
        let days = (0..LOOKED_THROUGH).filter_map(|ahead| today.checked_add_days(Days::new(ahead)));
        days.filter(|day| self.weekdays & (1 << day.weekday().num_days_from_monday()) != 0)
            .map(|day| first_instant(day.and_time(time), self.zone))
            .find(|at| *at > after)
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use chrono_tz::{Europe::Berlin, TZ_VARIANTS};
    use proptest::prelude::*;

    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn times(minute: i32, weekdays: i32) -> Times {
        Times {
            minute,
            weekdays,
            zone: Berlin,
        }
    }

    #[test]
    fn the_next_time_is_on_the_next_of_its_days() {
        // Sunday 22 November 2026; Berlin is an hour ahead.
        let now = at("2026-11-22T02:00:00Z");
        let next = |minute, weekdays| times(minute, weekdays).next(now).unwrap().to_rfc3339();
        assert_eq!(next(4 * 60, EVERY_DAY), "2026-11-22T03:00:00+00:00");
        assert_eq!(
            next(3 * 60, EVERY_DAY),
            "2026-11-23T02:00:00+00:00",
            "now itself is over"
        );
        assert_eq!(next(3 * 60 + 30, 0b000_0001), "2026-11-23T02:30:00+00:00", "Monday");
        assert_eq!(
            next(0, 0b010_0000),
            "2026-11-27T23:00:00+00:00",
            "Saturday's first minute"
        );
        assert_eq!(times(0, 0).next(now), None);
    }

    #[test]
    fn an_hour_that_is_skipped_is_its_end_and_one_that_comes_twice_the_first() {
        let half_past_two = times(2 * 60 + 30, EVERY_DAY);
        let skipped = half_past_two.next(at("2026-03-28T12:00:00Z")).unwrap();
        assert_eq!(skipped.to_rfc3339(), "2026-03-29T01:00:00+00:00");
        assert_eq!(
            half_past_two.next(skipped).unwrap().to_rfc3339(),
            "2026-03-30T00:30:00+00:00"
        );
        let twice = half_past_two.next(at("2026-10-24T12:00:00Z")).unwrap();
        assert_eq!(twice.to_rfc3339(), "2026-10-25T00:30:00+00:00");
        let after = half_past_two.next(twice).unwrap();
        assert_eq!(
            after.to_rfc3339(),
            "2026-10-26T01:30:00+00:00",
            "not an hour later once more"
        );
    }

    proptest! {
        #[test]
        fn it_is_due_once_a_day_in_every_zone(
            zone in prop::sample::select(TZ_VARIANTS.to_vec()),
            minute in 0..1440,
            start in 1_500_000_000_i64..1_900_000_000,
        ) {
            let times = Times { minute, weekdays: EVERY_DAY, zone };
            let mut at = DateTime::from_timestamp(start, 0).unwrap();
            let mut days = Vec::new();
            for _ in 0..10 {
                let next = times.next(at).unwrap();
                prop_assert!(next > at && next - at <= TimeDelta::hours(72));
                days.push(day_at(next, zone));
                at = next;
            }
            let mut once = days.clone();
            once.dedup();
            prop_assert_eq!(once, days);
        }
    }
}
