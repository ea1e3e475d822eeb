//! Callouts: a bar in the tone's colour, its mark, a title and a text on a light ground.

use super::{Setter, Stack, Type, kinds, mark};
use crate::{
    block::{Align, Callout},
    colour::Tone,
    page::{Kind, NodeId, Piece},
};

const PADDING: f32 = 9.0;
const INDENT: f32 = 14.0;

impl Setter<'_> {
    pub(super) fn callout(&mut self, callout: &Callout, parent: NodeId) -> Vec<Piece> {
        let colour = if callout.tone == Tone::Plain {
            self.accent
        } else {
            callout.tone.colour()
        };
        let title_kind = Type {
            colour,
            ..kinds::BODY_BOLD
        };
        let marked = if callout.tone == Tone::Plain { 0.0 } else { mark::ROOM };
        let room = self.width - INDENT - PADDING - marked;
        let title = match callout.title.is_empty() {
            true => Stack::default(),
            false => self.stack(&callout.title, title_kind, room),
        };
        let text = match callout.text.is_empty() {
            true => Stack::default(),
            false => self.stack(&callout.text, kinds::BODY, room),
        };
        let (title_node, text_node) = (
            self.tree.add(parent, Kind::Paragraph),
            self.tree.add(parent, Kind::Paragraph),
        );
        let lines: Vec<_> = (title.lines.into_iter().map(|line| (line, title_node)))
            .chain(text.lines.into_iter().map(|line| (line, text_node)))
            .collect();
        let count = lines.len();
        let (left, width, tone) = (self.left, self.width, callout.tone);
        let pieces = lines.into_iter().enumerate().map(|(at, ((line, kind), node))| {
            let above = if at == 0 { PADDING } else { 0.0 };
            let below = if at + 1 == count { PADDING } else { 0.0 };
            let height = above + kind.leading + below;
            let space = if at == 0 { 12.0 } else { 0.0 };
            Piece::new(height, space, move |canvas, top| {
                canvas.artifact(|canvas| {
                    // A little over the next, or the ground would show a seam.
                    let over = if at + 1 == count { 0.0 } else { 0.3 };
                    canvas.rectangle(colour.tint(0.07), left, top, width, height + over);
                    canvas.rectangle(colour, left, top, 3.0, height + over);
                });
                if at == 0 {
                    let middle = top + above + kind.leading / 2.0;
                    mark::draw(canvas, tone, left + INDENT + 2.6, middle, 2.8);
                }
                canvas.mark(node, |canvas| {
                    let room = (left + INDENT + marked, width - INDENT - PADDING - marked);
                    canvas.text(
                        &line,
                        kind.style.size,
                        kind.colour,
                        Align::Start,
                        room,
                        kind.base(top + above),
                    );
                });
            })
            .staying(at + 1 < count && (count <= 12 || at == 0 || at + 2 == count))
        });
        pieces.collect()
    }
}
