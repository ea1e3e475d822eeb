//! Drawing on pages, in points from the top left. Every mark belongs to a node of the structure tree or is an artifact.

use std::collections::BTreeMap;

use printpdf::{
    Color, DictItem, ExtendedGraphicsStateId, LineCapStyle, LineDashPattern, LineJoinStyle, Op, Point, Pt, Rgb,
    XObjectId, XObjectTransform,
};
use sha2::{Digest, Sha256};

use super::{
    drawing::Drawing,
    ink::Inked,
    tags::{NodeId, Tree},
};
use crate::{block::Pixels, colour::Colour};

/// Further away from the page than this, nothing is drawn: PDF's own limit.
const FARTHEST: f32 = 14_400.0;

/// What the state in which drawings darken what is below them is called in the file.
pub(crate) const OVERLAY: &str = "G0";

/// How a line is drawn.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Stroke {
    pub(crate) colour: Colour,
    pub(crate) width: f32,
    pub(crate) dashed: bool,
}

impl Stroke {
    pub(crate) const fn solid(colour: Colour, width: f32) -> Self {
        let dashed = false;
        Self { colour, width, dashed }
    }

    pub(crate) const fn dashed(colour: Colour, width: f32) -> Self {
        let dashed = true;
        Self { colour, width, dashed }
    }
}

/// A page's drawing and the nodes of its marks.
#[derive(Debug, Default)]
pub(crate) struct Page {
    pub(crate) ops: Vec<Op>,
    pub(crate) marks: Vec<NodeId>,
    /// Whether a masthead stands in the header's place.
    pub(crate) has_masthead: bool,
}

/// The pages so far.
#[derive(Debug)]
pub(crate) struct Canvas {
    pub(crate) pages: Vec<Page>,
    pub(crate) tree: Tree,
    pub(crate) inked: Inked,
    pub(crate) pictures: Vec<Pixels>,
    /// In the words of PDF.
    pub(crate) drawings: Vec<String>,
    /// The page that is drawn on.
    at: usize,
    height: f32,
    digest: Sha256,
    /// What the page's state is, so that it is not set again.
    fill: Option<Colour>,
    stroke: Option<(Colour, f32, bool)>,
    inside: bool,
}

impl Canvas {
    pub(crate) fn new(height: f32) -> Self {
        Self {
            pages: Vec::new(),
            tree: Tree::new(),
            inked: Inked::default(),
            pictures: Vec::new(),
            drawings: Vec::new(),
            at: 0,
            height,
            digest: Sha256::new(),
            fill: None,
            stroke: None,
            inside: false,
        }
    }

    pub(crate) fn start_page(&mut self) {
        self.at = self.pages.len();
        self.pages.push(Page::default());
        self.start_state();
        self.digest.update(b"page");
    }

    /// Leaves the header of this page out.
    pub(crate) fn take_header(&mut self) {
        if let Some(page) = self.pages.get_mut(self.at) {
            page.has_masthead = true;
        }
    }

    /// Draws on an earlier page again.
    pub(crate) fn on_page(&mut self, page: usize, draw: impl FnOnce(&mut Self)) {
        let at = std::mem::replace(&mut self.at, page);
        self.start_state();
        draw(self);
        self.at = at;
    }

    fn start_state(&mut self) {
        (self.fill, self.stroke) = (None, None);
        self.put(Op::SetLineJoinStyle {
            join: LineJoinStyle::Round,
        });
        self.put(Op::SetLineCapStyle {
            cap: LineCapStyle::Butt,
        });
    }

    /// The digest of what was drawn until now.
    pub(crate) fn digest(&self) -> String {
        self.digest
            .clone()
            .finalize()
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect()
    }

    pub(super) fn put(&mut self, op: Op) {
        if let Some(page) = self.pages.get_mut(self.at) {
            page.ops.push(op);
        }
    }

    pub(super) fn feed(&mut self, bytes: &[u8]) {
        self.digest.update((bytes.len() as u64).to_le_bytes());
        self.digest.update(bytes);
    }

    pub(super) fn feed_places(&mut self, kind: u8, places: &[(f32, f32)]) {
        self.digest.update([kind]);
        for (x, y) in places {
            self.digest.update(tidy(*x).to_le_bytes());
            self.digest.update(tidy(*y).to_le_bytes());
        }
    }

    /// What `draw` draws is `node`.
    pub(crate) fn mark(&mut self, node: NodeId, draw: impl FnOnce(&mut Self)) {
        let Some(page) = self.pages.get_mut(self.at) else {
            return;
        };
        let mark = page.marks.len();
        page.marks.push(node);
        self.tree.mark(node, self.at, mark);
        let kind = self.tree.nodes[node.0].kind.name();
        let properties = BTreeMap::from([("MCID".to_owned(), DictItem::Int(mark as i64))]);
        self.put(Op::BeginMarkedContentWithProperties {
            tag: kind.to_owned(),
            properties: DictItem::Dict { map: properties },
        });
        let outside = std::mem::replace(&mut self.inside, true);
        draw(self);
        self.inside = outside;
        self.put(Op::EndMarkedContent);
    }

    /// What `draw` draws is not content: rules, grounds, what is repeated.
    pub(crate) fn artifact(&mut self, draw: impl FnOnce(&mut Self)) {
        if self.inside {
            return draw(self);
        }
        self.put(Op::BeginMarkedContent {
            tag: "Artifact".to_owned(),
        });
        let outside = std::mem::replace(&mut self.inside, true);
        draw(self);
        self.inside = outside;
        self.put(Op::EndMarkedContent);
    }

    pub(super) fn point(&self, x: f32, y: f32) -> Point {
        Point {
            x: Pt(tidy(x)),
            y: Pt(tidy(self.height - y)),
        }
    }

    pub(super) fn fill_with(&mut self, colour: Colour) {
        if self.fill != Some(colour) {
            self.fill = Some(colour);
            self.put(Op::SetFillColor { col: ink(colour) });
        }
    }

    pub(super) fn stroke_with(&mut self, stroke: Stroke) {
        let state = (stroke.colour, stroke.width, stroke.dashed);
        if self.stroke == Some(state) {
            return;
        }
        let before = self.stroke.replace(state);
        if before.is_none_or(|(colour, _, _)| colour != stroke.colour) {
            self.put(Op::SetOutlineColor {
                col: ink(stroke.colour),
            });
        }
        self.put(Op::SetOutlineThickness {
            pt: Pt(tidy(stroke.width)),
        });
        if before.map_or(stroke.dashed, |(_, _, dashed)| dashed != stroke.dashed) {
            let pattern: &[f32] = if stroke.dashed { &[3.0, 2.0] } else { &[] };
            self.put(Op::SetLineDashPattern {
                dash: LineDashPattern::new(0.0, pattern),
            });
        }
    }

    /// What `draw` draws lets through what is below, as ink does.
    pub(crate) fn overlay(&mut self, draw: impl FnOnce(&mut Self)) {
        let state = (self.fill, self.stroke);
        self.put(Op::SaveGraphicsState);
        self.put(Op::LoadGraphicsState {
            gs: ExtendedGraphicsStateId(OVERLAY.to_owned()),
        });
        draw(self);
        self.put(Op::RestoreGraphicsState);
        (self.fill, self.stroke) = state;
    }

    /// What `draw` draws, of thousands of places.
    pub(crate) fn drawing(&mut self, draw: impl FnOnce(&mut Drawing)) {
        let mut drawing = Drawing::new(self.height);
        draw(&mut drawing);
        self.feed(drawing.content.as_bytes());
        let id = XObjectId(drawing_name(self.drawings.len()));
        self.drawings.push(drawing.content);
        let transform = XObjectTransform {
            no_auto_scale: true,
            ..XObjectTransform::default()
        };
        self.put(Op::UseXobject { id, transform });
    }

    /// A picture, filling its room.
    pub(crate) fn picture(&mut self, pixels: &Pixels, x: f32, y: f32, width: f32, height: f32) {
        for bytes in pixels.bytes() {
            self.feed(bytes);
        }
        self.feed_places(b'p', &[(x, y), (width, height)]);
        let number = self.pictures.len();
        self.pictures.push(pixels.clone());
        let corner = self.point(x, y + height);
        self.put(Op::UseXobject {
            id: XObjectId(picture_name(number)),
            transform: XObjectTransform {
                translate_x: Some(corner.x),
                translate_y: Some(corner.y),
                scale_x: Some(tidy(width)),
                scale_y: Some(tidy(height)),
                no_auto_scale: true,
                ..XObjectTransform::default()
            },
        });
    }
}

/// What the picture with this number is called in the file.
pub(crate) fn picture_name(number: usize) -> String {
    format!("P{number}")
}

/// What the drawing with this number is called in the file.
pub(crate) fn drawing_name(number: usize) -> String {
    format!("D{number}")
}

fn ink(colour: Colour) -> Color {
    let part = |part: u8| (f32::from(part) / 255.0 * 1000.0).round() / 1000.0;
    Color::Rgb(Rgb::new(part(colour.red), part(colour.green), part(colour.blue), None))
}

/// A hundredth of a point is finer than any printer, and short in the file; what is no number is 0.
pub(super) fn tidy(value: f32) -> f32 {
    let value = if value.is_nan() {
        0.0
    } else {
        value.clamp(-FARTHEST, FARTHEST)
    };
    // Without the sum, what is a little below zero would be written as -0.
    (value * 100.0).round() / 100.0 + 0.0
}
