//! Exact fractions and percentages: a verdict is never taken on a rounded or
//! floating-point value (R9).

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Millionths of a percent in one hundred percent.
pub(super) const WHOLE: u32 = 100_000_000;

/// A share or a mean as two integers. The denominator is never zero.
#[derive(Clone, Copy, Debug)]
pub struct Fraction {
    numerator: u128,
    denominator: u128,
}

impl Fraction {
    /// `None` when there is nothing to divide by.
    pub fn new(numerator: u64, denominator: u64) -> Option<Self> {
        Self::of_sums(numerator.into(), denominator)
    }

    /// As [`Fraction::new`], for a sum of products such as Σ mean × count.
    pub fn of_sums(numerator: u128, denominator: u64) -> Option<Self> {
        (denominator > 0).then_some(Self {
            numerator,
            denominator: denominator.into(),
        })
    }

    pub fn numerator(self) -> u128 {
        self.numerator
    }

    pub fn denominator(self) -> u128 {
        self.denominator
    }

    /// A thousandth of it: microseconds as milliseconds.
    pub fn of_a_thousand(self) -> Self {
        Self {
            denominator: self.denominator.saturating_mul(1_000),
            ..self
        }
    }

    /// How this compares with a whole number, without rounding.
    pub fn cmp_whole(self, whole: u64) -> std::cmp::Ordering {
        self.numerator.cmp(&u128::from(whole).saturating_mul(self.denominator))
    }

    /// How this share compares with a percentage, without rounding.
    pub fn cmp_percentage(self, percentage: Percentage) -> std::cmp::Ordering {
        let share = self.numerator.saturating_mul(WHOLE.into());
        share.cmp(&u128::from(percentage.0).saturating_mul(self.denominator))
    }

    /// The share as percent, cut off (never rounded up) after `decimals`
    /// places, at most 9: `99.499937`.
    pub fn percent_truncated(self, decimals: u32) -> String {
        truncated(self.numerator.saturating_mul(100), self.denominator, decimals)
    }

    /// As [`Fraction::percent_truncated`], but the whole without decimals: it is exact, and nothing was cut off.
    pub fn percent_shown(self, decimals: u32) -> String {
        match self.numerator == self.denominator {
            true => "100".to_owned(),
            false => self.percent_truncated(decimals),
        }
    }

    /// The value itself, cut off after `decimals` places, at most 9.
    pub fn truncated(self, decimals: u32) -> String {
        truncated(self.numerator, self.denominator, decimals)
    }

    /// For drawing only; a verdict never sees it.
    pub fn approximately(self) -> f64 {
        self.numerator as f64 / self.denominator as f64
    }
}

fn truncated(numerator: u128, denominator: u128, decimals: u32) -> String {
    let scale = 10u128.pow(decimals.min(9));
    let scaled = numerator.saturating_mul(scale) / denominator;
    match decimals.min(9) as usize {
        0 => scaled.to_string(),
        width => format!("{}.{:0width$}", scaled / scale, scaled % scale),
    }
}

/// A threshold from 0 to 100 percent, exact to a millionth of a percent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u32", into = "u32")]
pub struct Percentage(u32);

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a percentage from 0 to 100 with at most 6 decimal places")]
pub struct NotAPercentage;

impl Percentage {
    /// One hundred percent.
    pub const ALL: Self = Self(WHOLE);

    /// Millionths of a percent, 0 to 100,000,000: how a threshold is stored.
    pub fn from_millionths(millionths: u32) -> Result<Self, NotAPercentage> {
        (millionths <= WHOLE).then_some(Self(millionths)).ok_or(NotAPercentage)
    }

    pub fn millionths(self) -> u32 {
        self.0
    }
}

impl TryFrom<u32> for Percentage {
    type Error = NotAPercentage;

    fn try_from(millionths: u32) -> Result<Self, NotAPercentage> {
        Self::from_millionths(millionths)
    }
}

impl From<Percentage> for u32 {
    fn from(percentage: Percentage) -> Self {
        percentage.0
    }
}

impl FromStr for Percentage {
    type Err = NotAPercentage;

    /// Reads what a person types (`99.95`), digit by digit.
    fn from_str(text: &str) -> Result<Self, NotAPercentage> {
        let (whole, decimals) = text.split_once('.').unwrap_or((text, "0"));
        let digits = |part: &str, longest: usize| {
            (1..=longest).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
        };
        if !digits(whole, 3) || !digits(decimals, 6) {
            return Err(NotAPercentage);
        }
        let read = |part: &str| part.parse::<u32>().map_err(|_| NotAPercentage);
        Self::from_millionths(read(whole)? * 1_000_000 + read(&format!("{decimals:0<6}"))?)
    }
}

impl fmt::Display for Percentage {
    /// Without needless zeros: `99.95`, `100`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, decimals) = (self.0 / 1_000_000, self.0 % 1_000_000);
        if decimals == 0 {
            return write!(f, "{whole}");
        }
        write!(f, "{whole}.{}", format!("{decimals:06}").trim_end_matches('0'))
    }
}

#[cfg(test)]
mod tests {
    use std::cmp::Ordering;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_share_just_under_the_threshold_is_not_shown_as_reaching_it() {
        let share = Fraction::new(7959, 7999).unwrap();
        assert_eq!(share.percent_truncated(6), "99.499937");
        assert_eq!(share.percent_truncated(2), "99.49");
        assert_eq!(share.percent_truncated(0), "99");
        assert_eq!(share.cmp_percentage("99.5".parse().unwrap()), Ordering::Less);
    }

    #[test]
    fn a_share_on_the_threshold_equals_it() {
        let share = Fraction::new(8532, 8640).unwrap();
        assert_eq!(share.cmp_percentage("98.75".parse().unwrap()), Ordering::Equal);
    }

    #[test]
    fn what_is_not_a_percentage_is_refused() {
        for text in [
            "",
            ".",
            "1.",
            ".5",
            "-1",
            "+1",
            "100.000001",
            "99.1234567",
            "1e2",
            "9 9",
            "NaN",
        ] {
            assert_eq!(text.parse::<Percentage>(), Err(NotAPercentage), "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_percentage_reads_back_as_it_was_written(millionths in 0..=WHOLE) {
            let percentage = Percentage::from_millionths(millionths).unwrap();
            prop_assert_eq!(percentage.to_string().parse(), Ok(percentage));
        }

        #[test]
        fn display_never_exceeds_the_value(a in any::<u64>(), b in 1..u64::MAX, places in 1..=9u32) {
            let share = Fraction::new(a, b).unwrap();
            let digits: u128 = share.truncated(places).replace('.', "").parse().unwrap();
            prop_assert!(digits * u128::from(b) <= u128::from(a) * 10u128.pow(places));
        }
    }
}
