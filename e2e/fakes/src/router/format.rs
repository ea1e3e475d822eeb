//! How RouterOS writes durations, dates and identifiers.

use chrono::DateTime;

/// `1w4d23h26m9s`, as in `uptime`. Negative durations count as none.
pub(crate) fn uptime(ms: i64) -> String {
    let mut rest = ms.max(0) / 1_000;
    let mut text = String::new();
    for (unit, length) in [("w", 604_800), ("d", 86_400), ("h", 3_600), ("m", 60), ("s", 1)] {
        if rest >= length || (unit == "s" && text.is_empty()) {
            text.push_str(&format!("{}{unit}", rest / length));
            rest %= length;
        }
    }
    text
}

/// A round trip: `9ms445us`, `559us`, `1s234ms`; whole milliseconds where `micros` is false.
pub(crate) fn round_trip(us: u64, micros: bool) -> String {
    let (s, ms, us) = (us / 1_000_000, us / 1_000 % 1_000, us % 1_000);
    let mut text = String::new();
    if s > 0 {
        text.push_str(&format!("{s}s"));
    }
    if ms > 0 || (!micros && s == 0) {
        text.push_str(&format!("{ms}ms"));
    }
    if micros && (us > 0 || text.is_empty()) {
        text.push_str(&format!("{us}us"));
    }
    text
}

/// A router's local time: `oct/04/2017 20:11:03`, or `2022-07-19 12:37:06` when `iso`.
pub(crate) fn stamp(local_ms: i64, iso: bool) -> String {
    format!("{} {}", date(local_ms, iso), time_of_day(local_ms))
}

/// The date alone, in the same two forms.
pub(crate) fn date(local_ms: i64, iso: bool) -> String {
    let pattern = if iso { "%Y-%m-%d" } else { "%b/%d/%Y" };
    moment(local_ms).format(pattern).to_string().to_lowercase()
}

/// `20:11:03`.
pub(crate) fn time_of_day(local_ms: i64) -> String {
    moment(local_ms).format("%H:%M:%S").to_string()
}

fn moment(local_ms: i64) -> DateTime<chrono::Utc> {
    DateTime::from_timestamp_millis(local_ms).unwrap_or_default()
}

/// `+05:30`.
pub(crate) fn offset(minutes: i32) -> String {
    let sign = if minutes < 0 { '-' } else { '+' };
    let minutes = minutes.unsigned_abs();
    format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60)
}

/// `D4:CA:6D:26:05:F8`.
pub(crate) fn mac(octets: [u8; 6]) -> String {
    octets.map(|octet| format!("{octet:02X}")).join(":")
}

/// `true` or `false`.
pub(crate) fn flag(value: bool) -> &'static str {
    if value { "true" } else { "false" }
}

/// Reads the durations that clients send: `200ms`, `0.2`, `1s`, `1m30s`, `00:00:01`. In
/// microseconds.
pub(crate) fn parse_duration(text: &str) -> Option<u64> {
    if let Some((hours, rest)) = text.split_once(':') {
        let (minutes, seconds) = rest.split_once(':')?;
        let whole = hours.parse::<u64>().ok()? * 60 + minutes.parse::<u64>().ok()?;
        return Some(whole * 60_000_000 + seconds_to_us(seconds)?);
    }
    if !text.ends_with(|c: char| c.is_ascii_alphabetic()) {
        return seconds_to_us(text);
    }
    let mut total = 0u64;
    let mut rest = text;
    while !rest.is_empty() {
        let digits = rest.find(|c: char| c.is_ascii_alphabetic())?;
        let (number, tail) = rest.split_at(digits);
        let letters = tail.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(tail.len());
        let (unit, tail) = tail.split_at(letters);
        let unit = match unit {
            "us" => 1,
            "ms" => 1_000,
            "s" => 1_000_000,
            "m" => 60_000_000,
            "h" => 3_600_000_000,
            _ => return None,
        };
        total = total.checked_add(number.parse::<u64>().ok()?.checked_mul(unit)?)?;
        rest = tail;
    }
    Some(total)
}

fn seconds_to_us(text: &str) -> Option<u64> {
    let seconds: f64 = text.parse().ok()?;
    (0.0..=86_400.0).contains(&seconds).then_some((seconds * 1e6) as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn uptimes_read_as_a_router_writes_them() {
        assert_eq!(uptime(0), "0s");
        assert_eq!(uptime(29_000), "29s");
        assert_eq!(uptime(90_000), "1m30s");
        assert_eq!(uptime(1_034_769_000), "1w4d23h26m9s");
        assert_eq!(uptime(100 * 604_800_000), "100w");
    }

    #[test]
    fn round_trips_follow_the_version() {
        assert_eq!(round_trip(9_445, true), "9ms445us");
        assert_eq!(round_trip(559, true), "559us");
        assert_eq!(round_trip(1_234_000, true), "1s234ms");
        assert_eq!(round_trip(559, false), "0ms");
        assert_eq!(round_trip(9_445, false), "9ms");
        assert_eq!(round_trip(2_000_000, false), "2s");
    }

    #[test]
    fn stamps_follow_the_version() {
        assert_eq!(stamp(1_507_147_863_000, false), "oct/04/2017 20:11:03");
        assert_eq!(stamp(1_658_234_226_000, true), "2022-07-19 12:37:06");
        assert_eq!(offset(330), "+05:30");
        assert_eq!(offset(-210), "-03:30");
    }

    #[test]
    fn intervals_are_read_in_all_their_forms() {
        assert_eq!(parse_duration("200ms"), Some(200_000));
        assert_eq!(parse_duration("0.2"), Some(200_000));
        assert_eq!(parse_duration("1m30s"), Some(90_000_000));
        assert_eq!(parse_duration("00:00:01"), Some(1_000_000));
        assert_eq!(parse_duration("fast"), None);
        assert_eq!(parse_duration("5x"), None);
    }
}
