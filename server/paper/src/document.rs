//! A document as its caller composes it: what it is called, the paper, what stands on every page, and its blocks.

use chrono::{DateTime, Utc};

use crate::{block::Block, colour::Colour};

/// What is to be set.
#[derive(Clone, Debug)]
pub struct Document {
    pub properties: Properties,
    pub paper: Paper,
    /// Used in few places: rules, the first curve of a graph. Darkened where white paper would swallow it.
    pub accent: Colour,
    pub header: Header,
    pub footer: Footer,
    pub blocks: Vec<Block>,
}

impl Document {
    /// An empty document on A4.
    pub fn new(properties: Properties) -> Self {
        Self {
            properties,
            paper: Paper::A4,
            accent: Colour::new(0x24, 0x56, 0xd6),
            header: Header::default(),
            footer: Footer::default(),
            blocks: Vec::new(),
        }
    }
}

/// What a reader of the file's properties sees, and a screen reader says.
#[derive(Clone, Debug)]
pub struct Properties {
    pub title: String,
    /// A BCP 47 tag, such as `en` or `de-AT`. It also chooses between the Chinese, Japanese and Korean forms of a
    /// character.
    pub language: String,
    pub author: String,
    /// When it was made; `None` leaves the date out.
    pub created: Option<DateTime<Utc>>,
}

impl Properties {
    pub fn new(title: &str, language: &str, author: &str) -> Self {
        Self {
            title: title.to_owned(),
            language: language.to_owned(),
            author: author.to_owned(),
            created: None,
        }
    }
}

/// A sheet: its size and margins in points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Paper {
    pub width: f32,
    pub height: f32,
    pub side: f32,
    pub top: f32,
    pub bottom: f32,
}

impl Paper {
    pub const A4: Self = Self {
        width: 595.28,
        height: 841.89,
        side: 51.0,
        top: 62.0,
        bottom: 68.0,
    };
    pub const LETTER: Self = Self {
        width: 612.0,
        height: 792.0,
        ..Self::A4
    };

    /// The room between the side margins.
    pub(crate) fn measure(&self) -> f32 {
        self.width - 2.0 * self.side
    }

    /// The room between header and footer.
    pub(crate) fn depth(&self) -> f32 {
        self.height - self.top - self.bottom
    }

    /// Whether there is room to set anything; written so that NaN has none.
    pub(crate) fn has_room(&self) -> bool {
        let sizes = [self.width, self.height, self.side, self.top, self.bottom];
        sizes.iter().all(|size| size.is_finite() && *size >= 0.0)
            && self.width <= 14_400.0
            && self.height <= 14_400.0
            && self.measure() >= 144.0
            && self.depth() >= 200.0
    }
}

/// What stands at the head of every page but one that opens with a masthead.
#[derive(Clone, Debug, Default)]
pub struct Header {
    pub left: String,
    pub right: String,
}

/// What stands at the foot of every page. Each text is cut to its room.
#[derive(Clone, Debug, Default)]
pub struct Footer {
    pub left: String,
    /// A second line. `{digest}` stands for the document's digest.
    pub below: String,
    /// `{page}` and `{pages}` stand for the numbers: `Page {page} of {pages}`.
    pub page: String,
}
