//! How long sealed days are kept: whole months of the tenant's zone, and never less than what is still calculated from.
//!
//! Pure: who deletes what is older is in `work/retention.rs`.

use std::ops::RangeInclusive;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::{block::Day, slot::Slot};
use crate::domain::calendar::Month;

/// Months that a tenant may choose.
pub const MONTHS: RangeInclusive<i32> = 13..=120;

/// What a new tenant keeps.
pub const DEFAULT_MONTHS: i32 = 36;

/// Months that pages and reports look back, besides the one that runs.
const NEEDED_MONTHS: i32 = 13;

/// The first day that must be kept whatever a tenant chose: reports that can still change are calculated from it.
#[must_use]
pub fn needed_from(now: DateTime<Utc>, zone: Tz) -> Day {
    months_back(now, zone, NEEDED_MONTHS)
}

/// The first day that is kept where `months` were chosen; those before it go.
#[must_use]
pub fn kept_from(now: DateTime<Utc>, zone: Tz, months: i32) -> Day {
    months_back(now, zone, months).min(needed_from(now, zone))
}

/// The UTC day in which the month begins that is so many before the present one.
fn months_back(now: DateTime<Utc>, zone: Tz, months: i32) -> Day {
    let month = (0..months).fold(Month::at(now, zone), |month, _| month.previous());
    Day::of(Slot::from_second(month.period(zone).start()))
}

#[cfg(test)]
mod tests {
    use chrono::TimeZone;

    use super::*;

    #[test]
    fn the_month_begins_where_the_tenant_is_and_13_are_kept_in_any_case() {
        let now = Utc.with_ymd_and_hms(2026, 11, 21, 12, 0, 0).unwrap();
        let date = |day: Day| day.first_slot().start().date_naive().to_string();
        assert_eq!(date(kept_from(now, Tz::UTC, 36)), "2023-11-01");
        // Midnight in Berlin is still the day before in UTC, which is kept whole.
        assert_eq!(date(kept_from(now, Tz::Europe__Berlin, 36)), "2023-10-31");
        assert_eq!(date(kept_from(now, Tz::America__New_York, 36)), "2023-11-01");
        assert_eq!(kept_from(now, Tz::UTC, 1), needed_from(now, Tz::UTC));
        assert_eq!(date(needed_from(now, Tz::UTC)), "2025-10-01");
    }
}
