//! Tiles: the figures that are to be seen first.

use super::{
    Setter, Stack, Type, kinds, mark,
    row::{self, Column},
};
use crate::{
    block::{Align, Tile},
    colour::{SUNK, Tone},
    page::{Kind, NodeId, Piece},
    text::Style,
};

const ACROSS: usize = 4;
const GAP: f32 = 10.0;
const PADDING: f32 = 10.0;
/// A long figure is set smaller before it is broken.
const FIGURES: [f32; 4] = [20.0, 17.0, 14.0, 11.5];

impl Setter<'_> {
    pub(super) fn tiles(&mut self, tiles: &[Tile], parent: NodeId) -> Vec<Piece> {
        let mut pieces = Vec::new();
        for (at, tiles) in tiles.chunks(across(tiles.len())).enumerate() {
            let count = tiles.len().max(if at == 0 { 1 } else { ACROSS });
            pieces.push(self.tile_row(tiles, count, if at == 0 { 14.0 } else { GAP }, parent));
        }
        pieces
    }

    fn tile_row(&mut self, tiles: &[Tile], count: usize, space: f32, parent: NodeId) -> Piece {
        let width = (self.width - GAP * (count - 1) as f32) / count as f32;
        let inside = width - 2.0 * PADDING;
        let mut set = Vec::with_capacity(tiles.len());
        for tile in tiles {
            let node = self.tree.add(parent, Kind::Paragraph);
            let above = self
                .stack_up_to(&tile.label, kinds::LABEL, inside, 2)
                .over(self.figure(&tile.figure, inside));
            let room = if tile.tone == Tone::Plain {
                inside
            } else {
                inside - mark::ROOM
            };
            let word = Type {
                colour: if tile.tone == Tone::Plain {
                    kinds::NOTE.colour
                } else {
                    tile.tone.colour()
                },
                ..kinds::NOTE
            };
            let below = self.stack_up_to(&tile.word, word, room, 3);
            set.push((node, tile.tone, above, below));
        }
        let content = |above: &Stack, below: &Stack| above.height() + below.height();
        let tallest = set
            .iter()
            .map(|(_, _, above, below)| content(above, below))
            .fold(0.0, f32::max);
        let height = tallest + 2.0 * PADDING;
        let (left, accent) = (self.left, self.accent);
        Piece::new(height, space, move |canvas, top| {
            for (at, (node, tone, above, below)) in set.into_iter().enumerate() {
                let x = left + at as f32 * (width + GAP);
                canvas.artifact(|canvas| {
                    canvas.rectangle(SUNK, x, top, width, height);
                    let edge = if tone == Tone::Plain { accent } else { tone.colour() };
                    canvas.rectangle(edge, x, top, width, 2.0);
                });
                let mut column = Column {
                    x: x + PADDING,
                    width: inside,
                    align: Align::Start,
                    stack: above,
                    tone: Tone::Plain,
                    node: Some(node),
                };
                row::draw(canvas, &column, top + PADDING);
                let under = top + PADDING + column.stack.height();
                (column.stack, column.tone) = (below, tone);
                row::draw(canvas, &column, under);
            }
        })
    }

    fn figure(&self, text: &str, width: f32) -> Stack {
        let kind = |size: f32| Type {
            style: Style::bold(size),
            leading: size * 1.42,
            ..kinds::BODY_BOLD
        };
        let fitting = FIGURES.iter().map(|size| kind(*size));
        let one_line = fitting.clone().find(|kind| {
            let line = self.words.unbroken(text, kind.style);
            line.width * kind.style.size <= width
        });
        let kind = one_line.unwrap_or(kind(FIGURES[3]));
        self.stack_up_to(text, kind, width, 2)
    }
}

/// How many tiles stand in a row: as even as can be, five as three and two.
fn across(count: usize) -> usize {
    match count {
        0 => 1,
        1..=ACROSS => count,
        _ => count.div_ceil(count.div_ceil(ACROSS)),
    }
}
