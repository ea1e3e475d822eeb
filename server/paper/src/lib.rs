//! A small typesetter for documents that look like reports: headings, paragraphs, tiles, tables that flow over pages,
//! calendars and graphs, as tagged PDF with text in any script.
//!
//! The caller composes a [`Document`] of owned data and gets bytes. The same document gives the same bytes, on one
//! machine: which fonts are installed is the only thing from outside. It knows nothing of Mainstay, and it measures
//! and words nothing: figures, labels and the language come from the caller. It is no general layout engine either:
//! there are no floats, no columns of text and no styles beyond those of a report.
//!
//! ```
//! use paper::{Block, Document, Fonts, Heading, Level, Paragraph, Properties, typeset};
//!
//! # fn main() -> Result<(), paper::Error> {
//! let fonts = Fonts::load(&[]);
//! let mut document = Document::new(Properties::new("November 2026", "en", "Example Networks"));
//! document.blocks.push(Block::Heading(Heading::new(Level::First, "November 2026")));
//! document.blocks.push(Block::Paragraph(Paragraph::new("Every link met its targets.")));
//! let paper = typeset(&document, &fonts)?;
//! assert!(paper.bytes.starts_with(b"%PDF-1.7"));
//! # Ok(())
//! # }
//! ```

mod block;
mod colour;
mod document;
mod error;
mod font;
mod page;
mod pdf;
mod setting;
mod text;

pub use block::{
    Align, Band, Block, Calendar, Callout, Cell, Chart, Column, Curve, Day, GridLine, Heading, KeyValue, KeyValues,
    LegendEntry, Level, LimitLine, Masthead, Paragraph, Picture, PictureError, Place, Row, Swatch, Table, Tick, Tile,
    Voice,
};
pub use colour::{Colour, Tone};
pub use document::{Document, Footer, Header, Paper, Properties};
pub use error::Error;
pub use font::Fonts;

/// A finished document.
#[derive(Clone, Debug)]
pub struct Typeset {
    /// The PDF.
    pub bytes: Vec<u8>,
    pub pages: usize,
    /// SHA-256 over everything on the pages between header and footer, in hexadecimal; what `{digest}` in the footer
    /// stands for.
    pub digest: String,
}

/// Sets `document` with `fonts`.
pub fn typeset(document: &Document, fonts: &Fonts) -> Result<Typeset, Error> {
    let words = text::Words::new(fonts, &document.properties.language);
    let pages = setting::set(document, &words)?;
    pdf::assemble(document, pages)
}
