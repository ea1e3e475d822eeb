//! Graphs of measurements over time.
//!
//! [`geometry::Geometry`] works out where everything is, in units that know no output; `svg.rs` paints it on
//! the page and the PDF paints the same geometry with its own means. A value that is missing is a gap and
//! never a line across it. Thinning out long series is the caller's work.

pub mod geometry;
pub mod legend;
mod scale;
pub mod sparkline;
mod svg;
mod time_axis;

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use leptos::prelude::*;

use super::number;
use crate::{page::page, t, t_with, text::Text};

pub use legend::GraphTable;
pub use sparkline::Sparkline;
pub use time_axis::TimeTick;

/// What the values are, and so how they are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    BitsPerSecond,
    Milliseconds,
    /// From 0 to 100.
    Percent,
    /// A bare number.
    Count,
}

impl Unit {
    /// A value with its unit.
    pub fn write(self, value: f64) -> String {
        match self {
            Self::BitsPerSecond => number::rate(value),
            Self::Milliseconds => number::milliseconds(value),
            Self::Percent => number::percent(value, 1),
            Self::Count => format!("{value:.0}"),
        }
    }

    /// A value of the axis, which is round: without the zeros that say how exact a measurement is.
    pub fn write_tick(self, value: f64) -> String {
        let text = self.write(value);
        match text.split_once('\u{a0}') {
            Some((digits, unit)) if digits.contains('.') => {
                let digits = digits.trim_end_matches('0').trim_end_matches('.');
                format!("{digits}\u{a0}{unit}")
            }
            _ => text,
        }
    }

    /// How far `now` is from `then`: a share of it, or a difference where a share would say little. `None` where there
    /// is no share of nothing.
    pub fn write_change(self, now: f64, then: f64) -> Option<String> {
        let difference = now - then;
        match self {
            Self::BitsPerSecond | Self::Count if then <= 0.0 => None,
            Self::BitsPerSecond | Self::Count if now >= then * 10.0 => Some(format!("×{:.0}", now / then)),
            Self::BitsPerSecond | Self::Count => {
                let share = difference / then * 100.0;
                Some(number::signed(share, |share| format!("{share:.0}\u{a0}%")))
            }
            Self::Milliseconds => Some(number::signed(difference, number::milliseconds)),
            Self::Percent => {
                // Of what is shown, which is cut off.
                let difference = number::cut(now, 1) - number::cut(then, 1);
                let points = number::signed(difference, |points| format!("{points:.1}"));
                Some(t_with("graph-change-points", &[("points", points.into())]))
            }
        }
    }

    /// The name by which the script knows it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::BitsPerSecond => "rate",
            Self::Milliseconds => "milliseconds",
            Self::Percent => "percent",
            Self::Count => "count",
        }
    }
}

/// One step of a series: what was measured in the slot that begins at `t`. All `None` is a gap.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    pub t: DateTime<Utc>,
    pub min: Option<f64>,
    pub avg: Option<f64>,
    pub max: Option<f64>,
}

/// Which colour a series has; never the only thing that tells series apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Hue {
    #[default]
    First,
    Second,
    Third,
}

impl Hue {
    pub(crate) fn class(self) -> &'static str {
        match self {
            Self::First => "hue-1",
            Self::Second => "hue-2",
            Self::Third => "hue-3",
        }
    }
}

/// A measured quantity over time, in order.
#[derive(Clone, Debug)]
pub struct Series {
    pub name: Text,
    pub hue: Hue,
    /// Drawn downwards from zero: traffic out below traffic in.
    pub below: bool,
    pub points: Vec<Point>,
    /// What the legend says of all of it, unless the points themselves say it.
    pub overall: Option<Overall>,
    /// What it is compared with.
    pub earlier: Option<Earlier>,
}

/// The same quantity in an earlier time, drawn behind the series.
#[derive(Clone, Debug)]
pub struct Earlier {
    pub name: Text,
    /// The mean at the place of each point.
    pub values: Vec<Option<f64>>,
    pub overall: Option<Overall>,
    /// Whether the two may be compared as a whole.
    pub is_alike: bool,
}

/// What a series comes to as a whole, which the means of its points do not tell.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Overall {
    pub min: f64,
    pub avg: f64,
    pub max: f64,
    pub percentile_95: Option<f64>,
}

/// What a line across a graph stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LimitKind {
    /// What was agreed.
    Agreed,
    /// What was measured: only 5 % of the values are greater.
    Percentile,
}

impl LimitKind {
    /// The value in classes.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Agreed => "agreed",
            Self::Percentile => "percentile",
        }
    }
}

/// A value to compare with, such as the committed bandwidth.
#[derive(Clone, Debug)]
pub struct Limit {
    pub label: Text,
    pub value: f64,
    /// Belongs to the series that are drawn downwards.
    pub below: bool,
    pub kind: LimitKind,
}

/// Why a stretch of time is not like the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BandKind {
    Outage,
    Maintenance,
    /// Switched off on purpose.
    Disabled,
    /// We have no samples, which says nothing about the link.
    Missing,
}

impl BandKind {
    /// All of them, in the order of the legend.
    pub const ALL: [Self; 4] = [Self::Outage, Self::Maintenance, Self::Disabled, Self::Missing];

    /// The value in classes.
    pub fn name(self) -> &'static str {
        match self {
            Self::Outage => "outage",
            Self::Maintenance => "maintenance",
            Self::Disabled => "disabled",
            Self::Missing => "missing",
        }
    }

    /// The word, in the page's language.
    pub fn word(self) -> &'static str {
        match self {
            Self::Outage => t("graph-outage"),
            Self::Maintenance => t("graph-maintenance"),
            Self::Disabled => t("graph-disabled"),
            Self::Missing => t("graph-missing"),
        }
    }
}

/// A stretch of time, drawn as what it is.
#[derive(Clone, Copy, Debug)]
pub struct Band {
    pub kind: BandKind,
    pub from: DateTime<Utc>,
    pub to: DateTime<Utc>,
}

/// Everything that one graph shows.
#[derive(Clone, Debug)]
pub struct Plot {
    pub unit: Unit,
    pub from: DateTime<Utc>,
    pub to: DateTime<Utc>,
    /// The zone of the time axis.
    pub zone: Tz,
    /// The distance of points. Where two are further apart than one and a half of it, there is a gap.
    pub step: TimeDelta,
    pub series: Vec<Series>,
    pub limits: Vec<Limit>,
    pub bands: Vec<Band>,
}

impl Plot {
    /// No series has any value.
    pub fn is_empty(&self) -> bool {
        self.series
            .iter()
            .all(|series| series.points.iter().all(|point| point.avg.is_none()))
    }
}

/// A graph with its legend. `id` is unique on the page; `table_href` leads to the same numbers as a table.
#[component]
pub fn Graph(
    id: &'static str,
    #[prop(into)] title: Text,
    /// What it shows in a sentence, for those who cannot see it.
    #[prop(into)]
    description: Text,
    plot: Plot,
    #[prop(optional, into)] table_href: super::OptionalText,
) -> impl IntoView {
    let empty = plot
        .is_empty()
        .then(|| view! { <p class="graph-empty">{t("graph-empty")}</p> });
    let drawing = svg::paint(id, &title, &description, &plot);
    let zone = page().zone.name();
    let class = ["graph graph-", plot.unit.name()].concat();
    view! {
        <figure class=class data-graph="" data-graph-zone=zone>
            <figcaption class="graph-head">
                <h3>{title}</h3>
                {table_href.0.map(|href| view! { <a class="small" href=href>{t("graph-table")}</a> })}
            </figcaption>
            // Painted by us from numbers; every text in it is escaped by the painter.
            <div class="graph-canvas" inner_html=drawing.into_string()></div>
            {empty}
            {legend::legend(&plot)}
        </figure>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_told_as_its_unit_reads_best() {
        let change = |unit: Unit, now, then| unit.write_change(now, then);
        let said = |text: &str| Some(text.replace(' ', "\u{a0}"));
        assert_eq!(change(Unit::BitsPerSecond, 112e6, 100e6), said("+12 %"));
        assert_eq!(change(Unit::BitsPerSecond, 50e6, 100e6), said("−50 %"));
        assert_eq!(change(Unit::BitsPerSecond, 100.1e6, 100e6), said("±0 %"));
        assert_eq!(change(Unit::BitsPerSecond, 9e9, 3e6), said("×3000"));
        assert_eq!(change(Unit::BitsPerSecond, 1.0, 0.0), None);
        assert_eq!(change(Unit::Milliseconds, 4.0, 5.25), said("−1.25 ms"));
        assert_eq!(change(Unit::Milliseconds, 4.0, 4.001), said("±0.00 ms"));
        assert_eq!(change(Unit::Percent, 0.5, 0.2).as_deref(), Some("+0.3 points"));
        assert_eq!(change(Unit::Percent, 0.21, 0.29).as_deref(), Some("±0.0 points"));
        assert_eq!(change(Unit::Percent, 0.5, 0.5).as_deref(), Some("±0.0 points"));
        // A loss of 1 - 0.9, which is a little less than 10 %.
        assert_eq!(
            change(Unit::Percent, (1.0 - 0.9) * 100.0, 0.0).as_deref(),
            Some("+10.0 points")
        );
    }
}
