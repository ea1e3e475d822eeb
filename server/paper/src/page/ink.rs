//! Text on a page: glyphs in their places, and for whoever selects or searches, the characters that they stand for.
//!
//! A glyph that always stands for the same characters says so once in its font (ToUnicode). Where that does not hold, as
//! in scripts that reorder and join, the stretch carries its text beside it (ActualText).

use std::{collections::BTreeMap, rc::Rc, sync::Arc};

use printpdf::{Codepoint, DictItem, FontId, Op, PdfFontHandle, Point, Pt, TextItem, TextMatrix};
use subsetter::GlyphRemapper;

use super::canvas::{Canvas, tidy};
use crate::{
    block::Align,
    colour::Colour,
    font::Face,
    text::{Glyph, Line, Matter, Run},
};

/// Further than this, in thousandths of the size, a stretch does not go on.
const LEAP: f32 = 400.0;

/// The fonts of a document, and of each the glyphs that it needs.
#[derive(Debug, Default)]
pub(crate) struct Inked {
    pub(crate) fonts: Vec<InkedFont>,
}

#[derive(Debug)]
pub(crate) struct InkedFont {
    pub(crate) face: Arc<Face>,
    pub(crate) glyphs: GlyphRemapper,
    /// The characters and the width of each glyph, by its new number.
    pub(crate) known: BTreeMap<u16, (String, u16)>,
}

/// What the font with this number is called in the file.
pub(crate) fn font_name(number: usize) -> String {
    // Not F: printpdf keeps those for the fonts that every viewer has.
    format!("T{number}")
}

impl Show {
    /// Of glyphs beside each other.
    pub(super) fn of(font: usize, glyphs: impl Iterator<Item = u16>) -> Self {
        let codes = glyphs.map(|glyph| Codepoint::new(glyph, 0.0)).collect();
        Self {
            font,
            items: vec![TextItem::GlyphIds(codes)],
            from: 0.0,
            viewer: 0.0,
        }
    }
}

impl Inked {
    pub(super) fn font(&mut self, face: &Arc<Face>) -> usize {
        if let Some(at) = self.fonts.iter().position(|font| Arc::ptr_eq(&font.face, face)) {
            return at;
        }
        self.fonts.push(InkedFont {
            face: face.clone(),
            glyphs: GlyphRemapper::new(),
            known: BTreeMap::new(),
        });
        self.fonts.len() - 1
    }

    /// The new number of `glyph`, and whether it stands for `text` in this document. `None`: what it stands for is
    /// said beside it.
    pub(super) fn glyph(&mut self, font: usize, glyph: &Glyph, text: Option<&str>) -> (u16, bool) {
        let font = &mut self.fonts[font];
        let id = font.glyphs.remap(glyph.id);
        let (known, _) = font.known.entry(id).or_insert_with(|| (String::new(), glyph.nominal));
        let Some(text) = text else { return (id, false) };
        if known.is_empty() {
            text.clone_into(known);
        }
        (id, known == text)
    }
}

/// A stretch that is shown by one operator.
pub(super) struct Show {
    font: usize,
    items: Vec<TextItem>,
    /// Where it begins, as a share of the size, and where a viewer's pen is, in thousandths of it.
    from: f32,
    viewer: f32,
}

/// Says of each glyph what it stands for, once that is known of all.
pub(crate) fn name_glyphs(ops: &mut [Op], inked: &Inked) {
    let mut font = None;
    for op in ops {
        match op {
            Op::SetFont {
                font: PdfFontHandle::External(FontId(name)),
                ..
            } => {
                font = name
                    .get(1..)
                    .and_then(|number| inked.fonts.get(number.parse::<usize>().ok()?))
            }
            Op::ShowText { items } => {
                let codes = items.iter_mut().filter_map(|item| match item {
                    TextItem::GlyphIds(codes) => Some(codes),
                    _ => None,
                });
                for code in codes.flatten() {
                    let known = font.and_then(|font| font.known.get(&code.gid));
                    code.cid = Some(known.map(|(text, _)| text.clone()).unwrap_or_default());
                }
            }
            _ => {}
        }
    }
}

impl Canvas {
    /// `line` with its base at `y`, in the room that begins at `x` and is so wide.
    pub(crate) fn text(
        &mut self,
        line: &Line,
        size: f32,
        colour: Colour,
        align: Align,
        (x, width): (f32, f32),
        y: f32,
    ) {
        let free = width - line.width * size;
        let from = match align {
            Align::Start => x,
            Align::Middle => x + free / 2.0,
            Align::End => x + free,
        };
        self.text_at(line, size, colour, from, y);
    }

    /// `line` from `x` on, with its base at `y`.
    pub(crate) fn text_at(&mut self, line: &Line, size: f32, colour: Colour, x: f32, y: f32) {
        self.feed(&[tidy(x), tidy(y), tidy(size)].map(f32::to_le_bytes).concat());
        let mut show: Option<Show> = None;
        for (run, pen) in &line.runs {
            let pen = *pen;
            self.feed(run.text.as_bytes());
            match &run.matter {
                Matter::Glyphs { face, glyphs } => {
                    let font = self.inked.font(face);
                    self.run(run, font, glyphs, pen, &mut show, (size, colour, x, y));
                }
                Matter::StandIn { face, rows, space } => {
                    self.flush(&mut show, size, colour, x, y);
                    self.stand_in(run, face, rows, space, size, colour, (x + pen * size, y));
                }
            }
        }
        self.flush(&mut show, size, colour, x, y);
    }

    /// Adds `run` to what is shown next, or shows it apart with its text beside it.
    fn run(
        &mut self,
        run: &Rc<Run>,
        font: usize,
        glyphs: &[Glyph],
        pen: f32,
        show: &mut Option<Show>,
        (size, colour, x, y): (f32, Colour, f32, f32),
    ) {
        let texts = texts(run, glyphs);
        let mut plain = texts.is_some();
        let mut codes = Vec::with_capacity(glyphs.len());
        for (at, glyph) in glyphs.iter().enumerate() {
            let text = texts.as_ref().and_then(|texts| texts.get(at).copied());
            let (id, same) = self.inked.glyph(font, glyph, text);
            plain &= same;
            codes.push(id);
        }
        if !plain {
            self.flush(show, size, colour, x, y);
            self.begin_span(&run.text);
        }
        if show.as_ref().is_some_and(|show| show.font != font) {
            self.flush(show, size, colour, x, y);
        }
        let mut at = pen * 1000.0;
        for (glyph, id) in glyphs.iter().zip(codes) {
            let lifted = glyph.up.abs() > 0.000_5;
            if lifted {
                self.flush(show, size, colour, x, y);
            }
            let place = at + glyph.right * 1000.0;
            // Not kerning: a run of another direction, which stands elsewhere.
            if show.as_ref().is_some_and(|show| (show.viewer - place).abs() > LEAP) {
                self.flush(show, size, colour, x, y);
            }
            let show_now = show.get_or_insert_with(|| Show {
                font,
                items: Vec::new(),
                from: place / 1000.0,
                viewer: place,
            });
            // Half a thousandth is less than the file's own rounding.
            let off = show_now.viewer - place;
            if off.abs() > 0.5 {
                let off = off.round();
                show_now.items.push(TextItem::Offset(off));
                show_now.viewer -= off;
            }
            let code = Codepoint::new(id, 0.0);
            match show_now.items.last_mut() {
                Some(TextItem::GlyphIds(codes)) => codes.push(code),
                _ => show_now.items.push(TextItem::GlyphIds(vec![code])),
            }
            show_now.viewer += f32::from(glyph.nominal);
            at += glyph.advance * 1000.0;
            if lifted {
                self.flush(show, size, colour, x, y - glyph.up * size);
            }
        }
        if !plain {
            self.flush(show, size, colour, x, y);
            self.end_span();
        }
    }

    pub(super) fn flush(&mut self, show: &mut Option<Show>, size: f32, colour: Colour, x: f32, y: f32) {
        let Some(show) = show.take() else { return };
        self.fill_with(colour);
        let Point { x: Pt(x), y: Pt(y) } = self.point(x + show.from * size, y);
        self.put(Op::StartTextSection);
        self.put(Op::SetFont {
            font: PdfFontHandle::External(FontId(font_name(show.font))),
            size: Pt(tidy(size)),
        });
        self.put(Op::SetTextMatrix {
            matrix: TextMatrix::Translate(Pt(x), Pt(y)),
        });
        self.put(Op::ShowText { items: show.items });
        self.put(Op::EndTextSection);
    }

    pub(super) fn end_span(&mut self) {
        self.put(Op::EndMarkedContent);
    }

    /// What follows stands for `text`.
    pub(super) fn begin_span(&mut self, text: &str) {
        let bytes = std::iter::once(0xfeff)
            .chain(text.encode_utf16())
            .flat_map(u16::to_be_bytes);
        let actual = DictItem::String {
            data: bytes.collect(),
            literal: false,
        };
        self.put(Op::BeginMarkedContentWithProperties {
            tag: "Span".to_owned(),
            properties: DictItem::Dict {
                map: BTreeMap::from([("ActualText".to_owned(), actual)]),
            },
        });
    }
}

/// The characters of each glyph, where each glyph stands for some of its own in the order of the glyphs; `None` where the
/// text cannot be had from them one by one.
fn texts<'a>(run: &'a Run, glyphs: &[Glyph]) -> Option<Vec<&'a str>> {
    let text = &*run.text;
    let mut texts = vec![""; glyphs.len()];
    let from_right = run.level.is_rtl();
    let reading = |place: usize| if from_right { glyphs.len() - 1 - place } else { place };
    let cluster = |place: usize| glyphs[reading(place)].cluster as usize;
    let mut place = 0;
    while place < glyphs.len() {
        let start = cluster(place);
        let next = (place..glyphs.len())
            .find(|place| cluster(*place) != start)
            .unwrap_or(glyphs.len());
        let end = if next < glyphs.len() { cluster(next) } else { text.len() };
        let whole = text.get(start..end).filter(|whole| !whole.is_empty())?;
        if next - place > 1 {
            return None;
        }
        texts[reading(place)] = whole;
        place = next;
    }
    Some(texts)
}
