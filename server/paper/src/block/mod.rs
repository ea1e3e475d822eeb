//! What a document is composed of. Data alone: how each looks is in `setting`.

mod calendar;
mod chart;
mod picture;
mod table;

pub use calendar::{Calendar, Day};
pub use chart::{Band, Chart, Curve, GridLine, LegendEntry, LimitLine, Place, Swatch, Tick};
pub(crate) use picture::{Coding, Pixels};
pub use picture::{Picture, PictureError};
pub use table::{Align, Cell, Column, Row, Table};

use crate::colour::Tone;

/// One part of a document, over the whole width.
#[derive(Clone, Debug)]
pub enum Block {
    Masthead(Masthead),
    Heading(Heading),
    Paragraph(Paragraph),
    KeyValues(KeyValues),
    Tiles(Vec<Tile>),
    Table(Table),
    Callout(Callout),
    Calendar(Calendar),
    Chart(Chart),
    Picture(Picture),
    /// Kept on one page where a page has room for them.
    Together(Vec<Block>),
    PageBreak,
}

/// The opening of a document: whose it is, and what. It takes the header's place on its page.
#[derive(Clone, Debug, Default)]
pub struct Masthead {
    pub logo: Option<Picture>,
    /// Beside the logo, or in its place.
    pub organisation: String,
    pub title: String,
    pub subtitle: String,
}

/// A heading. It never stands alone at the bottom of a page.
#[derive(Clone, Debug)]
pub struct Heading {
    pub level: Level,
    pub text: String,
}

impl Heading {
    pub fn new(level: Level, text: &str) -> Self {
        Self {
            level,
            text: text.to_owned(),
        }
    }
}

/// How far up a heading is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    First,
    Second,
    Third,
}

/// Running text. A line break in it breaks the line.
#[derive(Clone, Debug)]
pub struct Paragraph {
    pub text: String,
    pub voice: Voice,
}

impl Paragraph {
    pub fn new(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            voice: Voice::Body,
        }
    }

    pub fn quiet(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            voice: Voice::Quiet,
        }
    }
}

/// How a paragraph speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Voice {
    /// Larger, for the one sentence that says it all.
    Lead,
    Body,
    /// Smaller, for notes and methods.
    Quiet,
}

/// Names with their values, in as many columns.
#[derive(Clone, Debug)]
pub struct KeyValues {
    /// 1 to 4.
    pub columns: usize,
    pub pairs: Vec<KeyValue>,
}

#[derive(Clone, Debug)]
pub struct KeyValue {
    pub key: String,
    pub value: String,
}

impl KeyValue {
    pub fn new(key: &str, value: &str) -> Self {
        Self {
            key: key.to_owned(),
            value: value.to_owned(),
        }
    }
}

/// A figure worth seeing first. Up to four stand in a row; each text has a few lines and ends in an ellipsis beyond.
#[derive(Clone, Debug)]
pub struct Tile {
    pub label: String,
    pub figure: String,
    /// What the figure means: "met", "target 99.9 %".
    pub word: String,
    pub tone: Tone,
}

/// Something to be noticed: a coloured bar beside a title and a text.
#[derive(Clone, Debug)]
pub struct Callout {
    pub tone: Tone,
    pub title: String,
    pub text: String,
}
