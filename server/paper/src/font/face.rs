//! One face of a font: its tables for shaping, its measures for the PDF, and its bytes for cutting it down.

use std::{
    fmt,
    fs::File,
    io::{self, Read, Seek, SeekFrom},
    path::PathBuf,
    sync::{Arc, Mutex, OnceLock, PoisonError},
};

use harfrust::{
    Direction, Feature, Font, GlyphId, Script, ShapePlan, ShapePlanKey, Tag,
    font::{Blob, TableFunction},
};

/// Larger tables are no font's.
const LARGEST_TABLE: u32 = 64 * 1024 * 1024;

/// A face, shared by all documents.
pub(crate) struct Face {
    /// Its name in the PDF: ASCII.
    pub(crate) name: String,
    pub(crate) weight: u16,
    pub(crate) font: Font,
    units: f32,
    origin: Origin,
    plans: Mutex<Vec<Arc<ShapePlan>>>,
}

impl fmt::Debug for Face {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Face")
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

enum Origin {
    BuiltIn(&'static [u8]),
    File { path: PathBuf, index: u32, bytes: Whole },
}

/// A whole file, once it was needed; shared by its faces, of which a collection has many.
pub(super) type Whole = Arc<OnceLock<Vec<u8>>>;

/// Where a file has the tables of one face.
pub(super) type Directory = Vec<(Tag, u32, u32)>;

impl Face {
    pub(super) fn built_in(name: &str, bytes: &'static [u8], weight: u16) -> Self {
        // The bytes are the crate's own. Were they no font, everything would be shown by stand-ins.
        let font = Font::new(bytes, 0).unwrap_or_else(no_font);
        Self::of(name.to_owned(), weight, font, Origin::BuiltIn(bytes))
    }

    /// A face of a file, which is read table by table.
    pub(super) fn in_file(path: PathBuf, bytes: Whole, index: u32, font: Font, name: &str, weight: u16) -> Self {
        let allowed = |character: &char| character.is_ascii_alphanumeric() || *character == '-';
        let name: String = name.chars().filter(allowed).take(60).collect();
        let name = if name.is_empty() { "Font".to_owned() } else { name };
        Self::of(name, weight, font, Origin::File { path, index, bytes })
    }

    fn of(name: String, weight: u16, font: Font, origin: Origin) -> Self {
        Self {
            name,
            weight,
            units: f32::from(font.units_per_em().max(1)),
            font,
            origin,
            plans: Mutex::new(Vec::new()),
        }
    }

    pub(crate) fn covers(&self, character: char) -> bool {
        self.glyph(character).is_some()
    }

    pub(crate) fn glyph(&self, character: char) -> Option<u16> {
        let glyph = self.font.charmap().map_unicode(character)?;
        u16::try_from(glyph.to_u32()).ok().filter(|glyph| *glyph != 0)
    }

    /// Font units as a share of the size.
    pub(crate) fn em(&self, units: i32) -> f32 {
        units as f32 / self.units
    }

    /// Widths in thousandths of the size, as the PDF will state them.
    pub(crate) fn widths(&self) -> impl Fn(u16) -> u16 + '_ {
        let metrics = self.font.glyph_metrics();
        move |glyph| {
            let width = metrics.h_advance(GlyphId::new(u32::from(glyph))) / self.units * 1000.0;
            width.round().clamp(0.0, 32_000.0) as u16
        }
    }

    /// How far it reaches above and below the line, in thousandths, and the box of all glyphs.
    pub(crate) fn bounds(&self) -> (i16, i16, [i16; 4]) {
        let metrics = self.font.metrics();
        let scale = |units: f32| (units / self.units * 1000.0).round().clamp(-9_000.0, 9_000.0) as i16;
        let line = metrics.hhea_line;
        let ascent = line.map_or(900, |line| scale(line.ascender.to_f32()));
        let descent = line.map_or(-200, |line| scale(line.descender.to_f32()));
        let bounds = metrics.bounds;
        let edges = [bounds.x_min, bounds.y_min, bounds.x_max, bounds.y_max];
        (ascent, descent, edges.map(|edge| scale(edge.to_f32())))
    }

    /// How to shape a script, worked out once.
    pub(crate) fn plan(&self, script: Option<Script>, direction: Direction, features: &[Feature]) -> Arc<ShapePlan> {
        let key = ShapePlanKey::new(&self.font, script, direction).features(features);
        let mut plans = self.plans.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(plan) = plans.iter().find(|plan| key.matches(plan)) {
            return plan.clone();
        }
        let plan = Arc::new(ShapePlan::new(&self.font, direction, script, None, features));
        plans.push(plan.clone());
        plan
    }

    /// The whole file, and which face of it this is. Kept once read: those who need a script need it again.
    pub(crate) fn bytes(&self) -> io::Result<(&[u8], u32)> {
        match &self.origin {
            Origin::BuiltIn(bytes) => Ok((bytes, 0)),
            Origin::File { path, index, bytes } => {
                if let Some(bytes) = bytes.get() {
                    return Ok((bytes, *index));
                }
                let read = std::fs::read(path)?;
                Ok((bytes.get_or_init(|| read), *index))
            }
        }
    }
}

/// A font without a table.
fn no_font() -> Font {
    let nothing: TableFunction = TableFunction::new(Arc::new(|_| None));
    match Font::new(nothing, 0) {
        Some(font) => font,
        // A font of functions is accepted whatever they answer.
        None => unreachable!("a font without tables"),
    }
}

/// A font whose tables are read from `path` when somebody asks for them.
pub(super) fn lazy_font(path: PathBuf, directory: Directory) -> Option<Font> {
    let read = move |tag: Tag| -> Option<Blob> {
        let (_, offset, length) = directory.iter().find(|(other, _, _)| *other == tag)?;
        if *length > LARGEST_TABLE {
            return None;
        }
        let mut file = File::open(&path).ok()?;
        file.seek(SeekFrom::Start(u64::from(*offset))).ok()?;
        let mut bytes = Vec::new();
        file.take(u64::from(*length)).read_to_end(&mut bytes).ok()?;
        Some(Blob::from(bytes))
    };
    Font::new(TableFunction::new(Arc::new(read)), 0)
}
