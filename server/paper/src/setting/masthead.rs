//! The opening of a document: logo and name, a bar in the tenant's colour, the title.

use super::{Setter, kinds};
use crate::{
    block::{Align, Masthead},
    page::{Kind, NodeId, Piece, together},
    text::Line,
};

/// A logo is no larger, in points.
const LOGO: (f32, f32) = (170.0, 44.0);

impl Setter<'_> {
    pub(super) fn masthead(&mut self, masthead: &Masthead, parent: NodeId) -> Vec<Piece> {
        let mut pieces = vec![self.letterhead(masthead, parent).starting_chapter(&masthead.title)];
        let (left, accent) = (self.left, self.accent);
        pieces.push(Piece::new(3.0, 20.0, move |canvas, top| {
            canvas.artifact(|canvas| canvas.rectangle(accent, left, top, 44.0, 3.0));
        }));
        let title = self.tree.add(parent, Kind::Heading(1));
        let lines = self
            .words
            .lines_up_to(&masthead.title, kinds::TITLE.style, self.width, 4);
        pieces.extend(self.line_pieces(lines, kinds::TITLE, title, 12.0));
        if !masthead.subtitle.is_empty() {
            let subtitle = self.tree.add(parent, Kind::Paragraph);
            let lines = self
                .words
                .lines_up_to(&masthead.subtitle, kinds::SUBTITLE.style, self.width, 4);
            pieces.extend(self.line_pieces(lines, kinds::SUBTITLE, subtitle, 2.0));
        }
        pieces.push(Piece::new(6.0, 0.0, |_, _| {}));
        together(&mut pieces);
        pieces
    }

    /// The logo at the left and the name at the right; without a logo, the name at the left.
    fn letterhead(&mut self, masthead: &Masthead, parent: NodeId) -> Piece {
        let kind = kinds::ORGANISATION;
        let logo = masthead.logo.as_ref().map(|logo| {
            let node = self.tree.add_figure(parent, &logo.alternative);
            let (width, height) = logo.size(LOGO.0, LOGO.1);
            (node, width, height, logo.pixels.clone())
        });
        let taken = logo.as_ref().map_or(0.0, |(_, width, _, _)| width + 20.0);
        let name = self.tree.add(parent, Kind::Paragraph);
        let lines = self
            .words
            .lines_up_to(&masthead.organisation, kind.style, self.width - taken, 2);
        let lines: Vec<Line> = if masthead.organisation.is_empty() {
            Vec::new()
        } else {
            lines
        };
        let text = kind.leading * lines.len() as f32;
        let height = logo.as_ref().map_or(0.0, |(_, _, height, _)| *height).max(text);
        let room = (self.left + taken, self.width - taken);
        let left = self.left;
        let align = if logo.is_some() { Align::End } else { Align::Start };
        Piece::new(height, 0.0, move |canvas, top| {
            canvas.take_header();
            if let Some((node, width, high, pixels)) = &logo {
                let middle = top + (height - high) / 2.0;
                canvas.mark(*node, |canvas| canvas.picture(pixels, left, middle, *width, *high));
            }
            canvas.mark(name, |canvas| {
                for (at, line) in lines.iter().enumerate() {
                    let top = top + (height - text) / 2.0 + at as f32 * kind.leading;
                    canvas.text(line, kind.style.size, kind.colour, align, room, kind.base(top));
                }
            });
        })
    }
}
