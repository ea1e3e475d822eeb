//! Fonts in the file: cut down to the glyphs in use, under a name that says so.

use std::collections::BTreeMap;

use printpdf::{FontId, FontMetrics, ParsedFont, PdfDocument, PdfFont};
use sha2::{Digest, Sha256};

use crate::{
    error::Error,
    page::{InkedFont, font_name},
};

pub(super) fn add(file: &mut PdfDocument, fonts: &[InkedFont]) -> Result<(), Error> {
    for (number, font) in fonts.iter().enumerate() {
        file.resources
            .fonts
            .map
            .insert(FontId(font_name(number)), embedded(font)?);
    }
    Ok(())
}

fn embedded(font: &InkedFont) -> Result<PdfFont, Error> {
    let face = &font.face;
    let (bytes, index) = face.bytes().map_err(|source| Error::FontFile {
        name: face.name.clone(),
        source,
    })?;
    let subset = subsetter::subset(bytes, index, &font.glyphs).map_err(|source| Error::Subset {
        name: face.name.clone(),
        source,
    })?;
    let widths: BTreeMap<u16, u16> = font.known.iter().map(|(glyph, (_, width))| (*glyph, *width)).collect();
    let (ascent, descent, [x_min, y_min, x_max, y_max]) = face.bounds();
    let name = format!("{}+{}", tag(font), face.name);
    // Widths are in thousandths already, whatever units the font counts in.
    let metrics = FontMetrics { ascent, descent };
    let mut parsed = ParsedFont::with_glyph_data(subset, 0, Some(name), BTreeMap::new(), widths, 1000, metrics);
    parsed.pdf_font_metrics.x_min = x_min;
    parsed.pdf_font_metrics.y_min = y_min;
    parsed.pdf_font_metrics.x_max = x_max;
    parsed.pdf_font_metrics.y_max = y_max;
    parsed.pdf_font_metrics.us_weight_class = face.weight;
    Ok(PdfFont::new(parsed))
}

/// Six letters of which glyphs are in it (ISO 32000-1, 9.6.4).
fn tag(font: &InkedFont) -> String {
    let mut digest = Sha256::new();
    for glyph in font.glyphs.remapped_gids() {
        digest.update(glyph.to_be_bytes());
    }
    digest
        .finalize()
        .iter()
        .take(6)
        .map(|byte| char::from(b'A' + byte % 26))
        .collect()
}
