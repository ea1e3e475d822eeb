//! Times as Contabo writes them, and its calendar: contracts end by months.

use chrono::{DateTime, Months, NaiveDate, Utc};

/// One day, in milliseconds.
pub(crate) const DAY: i64 = 86_400_000;

fn moment(ms: i64) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(ms).unwrap_or_default()
}

/// As `2026-05-15T10:07:51.000Z`.
pub(crate) fn time(ms: i64) -> String {
    moment(ms).format("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
}

/// As `2026-05-15`.
pub(crate) fn date(ms: i64) -> String {
    moment(ms).format("%Y-%m-%d").to_string()
}

/// The beginning of a date that is written alone or begins a time.
pub(crate) fn read(text: &str) -> Option<i64> {
    let day = NaiveDate::parse_from_str(text.get(..10)?, "%Y-%m-%d").ok()?;
    Some(day.and_hms_opt(0, 0, 0)?.and_utc().timestamp_millis())
}

/// The first end of a term of `months` that lies after `now`, for what began at `created`.
pub(crate) fn end_of_term(created: i64, months: u32, now: i64) -> i64 {
    let begin = moment(created);
    let ends = (1..2_400).map_while(|term| begin.checked_add_months(Months::new(term * months.max(1))));
    ends.map(|end| end.timestamp_millis())
        .find(|end| *end > now)
        .unwrap_or(now)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_end_on_the_same_day_of_a_later_month() {
        let created = read("2026-01-31T09:00:00Z").expect("a date");
        assert_eq!(time(created), "2026-01-31T00:00:00.000Z");
        assert_eq!(date(end_of_term(created, 1, created)), "2026-02-28");
        assert_eq!(date(end_of_term(created, 1, created + 40 * DAY)), "2026-03-31");
        assert_eq!(date(end_of_term(created, 12, created)), "2027-01-31");
    }
}
