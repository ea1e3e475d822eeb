//! What is shown for a character that no font has: a box with its code. It is still that character to whoever copies it.

use std::sync::Arc;

use super::{Stroke, canvas::Canvas, ink::Show};
use crate::{
    colour::Colour,
    font::Face,
    text::{Glyph, Run, STAND_IN_DIGITS},
};

impl Canvas {
    #[expect(
        clippy::too_many_arguments,
        reason = "what a stand-in is made of, and where it stands"
    )]
    pub(super) fn stand_in(
        &mut self,
        run: &Run,
        face: &Arc<Face>,
        rows: &[Vec<Glyph>; 2],
        space: &Glyph,
        size: f32,
        colour: Colour,
        (x, y): (f32, f32),
    ) {
        let (width, height) = (run.width * size, size * 0.78);
        let digits = size * STAND_IN_DIGITS;
        let inset = size * 0.06;
        let stroke = Stroke::solid(colour, size * 0.04);
        self.begin_span(&run.text);
        // Viewers take the first and the last glyph for where the character stands, and the digits are on no line.
        self.space(face, space, size, colour, (x, y));
        self.frame(stroke, x + inset, y - height, width - 2.0 * inset, height);
        for (row, base) in rows.iter().zip([y - height * 0.56, y - height * 0.12]) {
            let font = self.inked.font(face);
            let wide: f32 = row.iter().map(|glyph| glyph.advance).sum::<f32>() * digits;
            let codes: Vec<u16> = row.iter().map(|glyph| self.inked.glyph(font, glyph, None).0).collect();
            let show = Show::of(font, codes.into_iter());
            self.flush(&mut Some(show), digits, colour, x + (width - wide) / 2.0, base);
        }
        let last = x + width - space.advance * size;
        self.space(face, space, size, colour, (last, y));
        self.end_span();
    }

    fn space(&mut self, face: &Arc<Face>, space: &Glyph, size: f32, colour: Colour, (x, y): (f32, f32)) {
        let font = self.inked.font(face);
        let (code, _) = self.inked.glyph(font, space, Some(" "));
        let show = Show::of(font, std::iter::once(code));
        self.flush(&mut Some(show), size, colour, x, y);
    }
}
