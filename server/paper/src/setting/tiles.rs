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
        let kind = self.figure_kind(tiles, inside);
        let mut set = Vec::with_capacity(tiles.len());
        for tile in tiles {
            let plain = tile.tone == Tone::Plain;
            let word = Type {
                colour: if plain { kinds::NOTE.colour } else { tile.tone.colour() },
                ..kinds::NOTE
            };
            let room = if plain { inside } else { inside - mark::ROOM };
            let label = self.stack_up_to(&tile.label, kinds::LABEL, inside, 2);
            let figure = self.stack_up_to(&tile.figure, kind, inside, 2);
            set.push(Set {
                node: self.tree.add(parent, Kind::Paragraph),
                tone: tile.tone,
                label: self.stacked(label, Stack::default()),
                figure: self.stacked(figure, Stack::default()),
                word: self.stack_up_to(&tile.word, word, room, 3),
            });
        }
        let tallest = |part: fn(&Set) -> f32| set.iter().map(part).fold(0.0, f32::max);
        let label = tallest(|set| set.label.height());
        let height = label + tallest(|set| set.figure.height() + set.word.height()) + 2.0 * PADDING;
        let (left, accent) = (self.left, self.accent);
        Piece::new(height, space, move |canvas, top| {
            for (at, set) in set.into_iter().enumerate() {
                let x = left + at as f32 * (width + GAP);
                canvas.artifact(|canvas| {
                    canvas.rectangle(SUNK, x, top, width, height);
                    let edge = if set.tone == Tone::Plain {
                        accent
                    } else {
                        set.tone.colour()
                    };
                    canvas.rectangle(edge, x, top, width, 2.0);
                });
                let column = |stack, tone| Column {
                    x: x + PADDING,
                    width: inside,
                    align: Align::Start,
                    stack,
                    tone,
                    node: None,
                };
                // Figures stand on one line, however long their labels are.
                let figure = top + PADDING + label;
                let word = figure + set.figure.height();
                canvas.mark(set.node, |canvas| {
                    row::draw(canvas, &column(set.label, Tone::Plain), top + PADDING);
                    row::draw(canvas, &column(set.figure, Tone::Plain), figure);
                    row::draw(canvas, &column(set.word, set.tone), word);
                });
            }
        })
    }

    /// The largest size at which every figure of a row fits its tile.
    fn figure_kind(&self, tiles: &[Tile], width: f32) -> Type {
        let kind = |size: f32| Type {
            style: Style::bold(size),
            leading: size * 1.42,
            ..kinds::BODY_BOLD
        };
        let widest = tiles
            .iter()
            .map(|tile| self.words.unbroken(&tile.figure, Style::bold(1.0)).width);
        let widest = widest.fold(0.0, f32::max);
        let fitting = FIGURES.into_iter().find(|size| widest * size <= width);
        kind(fitting.unwrap_or(FIGURES[FIGURES.len() - 1]))
    }
}

/// A tile that is measured.
struct Set {
    node: NodeId,
    tone: Tone,
    label: Stack,
    figure: Stack,
    word: Stack,
}

/// How many tiles stand in a row: as even as can be, five as three and two.
fn across(count: usize) -> usize {
    match count {
        0 => 1,
        1..=ACROSS => count,
        _ => count.div_ceil(count.div_ceil(ACROSS)),
    }
}
