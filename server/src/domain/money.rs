//! Amounts of money: whole minor units of a currency, as they are typed and as they are shown.
//!
//! Nothing here calculates: what is owed is `sla::credit`. Amounts of different currencies never meet, since each
//! report keeps the currency that it was made in.

use std::fmt::{self, Write as _};

use iso_currency::{Currency as Iso, IntoEnumIterator};

/// A space that does not break, between the code and the figure.
const SPACE: char = '\u{a0}';

/// A currency of ISO 4217 that amounts can be in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Currency(Iso);

impl Default for Currency {
    fn default() -> Self {
        Self(Iso::EUR)
    }
}

impl Currency {
    /// The currency with this code; none for metals, funds and codes that stand for no money.
    #[must_use]
    pub fn of(code: &str) -> Option<Self> {
        let iso = Iso::from_code(code)?;
        let is_money = iso.exponent().is_some() && !iso.is_special() && !iso.is_fund();
        is_money.then_some(Self(iso))
    }

    /// The currency of a row, which was checked when it was set.
    #[must_use]
    pub fn of_kept(code: &str) -> Self {
        Self::of(code).unwrap_or_default()
    }

    /// Those that may be chosen, by code: no currency that another has replaced.
    #[must_use]
    pub fn all() -> Vec<Self> {
        let current = Iso::iter().filter(|iso| iso.is_superseded().is_none());
        let mut all: Vec<Self> = current.filter_map(|iso| Self::of(iso.code())).collect();
        all.sort_by_key(|currency| currency.code());
        all
    }

    /// As `EUR`.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.0.code()
    }

    /// In English, as `Euro`.
    #[must_use]
    pub fn name(self) -> String {
        self.0.name().to_owned()
    }

    /// Digits after the decimal mark.
    #[must_use]
    pub fn decimals(self) -> u32 {
        self.0.exponent().map_or(0, u32::from)
    }
}

/// What is wrong with an amount that was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadAmount {
    /// Not digits with at most one decimal mark.
    #[error("not a number")]
    NotANumber,
    /// More digits after the mark than the currency has.
    #[error("more than {0} digits after the decimal mark")]
    Decimals(u32),
    /// More than anything costs.
    #[error("too much")]
    TooMuch,
}

/// An amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Money {
    pub minor: i64,
    pub currency: Currency,
}

impl Money {
    /// The most that is taken, in minor units: products with it stay far within what can be counted.
    pub const MOST: i64 = 1_000_000_000_000;

    /// So many minor units.
    #[must_use]
    pub fn new(minor: i64, currency: Currency) -> Self {
        Self { minor, currency }
    }

    /// From digits with at most one decimal mark, which is a point or a comma: `1234.5`, `1234,50`. Thousands are not
    /// parted, so that nobody has to guess what `1.234` is.
    ///
    /// # Errors
    /// Any [`BadAmount`].
    pub fn read(typed: &str, currency: Currency) -> Result<Self, BadAmount> {
        let typed = typed.trim();
        let (whole, part) = typed.split_once(['.', ',']).unwrap_or((typed, ""));
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if !digits(whole) || !digits(part) || whole.is_empty() {
            return Err(BadAmount::NotANumber);
        }
        let decimals = currency.decimals() as usize;
        if part.len() > decimals {
            return Err(BadAmount::Decimals(currency.decimals()));
        }
        let minor = format!("{whole}{part:0<decimals$}").parse();
        // More digits than fit are far above the most.
        let minor = minor.ok().filter(|minor| *minor <= Self::MOST);
        let minor = minor.ok_or(BadAmount::TooMuch)?;
        Ok(Self { minor, currency })
    }

    /// As it would be typed: `1234.50`.
    #[must_use]
    pub fn typed(self) -> String {
        let (whole, part) = self.parts();
        format!("{whole}{part}")
    }

    /// Sign and whole units, and the rest with its mark.
    fn parts(self) -> (String, String) {
        let decimals = self.currency.decimals();
        let (size, unit) = (self.minor.unsigned_abs(), 10_u64.pow(decimals));
        let sign = if self.minor < 0 { "−" } else { "" };
        let part = match decimals {
            0 => String::new(),
            decimals => format!(".{:0width$}", size % unit, width = decimals as usize),
        };
        (format!("{sign}{}", size / unit), part)
    }
}

/// `EUR 1,234.50`, in one piece.
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, part) = self.parts();
        write!(f, "{}{SPACE}", self.currency.code())?;
        let digits = whole.chars().filter(char::is_ascii_digit).count();
        let mut left = digits;
        for sign_or_digit in whole.chars() {
            if sign_or_digit.is_ascii_digit() {
                if left < digits && left.is_multiple_of(3) {
                    f.write_char(',')?;
                }
                left -= 1;
            }
            f.write_char(sign_or_digit)?;
        }
        f.write_str(&part)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn currency(code: &str) -> Currency {
        Currency::of(code).unwrap()
    }

    #[test]
    fn an_amount_is_digits_with_one_mark_and_no_more_decimals_than_its_currency_has() {
        let read = |typed, code| Money::read(typed, currency(code)).map(|money| money.minor);
        for (typed, code, minor) in [
            ("1234", "EUR", 123_400),
            (" 1234.5 ", "EUR", 123_450),
            ("0,05", "EUR", 5),
            ("12.", "EUR", 1_200),
            ("1234", "JPY", 1_234),
            ("1.234", "BHD", 1_234),
            ("0", "USD", 0),
        ] {
            assert_eq!(read(typed, code), Ok(minor), "{typed} {code}");
        }
        for typed in ["", ".5", "1.234,56", "1 234", "-5", "5 EUR", "1e3", "１"] {
            assert_eq!(read(typed, "EUR"), Err(BadAmount::NotANumber), "{typed}");
        }
        assert_eq!(read("1.234", "EUR"), Err(BadAmount::Decimals(2)));
        assert_eq!(read("1.5", "JPY"), Err(BadAmount::Decimals(0)));
        for typed in ["10000000000.01", "99999999999999999999999999"] {
            assert_eq!(read(typed, "EUR"), Err(BadAmount::TooMuch), "{typed}");
        }
    }

    #[test]
    fn an_amount_is_shown_with_its_code_and_thousands_apart() {
        for (minor, code, shown) in [
            (0, "EUR", "EUR\u{a0}0.00"),
            (5, "EUR", "EUR\u{a0}0.05"),
            (99_999, "EUR", "EUR\u{a0}999.99"),
            (123_456_789, "EUR", "EUR\u{a0}1,234,567.89"),
            (-123_456, "EUR", "EUR\u{a0}−1,234.56"),
            (1_234, "JPY", "JPY\u{a0}1,234"),
            (1_234, "KWD", "KWD\u{a0}1.234"),
            (i64::MIN, "JPY", "JPY\u{a0}−9,223,372,036,854,775,808"),
        ] {
            assert_eq!(Money::new(minor, currency(code)).to_string(), shown);
        }
    }

    #[test]
    fn currencies_are_money_that_is_in_use() {
        let all = Currency::all();
        assert!(all.len() > 140 && all.is_sorted_by_key(|currency| currency.code()));
        assert!(all.contains(&currency("EUR")) && !all.contains(&currency("HRK")));
        for none in ["XAU", "XXX", "XTS", "CHE", "eur", "EURO", ""] {
            assert_eq!(Currency::of(none), None, "{none}");
        }
        assert_eq!(
            (currency("EUR").name().as_str(), currency("EUR").decimals()),
            ("Euro", 2)
        );
    }

    proptest! {
        #[test]
        fn what_is_typed_of_an_amount_reads_back(minor in 0..=Money::MOST, which in 0..140_usize) {
            let money = Money::new(minor, Currency::all()[which]);
            prop_assert_eq!(Money::read(&money.typed(), money.currency), Ok(money));
        }

        #[test]
        fn no_input_breaks_the_reader(typed in ".{0,30}") {
            let _ = Money::read(&typed, Currency::default());
        }
    }
}
