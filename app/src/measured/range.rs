//! What of a link's past a page shows, and what it is compared with.

use chrono::{DateTime, Utc};

use crate::{page::page, t, t_with, ui::time};

/// How far back a page looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Range {
    #[default]
    Day,
    Week,
    Month,
    Year,
    /// From one moment to another.
    Chosen {
        from: DateTime<Utc>,
        to: DateTime<Utc>,
    },
}

impl Range {
    /// Those that are a click away, shortest first.
    pub const OFFERED: [Self; 4] = [Self::Day, Self::Week, Self::Month, Self::Year];

    /// The value in addresses and names of files.
    pub fn name(self) -> String {
        match self {
            Self::Day => "24h".to_owned(),
            Self::Week => "7d".to_owned(),
            Self::Month => "30d".to_owned(),
            Self::Year => "1y".to_owned(),
            Self::Chosen { from, to } => format!("{}-to-{}", from.format("%Y%m%dT%H%MZ"), to.format("%Y%m%dT%H%MZ")),
        }
    }

    /// The offered range of this name, or `None`.
    pub fn parse(name: &str) -> Option<Self> {
        Self::OFFERED.into_iter().find(|range| range.name() == name)
    }

    /// `path` with the range: moments are in UTC, so that it leads everybody to the same.
    fn on(self, path: &str) -> String {
        match self {
            Self::Chosen { from, to } => {
                let minute = |at: DateTime<Utc>| at.format("%Y-%m-%dT%H:%MZ");
                format!("{path}?from={}&to={}", minute(from), minute(to))
            }
            offered => format!("{path}?range={}", offered.name()),
        }
    }

    /// As the button reads it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Day => t("range-day"),
            Self::Week => t("range-week"),
            Self::Month => t("range-month"),
            Self::Year => t("range-year"),
            Self::Chosen { .. } => t("range-chosen"),
        }
    }

    /// "the last 24 hours", for sentences.
    pub fn words(self) -> String {
        match self {
            Self::Day => t("range-day-words").to_owned(),
            Self::Week => t("range-week-words").to_owned(),
            Self::Month => t("range-month-words").to_owned(),
            Self::Year => t("range-year-words").to_owned(),
            Self::Chosen { from, to } => between(from, to),
        }
    }
}

/// "7 Nov 2026, 10:00 CET – 14 Nov 2026, 10:00 CET".
pub(super) fn between(from: DateTime<Utc>, to: DateTime<Utc>) -> String {
    let shown = |at| time::absolute(at, page().zone).into();
    t_with("range-chosen-words", &[("from", shown(from)), ("to", shown(to))])
}

/// The earlier range that one is compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Compare {
    /// As long, and it ends where the range begins.
    Before,
    /// 52 weeks before.
    Year,
}

impl Compare {
    pub const ALL: [Self; 2] = [Self::Before, Self::Year];

    /// The value in addresses.
    pub fn name(self) -> &'static str {
        match self {
            Self::Before => "before",
            Self::Year => "year",
        }
    }

    /// The comparison of this name, or `None`.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|compare| compare.name() == name)
    }

    /// As the button reads it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Before => t("compare-before"),
            Self::Year => t("compare-year"),
        }
    }

    /// What is measured, as it was then: "Download a year ago".
    pub fn of(self, measured: &str) -> String {
        let key = match self {
            Self::Before => "compare-of-before",
            Self::Year => "compare-of-year",
        };
        t_with(key, &[("measured", measured.into())])
    }
}

/// What an address asks for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    pub range: Range,
    pub compare: Option<Compare>,
}

impl Asked {
    /// `path` with all of it.
    pub fn on(self, path: &str) -> String {
        let range = self.range.on(path);
        match self.compare {
            Some(compare) => format!("{range}&compare={}", compare.name()),
            None => range,
        }
    }

    /// `path` with the range alone: a file is compared with nothing.
    pub fn uncompared_on(self, path: &str) -> String {
        self.range.on(path)
    }

    /// The same comparison of another range.
    #[must_use]
    pub fn of(self, range: Range) -> Self {
        Self { range, ..self }
    }

    /// The same range, compared with another.
    #[must_use]
    pub fn compared(self, compare: Option<Compare>) -> Self {
        Self { compare, ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_keeps_the_range_and_what_it_is_compared_with() {
        let asked = Asked {
            range: Range::Week,
            compare: Some(Compare::Year),
        };
        assert_eq!(asked.on("/x"), "/x?range=7d&compare=year");
        assert_eq!(asked.uncompared_on("/x"), "/x?range=7d");
        assert_eq!(asked.of(Range::Day).compared(None).on("/x"), "/x?range=24h");
        for compare in Compare::ALL {
            assert_eq!(Compare::parse(compare.name()), Some(compare));
        }
        assert_eq!(Compare::parse("Year"), None);
    }
}
