//! A text that a component may be given or not, in whichever form the caller has it.

use crate::text::Text;

/// `None`, a catalogue text, a string, or an option of either; for `#[prop(optional, into)]`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OptionalText(pub Option<Text>);

impl From<&'static str> for OptionalText {
    fn from(text: &'static str) -> Self {
        Self(Some(text.into()))
    }
}

impl From<String> for OptionalText {
    fn from(text: String) -> Self {
        Self(Some(text.into()))
    }
}

impl From<Text> for OptionalText {
    fn from(text: Text) -> Self {
        Self(Some(text))
    }
}

impl<T: Into<Text>> From<Option<T>> for OptionalText {
    fn from(text: Option<T>) -> Self {
        Self(text.map(Into::into))
    }
}
