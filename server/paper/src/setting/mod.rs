//! How each block looks: it is measured, and becomes pieces that draw themselves where the flow puts them.

mod calendar;
mod callout;
mod chart;
mod edges;
mod kinds;
mod mark;
mod masthead;
mod plot;
mod prose;
mod row;
mod table;
mod tiles;

use crate::{
    block::Block,
    colour::Colour,
    document::Document,
    error::Error,
    page::{Canvas, Flow, Kind, NodeId, Piece, Stroke, Tree, together},
    text::{Line, Style, Words},
};

/// Finished pages, not yet a file.
pub(crate) struct Pages {
    pub(crate) canvas: Canvas,
    pub(crate) digest: String,
}

/// Sets `document`.
pub(crate) fn set(document: &Document, words: &Words<'_>) -> Result<Pages, Error> {
    let paper = document.paper;
    if !paper.has_room() {
        return Err(Error::NoRoom);
    }
    let mut canvas = Canvas::new(paper.height);
    let mut setter = Setter {
        words,
        tree: &mut canvas.tree,
        left: paper.side,
        width: paper.measure(),
        depth: paper.depth(),
        accent: document.accent.on_paper(),
    };
    let pieces = setter.blocks(&document.blocks, Tree::ROOT);
    Flow::new(&paper).run(&mut canvas, pieces)?;
    let digest = canvas.digest();
    edges::draw(document, words, &mut canvas, &digest);
    Ok(Pages { canvas, digest })
}

/// Turns blocks into pieces.
struct Setter<'a> {
    words: &'a Words<'a>,
    tree: &'a mut Tree,
    left: f32,
    width: f32,
    depth: f32,
    accent: Colour,
}

impl Setter<'_> {
    fn blocks(&mut self, blocks: &[Block], parent: NodeId) -> Vec<Piece> {
        let mut pieces = Vec::new();
        for block in blocks {
            match block {
                Block::Masthead(masthead) => pieces.extend(self.masthead(masthead, parent)),
                Block::Heading(heading) => pieces.extend(self.heading(heading, parent)),
                Block::Paragraph(paragraph) => pieces.extend(self.paragraph(paragraph, parent)),
                Block::KeyValues(values) => pieces.extend(self.key_values(values, parent)),
                Block::Tiles(tiles) => pieces.extend(self.tiles(tiles, parent)),
                Block::Table(table) => pieces.extend(self.table(table, parent)),
                Block::Callout(callout) => pieces.extend(self.callout(callout, parent)),
                Block::Calendar(calendar) => pieces.extend(self.calendar(calendar, parent)),
                Block::Chart(chart) => pieces.extend(self.chart(chart, parent)),
                Block::Picture(picture) => pieces.push(self.picture(picture, parent)),
                Block::Together(blocks) => {
                    let node = self.tree.add(parent, Kind::Division);
                    let mut kept = self.blocks(blocks, node);
                    together(&mut kept);
                    pieces.extend(kept);
                }
                Block::PageBreak => pieces.push(Piece::page_break()),
            }
        }
        pieces
    }
}

/// How a kind of text is set.
#[derive(Clone, Copy, Debug)]
struct Type {
    style: Style,
    /// From line to line.
    leading: f32,
    colour: Colour,
}

impl Type {
    /// The base of a line whose top is `top`: capitals stand in its middle.
    fn base(&self, top: f32) -> f32 {
        top + self.leading / 2.0 + self.style.size * 0.357
    }
}

/// Lines that stand below each other.
#[derive(Clone, Debug, Default)]
struct Stack {
    lines: Vec<(Line, Type)>,
}

impl Stack {
    fn height(&self) -> f32 {
        self.lines.iter().map(|(_, kind)| kind.leading).sum()
    }
}

/// A thin rule.
fn hairline(canvas: &mut Canvas, colour: Colour, x: f32, y: f32, width: f32) {
    canvas.artifact(|canvas| canvas.line(Stroke::solid(colour, 0.5), &[(x, y), (x + width, y)]));
}

impl Setter<'_> {
    fn stack(&self, text: &str, kind: Type, width: f32) -> Stack {
        let lines = self.words.lines(text, kind.style, width);
        Stack {
            lines: lines.into_iter().map(|line| (line, kind)).collect(),
        }
    }

    /// One below the other, read as one text.
    fn stacked(&self, mut above: Stack, below: Stack) -> Stack {
        if let Some((line, kind)) = above.lines.last_mut() {
            self.words.end_with_space(std::slice::from_mut(line), kind.style);
        }
        above.lines.extend(below.lines);
        above
    }

    fn stack_up_to(&self, text: &str, kind: Type, width: f32, most: usize) -> Stack {
        if text.is_empty() {
            return Stack::default();
        }
        let lines = self.words.lines_up_to(text, kind.style, width, most);
        Stack {
            lines: lines.into_iter().map(|line| (line, kind)).collect(),
        }
    }
}
