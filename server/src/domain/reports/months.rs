//! Which months' reports are due.

use chrono::{DateTime, NaiveTime, Utc};
use chrono_tz::Tz;

use crate::domain::calendar::{Month, first_instant};

/// When the reports of the month before are made, on the wall clock of the tenant's zone: what was polled in the last
/// minutes of the month has been stored by then.
const AT: NaiveTime = NaiveTime::from_hms_opt(0, 30, 0).unwrap();

/// At most so many months are made up for after a long standstill.
const MOST: usize = 12;

/// The last month whose reports are to be made by `now`.
#[must_use]
pub fn last_due(now: DateTime<Utc>, zone: Tz) -> Month {
    let this = Month::at(now, zone);
    let due = first_instant(this.first_day().and_time(AT), zone);
    if now >= due {
        this.previous()
    } else {
        this.previous().previous()
    }
}

/// The months that are due by `now` and had no run yet, where `ran` was the last that had: those since then. A tenant
/// that never had a run begins with the last month.
#[must_use]
pub fn due(ran: Option<Month>, now: DateTime<Utc>, zone: Tz) -> Vec<Month> {
    let last = last_due(now, zone);
    let mut months = vec![last];
    while let (Some(ran), Some(first)) = (ran, months.last().copied())
        && first > ran
        && months.len() <= MOST
    {
        months.push(first.previous());
    }
    months.retain(|month| ran.is_none_or(|ran| *month > ran));
    months.truncate(MOST);
    months.reverse();
    months
}

#[cfg(test)]
mod tests {
    use super::*;

    fn month(text: &str) -> Month {
        text.parse().unwrap()
    }

    #[test]
    fn a_month_is_due_half_an_hour_after_its_end_in_its_zone() {
        let berlin = Tz::Europe__Berlin;
        for (now, expected) in [
            ("2026-10-31T23:29:59Z", "2026-09"),
            ("2026-10-31T23:30:00Z", "2026-10"),
            ("2026-11-30T23:29:59Z", "2026-10"),
            ("2026-04-30T22:30:00Z", "2026-04"),
        ] {
            assert_eq!(last_due(now.parse().unwrap(), berlin), month(expected), "{now}");
        }
        // Havana puts its clock back at 01:00 of 1 November: 00:30 comes twice, and the first counts.
        let havana = Tz::America__Havana;
        assert_eq!(
            last_due("2026-11-01T04:30:00Z".parse().unwrap(), havana),
            month("2026-10")
        );
    }

    #[test]
    fn what_was_missed_is_made_up_for_and_nothing_is_due_twice() {
        let now = "2026-11-21T12:00:00Z".parse().unwrap();
        let due = |ran: Option<&str>| -> Vec<String> {
            let months = due(ran.map(month), now, Tz::UTC);
            months.iter().map(ToString::to_string).collect()
        };
        assert_eq!(due(None), ["2026-10"]);
        assert_eq!(due(Some("2026-10")), [] as [&str; 0]);
        assert_eq!(due(Some("2026-12")), [] as [&str; 0]);
        assert_eq!(due(Some("2026-07")), ["2026-08", "2026-09", "2026-10"]);
        let long = due(Some("2020-01"));
        assert_eq!(
            (long.len(), long[0].as_str(), long[11].as_str()),
            (12, "2025-11", "2026-10")
        );
    }
}
