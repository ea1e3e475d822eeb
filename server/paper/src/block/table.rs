//! A table. Its header is repeated on every page that it flows over, and a row stays whole unless it is longer than a page.

use crate::colour::Tone;

/// Rows under columns.
#[derive(Clone, Debug, Default)]
pub struct Table {
    pub columns: Vec<Column>,
    pub rows: Vec<Row>,
    /// Said in place of the rows where there are none.
    pub empty: String,
}

#[derive(Clone, Debug)]
pub struct Column {
    pub title: String,
    /// The share of the width, relative to the other columns.
    pub share: f32,
    pub align: Align,
}

impl Column {
    /// A column of text.
    pub fn new(title: &str, share: f32) -> Self {
        Self {
            title: title.to_owned(),
            share,
            align: Align::Start,
        }
    }

    /// A column of figures, at the right.
    pub fn figures(title: &str, share: f32) -> Self {
        Self {
            align: Align::End,
            ..Self::new(title, share)
        }
    }
}

/// Where text stands in its room.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Align {
    #[default]
    Start,
    Middle,
    End,
}

/// Missing cells are empty, and those beyond the columns are not shown.
#[derive(Clone, Debug, Default)]
pub struct Row {
    pub cells: Vec<Cell>,
    /// Bold, with a rule above: a sum.
    pub strong: bool,
}

impl Row {
    pub fn new(cells: Vec<Cell>) -> Self {
        Self { cells, strong: false }
    }
}

#[derive(Clone, Debug, Default)]
pub struct Cell {
    pub text: String,
    pub tone: Tone,
}

impl Cell {
    pub fn new(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            tone: Tone::Plain,
        }
    }

    pub fn toned(tone: Tone, text: &str) -> Self {
        Self {
            text: text.to_owned(),
            tone,
        }
    }
}
