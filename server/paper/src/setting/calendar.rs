//! A calendar of days, a week a line.

use super::{Setter, Stack, kinds, mark};
use crate::{
    block::{Align, Calendar, Day},
    colour::{Colour, HAIRLINE, SUNK, Tone},
    page::{Canvas, NodeId, Piece, together},
    text::Line,
};

const CELL: f32 = 28.0;
const GAP: f32 = 2.5;
/// More weeks than this may be parted.
const TOGETHER: usize = 8;

impl Setter<'_> {
    pub(super) fn calendar(&mut self, calendar: &Calendar, parent: NodeId) -> Vec<Piece> {
        let node = self.tree.add_figure(parent, &calendar.alternative);
        let columns = match calendar.weekdays.len() {
            0 => 7,
            count => count.min(31),
        };
        let width = (self.width - GAP * (columns - 1) as f32) / columns as f32;
        let mut pieces = Vec::new();
        if !calendar.weekdays.is_empty() {
            pieces.push(self.weekdays(&calendar.weekdays[..columns], width, node));
        }
        let lead = calendar.lead % columns;
        let cells: Vec<Option<&Day>> = std::iter::repeat_n(None, lead)
            .chain(calendar.days.iter().map(Some))
            .collect();
        for week in cells.chunks(columns) {
            pieces.push(self.week(week, width, node));
        }
        if !calendar.legend.is_empty() {
            pieces.extend(self.tone_legend(&calendar.legend, node));
        }
        if cells.len() <= TOGETHER * columns {
            together(&mut pieces);
        }
        pieces
    }

    fn weekdays(&self, names: &[String], width: f32, node: NodeId) -> Piece {
        let kind = kinds::LABEL;
        let lines: Vec<Line> = names
            .iter()
            .map(|name| self.words.line(name, kind.style, width))
            .collect();
        let left = self.left;
        Piece::new(kind.leading + 3.0, 10.0, move |canvas, top| {
            canvas.mark(node, |canvas| {
                for (at, line) in lines.iter().enumerate() {
                    let x = left + at as f32 * (width + GAP);
                    canvas.text(
                        line,
                        kind.style.size,
                        kind.colour,
                        Align::Start,
                        (x + 1.0, width),
                        kind.base(top),
                    );
                }
            });
        })
    }

    fn week(&self, days: &[Option<&Day>], width: f32, node: NodeId) -> Piece {
        let inside = width - 9.0;
        let days: Vec<Option<(Line, Stack, Tone)>> = days
            .iter()
            .map(|day| {
                let day = (*day)?;
                let label = self.words.line(&day.label, kinds::LABEL.style, inside - 8.0);
                let figure = self.stack_up_to(&day.figure, kinds::CELL, inside, 1);
                Some((label, figure, day.tone))
            })
            .collect();
        let left = self.left;
        Piece::new(CELL, GAP, move |canvas, top| {
            canvas.mark(node, |canvas| {
                for (at, day) in days.iter().enumerate() {
                    let Some((label, figure, tone)) = day else { continue };
                    let x = left + at as f32 * (width + GAP);
                    canvas.rectangle(ground(*tone), x, top, width, CELL);
                    // What is as it should be is not underlined.
                    let edge = match tone {
                        Tone::Plain => HAIRLINE,
                        Tone::Good => tone.colour().tint(0.4),
                        _ => tone.colour(),
                    };
                    canvas.rectangle(edge, x, top + CELL - 1.2, width, 1.2);
                    let kind = kinds::LABEL;
                    canvas.text(
                        label,
                        kind.style.size,
                        kind.colour,
                        Align::Start,
                        (x + 4.5, inside),
                        kind.base(top + 2.0),
                    );
                    mark::draw(canvas, *tone, x + width - 7.5, top + 2.0 + kind.leading / 2.0, 2.4);
                    for (line, kind) in &figure.lines {
                        let base = kind.base(top + 13.5);
                        canvas.text(line, kind.style.size, kind.colour, Align::End, (x + 4.5, inside), base);
                    }
                }
            });
        })
    }

    fn tone_legend(&self, legend: &[(Tone, String)], node: NodeId) -> Vec<Piece> {
        let entries = legend.iter().map(|(tone, words)| {
            let tone = *tone;
            let draw = move |canvas: &mut Canvas, x: f32, y: f32| mark::draw(canvas, tone, x + 3.0, y, 2.6);
            (mark::ROOM, Box::new(draw) as super::plot::DrawSwatch, words.as_str())
        });
        self.legend(entries.collect(), node, 7.0)
    }
}

fn ground(tone: Tone) -> Colour {
    match tone {
        Tone::Plain => SUNK,
        Tone::Bad | Tone::Warning => tone.colour().tint(0.13),
        _ => tone.colour().tint(0.07),
    }
}
