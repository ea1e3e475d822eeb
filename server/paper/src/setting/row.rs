//! A row of stacks of lines beside each other: of a table, or of keys and values. Whole on a page, unless no page could
//! hold it; then it breaks between its lines.

use std::rc::Rc;

use super::{Setter, Stack, Type, hairline, mark};
use crate::{
    block::Align,
    colour::{Colour, Tone},
    page::{Canvas, NodeId, Piece, Repeated},
    text::Line,
};

/// One stack in its place.
#[derive(Clone, Debug)]
pub(super) struct Column {
    pub(super) x: f32,
    pub(super) width: f32,
    pub(super) align: Align,
    pub(super) stack: Stack,
    pub(super) tone: Tone,
    /// `None`: an artifact.
    pub(super) node: Option<NodeId>,
}

/// What is around the stacks of a row.
#[derive(Clone)]
pub(super) struct Around {
    pub(super) padding: f32,
    pub(super) space: f32,
    /// Below the row.
    pub(super) rule: Option<Colour>,
    pub(super) head: Option<Rc<Repeated>>,
}

impl Setter<'_> {
    pub(super) fn row(&self, columns: Vec<Column>, around: &Around) -> Vec<Piece> {
        let (left, width) = (self.left, self.width);
        let head = around.head.as_ref().map_or(0.0, |head| head.height);
        let height = columns.iter().map(|column| column.stack.height()).fold(0.0, f32::max) + 2.0 * around.padding;
        let rule = around.rule;
        let padding = around.padding;
        if height + head <= self.depth {
            let mut piece = Piece::new(height, around.space, move |canvas, top| {
                for column in &columns {
                    draw(canvas, column, top + padding);
                }
                if let Some(rule) = rule {
                    hairline(canvas, rule, left, top + height, width);
                }
            });
            piece.head.clone_from(&around.head);
            return vec![piece];
        }
        let most = columns.iter().map(|column| column.stack.lines.len()).max().unwrap_or(0);
        let strips = (0..most).map(|at| {
            let strip: Vec<Column> = columns.iter().filter_map(|column| column.line(at)).collect();
            let above = if at == 0 { padding } else { 0.0 };
            let below = if at + 1 == most { padding } else { 0.0 };
            let height = above + below + strip.iter().map(|column| column.stack.height()).fold(0.0, f32::max);
            let space = if at == 0 { around.space } else { 0.0 };
            let mut piece = Piece::new(height, space, move |canvas, top| {
                for column in &strip {
                    draw(canvas, column, top + above);
                }
                if let Some(rule) = rule.filter(|_| at + 1 == most) {
                    hairline(canvas, rule, left, top + height, width);
                }
            });
            piece.head.clone_from(&around.head);
            piece
        });
        strips.collect()
    }
}

impl Column {
    /// This with one line alone; the mark is the first line's.
    fn line(&self, at: usize) -> Option<Self> {
        let line = self.stack.lines.get(at)?.clone();
        let mut column = Self {
            stack: Stack { lines: vec![line] },
            ..self.clone()
        };
        if self.tone != Tone::Plain {
            let taken = mark::ROOM;
            if at > 0 {
                column.tone = Tone::Plain;
                column.x += if self.align == Align::Start { taken } else { 0.0 };
                column.width -= taken;
            }
        }
        Some(column)
    }
}

/// Draws a column's stack.
pub(super) fn draw(canvas: &mut Canvas, column: &Column, top: f32) {
    let content = |canvas: &mut Canvas| {
        let mut top = top;
        let marked = column.tone != Tone::Plain;
        // Text beside a mark keeps its edge on all lines.
        let (x, width) = match (marked, column.align) {
            (true, Align::Start) => (column.x + mark::ROOM, column.width - mark::ROOM),
            _ => (column.x, column.width),
        };
        for (at, (line, kind)) in column.stack.lines.iter().enumerate() {
            if marked && at == 0 {
                let from = text_start(line, kind, column.align, x, width);
                mark::draw(
                    canvas,
                    column.tone,
                    from - mark::ROOM + 3.0,
                    top + kind.leading / 2.0,
                    2.6,
                );
            }
            canvas.text(
                line,
                kind.style.size,
                kind.colour,
                column.align,
                (x, width),
                kind.base(top),
            );
            top += kind.leading;
        }
    };
    match column.node {
        Some(node) => canvas.mark(node, content),
        None => canvas.artifact(content),
    }
}

fn text_start(line: &Line, kind: &Type, align: Align, x: f32, width: f32) -> f32 {
    let free = width - line.width * kind.style.size;
    match align {
        Align::Start => x,
        Align::Middle => x + free / 2.0,
        Align::End => x + free,
    }
}
