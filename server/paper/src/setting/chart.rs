//! A graph with its title, axes, limits and legend.

use super::{
    Setter, kinds,
    plot::{DrawSwatch, Plot},
};
use crate::{
    block::{Align, Chart, Swatch},
    colour::{Colour, HAIRLINE, QUIET, RULE, Tone},
    page::{Canvas, Kind, NodeId, Piece, Stroke, together},
    text::Line,
};

/// More of anything is not seen.
const MOST: usize = 400;
/// The curves after the first, told apart by lightness too.
const HUES: [Colour; 3] = [
    Colour::new(0x0a, 0x85, 0x78),
    Colour::new(0x7a, 0x4f, 0xd0),
    Colour::new(0x9a, 0x5b, 0x00),
];

impl Setter<'_> {
    pub(super) fn chart(&mut self, chart: &Chart, parent: NodeId) -> Vec<Piece> {
        let mut pieces = Vec::new();
        let node = self.tree.add_figure(parent, &chart.alternative);
        if !chart.title.is_empty() {
            let caption = self.tree.add(node, Kind::Caption);
            let lines = self
                .words
                .lines_up_to(&chart.title, kinds::HEADING_3.style, self.width, 3);
            pieces.extend(self.line_pieces(lines, kinds::HEADING_3, caption, 12.0));
        }
        pieces.push(self.drawing(chart, node));
        let entries: Vec<_> = chart.legend.iter().take(MOST).collect();
        let entries = entries.into_iter().map(|entry| {
            let swatch = self.swatch(chart, entry.swatch);
            (20.0, swatch, entry.label.as_str())
        });
        let entries: Vec<_> = entries.collect();
        if !entries.is_empty() {
            pieces.extend(self.legend(entries, node, 2.0));
        }
        if pieces.len() < 12 {
            together(&mut pieces);
        }
        pieces
    }

    fn colour(&self, chart: &Chart, curve: usize) -> Colour {
        let own = chart.curves.get(curve).and_then(|curve| curve.colour);
        own.map(Colour::on_paper).unwrap_or(match curve {
            0 => self.accent,
            later => HUES[(later - 1) % HUES.len()],
        })
    }

    fn drawing(&self, chart: &Chart, node: NodeId) -> Piece {
        let axis = kinds::AXIS;
        let grid: Vec<_> = chart.lines.iter().take(MOST).collect();
        let labels: Vec<Line> = grid
            .iter()
            .map(|line| self.words.line(&line.label, axis.style, self.width * 0.25))
            .collect();
        let widest = labels.iter().map(|label| label.width).fold(0.0, f32::max) * axis.style.size;
        let gutter = if labels.is_empty() { 0.0 } else { widest + 6.0 };
        let most = (self.depth - 120.0).clamp(60.0, 400.0);
        let height = if chart.points > 0.0 {
            chart.points.clamp(60.0, most)
        } else {
            150.0_f32.min(most)
        };
        let plot = Plot::new(chart, gutter, self.width - gutter, height);
        let grid: Vec<_> = grid
            .iter()
            .zip(labels)
            .filter_map(|(line, label)| Some((plot.y(line.y)?, label, line.strong)))
            .collect();
        let ticks: Vec<_> = chart
            .ticks
            .iter()
            .take(MOST)
            .filter_map(|tick| {
                Some((
                    plot.x(tick.x)?,
                    self.words.line(&tick.label, axis.style, self.width * 0.5),
                ))
            })
            .collect();
        let bands: Vec<_> = chart
            .bands
            .iter()
            .take(MOST * 10)
            .filter_map(|band| {
                let (from, to) = (plot.x(band.x)?, plot.x(band.x + band.width)?);
                // What lasted a minute of a month must still be seen.
                Some((from.min(to), (to - from).abs().max(0.8), band.tone))
            })
            .collect();
        let curves: Vec<_> = (chart.curves.iter().take(MOST).enumerate())
            .map(|(at, curve)| (self.colour(chart, at), plot.curve(curve)))
            .collect();
        let limits: Vec<_> = chart
            .limits
            .iter()
            .take(MOST)
            .filter_map(|limit| {
                let label = self.words.line(&limit.label, axis.style, (self.width - gutter) * 0.8);
                Some((plot.y(limit.y)?, label, limit.below, limit.tone))
            })
            .collect();
        let (left, width) = (self.left, self.width);
        Piece::new(height, 4.0, move |canvas, top| {
            let right = left + width;
            let (upper, lower) = (top + plot.top, top + plot.bottom);
            let move_by = |places: &[(f32, f32)]| -> Vec<(f32, f32)> {
                places.iter().map(|(x, y)| (left + x, top + y)).collect()
            };
            canvas.mark(node, |canvas| {
                canvas.drawing(|drawing| {
                    for (colour, curve) in &curves {
                        for area in &curve.areas {
                            drawing.area(colour.tint(0.12), &move_by(area));
                        }
                        for spread in &curve.spreads {
                            drawing.area(colour.tint(0.28), &move_by(spread));
                        }
                    }
                });
                // Over the areas, or they would hide what is said about a time.
                canvas.overlay(|canvas| {
                    for (x, wide, tone) in bands {
                        canvas.rectangle(tone.colour().tint(0.16), left + x, upper, wide, lower - upper);
                        canvas.rectangle(tone.colour(), left + x, lower - 2.5, wide, 2.5);
                    }
                });
                for (y, _, strong) in &grid {
                    let stroke = Stroke::solid(if *strong { RULE } else { HAIRLINE }, 0.5);
                    canvas.line(stroke, &[(left + gutter, top + y), (right, top + y)]);
                }
                for (x, _) in &ticks {
                    canvas.line(Stroke::solid(RULE, 0.5), &[(left + x, lower), (left + x, lower + 3.0)]);
                }
                canvas.drawing(|drawing| {
                    for (colour, curve) in &curves {
                        for line in &curve.earlier {
                            drawing.line(Stroke::dashed(colour.tint(0.6), 0.6), &move_by(line));
                        }
                        for line in &curve.lines {
                            drawing.line(Stroke::solid(*colour, 0.8), &move_by(line));
                        }
                    }
                });
                for (y, label, _) in &grid {
                    let base = top + y + axis.style.size * 0.357;
                    canvas.text(label, axis.style.size, QUIET, Align::End, (left, gutter - 6.0), base);
                }
                draw_ticks(canvas, &ticks, left, right, lower);
                for (y, label, below, tone) in &limits {
                    let colour = tone.colour();
                    let y = top + y;
                    canvas.line(Stroke::dashed(colour, 0.7), &[(left + gutter, y), (right, y)]);
                    let base = if *below { y + 8.0 } else { y - 3.0 };
                    let wide = label.width * axis.style.size;
                    canvas.rectangle(
                        Colour::new(255, 255, 255),
                        right - wide - 2.0,
                        base - 6.2,
                        wide + 2.0,
                        7.6,
                    );
                    canvas.text(label, axis.style.size, colour, Align::End, (left, width), base);
                }
            });
        })
    }

    fn swatch(&self, chart: &Chart, swatch: Swatch) -> DrawSwatch {
        let line = |stroke: Stroke| -> DrawSwatch {
            Box::new(move |canvas, x, y| canvas.line(stroke, &[(x, y), (x + 14.0, y)]))
        };
        match swatch {
            Swatch::Curve(curve) => line(Stroke::solid(self.colour(chart, curve), 1.6)),
            Swatch::Earlier(curve) => line(Stroke::dashed(self.colour(chart, curve).tint(0.6), 0.8)),
            Swatch::Limit(tone) => line(Stroke::dashed(tone.colour(), 0.9)),
            Swatch::Band(tone) => Box::new(move |canvas, x, y| draw_band(canvas, tone, x, y)),
        }
    }
}

fn draw_band(canvas: &mut Canvas, tone: Tone, x: f32, y: f32) {
    canvas.rectangle(tone.colour().tint(0.16), x, y - 4.0, 14.0, 8.0);
    canvas.rectangle(tone.colour(), x, y + 2.0, 14.0, 2.0);
}

/// Labels below the plot; those that would run into the one before are left out.
fn draw_ticks(canvas: &mut Canvas, ticks: &[(f32, Line)], left: f32, right: f32, lower: f32) {
    let axis = kinds::AXIS;
    let mut free_from = f32::MIN;
    for (x, label) in ticks {
        let wide = label.width * axis.style.size;
        let from = (left + x - wide / 2.0).min(right - wide).max(left);
        if from >= free_from {
            canvas.text_at(label, axis.style.size, QUIET, from, lower + 12.0);
            free_from = from + wide + 4.0;
        }
    }
}
