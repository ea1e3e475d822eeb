//! Headings, paragraphs and pictures in the column.

use super::{Setter, Type, kinds};
use crate::{
    block::{Align, Heading, Level, Paragraph, Picture, Voice},
    page::{Kind, NodeId, Piece},
    text::Line,
};

impl Setter<'_> {
    pub(super) fn heading(&mut self, heading: &Heading, parent: NodeId) -> Vec<Piece> {
        let (kind, rank, space) = match heading.level {
            Level::First => (kinds::HEADING_1, 1, 26.0),
            Level::Second => (kinds::HEADING_2, 2, 22.0),
            Level::Third => (kinds::HEADING_3, 3, 16.0),
        };
        let node = self.tree.add(parent, Kind::Heading(rank));
        let lines = self.words.lines(&heading.text, kind.style, self.width);
        let mut pieces = self.line_pieces(lines, kind, node, space);
        // A hundred lines of heading can't all stay with what follows.
        let long = pieces.len() > 8;
        for piece in &mut pieces {
            piece.stays = !long;
        }
        if let Some(last) = pieces.last_mut() {
            last.stays = true;
            last.height += 2.0;
        }
        pieces
    }

    pub(super) fn paragraph(&mut self, paragraph: &Paragraph, parent: NodeId) -> Vec<Piece> {
        let (kind, space) = match paragraph.voice {
            Voice::Lead => (kinds::LEAD, 10.0),
            Voice::Body => (kinds::BODY, 7.0),
            Voice::Quiet => (kinds::NOTE, 6.0),
        };
        let node = self.tree.add(parent, Kind::Paragraph);
        // Lines longer than this are hard to follow back.
        let width = self.width.min(kind.style.size * 50.0);
        let lines = self.words.lines(&paragraph.text, kind.style, width);
        self.line_pieces(lines, kind, node, space)
    }

    /// A piece a line. The first two and the last two stay together.
    pub(super) fn line_pieces(&self, lines: Vec<Line>, kind: Type, node: NodeId, space: f32) -> Vec<Piece> {
        let (left, width) = (self.left, self.width);
        let count = lines.len();
        let pieces = lines.into_iter().enumerate().map(|(at, line)| {
            let space = if at == 0 { space } else { 0.0 };
            Piece::new(kind.leading, space, move |canvas, top| {
                // In the column, and there alone, what is written from the right stands at the right.
                let align = if line.from_right { Align::End } else { Align::Start };
                canvas.mark(node, |canvas| {
                    let base = kind.base(top);
                    canvas.text(&line, kind.style.size, kind.colour, align, (left, width), base);
                });
            })
            .staying(at + 1 < count && (at == 0 || at + 2 == count))
        });
        pieces.collect()
    }

    pub(super) fn picture(&mut self, picture: &Picture, parent: NodeId) -> Piece {
        let node = self.tree.add_figure(parent, &picture.alternative);
        let (width, height) = picture.size(self.width, self.depth);
        let (left, pixels) = (self.left, picture.pixels.clone());
        Piece::new(height, 8.0, move |canvas, top| {
            canvas.mark(node, |canvas| canvas.picture(&pixels, left, top, width, height));
        })
    }
}
