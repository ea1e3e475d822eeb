//! Strict readers for the values of properties.
//!
//! They answer `None` for whatever is not exactly the documented form. Guessing at `2.5Mbps` or `59`
//! would put a wrong number into the proof of an SLA.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use std::time::Duration;

/// A counter: decimal digits only, up to `u64::MAX`.
pub fn counter(value: &[u8]) -> Option<u64> {
    if value.is_empty() || !value.iter().all(u8::is_ascii_digit) {
        return None;
    }
    std::str::from_utf8(value).ok()?.parse().ok()
}

/// `true` or `yes`, `false` or `no`.
pub fn boolean(value: &[u8]) -> Option<bool> {
    match value {
        b"true" | b"yes" => Some(true),
        b"false" | b"no" => Some(false),
        _ => None,
    }
}

/// A whole percent, which may be negative (duplicate ping replies) and may carry its sign.
pub fn percent(value: &[u8]) -> Option<i64> {
    let value = value.strip_suffix(b"%").unwrap_or(value);
    let (digits, negative) = match value.strip_prefix(b"-") {
        Some(digits) => (digits, true),
        None => (value, false),
    };
    let amount = i64::try_from(counter(digits)?).ok()?;
    Some(if negative { -amount } else { amount })
}

/// A duration: `1w4d23h26m9s`, `9ms445us`, `01:22:53`, `1d02:03:04`. A bare number has no unit and is
/// refused; so are units that are unknown, repeated or out of order.
pub fn duration(value: &[u8]) -> Option<Duration> {
    const MICROSECONDS: [(&[u8], u64); 7] = [
        (b"w", 604_800_000_000),
        (b"d", 86_400_000_000),
        (b"h", 3_600_000_000),
        (b"m", 60_000_000),
        (b"s", 1_000_000),
        (b"ms", 1_000),
        (b"us", 1),
    ];
    let mut rest = value;
    let mut total = 0_u64;
    let mut allowed = 0;
    while !rest.is_empty() {
        // A clock may follow weeks and days, and ends the value.
        if allowed <= 2
            && let Some(time) = clock(rest)
        {
            let seconds = u64::from(chrono::Timelike::num_seconds_from_midnight(&time));
            total = total.checked_add(seconds * 1_000_000)?;
            return Some(Duration::from_micros(total));
        }
        let digits = rest.iter().take_while(|b| b.is_ascii_digit()).count();
        let letters = rest[digits..].iter().take_while(|b| b.is_ascii_alphabetic()).count();
        let amount = counter(&rest[..digits])?;
        let unit = &rest[digits..digits + letters];
        let place = MICROSECONDS.iter().position(|(name, _)| *name == unit)?;
        if place < allowed {
            return None;
        }
        allowed = place + 1;
        total = total.checked_add(amount.checked_mul(MICROSECONDS[place].1)?)?;
        rest = &rest[digits + letters..];
    }
    (allowed > 0).then(|| Duration::from_micros(total))
}

/// A date and time of the router's own clock, without zone: `oct/04/2017 20:11:03` (RouterOS 6) or
/// `2022-07-19 12:37:06` (from 7.10 on).
pub fn date_time(value: &[u8]) -> Option<NaiveDateTime> {
    let space = value.iter().position(|byte| *byte == b' ')?;
    Some(date(&value[..space])?.and_time(clock(&value[space + 1..])?))
}

/// A date: `oct/04/2017` or `2022-07-19`.
pub fn date(value: &[u8]) -> Option<NaiveDate> {
    const MONTHS: [&[u8]; 12] = [
        b"jan", b"feb", b"mar", b"apr", b"may", b"jun", b"jul", b"aug", b"sep", b"oct", b"nov", b"dec",
    ];
    let (year, month, day) = match value {
        [y @ .., b'-', m1, m2, b'-', d1, d2] if y.len() == 4 => {
            (number(y)?, number(&[*m1, *m2])?, number(&[*d1, *d2])?)
        }
        [month @ .., b'/', d1, d2, b'/', y1, y2, y3, y4] => {
            let place = MONTHS.iter().position(|m| m.eq_ignore_ascii_case(month))?;
            let month = u32::try_from(place).ok()? + 1;
            (number(&[*y1, *y2, *y3, *y4])?, month, number(&[*d1, *d2])?)
        }
        _ => return None,
    };
    NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)
}

/// A time of day: `20:11:03`, always two digits each.
pub fn clock(value: &[u8]) -> Option<NaiveTime> {
    let [h1, h2, b':', m1, m2, b':', s1, s2] = value else {
        return None;
    };
    NaiveTime::from_hms_opt(number(&[*h1, *h2])?, number(&[*m1, *m2])?, number(&[*s1, *s2])?)
}

/// An offset from UTC in seconds, east positive: `+02:00`, `-03:30`.
pub fn offset(value: &[u8]) -> Option<i32> {
    let [sign @ (b'+' | b'-'), h1, h2, b':', m1, m2] = value else {
        return None;
    };
    let (hours, minutes) = (number(&[*h1, *h2])?, number(&[*m1, *m2])?);
    if hours > 15 || minutes > 59 {
        return None;
    }
    let seconds = i32::try_from(hours * 3600 + minutes * 60).ok()?;
    Some(if *sign == b'-' { -seconds } else { seconds })
}

fn number(digits: &[u8]) -> Option<u32> {
    u32::try_from(counter(digits)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn every_documented_duration_is_read() {
        let cases = [
            ("29s", 29_000_000),
            ("1m30s", 90_000_000),
            ("1w4d23h26m9s", 1_034_769_000_000),
            ("3d3h42m53s", 272_573_000_000),
            ("01:22:53", 4_973_000_000),
            ("1d02:03:04", 93_784_000_000),
            ("1w1d02:03:04", 698_584_000_000),
            ("0ms", 0),
            ("9ms445us", 9_445),
            ("559us", 559),
            ("1s234ms", 1_234_000),
        ];
        for (text, microseconds) in cases {
            let expected = Some(Duration::from_micros(microseconds));
            assert_eq!(duration(text.as_bytes()), expected, "{text}");
        }
    }

    #[test]
    fn what_is_no_duration_is_refused() {
        for text in [
            "",
            "11",
            "ms",
            "11ns",
            "59",
            "1s1s",
            "1m1h",
            "1s 2ms",
            "-1s",
            "1.5s",
            "1:2:3",
            "25:00:00",
            "1h01:02:03",
            "01:02:03s",
            "99999999999999w",
            "timeout",
            "1S",
            "+1s",
        ] {
            assert_eq!(duration(text.as_bytes()), None, "{text}");
        }
    }

    #[test]
    fn counters_hold_64_bits_and_nothing_but_digits() {
        assert_eq!(counter(b"228405285520454"), Some(228_405_285_520_454));
        assert_eq!(counter(b"18446744073709551615"), Some(u64::MAX));
        for text in ["", "18446744073709551616", "+1", "-1", " 1", "1 ", "1 000", "2.5Mbps"] {
            assert_eq!(counter(text.as_bytes()), None, "{text}");
        }
    }

    #[test]
    fn dates_of_both_generations_are_read() {
        let expected = |text: &str| NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S").ok();
        assert_eq!(date_time(b"oct/04/2017 20:11:03"), expected("2017-10-04 20:11:03"));
        assert_eq!(date_time(b"2022-07-19 12:37:06"), expected("2022-07-19 12:37:06"));
        for text in [
            "",
            "oct/04/2017",
            "2022-07-19T12:37:06",
            "2022-13-01 00:00:00",
            "2022-02-30 00:00:00",
            "2022-07-19 24:00:00",
            "okt/04/2017 20:11:03",
            "2022-7-9 1:2:3",
            "+022-07-19 12:37:06",
        ] {
            assert_eq!(date_time(text.as_bytes()), None, "{text}");
        }
    }

    #[test]
    fn percents_may_be_negative() {
        assert_eq!(percent(b"50"), Some(50));
        assert_eq!(percent(b"-300"), Some(-300));
        assert_eq!(percent(b"3%"), Some(3));
        assert_eq!(percent(b"--3"), None);
        assert_eq!(percent(b"%"), None);
        assert_eq!(percent(b"9223372036854775808"), None);
    }

    #[test]
    fn offsets_have_a_sign() {
        assert_eq!(offset(b"+05:30"), Some(19_800));
        assert_eq!(offset(b"-03:00"), Some(-10_800));
        assert_eq!(offset(b"02:00"), None);
        assert_eq!(offset(b"+02:60"), None);
    }

    proptest! {
        #[test]
        fn no_bytes_make_a_reader_panic(value in prop::collection::vec(any::<u8>(), 0..40)) {
            let _ = (counter(&value), boolean(&value), percent(&value), offset(&value));
            let _ = (duration(&value), date_time(&value), date(&value), clock(&value));
        }

        #[test]
        fn durations_are_read_back_as_they_were_written(seconds in 0_u64..100_000_000, us in 0_u64..1_000_000) {
            let text = format!("{}w{}d{}h{}m{}s{}ms{}us", seconds / 604_800, seconds / 86_400 % 7,
                seconds / 3_600 % 24, seconds / 60 % 60, seconds % 60, us / 1_000, us % 1_000);
            let expected = Duration::from_secs(seconds) + Duration::from_micros(us);
            prop_assert_eq!(duration(text.as_bytes()), Some(expected));
        }
    }
}
