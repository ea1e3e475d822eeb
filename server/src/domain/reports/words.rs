//! Figures of reports as pages, paper and mails write them, so that all three say the same.

use app::ui::time;
use chrono::TimeDelta;

use crate::domain::sla::fraction::Fraction;

/// Digits after the point.
const DECIMALS: u32 = 3;

/// "99.982 %", cut off; the whole without decimals, because it is exact. A dash for nothing.
#[must_use]
pub fn percent(share: Option<Fraction>) -> String {
    share.map_or_else(dash, |share| format!("{}\u{a0}%", percentage(share)))
}

/// The same without its unit.
#[must_use]
pub fn percentage(share: Fraction) -> String {
    share.percent_shown(DECIMALS)
}

/// Microseconds as "12.412 ms", cut off; a dash for nothing.
#[must_use]
pub fn milliseconds(mean: Option<Fraction>) -> String {
    mean.map_or_else(dash, |mean| {
        format!("{}\u{a0}ms", mean.of_a_thousand().truncated(DECIMALS))
    })
}

/// Microseconds that were promised: "20 ms", and "0.5 ms".
#[must_use]
pub fn limit(us: u32) -> String {
    let (whole, thousandths) = (us / 1_000, us % 1_000);
    let digits = format!("{whole}.{thousandths:03}");
    format!("{}\u{a0}ms", digits.trim_end_matches('0').trim_end_matches('.'))
}

/// "2 h 10 min"; whole seconds where they are few.
#[must_use]
pub fn seconds(seconds: i64) -> String {
    time::duration(TimeDelta::seconds(seconds.max(0)))
}

/// What stands for nothing.
#[must_use]
pub fn dash() -> String {
    "–".to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_known_is_a_dash_and_what_is_exact_has_no_decimals() {
        assert_eq!(percent(None), "–");
        assert_eq!(percent(Fraction::new(5, 5)), "100\u{a0}%");
        assert_eq!(percent(Fraction::new(99_999, 100_000)), "99.999\u{a0}%");
        assert_eq!(percent(Fraction::new(999_999, 1_000_000)), "99.999\u{a0}%", "cut off");
        assert_eq!(milliseconds(Fraction::new(12_412_999, 1_000)), "12.412\u{a0}ms");
        assert_eq!(milliseconds(None), "–");
    }

    #[test]
    fn limits_are_written_as_they_were_agreed() {
        for (us, written) in [(20_000, "20"), (500, "0.5"), (12_345, "12.345"), (100_000, "100")] {
            assert_eq!(limit(us), format!("{written}\u{a0}ms"));
        }
    }
}
