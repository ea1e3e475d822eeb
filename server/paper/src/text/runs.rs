//! Runs: stretches of one script, font and direction, and the glyphs they become.

use std::{rc::Rc, sync::Arc};

use harfrust::{Buffer, Direction, Feature, Script, ShapeOptions, ShaperFont, Tag};
use unicode_bidi::Level;
use unicode_script::UnicodeScript;
use unicode_segmentation::UnicodeSegmentation;

use crate::font::{Face, Fonts, Region};

/// A stretch of text in one font.
#[derive(Clone, Debug)]
pub(crate) struct Run {
    pub(crate) text: Box<str>,
    pub(crate) matter: Matter,
    /// As a share of the size.
    pub(crate) width: f32,
    pub(crate) level: Level,
}

/// What a run is drawn with.
#[derive(Clone, Debug)]
pub(crate) enum Matter {
    Glyphs {
        face: Arc<Face>,
        /// From left to right.
        glyphs: Vec<Glyph>,
    },
    /// A box with the code of a character that no font has.
    StandIn {
        face: Arc<Face>,
        /// The code's digits, in two rows.
        rows: [Vec<Glyph>; 2],
        space: Glyph,
    },
}

/// A glyph and where it stands; places are shares of the size.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Glyph {
    pub(crate) id: u16,
    /// Where its characters begin in the run's text.
    pub(crate) cluster: u32,
    pub(crate) advance: f32,
    /// What a viewer will advance by itself, in thousandths.
    pub(crate) nominal: u16,
    pub(crate) right: f32,
    pub(crate) up: f32,
}

/// How wide a stand-in is, as a share of the size.
const STAND_IN: f32 = 0.78;
/// How large its digits are.
pub(crate) const STAND_IN_DIGITS: f32 = 0.34;

/// The runs of `text`, in the order of reading.
pub(super) fn shape(fonts: &Fonts, text: &str, bold: bool, region: Region, level: Level) -> Vec<Run> {
    let mut runs = Vec::new();
    for piece in pieces(fonts, text, bold, region) {
        match piece.face {
            Some(face) => runs.push(shape_run(face, piece.text, piece.script, level)),
            None => runs.extend(piece.text.chars().map(|character| stand_in(fonts, character, level))),
        }
    }
    runs
}

struct Piece<'f, 't> {
    text: &'t str,
    face: Option<&'f Arc<Face>>,
    script: unicode_script::Script,
}

/// Splits where the font or the script changes. A letter and its accents stay together.
fn pieces<'f, 't>(fonts: &'f Fonts, text: &'t str, bold: bool, region: Region) -> Vec<Piece<'f, 't>> {
    let mut pieces: Vec<Piece<'f, 't>> = Vec::new();
    let mut start = 0;
    let printable = |byte: u8| matches!(byte, b' '..=b'~');
    if text.bytes().all(printable) {
        let face = Some(fonts.built_in_face(bold));
        let script = unicode_script::Script::Latin;
        return if text.is_empty() {
            pieces
        } else {
            vec![Piece { text, face, script }]
        };
    }
    for (at, cluster) in text.grapheme_indices(true) {
        let face = match cluster.chars().any(char::is_control) {
            true => None,
            false => fonts.face(cluster, bold, region),
        };
        let script = cluster
            .chars()
            .map(|character| character.script())
            .find(|script| is_own(*script));
        if let Some(last) = pieces.last_mut() {
            let same_face = match (last.face, face) {
                (Some(last), Some(face)) => Arc::ptr_eq(last, face),
                (None, None) => true,
                _ => false,
            };
            let same_script = script.is_none_or(|script| script == last.script || !is_own(last.script));
            if same_face && same_script {
                last.text = &text[start..at + cluster.len()];
                last.script = if is_own(last.script) {
                    last.script
                } else {
                    script.unwrap_or(last.script)
                };
                continue;
            }
        }
        start = at;
        let script = script.unwrap_or(unicode_script::Script::Common);
        pieces.push(Piece {
            text: cluster,
            face,
            script,
        });
    }
    pieces
}

/// Whether a script is one, and not "whatever is around".
fn is_own(script: unicode_script::Script) -> bool {
    use unicode_script::Script::{Common, Inherited, Unknown};
    !matches!(script, Common | Inherited | Unknown)
}

fn shape_run(face: &Arc<Face>, text: &str, script: unicode_script::Script, level: Level) -> Run {
    let direction = match level.is_rtl() {
        true => Direction::RightToLeft,
        false => Direction::LeftToRight,
    };
    let tag: Option<[u8; 4]> = script.short_name().as_bytes().try_into().ok();
    let script = tag
        .filter(|_| is_own(script))
        .and_then(|tag| Script::from_iso15924_tag(Tag::new(&tag)));
    // Figures below each other are compared by their places.
    let features = [Feature::new(Tag::new(b"tnum"), 1, ..)];
    let plan = face.plan(script, direction, &features);
    let mut buffer = Buffer::new();
    buffer.push_str(text);
    buffer.set_direction(direction);
    buffer.set_script(script);
    let options = ShapeOptions::new().plan(Some(&plan)).features(&features);
    let shaped = harfrust::shape(&ShaperFont::new(&face.font), &mut buffer, options);
    let widths = face.widths();
    let glyphs: Vec<Glyph> = match shaped {
        Ok(()) => (buffer.glyph_infos().iter().zip(buffer.glyph_positions()))
            .map(|(info, position)| {
                let id = u16::try_from(info.glyph_id).unwrap_or_default();
                Glyph {
                    id,
                    cluster: info.cluster,
                    advance: face.em(position.x_advance),
                    nominal: widths(id),
                    right: face.em(position.x_offset),
                    up: face.em(position.y_offset),
                }
            })
            .collect(),
        // A font's broken tables leave its letters side by side.
        Err(_) => unshaped(face, text),
    };
    Run {
        text: text.into(),
        width: glyphs.iter().map(|glyph| glyph.advance).sum(),
        matter: Matter::Glyphs {
            face: face.clone(),
            glyphs,
        },
        level,
    }
}

fn unshaped(face: &Face, text: &str) -> Vec<Glyph> {
    let widths = face.widths();
    let glyphs = text.char_indices().map(|(at, character)| {
        let id = face.glyph(character).unwrap_or_default();
        Glyph {
            id,
            cluster: at as u32,
            advance: f32::from(widths(id)) / 1000.0,
            nominal: widths(id),
            right: 0.0,
            up: 0.0,
        }
    });
    glyphs.collect()
}

fn stand_in(fonts: &Fonts, character: char, level: Level) -> Run {
    let face = fonts.built_in_face(true);
    let digits = format!("{:04X}", u32::from(character));
    let (above, below) = digits.split_at(digits.len() / 2);
    let rows = [above, below].map(|row| unshaped(face, row));
    Run {
        text: character.to_string().into(),
        matter: Matter::StandIn {
            face: face.clone(),
            rows,
            space: unshaped(face, " ").first().copied().unwrap_or_default(),
        },
        width: if digits.len() > 4 { STAND_IN * 1.3 } else { STAND_IN },
        level,
    }
}

impl Run {
    /// The same, among text of another level.
    pub(super) fn at_level(&self, level: Level) -> Self {
        let mut run = self.clone();
        run.level = level;
        run
    }

    /// How wide what begins at each character is, in the order of reading; nothing for those that are drawn with others.
    pub(super) fn widths(&self) -> Vec<(usize, f32)> {
        match &self.matter {
            Matter::StandIn { .. } => vec![(0, self.width)],
            Matter::Glyphs { glyphs, .. } => {
                let mut widths: Vec<(usize, f32)> = glyphs
                    .iter()
                    .map(|glyph| (glyph.cluster as usize, glyph.advance))
                    .collect();
                widths.sort_by_key(|(at, _)| *at);
                widths
            }
        }
    }
}

/// Where each run of a line begins, as a share of the size (UAX 9, rule L2). They stay in the order of reading, in which
/// whoever copies them or has them read wants them.
pub(super) fn placed(runs: Vec<Rc<Run>>) -> Vec<(Rc<Run>, f32)> {
    let levels: Vec<Level> = runs.iter().map(|run| run.level).collect();
    let mut places = vec![0.0; runs.len()];
    let mut pen = 0.0;
    for index in unicode_bidi::BidiInfo::reorder_visual(&levels) {
        places[index] = pen;
        pen += runs[index].width;
    }
    runs.into_iter().zip(places).collect()
}
