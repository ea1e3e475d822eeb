//! Lines and areas on a page.

use printpdf::{LinePoint, Op, PaintMode, Polygon, PolygonRing, Pt, Rect, WindingOrder};

use super::{
    Stroke,
    canvas::{Canvas, tidy},
};
use crate::colour::Colour;

impl Canvas {
    pub(crate) fn rectangle(&mut self, colour: Colour, x: f32, y: f32, width: f32, height: f32) {
        self.feed_places(b'r', &[(x, y), (width, height)]);
        self.fill_with(colour);
        let corner = self.point(x, y + height);
        self.put(Op::DrawRectangle {
            rectangle: Rect {
                x: corner.x,
                y: corner.y,
                width: Pt(tidy(width)),
                height: Pt(tidy(height)),
                mode: Some(PaintMode::Fill),
                winding_order: Some(WindingOrder::NonZero),
            },
        });
    }

    /// The outline of a rectangle.
    pub(crate) fn frame(&mut self, stroke: Stroke, x: f32, y: f32, width: f32, height: f32) {
        let corners = [(x, y), (x + width, y), (x + width, y + height), (x, y + height), (x, y)];
        self.line(stroke, &corners);
    }

    /// A line through `places`.
    pub(crate) fn line(&mut self, stroke: Stroke, places: &[(f32, f32)]) {
        if places.len() < 2 {
            return;
        }
        self.feed_places(b'l', places);
        self.stroke_with(stroke);
        let points = self.points(places);
        let is_closed = false;
        self.put(Op::DrawLine {
            line: printpdf::Line { points, is_closed },
        });
    }

    /// The area within `places`.
    pub(crate) fn area(&mut self, colour: Colour, places: &[(f32, f32)]) {
        let points = places.iter().map(|(x, y)| (*x, *y, false));
        self.shape(colour, points.collect());
    }

    /// A disc.
    pub(crate) fn disc(&mut self, colour: Colour, x: f32, y: f32, radius: f32) {
        self.shape(colour, circle(x, y, radius));
    }

    pub(crate) fn ring(&mut self, stroke: Stroke, x: f32, y: f32, radius: f32) {
        self.feed_places(b'o', &[(x, y), (radius, 0.0)]);
        self.stroke_with(stroke);
        let points = circle(x, y, radius).into_iter().map(|(x, y, bezier)| LinePoint {
            p: self.point(x, y),
            bezier,
        });
        let points = points.collect();
        self.put(Op::DrawLine {
            line: printpdf::Line {
                points,
                is_closed: true,
            },
        });
    }

    fn shape(&mut self, colour: Colour, places: Vec<(f32, f32, bool)>) {
        if places.len() < 3 {
            return;
        }
        let bare: Vec<_> = places.iter().map(|(x, y, _)| (*x, *y)).collect();
        self.feed_places(b'a', &bare);
        self.fill_with(colour);
        let points = places.into_iter().map(|(x, y, bezier)| LinePoint {
            p: self.point(x, y),
            bezier,
        });
        let rings = vec![PolygonRing {
            points: points.collect(),
        }];
        self.put(Op::DrawPolygon {
            polygon: Polygon {
                rings,
                mode: PaintMode::Fill,
                winding_order: WindingOrder::NonZero,
            },
        });
    }

    fn points(&self, places: &[(f32, f32)]) -> Vec<LinePoint> {
        let points = places.iter().map(|(x, y)| LinePoint {
            p: self.point(*x, *y),
            bezier: false,
        });
        points.collect()
    }
}

/// A circle as four curves: where they meet, and between them what they lean on.
fn circle(x: f32, y: f32, radius: f32) -> Vec<(f32, f32, bool)> {
    let lean = radius * 0.552_28;
    vec![
        (x + radius, y, false),
        (x + radius, y + lean, true),
        (x + lean, y + radius, true),
        (x, y + radius, false),
        (x - lean, y + radius, true),
        (x - radius, y + lean, true),
        (x - radius, y, false),
        (x - radius, y - lean, true),
        (x - lean, y - radius, true),
        (x, y - radius, false),
        (x + lean, y - radius, true),
        (x + radius, y - lean, true),
        (x + radius, y, false),
    ]
}
