//! A graph, as places that somebody else worked out: lines and areas in units of the caller's own, with the origin at the
//! top left. The same geometry can so be drawn on a page and on paper.

use crate::colour::{Colour, Tone};

/// A place, in the chart's units.
pub type Place = (f64, f64);

/// Everything in the chart that is not finite or lies beyond it is left out or pulled to its edge.
#[derive(Clone, Debug, Default)]
pub struct Chart {
    pub title: String,
    /// What it shows, for those who can't see it.
    pub alternative: String,
    /// The room that the places are in, in units.
    pub width: f64,
    pub height: f64,
    /// Between these, in units, is what was measured; ticks of the time axis are written below.
    pub plot_top: f64,
    pub plot_bottom: f64,
    /// How high to draw it, in points: 60 to 400.
    pub points: f32,
    pub bands: Vec<Band>,
    pub lines: Vec<GridLine>,
    pub ticks: Vec<Tick>,
    pub curves: Vec<Curve>,
    pub limits: Vec<LimitLine>,
    pub legend: Vec<LegendEntry>,
}

/// A stretch of time from `x` on, tinted, with a stronger edge at the bottom.
#[derive(Clone, Debug)]
pub struct Band {
    pub x: f64,
    pub width: f64,
    pub tone: Tone,
}

/// A value of the axis.
#[derive(Clone, Debug)]
pub struct GridLine {
    pub y: f64,
    pub label: String,
    /// Drawn stronger: zero.
    pub strong: bool,
}

/// A tick of the time axis.
#[derive(Clone, Debug)]
pub struct Tick {
    pub x: f64,
    pub label: String,
}

/// What was measured, one stretch for each time without a gap.
#[derive(Clone, Debug, Default)]
pub struct Curve {
    /// The document's accent where `None`.
    pub colour: Option<Colour>,
    pub lines: Vec<Vec<Place>>,
    /// Filled lightly, as far as zero.
    pub areas: Vec<Vec<Place>>,
    /// Filled less lightly: from the lowest to the highest.
    pub spreads: Vec<Vec<Place>>,
    /// What it is compared with, dashed.
    pub earlier: Vec<Vec<Place>>,
}

/// A dashed line with its words at the right, above or below it.
#[derive(Clone, Debug)]
pub struct LimitLine {
    pub y: f64,
    pub label: String,
    pub below: bool,
    pub tone: Tone,
}

#[derive(Clone, Debug)]
pub struct LegendEntry {
    pub swatch: Swatch,
    pub label: String,
}

/// What stands before the words of a legend.
#[derive(Clone, Copy, Debug)]
pub enum Swatch {
    /// A line in the colour of the curve with this index.
    Curve(usize),
    Earlier(usize),
    Band(Tone),
    Limit(Tone),
}
