//! From text to lines of glyphs: which script and font each character is, how it is shaped, and where lines break.
//!
//! Everything is measured in shares of the size, so that what is shaped once serves every size.

mod lines;
mod runs;
#[cfg(test)]
mod tests;

use std::{cell::RefCell, collections::HashMap, rc::Rc};

use unicode_bidi::Level;

use crate::font::{Fonts, Region};
pub(crate) use runs::{Glyph, Matter, Run, STAND_IN_DIGITS};

/// What stands between two places where a line may break, with the spaces after it.
#[derive(Debug)]
pub(crate) struct Word {
    /// In the order of reading; spaces at the end are a run of their own.
    runs: Vec<Rc<Run>>,
    width: f32,
    /// How much of the width is spaces at the end, and how many of the runs.
    space: f32,
    space_runs: usize,
}

/// How text is set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Style {
    pub(crate) size: f32,
    pub(crate) bold: bool,
}

impl Style {
    pub(crate) const fn regular(size: f32) -> Self {
        Self { size, bold: false }
    }

    pub(crate) const fn bold(size: f32) -> Self {
        Self { size, bold: true }
    }
}

/// A line of text, ready to be drawn.
#[derive(Clone, Debug, Default)]
pub(crate) struct Line {
    /// In the order of reading, each with where it begins as a share of the size.
    pub(crate) runs: Vec<(Rc<Run>, f32)>,
    /// As a share of the size.
    pub(crate) width: f32,
    /// Whether its paragraph is written from the right.
    pub(crate) from_right: bool,
}

/// How a word is set, apart from its size.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Manner {
    bold: bool,
    region: Region,
}

type Shaped = HashMap<Box<str>, Rc<Word>>;

/// The words of one document: those that come again are shaped once.
pub(crate) struct Words<'a> {
    fonts: &'a Fonts,
    language: &'a str,
    /// By weight and region. Text from right to left is not here: it depends on what is around it.
    shaped: RefCell<HashMap<Manner, Shaped>>,
}

impl<'a> Words<'a> {
    pub(crate) fn new(fonts: &'a Fonts, language: &'a str) -> Self {
        Self {
            fonts,
            language,
            shaped: RefCell::default(),
        }
    }

    fn manner(&self, text: &str, bold: bool) -> Manner {
        let region = Region::of(self.language, text);
        Manner { bold, region }
    }

    /// `text` of one level, between two breaks.
    fn word(&self, text: &str, manner: Manner, level: Level) -> Rc<Word> {
        if level.is_rtl() {
            return Rc::new(self.shape(text, manner, level));
        }
        let mut shaped = self.shaped.borrow_mut();
        let known = shaped.entry(manner).or_default();
        if let Some(word) = known.get(text) {
            return word.clone();
        }
        let word = Rc::new(self.shape(text, manner, level));
        known.insert(text.into(), word.clone());
        word
    }

    fn shape(&self, text: &str, manner: Manner, level: Level) -> Word {
        let seen = text.trim_end_matches([' ', '\u{3000}']);
        let mut runs = runs::shape(self.fonts, seen, manner.bold, manner.region, level);
        let letters: f32 = runs.iter().map(|run| run.width).sum();
        let spaces = runs::shape(self.fonts, &text[seen.len()..], manner.bold, manner.region, level);
        let space: f32 = spaces.iter().map(|run| run.width).sum();
        let space_runs = spaces.len();
        runs.extend(spaces);
        Word {
            runs: runs.into_iter().map(Rc::new).collect(),
            width: letters + space,
            space,
            space_runs,
        }
    }
}
