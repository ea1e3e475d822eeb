//! What people type into forms, on its way to values: the rules that all texts share, and what is wrong, by field.
//!
//! Which sentence a page shows for a reason is not decided here: that is the page's language.

use std::fmt;

use sea_orm::{DbErr, SqlErr};

/// What can't be taken, by the name of the form's field, in the order of the form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejected<R>(pub Vec<(&'static str, R)>);

impl<R> Rejected<R> {
    /// One field alone.
    #[must_use]
    pub fn one(field: &'static str, reason: R) -> Self {
        Self(vec![(field, reason)])
    }

    /// The two halves of one form.
    ///
    /// # Errors
    /// What is wrong with both.
    pub fn both<A, B>(first: Result<A, Self>, second: Result<B, Self>) -> Result<(A, B), Self> {
        match (first, second) {
            (Ok(first), Ok(second)) => Ok((first, second)),
            (first, second) => {
                let halves = [first.err(), second.err()].into_iter().flatten();
                Err(Self(halves.flat_map(|rejected| rejected.0).collect()))
            }
        }
    }
}

/// Why a change was not made. `R` is what may be wrong with what was typed.
#[derive(Debug, thiserror::Error)]
pub enum ChangeError<R: fmt::Debug> {
    /// There is no such thing, or it is another tenant's.
    #[error("there is no such thing here")]
    NotFound,
    /// Some of what was typed can't be taken.
    #[error("some of what was typed can't be taken")]
    Rejected(Rejected<R>),
    /// It was changed meanwhile, or what it is now does not allow it.
    #[error("its state does not allow it")]
    Conflict,
    /// The database failed.
    #[error("the database failed")]
    Database(#[from] DbErr),
}

impl<R: fmt::Debug> From<Rejected<R>> for ChangeError<R> {
    fn from(rejected: Rejected<R>) -> Self {
        Self::Rejected(rejected)
    }
}

impl<R: fmt::Debug> ChangeError<R> {
    /// A unique index that refuses means that `field`'s value is taken, which is `reason`.
    pub fn or_taken(error: DbErr, field: &'static str, reason: R) -> Self {
        match error.sql_err() {
            Some(SqlErr::UniqueConstraintViolation(_)) => Self::Rejected(Rejected::one(field, reason)),
            _ => Self::Database(error),
        }
    }
}

/// Collects what is wrong while a form is read from its first field to its last.
#[derive(Debug)]
pub struct Checks<R>(Vec<(&'static str, R)>);

impl<R> Default for Checks<R> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<R> Checks<R> {
    /// The value of `field`, or nothing after noting why not.
    pub fn keep<T>(&mut self, field: &'static str, outcome: Result<T, impl Into<R>>) -> Option<T> {
        outcome.map_err(|reason| self.reject(field, reason)).ok()
    }

    /// Notes what is wrong with `field`.
    pub fn reject(&mut self, field: &'static str, reason: impl Into<R>) {
        self.0.push((field, reason.into()));
    }

    /// All that was noted.
    #[must_use]
    pub fn rejected(self) -> Rejected<R> {
        Rejected(self.0)
    }
}

/// A form as it was typed. A field that was not sent reads as empty; of one sent twice the first counts.
#[derive(Clone, Debug, Default)]
pub struct Typed(Vec<(String, String)>);

impl Typed {
    /// From the pairs of a form, in the order in which they were sent.
    pub fn new(pairs: impl IntoIterator<Item = (String, String)>) -> Self {
        Self(pairs.into_iter().collect())
    }

    /// Without the white space around it.
    #[must_use]
    pub fn get(&self, field: &str) -> &str {
        self.exactly(field).trim()
    }

    /// As it was typed, white space and all.
    #[must_use]
    pub fn exactly(&self, field: &str) -> &str {
        let found = self.0.iter().find(|(known, _)| known == field);
        found.map_or("", |(_, value)| value)
    }

    /// As [`Typed::exactly`], to keep.
    #[must_use]
    pub fn text(&self, field: &str) -> String {
        self.exactly(field).to_owned()
    }

    /// All values of a field that may be ticked more than once.
    #[must_use]
    pub fn all(&self, field: &str) -> Vec<String> {
        let values = self.0.iter().filter(|(known, _)| known == field);
        values.map(|(_, value)| value.clone()).collect()
    }

    /// Whether a box was ticked.
    #[must_use]
    pub fn is_ticked(&self, field: &str) -> bool {
        !self.get(field).is_empty()
    }

    /// The fields whose names begin with `prefix`, without it: one of several like parts of a form.
    #[must_use]
    pub fn part(&self, prefix: &str) -> Self {
        let own = self.0.iter().filter_map(|(field, value)| {
            let field = field.strip_prefix(prefix)?;
            Some((field.to_owned(), value.clone()))
        });
        Self(own.collect())
    }

    /// With the value of a field that is not typed but known; it counts, whatever else was sent.
    #[must_use]
    pub fn with(mut self, field: &str, value: impl Into<String>) -> Self {
        self.0.retain(|(known, _)| known != field);
        self.0.push((field.to_owned(), value.into()));
        self
    }
}

/// What may be wrong with any text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadText {
    /// Nothing was typed where something is needed.
    #[error("nothing was typed")]
    Missing,
    /// It has more characters than this.
    #[error("more than {most} characters")]
    TooLong {
        /// The most it may have.
        most: usize,
    },
    /// It holds characters that no keyboard types, as line breaks in a name.
    #[error("characters that can't be shown")]
    Unprintable,
}

/// One line of at least one and at most `most` characters, without the spaces around it.
///
/// # Errors
/// Any [`BadText`].
pub fn line(typed: &str, most: usize) -> Result<String, BadText> {
    optional_line(typed, most)?.ok_or(BadText::Missing)
}

/// As [`line()`], and nothing where nothing was typed.
///
/// # Errors
/// [`BadText::TooLong`], [`BadText::Unprintable`].
pub fn optional_line(typed: &str, most: usize) -> Result<Option<String>, BadText> {
    let text = typed.trim();
    if text.chars().any(char::is_control) {
        return Err(BadText::Unprintable);
    }
    if text.chars().count() > most {
        return Err(BadText::TooLong { most });
    }
    Ok((!text.is_empty()).then(|| text.to_owned()))
}

/// Any number of lines, together at most `most` characters; browsers' line ends become one.
///
/// # Errors
/// [`BadText::TooLong`], [`BadText::Unprintable`].
pub fn block(typed: &str, most: usize) -> Result<String, BadText> {
    let text = typed.replace("\r\n", "\n");
    let text = text.trim();
    if text.chars().any(|c| c.is_control() && c != '\n' && c != '\t') {
        return Err(BadText::Unprintable);
    }
    if text.chars().count() > most {
        return Err(BadText::TooLong { most });
    }
    Ok(text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_trimmed_counted_in_characters_and_has_no_breaks() {
        assert_eq!(line("  Müller & Söhne ", 14).as_deref(), Ok("Müller & Söhne"));
        assert_eq!(line("Müller & Söhne", 13), Err(BadText::TooLong { most: 13 }));
        assert_eq!(line(" \t ", 5), Err(BadText::Missing));
        assert_eq!(line("a\nb", 5), Err(BadText::Unprintable));
        assert_eq!(optional_line("  ", 5), Ok(None));
    }

    #[test]
    fn a_block_keeps_its_lines_and_nothing_unprintable() {
        assert_eq!(block(" a\r\nb\n", 9).as_deref(), Ok("a\nb"));
        assert_eq!(block("a\0b", 9), Err(BadText::Unprintable));
    }

    #[test]
    fn a_form_reads_as_typed_in_parts_and_with_what_is_known() {
        let pairs = [("0.name", " a "), ("0.name", "b"), ("1.name", "c"), ("on", "yes")];
        let typed = Typed::new(pairs.map(|(field, value)| (field.to_owned(), value.to_owned())));
        assert!(typed.is_ticked("on") && !typed.is_ticked("off"));
        assert_eq!(typed.all("0.name"), [" a ", "b"]);
        let part = typed.part("0.");
        assert_eq!((part.get("name"), part.exactly("name")), ("a", " a "));
        assert_eq!(part.with("name", "z").get("name"), "z");
        assert_eq!(typed.part("7.").get("name"), "");
    }

    #[test]
    fn what_is_wrong_is_collected_over_all_fields() {
        let mut checks = Checks::<BadText>::default();
        assert_eq!(checks.keep("name", line("", 5)), None);
        assert_eq!(
            checks.keep("reference", optional_line("x", 5)),
            Some(Some("x".to_owned()))
        );
        checks.reject("notes", BadText::Unprintable);
        let expected = vec![("name", BadText::Missing), ("notes", BadText::Unprintable)];
        assert_eq!(checks.rejected(), Rejected(expected));
    }
}
