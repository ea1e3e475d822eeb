//! A drawing of thousands of places, such as a graph's curves: its own object in the file, written number by number.
//!
//! Places are whole tenths of a point there, 720 to the inch: short, and quick to write and to compress, which is most of
//! what a report costs.

use super::{Stroke, canvas::tidy};
use crate::colour::Colour;

/// The drawing so far, in the words of PDF.
#[derive(Debug)]
pub(crate) struct Drawing {
    height: f32,
    pub(super) content: String,
}

impl Drawing {
    /// Of a page that is so high.
    pub(super) fn new(height: f32) -> Self {
        // Lines meet without spikes.
        let content = String::from("1 j\n");
        Self { height, content }
    }

    pub(crate) fn line(&mut self, stroke: Stroke, places: &[(f32, f32)]) {
        if places.len() < 2 {
            return;
        }
        self.colour(stroke.colour, "RG");
        self.content
            .push_str(if stroke.dashed { "[30 20] 0 d " } else { "[] 0 d " });
        self.number(stroke.width);
        self.content.push_str("w\n");
        self.path(places);
        self.content.push_str("S\n");
    }

    pub(crate) fn area(&mut self, colour: Colour, places: &[(f32, f32)]) {
        if places.len() < 3 {
            return;
        }
        self.colour(colour, "rg");
        self.path(places);
        self.content.push_str("f\n");
    }

    fn path(&mut self, places: &[(f32, f32)]) {
        for (at, (x, y)) in places.iter().enumerate() {
            self.number(*x);
            self.number(self.height - y);
            self.content.push_str(if at == 0 { "m\n" } else { "l\n" });
        }
    }

    fn colour(&mut self, colour: Colour, operator: &str) {
        for part in [colour.red, colour.green, colour.blue] {
            self.content.push_str(&format!("{:.3} ", f32::from(part) / 255.0));
        }
        self.content.push_str(operator);
        self.content.push('\n');
    }

    /// Points, as whole tenths.
    fn number(&mut self, points: f32) {
        let tenths = (tidy(points) * 10.0).round() as i32;
        if tenths < 0 {
            self.content.push('-');
        }
        let mut digits = [0_u8; 10];
        let mut left = tenths.unsigned_abs();
        let mut count = 0;
        while count == 0 || left > 0 {
            digits[count] = b'0' + (left % 10) as u8;
            left /= 10;
            count += 1;
        }
        self.content
            .extend(digits[..count].iter().rev().map(|digit| char::from(*digit)));
        self.content.push(' ');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_whole_tenths_from_the_bottom() {
        let mut drawing = Drawing::new(100.0);
        drawing.area(Colour::new(255, 0, 0), &[(0.0, 100.0), (10.04, 0.0), (-1.26, f32::NAN)]);
        assert_eq!(
            drawing.content,
            "1 j\n1.000 0.000 0.000 rg\n0 0 m\n100 1000 l\n-13 0 l\nf\n"
        );
    }
}
