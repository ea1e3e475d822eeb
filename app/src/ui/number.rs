//! Figures with their units, tabular and joined by a space that does not break.
//!
//! Rates count in powers of 1000 and bits, sizes in powers of 1024 and bytes, as each trade expects.

use leptos::prelude::*;

use super::Markup;
use crate::t;

const SPACE: char = '\u{a0}';

/// Three significant digits of a value below 1000.
fn three_digits(value: f64) -> String {
    // Whole parts: exact floats take several times as long to write, and a long list has hundreds of figures.
    let rounded = |parts: f64| (value * parts).round() as u64;
    if value == 0.0 || value >= 99.95 {
        rounded(1.0).to_string()
    } else if value >= 9.995 {
        format!("{}.{}", rounded(10.0) / 10, rounded(10.0) % 10)
    } else {
        format!("{}.{:02}", rounded(100.0) / 100, rounded(100.0) % 100)
    }
}

fn scaled(value: f64, step: f64, units: &[&str]) -> String {
    let mut value = if value.is_finite() { value.max(0.0) } else { 0.0 };
    let mut unit = 0;
    // 999.5 would be shown as 1000.
    while value >= 999.5 && unit + 1 < units.len() {
        value /= step;
        unit += 1;
    }
    format!("{}{SPACE}{}", three_digits(value), units[unit])
}

/// Bits a second: `94.2 Mbit/s`.
pub fn rate(bits_per_second: f64) -> String {
    scaled(
        bits_per_second,
        1000.0,
        &["bit/s", "kbit/s", "Mbit/s", "Gbit/s", "Tbit/s"],
    )
}

/// Bytes: `1.50 GiB`.
pub fn bytes(bytes: f64) -> String {
    scaled(bytes, 1024.0, &["B", "KiB", "MiB", "GiB", "TiB", "PiB"])
}

/// Milliseconds: `12.4 ms`; a second and more in seconds.
pub fn milliseconds(ms: f64) -> String {
    scaled(ms, 1000.0, &["ms", "s"])
}

/// `value` with `decimals` digits, the others cut off.
pub fn cut(value: f64, decimals: u8) -> f64 {
    let value = if value.is_finite() { value } else { 0.0 };
    let factor = 10_f64.powi(i32::from(decimals));
    let exact = value * factor;
    // 99.95 is stored as a little less; what is nearer to it than any measurement is meant to be it.
    let cut = if (exact - exact.round()).abs() < 1e-6 {
        exact.round()
    } else {
        exact.floor()
    };
    cut / factor
}

/// A percentage from 0 to 100 with `decimals` digits, cut off and never rounded up: 99.999 is not 100.
pub fn percent(value: f64, decimals: u8) -> String {
    format!("{:.*}{SPACE}%", usize::from(decimals), cut(value, decimals))
}

/// A difference as `write` has it, with its sign; ± where nothing is left of it.
pub fn signed(value: f64, write: fn(f64) -> String) -> String {
    let text = write(value.abs());
    let sign = match text.contains(|digit| matches!(digit, '1'..='9')) {
        false => "±",
        true if value < 0.0 => "−",
        true => "+",
    };
    format!("{sign}{text}")
}

fn figure(text: Option<String>) -> impl IntoView {
    let mut html = Markup::default();
    html.figure(text.as_deref());
    html.into_view()
}

impl Markup {
    /// A figure with its unit; a dash where there is none.
    pub fn figure(&mut self, text: Option<&str>) -> &mut Self {
        match text {
            Some(text) => self.raw("<span class=\"figure\">").text(text),
            None => self
                .raw("<span class=\"figure figure-none\"><span aria-hidden=\"true\">–</span><span class=\"hidden\">")
                .text(t("no-value"))
                .raw("</span>"),
        }
        .raw("</span>")
    }
}

/// Bits a second; a dash where nothing was measured.
#[component]
pub fn Rate(#[prop(into)] value: Option<f64>) -> impl IntoView {
    figure(value.map(rate))
}

/// A size; a dash where there is none.
#[component]
pub fn Bytes(#[prop(into)] value: Option<f64>) -> impl IntoView {
    figure(value.map(bytes))
}

/// A time of milliseconds; a dash where nothing came back.
#[component]
pub fn Milliseconds(#[prop(into)] value: Option<f64>) -> impl IntoView {
    figure(value.map(milliseconds))
}

/// A percentage from 0 to 100, cut off and never rounded up; a dash where there is none.
#[component]
pub fn Percent(#[prop(into)] value: Option<f64>, #[prop(default = 2)] decimals: u8) -> impl IntoView {
    figure(value.map(|value| percent(value, decimals)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_have_three_digits_and_never_read_1000() {
        assert_eq!(rate(0.0), "0\u{a0}bit/s");
        assert_eq!(rate(942.0), "942\u{a0}bit/s");
        assert_eq!(rate(999.7), "1.00\u{a0}kbit/s");
        assert_eq!(rate(94_230_000.0), "94.2\u{a0}Mbit/s");
        assert_eq!(rate(1e9), "1.00\u{a0}Gbit/s");
        assert_eq!(rate(f64::NAN), "0\u{a0}bit/s");
        for (value, shown) in [
            (0.004, "0.00"),
            (9.994, "9.99"),
            (12.345, "12.3"),
            (99.945, "99.9"),
            (9.996, "10.0"),
            (99.94, "99.9"),
            (99.96, "100"),
            (3e15, "3000"),
        ] {
            assert_eq!(rate(value).split('\u{a0}').next(), Some(shown));
        }
    }

    #[test]
    fn percentages_are_cut_off_and_never_rounded_up() {
        assert_eq!(percent(99.999, 2), "99.99\u{a0}%");
        assert_eq!(percent(99.95, 2), "99.95\u{a0}%");
        assert_eq!(percent(100.0, 3), "100.000\u{a0}%");
    }

    #[test]
    fn sizes_count_in_1024() {
        assert_eq!(bytes(1536.0), "1.50\u{a0}KiB");
        assert_eq!(milliseconds(1250.0), "1.25\u{a0}s");
    }
}
