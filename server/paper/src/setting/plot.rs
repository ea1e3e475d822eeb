//! From a chart's units to points, and what stands below a picture: its legend.

use super::{Setter, kinds};
use crate::{
    block::{Align, Chart, Curve, Place},
    page::{Canvas, NodeId, Piece},
    text::Line,
};

/// Points of a line closer than this across are drawn by their lowest and highest: the same picture, and less of it.
const COLUMN: f32 = 0.5;

/// Draws what stands before the words of a legend, given its left and its middle.
pub(super) type DrawSwatch = Box<dyn Fn(&mut Canvas, f32, f32)>;

/// The places of a chart in points from its top left.
pub(super) struct Plot {
    x: Scale,
    y: Scale,
    pub(super) top: f32,
    pub(super) bottom: f32,
}

/// One direction: so many units become so many points.
struct Scale {
    units: f64,
    points: f32,
    from: f32,
}

impl Scale {
    fn new(units: f64, from: f32, points: f32) -> Self {
        let units = if units.is_finite() && units > 0.0 { units } else { 1.0 };
        Self { units, points, from }
    }

    /// `None` for what is no number; what lies outside is at the edge.
    fn place(&self, value: f64) -> Option<f32> {
        let share = (value / self.units).clamp(0.0, 1.0);
        (!share.is_nan()).then_some(self.from + share as f32 * self.points)
    }
}

/// A curve's lines and areas in points.
pub(super) struct Placed {
    pub(super) lines: Vec<Vec<(f32, f32)>>,
    pub(super) areas: Vec<Vec<(f32, f32)>>,
    pub(super) spreads: Vec<Vec<(f32, f32)>>,
    pub(super) earlier: Vec<Vec<(f32, f32)>>,
}

impl Plot {
    pub(super) fn new(chart: &Chart, from: f32, width: f32, height: f32) -> Self {
        let y = Scale::new(chart.height, 0.0, height);
        let top = y.place(chart.plot_top).unwrap_or(0.0);
        let bottom = y
            .place(chart.plot_bottom)
            .filter(|bottom| *bottom > top)
            .unwrap_or(height);
        Self {
            x: Scale::new(chart.width, from, width),
            y,
            top,
            bottom,
        }
    }

    pub(super) fn x(&self, value: f64) -> Option<f32> {
        self.x.place(value)
    }

    pub(super) fn y(&self, value: f64) -> Option<f32> {
        self.y.place(value)
    }

    pub(super) fn curve(&self, curve: &Curve) -> Placed {
        let all = |stretches: &[Vec<Place>]| stretches.iter().map(|stretch| self.places(stretch)).collect();
        Placed {
            lines: all(&curve.lines),
            areas: all(&curve.areas),
            spreads: all(&curve.spreads),
            earlier: all(&curve.earlier),
        }
    }

    fn places(&self, stretch: &[Place]) -> Vec<(f32, f32)> {
        let places = stretch.iter().filter_map(|(x, y)| Some((self.x(*x)?, self.y(*y)?)));
        thinned(places.collect())
    }
}

/// Of the places that follow each other within a column: the first, the lowest, the highest and the last.
fn thinned(places: Vec<(f32, f32)>) -> Vec<(f32, f32)> {
    let column = |place: &(f32, f32)| (place.0 / COLUMN) as i32;
    let mut kept = Vec::new();
    for same in places.chunk_by(|a, b| column(a) == column(b)) {
        if same.len() <= 4 {
            kept.extend_from_slice(same);
            continue;
        }
        let by_y = |a: &usize, b: &usize| same[*a].1.total_cmp(&same[*b].1);
        let lowest = (0..same.len()).min_by(by_y).unwrap_or(0);
        let highest = (0..same.len()).max_by(by_y).unwrap_or(0);
        let mut which = [0, lowest, highest, same.len() - 1];
        which.sort_unstable();
        let mut last = usize::MAX;
        for at in which {
            if at != last {
                kept.push(same[at]);
            }
            last = at;
        }
    }
    kept
}

impl Setter<'_> {
    /// Swatches with their words, as many beside each other as there is room for. Each has the width of its swatch.
    pub(super) fn legend(&self, entries: Vec<(f32, DrawSwatch, &str)>, node: NodeId, space: f32) -> Vec<Piece> {
        let kind = kinds::LABEL;
        let mut rows: Vec<Vec<(f32, f32, DrawSwatch, Line)>> = vec![Vec::new()];
        let mut x = 0.0;
        for (swatch_width, swatch, words) in entries {
            let line = self.words.line(words, kind.style, self.width - swatch_width);
            let wide = swatch_width + line.width * kind.style.size;
            if x > 0.0 && x + wide > self.width {
                rows.push(Vec::new());
                x = 0.0;
            }
            if let Some(row) = rows.last_mut() {
                row.push((x, swatch_width, swatch, line));
            }
            x += wide + 16.0;
        }
        let (left, width) = (self.left, self.width);
        let pieces = rows.into_iter().enumerate().map(|(at, row)| {
            let space = if at == 0 { space } else { 0.0 };
            Piece::new(kind.leading + 2.0, space, move |canvas, top| {
                canvas.mark(node, |canvas| {
                    for (x, swatch_width, swatch, line) in &row {
                        swatch(canvas, left + x, top + kind.leading / 2.0);
                        let room = (left + x + swatch_width, width);
                        canvas.text(line, kind.style.size, kind.colour, Align::Start, room, kind.base(top));
                    }
                });
            })
        });
        pieces.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thinning_keeps_the_first_the_last_and_every_peak() {
        let places: Vec<_> = (0..1000)
            .map(|at| (at as f32 / 100.0, if at == 333 { 50.0 } else { 0.0 }))
            .collect();
        let thin = thinned(places.clone());
        assert!(thin.len() < 100, "{}", thin.len());
        assert_eq!((thin.first(), thin.last()), (places.first(), places.last()));
        assert!(thin.contains(&places[333]));
    }

    #[test]
    fn places_that_are_no_numbers_are_left_out_and_those_outside_are_at_the_edge() {
        let chart = Chart {
            width: 10.0,
            height: 10.0,
            ..Chart::default()
        };
        let plot = Plot::new(&chart, 0.0, 100.0, 100.0);
        let stretch = [
            (1.0, 1.0),
            (f64::NAN, 1.0),
            (2.0, f64::INFINITY),
            (f64::NEG_INFINITY, 5.0),
        ];
        assert_eq!(plot.places(&stretch), [(10.0, 10.0), (20.0, 100.0), (0.0, 50.0)]);
    }
}
