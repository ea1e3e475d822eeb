//! The content of a mail, and its two paintings: HTML for mail programs, and plain text.
//!
//! Texts are ready, in the reader's language. What is content belongs into a [`Part`]; no painter adds any.

mod html;
mod text;

use entity::mail::MailKind;

use super::Attachment;

/// What one mail says, whoever it is for.
#[derive(Clone, Debug)]
pub struct Letter {
    pub kind: MailKind,
    pub subject: String,
    /// What mail programs show beside the subject in a list; not part of the text.
    pub preview: String,
    /// The heading, in which one reads at once what it is about.
    pub title: String,
    pub parts: Vec<Part>,
    pub attachments: Vec<Attachment>,
}

/// One part of a letter.
#[derive(Clone, Debug)]
pub enum Part {
    /// A paragraph. Line breaks in it are kept.
    Paragraph(String),
    /// Names and values.
    Facts(Vec<(String, String)>),
    /// A few rows. More than a screen of them belongs onto a page.
    Table(Table),
    /// Several places to go on to: labels and addresses.
    Links(Vec<(String, String)>),
    /// Where to go on.
    Button { label: String, url: String },
}

/// A small table.
#[derive(Clone, Debug)]
pub struct Table {
    pub columns: Vec<Column>,
    /// As many cells in each as there are columns.
    pub rows: Vec<Vec<String>>,
}

/// A column of a table.
#[derive(Clone, Debug)]
pub struct Column {
    pub title: String,
    /// Whether its cells are figures, which stand at the right.
    pub number: bool,
}

impl Column {
    /// A column of words.
    pub fn text(title: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            number: false,
        }
    }

    /// A column of figures.
    pub fn number(title: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            number: true,
        }
    }
}

/// What stands around every letter of a tenant.
#[derive(Clone, Debug)]
pub(super) struct Frame<'a> {
    /// Code of the language, for the HTML.
    pub(super) lang: &'a str,
    pub(super) tenant: &'a str,
    /// As `#2456d6`.
    pub(super) accent: &'a str,
    /// What is written on the accent, likewise.
    pub(super) ink: &'a str,
    /// Why somebody gets it.
    pub(super) why: &'a str,
    /// How to stop it and the like: label and address.
    pub(super) links: &'a [(String, String)],
}

impl Frame<'_> {
    pub(super) fn html(&self, letter: &Letter) -> String {
        html::paint(self, letter)
    }

    pub(super) fn text(&self, letter: &Letter) -> String {
        text::paint(self, letter)
    }
}
