//! The time axis: ticks at round wall-clock times of a zone, also on the days when its clock changes.

use chrono::{DateTime, Datelike, Days, Months, NaiveDateTime, NaiveTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;

use super::super::time::format;
use crate::t;

/// One tick.
#[derive(Clone, Debug, PartialEq)]
pub struct TimeTick {
    pub at: DateTime<Utc>,
    pub label: String,
    /// May be left out where there is little room.
    pub minor: bool,
}

/// How far ticks are apart.
#[derive(Clone, Copy)]
enum Step {
    Hours(u32),
    Days(u64),
    /// From January on.
    Months(u32),
}

/// Ticks between `from` and `to` at a density that fits a width of about 800.
pub(super) fn ticks(from: DateTime<Utc>, to: DateTime<Utc>, zone: Tz) -> Vec<TimeTick> {
    let span = to - from;
    let step = if span <= TimeDelta::hours(8) {
        Step::Hours(1)
    } else if span <= TimeDelta::hours(30) {
        Step::Hours(3)
    } else if span <= TimeDelta::days(3) {
        Step::Hours(12)
    } else if span <= TimeDelta::days(10) {
        Step::Days(1)
    } else if span <= TimeDelta::days(45) {
        Step::Days(4)
    } else if span <= TimeDelta::days(100) {
        Step::Days(14)
    } else if span <= TimeDelta::days(400) {
        Step::Months(1)
    } else if span <= TimeDelta::days(3 * 366) {
        Step::Months(3)
    } else {
        Step::Months(12)
    };
    let mut ticks = Vec::new();
    let mut day = from.with_timezone(&zone).date_naive();
    let last = to.with_timezone(&zone).date_naive();
    while day <= last {
        match step {
            Step::Hours(hours) => {
                for hour in (0..24).step_by(hours as usize) {
                    let wall = day.and_time(NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or_default());
                    push(
                        &mut ticks,
                        wall,
                        from,
                        to,
                        zone,
                        if hour == 0 { t("format-day") } else { t("format-time") },
                    );
                }
                day = day + Days::new(1);
            }
            Step::Days(days) => {
                let pattern = if days == 1 {
                    t("format-weekday")
                } else {
                    t("format-day")
                };
                push(&mut ticks, day.and_time(NaiveTime::MIN), from, to, zone, pattern);
                day = day + Days::new(days);
            }
            Step::Months(months) => {
                if day.day() == 1 && day.month0().is_multiple_of(months) {
                    let pattern = if day.month0() == 0 {
                        t("format-year")
                    } else {
                        t("format-month-name")
                    };
                    push(&mut ticks, day.and_time(NaiveTime::MIN), from, to, zone, pattern);
                }
                day = day.with_day(1).unwrap_or(day) + Months::new(1);
            }
        }
    }
    // Every second one is minor, counted so that midnights, Mondays and Januaries stay.
    let anchor = ticks.iter().position(|tick| {
        let local = tick.at.with_timezone(&zone);
        match step {
            Step::Hours(_) => local.time() == NaiveTime::MIN,
            Step::Days(_) => local.weekday().num_days_from_monday() == 0,
            Step::Months(_) => local.month0() == 0,
        }
    });
    let anchor = anchor.unwrap_or(0);
    for (index, tick) in ticks.iter_mut().enumerate() {
        tick.minor = index.abs_diff(anchor) % 2 == 1;
    }
    ticks
}

fn push(
    ticks: &mut Vec<TimeTick>,
    wall: NaiveDateTime,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
    zone: Tz,
    pattern: &str,
) {
    // A time that the clock skips has no place on the axis; of one that it shows twice the first counts.
    let Some(local) = zone.from_local_datetime(&wall).earliest() else {
        return;
    };
    let at = local.with_timezone(&Utc);
    if (from..=to).contains(&at) {
        ticks.push(TimeTick {
            at,
            label: format(local, pattern),
            minor: false,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(month: u32, day: u32, hour: u32) -> DateTime<Utc> {
        Utc.with_ymd_and_hms(2026, month, day, hour, 0, 0).unwrap()
    }

    #[test]
    fn a_day_has_a_tick_each_three_hours_of_its_zone() {
        let labels: Vec<_> = ticks(at(11, 20, 9), at(11, 21, 9), chrono_tz::Europe::Berlin)
            .into_iter()
            .map(|tick| tick.label)
            .collect();
        assert_eq!(
            labels,
            ["12:00", "15:00", "18:00", "21:00", "21 Nov", "03:00", "06:00", "09:00"]
        );
    }

    #[test]
    fn a_year_ticks_at_its_months() {
        let labels: Vec<_> = ticks(
            at(2, 15, 9),
            at(2, 15, 9) + TimeDelta::days(365),
            chrono_tz::Europe::Berlin,
        )
        .into_iter()
        .map(|tick| (tick.label, tick.minor))
        .collect();
        assert_eq!(labels.len(), 12);
        assert_eq!(labels[0], ("Mar".to_owned(), false));
        assert_eq!(labels[10], ("2027".to_owned(), false));
        assert_eq!(labels[11], ("Feb".to_owned(), true));
        let years = ticks(at(2, 15, 9), at(2, 15, 9) + TimeDelta::days(3_652), Tz::UTC);
        assert_eq!(years.len(), 10);
        assert_eq!(years[9].label, "2036");
    }

    #[test]
    fn a_week_over_the_clock_change_still_ticks_at_midnight() {
        let zone = chrono_tz::Europe::Berlin;
        let ticks = ticks(at(10, 22, 12), at(10, 29, 12), zone);
        assert_eq!(ticks.len(), 7);
        assert!(
            ticks
                .iter()
                .all(|tick| tick.at.with_timezone(&zone).time() == NaiveTime::MIN)
        );
        assert_eq!((ticks[3].at - ticks[2].at).num_hours(), 25);
        assert_eq!((ticks[4].at - ticks[3].at).num_hours(), 24);
        assert_eq!(ticks[4].label, "Tue 27");
    }
}
