//! One row of a reply, and the texts in it.

use crate::codec::Sentence;
use crate::options::CodePage;
use crate::{Error, value};
use chrono::NaiveDateTime;
use std::borrow::Cow;
use std::time::Duration;

/// One `!re`: properties by name, in no particular order, as the bytes that the router sent.
///
/// The readers answer `Ok(None)` for a property that is not there, which is never the same as zero,
/// and [`Error::UnexpectedValue`] for one that is there but not of the form that was asked for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Row(Sentence);

impl Row {
    pub(crate) fn new(sentence: Sentence) -> Self {
        Self(sentence)
    }

    pub(crate) fn cost(&self) -> usize {
        self.0.cost()
    }

    /// The value's bytes.
    pub fn get(&self, name: &[u8]) -> Option<&[u8]> {
        self.0.attribute(name)
    }

    /// All properties, in the order in which they came.
    pub fn iter(&self) -> impl Iterator<Item = (&[u8], &[u8])> {
        self.0.attributes()
    }

    /// The value to be shown: as UTF-8 if it is that, else read in `code_page`.
    pub fn text(&self, name: &[u8], code_page: CodePage) -> Option<Cow<'_, str>> {
        self.get(name).map(|value| code_page.decode(value))
    }

    /// The value with its bytes, for names that have to be sent back.
    pub fn name(&self, name: &[u8], code_page: CodePage) -> Option<Text> {
        self.get(name).map(|value| Text::new(value, code_page))
    }

    /// A counter or another number that is not negative.
    pub fn u64(&self, name: &[u8]) -> Result<Option<u64>, Error> {
        self.read(name, value::counter)
    }

    pub fn bool(&self, name: &[u8]) -> Result<Option<bool>, Error> {
        self.read(name, value::boolean)
    }

    pub fn duration(&self, name: &[u8]) -> Result<Option<Duration>, Error> {
        self.read(name, value::duration)
    }

    /// A date and time of the router's own clock, without zone.
    pub fn date_time(&self, name: &[u8]) -> Result<Option<NaiveDateTime>, Error> {
        self.read(name, value::date_time)
    }

    /// A whole percent, which may be negative.
    pub fn percent(&self, name: &[u8]) -> Result<Option<i64>, Error> {
        self.read(name, value::percent)
    }

    /// Reads the value with any reader of [`crate::value`].
    ///
    /// # Errors
    /// [`Error::UnexpectedValue`] where the reader answers `None`.
    pub fn read<T>(&self, name: &[u8], reader: impl FnOnce(&[u8]) -> Option<T>) -> Result<Option<T>, Error> {
        let Some(value) = self.get(name) else {
            return Ok(None);
        };
        match reader(value) {
            Some(read) => Ok(Some(read)),
            None => Err(Error::UnexpectedValue {
                property: String::from_utf8_lossy(name).into_owned(),
                value: shorten(value),
            }),
        }
    }
}

/// A name or comment: the router's bytes, and how they read.
///
/// Two texts are equal when their bytes are. What is shown must not be sent back: decoding may have
/// replaced what it could not read.
#[derive(Debug, Clone, Eq)]
pub struct Text {
    bytes: Vec<u8>,
    shown: String,
}

impl Text {
    pub fn new(bytes: &[u8], code_page: CodePage) -> Self {
        Self {
            bytes: bytes.to_vec(),
            shown: code_page.decode(bytes).into_owned(),
        }
    }

    /// What the router sent, to be sent back or compared.
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// What people read.
    pub fn as_str(&self) -> &str {
        &self.shown
    }
}

impl PartialEq for Text {
    fn eq(&self, other: &Self) -> bool {
        self.bytes == other.bytes
    }
}

impl std::fmt::Display for Text {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.shown)
    }
}

/// A value or message of the router for an error: readable and never longer than a line.
pub(crate) fn shorten(value: &[u8]) -> String {
    const LONGEST: usize = 200;
    let cut = &value[..value.len().min(LONGEST)];
    let mut text = CodePage::default().decode(cut).into_owned();
    text.retain(|c| !c.is_control());
    if value.len() > LONGEST {
        text.push('…');
    }
    text
}
