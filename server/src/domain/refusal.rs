//! Why what staff typed is refused: which field, and what is wrong with it, in a form that pages turn into sentences.
//!
//! Parsing itself is in the subjects' modules; a few readers that several of them need are here too.

use std::collections::BTreeMap;

/// What is wrong with one typed value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    /// Nothing was typed.
    Missing,
    /// More characters than are kept.
    TooLong(usize),
    /// Another thing of this tenant has that name; archived ones keep theirs.
    Taken,
    /// Not the name or address of a machine: a scheme, a port or a space is in it.
    NotAHost,
    /// Not 1 to 65535.
    NotAPort,
    /// No certificate in PEM.
    NotACertificate,
    /// No code page of this name.
    NotACodePage,
    /// Not a number, perhaps with a unit of bandwidth.
    NotABandwidth,
    /// Less than 1 kbit/s or more than 100 Tbit/s.
    BandwidthOutOfRange,
    /// Not a date and time.
    NotATime,
    /// Deactivated before it was activated.
    EndsBeforeStart,
    /// None of the choices, or one that is gone meanwhile.
    NotAChoice,
    /// Another link of this tenant already has that interface.
    InterfaceTaken,
}

/// What is wrong, by field. Empty: nothing is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Refused(Vec<(&'static str, Problem)>);

impl Refused {
    /// One field's problem alone.
    #[must_use]
    pub fn one(field: &'static str, problem: Problem) -> Self {
        Self(vec![(field, problem)])
    }

    /// What is wrong with two halves of one form.
    #[must_use]
    pub fn both(first: Option<Self>, second: Option<Self>) -> Self {
        Self(
            [first, second]
                .into_iter()
                .flatten()
                .flat_map(|refused| refused.0)
                .collect(),
        )
    }

    /// The fields and their problems, in the order of the form.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, Problem)> + '_ {
        self.0.iter().copied()
    }

    /// The value, or nothing and a note of what is wrong with `field`.
    pub fn keep<T>(&mut self, field: &'static str, read: Result<T, Problem>) -> Option<T> {
        read.map_err(|problem| self.0.push((field, problem))).ok()
    }

    /// Itself if something is wrong.
    ///
    /// # Errors
    /// When a field was refused.
    pub fn check(self) -> Result<(), Self> {
        if self.0.is_empty() { Ok(()) } else { Err(self) }
    }
}

/// What was typed, by field. A field that was not posted reads as empty.
#[derive(Clone, Debug, Default)]
pub struct Typed(BTreeMap<String, String>);

impl Typed {
    /// From the pairs of a form; of a field posted twice the last counts.
    pub fn new(pairs: impl IntoIterator<Item = (String, String)>) -> Self {
        Self(pairs.into_iter().collect())
    }

    /// Without the white space around it.
    #[must_use]
    pub fn get(&self, field: &str) -> &str {
        self.0.get(field).map_or("", |value| value.trim())
    }

    /// As it was typed, white space and all: for secrets.
    #[must_use]
    pub fn exactly(&self, field: &str) -> &str {
        self.0.get(field).map_or("", String::as_str)
    }

    /// Whether a box was ticked.
    #[must_use]
    pub fn is_ticked(&self, field: &str) -> bool {
        !self.get(field).is_empty()
    }

    /// A text that must be there, of at most `most` characters.
    ///
    /// # Errors
    /// When it is empty or longer.
    pub fn text(&self, field: &str, most: usize) -> Result<String, Problem> {
        self.optional(field, most)?.ok_or(Problem::Missing)
    }

    /// A text that may be empty, of at most `most` characters.
    ///
    /// # Errors
    /// When it is longer.
    pub fn optional(&self, field: &str, most: usize) -> Result<Option<String>, Problem> {
        let text = self.get(field);
        if text.chars().count() > most {
            return Err(Problem::TooLong(most));
        }
        Ok((!text.is_empty()).then(|| text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_trimmed_and_counted_in_characters() {
        let typed = Typed::new([("name".to_owned(), "  äöü ".to_owned())]);
        assert_eq!(typed.text("name", 3), Ok("äöü".to_owned()));
        assert_eq!(typed.text("name", 2), Err(Problem::TooLong(2)));
        assert_eq!(typed.text("other", 2), Err(Problem::Missing));
        assert_eq!(typed.optional("other", 2), Ok(None));
        assert_eq!(typed.exactly("name"), "  äöü ");
    }
}
