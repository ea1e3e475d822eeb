//! Object storages that clients rent: pages for their users and for staff, made of the same parts.

pub mod change;
pub mod keys;
pub mod list;
pub mod show;
pub mod staff;

use leptos::prelude::*;

use crate::{
    samples::Sample,
    t, t_with,
    ui::{Meter, State, StateBadge},
};

/// What a storage does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Status {
    Ready,
    BeingMade,
    Growing,
    /// Contabo waits for something.
    Awaiting,
    Full,
    Cancelled,
    Failed,
    /// Another word of Contabo's.
    Other(String),
}

impl Status {
    fn badge(self) -> impl IntoView {
        let (state, word) = match self {
            Self::Ready => (State::Up, t("storage-ready").to_owned()),
            Self::BeingMade => (State::Maintenance, t("storage-being-made").to_owned()),
            Self::Growing => (State::Maintenance, t("storage-growing").to_owned()),
            Self::Awaiting => (State::Unknown, t("storage-awaiting").to_owned()),
            Self::Full => (State::Degraded, t("storage-full").to_owned()),
            Self::Cancelled => (State::Disabled, t("storage-ended").to_owned()),
            Self::Failed => (State::Down, t("storage-failed").to_owned()),
            Self::Other(word) => (State::Unknown, word),
        };
        view! { <StateBadge state=state label=word/> }
    }
}

/// How much of it is used, as Contabo last counted.
#[derive(Clone, Debug)]
pub struct Use {
    /// Bytes that are bought; none: Contabo does not say.
    pub size: Option<u64>,
    /// None: nothing was counted yet.
    pub used: Option<u64>,
    pub objects: Option<i64>,
}

impl Use {
    fn meter(&self) -> AnyView {
        match (self.used, self.size.filter(|size| *size > 0)) {
            (Some(used), Some(size)) => {
                let shown = t_with(
                    "storage-used-of",
                    &[("used", terabytes(used).into()), ("size", terabytes(size).into())],
                );
                let (used, size) = (used as f64, size as f64);
                view! { <Meter label=t("storage-used") value=used max=size high=size * 0.9 shown=shown/> }.into_any()
            }
            (None, Some(size)) => t_with("storage-not-counted-of", &[("size", terabytes(size).into())]).into_any(),
            _ => t("storage-not-counted").into_any(),
        }
    }

    fn objects(&self) -> String {
        self.objects
            .map_or_else(|| t("storage-not-counted").to_owned(), grouped)
    }
}

/// A whole number in groups of three.
fn grouped(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut out = String::from(if number < 0 { "-" } else { "" });
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// As storages are sold: thousands of thousands of millions.
fn terabytes(bytes: u64) -> String {
    let hundredths = bytes.div_ceil(10_000_000_000);
    match hundredths % 100 {
        0 => format!("{}\u{a0}TB", hundredths / 100),
        rest => format!("{}.{rest:02}\u{a0}TB", hundredths / 100),
    }
}

/// The samples of all pages here.
pub fn samples() -> Vec<Sample> {
    [
        list::samples(),
        show::samples(),
        keys::samples(),
        staff::samples(),
        change::samples(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_those_that_are_sold_and_nothing_used_is_not_something() {
        assert_eq!(terabytes(250_000_000_000), "0.25\u{a0}TB");
        assert_eq!(terabytes(2_000_000_000_000), "2\u{a0}TB");
        assert_eq!(terabytes(1), "0.01\u{a0}TB");
        assert_eq!(terabytes(0), "0\u{a0}TB");
        assert_eq!(
            (
                grouped(41_200).as_str(),
                grouped(-7).as_str(),
                grouped(1_000_000).as_str()
            ),
            ("41,200", "-7", "1,000,000")
        );
    }
}
