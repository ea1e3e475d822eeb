//! Numbers, text, truth values and times.

use super::{Answer, Fault};
use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use serde_json::Value;

impl Answer for i64 {
    fn read(value: &Value) -> Result<Self, Fault> {
        whole(value).ok_or_else(|| Fault::expected("a whole number", value))
    }
}

/// A whole number, however it is written: `7`, `7.0` or `"7"`.
pub(crate) fn whole(value: &Value) -> Option<i64> {
    /// Up to here a float holds every whole number.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    match value {
        Value::Number(number) => number.as_i64().or_else(|| {
            let number = number.as_f64()?;
            (number.fract() == 0.0 && number.abs() <= EXACT).then_some(number as i64)
        }),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

impl Answer for f64 {
    fn read(value: &Value) -> Result<Self, Fault> {
        let number = match value {
            Value::Number(number) => number.as_f64(),
            Value::String(text) => text.trim().parse().ok(),
            _ => None,
        };
        number
            .filter(|number: &f64| number.is_finite())
            .ok_or_else(|| Fault::expected("a number", value))
    }
}

impl Answer for bool {
    fn read(value: &Value) -> Result<Self, Fault> {
        match value {
            Value::Bool(truth) => Ok(*truth),
            Value::String(text) if text == "true" => Ok(true),
            Value::String(text) if text == "false" => Ok(false),
            other => Err(Fault::expected("true or false", other)),
        }
    }
}

impl Answer for String {
    fn read(value: &Value) -> Result<Self, Fault> {
        text(value).ok_or_else(|| Fault::expected("text", value))
    }

    fn unsaid() -> Option<Self> {
        Some(Self::new())
    }
}

/// Text, or a number or truth value as text.
pub(crate) fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(truth) => Some(truth.to_string()),
        _ => None,
    }
}

impl Answer for Value {
    fn read(value: &Value) -> Result<Self, Fault> {
        Ok(value.clone())
    }

    fn unsaid() -> Option<Self> {
        Some(Self::Null)
    }
}

impl Answer for DateTime<Utc> {
    fn read(value: &Value) -> Result<Self, Fault> {
        value
            .as_str()
            .and_then(time)
            .ok_or_else(|| Fault::expected("a date and time", value))
    }
}

/// Both forms that are seen, `2026-05-15T10:07:51.000Z` and `2021-06-03 06:27:12+00:00`; without a zone it
/// is UTC, and a date alone is its midnight.
fn time(text: &str) -> Option<DateTime<Utc>> {
    let text = text.trim();
    if let Ok(date) = text.parse::<NaiveDate>() {
        return Some(date.and_time(chrono::NaiveTime::MIN).and_utc());
    }
    // The date is ASCII; anything else is no time.
    let (day, clock) = (text.get(..10)?, text.get(11..)?);
    let joined = format!("{day}T{clock}");
    DateTime::parse_from_rfc3339(&joined)
        .map(|time| time.to_utc())
        .or_else(|_| joined.parse::<NaiveDateTime>().map(|time| time.and_utc()))
        .ok()
}

impl Answer for NaiveDate {
    fn read(value: &Value) -> Result<Self, Fault> {
        value
            .as_str()
            .and_then(date)
            .ok_or_else(|| Fault::expected("a date", value))
    }
}

/// `2026-11-30`, also where a time of the day follows: the day is what counts, and it is not moved by zones.
fn date(text: &str) -> Option<NaiveDate> {
    let text = text.trim();
    match text.get(..10) {
        Some(day) if text.len() > 10 => time(text).and(day.parse().ok()),
        _ => text.parse().ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn times_come_in_several_forms() {
        let expected = DateTime::parse_from_rfc3339("2026-05-15T10:07:51Z").unwrap().to_utc();
        for form in [
            "2026-05-15T10:07:51.000Z",
            "2026-05-15T10:07:51Z",
            "2026-05-15 10:07:51+00:00",
            "2026-05-15 12:07:51+02:00",
            "2026-05-15 10:07:51",
            "2026-05-15T10:07:51.000",
        ] {
            assert_eq!(DateTime::<Utc>::read(&json!(form)).unwrap(), expected, "{form}");
        }
        let midnight = DateTime::<Utc>::read(&json!("2026-05-15")).unwrap();
        assert_eq!(midnight.to_rfc3339(), "2026-05-15T00:00:00+00:00");
        for form in [
            "yesterday",
            "15.05.2026",
            "2026-05-15T",
            "2026-05-15Ä10:07:51",
            "ääääääääää",
        ] {
            assert!(DateTime::<Utc>::read(&json!(form)).is_err(), "{form}");
        }
        assert!(DateTime::<Utc>::read(&json!(1_764_000_000)).is_err());
    }

    #[test]
    fn a_date_is_the_day_that_is_written() {
        let expected = NaiveDate::from_ymd_opt(2026, 11, 30).unwrap();
        for form in ["2026-11-30", "2026-11-30T23:30:00.000Z", "2026-11-30 00:00:00+01:00"] {
            assert_eq!(NaiveDate::read(&json!(form)).unwrap(), expected, "{form}");
        }
        assert!(NaiveDate::read(&json!("2026-13-01")).is_err());
        assert!(NaiveDate::read(&json!("2026-11-30 at noon")).is_err());
        assert_eq!(Option::<NaiveDate>::read(&json!("")).unwrap(), None);
        assert_eq!(Option::<NaiveDate>::read(&json!(null)).unwrap(), None);
    }

    #[test]
    fn numbers_may_be_text_and_text_may_be_a_number() {
        assert_eq!(i64::read(&json!("201234567")).unwrap(), 201_234_567);
        assert_eq!(i64::read(&json!(8192.0)).unwrap(), 8192);
        assert!(i64::read(&json!(0.5)).is_err());
        assert!(i64::read(&json!(1e300)).is_err());
        assert_eq!(f64::read(&json!("0.25")).unwrap(), 0.25);
        assert!(f64::read(&json!("NaN")).is_err());
        assert_eq!(String::read(&json!(54321)).unwrap(), "54321");
        assert!(String::read(&json!({})).is_err());
        assert!(bool::read(&json!("true")).unwrap());
    }
}
