//! The shapes beside tones, so that a figure's meaning is seen without its colour.

use crate::{
    colour::Tone,
    page::{Canvas, Stroke},
};

/// How much room a mark takes before a text.
pub(super) const ROOM: f32 = 9.5;

/// Draws the mark of `tone` around a place.
pub(super) fn draw(canvas: &mut Canvas, tone: Tone, x: f32, y: f32, radius: f32) {
    let colour = tone.colour();
    canvas.artifact(|canvas| match tone {
        Tone::Plain => {}
        Tone::Good => canvas.disc(colour, x, y, radius),
        Tone::Warning => {
            let (half, up, down) = (radius * 1.15, radius * 1.1, radius * 0.9);
            canvas.area(colour, &[(x, y - up), (x + half, y + down), (x - half, y + down)]);
        }
        Tone::Bad => {
            let stroke = Stroke::solid(colour, radius * 0.62);
            let arm = radius * 0.85;
            canvas.line(stroke, &[(x - arm, y - arm), (x + arm, y + arm)]);
            canvas.line(stroke, &[(x - arm, y + arm), (x + arm, y - arm)]);
        }
        Tone::Unknown => canvas.ring(Stroke::solid(colour, radius * 0.45), x, y, radius * 0.82),
        Tone::Planned => canvas.rectangle(colour, x - radius * 0.9, y - radius * 0.9, radius * 1.8, radius * 1.8),
    });
}
